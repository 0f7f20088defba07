"""Where the tables of a sheet are: title lines, header of one to three lines, columns.

A header is found by its words, not by its row number; columns may stand in any order.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from awards.problems import Problem
from awards.terms import terms
from awards.workbook.columns import Column, heading_cells, meaning_of, raw_column, settle
from awards.workbook.grid import Grid, Position
from awards.workbook.headings import (
    FACT,
    PADDING,
    Meaning,
    bare,
    first_letters,
    is_heading,
    is_prize,
    meaning,
)

SEARCHED = 30
"""Rows in which the first header must begin."""
HEADER_LINES = 3
"""Lines a header may have."""
COLUMNS_OF_PRIZES = 2
"""Columns, one a prize, that a header needs to have any."""
DISTINCT = 3
"""Headings that a line below a table needs to begin another one."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a sheet: cells of its title lines, header rows, columns, rows below.

    ``faults`` make every row doubtful (two columns for one field); ``problems`` do not.
    """

    titles: tuple[Position, ...]
    header: range
    columns: tuple[Column, ...]
    rows: tuple[int, ...]
    faults: tuple[Problem, ...] = ()
    problems: tuple[Problem, ...] = ()

    def names(self) -> tuple[Column, ...]:
        """The columns that hold names of people, from the left."""
        return tuple(column for column in self.columns if column.meaning.is_names)


def tables(grid: Grid) -> tuple[Table, ...]:
    """The tables of a sheet from top to bottom; none where no header is recognised."""
    header = header_of(grid)
    found: list[Table] = []
    start = 0
    while header is not None:
        below = grid.rows[bisect_left(grid.rows, header.stop) :]
        following = _next(grid, below, header)
        until = _title_start(grid, below, following.start) if following else None
        rows = below if until is None else below[: bisect_left(below, until)]
        found.append(_table(grid, start, header, rows))
        header, start = following, until or 0
    return tuple(found)


def header_of(grid: Grid) -> range | None:
    """The rows of the first header of a sheet, None where none is recognised."""
    if grid.said.header is not None:
        return grid.said.header
    return _find(grid, grid.rows[:SEARCHED])


def _find(grid: Grid, rows: Sequence[int]) -> range | None:
    """The header rows among *rows*: most fields, then fewest lines, then the upper one."""
    best: tuple[int, int, int] | None = None
    for start in rows:
        for lines in range(1, HEADER_LINES + 1):
            window = _whole(grid, range(start, start + lines))
            score = _rated(grid, window) if len(window) <= HEADER_LINES else 0
            if score and (best is None or (score, -len(window), -start) > best):
                best = (score, -len(window), -start)
    return range(-best[2], -best[2] - best[1]) if best else None


def _rated(grid: Grid, window: range) -> int:
    """The score of a window; 0 where columns of prizes in it may be prizes that were won."""
    meanings = _meanings(grid, window)
    prizes = {each.prize for each in meanings if each.prize}
    if prizes and (len(prizes) < COLUMNS_OF_PRIZES or not _is_prize_line(grid, window)):
        return 0
    return _score(meanings)


def _is_prize_line(grid: Grid, window: range) -> bool:
    """Whether the line that names prizes holds nothing else but headings."""
    for row in window:
        texts = [grid.text(at) for at in grid.own(row)]
        if any(map(is_prize, texts)):
            return all(is_prize(text) or meaning([text]) != FACT or _counts(text) for text in texts)
    return False


def _counts(text: str) -> bool:
    """Whether a heading is that of a column that only counts the rows."""
    return bare(text) in terms().marks["rows.number"]


def _whole(grid: Grid, window: range) -> range:
    """*window* down to the end of the merged ranges that begin in it."""
    ends = (grid.ends[at][0] for row in window for at in grid.own(row) if at in grid.ends)
    return range(window.start, max((window.stop - 1, *ends)) + 1)


def _score(meanings: Sequence[Meaning]) -> int:
    """How many fields a header has, 0 where it is none of a result list.

    It is one with a column of names and another field, or a prize and two more.
    """
    fields = {each for each in meanings if each.field}
    has_names = any(each.is_names for each in fields)
    has_prize = any(each.field in ("prize", "placing") for each in fields)
    return len(fields) if (has_names and len(fields) > 1) or (has_prize and len(fields) > 2) else 0


def _next(grid: Grid, rows: Sequence[int], header: range) -> range | None:
    """The header of another table below, if there is one; a repeated header is none."""
    known = _heading_texts(grid, rows)
    for row in rows:
        line = grid.lines.get(row, ())
        if len(known.intersection(line)) < DISTINCT:
            continue
        if repeats(grid, row, header) or not _rated(grid, range(row, row + 1)):
            continue
        near = [other for other in (row - 1, row) if other in rows]
        return _find(grid, near)
    return None


def _heading_texts(grid: Grid, rows: Sequence[int]) -> frozenset[object]:
    """The texts in *rows* that are headings: among many thousand texts there are few, so those
    that begin like none are passed over.
    """
    values: set[object] = set()
    values.update(*(grid.lines.get(row, ()) for row in rows))
    starts = first_letters()
    return frozenset(
        value
        for value in values
        if isinstance(value, str)
        and not value.isdecimal()
        and value.lstrip(PADDING)[:1].lower() in starts
        and (is_heading(value) or is_prize(value))
    )


def repeats(grid: Grid, row: int, header: range) -> bool:
    """Whether *row* says the same as a line of *header*: it is printed again on each page."""
    own = grid.own(row)
    first = own[0] if own else (row, 1)
    if grid.text(first) not in [grid.text((line, first[1])) for line in header]:
        return False
    return len(own) > 1 and all(
        grid.text(at) and grid.text(at) in [grid.text((line, at[1])) for line in header]
        for at in own
    )


def _title_start(grid: Grid, rows: Sequence[int], header: int) -> int:
    """The first of the title lines right above *header*: lines with a single cell."""
    start = header
    for row in reversed(rows[: bisect_left(rows, header)]):
        if len(grid.own(row)) != 1 or row != start - 1 or not is_wide(grid, grid.own(row)[0]):
            break
        start = row
    return start


def is_wide(grid: Grid, at: Position) -> bool:
    """Whether *at* is merged across at least three columns."""
    return at in grid.ends and grid.ends[at][1] - at[1] >= 2


def _width(grid: Grid, window: range) -> int:
    own = [at for row in window for at in grid.own(row)]
    return max((max(at[1], grid.ends.get(at, at)[1]) for at in own), default=0)


def _meanings(grid: Grid, window: range) -> list[Meaning]:
    every = range(1, _width(grid, window) + 1)
    columns = ((index, heading_cells(grid, window, index)) for index in every)
    return [meaning_of(grid, i, [grid.text(at) for at in lines]) for i, lines in columns if lines]


def _table(grid: Grid, start: int, header: range, rows: tuple[int, ...]) -> Table:
    titles = tuple(at for row in grid.rows if start <= row < header.start for at in grid.own(row))
    filled = grid.filled_columns(rows)
    over = range(1, _width(grid, header) + 1)
    raw = [
        raw_column(grid, index, heading_cells(grid, header, index), header)
        for index in sorted(filled.union(over))
        if index in filled or heading_cells(grid, header, index)
    ]
    columns, faults, problems = settle(grid, raw)
    return Table(titles, header, columns, rows, faults, problems)
