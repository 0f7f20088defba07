"""Columns as codes: each distinct value once, and for every row the number of its value.

Everything about a value is then worked out once for each distinct one, by the functions that
the small runner uses, and the rows follow by their codes.
"""

import datetime
import unicodedata
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from awards.batch.arrays import Codes, Ints
from awards.batch.texts import Texts, encoded, texts_of, unchanged
from awards.records import Value, frozen

BLANK = -1
"""The code of a blank."""
NARROW = 1 << 16
"""Whole numbers no further apart are told apart by a table."""


@dataclass(frozen=True)
class Encoded:
    """A column: ``codes`` tell for each row which of the distinct ``held`` values it has."""

    codes: Codes
    held: Sequence[object]
    known_text: bool = False
    """Whether it is known, without a look at the values, that all of them are texts."""

    @cached_property
    def values(self) -> Sequence[object]:
        """The distinct values as Python has them."""
        return self.held.values if isinstance(self.held, Texts) else self.held

    @cached_property
    def is_text(self) -> bool:
        """Whether every value is text."""
        if self.known_text or isinstance(self.held, Texts):
            return True
        return all(value.__class__ is str for value in self.values)

    @cached_property
    def is_as_written(self) -> bool:
        """Whether the texts of a text column are all read as they stand, and none is empty."""
        if isinstance(self.held, Texts):
            return not self.held.has_empty and self.held.all_satisfy(is_as_written)
        return "" not in self.values and is_as_written("".join(map(str, self.values)))

    @cached_property
    def has_blanks(self) -> bool:
        """Whether some row is blank."""
        return bool(len(self.codes)) and int(self.codes.min()) < 0

    def take(self, rows: Ints) -> "Encoded":
        """The column of some of the rows, in order."""
        if len(rows) == len(self.codes):
            return self
        return Encoded(self.codes[rows], self.held, self.known_text)

    def value(self, row: int) -> object:
        """What stands in *row*; None where it is blank."""
        code = self.codes[row]
        return None if code < 0 else self.values[code]

    def read(self, read: Callable[[object], Value]) -> "Encoded":
        """The column with each value *read*; those that come to nothing become blanks."""
        return self.recoded(list(map(read, self.values)))

    def folded(self, fold: Callable[[str], str]) -> "Encoded":
        """The column with its texts as *fold* makes them; those of which nothing is left blank."""
        values = unchanged(self.held, fold)
        if values is self.held or values == self.values:
            return self
        return self.recoded([value or None for value in values])

    def recoded(self, new: Sequence[object]) -> "Encoded":
        """The column with the values *new* in the place of its own; equal ones become one."""
        numbers: dict[Hashable, int] = {}
        kept: list[object] = []
        table = np.empty(len(new) + 1, np.int32)
        table[-1] = BLANK
        for index, value in enumerate(new):
            if value is None:
                table[index] = BLANK
                continue
            code = numbers.setdefault(identity(value), len(kept))
            if code == len(kept):
                kept.append(value)
            table[index] = code
        if len(kept) == len(new):
            return Encoded(self.codes, kept)  # each has a value of its own
        return Encoded(table[self.codes], kept)

    def over(self, other: "Encoded") -> "Encoded":
        """This column, and where it is blank the *other*."""
        both = self.beside(other)
        mine, theirs = both.codes[: len(self.codes)], both.codes[len(self.codes) :]
        return Encoded(np.where(mine < 0, theirs, mine).astype(np.int32), both.held)

    def beside(self, other: "Encoded") -> "Encoded":
        """The rows of this column, then those of the *other*, over the values of both."""
        there = Encoded(other.codes + np.where(other.codes < 0, 0, len(self.values)), ())
        codes = np.concatenate((self.codes, there.codes)).astype(np.int32)
        return Encoded(codes, ()).recoded((*self.values, *other.values))


class Taken(Mapping[str, Encoded]):
    """Some of the *rows* of *columns*, each column taken when it is asked for, and others whole."""

    def __init__(
        self, columns: Mapping[str, Encoded], rows: Ints, whole: Mapping[str, Encoded] | None = None
    ) -> None:
        self._columns, self._rows = columns, rows
        self._taken = dict(whole or {})
        self._names = dict.fromkeys((*columns, *self._taken))

    def __getitem__(self, name: str) -> Encoded:
        if name not in self._taken:
            self._taken[name] = self._columns[name].take(self._rows)
        return self._taken[name]

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def identity(value: object) -> Hashable:
    """What tells *value* from others; ``True`` and ``1`` are two."""
    return (value.__class__, value if value.__class__ is str else frozen(value))


def constant(value: object, count: int) -> Encoded:
    """A column of *count* rows that all say *value*; blank for None."""
    code = np.int32(BLANK if value is None else 0)
    return Encoded(np.broadcast_to(code, count), () if value is None else [value])


def encode(column: "pd.Series[Any]") -> Encoded:
    """*column* of a frame; what pandas holds for missing (NaN, NaT, NA, None) is a blank."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        held = column.cat.categories
        codes = column.cat.codes.to_numpy().astype(np.int32)
        if _is_arrow(held.dtype):
            return Encoded(codes, texts_of(pa.array(held.array)))
        return Encoded(codes, ()).recoded([_plain(each) for each in held.tolist()])
    if _is_arrow(column.dtype):
        return Encoded(*encoded(_chunked(column)))
    if column.dtype == object and pd.api.types.infer_dtype(column, skipna=True) != "string":
        return of_values(column.tolist())
    if column.dtype == np.int64:
        return _of_numbers(column.to_numpy())
    if isinstance(column.dtype, pd.ArrowDtype):
        return of_objects(column.tolist())
    numbers, known = pd.factorize(column)
    values = [_plain(each) for each in pd.Index(known).tolist()]
    return Encoded(numbers.astype(np.int32), ()).recoded(values)


def _is_arrow(dtype: object) -> bool:
    """Whether a column of *dtype* holds texts as Arrow has them."""
    return isinstance(dtype, pd.StringDtype) and dtype.storage == "pyarrow"


def _chunked(column: "pd.Series[Any]") -> "pa.ChunkedArray[Any]":
    """The texts of *column*, which stay where they are."""
    held = pa.array(column.array)
    return held if isinstance(held, pa.ChunkedArray) else pa.chunked_array([held])


def _of_numbers(column: Ints) -> Encoded:
    """A column of whole numbers; a table tells them apart where they are close together."""
    if not len(column):
        return constant(None, 0)
    lowest, highest = int(column.min()), int(column.max())
    if highest - lowest >= NARROW:
        numbers, known = pd.factorize(column)
        return Encoded(numbers.astype(np.int32), known.tolist())
    there = np.zeros(highest - lowest + 1, np.bool_)
    places = column - lowest
    there[places] = True
    held = np.flatnonzero(there)
    table = np.empty(len(there), np.int32)
    table[held] = np.arange(len(held))
    return Encoded(table[places], (held + lowest).tolist())


def of_objects(values: Sequence[object]) -> Encoded:
    """A column of Python *values*; those of one type, or none, need no look at each."""
    kinds = {*map(type, values)} - {type(None)}
    if not kinds:
        return constant(None, len(values))
    if kinds == {str}:
        with suppress(UnicodeEncodeError):  # half of a pair is no text to Arrow
            return Encoded(*encoded(pa.chunked_array([pa.array(values, pa.large_string())])))
    if kinds == {int} and None not in values:
        with suppress(OverflowError):
            return _of_numbers(np.array(values, np.int64))
    return of_values(values)


def of_values(values: Iterable[object]) -> Encoded:
    """A column of Python *values*, told apart by type too."""
    numbers: dict[Hashable, int] = {}
    kept: list[object] = []
    codes: list[int] = []
    for each in values:
        value = _plain(each)
        if value is None:
            codes.append(BLANK)
            continue
        code = numbers.setdefault(identity(value), len(kept))
        if code == len(kept):
            kept.append(value)
        codes.append(code)
    return Encoded(np.array(codes, np.int32), kept)


def _plain(value: object) -> object:
    """*value* as Python has it: no numpy scalar, a day for a timestamp at midnight."""
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, np.ndarray):
        return [_plain(each) for each in value.tolist()]
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, pd.Timestamp):
        value = value.to_pydatetime()
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date()
    return None if isinstance(value, float) and value != value else value


def is_as_written(text: str) -> bool:
    """Whether texts that join to *text* are all read as they stand: no white space, one form.

    What holds of the whole holds of its parts, and to ask once costs little.

    >>> is_as_written("赵甲钱乙"), is_as_written("赵 甲"), is_as_written("Ａ")
    (True, False, False)
    """
    return (
        unicodedata.is_normalized("NFKC", text)
        and len(text.split(None, 1)) < 2
        and (text == text.strip())
    )
