from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from awards.steps import Effect, Offset
from tests.steps import AMOUNTS, Case, after, check, effects, group


def offset(**said: Any) -> Offset:
    return Offset.model_validate({"do": "offset", "clause": "c", **said})


LEDGER = {"keys": ["person", "event"]}


def test_the_difference_to_the_ledger() -> None:
    """Two earlier payments, 700 together, come off the rows in order

    earlier | amount | comes to
    500     |        | -
    200     |        | -
            | 600    | already_paid
            | 300    | 200
            |        | -
            | 50     | 50
    """
    check(offset(**LEDGER, pay="difference"), test_the_difference_to_the_ledger)


def test_nothing_more_than_the_ledger() -> None:
    """
    earlier | amount | comes to
    1       |        | -
            | 600    | already_paid
            | 300    | already_paid
    """
    check(offset(**LEDGER, pay="nothing"), test_nothing_more_than_the_ledger)


def test_the_higher_of_both() -> None:
    """What is more than was paid is due in full

    earlier | amount | comes to
    500     |        | -
            | 600    | 600
            | 500    | already_paid
            | 300    | already_paid
    """
    check(offset(**LEDGER, pay="higher"), test_the_higher_of_both)


def test_a_ledger_without_payments_changes_nothing() -> None:
    """
    earlier | amount | comes to
    0       |        | -
            | 600    | 600
    """
    for pay in ("difference", "nothing", "higher"):
        step = offset(**LEDGER, pay=pay)
        check(step, test_a_ledger_without_payments_changes_nothing)
        assert after(step, group([600], earlier=None)) == [600]


@pytest.mark.parametrize(
    ("stated", "left"),
    [(None, 300), (0, 300), (100, 200), ("99.5", 200.5), (Decimal("299.99"), 0.01), (300, 0)],
)
def test_the_difference_to_a_column_of_the_roster(stated: Any, left: float) -> None:
    """300 due, of which another payer has given what the column says, in yuan"""
    step = offset(column="upper", pay="difference")
    assert after(step, [{"upper": stated, "amount": 30_000}]) == [round(left * 100)]


def test_what_cannot_be_read_is_a_fault_and_the_group_waits_for_it() -> None:
    """Another payer's sum that is no sum, or below nothing

    upper | amount | comes to
    many  | 600    | upper
    -5    | 600    | upper
    100   | 600    | awaits_row
    100   |        | -
    """
    step = offset(column="upper", keys=["person"], pay="difference")
    check(step, test_what_cannot_be_read_is_a_fault_and_the_group_waits_for_it)


def test_the_trace_tells_what_came_off() -> None:
    effect = effects(offset(**LEDGER, pay="difference"), both([200], [500]))[1]
    assert effect.note
    assert effect.note.values == {"before": 500, "off": 200, "after": 300}


def test_what_it_looks_at() -> None:
    ledger, column = offset(**LEDGER, pay="nothing"), offset(column="upper", pay="nothing")
    assert (ledger.sees_earlier, ledger.sees_settled) == (True, False)
    assert (column.sees_earlier, column.sees_settled) == (False, True)
    assert ledger.reads() == {"amount", "earlier"}
    assert column.reads() == {"amount", "upper"}
    assert (ledger.group_keys, column.group_keys) == (("person", "event"), ())


def both(paid: list[int], due: list[int]) -> list[Case]:
    return [
        *({"earlier": each, "amount": None} for each in paid),
        *({"earlier": None, "amount": each} for each in due),
    ]


@given(st.lists(AMOUNTS, max_size=4), st.lists(AMOUNTS, max_size=4), st.randoms())
def test_earlier_and_now_make_the_higher_of_the_two_sums(
    paid: list[int], due: list[int], chance: Any
) -> None:
    cases = both(paid, due)
    chance.shuffle(cases)
    now = after(offset(**LEDGER, pay="difference"), cases)
    assert sum(paid) + sum(now) == max(sum(paid), sum(due))


@given(st.lists(AMOUNTS, min_size=1, max_size=4), st.lists(AMOUNTS, max_size=4))
def test_once_something_was_paid_nothing_more_is(paid: list[int], due: list[int]) -> None:
    assert sum(after(offset(**LEDGER, pay="nothing"), both(paid, due))) == 0


@given(AMOUNTS, AMOUNTS)
def test_the_higher_is_paid_in_full_or_not_at_all(paid: int, due: int) -> None:
    now = after(offset(**LEDGER, pay="higher"), both([paid], [due]))[1]
    assert now == (due if due > paid else 0)


@given(st.lists(AMOUNTS, max_size=3), st.lists(AMOUNTS, max_size=3))
def test_what_was_paid_earlier_is_left_alone(paid: list[int], due: list[int]) -> None:
    for pay in ("difference", "nothing", "higher"):
        found = effects(offset(**LEDGER, pay=pay), both(paid, due))
        assert all(not each.set and not each.end for each in found[: len(paid)])


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"pay": "difference"}, "an offset against the ledger needs keys"),
        ({"keys": ["person"]}, "pay\n.*Field required"),
        ({"keys": ["person"], "pay": "half"}, "pay"),
    ],
)
def test_what_is_refused(said: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        offset(**said)


@given(st.lists(st.none() | AMOUNTS, min_size=1, max_size=5))
@pytest.mark.parametrize("pay", ["difference", "higher", "nothing"])
def test_nothing_becomes_of_a_group_that_the_ledger_does_not_know(
    pay: str, amounts: list[int | None]
) -> None:
    """What ``needs_earlier`` promises, and the large runner relies on."""
    step = offset(**LEDGER, pay=pay)
    assert step.needs_earlier
    cases = [{"amount": amount, "earlier": None} for amount in amounts]
    assert all(effect == Effect() for effect in effects(step, cases))


def test_a_column_of_the_row_needs_no_ledger() -> None:
    assert not offset(column="paid_already", pay="nothing").needs_earlier
