"""Each point that 吉市政办发〔2022〕32号 二(七) leaves open: what each reading makes of it."""

from collections.abc import Callable
from typing import Any

import pytest

import awards
from awards import Ruling
from awards.problems import OptionError
from tests.tables import JILIN, check, roster, rows_of, table

SCHEDULE = awards.load_schedule(JILIN)


def both(test: Callable[..., object], **reading: str) -> None:
    """Hold the two tables of the docstring, a blank line apart: by default, and as switched."""
    name, option = next(iter(reading.items()))
    assert SCHEDULE.readings[name].default != option
    before, after = _tables(test.__doc__ or "")
    check(before)
    check(after, readings=reading)
    check(before, readings={name: SCHEDULE.readings[name].default})


def _tables(text: str) -> list[list[dict[str, object]]]:
    return [rows_of(part) for part in text.split("\n\n") if "|" in part]


def test_international_level_national() -> None:
    """Half of 20,000 where an international body corresponds to the national level.

    organizer   | competition      | level         | prize  | event | person | yuan  | status       | reason
    association | 国际美发公开赛   | international | 一等奖 | 美发  | 赵甲   | -     | needs_ruling | no_match
    official    | 国际职业院校技能大赛 | international | 一等奖 | 焊接 | 钱乙 | -     | needs_ruling | no_match

    organizer   | competition      | level         | prize  | event | person | yuan  | status
    association | 国际美发公开赛   | international | 一等奖 | 美发  | 赵甲   | 10000 | pending_approval
    official    | 国际职业院校技能大赛 | international | 一等奖 | 焊接 | 钱乙 | -     | needs_ruling
    """
    both(test_international_level_national, international_level="national")


def test_association_instructors_none() -> None:
    """Half of 15,000, or nothing; instructors of the official contest are not touched.

    organizer   | competition        | level    | prize  | event | person | role       | yuan
    association | 全国焊接协会竞赛   | national | 二等奖 | 焊接  | 周师   | instructor | 7500
    association | 全国焊接协会竞赛   | national | 二等奖 | 焊接  | 赵甲   | student    | 7500
    official    | 全国职业院校技能大赛 | national | 二等奖 | 焊接 | 吴师  | instructor | 15000

    organizer   | competition        | level    | prize  | event | person | role       | yuan  | reason
    association | 全国焊接协会竞赛   | national | 二等奖 | 焊接  | 周师   | instructor | 0     | not_covered
    association | 全国焊接协会竞赛   | national | 二等奖 | 焊接  | 赵甲   | student    | 7500  |
    official    | 全国职业院校技能大赛 | national | 二等奖 | 焊接 | 吴师  | instructor | 15000 |
    """
    both(test_association_instructors_none, association_instructors="none")


def test_instructor_two_teams_each_team() -> None:
    """10,000 for the better team only, or 10,000 and 5,000; a student's two teams stay one.

    level      | prize  | event | person | role       | team | yuan  | status
    provincial | 一等奖 | 护理  | 周师   | instructor | 一队 | 10000 | pending_approval
    provincial | 三等奖 | 护理  | 周师   | instructor | 二队 | 0     | not_paid
    provincial | 一等奖 | 护理  | 赵甲   | student    | 一队 | 10000 | pending_approval
    provincial | 三等奖 | 护理  | 赵甲   | student    | 二队 | 0     | not_paid

    level      | prize  | event | person | role       | team | yuan  | status
    provincial | 一等奖 | 护理  | 周师   | instructor | 一队 | 10000 | pending_approval
    provincial | 三等奖 | 护理  | 周师   | instructor | 二队 | 5000  | pending_approval
    municipal  | 一等奖 | 护理  | 周师   | instructor | 二队 | 0     | not_paid
    provincial | 一等奖 | 护理  | 赵甲   | student    | 一队 | 10000 | pending_approval
    provincial | 三等奖 | 护理  | 赵甲   | student    | 二队 | 0     | not_paid
    municipal  | 二等奖 | 护理  | 吴师   | instructor |      | -     | problem
    """
    both(test_instructor_two_teams_each_team, instructor_two_teams="each_team")


def test_highest_level() -> None:
    """Provincial 10,000 against half of 12,000: the larger amount, or the higher level.

    organizer   | competition        | level      | prize  | event | person | yuan  | reason
    official    | 全省职业院校技能大赛 | provincial | 一等奖 | 焊接 | 赵甲  | 10000 |
    association | 全国焊接协会竞赛   | national   | 三等奖 | 焊接  | 赵甲   | 0     | superseded

    organizer   | competition        | level      | prize  | event | person | yuan  | reason
    official    | 全省职业院校技能大赛 | provincial | 一等奖 | 焊接 | 赵甲  | 0     | superseded
    association | 全国焊接协会竞赛   | national   | 三等奖 | 焊接  | 赵甲   | 6000  |
    official    | 全省职业院校技能大赛 | provincial | 二等奖 | 护理 | 赵甲  | 8000  |
    official    | 全市职业院校技能大赛 | municipal  | 一等奖 | 护理 | 赵甲  | 0     | superseded
    """
    both(test_highest_level, highest="level")


def test_highest_level_takes_the_better_prize_of_one_level() -> None:
    """Half of the national 20,000 stays before the national 15,000: first comes before second.

    organizer   | competition        | level    | prize  | event | person | yuan
    official    | 全国职业院校技能大赛 | national | 二等奖 | 焊接 | 赵甲  | 0
    association | 全国焊接协会竞赛   | national | 一等奖 | 焊接  | 赵甲   | 10000
    """
    rows = table(test_highest_level_takes_the_better_prize_of_one_level)
    check(rows, readings={"highest": "level"})


def test_a_tie_keeps_the_higher_level() -> None:
    """10,000 twice: one is paid, and the record of the higher level stays.

    organizer   | competition        | level      | prize  | event | person | yuan  | reason
    official    | 全省职业院校技能大赛 | provincial | 一等奖 | 焊接 | 赵甲  | 0     | superseded
    association | 全国焊接协会竞赛   | national   | 一等奖 | 焊接  | 赵甲   | 10000 |
    """
    check(table(test_a_tie_keeps_the_higher_level))


def test_same_event_name_and_division() -> None:
    """10,000 once for the name, or 10,000 and 5,000 for the two divisions of it.

    level      | prize  | event | division | person | yuan  | reason
    provincial | 一等奖 | 护理  | 中职组   | 周师   | 10000 |
    provincial | 三等奖 | 护理  | 高职组   | 周师   | 0     | superseded

    level      | prize  | event | division | person | yuan  | status
    provincial | 一等奖 | 护理  | 中职组   | 周师   | 10000 | pending_approval
    provincial | 三等奖 | 护理  | 高职组   | 周师   | 5000  | pending_approval
    municipal  | 一等奖 | 护理  | 高职组   | 周师   | 0     | not_paid
    municipal  | 一等奖 | 焊接  |          | 赵甲   | -     | problem
    """
    both(test_same_event_name_and_division, same_event="name_and_division")


def test_year_school() -> None:
    """A school year begins on 1 September: March and June 2023 with November 2022, not with October.

    level      | prize  | event | year | date       | person | yuan  | reason
    provincial | 一等奖 | 护理  | 2022 | 2022-11-25 | 赵甲   | 10000 |
    provincial | 三等奖 | 护理  | 2023 | 2023-06-10 | 赵甲   | 0     | superseded
    provincial | 二等奖 | 护理  | 2023 | 2023-10-12 | 赵甲   | 8000  |

    level      | prize  | event | year | date       | person | yuan  | status
    provincial | 一等奖 | 护理  | 2022 | 2022-11-25 | 赵甲   | 10000 | pending_approval
    provincial | 三等奖 | 护理  | 2023 | 2023-06-10 | 赵甲   | 0     | not_paid
    provincial | 二等奖 | 护理  | 2023 | 2023-10-12 | 赵甲   | 8000  | pending_approval
    municipal  | 一等奖 | 焊接  | 2023 |            | 赵甲   | -     | problem
    """
    both(test_year_school, year="school")


def test_year_calendar_pays_autumn_and_spring_apart() -> None:
    """October 2023 and May 2024 are one school year and two calendar years: 8,000 + 5,000, or 8,000.

    level      | prize  | event | year | date       | person | yuan | reason
    provincial | 二等奖 | 护理  | 2023 | 2023-10-12 | 赵甲   | 8000 |
    provincial | 三等奖 | 护理  | 2024 | 2024-05-10 | 赵甲   | 5000 |

    level      | prize  | event | year | date       | person | yuan | reason
    provincial | 二等奖 | 护理  | 2023 | 2023-10-12 | 赵甲   | 8000 |
    provincial | 三等奖 | 护理  | 2024 | 2024-05-10 | 赵甲   | 0    | superseded
    """
    both(test_year_calendar_pays_autumn_and_spring_apart, year="school")


def test_selection_rounds_not_counted() -> None:
    """A round of the official contest counts or not; one of a social body counts by the text.

    organizer   | competition              | level     | prize  | event | person | yuan
    official    | 全市职业院校技能大赛选拔赛 | municipal | 一等奖 | 护理 | 赵甲  | 3000
    association | 焊接协会竞赛市选拔赛     | municipal | 一等奖 | 焊接  | 钱乙   | 1500

    organizer   | competition              | level     | prize  | event | person | yuan | reason
    official    | 全市职业院校技能大赛选拔赛 | municipal | 一等奖 | 护理 | 赵甲  | 0    | not_covered
    association | 焊接协会竞赛市选拔赛     | municipal | 一等奖 | 焊接  | 钱乙   | 1500 |
    """
    both(test_selection_rounds_not_counted, selection_rounds="not_counted")


def test_association_own_level_not_counted() -> None:
    """A municipal association's own contest: half of 2,000, or nothing; selection rounds stay.

    organizer   | competition        | level      | prize  | event | person | yuan
    association | 市美发协会竞赛     | municipal  | 二等奖 | 美发  | 赵甲   | 1000
    association | 省烹饪协会竞赛     | provincial | 三等奖 | 烹饪  | 钱乙   | 2500
    association | 全国焊接协会省选拔赛 | provincial | 三等奖 | 焊接 | 孙丙  | 2500

    organizer   | competition        | level      | prize  | event | person | yuan | reason
    association | 市美发协会竞赛     | municipal  | 二等奖 | 美发  | 赵甲   | 0    | not_covered
    association | 省烹饪协会竞赛     | provincial | 三等奖 | 烹饪  | 钱乙   | 0    | not_covered
    association | 全国焊接协会省选拔赛 | provincial | 三等奖 | 焊接 | 孙丙  | 2500 |
    association | 全国焊接协会竞赛   | national   | 三等奖 | 焊接  | 李丁   | 6000 |
    """
    both(test_association_own_level_not_counted, association_own_level="not_counted")


def test_later_higher_nothing() -> None:
    """3,000 paid in spring, 12,000 in summer: 9,000 more, or nothing more.

    level    | prize  | event | person | yuan | status
    national | 三等奖 | 护理  | 赵甲   | 9000 | pending_approval

    level    | prize  | event | person | yuan | reason
    national | 三等奖 | 护理  | 赵甲   | 0    | already_paid
    """
    before, after = _tables(test_later_higher_nothing.__doc__ or "")
    ledger = [{"person": "赵甲", "event": "护理", "year": 2023, "amount": 3000}]
    check(before, ledger=ledger)
    check(after, ledger=ledger, readings={"later_higher": "nothing"})


def test_a_school_year_ends_on_31_august() -> None:
    """31 August is of the old school year, 1 September of the new one.

    level      | prize  | event | year | date       | person | yuan | reason
    provincial | 二等奖 | 护理  | 2023 | 2023-05-10 | 赵甲   | 8000 |
    provincial | 三等奖 | 护理  | 2023 | 2023-08-31 | 赵甲   | 0    | superseded
    municipal  | 二等奖 | 护理  | 2023 | 2023-09-01 | 赵甲   | 2000 |
    """
    check(table(test_a_school_year_ends_on_31_august), readings={"year": "school"})


def test_special_prize_first() -> None:
    """特等奖 has no figure: it waits, or counts as the provincial first prize of 10,000.

    level      | prize  | event | person | yuan | status       | reason
    provincial | 特等奖 | 护理  | 赵甲   | -    | needs_ruling | no_match

    level      | prize  | event | person | yuan  | status
    provincial | 特等奖 | 护理  | 赵甲   | 10000 | pending_approval
    provincial | 金奖   | 护理  | 钱乙   | -     | needs_ruling
    """
    both(test_special_prize_first, special_prize="first")


def test_medals_in_order() -> None:
    """金, 银, 铜 of social bodies wait, or pay half of 20,000, 15,000 and 12,000.

    organizer   | competition      | level    | prize | event | person | yuan | status       | reason
    association | 全国焊接协会竞赛 | national | 金奖  | 焊接  | 赵甲   | -    | needs_ruling | no_match
    association | 全国焊接协会竞赛 | national | 银奖  | 焊接  | 钱乙   | -    | needs_ruling | no_match
    association | 全国焊接协会竞赛 | national | 铜牌  | 焊接  | 孙丙   | -    | needs_ruling | no_match

    organizer   | competition      | level    | prize | event | person | yuan  | status
    association | 全国焊接协会竞赛 | national | 金奖  | 焊接  | 赵甲   | 10000 | pending_approval
    association | 全国焊接协会竞赛 | national | 银奖  | 焊接  | 钱乙   | 7500  | pending_approval
    association | 全国焊接协会竞赛 | national | 铜牌  | 焊接  | 孙丙   | 6000  | pending_approval
    """
    both(test_medals_in_order, medals="in_order")


def test_start_day() -> None:
    """The document is of 22 November 2022: earlier contests of that year count, or do not.

    level      | prize  | event | year | date       | person | yuan  | status
    provincial | 一等奖 | 护理  | 2022 | 2022-05-10 | 赵甲   | 10000 | pending_approval
    provincial | 一等奖 | 护理  | 2022 |            | 钱乙   | 10000 | pending_approval

    level      | prize  | event | year | date       | person | yuan  | status           | reason
    provincial | 一等奖 | 护理  | 2022 | 2022-11-21 | 赵甲   | 0     | not_paid         | before_effective
    provincial | 一等奖 | 护理  | 2022 | 2022-11-22 | 钱乙   | 10000 | pending_approval |
    provincial | 一等奖 | 护理  | 2023 |            | 孙丙   | 10000 | pending_approval |
    provincial | 一等奖 | 护理  | 2022 |            | 李丁   | -     | problem          | blank
    """
    both(test_start_day, start="day")


def test_every_reading_has_a_test() -> None:
    """A reading added to the document, or an option, fails here until it is worked out above."""
    switched = {
        "international_level": "national",
        "association_instructors": "none",
        "instructor_two_teams": "each_team",
        "highest": "level",
        "year": "school",
        "same_event": "name_and_division",
        "selection_rounds": "not_counted",
        "association_own_level": "not_counted",
        "later_higher": "nothing",
        "special_prize": "first",
        "medals": "in_order",
        "start": "day",
    }
    options = {name: set(each.options) for name, each in SCHEDULE.readings.items()}
    assert options == {
        name: {SCHEDULE.readings[name].default, option} for name, option in switched.items()
    }


def test_the_readings_taken_are_told() -> None:
    outcome = awards.assess([], SCHEDULE, readings={"highest": "level"})
    assert [taken.name for taken in outcome.readings] == list(SCHEDULE.readings)
    assert [taken.name for taken in outcome.readings if taken.switched] == ["highest"]
    assert {t.option for t in outcome.readings if t.name == "highest"} == {"level"}


@pytest.mark.parametrize(
    ("readings", "message"),
    [
        (
            {"highest": "prize"},
            "reading highest has no option prize; there are amount, level (unknown-option)",
        ),
        (
            {"hihgest": "level"},
            f"{JILIN} has no reading hihgest; there are {', '.join(SCHEDULE.readings)}"
            " (unknown-reading)",
        ),
    ],
)
def test_an_unknown_reading_cannot_run(readings: dict[str, str], message: str) -> None:
    with pytest.raises(OptionError) as error:
        awards.assess([], SCHEDULE, readings=readings)
    assert str(error.value) == message


def test_every_unknown_reading_is_told_at_once() -> None:
    with pytest.raises(OptionError) as error:
        awards.assess([], SCHEDULE, readings={"a": "b", "medals": "c"})
    assert [each.code for each in error.value.problems] == ["unknown-reading", "unknown-option"]


# ---- rulings


def rule(answer: str, question: str = "international", **narrowed: Any) -> Ruling:
    return Ruling(question, answer, **narrowed)


def test_a_ruling_opens_the_row() -> None:
    """Half of the level that was ruled: 20,000, 10,000 and 3,000; or nothing.

    answer     | yuan  | status           | reason
    national   | 10000 | pending_approval |
    provincial | 5000  | pending_approval |
    municipal  | 1500  | pending_approval |
    none       | 0     | not_paid         | not_covered
    """
    for row in table(test_a_ruling_opens_the_row):
        answer = row.pop("answer")
        check([{**ABROAD, "person": "赵甲", **row}], rulings=[rule(answer)])


ABROAD = {
    "organizer": "association",
    "competition": "国际美发公开赛",
    "level": "international",
    "event": "美发",
    "prize": "一等奖",
    "year": 2023,
}


def test_a_ruling_is_narrowed_to_a_person() -> None:
    """Half of the provincial 10,000 for 赵甲; 钱乙 still waits.

    person | yuan | status
    赵甲   | 5000 | pending_approval
    钱乙   | -    | needs_ruling
    """
    rows = [{**ABROAD, **row} for row in table(test_a_ruling_is_narrowed_to_a_person)]
    check(rows, rulings=[rule("provincial", person="赵甲")])


def test_a_ruling_is_narrowed_to_a_row() -> None:
    """Row 2 only, by its number.

    person | event | yuan | status
    赵甲   | 美发  | -    | needs_ruling
    赵甲   | 美甲  | 5000 | pending_approval
    """
    rows = [{**ABROAD, **row} for row in table(test_a_ruling_is_narrowed_to_a_row)]
    check(rows, rulings=[rule("provincial", row="2")])


def test_a_later_ruling_replaces_a_general_one() -> None:
    """In general national, but 钱乙 provincial: 10,000 and 5,000.

    person | yuan
    赵甲   | 10000
    钱乙   | 5000
    """
    rows = [{**ABROAD, **row} for row in table(test_a_later_ruling_replaces_a_general_one)]
    check(rows, rulings=[rule("national"), rule("provincial", person="钱乙")])


def test_a_ruling_on_a_prize() -> None:
    """特等奖 as a first prize of the city, 3,000; as below third, nothing.

    answer | yuan | status           | reason
    first  | 3000 | pending_approval |
    second | 2000 | pending_approval |
    third  | 1000 | pending_approval |
    none   | 0    | not_paid         | below_lowest_prize
    """
    for row in table(test_a_ruling_on_a_prize):
        answer = row.pop("answer")
        won = {"level": "municipal", "prize": "特等奖", "event": "护理", "person": "赵甲"}
        check([{**won, "year": 2023, **row}], rulings=[rule(answer, "prize")])


def test_the_highest_waits_for_a_row_that_waits() -> None:
    """Until the international prize is ruled on, 8,000 may or may not be the highest.

    competition | organizer   | level         | prize  | yuan | status       | reason
    国际公开赛  | association | international | 一等奖 | -    | needs_ruling | no_match
    全省职业院校技能大赛 | official | provincial | 二等奖 | - | needs_ruling | awaits_row
    全市职业院校技能大赛 | official | municipal  | 一等奖 | 0 | not_paid     | superseded
    """
    rows = [
        {**row, "event": "美发", "person": "赵甲", "year": 2023}
        for row in table(test_the_highest_waits_for_a_row_that_waits)
    ]
    check(rows)
    paid = ("10000", "0", "0"), ("0", "8000", "0"), ("0", "8000", "0")
    for answer, yuan in zip(("national", "provincial", "none"), paid, strict=True):
        ruled = [{**row, "yuan": y} for row, y in zip(rows, yuan, strict=True)]
        for row in ruled:
            del row["status"], row["reason"]
        check(ruled, rulings=[rule(answer)])


@pytest.mark.parametrize(
    ("ruling", "message"),
    [
        (
            rule("provincal"),
            "provincal is no answer to international;"
            " there are national, provincial, municipal, none (unknown-answer)",
        ),
        (
            rule("national", "continental"),
            "no question is called continental; there are international, prize (unknown-question)",
        ),
    ],
)
def test_an_unknown_ruling_cannot_run(ruling: Ruling, message: str) -> None:
    with pytest.raises(OptionError) as error:
        awards.assess(roster([{**ABROAD, "person": "赵甲"}]), SCHEDULE, rulings=[ruling])
    assert str(error.value) == message
