from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from awards.records import Value
from awards.steps import Recode
from tests.steps import effects, outcomes


def recode(**said: Any) -> Recode:
    return Recode.model_validate({"do": "recode", "clause": "c", **said})


def new(step: Recode, **row: Value) -> dict[str, Value]:
    (effect,) = effects(step, [row])
    assert effect.end is None
    return dict(effect.set)


def test_a_word_is_set() -> None:
    step = recode(set={"level": "national", "counted": True, "share": 2})
    assert new(step, level="provincial") == {"level": "national", "counted": True, "share": 2}
    assert new(step, level="national") == {"counted": True, "share": 2}  # what changed, no more
    assert new(recode(set={"level": "national"}), level="national") == {}


def test_a_column_is_copied() -> None:
    step = recode(copy={"payee": "team"}, set={"kind": "team"})
    assert new(step, payee="赵甲", team="甲队") == {"payee": "甲队", "kind": "team"}
    assert outcomes(step, [{"payee": "赵甲", "team": None}]) == ["team"]


@pytest.mark.parametrize(
    ("starts", "day", "year"),
    [
        (1, date(2023, 1, 1), 2023),
        (1, date(2023, 12, 31), 2023),
        (9, date(2023, 8, 31), 2022),
        (9, date(2023, 9, 1), 2023),
        (12, date(2023, 11, 30), 2022),
    ],
)
def test_the_year_of_a_date(starts: int, day: date, year: int) -> None:
    step = recode(year_of={"year": {"date": "day", "starts": starts}})
    assert new(step, day=day, year=None) == {"year": year}


@pytest.mark.parametrize("day", [None, "2023-09"])
def test_a_date_that_is_none_is_a_fault(day: Value) -> None:
    step = recode(year_of={"year": {"date": "day"}})
    assert outcomes(step, [{"day": day}]) == ["day"]


def test_the_word_of_a_band() -> None:
    """
    placing | prize
    1       | first
    2       | second
    3       | second
    4       | third
    99      | third
    """
    bands = {"column": "placing", "into": "prize", "words": {"1": "first", "2-3": "second"}}
    open_ended = {**bands, "words": {**bands["words"], "4-": "third"}}  # type: ignore[dict-item]
    step = recode(bands=open_ended)
    prizes = [new(step, placing=place, prize=None)["prize"] for place in (1, 2, 3, 4, 99)]
    assert prizes == ["first", "second", "second", "third", "third"]
    assert new(recode(bands=bands), placing=4, prize="merit") == {}  # outside all bands
    assert outcomes(step, [{"placing": None}]) == ["placing"]


def test_every_blank_is_told() -> None:
    step = recode(
        copy={"a": "b"},
        year_of={"year": {"date": "day"}},
        bands={"column": "placing", "into": "prize", "words": {"1": "first"}},
    )
    assert outcomes(step, [{}]) == ["b, day, placing"]


def test_what_it_reads_and_mentions() -> None:
    step = recode(
        set={"level": "national"},
        copy={"a": "b"},
        bands={"column": "placing", "into": "prize", "words": {"1": "first"}},
    )
    assert step.reads() == {"level", "a", "b", "placing", "prize"}
    assert step.words() == [("level", "national"), ("prize", "first")]


WORDS = st.sampled_from(("a", "b", "c", None))


@given(st.fixed_dictionaries({"x": WORDS, "y": WORDS, "z": WORDS}))
def test_doing_it_twice_is_doing_it_once(row: dict[str, Value]) -> None:
    step = recode(set={"x": "b"}, copy={"y": "z"})
    once = {**row, **dict(effects(step, [row])[0].set)}
    assert not effects(step, [once])[0].set


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({}, "a recode sets nothing: say set, copy, year_of or bands"),
        ({"set": {}}, "a recode sets nothing"),
        ({"year_of": {"year": {"starts": 13}}}, "less than or equal to 12"),
        ({"year_of": {"year": {"starts": 0}}}, "greater than or equal to 1"),
        ({"bands": {"column": "placing", "words": {}}}, "into\n.*Field required"),
    ],
)
def test_what_is_refused(said: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        recode(**said)
