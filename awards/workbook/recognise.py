"""What the sheets of a list are taken for: columns, titles, kinds of rows, and how sure that is.

It is what ``awards check`` shows, and what a mapping file is written from.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Literal, get_args

from awards.report import ProblemList
from awards.terms import terms
from awards.words import LANGS, say
from awards.workbook.beside import blocks
from awards.workbook.columns import Column, raw_column
from awards.workbook.extras import kind_of
from awards.workbook.grid import Grid, cell_name, letters
from awards.workbook.headings import Meaning, bare, is_heading, is_prize
from awards.workbook.layout import SEARCHED, Table, tables
from awards.workbook.limits import LIMITS, Limits
from awards.workbook.mapping import (
    NO_MAPPING,
    Mappings,
    SheetKind,
    SheetMap,
    key_of,
    parsed,
    text_of,
    written,
)
from awards.workbook.nature import nature
from awards.workbook.people import split_names
from awards.workbook.rows import kinds
from awards.workbook.sections import sections
from awards.workbook.sources import read_books
from awards.workbook.titles import known

Sureness = Literal["told", "sure", "likely", "doubtful", "unknown"]
"""``told``: by the user. ``sure``: the heading is a word for it. ``likely``: it is made of such
words, or goes by its neighbours. ``doubtful``: there is a problem with it. ``unknown``: a fact.
"""


@dataclass(frozen=True, slots=True)
class SeenColumn:
    """One column: letters, heading, what it is taken for as a mapping writes it, how sure.

    ``fits`` of its ``filled`` cells can be read as that.
    """

    letters: str
    heading: str
    key: str
    means: str
    sure: Sureness
    fits: int
    filled: int


@dataclass(frozen=True, slots=True)
class SeenTable:
    """One table: rows of its header, what holds for all of it, columns, rows by kind."""

    header: tuple[int, int]
    stated: Mapping[str, tuple[str, str | None]]
    """Value, and the cell it is from: None for the name of the sheet or the file."""
    columns: tuple[SeenColumn, ...]
    rows: Mapping[str, tuple[tuple[int, int], ...]]
    """For each kind of row the first and the last of each run of them."""


@dataclass(frozen=True, slots=True)
class SeenSheet:
    """One sheet: what it is, its title lines (cell and text), its tables."""

    file: str
    sheet: str
    kind: str
    titles: tuple[tuple[str, str], ...] = ()
    tables: tuple[SeenTable, ...] = ()


class CheckReport(ProblemList):
    """The outcome of ``awards check``: person-rows read, what is wrong with them, and what each
    sheet was taken for.
    """

    sheets: tuple[SeenSheet, ...]


def recognise(
    *paths: str | Path, mapping: Mappings = NO_MAPPING, limits: Limits = LIMITS
) -> tuple[SeenSheet, ...]:
    """What each sheet of *paths* is taken for; FileError where a file cannot be read."""
    return tuple(
        _sheet(replace(grid, said=mapping.of(grid.sheet)))
        for book in read_books(paths, limits)
        for grid in book.grids
    )


def _sheet(grid: Grid) -> SeenSheet:
    if grid.hidden or not grid.rows or grid.said.kind == "skip":
        kind = "hidden" if grid.hidden else "empty" if not grid.rows else "skip"
        return SeenSheet(grid.file, grid.sheet, kind)
    parts = [(part, tables(part)) for part in blocks(grid)]
    found = [(part, table) for part, own in parts for table in own]
    other = None if grid.said.kind else nature(grid, [table for _, table in found])
    kind = (
        kind_of(grid)
        or (other or "").removeprefix("sheet-is-")
        or ("results" if found else "unknown")
    )
    if kind == "unknown":
        return SeenSheet(grid.file, grid.sheet, kind, tables=tuple(_guessed(grid)))
    if kind != "results":
        return SeenSheet(grid.file, grid.sheet, kind)
    first = found[0][1]
    titles = tuple((cell_name(at), grid.text(at)) for _, t in found for at in t.titles)
    seen = (_table(part, each, None if each is first else first) for part, each in found)
    return SeenSheet(grid.file, grid.sheet, kind, tuple(dict.fromkeys(titles)), tuple(seen))


def _table(grid: Grid, table: Table, above: Table | None) -> SeenTable:
    kind_of_row = kinds(grid, table)
    lines = {row: kind for row, kind in kind_of_row.items() if kind in ("section", "line")}
    said = known(grid, table, None, sections(grid, table, lines).fields(), above)
    rows = [row for row, kind in kind_of_row.items() if kind == "result"]
    return SeenTable(
        (table.header.start, table.header.stop - 1),
        {name: (str(value), said.cells.get(name)) for name, value in said.values.items()},
        tuple(_column(grid, table, column, rows) for column in table.columns),
        _runs(kind_of_row),
    )


def _guessed(grid: Grid) -> Iterator[SeenTable]:
    """Where a sheet that is not recognised may have its header: a line of texts, the fullest."""
    texts = {
        row: [at for at in grid.own(row) if isinstance(grid.value(at), str)]
        for row in grid.rows[:SEARCHED]
    }
    best = max(texts, key=lambda row: (len(texts[row]), -row), default=None)
    if best is None or len(texts[best]) < 2:
        return
    columns = (raw_column(grid, at[1], [at], range(best, best + 1)) for at in texts[best])
    told = tuple(
        SeenColumn(
            letters(each.index),
            each.heading,
            key_of([each.heading]),
            written(each.meaning),
            "unknown" if each.meaning.field is None else "likely",
            0,
            0,
        )
        for each in columns
    )
    yield SeenTable((best, best), {}, told, {})


def _runs(kind_of_row: Mapping[int, str]) -> dict[str, tuple[tuple[int, int], ...]]:
    """The runs of rows of each kind that says something, in order."""
    found: dict[str, list[tuple[int, int]]] = {}
    for kind, run in groupby(sorted(kind_of_row), key=lambda row: kind_of_row[row]):
        rows = list(run)
        found.setdefault(kind, []).append((rows[0], rows[-1]))
    return {kind: tuple(runs) for kind, runs in found.items() if kind != "blank"}


def _column(grid: Grid, table: Table, column: Column, rows: Sequence[int]) -> SeenColumn:
    texts = [grid.text(at) for at in _header_cells(grid, table, column)]
    values = [grid.text(grid.source((row, column.index))) for row in rows]
    filled = [value for value in values if value]
    fits = sum(_fits(column, value) for value in filled)
    sure = _sure(grid, table, column, texts)
    means = written(column.meaning)
    if bare(column.heading) in terms().marks["rows.number"]:
        means, sure = IGNORED, "sure"
    name = letters(column.index)
    return SeenColumn(name, column.heading, key_of(texts), means, sure, fits, len(filled))


def _header_cells(grid: Grid, table: Table, column: Column) -> Iterator[tuple[int, int]]:
    cells = dict.fromkeys(grid.anchor((row, column.index)) for row in table.header)
    yield from (at for at in cells if at[0] in table.header and grid.text(at))


def _sure(grid: Grid, table: Table, column: Column, texts: Sequence[str]) -> Sureness:
    """How sure it is what *column* means."""
    if texts and grid.said.meaning(letters(column.index), texts) is not None:
        return "told"
    doubts = (*table.faults, *(each for each in table.problems if each.severity == "warning"))
    if any(each.place.cell == cell_name(column.cell) for each in doubts):
        return "doubtful"
    if column.meaning.field is None:
        return "unknown"
    is_word = bool(texts) and (is_heading(texts[-1]) or is_prize(texts[-1]))
    return "sure" if is_word and column.meaning.second is None else "likely"


def _fits(column: Column, value: str) -> bool:
    """Whether a cell can be read as what its column is taken for."""
    field = column.meaning.field
    if column.meaning.is_names:
        return not split_names(value.replace("/", "、")).unclear
    if field in ("level", "prize", "role"):
        kind: Literal["level", "prize", "role"] = field  # type: ignore[assignment]
        return bool(terms().canonical(kind, value) or terms().placing(value) or len(value) > _LONG)
    if field == "year":
        return value[:4].isdecimal()
    return True


IGNORED = "number"
"""What a column that only numbers the rows is shown to mean; it needs no word in a mapping."""
_LONG = 4
"""Letters from which a word may be a level and a prize in one."""


def mapping_of(sheets: Sequence[SeenSheet]) -> str:
    """A mapping file that says of *sheets* what they are taken for.

    A workbook of one list speaks of every sheet, so that the next one need not have its name. A
    sheet that was not recognised is in it with its headings, to be read once its kind is said.
    """
    lists = [each for each in sheets if each.kind == "results"]
    known = ("results", "facts", "ledger", "rulings")
    wanted = [each for each in sheets if each.kind in known or each.tables]
    named = len(wanted) > 1
    maps = [
        SheetMap(
            each.sheet if named or each not in lists else None,
            next((kind for kind in get_args(SheetKind) if kind == each.kind), "skip"),
            range(each.tables[0].header[0], each.tables[0].header[1] + 1)
            if each.kind == "unknown"
            else None,
            {key: means for table in each.tables for key, means in _said(table)},
        )
        for each in wanted
    ]
    head = "\n".join(say("mapping.head", lang) for lang in LANGS)
    return text_of(maps, [list(_comments(each)) for each in wanted], head)


def _said(table: SeenTable) -> Iterator[tuple[str, Meaning]]:
    """The key and the meaning of each column; by its letters where a heading comes twice."""
    keys = [column.key for column in table.columns]
    for column in table.columns:
        if column.means != IGNORED and (means := parsed(column.means)) is not None:
            is_double = not column.key or keys.count(column.key) > 1
            yield (f"[{column.letters}]" if is_double else column.key), means


def _comments(sheet: SeenSheet) -> Iterator[str]:
    """What is found by itself in each file, to be stated where it is wrong."""
    if sheet.kind == "unknown":
        yield f"kind: {', '.join(get_args(SheetKind))}"
        return
    for table in sheet.tables:
        yield f"header = [{', '.join(map(str, sorted(set(table.header))))}]"
        for name, (value, cell) in table.stated.items():
            yield f"title.{name} = {value!r} ({cell or sheet.sheet or sheet.file})"
