"""The cells of a row as fields of a result: each as the type its field has, or a problem."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Literal, NamedTuple

from awards.problems import Place, Problem, problem
from awards.records import FIELDS, Result
from awards.terms import terms
from awards.workbook.columns import Column
from awards.workbook.grid import Grid, Position, Value, letters
from awards.workbook.people import masked
from awards.workbook.phrases import coded, division_of, section

SERIALS = 10**4
"""A number from here on in a column of dates is a day as a spreadsheet counts them."""
_RESERVED = {*Result.model_fields, *FIELDS}


class Fields(NamedTuple):
    """Values by field and fact, cell and heading of each, and what is wrong with them."""

    values: Mapping[str, Value] = MappingProxyType({})
    cells: Mapping[str, str] = MappingProxyType({})
    headings: Mapping[str, str] = MappingProxyType({})
    problems: tuple[Problem, ...] = ()

    def known(self) -> tuple[tuple[str, Value], ...]:
        """The fields with a meaning of their own: what makes two rows the same statement."""
        return tuple((name, value) for name, value in self.values.items() if name in FIELDS)


NOTHING = Fields()
_NUMBERS = frozenset(("year", "placing"))


class Slot(NamedTuple):
    """A column as it is read row by row, with all that can be known before."""

    at: int
    letters: str
    field: str | None
    name: str
    heading: str


Slots = tuple[Slot, ...]


def slots(columns: Iterable[Column]) -> Slots:
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


_SPLIT_FIELDS = frozenset(("school", "prize", "event"))


@cache
def nobody() -> frozenset[object]:
    """What stands for nothing in a cell."""
    return frozenset(terms().marks["people.nobody"])


NO_SLOTS = slots(())


def read_fields(grid: Grid, columns: Slots, row: int) -> Fields:
    """The fields of *row* under *columns*; a blank one has its cell and no value."""
    if not columns:
        return NOTHING
    values: dict[str, Value] = {}
    cells: dict[str, str] = {}
    headings: dict[str, str] = {}
    problems: list[Problem] = []
    blank = nobody()
    merged = bool(grid.merged)
    line = grid.lines.get(row, ())
    width = len(line)
    for slot in columns:
        index, letter, of, name, heading = slot
        found = line[index - 1] if index <= width else None
        if not merged and found.__class__ is str and found not in blank and of not in _NUMBERS:
            if name not in values:  # the usual cell, first
                values[name] = found
                cells[name] = f"{letter}{row}"
                headings[name] = heading
            continue
        at = grid.source((row, index))
        found = grid.value(at)
        is_blank = found is None and at not in grid.broken
        if name in values or (is_blank and not of):
            continue
        cells[name] = f"{letter}{at[0]}"
        headings[name] = heading
        if is_blank or (found in blank and of not in (None, "prize")):
            continue  # a dash or 无 stands for nothing, but in a prize it says more
        value = _value(grid, slot, at)
        if isinstance(value, Problem):
            problems.append(value)
        else:
            values[name] = value
    if not _SPLIT_FIELDS.isdisjoint(values):
        problems += _split(grid, row, values, cells)
    return Fields(values, cells, headings, tuple(problems))


def _split(
    grid: Grid, row: int, values: dict[str, Value], cells: dict[str, str]
) -> Iterator[Problem]:
    """Enter into *values* what a prize or an event says besides: a level, a place, a group, a code.

    A column of its own that says something else makes an error at the cell.
    """
    school = values.get("school")
    if isinstance(school, str) and "\n" in school:
        lines = [each.strip() for each in school.split("\n") if each.strip()]
        if all(each.endswith(terms().marks["lines.school"]) for each in lines):
            place = Place(grid.file, grid.sheet, cells["school"], row)
            yield problem("two-schools", place, found="、".join(lines))
        values["school"] = "".join(lines)  # a name too long for the cell, broken by hand
    for name, parts_of in _SPLIT:
        text = values.get(name)
        parts = parts_of(text) if isinstance(text, str) else ()
        for field_, value in parts:
            written = values.get(field_)
            if field_ == name or written is None:
                values[field_] = value
                cells[field_] = cells[name]
            elif not _is_same(field_, written, value):
                place = Place(grid.file, grid.sheet, cells[name], row)
                other, cell = written, cells[field_]
                yield problem("says-otherwise", place, found=text, other=other, cell=cell)


def _is_same(name: str, written: Value, value: Value) -> bool:
    if name == "placing":
        return terms().placing(str(written)) == value
    if name in ("level", "form"):
        kind: Literal["level", "form"] = "level" if name == "level" else "form"
        return terms().canonical(kind, str(written)) == terms().canonical(kind, str(value))
    plain = {terms().plain(str(each)) for each in (written, value)}
    return len(plain) == 1 or (name == "division" and len(set(map(division_of, plain))) == 1)


@lru_cache(maxsize=1 << 12)
def prize_parts(text: str) -> tuple[tuple[str, Value], ...]:
    """The fields in what stands in a column of prizes; nothing where it is a prize and no more.

    >>> prize_parts("一等奖"), prize_parts("省级 二等奖"), prize_parts("第三名")
    ((), (('level', '省级'), ('prize', '二等奖')), (('placing', 3),))
    """
    if terms().canonical("prize", text):
        return ()
    place = terms().placing(text)
    if place is not None:
        return () if terms().plain(text).isdecimal() else (("placing", place),)
    phrase = section(text)
    if phrase.rest or phrase.is_numbered or phrase.count is not None:
        return ()
    return tuple(phrase.values.items()) if "prize" in phrase.values else ()


@lru_cache(maxsize=1 << 14)
def event_parts(text: str) -> tuple[tuple[str, Value], ...]:
    """The fields in the name of an event: its code before it, its group behind it.

    >>> event_parts("数控"), event_parts("GZ001 数控（高职组）")
    ((), (('event_code', 'GZ001'), ('event', '数控'), ('division', '高职组')))
    """
    said: dict[str, Value] = {}
    group = _GROUP.fullmatch(text.strip())
    division = division_of(group["group"] or group["rest"]) if group else None
    rest = group["event"].strip() if group and division else text
    said |= coded(unicodedata.normalize("NFKC", rest) if rest[:1] > _LAST_ASCII else rest)
    if division:
        said["division"] = division
    return tuple(said.items()) if len(said) > 1 else ()


_GROUP = re.compile(
    r"(?P<event>.+?)\s*(?:[(（\[【](?P<group>[^()（）]+)[)）\]】]|[-—－](?P<rest>\w+))"
)
_LAST_ASCII = "\x7f"
_SPLIT: tuple[tuple[str, Callable[[str], tuple[tuple[str, Value], ...]]], ...] = (
    ("prize", prize_parts),
    ("event", event_parts),
)


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
    if name in (None, "ruling") or (value.__class__ is str and name not in _NUMBERS):
        return value
    if name == "year":
        return year_of(value)
    if name == "placing" and isinstance(value, str):
        place_ = terms().placing(value)
        return value if place_ is None else place_
    place = grid.place(at)
    if name == "date" and isinstance(value, int) and value >= SERIALS:
        return problem("date-serial", place, found=value)
    if isinstance(value, bool) or (isinstance(value, date) and name != "date"):
        return problem("not-text", place, heading=slot.heading, found=masked(value))
    return value


def year_of(value: Value) -> Value:
    """A calendar year as a number, anything else as it is written.

    >>> year_of("2023年"), year_of("２０２３年5月"), year_of("2022-2023学年")
    (2023, 2023, '2022-2023学年')
    """
    if isinstance(value, date):
        return value.year
    return _year_in(value)


_YEAR = re.compile(r"(\d{4})\s*(?:年?度?|年\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?)")


@lru_cache(maxsize=1 << 10, typed=True)
def _year_in(value: Value) -> Value:
    match = _YEAR.fullmatch(unicodedata.normalize("NFKC", str(value)))
    return int(match[1]) if match else (value if isinstance(value, int) else str(value))
