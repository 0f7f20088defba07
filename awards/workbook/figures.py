"""Figures in workbooks: sheets of headcounts, money and counts → rows that rules are held to."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from difflib import get_close_matches
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

from awards.figures import Figure, Figures
from awards.problems import Place, Problem, Severity, problem
from awards.terms import terms
from awards.vocabulary import Vocabulary, vocabulary
from awards.workbook.doubtful import settled
from awards.workbook.figure_cells import Reading
from awards.workbook.figure_rows import Row, read_row
from awards.workbook.figure_tables import FigureTable, figure_tables, is_number
from awards.workbook.grid import Grid, Position, letters
from awards.workbook.layout import is_wide, repeats
from awards.workbook.limits import LIMITS, Limits
from awards.workbook.pause import no_collection
from awards.workbook.repeated import distinct
from awards.workbook.rows import says
from awards.workbook.sources import read_books

if TYPE_CHECKING:
    from awards.schedule import Schedule

SHOWN = 20
"""Letters of a remark shown in a note."""


def read_figures(
    *paths: str | Path,
    schedules: "Iterable[Schedule]" = (),
    year: int | None = None,
    hidden: bool = False,
    blank_is_zero: bool = False,
    limits: Limits = LIMITS,
) -> Figures:
    """The figures of files, and every problem met; FileError where a file cannot be read at all.

    A folder stands for the workbooks in it. Headings are known by the general words and by the
    columns that *schedules* declare; what else there is stays under its heading, with a warning
    where it holds numbers. A blank cell under a source of money is an amount that is not known:
    blank is not zero, unless *blank_is_zero* says so. *year* holds for tables that name none.
    *hidden* sheets are read where it is asked.
    """
    documents = tuple(schedules)
    words = vocabulary()
    for schedule in documents:
        words = schedule.vocabulary_over(words)
    parts: list[Figures] = []
    with no_collection():
        for book in read_books(paths, limits):
            parts.append(Figures((), tuple(book.problems)))
            parts += (sheet_figures(grid, words, year, hidden) for grid in book.grids)
    found = beside_each_other(together(parts), words, blank_is_zero)
    found = replace(found, problems=(*found.problems, *_strangers(found, documents)))
    if found.figures:
        return found
    problems = (_worse(each) if each.code == "no-figures" else each for each in found.problems)
    return replace(found, problems=tuple(problems))


def beside_each_other(found: Figures, words: Vocabulary, blank_is_zero: bool) -> Figures:
    """*found* without what several tables say, and with what is doubtful of them together."""
    return settled(distinct(found, words), words, blank_is_zero=blank_is_zero)


def _strangers(found: Figures, schedules: "Sequence[Schedule]") -> Iterator[Problem]:
    """An error at each figure for a rule that none of *schedules* has: it would be for nothing."""
    known = {name for schedule in schedules for name in schedule.rules}
    told = set()
    for each in found.figures:
        rule = each.columns.get("rule")
        place = each.at("rule")
        if known and rule is not None and str(rule) not in known and place not in told:
            told.add(place)
            near = next(iter(get_close_matches(str(rule), known, 1)), "")
            yield problem("unknown-rule-row", place, "error", found=rule, near=near)


def _worse(found: Problem) -> Problem:
    return replace(found, severity="error")


def together(parts: Iterable[Figures]) -> Figures:
    """One from several, in order; each problem once."""
    parts = tuple(parts)
    return Figures(
        tuple(each for part in parts for each in part.figures),
        tuple(dict.fromkeys(each for part in parts for each in part.problems)),
    )


def sheet_figures(grid: Grid, words: Vocabulary, year: int | None, hidden: bool) -> Figures:
    """The figures of one sheet; a hidden one is told and left alone unless it is asked for."""
    place = Place(grid.file, grid.sheet)
    if grid.hidden and not hidden:
        return Figures((), (problem("hidden-sheet", place, "warning"),))
    tables = figure_tables(grid, words, year)
    if tables:
        return together(_table(grid, table, words) for table in tables)
    is_text = not any(is_number(grid.value(at)) for row in grid.rows for at in grid.own(row))
    severity: Severity = "info" if is_text else "warning"
    return Figures((), (problem("no-figures" if grid.rows else "empty-sheet", place, severity),))


@dataclass(slots=True)
class _Sums:
    """The numbers of each column, to hold a sum of the sheet against them."""

    whole: dict[int, list[Decimal]] = field(default_factory=dict)

    def take(self, table: FigureTable, reading: Reading, row: int) -> None:
        """Add the numbers of *row*."""
        for column, value in _numbers(table, reading, row):
            self.whole.setdefault(column, []).append(value)

    def differing(self, table: FigureTable, reading: Reading, row: int) -> Iterator[Problem]:
        """A warning at each sum in *row* that is neither of all above nor of the last of them."""
        for column, stated in _numbers(table, reading, row):
            above = self.whole.get(column, [])
            if above and stated not in _endings(above):
                place = reading.grid.place((row, column))
                expected = sum(above)
                yield problem("total-differs", place, "warning", found=stated, expected=expected)


def _numbers(table: FigureTable, reading: Reading, row: int) -> Iterator[tuple[int, Decimal]]:
    """The counts and money of *row* by column; what is no number has been told, or will be."""
    for column in table.columns:
        name = column.heading.column
        if name is not None and reading.words.holds(name) in ("number", "money"):
            at = reading.grid.source((row, column.index))
            value = reading.value(at, column.heading, name)
            if column.heading.is_unclear or isinstance(value, bool):
                continue
            if isinstance(value, int | Decimal):
                yield column.index, Decimal(value)


def _endings(numbers: Sequence[Decimal]) -> Iterator[Decimal]:
    """The sums of the last of *numbers*, of one, two and so on up to all."""
    return accumulate(reversed(numbers))


def _table(grid: Grid, table: FigureTable, words: Vocabulary) -> Figures:
    """The figures of one table, with what is doubtful in it."""
    reading = Reading(grid, words, table.unit)
    figures: list[Figure] = []
    problems = [*table.problems, *about_table(grid, table, words)]
    sums = _Sums()
    sheet = Place(grid.file, grid.sheet)
    problems += hidden_parts(grid, table)
    for number in table.rows:
        note = skipped(grid, table, number, words)
        if note is not None:
            problems.append(note)
            if note.code == "skipped-total":
                problems += sums.differing(table, reading, number)
            continue
        row: Row = read_row(table, reading, number)
        problems += row.problems
        if row.has_numbers or len(row.said) > len(table.said):
            figures += row.figures(sheet)
            sums.take(table, reading, number)
    return Figures(tuple(figures), tuple(problems))


def hidden_parts(grid: Grid, table: FigureTable) -> Iterator[Problem]:
    """A warning where rows or columns of the table are hidden: they are read all the same."""
    place = Place(grid.file, grid.sheet)
    rows = [row for row in table.rows if row in grid.hidden_rows and grid.own(row)]
    if rows:
        at = replace(place, row=rows[0])
        yield problem("hidden-rows", at, "warning", count=len(rows), row=rows[0])
    columns = [each.index for each in table.columns if each.index in grid.hidden_columns]
    if columns:
        first = letters(columns[0])
        yield problem("hidden-columns", place, "warning", count=len(columns), column=first)


def about_table(grid: Grid, table: FigureTable, words: Vocabulary) -> Iterator[Problem]:
    """What there is to say of a table: the year of its title, no unit, columns not known."""
    if table.title is not None:
        told = {"field": terms().columns["year"][0], "found": table.said["year"]}
        yield problem("from-title", grid.place(table.title), "info", **told)
    money = [
        column
        for column in table.columns
        if column.heading.column and words.holds(column.heading.column) == "money"
    ]
    if money and table.unit is None and all(each.heading.unit is None for each in money):
        yield problem("no-unit", grid.place(money[0].cell), "info", heading=money[0].text)
    for column in table.columns:
        if column.heading.is_known or not column.text:
            continue
        values = (grid.value((row, column.index)) for row in table.rows)
        has_numbers = any(not isinstance(each, str | bool | None) for each in values)
        severity: Severity = "warning" if has_numbers else "info"
        yield problem("unknown-figure", grid.place(column.cell), severity, heading=column.text)


def _adds_up(grid: Grid, at: Position, words: Vocabulary) -> str | None:
    """The text of *at* where it says that the row adds others up."""
    value = grid.value(at)
    if not isinstance(value, str) or not (says("rows.total", value) or words.is_sum(value)):
        return None
    return value[:SHOWN]


def skipped(grid: Grid, table: FigureTable, row: int, words: Vocabulary) -> Problem | None:
    """The note on a row that holds no figures: the header again, a total, an example, a remark."""
    own = grid.own(row)
    if not own:
        return problem("skipped-note", Place(grid.file, grid.sheet, None, row), "info", found="")
    text, place = grid.text(own[0]), grid.place(own[0])
    if repeats(grid, row, table.header):
        return problem("skipped-header", place, "info")
    said = next((each for at in own if (each := _adds_up(grid, at, words))), None)
    if said and len(own) > 1:
        return problem("skipped-total", place, "info", found=said)
    parts = [grid.text(at) for at in own if words.is_part(grid.text(at))]
    if parts and len(own) > 1:
        return problem("skipped-part", place, "warning", found=parts[0])
    if says("rows.example", text):
        return problem("skipped-example", place, "info")
    has_numbers = any(
        is_number(grid.value((row, column.index)))
        for column in table.columns
        if not column.heading.is_number
    )
    is_remark = says("rows.note", text) and not has_numbers
    if is_remark or (len(own) == 1 and not has_numbers and is_wide(grid, own[0])):
        return problem("skipped-note", place, "info", found=text[:SHOWN])
    return None
