from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

import awards
from awards import Place, Result, Roster
from awards.records import FIELDS, Unread, frozen, is_blank, made, roster
from tests.tables import JILIN, OFFICIAL

WON = {**OFFICIAL, "level": "national", "event": "焊接", "prize": "first", "person": "赵甲"}


def test_fields_are_those_of_the_case_files() -> None:
    for name in ("year", "date", "competition", "organizer", "level", "class", "form", "event"):
        assert name in FIELDS
    for name in ("track", "prize", "placing", "team", "person", "role", "school", "department"):
        assert name in FIELDS


def test_other_columns_are_kept_as_facts() -> None:
    (result,) = roster(
        [{"person": "赵甲", "in_catalogue": True, "size": 3.0, "x": [1, "y"]}]
    ).results
    assert {name: result.columns()[name] for name in ("in_catalogue", "size", "x")} == {
        "in_catalogue": True,
        "size": 3,
        "x": (1, "y"),
    }
    assert type(result.columns()["size"]) is int


def test_a_float_fact_becomes_exact() -> None:
    (result,) = roster([{"share": 0.1}]).results
    assert result.columns()["share"] == Decimal("0.1")


@pytest.mark.parametrize("nothing", [None, "", "  ", "\t"])
def test_white_space_is_blank(nothing: str | None) -> None:
    assert is_blank(roster([{"person": nothing}]).results[0].person)


def test_numbers_in_a_text_column_are_text() -> None:
    (result,) = roster([{"team": 3, "person_id": 20210001}]).results
    assert (result.team, result.person_id) == ("3", "20210001")


def test_rows_are_numbered_from_one() -> None:
    rows = roster([{"person": "赵甲"}, {"person": "钱乙"}]).results
    assert [each.place for each in rows] == [Place(row=1), Place(row=2)]
    assert roster([{"row": 7}]).results[0].place == Place(row=7)


@pytest.mark.parametrize(
    ("row", "line"),
    [
        ({"person": ["赵甲"]}, "row 1: person is ['赵甲'], not text (wrong-type)"),
        ({"prize": {}}, "row 1: prize is {}, not text (wrong-type)"),
        ({"team": True}, "row 1: team is True, not text (wrong-type)"),
        ({"year": [2023]}, "row 1: year is [2023], not a whole number or text (wrong-type)"),
        ({"date": 3.5}, "row 1: date is 3.5, not a date or text (wrong-type)"),
        ({"prize": float("nan")}, "row 1: prize is nan, not text (wrong-type)"),
    ],
)
def test_a_value_of_the_wrong_type_is_a_problem_of_its_row(row: dict[str, Any], line: str) -> None:
    read = roster([row])
    assert [each.line() for each in read.problems] == [line]
    outcome = awards.assess(
        [{**WON, **row}, {**WON, "person": "钱乙"}], awards.load_schedule(JILIN)
    )
    assert [(a.status, a.amount) for a in outcome.awards] == [
        ("problem", None),
        ("pending_approval", 20000),
    ]
    assert [each.line() for each in outcome.problems] == [line]


def test_records_and_rosters_pass_through() -> None:
    result = Result(person="赵甲")
    assert roster([result]).results[0] is result
    given_ = Roster((result,))
    assert roster(given_) is given_


def test_records_are_frozen() -> None:
    with pytest.raises(ValidationError):
        Result(person="赵甲").person = "钱乙"  # type: ignore[misc]


def test_an_unread_word_is_blank() -> None:
    assert is_blank(Unread("一等桨"))
    assert not is_blank("first")
    assert not is_blank(0)


@given(st.dictionaries(st.sampled_from(FIELDS), st.one_of(st.none(), st.integers(), st.text())))
def test_any_dict_is_read_or_told(row: dict[str, Any]) -> None:
    read = roster([row])
    assert len(read.results) == 1
    assert {each.code for each in read.problems} <= {"wrong-type"}


@pytest.mark.parametrize(
    ("written", "year"),
    [
        *((2023, 2023), ("2023", 2023), ("2023年", 2023), ("2023年度", 2023), ("２０２３", 2023)),
        (" 2023 ", 2023),
    ],
)
def test_ways_to_write_a_year(written: object, year: int) -> None:
    (award,) = awards.assess([{**WON, "year": written}], awards.load_schedule(JILIN)).awards
    assert award.year == year
    assert award.amount == 20000


@pytest.mark.parametrize("written", ["2023-2024", "二〇二三", "23", "今年"])
def test_a_year_that_cannot_be_read_is_a_problem(written: str) -> None:
    outcome = awards.assess([{**WON, "year": written}], awards.load_schedule(JILIN))
    assert [each.code for each in outcome.problems] == ["unknown-year"]
    assert outcome.awards[0].amount is None


@pytest.mark.parametrize(
    "written",
    [date(2023, 5, 9), "2023-05-09", "2023/5/9", "2023.5.9", "2023年5月9日", "２０２３年５月９日"],
)
def test_a_blank_year_is_that_of_the_date(written: object) -> None:
    row = {**WON, "year": None, "date": written}
    (award,) = awards.assess([row], awards.load_schedule(JILIN)).awards
    assert award.year == 2023
    assert award.amount == 20000


@pytest.mark.parametrize("written", ["2023-13-01", "2023-02-30", "五月", "2023-05"])
def test_a_date_that_cannot_be_read_gives_no_year(written: str) -> None:
    row = {**WON, "year": None, "date": written}
    outcome = awards.assess([row], awards.load_schedule(JILIN))
    assert [each.code for each in outcome.problems] == ["blank-year"]


@pytest.mark.parametrize("name", ["amount", "unit", "earlier", "schedule", "part"])
def test_a_roster_cannot_say_what_the_rules_work_out(name: str) -> None:
    (award,) = awards.assess([{**WON, name: 5}], awards.load_schedule(JILIN)).awards
    assert (award.status, award.unit) == ("pending_approval", "yuan")
    assert award.amount == 20000


UNREAD = "row 1: amount {} cannot be read; expected a number of yuan (unknown-amount)"


@pytest.mark.parametrize(
    ("payment", "line"),
    [
        ({}, "row 1: the earlier payment to 赵甲 has no amount (blank-amount)"),
        ({"amount": "三千"}, UNREAD.format("三千")),
        ({"amount": "3,00"}, UNREAD.format("3,00")),
        ({"amount": 0.005}, UNREAD.format("0.005")),
        ({"amount": True}, UNREAD.format("True")),
        ({"amount": 1, "event": None}, "row 1: 赵甲 has no event (blank-event)"),
        ({"amount": 1, "person": None}, "row 1: no name (blank-person)"),
    ],
)
def test_an_earlier_payment_that_cannot_be_read_is_told(payment: dict[str, Any], line: str) -> None:
    paid = {"person": "赵甲", "event": "焊接", "year": 2023, **payment}
    outcome = awards.assess([WON], awards.load_schedule(JILIN), ledger=[paid])
    assert [each.line() for each in outcome.problems] == [line]


def test_an_earlier_payment_of_doubtful_identity_is_told() -> None:
    """Two of one name at one school: whose payment it was cannot be known."""
    two = [{**WON, "school": "甲校", "person_id": number} for number in ("A1", "A2")]
    paid = {"person": "赵甲", "school": "甲校", "event": "焊接", "year": 2023, "amount": 3000}
    outcome = awards.assess(two, awards.load_schedule(JILIN), ledger=[paid])
    codes = {each.code for each in outcome.problems}
    assert codes == {"which-person", "same-name-two-numbers"}


VALUES = st.one_of(st.none(), st.integers(0, 9999), st.sampled_from(["赵甲", "2023", "一中", ""]))


@given(st.dictionaries(st.sampled_from([*FIELDS, "班级", "备注"]), VALUES))
def test_made_is_what_validation_gives(values: dict[str, Any]) -> None:
    """The short way of the reader is the long way; an integer is no date, so that is left out."""
    values.pop("date", None)
    assert made(values, row=3) == Result.model_validate({**values, "row": 3})


@pytest.mark.parametrize(
    ("stated", "kept"),
    [
        (np.int64(3), 3),
        (np.float64(2.0), 2),
        (np.float64(1.5), Decimal("1.5")),
        (np.bool_(True), True),
        (np.array([1, 2]), (1, 2)),
        ({"乙", "甲"}, ("乙", "甲")),
    ],
)
def test_facts_are_plain_values(stated: Any, kept: Any) -> None:
    fact = frozen(stated)
    assert (fact, type(fact)) == (kept, type(kept))
    assert Result.model_validate({"fact": stated}).columns()["fact"] == kept
