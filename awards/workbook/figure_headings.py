"""What the headings over a column of figures mean: a column, and what else they say of it.

在校生数 over 2023年 is the headcount of that year; 基本支出（万元） an amount from that source, in
tens of thousands. The words are data, in ``schedules/figures.toml``.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from awards.records import Value
from awards.terms import terms
from awards.vocabulary import BRACKET, Vocabulary
from awards.workbook.headings import bare
from awards.workbook.rows import says

YEAR = re.compile(r"((?:19|20)\d\d)年?度?")
FACETS = ("stage", "ownership", "grade", "student_type", "teacher_type", "region_level")
"""Columns of which a heading may be a word: 中职 over a headcount."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The column that is filled, what its heading says besides, the unit if it says one.

    ``is_total`` marks a column that adds up others; ``is_number`` one that numbers the rows.
    """

    column: str | None = None
    said: Mapping[str, Value] = field(default_factory=dict)
    unit: Fraction | None = None
    is_total: bool = False
    is_number: bool = False
    is_unclear: bool = False
    """Whether it is money in a unit that is not clear."""

    @property
    def is_known(self) -> bool:
        """Whether it means anything."""
        return bool(self.column or self.said or self.is_total or self.is_number)


def heading(lines: Sequence[str], words: Vocabulary) -> Heading:
    """What the heading *lines* of one column mean, the upper line first.

    The lowest line that names a column or a source counts; the others add what they say.
    """
    stated = (unit_in(line, words) for line in reversed(lines))
    unit = next((each for each in stated if each is not None), None)
    whole = _one("".join(lines), words)
    if whole.column or len(lines) == 1:
        return replace(whole, unit=unit)
    found = Heading(unit=unit)
    for line in reversed(lines):
        each = _one(line, words)
        if not (each.is_known or found.column or _is_unit(line, words)):
            return Heading(unit=unit)  # a part of what is above, but not known which
        takes_source = found.column in (None, "amount") and "source" not in found.said
        said = {n: v for n, v in each.said.items() if n != "source" or takes_source}
        found = replace(
            found,
            column=found.column or each.column,
            said={**said, **found.said},
            is_total=found.is_total or (each.is_total and found.column is None),
        )
    return found


def unit_in(text: str, words: Vocabulary) -> Fraction | None:
    """The unit that *text* states: in brackets, after 单位 or at its end; None without one.

    >>> from awards.vocabulary import vocabulary
    >>> unit_in("公用经费（万元）", vocabulary()), unit_in("金额单位：元", vocabulary())
    (Fraction(10000, 1), Fraction(1, 1))
    """
    plain = terms().plain(text)
    stated = [match[0][1:-1] for match in BRACKET.finditer(plain)]
    if match := re.search(r"单位[::]?([^\s,;。、()]+)", plain):
        stated.append(match[1])
    for each in stated:
        each = each.removeprefix("单位").lstrip(":")
        for part in re.split(r"[/每]", each)[:1]:
            if (found := words.unit(part)) is not None:
                return found
    return None


def has_several_units(text: str, words: Vocabulary) -> bool:
    """Whether *text* states more than one unit: 单位：元、万元."""
    plain = terms().plain(text)
    if not (match := re.search(r"单位[::]?(.*)", plain)):
        return False
    parts = re.split(r"[,;。、/()和]", match[1])
    return len({worth for part in parts if (worth := words.unit(part)) is not None}) > 1


def _is_unit(line: str, words: Vocabulary) -> bool:
    """Whether a line says no more than a unit."""
    plain = bare(line)
    return not BRACKET.sub("", plain) or words.unit(plain) is not None


def _one(line: str, words: Vocabulary) -> Heading:
    """What one line means by itself; a year or a facet may stand before or behind a column."""
    plain = bare(line)
    if says("rows.number", plain):
        return Heading(is_number=True)
    found = _plain(line, words)
    if found.is_known:
        return found
    short = BRACKET.sub("", plain)
    if says("rows.total", short):
        return Heading(is_total=True)
    if match := YEAR.match(short):
        rest = _plain(short[match.end() :], words)
        if rest.column or match.end() == len(short):
            return replace(rest, said={**rest.said, "year": int(match[1])})
    for name in FACETS:
        for cut in range(len(short) - 1, 1, -1):
            word, rest = words.known(name, short[:cut]), _plain(short[cut:], words)
            if word and rest.column:
                return replace(rest, said={**rest.said, name: typed(word)})
    return Heading()


def _plain(text: str, words: Vocabulary) -> Heading:
    """What *text* means as it stands: a column, a source of money, a year, a facet."""
    if not text:
        return Heading()
    if column := words.column(text):
        return Heading(column)
    if source := words.known("source", text):
        return Heading("amount", {"source": source})
    if match := YEAR.fullmatch(terms().plain(BRACKET.sub("", text))):
        return Heading(said={"year": int(match[1])})
    for name in FACETS:
        if (word := words.known(name, text)) and not bare(text).isdecimal():
            return Heading(said={name: typed(word)})
    return Heading()


def typed(word: str) -> Value:
    """A word as rules compare it: a grade is a number."""
    return int(word) if word.isdecimal() else word
