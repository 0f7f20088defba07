"""From words as written to columns that rules can go by: one row's columns, and its faults."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from awards.problems import Place, Problem, problem
from awards.records import FIELDS, Columns, Result, Unread, Value
from awards.schedule import Schedule
from awards.terms import KINDS

YEAR = re.compile(r"(\d{4})\s*年?度?")
DATE = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?")
MONTH = re.compile(r"(\d{4})\s*(?:[./]\s*\d{1,2}|年\s*\d{1,2}\s*月)")
"""A month of a year; with a hyphen it might be a school year."""
APART = re.compile(r"\s\([A-Z]+\)$")
_WORKED_OUT = ("amount", "unit", "earlier", "schedule", "part")
_INNER = ("ruling.", "given.")


def columns_of(result: Result, schedule: Schedule) -> dict[str, Value]:
    """The columns of *result* in the words of *schedule*, its blanks as they are.

    A heading that is the name in print of a column of the schedule is that column. A word that
    the schedule does not know becomes :class:`Unread`, which is a problem only where a rule asks
    for it. A blank year is the year of the date, where there is one. What the rules work out is
    not for a roster to say: a column ``amount`` in it pays nothing.
    """
    read: dict[str, Value] = {}
    stated = result.columns()
    for heading, value in (*stated.items(), *_called(result, stated, schedule)):
        name = key_of(heading, schedule)
        if name not in read and is_given(name):
            read[name] = value_of(name, value, schedule)
    if read.get("year") is None and (year := year_in(read.get("date"))):
        read["year"] = year
    return read


def year_in(day: Value) -> int | None:
    """The year of a date, be it only a month of a year."""
    if isinstance(day, date):
        return day.year
    month = MONTH.fullmatch(_plain(day)) if isinstance(day, str) else None
    return int(month[1]) if month else None


def is_given(name: str) -> bool:
    """Whether a roster may say what stands in the column *name*, rather than the rules."""
    return name not in _WORKED_OUT and not name.startswith(_INNER)


def is_plain_text(name: str, schedule: Schedule) -> bool:
    """Whether the column *name* holds text that means itself: no word, number, date or answer."""
    column = schedule.columns.get(name)
    is_word = name in KINDS or name in ("year", "placing", "date")
    return not is_word and (column is None or column.holds == "text")


def _called(result: Result, stated: Columns, schedule: Schedule) -> list[tuple[str, Value]]:
    """The fields over which a heading stands that is the name of a column of *schedule*."""
    return [
        (schedule.headings[plain], stated[name])
        for name, heading in result.headings.items()
        if name in stated and (plain := schedule.terms.plain(heading)) in schedule.headings
    ]


def fill_blanks(columns: dict[str, Value], schedule: Schedule) -> None:
    """Enter into *columns* what *schedule* says that a blank counts as."""
    for name, column in schedule.columns.items():
        if columns.get(name) is None and column.blank is not None:
            columns[name] = column.blank


def key_of(heading: str, schedule: Schedule) -> str:
    """The column that *heading* means: a field, a column of *schedule* by its name, or itself.

    A letter behind it, which tells two columns of one heading apart, does not count.
    """
    if heading in FIELDS:
        return heading
    plain = schedule.terms.plain(APART.sub("", heading))
    return schedule.headings.get(plain, heading)


def doubled(result: Result, schedule: Schedule) -> Iterator[Problem]:
    """An error at each filled cell of *result* whose column another heading has filled already."""
    filled: dict[str, str] = {}
    for heading in result.columns():
        first = filled.setdefault(key_of(heading, schedule), heading)
        if first != heading:
            values = {"heading": heading, "other": result.headings.get(first, first)}
            yield problem("two-headings", result.at(heading), "error", **values)


def place_of(result: Result, name: str, schedule: Schedule) -> Place:
    """The place of the cell that fills the column *name*, whatever its heading."""
    return result.at(name, *(each for each in result.cells if key_of(each, schedule) == name))


def shown(name: str, schedule: Schedule) -> str:
    """A column as the user knows it: its name in print, where the schedule has one for it."""
    column = schedule.columns.get(name)
    return name if name in FIELDS or column is None else column.name.zh


def value_of(name: str, value: Value, schedule: Schedule) -> Value:
    """What *value* in the column *name* says in the words of *schedule*."""
    column = schedule.columns.get(name)
    holds = "date" if name == "date" else column.holds if column else "text"
    if not isinstance(value, str):
        return _typed(value, holds)
    if name in KINDS:
        return schedule.terms.canonical(name, value) or Unread(value)
    if name == "year":
        return _year(value)
    if name == "placing":
        place = schedule.terms.placing(value)
        return Unread(value) if place is None else place
    if holds == "number":
        number = schedule.terms.number(value)
        return Unread(value) if number is None else number
    if holds == "date":
        return day_of(value) or Unread(value)
    if holds == "yes_or_no":
        answer = schedule.terms.answer(value)
        return Unread(value) if answer is None else answer
    return " ".join(unicodedata.normalize("NFKC", value).split())


def _typed(value: Value, holds: str) -> Value:
    """*value*, which is no text, in a column that *holds* something; 1 and 0 are yes and no."""
    is_number = isinstance(value, int | Decimal) and not isinstance(value, bool)
    if holds == "yes_or_no" and is_number and value in (0, 1):
        return bool(value)
    fits = {"number": is_number, "date": isinstance(value, date)}
    fits["yes_or_no"] = isinstance(value, bool)
    return value if isinstance(value, tuple) or fits.get(holds, True) else Unread(value)


def blank_problem(result: Result, columns: Columns, name: str, schedule: Schedule) -> Problem:
    """The problem of a column that a rule needs: blank, or a word that is not known."""
    place = place_of(result, name, schedule)
    value = columns.get(name)
    field = shown(name, schedule)
    kind = name if name in (*FIELDS, "amount") else "fact"
    if isinstance(value, Unread):
        near = schedule.terms.near(name, value) if name in KINDS else None
        return problem(
            f"unknown-{kind}",
            place,
            found=value,
            near=near or "",
            field=field,
            schedule=schedule.id,
        )
    person = result.person or ""
    return problem(f"blank-{kind}", place, field=field, person=person, schedule=schedule.id)


def _year(text: str) -> int | Unread:
    match = YEAR.fullmatch(_plain(text))
    return int(match[1]) if match else Unread(text)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def day_of(text: str) -> date | None:
    """The day that *text* names; None where it names none.

    >>> day_of("2023年5月20日"), day_of("2023-13-01")
    (datetime.date(2023, 5, 20), None)
    """
    match = DATE.fullmatch(_plain(text))
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None
