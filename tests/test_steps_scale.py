from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from awards.steps import Scale
from tests.steps import AMOUNTS, after, check, effects, group


def scale(**said: Any) -> Scale:
    return Scale.model_validate({"do": "scale", "clause": "c", **said})


def test_half() -> None:
    """
    row | amount | comes to
    1   | 5000   | 2500
    2   | 0.02   | 0.01
    3   |        | -
    """
    check(scale(times="1/2"), test_half)


def test_months_of_twelve() -> None:
    """
    amount | months | comes to
    12000  | 5      | 5000
    12000  | 12     | 12000
    12000  | 0      | 0
    12000  |        | months
           |        | -
    """
    check(scale(times={"column": "months", "over": 12}), test_months_of_twelve)


def test_times_a_column() -> None:
    """
    amount | count | comes to
    300    | 12    | 3600
    """
    check(scale(times={"column": "count"}), test_times_a_column)


def test_rounding_where_the_document_states_it() -> None:
    """A third of 100, to the fen and to the ten yuan"""
    assert after(scale(times="1/3", rounding="down"), group([10_000])) == [3_333]
    assert after(scale(times="1/3", rounding="up", to=10), group([10_000])) == [4_000]
    with pytest.raises(ValueError, match=r"^100 × 1/3 leaves a part of a fen"):
        effects(scale(times="1/3"), group([10_000]))


def test_the_trace_tells_the_factor() -> None:
    (effect,) = effects(scale(times="60/100"), group([500]))
    assert effect.note
    assert effect.note.values == {"before": 500, "times": "3/5", "after": 300}


@pytest.mark.parametrize(
    ("times", "stated", "reads"),
    [
        ("60/100", "3/5", {"amount"}),
        (2, "2", {"amount"}),
        (Decimal("0.5"), "1/2", {"amount"}),
        ({"column": "months", "over": 12}, {"column": "months", "over": 12}, {"amount", "months"}),
    ],
)
def test_a_factor_as_a_file_may_state_it(times: Any, stated: Any, reads: set[str]) -> None:
    step = scale(times=times)
    assert step.model_dump()["times"] == stated
    assert step.reads() == reads


FACTORS = st.fractions(0, 3, max_denominator=100)


@given(st.lists(AMOUNTS), FACTORS)
def test_halving_and_doubling_and_all_else_is_exact(amounts: list[int], factor: Fraction) -> None:
    """Amounts that the factor divides: each becomes its product, whatever the others are."""
    whole = [amount * factor.denominator for amount in amounts]
    paid = after(scale(times=str(factor)), group(whole))
    assert paid == [amount * factor.numerator for amount in amounts]


@given(AMOUNTS, FACTORS, FACTORS)
def test_two_factors_may_be_taken_in_either_order(
    amount: int, one: Fraction, other: Fraction
) -> None:
    whole = amount * one.denominator * other.denominator

    def both(first: Fraction, second: Fraction) -> list[int]:
        return after(
            scale(times=str(second)), group(after(scale(times=str(first)), group([whole])))
        )

    assert both(one, other) == both(other, one)


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({}, "times\n.*Field required"),
        ({"times": 0.5}, 'a factor is exact: "1/2", 0.5 or 2'),  # a float; a file has Decimals
        ({"times": True}, "a factor is exact"),
        ({"times": "-1/2"}, "a factor is not negative"),
        ({"times": "half"}, "Invalid literal for Fraction: 'half'"),
        ({"times": {"column": "months", "over": 0}}, "greater than or equal to 1"),
        ({"times": {"over": 12}}, "column\n.*Field required"),
        ({"times": "1/2", "rounding": "nearest"}, "rounding"),
    ],
)
def test_what_is_refused(said: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        scale(**said)
