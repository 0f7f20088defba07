from fractions import Fraction
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from awards.money import Rounding
from awards.records import Value
from awards.steps import Effect, Quota
from tests.steps import effects, outcomes

MODES: tuple[Rounding, ...] = get_args(Rounding)


def quota(prizes: dict[str, Any], **said: Any) -> Quota:
    sound = {"do": "quota", "clause": "c", "column": "entrants", "new_part": "pool"}
    return Quota.model_validate({**sound, "prizes": prizes, **said})


def pools(step: Quota, **row: Value) -> tuple[Effect, ...]:
    (effect,) = effects(step, [{"amount": None, **row}])
    return effect.more


def counts(step: Quota, **row: Value) -> list[Value]:
    return [pool.set["count"] for pool in pools(step, **row)]


def test_so_many_of_each_prize() -> None:
    """Of 333 entrants: one special prize, 5% first rounded down, 10% second, 15% third up

    prize  | of 333 | number | each | in all
    特等奖 |        | 1      | 5000 | 5000
    一等奖 | 16.65  | 16     | 1000 | 16000
    二等奖 | 33.3   | 33     | 500  | 16500
    三等奖 | 49.95  | 50     |      |
    """
    step = quota(
        {
            "special": {"count": 1, "money": 5000},
            "first": {"share": "5/100", "rounding": "down", "money": 1000},
            "second": {"share": "10/100", "rounding": "half_up", "money": 500},
            "third": {"share": "15/100", "rounding": "up", "money": 0},
        }
    )
    found = pools(step, entrants=333)
    assert [(pool.set["payee"], pool.set["count"], pool.set["amount"]) for pool in found] == [
        ("特等奖", 1, 500_000),
        ("一等奖", 16, 1_600_000),
        ("二等奖", 33, 1_650_000),
        ("三等奖", 50, None),
    ]
    assert [pool.end and pool.end.reason for pool in found] == [None, None, None, "no_cash"]
    assert {pool.set["kind"] for pool in found} == {"pool"}


def test_the_row_itself_has_no_award_beside_the_pools() -> None:
    assert outcomes(quota({"first": {"count": 1}}), [{"entrants": 9}]) == ["within_sum"]


def test_without_money_a_pool_has_its_number_only() -> None:
    (pool,) = pools(quota({"first": {"count": 3}}), entrants=9)
    assert "amount" not in pool.set
    assert pool.end is None
    assert (pool.set["count"], pool.set["prize"]) == (3, "first")


@pytest.mark.parametrize(
    ("rounding", "number"),
    [("down", 2), ("up", 3), ("half_up", 3), ("nearest", None), (None, None)],
)
def test_a_column_may_say_how_it_is_rounded(rounding: str | None, number: int | None) -> None:
    """5% of 50 is 2.5"""
    step = quota({"first": {"share": "5/100"}}, rounding="mode")
    row: dict[str, Value] = {"entrants": 50, "mode": rounding}
    if number is None:
        assert outcomes(step, [row]) == ["mode"]
    else:
        assert counts(step, **row) == [number]


@pytest.mark.parametrize("entrants", [None, "many"])
def test_without_a_number_of_entrants_it_is_a_fault(entrants: Value) -> None:
    assert outcomes(quota({"first": {"count": 1}}), [{"entrants": entrants}]) == ["entrants"]


SHARES = st.fractions(0, 1, max_denominator=1000)


@given(st.integers(0, 10**5), SHARES, st.sampled_from(MODES))
def test_a_rounded_share_is_within_one_of_it(whole: int, share: Fraction, mode: Rounding) -> None:
    (count,) = counts(quota({"first": {"share": str(share), "rounding": mode}}), entrants=whole)
    assert isinstance(count, int)
    assert abs(count - whole * share) < 1
    assert (count <= whole * share) or mode != "down"
    assert (count >= whole * share) or mode != "up"


@given(st.integers(0, 10**5), st.lists(SHARES, min_size=1, max_size=3))
def test_shares_of_the_whole_rounded_down_never_exceed_it(
    whole: int, shares: list[Fraction]
) -> None:
    total = max(sum(shares, Fraction(0)), Fraction(1))
    names = ("first", "second", "third")
    prizes = {
        name: {"share": str(share / total), "rounding": "down"}
        for name, share in zip(names, shares, strict=False)
    }
    assert sum(int(str(each)) for each in counts(quota(prizes), entrants=whole)) <= whole


@pytest.mark.parametrize(
    ("prizes", "said", "message"),
    [
        ({}, {}, "prizes\n.*at least 1 item"),
        ({"first": {}}, {}, "a quota says either count or share"),
        ({"first": {"count": 1, "share": "1/2"}}, {}, "a quota says either count or share"),
        ({"first": {"share": "1/2"}}, {}, "a share of entrants says how it is rounded"),
        (
            {"first": {"share": "1/2", "rounding": "up"}},
            {"rounding": "mode"},
            "a share of entrants says how it is rounded, itself or by a column",
        ),
        ({"first": {"share": 0.5, "rounding": "up"}}, {}, "a factor is exact"),
        ({"first": {"count": 1, "money": -1}}, {}, "-1 is negative"),
    ],
)
def test_what_is_refused(prizes: dict[str, Any], said: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        quota(prizes, **said)
