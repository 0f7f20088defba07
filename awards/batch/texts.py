"""The distinct texts of a column as Arrow holds them: bytes in a row, made Python's when asked for.

What is true of all of them (no white space, nothing that folding changes) is asked of their bytes
at once. Numbers of equal length, such as those of students and of residents, are told apart as
whole numbers, which takes a fifth of the time that texts take.
"""

import string
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from awards.batch.arrays import Bytes, Codes, Hashes, Ints

LONGEST, NO_NUMBER = 18, -1
"""Up to so many digits a whole number of 64 bits can have."""
WORD, ALL = 8, 2**64 - 1
"""The bytes of a machine word, and all of its bits."""
CHUNK = 256
PIECE = 1 << 17
"""So many texts are looked up at once, for what is found to take no room twice."""
FIRST, FEW = 1 << 16, 8
"""In so many rows of a column its texts are found, where one of them comes that often or more."""
BLOCK = 1 << 15
"""So many texts are read at once, for their bytes to stay near the processor."""


class Texts(Sequence[object]):
    """Distinct texts in order of their codes."""

    def __init__(self, held: pa.LargeStringArray) -> None:
        self.held = held

    def __len__(self) -> int:
        return len(self.held)

    def __getitem__(self, index: Any) -> Any:
        return self.values[index]

    @cached_property
    def values(self) -> list[str]:
        """The texts as Python has them."""
        held: list[Any] = self.held.to_pylist()
        return held

    @property
    def categories(self) -> "pd.Index[Any]":
        """The texts as a frame has them, for the categories of a column."""
        return pd.Index(pd.array(self.held, dtype=pd.StringDtype("pyarrow", na_value=np.nan)))  # type: ignore[call-overload]

    @cached_property
    def characters(self) -> str | None:
        """The characters that occur, where all of them are ASCII."""
        held = _bytes(self.held)
        if len(held) and held.max() >= 0x80:
            return None
        return bytes(np.flatnonzero(np.bincount(held, minlength=1)).astype(np.uint8)).decode()

    @cached_property
    def has_empty(self) -> bool:
        """Whether one of them is the empty text."""
        return bool((_lengths(self.held) == 0).any())

    def all_satisfy(self, holds: Callable[[str], bool]) -> bool:
        """Whether *holds* is true of all of them in one.

        It has to be true of a text where it is true of a longer one that has it in itself. Of
        ASCII it is asked by character: there no two of them have a form in common.
        """
        if self.characters is not None:
            return all(map(holds, self.characters))
        return holds(_bytes(self.held).tobytes().decode())


class Numbers(Texts):
    """Texts of digits only: those that stand first in a column."""

    characters = string.digits
    has_empty = False

    def __init__(self, column: "pa.ChunkedArray[Any]", codes: Codes, count: int) -> None:
        self._column, self._codes, self._count = column, codes, count

    def __len__(self) -> int:
        return self._count

    @cached_property
    def held(self) -> pa.LargeStringArray:  # type: ignore[override]  # made when asked for
        """The texts as Arrow has them."""
        there = np.flatnonzero(self._codes >= 0)[::-1]
        firsts = np.empty(self._count, np.int64)
        firsts[self._codes[there]] = there
        held: pa.LargeStringArray = _whole(self._column.take(firsts))
        return held


def encoded(column: "pa.ChunkedArray[Any]") -> tuple[Codes, Texts]:
    """For each text of *column* its code, -1 where there is none, and the distinct texts."""
    if not len(column):
        return np.empty(0, np.int32), Texts(pa.array([], pa.large_string()))
    if pa.types.is_string(column.type):
        column = column.cast(pa.large_string())
    if (numbers := _as_numbers(column)) is not None:
        return numbers
    if (known := _first_texts(column)) is not None:
        codes = _looked_up(column, known)
        if codes is not None:
            return codes, Texts(known)
    dictionary = _whole(column.dictionary_encode())
    return _codes(dictionary.indices), Texts(dictionary.dictionary)


def _first_texts(column: "pa.ChunkedArray[Any]") -> "pa.LargeStringArray | None":
    """The distinct texts of the first rows of a long *column*, where they are few.

    Most likely there are no others, and to look a text up takes less than to list it.
    """
    if len(column) < FIRST * FEW:
        return None
    known: Any = pc.drop_null(column.slice(0, FIRST).unique())
    return known if len(known) * FEW < FIRST else None


def _looked_up(column: "pa.ChunkedArray[Any]", known: "pa.LargeStringArray") -> Codes | None:
    """For each text of *column* its code among those *known*; None where one is not among them."""
    codes = np.empty(len(column), np.int32)
    chunks: Sequence[Any] = column.chunks
    start = 0
    for chunk in chunks:
        for first in range(0, len(chunk), PIECE):
            piece = chunk.slice(first, PIECE)
            found: Any = pc.index_in(piece, known)
            if found.null_count > piece.null_count:
                return None
            codes[start : start + len(piece)] = _codes(found)
            start += len(piece)
    return codes


def _codes(indices: Any) -> Codes:
    """The *indices* as codes, -1 where there is none."""
    if indices.null_count:
        indices = indices.fill_null(-1)
    return np.asarray(indices)


def _whole(column: "pa.ChunkedArray[Any]") -> Any:
    """*column* in one piece."""
    return column.combine_chunks() if column.num_chunks else pa.array([], column.type)


def texts_of(column: "pa.Array[Any] | pa.ChunkedArray[Any]") -> Texts:
    """Texts that are known to be distinct, as they are."""
    chunks = column.chunks if isinstance(column, pa.ChunkedArray) else [column]
    return Texts(_whole(pa.chunked_array(chunks, column.type).cast(pa.large_string())))


def _as_numbers(column: "pa.ChunkedArray[Any]") -> tuple[Codes, Numbers] | None:
    """The codes of texts of digits that are all of one length; None where there are others."""
    chunks: Sequence[Any] = column.chunks
    longest = (int(_lengths(chunk).max(initial=0)) for chunk in chunks)
    length = next(filter(None, longest), 0)
    if not 0 < length <= LONGEST:
        return None
    numbers = np.full(len(column), NO_NUMBER, np.int64)
    start = 0
    for chunk in chunks:
        for first in range(0, len(chunk), BLOCK):
            block = chunk.slice(first, BLOCK)
            if not _read_numbers(block, length, numbers[start : start + len(block)]):
                return None
            start += len(block)
    places, held = pd.factorize(numbers)
    codes, count = places.astype(np.int32), len(held)
    if column.null_count:
        none = numbers == NO_NUMBER
        codes -= codes > codes[none.argmax()]
        codes[none] = -1
        count -= 1
    return codes, Numbers(column, codes, count)


def _read_numbers(texts: pa.LargeStringArray, length: int, into: Ints) -> bool:
    """Write the numbers that the *texts* of so many digits are; whether all are such."""
    text = _bytes(texts)
    filled = len(texts) - texts.null_count
    if length * filled != len(text) or not filled:
        return not len(text) and not filled
    if text.min() < ord("0") or text.max() > ord("9"):
        return False
    there = _lengths(texts) == length
    if np.count_nonzero(there) != filled:
        return False
    if texts.null_count and not np.array_equal(there, texts.is_valid().to_numpy(False)):
        return False  # bytes that stand under a blank
    into[there] = _whole_numbers(text.reshape(filled, length))
    return True


def _whole_numbers(digits: Bytes) -> Ints:
    """The number that each line of *digits* is, eight digits in one go."""
    count, length = digits.shape
    words = length // WORD
    told = np.zeros(count, np.uint64)
    if words:
        eights = np.ndarray((count, words), "<u8", digits, strides=(length, WORD))
        for place in range(words):
            told *= np.uint64(10**WORD)
            told += _eight(eights[:, place])
    for place in range(words * WORD, length):
        told *= np.uint64(10)
        told += digits[:, place] - np.uint8(ord("0"))
    return told.view(np.int64)


def _eight(words: Hashes) -> Hashes:
    """The number that the eight digits of each machine word are, the first one lowest.

    Beside each other in the word, digits are added up to pairs, pairs to fours, fours to eights.
    """
    told = words - np.uint64(ALL // 0xFF * ord("0"))
    for bits, worth in ((8, 10), (16, 10**2), (32, 10**4)):
        every_other = np.uint64(ALL // (2**bits + 1))
        behind = (told >> np.uint64(bits)) & every_other
        told &= every_other
        told *= np.uint64(worth)
        told += behind
    return told


def _offsets(texts: pa.LargeStringArray) -> Ints:
    buffer = texts.buffers()[1]
    if buffer is None or not len(texts):
        return np.zeros(1, np.int64)
    offsets: Ints = np.frombuffer(memoryview(buffer), np.int64)
    return offsets[texts.offset : texts.offset + len(texts) + 1]


def _lengths(texts: pa.LargeStringArray) -> Ints:
    """How many bytes each text has."""
    offsets = _offsets(texts)
    return offsets[1:] - offsets[:-1]


def _bytes(texts: pa.LargeStringArray) -> Bytes:
    """The bytes of all *texts*, one after the other."""
    offsets, buffer = _offsets(texts), texts.buffers()[2]
    if buffer is None or offsets[0] == offsets[-1]:
        return np.empty(0, np.uint8)
    held: Bytes = np.frombuffer(memoryview(buffer), np.uint8)
    return held[offsets[0] : offsets[-1]]


def unchanged(values: Sequence[object], fold: Callable[[str], str]) -> Sequence[object]:
    """*values*, each text as *fold* makes it; themselves where it leaves all of them alone."""
    if isinstance(values, Texts) and values.all_satisfy(lambda text: fold(text) == text):
        return values
    folded: list[object] = []
    for start in range(0, len(values), CHUNK):
        chunk = values[start : start + CHUNK]
        joined = "".join(map(str, chunk))
        folded += chunk if fold(joined) == joined else (fold(str(each)) for each in chunk)
    return folded
