from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from awards.records import Value, frozen
from awards.steps import Add
from tests.steps import AMOUNTS, after, check, effects, outcomes


def add(*terms: dict[str, Any], **more: Any) -> Add:
    return Add.model_validate({"do": "add", "clause": "c", "terms": terms, **more})


def test_a_sum_of_terms() -> None:
    """100 for each day and 20 for each period, on top of what is due

    amount | days | periods | comes to
           | 2    | 10      | 400
    1000   | 2    | 10      | 1400
    1000   | 0    | 0       | 1000
    1000   |      | 10      | days
    1000   |      |         | days, periods
    """
    days, periods = {"money": 100, "times": ["days"]}, {"money": 20, "times": ["periods"]}
    check(add(days, periods), test_a_sum_of_terms)


def test_a_term_may_have_several_factors_and_a_limit() -> None:
    """50 for each person and day, 3 days at most

    people | days | comes to
    2      | 2    | 200
    2      | 3    | 300
    2      | 9    | 300
    0      | 9    | 0
    """
    times = ["people", {"column": "days", "at_most": 3}]
    check(add({"money": 50, "times": times}), test_a_term_may_have_several_factors_and_a_limit)


def test_a_term_over_a_list_of_records() -> None:
    """Trips of 2 days for 3 people and 5 days for 1, 4 days at most: (6 + 4) × 100"""
    trips = frozen([{"days": 2, "people": 3}, {"days": 5, "people": 1}])
    times = [{"column": "days", "at_most": 4}, "people"]
    step = add({"money": 100, "times": times, "each": "trips"})
    assert step.reads() == {"amount", "trips"}
    assert after(step, [{"trips": trips, "amount": None}]) == [100_000]
    assert after(step, [{"trips": frozen([]), "amount": None}]) == [0]


@pytest.mark.parametrize("days", ["two", -1, True, None])
def test_a_factor_that_is_no_number_above_nothing_is_a_fault(days: Value) -> None:
    step = add({"money": 100, "times": ["days"]}, {"money": 20, "times": ["periods"]})
    assert outcomes(step, [{"days": days, "periods": 1, "amount": None}]) == ["days"]


@pytest.mark.parametrize("trips", [None, 3, [{"days": 1}], [{"days": 1, "people": "two"}]])
def test_a_list_of_records_without_the_numbers_is_a_fault(trips: Any) -> None:
    step = add({"money": 100, "times": ["days", "people"], "each": "trips"})
    assert outcomes(step, [{"trips": frozen(trips), "amount": None}]) == ["trips"]


def test_numbers_are_exact() -> None:
    step = add({"money": Decimal("0.1"), "times": ["hours"]})
    assert after(step, [{"hours": Decimal("1.5"), "amount": None}]) == [15]
    with pytest.raises(ValueError, match=r"^0\.10 × 1/20 leaves a part of a fen"):
        after(step, [{"hours": Decimal("0.05"), "amount": None}])


def test_a_line_of_its_own() -> None:
    step = add(
        {"money": 100, "times": ["days"]},
        new_part="coaching",
        payee="教练组",
        kind="team",
        unit="课时",
    )
    (effect,) = effects(step, [{"amount": 500, "days": 2}])
    assert not effect.set
    (line,) = effect.more
    who = {"part": "coaching", "payee": "教练组", "kind": "team"}
    assert line.set == {**who, "amount": 20_000, "unit": "课时"}


@given(AMOUNTS, st.lists(st.tuples(st.integers(0, 999), st.integers(0, 99)), min_size=1))
def test_the_sum_is_that_of_the_terms_in_any_order(
    amount: int, parts: list[tuple[int, int]]
) -> None:
    terms = [{"money": money, "times": [f"f{i}"]} for i, (money, _) in enumerate(parts)]
    row = {f"f{i}": count for i, (_, count) in enumerate(parts)} | {"amount": amount}
    expected = amount + sum(money * count for money, count in parts) * 100
    assert after(add(*terms), [row]) == [expected]
    assert after(add(*reversed(terms)), [row]) == [expected]


@given(st.integers(0, 999), st.integers(0, 999), st.integers(0, 50))
def test_a_limited_factor_never_pays_more_than_its_limit(money: int, days: int, most: int) -> None:
    step = add({"money": money, "times": [{"column": "days", "at_most": most}]})
    assert after(step, [{"days": days, "amount": None}]) == [money * min(days, most) * 100]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"terms": []}, "terms\n.*at least 1 item"),
        ({"terms": [{"money": 1, "times": []}]}, "times\n.*at least 1 item"),
        ({"terms": [{"money": -1, "times": ["days"]}]}, "-1 is negative"),
        ({"terms": [{"money": "1", "times": ["days"]}]}, "'1' is not an amount"),
        ({"kind": "crowd"}, "kind"),
    ],
)
def test_what_is_refused(change: dict[str, Any], message: str) -> None:
    sound = {"do": "add", "clause": "c", "terms": [{"money": 1, "times": ["days"]}]}
    with pytest.raises(ValidationError, match=message):
        Add.model_validate({**sound, **change})
