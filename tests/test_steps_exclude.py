from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from awards.steps import Exclude, Reason
from tests.steps import AMOUNTS, effects, group


def exclude(**said: Any) -> Exclude:
    sound = {"do": "exclude", "clause": "c", "when": {"form": "team"}, "reason": "not_covered"}
    return Exclude.model_validate({**sound, **said})


@given(st.lists(AMOUNTS), st.sampled_from(get_args(Reason)))
def test_every_row_it_is_about_ends_for_the_reason(amounts: list[int], reason: str) -> None:
    ends = [effect.end for effect in effects(exclude(reason=reason), group(amounts))]
    assert [end and (end.status, end.reason) for end in ends] == [("not_paid", reason)] * len(ends)


def test_it_reads_what_its_condition_reads() -> None:
    assert exclude().reads() == frozenset()
    assert exclude().when.columns() == {"form"}


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"when": None}, "when"),
        ({"when": {"form": {}}}, "an empty condition: say is, one_of, at_least"),
        ({"reason": "no_match"}, "reason"),  # that is a reason to wait, not to refuse
        ({"reason": "too dear"}, "reason"),
        ({"amount": 1}, "Extra inputs are not permitted"),
    ],
)
def test_what_is_refused(said: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        exclude(**said)
