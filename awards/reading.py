"""From words as written to columns that rules can go by: one row's columns, and its faults."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from awards.problems import Problem, problem
from awards.records import FIELDS, Columns, Result, Unread, Value, is_blank
from awards.schedule import Schedule
from awards.terms import KINDS

YEAR = re.compile(r"(\d{4})\s*年?度?")
DATE = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?")
PLACING = re.compile(r"第?\s*(\d+)\s*名?")
NUMBER = re.compile(r"(\d+)")
_NUMBERS = {"year": YEAR, "placing": PLACING}
_WORKED_OUT = ("amount", "unit", "earlier", "schedule", "part")


def columns_of(result: Result, schedule: Schedule) -> dict[str, Value]:
    """The columns of *result* in the words of *schedule*.

    A word that the schedule does not know becomes :class:`Unread`, which is a problem only
    where a rule asks for it. A blank year is the year of the date, where there is one. What the
    rules work out is not for a roster to say: a column ``amount`` in it pays nothing.
    """
    columns = {name: v for name, v in result.columns().items() if name not in _WORKED_OUT}
    read: dict[str, Value] = {}
    for name, value in columns.items():
        read[name] = _read(name, value, schedule) if isinstance(value, str) else value
    if read.get("year") is None and isinstance(day := read.get("date"), date):
        read["year"] = day.year
    for name, column in schedule.columns.items():
        if read.get(name) is None and column.blank is not None:
            read[name] = column.blank
    return read


def _read(name: str, text: str, schedule: Schedule) -> Value:
    """What *text* in the column *name* says."""
    if name in KINDS:
        return schedule.terms.canonical(name, text) or Unread(text)
    column = schedule.columns.get(name)
    holds = column.holds if column else "date" if name == "date" else "text"
    if name in _NUMBERS or holds == "number":
        return _number(text, _NUMBERS.get(name, NUMBER))
    if holds == "date":
        return _date(text)
    return " ".join(unicodedata.normalize("NFKC", text).split())


def blank_problem(result: Result, columns: Columns, name: str, schedule: Schedule) -> Problem:
    """The problem of a column that a rule needs: blank, or a word that is not known."""
    place = result.at(name)
    value = columns.get(name)
    shown = name if name in FIELDS else "fact"
    if isinstance(value, Unread):
        near = schedule.terms.near(name, value) if name in KINDS else None
        return problem(
            f"unknown-{shown}",
            place,
            found=value,
            near=near or "",
            field=name,
            schedule=schedule.id,
        )
    person = result.person or ""
    return problem(f"blank-{shown}", place, field=name, person=person, schedule=schedule.id)


def with_facts(
    rows: Iterable[dict[str, Value]], facts: Iterable[Mapping[str, Any]], schedule: Schedule
) -> None:
    """Give each of *rows* the facts of its contest.

    A fact is a row too: the fields it shares with results (competition, event, year …) say which
    results it is about, its other columns are what they get. A result's own column stays.
    """
    known = [columns_of(Result.model_validate(fact), schedule) for fact in facts]
    for columns in rows:
        for fact in known:
            about = {name: fact[name] for name in fact if name in FIELDS and name in _ABOUT}
            if all(columns.get(name) == value for name, value in about.items()):
                for name, value in fact.items():
                    if is_blank(columns.get(name)):
                        columns[name] = value


_ABOUT = ("year", "competition", "level", "event", "event_code", "division", "track", "team")


def _number(text: str, pattern: re.Pattern[str]) -> int | Unread:
    match = pattern.fullmatch(unicodedata.normalize("NFKC", text).strip())
    return int(match[1]) if match else Unread(text)


def _date(text: str) -> date | Unread:
    match = DATE.fullmatch(unicodedata.normalize("NFKC", text).strip())
    try:
        return date(*map(int, match.groups())) if match else Unread(text)
    except ValueError:
        return Unread(text)
