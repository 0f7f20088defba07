"""What a reader found in a cell → a value that can be trusted, or the problem with it."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import isfinite

from awards.problems import Problem, problem
from awards.terms import terms
from awards.workbook.grid import Value

EXACT = 10**15
"""A number from here on has lost digits: a spreadsheet keeps 15."""
ERRORS = ("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!")
"""Error values as they are shown; as text they come from a sheet that was pasted or exported."""

Kept = Value | Problem | None
"""A value, None where the cell is blank, a problem (without its place) where it is broken."""


class Texts(dict[object, Kept]):
    """Texts and floats as they are kept, each worked out once: sheets repeat a few words.

    Other values are not looked up here: True would be found as 1.0.
    """

    def __missing__(self, raw: object) -> Kept:
        if isinstance(raw, float) and raw.is_integer() and abs(raw) < EXACT:
            self[raw] = whole = int(raw)
            return whole  # most numbers, first
        if isinstance(raw, str) and raw.isalnum() and raw not in terms().marks["rows.ditto"]:
            self[raw] = raw
            return raw  # most texts
        found = kept(raw)
        if found in ERRORS:
            found = problem("cell-error", found=found)
        elif found in terms().marks["rows.ditto"]:
            found = problem("cell-ditto", found=found)
        self[raw] = found
        return found


def kept(raw: object) -> Kept:
    """A value that is no text, as it is kept; text goes by :class:`Texts`.

    >>> kept(3.0), kept(0.1), kept(2.20202e17).code
    (3, Decimal('0.1'), 'number-lost-digits')
    >>> kept(datetime(2023, 5, 1)), kept(date(1900, 1, 3)).code
    (datetime.date(2023, 5, 1), 'date-too-early')
    """
    if raw is None or isinstance(raw, bool | Decimal | Problem):
        return raw
    if isinstance(raw, int | float):
        return number(raw)
    if isinstance(raw, date):
        day = raw.date() if isinstance(raw, datetime) else raw
        return problem("date-too-early", found=day) if day.year <= FIRST else day
    if isinstance(raw, time | timedelta):
        return str(raw)
    return clean(str(raw)) or None


FIRST = 1900
"""Day 1 of a spreadsheet is in this year: a date in it is a small number in a date format."""


def number(value: int | float) -> Value | Problem:
    """A number exactly as it is shown: a whole one as int, another as Decimal."""
    if not isfinite(value):
        return problem("cell-error", found=value)
    if abs(value) >= EXACT:
        return problem("number-lost-digits", digits=len(str(int(abs(value)))))
    return int(value) if value == int(value) else Decimal(repr(value))


_UNSEEN = re.compile(r"_x000D_|\r")


def clean(text: str) -> str:
    """*text* without white space around it and without characters that cannot be seen.

    Line breaks and spaces inside stay: they part names.

    >>> clean(" 张\\u200b三_x000D_\\n李四\\u3000")
    '张三\\n李四'
    """
    if text.isalnum():
        return text
    text = _UNSEEN.sub("", text)
    seen = (c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf"))
    return "".join(seen).strip()
