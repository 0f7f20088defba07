"""The large runner says what the small one says."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import awards
from awards import Ruling, Schedule
from awards.steps import Ruling as Question
from tests.agreement import agree
from tests.cases import CASES, Case, load

AWARDS = [case for case in load(CASES) if not case.is_funding]
BY_CASES = {name: each for each in awards.schedules().values() for name in each.cases}


@pytest.mark.parametrize("case", AWARDS, ids=[f"{case.document}/{case.id}" for case in AWARDS])
def test_every_worked_case(case: Case) -> None:
    """As it stands, and under each other reading."""
    schedule = BY_CASES[case.document]
    year = (schedule.in_force_from or schedule.checked_on).year
    agree(case.rows, schedule, given=case.given, year=year)
    for name, reading in schedule.readings.items():
        for option in reading.options:
            if option != reading.default:
                agree(case.rows, schedule, given=case.given, year=year, readings={name: option})


JUNK = (None, "", " ", "天字第一号", "１２", 3, 0, True, "2023年", 2.5)
"""What a cell may hold that no rule expects."""


def pools(document: str) -> dict[str, list[Any]]:
    """What the worked cases of *document* write into each column."""
    found: dict[str, list[Any]] = {}
    for case in AWARDS:
        for row in case.rows if case.document == document else ():
            for name, value in row.items():
                held = found.setdefault(name, [])
                if all(repr(value) != repr(each) for each in held):
                    held.append(value)
    return {name: held for name, held in found.items() if name != "row"}


def rosters(document: str, most: int = 12) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Rows that mix what the cases write, with blanks and junk, few people, and each row twice."""
    columns = {
        name: st.one_of(st.sampled_from(held), st.sampled_from(held), st.sampled_from(JUNK))
        for name, held in pools(document).items()
    }
    who = {
        "person": st.sampled_from(("赵甲", "钱乙", " 赵 甲", None)),
        "person_id": st.sampled_from((None, None, "20210001", "20210002")),
        "school": st.sampled_from(("甲校", "乙校", "甲 校", None)),
        "team": st.sampled_from(("一队", "二队", None)),
        "year": st.sampled_from((2012, 2017, 2023, 2024, "2023年", None)),
    }
    row = st.fixed_dictionaries({**columns, **who})
    return st.lists(st.one_of(row, row, st.just({})), max_size=most).map(_some_twice)


def _some_twice(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [*rows, *rows[:1]]


@pytest.mark.parametrize("document", sorted({case.document for case in AWARDS}))
@given(data=st.data())
def test_any_roster_of_any_schedule(document: str, data: st.DataObject) -> None:
    schedule = BY_CASES[document]
    rows = data.draw(rosters(document))
    chosen = {
        name: data.draw(st.sampled_from(sorted(reading.options)))
        for name, reading in schedule.readings.items()
    }
    given_ = next((case.given for case in AWARDS if case.document == document and case.given), {})
    year = data.draw(st.sampled_from((None, 2023, 2017)))
    agree(rows, schedule, readings=chosen, given=given_, year=year)


@pytest.mark.parametrize("document", sorted({case.document for case in AWARDS}))
@given(data=st.data())
def test_with_a_ledger_facts_and_rulings(document: str, data: st.DataObject) -> None:
    schedule = BY_CASES[document]
    rows = data.draw(rosters(document, most=8))
    amount = st.sampled_from((100, "2,000", "五千", None, 5000.5))
    paid = [{**row, "amount": data.draw(amount)} for row in data.draw(rosters(document, most=3))]
    about = ("year", "competition", "event", "level", "team")
    told = [
        {name: value for name, value in row.items() if name in about or name not in WHO}
        for row in data.draw(rosters(document, most=2))
    ]
    agree(rows, schedule, ledger=paid, facts=told, rulings=data.draw(rulings(schedule)))


WHO = ("person", "person_id", "school", "role", "prize")


def rulings(schedule: Schedule) -> st.SearchStrategy[list[Ruling]]:
    """Answers to the questions of *schedule*, on all rows, a person or a row."""
    answers = [
        (step.question, answer)
        for step in schedule.steps
        if isinstance(step, Question)
        for answer in (*step.options, *(("1,200",) if step.amount else ()))
    ]
    if not answers:
        return st.just([])
    on = st.sampled_from((None, date(2024, 1, 2)))
    person, row = st.sampled_from((None, "赵甲", "一队")), st.sampled_from((None, "2", "第1行"))
    by = st.sampled_from((None, "某局"))
    return st.lists(
        st.builds(
            lambda asked, *rest: Ruling(*asked, *rest),
            *(st.sampled_from(answers), person, row, by, on),
        ),
        max_size=3,
    )


def test_a_ruling_on_a_row_goes_before_two_that_differ() -> None:
    """What hypothesis found: the row that is ruled on alone is not amiss with the others."""
    case = next(case for case in AWARDS if case.document == "cug-cs-2015")
    rows = [{**case.rows[0], "row": number, "person": f"某{number}"} for number in (1, 2, 3)]
    decided = [Ruling("class", "A"), Ruling("class", "B"), Ruling("class", "A", row="2")]
    agree(rows, BY_CASES[case.document], rulings=decided)


def test_a_ruling_on_a_team_that_a_step_makes_the_payee() -> None:
    """What hypothesis found: the ruling fits the line as the steps leave it, so it is of use."""
    row = {
        "competition": "全国大学生结构设计竞赛",
        "level": "national",
        "class": "国家一档",
        "form": "team",
        "prize": "一等奖",
        "team": "一队",
        "team_size": 3,
        "person": "赵甲",
        "school": "甲校",
        "year": 2023,
        "amount": 100,
    }
    ruling = Ruling("line", "1,200", person="一队")
    agree([], BY_CASES["hunau-2018"], ledger=[row], rulings=[ruling])


@pytest.mark.parametrize("number", range(8))
def test_a_key_that_every_row_leaves_to_the_document(number: int) -> None:
    """What parting found: a word that all states have was taken for the rows' own, a blank."""
    cases = [case for case in AWARDS if case.document == "hlj-internetplus-2023"]
    rows = [{**row, "competition": None} for row in cases[number].rows]
    agree([row for row in rows for _ in range(2)], BY_CASES["hlj-internetplus-2023"])


def test_a_fact_that_is_false_does_not_say_the_same_as_zero() -> None:
    """What hypothesis found: the two runners did not agree whether the second row repeats."""
    case = next(c for c in AWARDS if c.document == "ningde-2011" and "entry_approved" in c.rows[0])
    row = {name: value for name, value in case.rows[0].items() if name != "row"}
    rows = [{**row, "entry_approved": value} for value in (False, 0, True, 1, 1)]
    agree(rows, BY_CASES["ningde-2011"])
    told = awards.assess(rows, BY_CASES["ningde-2011"]).problems
    assert [each.code for each in told].count("repeated-row") == 1
