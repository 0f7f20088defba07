"""awards.comparison: two outcomes side by side, differences worked out by hand."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import awards
from awards import reasons
from awards.award_pairs import AwardComparison
from awards.comparison import compare
from awards.finding_pairs import FindingComparison, FindingPair
from awards.findings import Findings
from awards.problems import OptionError
from awards.standards import hold
from tests.tables import JILIN, roster, rows_of, table

EZHOU = "cn/hubei/ezhou/2022-08-09"
HALF = {"association_instructors": "none"}


def beside(rows: list[dict[str, Any]], under: str = JILIN, **other: str) -> AwardComparison:
    """The rows under Jilin's document, and under another or with readings."""
    given_ = roster(rows)
    document = awards.load_schedule(under)
    return compare(
        awards.assess(given_, awards.load_schedule(JILIN)),
        awards.assess(given_, document, readings=other),
    )


def whole(*amounts: Decimal | Fraction | None) -> tuple[int | None, ...]:
    """*amounts* as whole numbers, which those of a test are; None stays None."""
    assert all(each is None or each == int(each) for each in amounts)
    return tuple(None if each is None else int(each) for each in amounts)


def changes(made: AwardComparison) -> list[tuple[int | None, ...]]:
    """What each payee has on both sides, and the difference."""
    return [whole(each.one, each.other, each.difference) for each in made.payees]


def test_a_reading_that_takes_from_instructors() -> None:
    """Half of 12,000 for an association's national third; instructors get none when so read.

    person | event | level    | prize | role       | organizer   | competition
    张三   | 焊接  | national | third | student    | association | 协会竞赛
    李四   | 焊接  | national | third | instructor | association | 协会竞赛
    王五   | 数控  | national | third | instructor | official    | 全国职业院校技能大赛
    """
    made = beside(table(test_a_reading_that_takes_from_instructors), **HALF)
    assert whole(*(pair.difference for pair in made.pairs)) == (0, -6000, 0)
    assert [each.name for each in made.payees] == ["张三", "李四", "王五"]
    assert changes(made) == [(6000, 6000, 0), (6000, 0, -6000), (12000, 12000, 0)]
    [cause] = made.causes
    assert (cause.rows, cause.other) == (1, "二(七)第3句")
    assert cause.difference == -6000
    assert len(made.differing) == 1
    why = reasons.of_award(made.differing[0], made)
    assert "12,000 元〔二(七)第1句·全国〕 → " in why
    assert why.endswith("〔二(七)第3句〕")


def test_what_waits_on_one_side_is_open_and_not_nought() -> None:
    """An international body: decided case by case, or half of 20,000 under the other reading.

    person | event | level         | prize | organizer   | competition
    张三   | 美发  | international | first | association | 世界大赛
    李四   | 美发  | international | first | association | 世界大赛
    李四   | 烹饪  | national      | first | official    | 全国职业院校技能大赛
    """
    made = beside(
        table(test_what_waits_on_one_side_is_open_and_not_nought), international_level="national"
    )
    assert whole(*(pair.difference for pair in made.pairs)) == (None, None, 0)
    assert changes(made) == [(None, 10000, None), (20000, 30000, 0)]
    assert [each.open for each in made.payees] == [1, 1]
    total = made.total
    assert whole(total.one, total.other, total.difference, made.gain) == (20000, 40000, 0, 20000)
    assert total.open == 2
    assert made.causes == ()
    assert len(made.differing) == 2


def test_another_row_may_be_the_one_that_is_paid() -> None:
    """The largest amount is the provincial 10,000; the highest level the half of 15,000: 7,500.

    person | event | level      | prize  | organizer   | competition
    张三   | 焊接  | provincial | first  | official    | 全省职业院校技能大赛
    张三   | 焊接  | national   | second | association | 协会竞赛
    """
    made = beside(table(test_another_row_may_be_the_one_that_is_paid), highest="level")
    assert whole(*(pair.difference for pair in made.pairs)) == (-10000, 7500)
    assert changes(made) == [(10000, 7500, -2500)]


def test_two_documents_and_the_line_that_only_one_gives() -> None:
    """hnmeida: students of a national first 6,000 (Jilin 20,000), the department 3,000 besides.

    person | event | level    | prize | role    | department | competition
    张三   | 焊接  | national | first | student | 机电系     | 全国职业院校技能大赛
    """
    made = beside(table(test_two_documents_and_the_line_that_only_one_gives), "hnmeida")
    assert [pair.one is None for pair in made.pairs] == [False, True]
    assert whole(*(pair.difference for pair in made.pairs)) == (-14000, 3000)
    assert made.gain == -11000
    assert reasons.of_award(made.pairs[0], made) == (
        "标准（国家级、一等奖）20,000 元〔二(七)第1句·全国〕 → "
        "标准（学生、国家级、一等奖）6,000 元〔第2条〕"
    )
    assert {each.name: each.difference for each in made.payees} == {"张三": -14000, "机电系": 3000}
    assert reasons.of_award(made.pairs[1], made).startswith("没有这一项 → ")


def test_a_row_that_goes_to_the_team_leaves_its_person() -> None:
    """hunau pays a team, Jilin its member: 20,000 less for 张三, 6,000 more for the team.

    person | event | level    | prize | team | form | class    | competition
    张三   | 焊接  | national | first | 一队 | team | 国家一档 | 全国职业院校技能大赛
    """
    made = beside(table(test_a_row_that_goes_to_the_team_leaves_its_person), "hunau")
    found = {each.name: whole(each.one, each.other, each.difference) for each in made.payees}
    assert found["张三"] == (20000, 0, -20000)
    assert found["一队"] == (0, 6000, 6000)
    assert made.total.difference == made.gain == -14000


def test_two_rosters_and_two_kinds_are_refused() -> None:
    document = awards.load_schedule(JILIN)
    rows = roster(rows_of("person | event | level | prize\n张三 | a | national | first"))
    one = awards.assess(rows, document)
    with pytest.raises(OptionError, match="one roster"):
        compare(one, awards.assess([*rows, *rows], document))
    with pytest.raises(OptionError, match="figures"):
        compare(one, hold([], document))  # type: ignore[call-overload]  # the point


ROW = st.fixed_dictionaries(
    {
        "person": st.sampled_from(["张三", "李四", "王五"]),
        "event": st.sampled_from(["焊接", "数控"]),
        "level": st.sampled_from(["international", "national", "provincial", "county"]),
        "prize": st.sampled_from(["first", "second", "third", "gold", "merit", "一等桨"]),
        "role": st.sampled_from(["student", "instructor"]),
        "organizer": st.sampled_from(["official", "association"]),
        "competition": st.sampled_from(["全国职业院校技能大赛", "协会竞赛"]),
        "team": st.sampled_from(["一队", "二队"]),
        "form": st.sampled_from(["team", "individual"]),
        "class": st.just("国家一档"),
    }
)
READINGS = st.fixed_dictionaries(
    {
        "association_instructors": st.sampled_from(["half", "none"]),
        "international_level": st.sampled_from(["ruling", "national"]),
        "medals": st.sampled_from(["ruling", "in_order"]),
        "highest": st.sampled_from(["amount", "level"]),
    }
)


@given(st.lists(ROW, max_size=8), READINGS)
def test_nothing_differs_from_itself(rows: list[dict[str, Any]], readings: dict[str, str]) -> None:
    outcome = awards.assess(roster(rows), awards.load_schedule(JILIN), readings=readings)
    made = compare(outcome, outcome)
    assert made.differing == ()
    assert made.causes == ()
    assert made.gain == 0
    assert len(made.pairs) == len(rows)


@given(st.lists(ROW, max_size=8), READINGS, READINGS, st.sampled_from([JILIN, "hnmeida", "hunau"]))
def test_the_other_way_round_is_the_opposite(
    rows: list[dict[str, Any]], one: dict[str, str], other: dict[str, str], name: str
) -> None:
    """Each difference, each payee's and each cause turns its sign; what is open stays open."""
    given_, document = roster(rows), awards.load_schedule(name)
    known = {n: o for n, o in other.items() if n in document.readings}
    a = awards.assess(given_, awards.load_schedule(JILIN), readings=one)
    b = awards.assess(given_, document, readings=known)
    there, back = compare(a, b), compare(b, a)
    assert len(there.pairs) == len(back.pairs) >= max(len(a.awards), len(b.awards))
    assert sorted(map(_worth, there.pairs)) == sorted(-_worth(pair) for pair in back.pairs)
    assert [pair.is_open for pair in there.pairs] == [pair.is_open for pair in back.pairs]
    assert there.gain == -back.gain
    turned = {(each.name, each.one, each.other, _minus(each.difference)) for each in there.payees}
    assert turned == {(each.name, each.other, each.one, each.difference) for each in back.payees}
    swapped = {(each.other, each.one, -each.difference) for each in there.causes}
    assert swapped == {(each.one, each.other, each.difference) for each in back.causes}
    known_ = sum((each.difference for each in there.causes), start=Decimal(0))
    assert known_ == (there.total.difference or 0)


def _worth(pair: Any) -> Decimal:
    return pair.difference or Decimal(0)


def _minus(amount: Decimal | None) -> Decimal | None:
    return None if amount is None else -amount


Row = Mapping[str, Any]
SCHOOL = {"year": 2023, "school": "甲校", "ownership": "public", "stage": "secondary"}


def figures(students: int, *money: tuple[str, int]) -> list[Row]:
    rows: list[Row] = [{**SCHOOL, "students": students}]
    owner = {"year": 2023, "school": "甲校"}
    return rows + [{**owner, "source": source, "amount": amount} for source, amount in money]


def held(rows: Sequence[Row], name: str = EZHOU, **readings: str) -> Findings:
    return hold(rows, awards.load_schedule(name), readings=readings)


def floor(made: FindingComparison) -> FindingPair:
    return next(pair for pair in made.pairs if pair.either.rule in ("EZ-F1", "floor"))


def test_money_that_counts_on_one_side_only() -> None:
    """450 × 8,000 = 3,600,000. 3,100,000 and a waiver of 600,000 count: met. Under the reading
    *own* the waiver does not: 500,000 short, and 600,000 less that counts.
    """
    rows = figures(450, ("fiscal_basic", 3100000), ("tuition_waiver_subsidy", 600000))
    made = compare(held(rows), held(rows, money="own"))
    pair = floor(made)
    assert whole(pair.asked, pair.counted, pair.shortfall) == (0, -600000, 500000)
    assert [each.status for each in (pair.one, pair.other) if each] == ["met", "not_met"]
    why = reasons.of_finding(pair, made)
    assert "免学费补助 600,000: 计入 → 不计入" in why
    assert "达到〔正文第17条〕 → 未达到〔正文第17条〕" in why


def test_two_documents_meet_by_topic() -> None:
    """Ezhou asks 8,000 of a student, Jiangsu (2015 and later) 6,000: 450 × 2,000 less."""
    rows = figures(450, ("fiscal_basic", 3000000))
    made = compare(held(rows), held(rows, "jiangsu-secondary"))
    [pair] = (p for p in made.pairs if p.one and p.other and p.one.topic == "per_student")
    assert whole(pair.asked, pair.shortfall) == (-900000, -600000)
    why = reasons.of_finding(pair, made)
    assert "8,000 × 450 = 3,600,000〔正文第17条〕 → 6,000 × 450 = 2,700,000" in why
    sides = [len(held(rows).findings), len(held(rows, "jiangsu-secondary").findings)]
    assert sum(p.one is not None for p in made.pairs) == sides[0]
    assert sum(p.other is not None for p in made.pairs) == sides[1]


def test_an_unknown_figure_is_no_difference() -> None:
    """Without a headcount nothing is known of what is asked for, on either side."""
    rows = [SCHOOL, {"year": 2023, "school": "甲校", "source": "fiscal_basic", "amount": 5}]
    pair = floor(compare(held(rows), held(rows, money="own")))
    assert (pair.asked, pair.shortfall) == (None, None)


@given(st.integers(0, 900), st.integers(0, 9_000_000), st.integers(0, 900_000))
def test_findings_turn_their_sign(students: int, basic: int, waiver: int) -> None:
    rows = figures(students, ("fiscal_basic", basic), ("tuition_waiver_subsidy", waiver))
    a, b = held(rows), held(rows, money="own")
    assert compare(a, a).differing == ()
    there, back = compare(a, b), compare(b, a)
    for one, other in zip(there.pairs, back.pairs, strict=True):
        for name in ("asked", "counted", "shortfall"):
            value = getattr(one, name)
            assert (None if value is None else -value) == getattr(other, name)
    pair = floor(there)
    if students:
        short = [max(Fraction(0), Fraction(8000 * students - c)) for c in (basic + waiver, basic)]
        assert pair.shortfall == short[1] - short[0]
