from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from awards import money
from awards.steps import Cap
from tests.steps import AMOUNTS, after, check, effects, group, outcomes


def cap(**said: Any) -> Cap:
    return Cap.model_validate({"do": "cap", "clause": "c", **said})


def test_so_many_payees() -> None:
    """The first two are paid, each for all their rows

    payee | amount | comes to
    周师  | 500    | 500
    吴师  | 500    | 500
    郑师  | 500    | over_limit
    周师  | 300    | 300
    王师  | 500    | over_limit
    """
    check(cap(payees=2, keys=["event"]), test_so_many_payees)


def test_so_many_payees_by_order() -> None:
    """
    payee | order | amount | comes to
    周师  | 3     | 500    | over_limit
    吴师  | 1     | 500    | 500
    郑师  | 2     | 500    | 500
    """
    check(cap(payees=2, keys=["event"], order="order"), test_so_many_payees_by_order)


def test_the_others_wait_for_one_without_a_place_in_the_order() -> None:
    """
    payee | order | amount | comes to
    周师  | 1     | 500    | awaits_row
    吴师  |       | 500    | order
    郑师  | last  | 500    | order
    """
    step = cap(payees=1, order="order")
    check(step, test_the_others_wait_for_one_without_a_place_in_the_order)
    fine = [{"payee": "周师", "order": 1, "amount": 500}, {"payee": "周师", "amount": 500}]
    assert outcomes(step, fine) == ["5", "5"]  # one payee: no order needed


def test_too_many_payees_may_wait_for_a_ruling() -> None:
    """
    payee | amount | comes to
    周师  | 500    | roster_error
    吴师  | 500    | roster_error
    """
    step = cap(payees=1, keys=["team"], over="ruling", named="教练员（待核）")
    check(step, test_too_many_payees_may_wait_for_a_ruling)
    assert {effect.set["payee"] for effect in effects(step, group([1, 2]))} == {"教练员（待核）"}
    assert outcomes(cap(payees=2, over="ruling"), group([100, 200])) == ["1", "2"]


def test_so_much_money() -> None:
    """1,000 at most; what is over comes off the last

    row | amount | comes to
    1   | 600    | 600
    2   |        | -
    3   | 400    | 400
    4   |        | -
    5   | 0.01   | over_limit
    """
    check(cap(most=1000, keys=["person"]), test_so_much_money)


def test_what_is_over_comes_off() -> None:
    """
    row | amount | comes to
    1   | 600    | 600
    2   | 500    | 400
    3   | 300    | over_limit
    """
    check(cap(most=1000, keys=["person"]), test_what_is_over_comes_off)


def test_so_much_money_by_class() -> None:
    """
    class | amount | comes to
    一类  | 100    | 100
    一类  | 100.01 | 100
    二类  | 100    | 50
    三类  | 100    | no_match
          | 100    | class
    """
    step = cap(by=["class"], amounts={"一类": 100, "二类": 50})
    check(step, test_so_much_money_by_class, apart=True)


def test_what_it_reads_and_mentions() -> None:
    step = cap(by=["level", "placing"], amounts={"national": {"1": 2, "any": 1}}, keys=["team"])
    assert step.words() == [("level", "national"), ("level", "national")]
    assert step.reads() == {"level", "placing", "payee", "amount"}
    assert cap(payees=1, order="order").reads() == {"order", "payee", "amount"}


@given(st.lists(AMOUNTS, min_size=1), AMOUNTS)
def test_never_more_than_the_limit_and_never_less_than_needed(
    amounts: list[int], most: int
) -> None:
    """What is paid is the smaller of the sum and the limit; nobody gets more than before."""
    step = cap(most=money.yuan(most), keys=["person"])
    paid = after(step, group(amounts))
    assert sum(paid) == min(sum(amounts), most)
    assert all(now <= before for now, before in zip(paid, amounts, strict=True))


@given(st.lists(st.integers(0, 5), min_size=1, max_size=9), st.integers(1, 4))
def test_never_more_payees_than_the_limit(people: list[int], most: int) -> None:
    cases = [{"payee": f"人{who}", "amount": 100} for who in people]
    paid = [who for who, due in zip(people, after(cap(payees=most), cases), strict=True) if due]
    assert len(set(paid)) == min(most, len(set(people)))
    assert paid == [who for who in people if who in set(paid)]  # each for all their rows


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({}, "a cap limits one thing: say payees, most, or by and amounts"),
        ({"payees": 1, "most": 1}, "a cap limits one thing"),
        ({"most": 1, "by": ["class"], "amounts": {"一类": 1}}, "a cap limits one thing"),
        ({"payees": 0}, "greater than or equal to 1"),
        (
            {"by": ["level", "class"], "amounts": {"national": 1}},
            r"amounts\.national does not nest as by says \(level, class\)",
        ),
        ({"amounts": {"一类": 1}}, "does not nest as by says"),
        ({"most": -1}, "-1 is negative"),
    ],
)
def test_what_is_refused(said: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        cap(**said)
