"""Figures: rows of headcounts, money and descriptions, in the words that funding rules go by."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from awards.problems import NOWHERE, Place, Problem
from awards.reading import day_of
from awards.records import Unread, Value, frozen
from awards.schedule import Schedule
from awards.vocabulary import vocabulary

TERM = re.compile(r"(\d{4})\s*年?\s*-?\s*(spring|autumn|春|秋)季?(?:学期)?")
NUMBERED_TERM = re.compile(r"\d{4}[12]")
SPRING = ("spring", "春")
YEAR = re.compile(r"(\d{4})\s*年?度?")


BLANK = Unread("")
"""An amount under a source of money that a sheet leaves blank: not known, and not zero."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of figures, with where it stands."""

    columns: Mapping[str, Any]
    place: Place = NOWHERE
    cells: Mapping[str, Place] = field(default_factory=dict)
    """The place of each column, where it was read from a sheet."""

    def at(self, column: str) -> Place:
        """Where the value of *column* stands; else where the row does."""
        return self.cells.get(column, self.place)


@dataclass(frozen=True, slots=True)
class Figures:
    """Rows of figures in order, with every problem met on the way in."""

    figures: tuple[Figure, ...]
    problems: tuple[Problem, ...] = ()


def figure_columns(figures: Mapping[str, Any], schedule: Schedule) -> dict[str, Value]:
    """The columns of one row of figures; a school term becomes a number, in order of time.

    >>> from awards.catalog import load_schedule
    >>> figure_columns({"term": "2025-spring"}, load_schedule("jilin-city"))["term"]
    20251
    """
    read: dict[str, Value] = {}
    for name, value in figures.items():
        if isinstance(value, Unread):
            read[name] = value
        elif isinstance(value, str) and value.strip():
            read[name] = _read(name, unicodedata.normalize("NFKC", value).strip(), schedule)
        elif value is not None and value != "":
            read[name] = frozen(value)
    return read


def term_of(text: str) -> int | None:
    """A school term as a number, in order of time; None where *text* is none.

    >>> term_of("2025年春季学期"), term_of("2025-autumn"), term_of("20251"), term_of("春季")
    (20251, 20252, 20251, None)
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if match := TERM.fullmatch(plain):
        return int(match[1]) * 10 + (1 if match[2] in SPRING else 2)
    return int(plain) if NUMBERED_TERM.fullmatch(plain) else None


def _read(name: str, text: str, schedule: Schedule) -> Value:
    """What *text* in the column *name* says."""
    term = term_of(text)
    if name == "term" or (term is not None and not text.isdecimal()):
        return Unread(text) if term is None else term
    if name == "year":
        return int(match[1]) if (match := YEAR.fullmatch(text)) else Unread(text)
    column = schedule.columns.get(name)
    if column and column.holds == "date":
        return day_of(text) or Unread(text)
    if column and column.holds == "number":
        number = schedule.terms.number(text)
        return Unread(text) if number is None else number
    if column and column.holds == "yes_or_no":
        answer = schedule.terms.answer(text)
        return Unread(text) if answer is None else answer
    plain = " ".join(text.split())
    return vocabulary().known(name, plain) or plain
