"""The cells of a row as fields of a result: each as the type its field has, or a problem."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from awards.problems import Problem, problem
from awards.records import FIELDS, Result
from awards.terms import terms
from awards.workbook.columns import Column
from awards.workbook.grid import Grid, Position, Value, cell_name
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


def read_fields(grid: Grid, columns: Iterable[Column], row: int) -> Fields:
    """The fields of *row* under *columns*; a blank one has its cell and no value."""
    values: dict[str, Value] = {}
    cells: dict[str, str] = {}
    headings: dict[str, str] = {}
    problems: list[Problem] = []
    for column in columns:
        at = grid.source((row, column.index))
        name = _name(column)
        if name in values or not (column.meaning.field or grid.is_filled(at)):
            continue
        cells[name] = cell_name(at)
        headings[name] = column.heading
        if not grid.is_filled(at) or _is_filler(grid, column, at):
            continue
        value = field_value(grid, column, at)
        if isinstance(value, Problem):
            problems.append(value)
        else:
            values[name] = value
    return Fields(values, cells, headings, tuple(problems))


def _is_filler(grid: Grid, column: Column, at: Position) -> bool:
    """Whether a dash or 无 stands for nothing: in a field, but for a prize, which says more."""
    is_field = column.meaning.field not in (None, "prize")
    return is_field and grid.text(at) in terms().marks["people.nobody"]


def _name(column: Column) -> str:
    """The name of the field; a fact goes by its heading, unless that would say more."""
    if column.meaning.field:
        return column.meaning.field
    if column.heading in _RESERVED:
        return f"{column.heading} ({cell_name((1, column.index))[:-1]})"
    return column.heading


def field_value(grid: Grid, column: Column, at: Position) -> Value | Problem:
    """The content of *at* for the field of *column*; only a warning where a fact is broken."""
    if at in grid.broken:
        fault = grid.broken[at]
        return fault if column.meaning.field else replace(fault, severity="warning")
    value = grid.cells[at]
    name = column.meaning.field
    if name in (None, "ruling"):
        return value
    if name == "year":
        return year_of(value)
    if isinstance(value, bool) or (isinstance(value, date) and name != "date"):
        place = grid.place(at)
        return problem("not-text", place, heading=column.heading, found=masked(value))
    return value


def year_of(value: Value) -> Value:
    """A calendar year as a number, anything else as it is written.

    >>> year_of("2023年"), year_of("２０２３"), year_of("2022-2023学年")
    (2023, 2023, '2022-2023学年')
    """
    if isinstance(value, date):
        return value.year
    match = re.fullmatch(r"(\d{4})\s*年?度?", unicodedata.normalize("NFKC", str(value)))
    return int(match[1]) if match else (value if isinstance(value, int) else str(value))
