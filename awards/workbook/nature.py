"""What a sheet is that is no list of results: a rate table, a payout form, figures, counts.

It is told by its headings and by what stands under them, and named; nothing is read from it.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Literal

from awards.terms import terms
from awards.words import LANGS, say
from awards.workbook.grid import Grid, Position
from awards.workbook.headings import bare, is_prize
from awards.workbook.layout import SEARCHED, Table

Nature = Literal["sheet-is-rates", "sheet-is-payouts", "sheet-is-figures", "sheet-is-counts"]


def nature(grid: Grid, found: Sequence[Table]) -> Nature | None:
    """The code of what a sheet is; None for a list of results, or where it does not tell."""
    lines = [[(at, grid.text(at)) for at in grid.own(row)] for row in grid.rows[:SEARCHED]]
    heads = max(lines, key=lambda line: (_headings(line), len(line)), default=[])
    words = [bare(text) for _, text in heads]
    has_names = any(table.names() for table in found) and not _are_numbers(grid, found)
    if any({"payee", "amount", "status"} <= {text for _, text in line} for line in lines):
        return "sheet-is-payouts"  # as awards pay writes it in a text file
    if _any(words, "natures.amount") and _any(words, "natures.receipt"):
        return "sheet-is-payouts"
    if has_names:
        return None
    if any(_is_crosstab(grid, line) for line in lines) or _are_numbers(grid, found):
        title = "".join(text for line in lines for _, text in line)
        is_money = any(word in title for word in terms().marks["natures.money"])
        has_levels = any(terms().canonical("level", text) for line in lines for _, text in line)
        return "sheet-is-rates" if is_money or has_levels else "sheet-is-counts"
    fields = {column.meaning.field for table in found for column in table.columns}
    if _any(words, "natures.rate") and fields.isdisjoint({"school", "team", "event"}):
        return "sheet-is-rates"
    figures = [word for word in words if any(w in word for w in terms().marks["natures.figures"])]
    return "sheet-is-figures" if len(figures) > 1 and not found else None


def is_own(grid: Grid) -> bool:
    """Whether a sheet is the list of problems that this software puts into a workbook."""
    first = [grid.text(at) for row in grid.rows[:1] for at in grid.own(row)]
    names = ("number", "severity", "sheet", "cell", "message", "hint")
    return any(first == [say(f"column.{name}", lang) for name in names] for lang in LANGS)


def _headings(line: Sequence[tuple[Position, str]]) -> int:
    """How many of the words by which a sheet is told stand in *line*."""
    texts = [bare(text) for _, text in line]
    every = ("amount", "receipt", "rate")
    return sum(_any([text], f"natures.{kind}") for text in texts for kind in every) + sum(
        any(word in text for word in terms().marks["natures.figures"]) for text in texts
    )


def _any(words: Iterable[str], mark: str) -> bool:
    """Whether one of *words* is, but for what stands in brackets, a word of *mark*."""
    known = set(map(bare, terms().marks[mark]))
    return any(word.partition("(")[0] in known for word in words)


def _are_numbers(grid: Grid, found: Sequence[Table]) -> bool:
    """Whether there are columns of prizes, and in them numbers where names would stand."""
    values = [
        grid.text((row, column.index))
        for table in found
        for column in table.columns
        if column.meaning.prize
        for row in table.rows
    ]
    filled = [value for value in values if value]
    return bool(filled) and all(map(_is_amount, filled))


def _is_crosstab(grid: Grid, line: Sequence[tuple[Position, str]]) -> bool:
    """Whether *line* names levels or prizes over columns that hold amounts and nothing else."""
    named = [at for at, text in line if is_prize(text) or terms().canonical("level", text)]
    if len(named) < 2:
        return False
    below = [row for row in grid.rows if row > named[0][0]][:SEARCHED]
    values = [text for row in below for at in named if (text := grid.text((row, at[1])))]
    return bool(values) and all(map(_is_amount, values))


def _is_amount(text: str) -> bool:
    """Whether *text* is a number, with or without a unit."""
    plain = terms().plain(text)
    units = "".join(terms().marks["natures.unit"])
    return plain[:1].isdecimal() and not re.sub(r"[\d.,]", "", plain).strip(units)
