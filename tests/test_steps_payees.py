from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from awards.records import Columns
from awards.steps.payees import Named

CASES: list[Columns] = [
    {"team": "甲队", "payee": "赵甲"},
    {"team": "甲队", "payee": "钱乙"},
    {"team": "甲队", "payee": "赵甲"},
]


@pytest.mark.parametrize(
    ("said", "name", "reads"),
    [
        ({"column": "team"}, "甲队", "team"),
        ({"column": "team", "suffix": " 学生"}, "甲队 学生", "team"),
        ({"join": "、"}, "赵甲、钱乙", "payee"),  # each once
        ({"fixed": "教练组"}, "教练组", "payee"),
    ],
)
def test_how_a_payee_is_called(said: dict[str, Any], name: str, reads: str) -> None:
    named = Named.model_validate(said)
    assert named.name(CASES) == name
    assert named.name(CASES[:1]) == name.replace("、钱乙", "")
    assert named.reads() == {reads}


@given(st.lists(st.sampled_from(("赵甲", "钱乙", "孙丙")), min_size=1))
def test_a_joined_name_has_everybody_once(people: list[str]) -> None:
    joined = Named(join="、").name([{"payee": name} for name in people])
    assert joined.split("、") == list(dict.fromkeys(people))


@pytest.mark.parametrize(
    "said",
    [{}, {"suffix": " 学生"}, {"column": "team", "join": "、"}, {"join": "、", "fixed": "教练组"}],
)
def test_a_payee_is_named_in_one_way(said: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="a payee is named by one of column, join, fixed"):
        Named.model_validate(said)
