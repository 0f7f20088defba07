"""Small workbooks for tests, written as tables: one line a row, ``|`` between cells.

A dot is a blank cell; ``\\n`` in a cell is a line break.
"""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from awards.problems import Problem
from awards.records import Roster
from awards.workbook.grid import Grid
from awards.workbook.sources import read_grids

Change = Callable[[Any], object]


def cells(table: str) -> list[list[str | int | None]]:
    """The rows of *table*; digits become numbers unless they begin with 0 or an apostrophe."""
    lines = (line.strip() for line in table.strip().splitlines())
    return [[_cell(text.strip()) for text in line.split("|")] for line in lines if line]


def _cell(text: str) -> str | int | None:
    if text in ("", "."):
        return None
    if text.isdecimal() and not text.startswith("0"):
        return int(text)
    return text.lstrip("'").replace("\\n", "\n")


def workbook(
    folder: Path,
    *tables: str,
    merged: Iterable[str] = (),
    sheets: Iterable[str] = (),
    change: Change | None = None,
) -> Path:
    """A file with a sheet for each of *tables*; *merged* and *change* are for the first."""
    book = Workbook()
    book.remove(book.worksheets[0])
    names = [*sheets, *(f"Sheet{number}" for number in range(1, 9))]
    for name, table in zip(names, tables, strict=False):
        sheet = book.create_sheet(name)
        for row in cells(table):
            sheet.append(row)
    first = book.worksheets[0]
    for area in merged:
        first.merge_cells(area)
    if change:
        change(first)
    path = folder / "名单.xlsx"
    book.save(path)
    return path


def grid(folder: Path, table: str, **more: Any) -> Grid:
    """The first sheet of a workbook with *table*."""
    return read_grids(workbook(folder, table, **more))[0]


def people(roster: Roster, *names: str) -> list[tuple[object, ...]]:
    """The cell of each result's name, and the fields *names* of it."""
    return [
        (result.place.cell, *(getattr(result, name) for name in names)) for result in roster.results
    ]


def codes(problems: Iterable[Problem]) -> list[str]:
    """Each problem as ``code cell``, with its severity where it is no error."""
    mark = {"error": "", "warning": "?", "info": ""}
    return [
        " ".join(filter(None, (mark[each.severity] + each.code, each.place.cell)))
        for each in problems
    ]
