"""Cells of figures as values: exact yuan, counts, shares, days, words; or the problem with one."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from awards.figures import term_of
from awards.problems import Place, Problem, problem
from awards.reading import day_of
from awards.records import Value
from awards.terms import terms
from awards.vocabulary import NUMBERS, Holds, Vocabulary
from awards.workbook.fields import year_of
from awards.workbook.figure_headings import Heading, typed
from awards.workbook.grid import Grid, Position
from awards.workbook.grid import Value as Cell

NUMBER = re.compile(r"([-+]?)((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)(.*)")
YEAR_DIGITS = 4
LONGEST = 40
"""Letters of a cell shown in a message."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cell is read by: its grid, the words, the unit of money where no heading has one."""

    grid: Grid
    words: Vocabulary
    unit: Fraction | None = None

    def value(self, at: Position, heading: Heading, name: str) -> Value | Problem | None:
        """The content of *at* as a value of the column *name*; None where it is blank."""
        broken = self.grid.broken.get(at)
        if broken is not None:
            return broken
        cell = self.grid.value(at)
        if cell is None or (isinstance(cell, str) and cell in terms().marks["people.nobody"]):
            return None
        return self.read(cell, self.grid.place(at), heading, name)

    def read(self, cell: Cell, place: Place, heading: Heading, name: str) -> Value | Problem:
        """What *cell*, which stands at *place*, says in the column *name*."""
        found = self._read(cell, self.words.holds(name), heading, name)
        if isinstance(found, Problem):
            values = {"found": str(cell)[:LONGEST], **found.values}
            return Problem(found.code, place, "error", values)
        return found

    def _read(self, cell: Cell, holds: Holds, heading: Heading, name: str) -> Value | Problem:
        if name == "year":
            year = year_of(cell)
            is_one = isinstance(year, int) and len(str(year)) == YEAR_DIGITS
            return year if is_one else problem("figure-not-a-year")
        if name == "term":
            term = term_of(str(cell))
            return problem("figure-not-a-term") if term is None else term
        if holds in NUMBERS:
            word = self.words.known(name, str(cell))
            return typed(word) if word else self._number(cell, holds, heading, name)
        if holds == "date":
            day = cell if isinstance(cell, date) else day_of(str(cell))
            return day if day is not None else problem("figure-not-a-day", column=name)
        if holds == "yes_or_no":
            answer = cell if isinstance(cell, bool) else terms().answer(str(cell))
            return answer if answer is not None else problem("figure-not-yes-or-no", column=name)
        text = " ".join(unicodedata.normalize("NFKC", str(cell)).split())
        word = self.words.known(name, text)
        if word is None and name == "source":
            return problem("unknown-source", near=self.words.near(name, text))
        if word is None and not self.words.is_open(name):
            known = [each.zh for each in self.words.words[name].values()]
            told = {"column": self.words.name(name, "zh"), "known": "、".join(known)}
            return Problem("unknown-figure-word", values=told)
        return typed(word) if word else text

    def _number(self, cell: Cell, holds: Holds, heading: Heading, name: str) -> Value | Problem:
        """A number in yuan, in what is counted, or as a share."""
        if isinstance(cell, bool | date):
            return problem("figure-not-a-number", column=self.words.name(name, "zh"))
        worth, unit = _parts(cell, self.words)
        if worth is None or (unit is not None and unit < 1 and holds != "share"):
            return problem("figure-not-a-number", column=self.words.name(name, "zh"))
        if holds in ("money", "per_head"):
            unit = unit or heading.unit or (self.unit if holds == "money" else None)
        elif holds == "share" and unit is None and heading.unit is not None:
            unit = heading.unit
        elif holds == "number":
            unit = unit or (heading.unit if heading.unit and heading.unit >= 1 else None)
        exact = worth * (unit or 1)
        if holds == "share" and exact > 1 and unit is None:
            return problem("figure-share", column=self.words.name(name, "zh"))
        if exact < 0 and holds != "money":
            return problem("figure-negative", column=self.words.name(name, "zh"))
        return plain(exact)


def _parts(cell: Cell, words: Vocabulary) -> tuple[Fraction | None, Fraction | None]:
    """The number in a cell, and the unit that stands beside it."""
    if isinstance(cell, int | Decimal):
        return Fraction(cell), None
    match = NUMBER.fullmatch(_bare(str(cell)))
    if not match:
        return None, None
    sign, digits, rest = match.groups()
    number = Fraction(digits.replace(",", "")) * (-1 if sign == "-" else 1)
    if not rest:
        return number, None
    unit = words.unit(rest)
    return (None, None) if unit is None else (number, unit)


def _bare(text: str) -> str:
    """*text* without white space and without a sign of money before it."""
    return terms().plain(text).lstrip("¥￥")


def plain(exact: Fraction) -> int | Decimal:
    """An exact number as figures hold it: whole, or a decimal; every unit is a power of ten."""
    if exact.denominator == 1:
        return int(exact)
    return Decimal(exact.numerator) / Decimal(exact.denominator)
