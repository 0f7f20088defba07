"""awards.estimates: what a plan comes to, worked out by hand from the documents."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import awards
from awards.estimates import MOST, Estimate, estimate, written_out
from awards.figures import Figure
from awards.planned import beside
from awards.plans import Plan, plan_of
from awards.problems import OptionError
from awards.records import Ruling

JILIN = "cn/jilin/jilin-city/2022-11-22"
OFFICIAL = {"competition": "全省职业院校技能大赛", "organizer": "official", "year": 2026}


def line(awards_: int, level: str, prize: str, /, **more: Any) -> dict[str, Any]:
    """Planned awards of one kind, of a skills contest for vocational schools."""
    people = {name: more.pop(name) for name in ("student", "instructor") if name in more}
    return {**OFFICIAL, "level": level, "prize": prize, "awards": awards_, "people": people, **more}


def made(*rows: Mapping[str, Any], under: str = JILIN, **options: Any) -> Estimate:
    return estimate(plan_of(rows), awards.load_schedule(under), **options)


def lines(outcome: Estimate, number: int = 0) -> list[tuple[str | None, int, str, str]]:
    """Role, how many, each and together of every group of one scenario."""
    return [
        (each.role, each.count, str(each.each), str(each.total))
        for each in outcome.awards[number].groups
    ]


def test_jilin_by_hand() -> None:
    """二(七): national first 20,000, provincial second 8,000, instructors alike.

    2 national first with 3 students and 2 instructors: 6 × 20,000 + 4 × 20,000 = 200,000;
    5 provincial second with 2 and 1: 10 × 8,000 + 5 × 8,000 = 120,000.
    """
    outcome = made(
        line(2, "国家级", "一等奖", student=3, instructor=2),
        line(5, "省级", "二等奖", student=2, instructor=1),
    )
    assert lines(outcome) == [
        ("student", 6, "20000.00", "120000.00"),
        ("instructor", 4, "20000.00", "80000.00"),
        ("student", 10, "8000.00", "80000.00"),
        ("instructor", 5, "8000.00", "40000.00"),
    ]
    assert outcome.awards[0].due() == {"yuan": Decimal("320000.00")}
    assert outcome.problems == ()


def test_a_reading_and_an_open_question() -> None:
    """Association: half of 12,000 = 6,000 each, instructors too unless they are read out of it.

    A contest of an international body waits for a ruling: it is not in the sum, and not 0. Ruled
    to be national it is half of 20,000.
    """
    rows = (
        line(
            1, "全国", "三等奖", organizer="association", competition="甲", student=1, instructor=1
        ),
        line(1, "国际级", "一等奖", organizer="association", competition="乙", student=1),
    )
    outcome = made(*rows)
    assert lines(outcome) == [
        ("student", 1, "6000.00", "6000.00"),
        ("instructor", 1, "6000.00", "6000.00"),
        ("student", 1, "None", "None"),
    ]
    waiting = outcome.awards[0].outcome.awards[outcome.awards[0].groups[2].award]
    assert (waiting.status, waiting.question) == ("needs_ruling", "international")
    ruled = made(*rows, rulings=[Ruling("international", "national")])
    assert lines(ruled)[2] == ("student", 1, "10000.00", "10000.00")
    other = made(*rows, readings={"association_instructors": "none"})
    assert lines(other)[1] == ("instructor", 1, "0.00", "0.00")
    assert other.awards[0].due()["yuan"] == 6000


def test_a_college_with_an_award_for_the_department() -> None:
    """hnmeida 第2–4条: 2 national first prizes, 3 students and 2 instructors each.

    6 × 6,000 + 4 × 10,000 and 2 × 3,000 for the department: 82,000. One award for a team: the
    students have 2 × 6,000, so 58,000.
    """
    row = line(2, "国家级", "一等奖", student=3, instructor=2, department="机电系", form="团体")
    assert made(row, under="hnmeida").awards[0].due()["yuan"] == 82000
    together = made(row, under="hnmeida", readings={"team_contests": "together"})
    assert together.awards[0].due()["yuan"] == 58000
    kinds = [(each.kind, each.count) for each in made(row, under="hnmeida").awards[0].groups]
    assert kinds == [("person", 6), ("person", 4), ("org", 2)]


def test_a_contest_by_placing() -> None:
    """fujian-skills 第1条: placings 1 to 3 10,000, 4 and 5 8,000, 11 nothing, for each person."""
    rows = [
        {"year": 2023, "level": "省级", "class": "省级一类", "placing": placing, "awards": number,
         "people": {"competitor": 2}}
        for placing, number in ((1, 1), (4, 3), (11, 2))
    ]  # fmt: skip
    outcome = made(*rows, under="fujian-skills")
    assert lines(outcome) == [
        ("competitor", 2, "10000.00", "20000.00"),
        ("competitor", 6, "8000.00", "48000.00"),
        ("competitor", 4, "0.00", "0.00"),
    ]


def test_a_shared_award_and_a_head_coach() -> None:
    """jiangsu-zhuangyuan 第2–4条, student group: 3 first prizes of teams of 2 share 20,000 each,
    and the head coach of each has 20,000: 60,000 + 60,000.
    """
    row = {"year": 2024, "group": "学生组", "prize": "一等奖", "awards": 3,
           "people": {"competitor": 2, "head_coach": 1}}  # fmt: skip
    outcome = made(row, under="jiangsu-zhuangyuan")
    assert outcome.awards[0].due()["yuan"] == 120000
    equal = made(row, under="jiangsu-zhuangyuan", readings={"division": "equal"})
    assert ("competitor", 6, "10000.00", "60000.00") in lines(equal)


def test_a_cap_that_binds_asks_what_it_asks_of_a_roster() -> None:
    """finance-school 第1条: three teachers of a contest at most, by the order of the list.

    Three each: 6 × 1,000 (and 2 × 1,000 for students). Of five the list decides, which a plan does
    not have: that is open, and is told once.
    """
    rows = [line(2, "国家级", "一等奖", student=1, instructor=number) for number in (3, 5)]
    three, five = (made(row, under="finance-school") for row in rows)
    assert lines(three)[1] == ("instructor", 6, "1000.00", "6000.00")
    assert three.awards[0].due()["yuan"] == 8000
    assert lines(five)[1] == ("instructor", 10, "None", "None")
    assert five.awards[0].due()["yuan"] == 2000
    assert [each.code for each in five.problems] == ["blank-fact"]


def test_scenarios_stand_side_by_side() -> None:
    """What names no scenario is in both; the same kind of award is one row for both."""
    outcome = made(
        line(1, "国家级", "一等奖", student=1, scenario="a"),
        line(3, "国家级", "一等奖", student=1, scenario="b"),
        line(1, "市级", "三等奖", student=1, scenario="all"),
    )
    assert outcome.scenarios == ("a", "b")
    assert [each.due()["yuan"] for each in outcome.awards] == [21000, 61000]
    rows = beside(outcome.awards)
    counts = [{name: each.count for name, each in row.by_scenario.items()} for row in rows]
    assert counts == [{"a": 1, "b": 3}, {"a": 1, "b": 1}]
    only = made(line(1, "国家级", "一等奖", student=1, scenario="a"), scenarios=["a"])
    assert only.scenarios == ("a",)


def test_every_award_is_of_an_event_and_every_person_of_an_award() -> None:
    """3 awards called 焊接 on two lines and 2 without a name: 5 events, and 8 people."""
    plan = plan_of(
        [
            line(2, "省级", "一等奖", student=2, event="焊接"),
            line(1, "国家级", "一等奖", student=1, instructor=1, event="焊接"),
            line(2, "市级", "一等奖", student=1),
        ]
    )
    rows = list(written_out(plan.lines))
    assert len({row.event for row in rows}) == len({row.team for row in rows}) == 5
    assert len({row.person for row in rows}) == len(rows) == 8


def test_what_is_wrong_with_a_line_is_told_once_for_all_its_people() -> None:
    blank = made(line(4, "省级", "", student=3))
    assert [each.code for each in blank.problems] == ["blank-prize"]
    outcome = made(line(4, "省级", "一等桨", student=3))
    assert [each.code for each in outcome.problems] == ["unknown-prize"]
    assert lines(outcome) == [("student", 12, "None", "None")]
    assert outcome.awards[0].due()["yuan"] == 0
    assert outcome.awards[0].outcome.totals.by_status["problem"] == 12


def test_a_plan_too_large_is_refused_and_the_rest_goes_on() -> None:
    outcome = made(
        line(MOST, "省级", "一等奖", student=2, scenario="a"),
        line(1, "省级", "一等奖", student=2, scenario="b"),
    )
    assert [each.code for each in outcome.problems] == ["plan-too-large"]
    assert [each.scenario for each in outcome.awards] == ["b"]


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"scenarios": ["x"]}, "unknown-scenario"),
        ({"readings": {"moon": "full"}}, "unknown-reading"),
        ({"readings": {"highest": "moon"}}, "unknown-option"),
        ({"rulings": [Ruling("moon", "full")]}, "unknown-question"),
        ({"under": "jiangxi-per-student"}, "no-award-steps"),
    ],
)
def test_what_cannot_be_done_is_said(options: dict[str, Any], code: str) -> None:
    with pytest.raises(OptionError) as error:
        made(line(1, "省级", "一等奖", student=1), **options)
    assert [each.code for each in error.value.problems] == [code]


LEVELS = st.sampled_from(["国家级", "省级", "市级"])
PRIZES = st.sampled_from(["一等奖", "二等奖", "三等奖", "优胜奖", "特等奖"])
WHO = st.fixed_dictionaries({"student": st.integers(1, 3), "instructor": st.integers(0, 2)})


@given(LEVELS, PRIZES, WHO, st.sampled_from(["official", "association"]), st.integers(0, 12))
def test_n_awards_are_n_times_one(
    level: str, prize: str, who: dict[str, int], organizer: str, number: int
) -> None:
    """No quota and no cap binds in this document, so n awards of one kind come to n × one."""
    one, many = (
        made(line(count, level, prize, organizer=organizer, **who)) for count in (1, number)
    )
    assert [(g.role, g.each, g.count * number) for g in one.awards[0].groups if number] == [
        (g.role, g.each, g.count) for g in (many.awards[0].groups if many.awards else ())
    ]
    due = many.awards[0].due()["yuan"] if many.awards else 0
    assert due == one.awards[0].due()["yuan"] * number


SCHOOL = {"school": "甲校", "stage": "secondary", "ownership": "public", "run_by": "province"}


def funds(under: str, *rows: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Rule, year, what is asked for and the change on the year, where there is something."""
    plan = Plan((), tuple(Figure({**SCHOOL, **row}) for row in rows))
    outcome = estimate(plan, awards.load_schedule(under))
    return [
        (each.finding.rule, each.finding.subject["year"], each.amount, each.change)
        for each in outcome.funds[0].expected
        if each.amount is not None
    ]


def test_a_rate_that_rises_next_year() -> None:
    """jiangxi-per-student 第1条: 5,000 in 2020, 6,000 from 2021; the target of 8,000 from 2021.

    400 × 5,000 = 2,000,000; 450 × 6,000 = 2,700,000, 700,000 more; 450 × 8,000 = 3,600,000.
    """
    assert funds(
        "jiangxi-per-student",
        {"year": 2020, "students": 400},
        {"year": 2021, "students": 450},
    ) == [
        ("secondary", 2020, 2000000, None),
        ("secondary", 2021, 2700000, 700000),
        ("secondary_target", 2021, 3600000, None),
    ]


def test_a_year_without_a_standard_is_open_and_not_zero() -> None:
    """hubei-higher: 5,000 for 2014, none published for 2015, 12,000 from 2016.

    1,000 students: 5,000,000, open, 12,000,000; no change where the year before is open.
    """
    rows = [{"stage": "higher", "year": year, "students": 1000} for year in (2014, 2015, 2016)]
    assert funds("hubei-higher", *rows) == [
        ("floor", 2014, 5000000, None),
        ("floor", 2016, 12000000, None),
    ]
    plan = Plan((), tuple(Figure({**SCHOOL, **row}) for row in rows))
    outcome = estimate(plan, awards.load_schedule("hubei-higher"))
    assert outcome.funds[0].sums()["floor", 2015] == (Fraction(0), 0, 1)
    first = estimate(
        plan, awards.load_schedule("hubei-higher"), readings={"rate_2015": "first_step"}
    )
    assert first.funds[0].sums()["floor", 2015] == (Fraction(5000000), 1, 0)
    assert [each.change for each in first.funds[0].expected] == [None, 0, 7000000]


def test_the_steps_of_two_more_documents() -> None:
    """jiangsu-secondary: 5,000 to 2014, 6,000 from 2015, of 300 students 1,500,000 and 1,800,000.

    shandong-higher: 11,000 in 2016 and 12,000 from 2017, of 2,000: 22,000,000 and 24,000,000.
    """
    assert funds(
        "jiangsu-secondary", {"year": 2014, "students": 300}, {"year": 2015, "students": 300}
    ) == [("floor", 2014, 1500000, None), ("floor", 2015, 1800000, 300000)]
    college = {"stage": "higher", "independent": True, "students": 2000}
    assert funds("shandong-higher", {**college, "year": 2016}, {**college, "year": 2017}) == [
        ("floor", 2016, 22000000, None),
        ("floor", 2017, 24000000, 2000000),
    ]


@given(st.integers(1, 5000), st.integers(1, 5000))
def test_funding_adds_up_over_schools(one: int, other: int) -> None:
    rows = [
        {"year": 2021, "school": name, "students": n} for name, n in (("甲", one), ("乙", other))
    ]
    plan = Plan((), tuple(Figure({**SCHOOL, **row}) for row in rows))
    sums = estimate(plan, awards.load_schedule("jiangxi-per-student")).funds[0].sums()
    assert sums["secondary", 2021] == (Fraction(6000 * (one + other)), 2, 0)


def test_what_holds_everywhere_does_not_count_beside_the_same_again() -> None:
    rows = [{"year": 2021, "students": 5, "scenario": name} for name in ("a", "all")]
    plan = Plan((), tuple(Figure({**SCHOOL, **row}) for row in (*rows, {**rows[0], "year": 2022})))
    outcome = estimate(plan, awards.load_schedule("jiangxi-per-student"))
    assert [each.code for each in outcome.problems] == ["plan-said-twice"]
