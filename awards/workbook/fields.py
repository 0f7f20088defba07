"""The cells of a row as fields of a result: each as the type its field has, or a problem."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, lru_cache
from typing import NamedTuple

from awards.problems import Problem, problem
from awards.records import FIELDS, Result
from awards.terms import terms
from awards.workbook.columns import Column
from awards.workbook.grid import Grid, Position, Value, letters
from awards.workbook.people import masked

_RESERVED = {*Result.model_fields, *FIELDS}


@dataclass(frozen=True, slots=True)
class Fields:
    """Values by field and fact, cell and heading of each, and what is wrong with them."""

    values: Mapping[str, Value] = field(default_factory=dict)
    cells: Mapping[str, str] = field(default_factory=dict)
    headings: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def known(self) -> tuple[tuple[str, Value], ...]:
        """The fields with a meaning of their own: what makes two rows the same statement."""
        return tuple((name, value) for name, value in self.values.items() if name in FIELDS)


class Slot(NamedTuple):
    """A column as it is read row by row, with all that can be known before."""

    at: int
    letters: str
    field: str | None
    name: str
    heading: str


def slots(columns: Iterable[Column]) -> tuple[Slot, ...]:
    """*columns* made ready for :func:`read_fields`."""
    return tuple(
        Slot(
            column.index,
            letters(column.index),
            column.meaning.field,
            column.meaning.field or _fact_name(column.heading, column.index),
            column.heading,
        )
        for column in columns
    )


NOTHING = Fields()


def read_fields(grid: Grid, columns: Sequence[Slot], row: int) -> Fields:
    """The fields of *row* under *columns*; a blank one has its cell and no value."""
    if not columns:
        return NOTHING
    values: dict[str, Value] = {}
    cells: dict[str, str] = {}
    headings: dict[str, str] = {}
    problems: list[Problem] = []
    nobody = terms().marks["people.nobody"]
    line = grid.lines.get(row, ())
    width = len(line)
    for slot in columns:
        index, letter, of, name, heading = slot
        at = (row, index)
        found = line[index - 1] if index <= width else None
        if grid.merged:
            at = grid.source(at)
            found = grid.value(at)
        is_blank = found is None and at not in grid.broken
        if name in values or (is_blank and not of):
            continue
        cells[name] = f"{letter}{at[0]}"
        headings[name] = heading
        if is_blank or (found in nobody and of not in (None, "prize")):
            continue  # a dash or 无 stands for nothing, but in a prize it says more
        if found.__class__ is str and of != "year":
            values[name] = found
            continue
        value = _value(grid, slot, at)
        if isinstance(value, Problem):
            problems.append(value)
        else:
            values[name] = value
    return Fields(values, cells, headings, tuple(problems))


@cache
def _fact_name(heading: str, index: int) -> str:
    """A fact goes by its heading, unless that would say more."""
    return f"{heading} ({letters(index)})" if heading in _RESERVED else heading


def _value(grid: Grid, slot: Slot, at: Position) -> Value | Problem:
    """The content of *at* for the field of *slot*; only a warning where a fact is broken."""
    value = grid.value(at)
    if value is None:
        fault = grid.broken[at]
        return fault if slot.field else replace(fault, severity="warning")
    name = slot.field
    if name in (None, "ruling"):
        return value
    if name == "year":
        return year_of(value)
    if isinstance(value, bool) or (isinstance(value, date) and name != "date"):
        place = grid.place(at)
        return problem("not-text", place, heading=slot.heading, found=masked(value))
    return value


def year_of(value: Value) -> Value:
    """A calendar year as a number, anything else as it is written.

    >>> year_of("2023年"), year_of("２０２３"), year_of("2022-2023学年")
    (2023, 2023, '2022-2023学年')
    """
    if isinstance(value, date):
        return value.year
    return _year_in(value)


@lru_cache(maxsize=1 << 10, typed=True)
def _year_in(value: Value) -> Value:
    match = re.fullmatch(r"(\d{4})\s*年?度?", unicodedata.normalize("NFKC", str(value)))
    return int(match[1]) if match else (value if isinstance(value, int) else str(value))
