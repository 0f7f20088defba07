from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from awards.records import Value, frozen
from awards.steps import Unfold
from tests.steps import effects, outcomes

STEP = Unfold.model_validate(
    {"do": "unfold", "clause": "c", "column": "placings", "new_part": "winner"}
)


def lines(placings: Any) -> list[dict[str, Value]]:
    (effect,) = effects(STEP, [{"placings": frozen(placings)}])
    assert effect.end is None
    assert not effect.set  # the row itself stays as it is
    return [dict(more.set) for more in effect.more]


def test_a_line_for_each_placing() -> None:
    found = lines({1: "赵甲", "2": "钱乙", "第三": "孙丙"})
    assert [(each["placing"], each["payee"]) for each in found] == [
        *((1, "赵甲"), (2, "钱乙"), ("第三", "孙丙"))
    ]
    assert {each["part"] for each in found} == {"winner"}
    assert {each["kind"] for each in found} == {"person"}
    assert [each["person"] for each in found] == [each["payee"] for each in found]


@pytest.mark.parametrize("placings", [None, "赵甲", 3])
def test_what_is_no_list_is_a_fault(placings: Value) -> None:
    assert outcomes(STEP, [{"placings": placings}]) == ["placings"]


@given(st.dictionaries(st.integers(1, 99), st.sampled_from(("赵甲", "钱乙", "孙丙"))))
def test_everybody_listed_has_one_line(placings: dict[int, str]) -> None:
    found = lines(placings)
    assert {each["placing"]: each["person"] for each in found} == placings
    assert len(found) == len(placings)


@pytest.mark.parametrize("missing", ["column", "new_part", "clause"])
def test_what_is_refused(missing: str) -> None:
    sound = {"do": "unfold", "clause": "c", "column": "placings", "new_part": "winner"}
    del sound[missing]
    with pytest.raises(ValidationError, match=f"{missing}\n.*Field required"):
        Unfold.model_validate(sound)
