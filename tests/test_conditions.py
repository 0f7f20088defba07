from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from awards.conditions import Condition, Text
from awards.records import Columns, Unread, Value

DAY = date(2022, 11, 22)


def blank(*columns: str) -> frozenset[str]:
    return frozenset(columns)


def when(**tests: Any) -> Condition:
    return Condition.model_validate(tests)


@pytest.mark.parametrize(
    ("test", "value", "holds"),
    [
        ("national", "national", True),
        ("national", "school", False),
        (["national", "school"], "school", True),
        (["national", "school"], "county", False),
        ({"one_of": [1, 2]}, 3, False),
        ({"not": "national"}, "school", True),
        ({"not": "national"}, "national", False),
        ({"none_of": ["national", "school"]}, "county", True),
        ({"none_of": ["national", "school"]}, "school", False),
        ({"at_least": 3}, 3, True),
        ({"at_least": 3}, 2, False),
        ({"at_most": 3}, 3, True),
        ({"at_most": 3}, 4, False),
        ({"above": 3}, 3, False),
        ({"above": 3}, Decimal("3.1"), True),
        ({"below": 3}, 3, False),
        ({"below": 3}, 2, True),
        ({"above": 1, "at_most": 3}, 3, True),
        ({"above": 1, "at_most": 3}, 1, False),
        ({"below": DAY}, date(2022, 11, 21), True),
        ({"below": DAY}, DAY, False),
        ({"contains": ["大赛", "比赛"]}, "教师教学能力比赛", True),
        ({"contains": ["大赛", "比赛"]}, "选拔", False),
        ({"lacks": ["选拔"]}, "选拔赛", False),
        ({"lacks": ["选拔"]}, "大赛", True),
        ({"contains": ["大赛"], "lacks": ["选拔"]}, "大赛选拔赛", False),
        ({"present": True}, "x", True),
        ({"present": True}, None, False),
        ({"present": False}, None, True),
        ({"present": False}, "x", False),
        ({"present": True}, Unread("一等桨"), True),
        ({"present": True, "lacks": ["选拔"]}, None, False),
        ({"present": True, "lacks": ["选拔"]}, "选拔赛", False),
        ({"present": True, "lacks": ["选拔"]}, "大赛", True),
        (0, 0, True),
        (0, 1, False),
        (True, True, True),
        (False, True, False),
    ],
)
def test_one_column(test: Any, value: Value, holds: bool) -> None:
    assert when(column=test).holds({"column": value}) is holds


@pytest.mark.parametrize("nothing", [None, Unread("国家奖")])
@pytest.mark.parametrize(
    "test",
    [
        *("x", ["x"], {"not": "x"}, {"none_of": ["x"]}, {"at_least": 1}, {"at_most": 1}),
        *({"above": 1}, {"below": 1}, {"contains": ["x"]}, {"lacks": ["x"]}),
    ],
)
def test_a_blank_is_neither_true_nor_false(test: Any, nothing: Value) -> None:
    assert when(column=test).holds({"column": nothing}) == blank("column")
    assert when(column=test).holds({}) == blank("column")


def test_a_failing_test_settles_it_whatever_is_blank() -> None:
    assert when(level="national", prize="first").holds({"level": "school"}) is False
    assert when(level="national", prize="first").holds({"level": "national"}) == blank("prize")
    assert when(level="national", prize="first").holds({}) == blank("level", "prize")


def test_any() -> None:
    """
    either | level    | prize  | holds
    any    | national | first  | yes
    any    | national |        | yes: one is enough
    any    | school   |        | open: prize would tell
    any    | school   | third  | no
    """
    either = when(any=[{"level": "national"}, {"prize": "first"}])
    assert either.holds({"level": "national", "prize": "third"}) is True
    assert either.holds({"level": "national"}) is True
    assert either.holds({"level": "school"}) == blank("prize")
    assert either.holds({"level": "school", "prize": "third"}) is False
    assert either.columns() == {"level", "prize"}


def test_not() -> None:
    other = when(**{"not": {"level": "national", "prize": "first"}})
    assert other.holds({"level": "national", "prize": "first"}) is False
    assert other.holds({"level": "national", "prize": "third"}) is True
    assert other.holds({"level": "national"}) == blank("prize")
    assert other.holds({"level": "school"}) is True
    assert other.columns() == blank("level", "prize")


def test_tests_and_any_and_not_must_all_hold() -> None:
    condition = when(
        year=2023, any=[{"level": "national"}, {"prize": "first"}], **{"not": {"role": "coach"}}
    )
    row: Columns = {"year": 2023, "level": "national", "prize": "third", "role": "student"}
    assert condition.holds(row) is True
    assert condition.holds({**row, "year": 2022}) is False
    assert condition.holds({**row, "level": "school"}) is False
    assert condition.holds({**row, "role": "coach"}) is False
    assert condition.columns() == blank("year", "level", "prize", "role")


COLUMNS = ("a", "b", "c")
ATOMS = st.dictionaries(st.sampled_from(COLUMNS), st.integers(0, 2), min_size=1, max_size=3)
CONDITIONS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda each: {"any": each}),
        inner.map(lambda each: {"not": each}),
    ),
    max_leaves=6,
)
ROWS = st.fixed_dictionaries({name: st.integers(0, 2) for name in COLUMNS})


@given(CONDITIONS, ROWS, st.sets(st.sampled_from(COLUMNS)))
def test_an_answer_beside_blanks_stays_when_they_are_filled(
    given_: Any, row: dict[str, int], blanks: set[str]
) -> None:
    """Three answers that can be trusted: filling a blank never turns a yes or no around."""
    condition = Condition.model_validate(given_)
    partly = condition.holds({name: v for name, v in row.items() if name not in blanks})
    if isinstance(partly, bool):
        assert condition.holds(row) is partly
    else:
        assert partly <= blanks
        assert partly


@given(CONDITIONS, ROWS)
def test_not_turns_every_answer_around(given_: Any, row: dict[str, int]) -> None:
    condition, turned = map(Condition.model_validate, (given_, {"not": given_}))
    assert turned.holds(row) is (not condition.holds(row))


@given(CONDITIONS, ROWS)
def test_what_is_written_out_reads_back(given_: Any, row: dict[str, int]) -> None:
    condition = Condition.model_validate(given_)
    again = Condition.model_validate(condition.model_dump())
    assert again.holds(row) is condition.holds(row)


@pytest.mark.parametrize(
    ("test", "fault"),
    [
        ({}, "an empty condition: say is, one_of, at_least, contains, present, …"),
        ({"atleast": 3}, "Extra inputs are not permitted"),
        ({"present": False, "is": 3}, "present = false leaves nothing else to test"),
    ],
)
def test_a_test_that_says_nothing_is_refused(test: Any, fault: str) -> None:
    with pytest.raises(ValidationError, match=fault):
        when(level=test)


def test_words_in_both_languages() -> None:
    text = Text.model_validate({"zh": "市人社局", "en": "the bureau"})
    assert (text["zh"], text["en"]) == ("市人社局", "the bureau")
    assert Text.model_validate("甲")["en"] == "甲"
