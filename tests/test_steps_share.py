from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from awards.records import Value
from awards.steps import Share
from tests.steps import AMOUNTS, Case, after, check, effects, group, outcomes

HALVES = [
    {"part": "1/2", "roles": ["author"], "suffix": " 作者"},
    {"part": "1/2", "roles": ["instructor"], "suffix": " 辅导教师"},
]


def share(how: str, **said: Any) -> Share:
    return Share.model_validate(
        {"do": "share", "clause": "c", "keys": ["team"], "how": how, **said}
    )


def paid(step: Share, cases: Sequence[Case]) -> list[tuple[Value, Value, int]]:
    """Payee, kind and amount in hundredths of every line that is due after *step*."""
    found = []
    for case, effect in zip(cases, effects(step, cases), strict=True):
        lines = [] if effect.end else [{**case, "kind": "person", **effect.set}]
        lines += [{**case, **more.set} for more in effect.more]
        found += [(each["payee"], each["kind"], int(str(each["amount"]))) for each in lines]
    return found


def team(*people: str, amount: int = 10_000, role: str = "author") -> list[Case]:
    return [
        {"team": "甲队", "person": name, "payee": name, "role": role, "amount": amount}
        for name in people
    ]


def test_equal_parts_odd_fen_to_the_first() -> None:
    """
    payee | amount | comes to
    赵甲  | 100    | 33.34
    钱乙  | 100    | 33.33
    孙丙  | 100    | 33.33
    """
    check(share("equal"), test_equal_parts_odd_fen_to_the_first)


def test_a_single_payee_has_it_all() -> None:
    for step in (share("equal"), share("open")):
        assert paid(step, team("赵甲")) == [("赵甲", "person", 10_000)]


def test_somebody_whose_role_has_no_part_waits() -> None:
    """100 yuan: 50 for the author, 50 for the instructor; what the driver has is not said."""
    step = share("parts", parts=HALVES)
    cases = [
        *team("赵甲"),
        *team("周师", role="instructor"),
        *team("吴司机", role="driver"),
    ]
    assert paid(step, cases) == [("赵甲", "person", 5_000), ("周师", "person", 5_000)]


def test_one_sum_left_to_the_payees() -> None:
    """
    team | payee | person | amount | comes to
    甲队 | 赵甲  | 赵甲   | 100    | 100
    甲队 | 钱乙  | 钱乙   | 100    | within_sum
    甲队 | 孙丙  | 孙丙   | 100    | within_sum
    """
    check(share("open"), test_one_sum_left_to_the_payees)
    found = effects(share("open"), team("赵甲", "钱乙", "孙丙"))
    assert found[0].set == {"payee": "甲队", "kind": "unstated_split", "amount": 10_000}
    assert [each.by for each in found] == [None, 0, 0]


def test_what_the_payees_together_are_called() -> None:
    cases = team("赵甲", "钱乙")
    named = {"column": "team", "suffix": " 学生"}
    assert paid(share("open", named=named), cases)[0][:2] == ("甲队 学生", "unstated_split")
    assert paid(share("open", named={"join": "、"}), cases)[0][0] == "赵甲、钱乙"
    assert paid(share("open", named={"fixed": "教练组"}, kind="team"), cases) == [
        ("教练组", "team", 10_000)
    ]


def test_organisations_that_share_are_a_team() -> None:
    cases = [{**each, "person": None} for each in team("甲协会", "乙协会")]
    assert paid(share("open"), cases) == [("甲队", "team", 10_000)]


def test_parts_by_role() -> None:
    cases = team("赵甲", "钱乙") + team("周师", role="instructor")
    assert paid(share("parts", parts=HALVES), cases) == [
        ("甲队 作者", "unstated_split", 5_000),
        ("周师", "person", 5_000),
    ]


@pytest.mark.parametrize(("unclaimed", "left"), [("lost", 5_000), ("others", 10_000)])
def test_the_part_of_a_role_that_nobody_has(unclaimed: str, left: int) -> None:
    step = share("parts", parts=HALVES, unclaimed=unclaimed)
    assert paid(step, team("赵甲")) == [("赵甲", "person", left)]


def test_parts_by_name() -> None:
    parts = [{"part": "85/100", "suffix": "教练员"}, {"part": "15/100", "suffix": "工作人员"}]
    step = share("parts", parts=parts)
    expected = [
        ("甲队教练员", "unstated_split", 8_500),
        ("甲队工作人员", "unstated_split", 1_500),
    ]
    assert paid(step, team("赵甲")) == expected
    assert paid(step, team("赵甲", "钱乙")) == expected  # one lump, however many rows tell of it


def test_different_amounts_are_not_one_sum() -> None:
    for step in (share("equal"), share("open"), share("parts", parts=HALVES)):
        assert outcomes(step, group([100, 200], team="甲队")) == ["roster_error", "roster_error"]
        assert outcomes(step, [{"team": "甲队", "payee": "赵甲", "amount": None}]) == [
            "roster_error"
        ]


def test_keys_that_stand_alone_when_blank() -> None:
    step = share("open", keys=["team", "event"], alone=["team"])
    assert (step.group_keys, step.apart) == (("team", "event"), ("team",))
    assert step.reads() == {"team", "amount", "person", "payee", "role"}


@given(AMOUNTS, st.integers(1, 40))
def test_equal_parts_add_up_and_differ_by_a_fen_at_most(lump: int, heads: int) -> None:
    parts = after(share("equal"), group([lump] * heads, team="甲队"))
    assert sum(parts) == lump
    assert max(parts) - min(parts) <= 1
    assert parts == sorted(parts, reverse=True)


@given(AMOUNTS, st.integers(1, 9), st.randoms())
def test_the_order_of_rows_does_not_change_the_parts(lump: int, heads: int, chance: Any) -> None:
    cases = group([lump] * heads, team="甲队")
    shuffled = list(cases)
    chance.shuffle(shuffled)
    for step in (share("equal"), share("open")):
        assert Counter(after(step, cases)) == Counter(after(step, shuffled))


@given(AMOUNTS, st.integers(1, 9))
def test_one_sum_stays_one_sum(lump: int, heads: int) -> None:
    assert sum(after(share("open"), group([lump] * heads, team="甲队"))) == lump


@given(AMOUNTS, st.lists(st.integers(1, 20), min_size=1, max_size=4))
def test_stated_parts_add_up(lump: int, weights: list[int]) -> None:
    whole = sum(weights)
    fractions = [str(Fraction(weight, whole)) for weight in weights]
    by_name = [{"part": part, "suffix": str(i)} for i, part in enumerate(fractions)]
    by_role = [{"part": part, "roles": [f"r{i}"]} for i, part in enumerate(fractions)]
    cases = [
        each
        for i in range(len(weights))
        for each in team(f"甲{i}", f"乙{i}", amount=lump * whole, role=f"r{i}")
    ]
    for parts in (by_name, by_role):
        found = paid(share("parts", parts=parts), cases)
        assert [due for _, _, due in found] == [lump * weight for weight in weights]


@given(AMOUNTS, st.sets(st.sampled_from(("author", "instructor")), min_size=1))
def test_what_nobody_claims_goes_to_the_others_in_full(lump: int, roles: set[str]) -> None:
    cases = [each for role in roles for each in team(role, amount=lump * 2, role=role)]
    others = share("parts", parts=HALVES, unclaimed="others")
    lost = share("parts", parts=HALVES)
    assert sum(after(others, cases)) == lump * 2
    assert sum(after(lost, cases)) == lump * len(roles)


@pytest.mark.parametrize(
    ("how", "said", "message"),
    [
        ("equal", {"keys": []}, "keys\n.*at least 1 item"),
        ("parts", {}, 'say parts with how = "parts", and only then'),
        ("equal", {"parts": HALVES}, 'say parts with how = "parts", and only then'),
        ("parts", {"parts": HALVES[:1]}, "the parts do not add up to the whole"),
        ("parts", {"parts": [*HALVES, *HALVES]}, "the parts do not add up to the whole"),
        ("halves", {}, "how"),
        ("open", {"named": {}}, "a payee is named by one of column, join, fixed"),
        ("open", {"kind": "crowd"}, "kind"),
    ],
)
def test_what_is_refused(how: str, said: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        share(how, **said)
