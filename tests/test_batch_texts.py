"""Columns of texts as codes: each row gets its own text back, each distinct text stands once."""

import string
from collections.abc import Sequence

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from awards.batch.texts import Numbers, Texts, encoded, unchanged
from awards.terms import terms

TEXTS = st.lists(st.none() | st.text(st.sampled_from("甲乙0９ aA"), max_size=3), min_size=1)


def chunked(texts: Sequence[str | None], cut: int = 1) -> "pa.ChunkedArray[pa.LargeStringScalar]":
    return pa.chunked_array([texts[:cut], texts[cut:]], pa.large_string())


def check(texts: Sequence[str | None]) -> Texts:
    codes, held = encoded(chunked(texts))
    assert [None if code < 0 else held[code] for code in codes.tolist()] == list(texts)
    assert len(set(held)) == len(held)
    return held


@given(TEXTS)
def test_each_row_gets_its_text_back(texts: list[str | None]) -> None:
    held = check(texts)
    assert held.has_empty == ("" in texts)
    assert list(unchanged(held, terms().plain)) == [terms().plain(str(each)) for each in held]


@given(st.data(), st.integers(1, 20), st.booleans())
def test_numbers_of_one_length(data: st.DataObject, length: int, has_blanks: bool) -> None:
    number = st.text(string.digits, min_size=length, max_size=length)
    texts: list[str | None] = data.draw(
        st.lists(number | st.none() if has_blanks else number, min_size=1)
    )
    held = check(texts)
    as_numbers = any(texts) and length <= 18
    assert isinstance(held, Numbers) == as_numbers
    assert unchanged(held, str.upper) is held


@pytest.mark.parametrize("other", ["12345678X", "1234567", "", "１２３４５６７８９", "12345 789"])
def test_a_text_among_numbers_that_is_none(other: str) -> None:
    assert not isinstance(check(["123456789", "023456789", other, "123456789"]), Numbers)


def test_zeros_in_front_count() -> None:
    assert list(check(["007", "070", "700", "007"])) == ["007", "070", "700"]


def test_a_column_of_no_rows() -> None:
    codes, held = encoded(pa.chunked_array([], pa.large_string()))
    assert (len(codes), list(held)) == (0, [])


def test_letters_that_join_in_one_form() -> None:
    """A mark on its own is left alone, but what it joins with is not: both are asked in one."""
    held = check(["e", "\u0301"])
    assert list(unchanged(held, terms().plain)) == ["e", "\u0301"]
