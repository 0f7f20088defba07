from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from awards.steps import Portion
from tests.steps import AMOUNTS, Case, after, check, effects, outcomes


def portion(**said: Any) -> Portion:
    sound = {
        "do": "portion",
        "clause": "c",
        "keys": ["event"],
        "to": {"role": "coach"},
        "of": {"role": "athlete"},
        "times": "60/100",
    }
    return Portion.model_validate({**sound, **said})


def test_a_fraction_of_the_sum_of_the_others() -> None:
    """
    role    | amount | comes to
    athlete | 1000   | 1000
    athlete | 1000   | 1000
    athlete | 500    | 500
    coach   |        | 1500
    coach   | 9      | 1500
    judge   | 40     | 40
    """
    check(portion(), test_a_fraction_of_the_sum_of_the_others)


def test_a_portion_waits_with_what_it_is_a_portion_of() -> None:
    """
    role    | amount | comes to
    athlete | 1000   | 1000
    athlete |        | -
    coach   |        | awaits_row
    """
    check(portion(), test_a_portion_waits_with_what_it_is_a_portion_of)


def test_a_portion_of_nobody_is_not_zero() -> None:
    """
    role    | amount | comes to
    coach   |        | roster_error
    judge   | 40     | 40
    """
    check(portion(), test_a_portion_of_nobody_is_not_zero)


def test_a_blank_that_tells_who_is_who_is_a_fault() -> None:
    """
    role    | amount | comes to
    athlete | 1000   | 1000
            |        | role
    """
    check(portion(), test_a_blank_that_tells_who_is_who_is_a_fault)


def test_a_grant_that_contains_the_prizes() -> None:
    """
    part   | amount | comes to
           | 150000 | 80000
    winner | 30000  | 30000
    winner | 40000  | 40000
    """
    to = {"part": {"present": False}}
    step = portion(to=to, of={"part": "winner"}, times=1, less=True)
    check(step, test_a_grant_that_contains_the_prizes)
    assert after(step, [{"part": None, "amount": 100}]) == [100]  # no prizes to take off
    assert outcomes(step, [{"part": None, "amount": None}, {"part": "winner", "amount": 1}]) == [
        *("-", "0.01")  # there is no grant to take them off
    ]


def test_the_awards_of_the_people_that_a_column_lists() -> None:
    cases: list[Case] = [
        {"role": "athlete", "payee": "赵甲", "amount": 100_000, "students": None},
        {"role": "athlete", "payee": "钱乙", "amount": 50_000, "students": None},
        {"role": "athlete", "payee": "孙丙", "amount": 70_000, "students": None},
        {"role": "coach", "payee": "周师", "amount": None, "students": ("赵甲", "孙丙")},
        {"role": "coach", "payee": "吴师", "amount": None, "students": ("李丁",)},
        {"role": "coach", "payee": "郑师", "amount": None, "students": None},
    ]
    step = portion(names="students", times=1)
    assert outcomes(step, cases)[3:] == ["1700", "roster_error", "roster_error"]


def test_what_it_looks_at() -> None:
    assert portion().sees_waiting
    assert portion().reads() == {"role", "amount", "unit"}
    assert portion(names="students").reads() == {"role", "amount", "unit", "students", "payee"}


@pytest.mark.parametrize(("less", "key"), [(True, "trace.less"), (False, "trace.portion")])
def test_the_trace_tells_whether_it_was_paid_or_taken_off(less: bool, key: str) -> None:
    cases = [{"role": "athlete", "amount": 100}, {"role": "coach", "amount": 500}]
    note = effects(portion(less=less), cases)[1].note
    assert note
    assert note.key == key


def test_a_case_is_no_portion_of_itself() -> None:
    cases = [{"role": "coach", "amount": 100}, {"role": "coach", "amount": 300}]
    assert after(portion(of={"role": "coach"}, times=1), cases) == [300, 100]


@given(st.lists(AMOUNTS, min_size=1), st.randoms())
def test_a_portion_is_exact_and_the_order_of_rows_does_not_matter(
    amounts: list[int], chance: Any
) -> None:
    athletes = [{"role": "athlete", "amount": amount * 5} for amount in amounts]
    cases: list[Case] = [*athletes, {"role": "coach", "amount": None}]
    chance.shuffle(cases)
    paid = after(portion(), cases)
    coach = next(due for due, case in zip(paid, cases, strict=True) if case["role"] == "coach")
    assert coach == sum(amounts) * 3
    assert sum(paid) - coach == sum(amounts) * 5


@given(st.lists(AMOUNTS, max_size=6), AMOUNTS)
def test_what_is_left_over_and_the_prizes_make_the_grant(prizes: list[int], more: int) -> None:
    grant = sum(prizes) + more
    cases: list[Case] = [
        {"part": None, "amount": grant},
        *({"part": "winner", "amount": prize} for prize in prizes),
    ]
    to = {"part": {"present": False}}
    step = portion(to=to, of={"part": "winner"}, times=1, less=True)
    assert sum(after(step, cases)) == grant


def test_a_part_of_a_fen_is_refused() -> None:
    cases: list[Case] = [{"role": "athlete", "amount": 1}, {"role": "coach", "amount": None}]
    with pytest.raises(ValueError, match="leaves a part of a fen and no rounding is stated"):
        effects(portion(), cases)


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"keys": []}, "keys\n.*at least 1 item"),
        ({"times": 0.6}, "a factor is exact"),
        ({"to": {"role": {}}}, "an empty condition"),
    ],
)
def test_what_is_refused(said: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        portion(**said)
