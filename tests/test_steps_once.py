from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from awards.steps import Once
from awards.terms import terms
from tests.steps import AMOUNTS, Case, after, check, effects, group, outcomes


def once(**said: Any) -> Once:
    return Once.model_validate({"do": "once", "clause": "c", "keys": ["person"], **said})


def test_the_largest_amount_stays() -> None:
    """
    row | amount | comes to
    1   | 3000   | superseded
    2   | 12000  | 12000
    3   | 8000   | superseded
    """
    check(once(), test_the_largest_amount_stays)


def test_the_highest_level_and_prize_stays_whatever_it_pays() -> None:
    """
    level      | prize  | amount | comes to
    provincial | first  | 10000  | superseded
    national   | third  | 12000  | superseded
    national   | second | 9000   | 9000
    national   |        | 20000  | superseded
    """
    step = once(highest=["level", "prize"])
    check(step, test_the_highest_level_and_prize_stays_whatever_it_pays)


def test_the_smallest_placing_stays() -> None:
    """
    placing | amount | comes to
    5       | 70000  | superseded
    1       | 30000  | 30000
    """
    check(once(highest=["placing"]), test_the_smallest_placing_stays)


def test_ties_are_broken_as_stated_then_by_row() -> None:
    """
    level      | amount | comes to
    provincial | 5000   | superseded
    national   | 5000   | 5000
    national   | 5000   | superseded
    """
    check(once(ties=["level"]), test_ties_are_broken_as_stated_then_by_row)


def test_the_others_may_get_a_fraction_of_theirs() -> None:
    """
    row | amount | comes to
    1   | 3000   | 1500
    2   | 12000  | 12000
    3   | 8000   | 4000
    """
    check(once(rest="1/2"), test_the_others_may_get_a_fraction_of_theirs)


def test_the_highest_waits_for_a_row_that_waits() -> None:
    """
    row | amount | comes to
    1   | 3000   | superseded
    2   |        | -
    3   | 8000   | awaits_row
    """
    check(once(), test_the_highest_waits_for_a_row_that_waits)
    found = effects(once(), [*group([3000]), {"amount": None}, *group([8000])])
    assert [each.by for each in found] == [2, None, 1]


def test_rows_that_all_wait_are_left_alone() -> None:
    """
    row | amount | comes to
    1   |        | -
    2   |        | -
    """
    check(once(), test_rows_that_all_wait_are_left_alone)


def test_where_the_text_does_not_say_which_unequal_rows_wait() -> None:
    """
    row | amount | comes to
    1   | 3000   | text_cut
    2   | 3000   | text_cut
    3   | 8000   | text_cut
    """
    step = once(unequal="text_cut")
    check(step, test_where_the_text_does_not_say_which_unequal_rows_wait)
    assert outcomes(step, group([300, 300])) == ["3", "superseded"]


def test_a_row_by_itself_is_not_told_that_it_is_the_highest() -> None:
    assert [effect.note for effect in effects(once(), group([300]))] == [None]
    best = effects(once(), group([300, 200]))[0]
    assert best.note
    assert best.note.key == "trace.highest"


def test_rows_that_wait_are_among_its_cases() -> None:
    assert once().sees_waiting


def test_blank_keys_that_stand_alone() -> None:
    step = once(keys=["work", "year"], alone=["work"])
    assert (step.group_keys, step.apart) == (("work", "year"), ("work",))
    assert step.reads() == {"amount"}


@given(st.lists(AMOUNTS, min_size=1))
def test_exactly_one_is_kept_and_it_is_the_largest(amounts: list[int]) -> None:
    paid = after(once(), group(amounts))
    assert sum(map(bool, paid)) == 1
    assert sum(paid) == max(amounts)
    kept = amounts.index(max(amounts))
    lower = [each for i, each in enumerate(effects(once(), group(amounts))) if i != kept]
    assert all(each.by == kept for each in lower)


@given(st.lists(AMOUNTS, min_size=1), st.randoms())
def test_the_order_of_rows_does_not_change_what_is_paid(amounts: list[int], chance: Any) -> None:
    shuffled = list(amounts)
    chance.shuffle(shuffled)
    for step in (once(), once(rest="0"), once(rest=2)):
        assert Counter(after(step, group(shuffled))) == Counter(after(step, group(amounts)))


LEVELS = st.sampled_from(("international", "national", "provincial", "municipal", None))


@given(st.lists(st.tuples(LEVELS, AMOUNTS), min_size=1), st.randoms())
def test_by_level_then_amount_the_order_of_rows_does_not_matter(
    won: list[tuple[str | None, int]], chance: Any
) -> None:
    cases: list[Case] = [{"level": level, "amount": amount} for level, amount in won]
    shuffled = list(cases)
    chance.shuffle(shuffled)
    step = once(highest=["level"], ties=["amount"])
    assert sum(map(bool, after(step, cases))) == 1
    assert sum(after(step, cases)) == sum(after(step, shuffled))


@given(st.lists(AMOUNTS, min_size=1), AMOUNTS)
def test_one_more_award_never_lowers_what_is_paid(amounts: list[int], more: int) -> None:
    assert sum(after(once(), group([*amounts, more]))) >= sum(after(once(), group(amounts)))


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"keys": []}, "keys\n.*at least 1 item"),
        ({"rest": 0.5}, 'a factor is exact: "1/2", 0.5 or 2'),
        ({"rest": -1}, "a factor is not negative"),
        ({"unequal": "superseded"}, "unequal"),
    ],
)
def test_what_is_refused(said: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        once(**said)


def test_what_has_no_order_is_refused() -> None:
    cases = [{"track": "A", "amount": 1}, {"track": "B", "amount": 1}]
    with pytest.raises(ValueError, match=r"^track is 'A', which has no order$"):
        effects(once(highest=["track"]), cases)


BY_LEVEL = {"highest": ["level", "prize"], "ties": ["amount"]}
CASES = st.builds(
    lambda amount, level, prize: {"amount": amount, "level": level, "prize": prize},
    st.none() | st.integers(1, 4),
    st.sampled_from(("national", "provincial", "municipal")),
    st.sampled_from(("first", "second", "third")),
)


@given(st.lists(CASES, min_size=1, max_size=5), st.lists(CASES, min_size=1, max_size=5))
@pytest.mark.parametrize("said", [{}, BY_LEVEL], ids=["amount", "level"])
def test_groups_in_one_order_fare_alike(said: Any, one: list[Case], other: list[Case]) -> None:
    """What ``ranked_by`` promises, and the large runner relies on."""
    step = once(**said)

    def standing(cases: list[Case]) -> list[int]:
        ranks = [step.ranked_by(case, terms()) for case in cases]
        known = sorted({rank for rank in ranks if rank})
        return [known.index(rank) if rank else -1 for rank in ranks]

    if standing(one) == standing(other):
        assert effects(step, one) == effects(step, other)


@pytest.mark.parametrize(
    "said", [{"rest": "1/2"}, {"unequal": "text_cut"}], ids=["rest", "unequal"]
)
def test_a_step_that_sees_more_than_an_order_says_so(said: Any) -> None:
    assert once(**said).ranked_by({"amount": 1}, terms()) is None
