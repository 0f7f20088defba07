"""Where the tables of figures of a sheet are, what each column means, what the title adds."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from awards.problems import Problem, problem
from awards.records import Value
from awards.terms import terms
from awards.vocabulary import NUMBERS, Vocabulary
from awards.workbook.columns import heading_cells
from awards.workbook.figure_headings import Heading, has_several_units, heading, unit_in
from awards.workbook.grid import Grid, Position
from awards.workbook.grid import Value as Cell
from awards.workbook.layout import HEADER_LINES, SEARCHED, repeats
from awards.workbook.phrases import years_in

MEASURES = (*NUMBERS, "date", "yes_or_no")
"""What a column of a table of figures holds at least once."""
LEAST = 2
"""Headings that a header of figures has at least."""


@dataclass(frozen=True, slots=True)
class FigureColumn:
    """One column: its number, the cell of its heading, its words, its meaning."""

    index: int
    cell: Position
    text: str
    heading: Heading


@dataclass(frozen=True, slots=True)
class FigureTable:
    """One table: header rows, columns, rows below, and what its title says of every row."""

    header: range
    columns: tuple[FigureColumn, ...]
    rows: tuple[int, ...]
    said: Mapping[str, Value]
    unit: Fraction | None
    title: Position | None = None
    """The title that says the year, where one does."""
    problems: tuple[Problem, ...] = ()

    def fills(self, column: str) -> bool:
        """Whether a column of the table, or its title, fills *column*."""
        of_columns = (each.heading for each in self.columns)
        return column in self.said or any(
            each.column == column or column in each.said for each in of_columns
        )


def figure_tables(grid: Grid, words: Vocabulary, year: int | None) -> tuple[FigureTable, ...]:
    """The tables of a sheet from the top; none where no header is recognised.

    *year* holds for a table that names none; it goes before a title, not before a column.
    """
    headers = list(_headers(grid, words))
    stops = [*(header.start for header in headers[1:]), None] if headers else []
    found, start = [], 0
    for header, stop in zip(headers, stops, strict=True):
        rows = tuple(row for row in grid.rows if row >= header.stop and (not stop or row < stop))
        titles = [at for row in grid.rows if start <= row < header.start for at in grid.own(row)]
        found.append(_table(grid, header, rows, titles[-SEARCHED:], words, year))
        start = header.stop
    return tuple(found)


def _headers(grid: Grid, words: Vocabulary) -> Iterator[range]:
    """The headers from the top; a header that is printed again is none."""
    after = 0
    known: range | None = None
    for row in grid.rows:
        if row < after or (known is None and row > SEARCHED + grid.rows[0]):
            continue
        if known is not None and repeats(grid, row, known):
            continue
        header = _best(grid, row, words)
        if header is not None:
            yield header
            known, after = header, header.stop


def _best(grid: Grid, row: int, words: Vocabulary) -> range | None:
    """The header that begins in *row*: of one to three lines, the one that says most."""
    windows = [_covered(grid, range(row, row + lines)) for lines in range(1, HEADER_LINES + 1)]
    scores = [_score(grid, window, words) for window in windows]
    best = max(scores)
    if best < LEAST:
        return None
    if scores[0] >= LEAST:
        return windows[scores.index(best)]
    below = (range(row + n, row + n + lines) for n in (1, 2) for lines in range(1, HEADER_LINES))
    if any(_score(grid, window, words) >= best for window in below):
        return None  # what is below says as much without this row, which is a title then
    return windows[scores.index(best)]


def _covered(grid: Grid, window: range) -> range:
    """*window* down to the end of the merged ranges that begin in it: a header has them whole."""
    ends = (grid.ends[at][0] for row in window for at in grid.own(row) if at in grid.ends)
    return range(window.start, max((window.stop - 1, *ends)) + 1)


def _score(grid: Grid, window: range, words: Vocabulary) -> int:
    """How much its columns say; 0 where they neither measure nor describe anything.

    A line with numbers of its own is no header.
    """
    lines = [grid.own(row) for row in window]
    if (
        len(window) > HEADER_LINES
        or not all(lines)
        or any(_is_of_numbers(grid, own, words) for own in lines)
    ):
        return 0
    last = max(at[1] for own in lines for at in own)
    found = [
        heading([grid.text(at) for at in cells], words)
        for index in range(1, last + 1)
        if (cells := heading_cells(grid, window, index))
    ]
    columns = [each.column for each in found if each.column]
    described = ("value", *words.words)
    if not any(words.holds(name) in MEASURES or name in described for name in columns):
        return 0
    if any(e.said and e.column and words.holds(e.column) == "text" for e in found):
        return 0  # 中职 below 学段 is the first row of the table
    return len(columns) + sum(len(each.said) for each in found if each.column)


def _is_of_numbers(grid: Grid, own: Sequence[Position], words: Vocabulary) -> bool:
    numbers = [value for at in own if is_number(value := grid.value(at))]
    return any(not heading([str(value)], words).said for value in numbers)


def is_number(value: Cell | None) -> bool:
    """Whether a cell holds a number, be it as text."""
    if isinstance(value, str):
        return terms().number(value) is not None
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def _table(
    grid: Grid,
    header: range,
    rows: tuple[int, ...],
    titles: Sequence[Position],
    words: Vocabulary,
    year: int | None,
) -> FigureTable:
    own = [at for row in header for at in grid.own(row)]
    width = max((max(at[1], grid.ends.get(at, at)[1]) for at in own), default=0)
    columns = []
    for index in sorted({*range(1, width + 1), *grid.filled_columns(rows)}):
        cells = heading_cells(grid, header, index)
        if cells or index in grid.filled_columns(rows):
            texts = [grid.text(at) for at in cells]
            at = cells[-1] if cells else (header.stop - 1, index)
            text = "".join("".join(texts).split())
            columns.append(FigureColumn(index, at, text, heading(texts, words)))
    settled, problems = _settled(grid, columns)
    unit = next((u for at in titles if (u := unit_in(grid.text(at), words)) is not None), None)
    settled, unclear = _in_one_unit(grid, settled, unit, titles, words)
    problems += unclear
    told = [each.heading for each in columns]
    if any(each.column == "year" or "year" in each.said for each in told):
        return FigureTable(header, settled, rows, {}, unit, None, tuple(problems))
    found, title = (year, None) if year is not None else _year(grid, titles)
    if found is None:
        found = next((y for y, is_of in years_in(grid.sheet) if is_of), None)
    said = {} if found is None else {"year": found}
    return FigureTable(header, settled, rows, said, unit, title, tuple(problems))


def _year(grid: Grid, titles: Sequence[Position]) -> tuple[int | None, Position | None]:
    """The year that the titles speak of, where it is one, with the cell that does."""
    said = [(year, at) for at in titles for year, is_of in years_in(grid.text(at)) if is_of]
    return said[0] if len({year for year, _ in said}) == 1 else (None, None)


def _in_one_unit(
    grid: Grid,
    columns: Sequence[FigureColumn],
    unit: Fraction | None,
    titles: Sequence[Position],
    words: Vocabulary,
) -> tuple[tuple[FigureColumn, ...], list[Problem]]:
    """*columns*, those of money left alone whose unit is not clear.

    So it is where others state one and they do not, or the title states several.
    """
    money = [each for each in columns if words.holds(each.heading.column or "") == "money"]
    stated = [each for each in money if each.heading.unit is not None]
    several = any(has_several_units(grid.text(at), words) for at in titles)
    if not several and (unit is not None or len(stated) in (0, len(money))):
        return tuple(columns), []
    doubtful = [each for each in money if each.heading.unit is None]
    problems = [
        problem("unit-unclear", grid.place(each.cell), "error", heading=each.text)
        for each in doubtful
    ]
    unclear = {each.index for each in doubtful}
    kept = (replace(c, heading=replace(c.heading, is_unclear=c.index in unclear)) for c in columns)
    return tuple(kept), problems


def _across(column: FigureColumn, columns: Sequence[FigureColumn]) -> FigureColumn:
    """A column headed only by a year: of amounts or values, where the rows say of what.

    Without a column that says so it means nothing, and is told where it holds numbers.
    """
    own = column.heading
    if own.column or not own.said:
        return column
    named = {each.heading.column for each in columns}
    fills = "amount" if "source" in named else "value" if "figure" in named else None
    if fills is None or fills in named:
        return replace(column, heading=Heading())
    return replace(column, heading=replace(own, column=fills))


def _settled(
    grid: Grid, columns: Sequence[FigureColumn]
) -> tuple[tuple[FigureColumn, ...], list[Problem]]:
    """*columns* with sums left out where their parts are there; a problem for two that are one."""
    columns = [_across(each, columns) for each in columns]
    parts = Counter(
        each.heading.column for each in columns if each.heading.column and not each.heading.is_total
    )
    kept: list[FigureColumn] = []
    problems: list[Problem] = []
    seen: dict[object, int] = {}
    for each in columns:
        own = each.heading
        if own.is_total and own.column and not parts[own.column]:
            each = replace(each, heading=replace(own, is_total=False))
        key = (own.column, tuple(sorted(own.said.items(), key=str)))
        if own.column and not each.heading.is_total:
            if key in seen:  # neither is taken: which one counts is not clear
                other = kept[seen[key]]
                values = {"heading": each.text, "other": other.text}
                cell = grid.place(other.cell).cell or ""
                at = grid.place(each.cell)
                problems.append(problem("two-columns-one-field", at, "error", cell=cell, **values))
                each = replace(each, heading=Heading())
                kept[seen[key]] = replace(other, heading=Heading())
            else:
                seen[key] = len(kept)
        kept.append(each)
    return tuple(kept), problems
