"""Quantities: what is missing stays missing, and is named."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

from awards.context import Context, Number
from awards.quantities import parse_quantity

ROWS: tuple[dict[str, Any], ...] = (
    {"school": "甲校", "kind": "own", "students": 10},
    {"school": "甲校", "kind": "other", "students": 5},
    {"school": "甲校", "source": "fiscal_all", "amount": 7},
)
SCHOOL = Context(rows=ROWS, rates={}, given={})


def worth(quantity: object, context: Context = SCHOOL) -> tuple[Number, list[str]]:
    """What *quantity* comes to, and what it lacked."""
    fresh = replace(context, missing=[])
    return parse_quantity(quantity).value(fresh), fresh.missing


def test_a_rounding_that_nobody_named_leaves_a_broken_number_open() -> None:
    assert worth({"round": "7/2", "how": "unstated"}) == (None, ["rounding"])
    assert worth({"round": 4, "how": "unstated"}) == (4, [])
    assert worth({"round": "7/2", "how": "up"}) == (4, [])


def test_the_reading_taken_chooses_and_an_option_without_a_quantity_is_open() -> None:
    switch = {"under": "part", "options": {"whole": 300, "half": 150}}
    assert worth(switch, replace(SCHOOL, chosen={"part": "half"})) == (150, [])
    assert worth(switch, replace(SCHOOL, chosen={"part": "unsettled"})) == (None, ["part"])


def test_nothing_before_is_empty_but_an_unknown_year_before_is_not() -> None:
    carried = {"previous": "carried_forward", "empty": 0}
    assert worth(carried) == (0, [])
    assert worth(carried, replace(SCHOOL, previous={"carried_forward": Fraction(5)})) == (5, [])
    assert worth(carried, replace(SCHOOL, previous={})) == (None, ["carried_forward"])


def test_a_row_of_money_takes_no_headcount_from_the_school() -> None:
    one = replace(SCHOOL, rows=(ROWS[0], ROWS[2]))
    assert worth({"each": {"column": "students"}}, one) == (None, ["students"])
    assert worth({"each": {"column": "students"}, "having": "students"}, one) == (10, [])


def test_a_line_of_the_table_is_known_by_its_name_in_each_row() -> None:
    lines = {"amount": parse_quantity({"times": [3, {"column": "students"}]})}
    total = {"each": "amount", "having": "students"}
    assert worth(total, replace(SCHOOL, lines=lines)) == (45, [])


def test_what_an_earlier_value_lacked_is_missing_in_a_later_one() -> None:
    later = replace(SCHOOL, lacked={"required": ["local_standard"]})
    assert worth({"times": [2, "required"]}, later) == (None, ["local_standard"])


def test_a_column_in_which_rows_differ_is_there_without_a_value() -> None:
    present = {"choose": [{"when": {"kind": {"present": True}}, "value": 1}], "otherwise": 0}
    named = {"choose": [{"when": {"kind": "own"}, "value": 1}], "otherwise": 0}
    assert worth(present) == (1, [])
    assert worth(named) == (None, ["kind"])
