"""Columns of texts as codes: each row gets its own text back, each distinct text stands once."""

import string
from collections.abc import Sequence
from unittest.mock import patch

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from awards.batch import texts as texts_
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


@given(TEXTS)
def test_texts_that_the_first_rows_have_or_have_not(texts: list[str | None]) -> None:
    """The rows that follow are looked up among those of the first three, while these are few."""
    with patch.object(texts_, "FIRST", 3), patch.object(texts_, "FEW", 1):
        check(texts)
        check([*texts[:3], *texts[:3], *texts])


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


@given(TEXTS, st.integers(0, 3))
def test_a_slice_of_a_longer_column(texts: list[str | None], start: int) -> None:
    for whole in (texts, ["12", "34", *("56" for _ in texts)]):
        part = pa.array(whole, pa.large_string()).slice(start)
        codes, held = encoded(pa.chunked_array([part]))
        assert [None if code < 0 else held[code] for code in codes.tolist()] == whole[start:]
        assert len(set(held)) == len(held)
        assert list(unchanged(held, str.upper)) == [str(each).upper() for each in held]


@pytest.mark.parametrize("later", [["1", "333"], ["1:", "22"], ["/1", "22"], ["", "4444"]])
def test_texts_in_a_later_chunk_that_are_no_numbers(later: list[str]) -> None:
    column = chunked(["12", "34", *later], 2)
    codes, held = encoded(column)
    assert not isinstance(held, Numbers)
    assert [held[code] for code in codes.tolist()] == ["12", "34", *later]


def test_what_stands_under_a_blank_is_not_read() -> None:
    offsets, text = np.array([0, 4, 8, 8], np.int64), b"12345678"
    buffers = [pa.py_buffer(bytes([0b110])), pa.py_buffer(offsets.tobytes()), pa.py_buffer(text)]
    column = pa.LargeStringArray.from_buffers(3, buffers[1], buffers[2], buffers[0], 1)
    codes, held = encoded(pa.chunked_array([column]))
    assert [None if code < 0 else held[code] for code in codes.tolist()] == [None, "5678", ""]
