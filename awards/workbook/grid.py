"""An .xlsx file as sheets of cells: values by row and column, merged ranges, what is broken.

A cell that cannot be trusted (an error value, a formula without a stored result, a number that
has lost digits) is not blank: it is in ``broken``, with its problem.
"""

import re
import unicodedata
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, cast

from awards.problems import FileError, Place, Problem, problem
from awards.workbook.preflight import admit, count_sheets

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

Value = str | int | Decimal | date | bool
Position = tuple[int, int]
"""Row and column, both from 1."""

EXACT = 10**15
"""A number from here on has lost digits: a spreadsheet keeps 15."""


@dataclass(frozen=True)
class Grid:
    """One sheet. ``cells`` has the filled cells only; ``merged`` leads from each cell of a merged
    range to its first cell, and ``ends`` from that to its last.
    """

    file: str
    sheet: str
    cells: Mapping[Position, Value]
    merged: Mapping[Position, Position] = field(default_factory=dict)
    ends: Mapping[Position, Position] = field(default_factory=dict)
    broken: Mapping[Position, Problem] = field(default_factory=dict)
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()

    def place(self, at: Position, row: int | None = None) -> Place:
        """The place of a cell, for a record of *row* if that is another one."""
        return Place(self.file, self.sheet, cell_name(at), row or at[0])

    def anchor(self, at: Position) -> Position:
        """The cell that holds the content of *at*: itself, or the first of its merged range."""
        return self.merged.get(at, at)

    def source(self, at: Position) -> Position:
        """The cell that fills *at* from above: only a range merged downwards does."""
        anchor = self.anchor(at)
        return anchor if anchor[1] == at[1] else at

    def text(self, at: Position) -> str:
        """The content of *at* itself as text, empty where it is blank or broken."""
        value = self.cells.get(at)
        return "" if value is None else str(value)

    def is_filled(self, at: Position) -> bool:
        """Whether *at* itself holds something, be it broken."""
        return at in self.cells or at in self.broken

    def own(self, row: int) -> tuple[Position, ...]:
        """The filled cells of *row* itself, from the left."""
        return self._rows.get(row, ())

    @cached_property
    def rows(self) -> tuple[int, ...]:
        """The rows that hold something, or lie in a merged range that does, in order."""
        covered = {at[0] for at, anchor in self.merged.items() if self.is_filled(anchor)}
        return tuple(sorted(self._rows.keys() | covered))

    @cached_property
    def _rows(self) -> Mapping[int, tuple[Position, ...]]:
        rows: dict[int, list[Position]] = {}
        for at in sorted(self.cells.keys() | self.broken.keys()):
            rows.setdefault(at[0], []).append(at)
        return {row: tuple(cells) for row, cells in rows.items()}


def cell_name(at: Position) -> str:
    """A cell as a user types it.

    >>> cell_name((5, 3)), cell_name((1, 28))
    ('C5', 'AB1')
    """
    row, column = at
    letters = ""
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{row}"


def read_grids(path: Path) -> tuple[Grid, ...]:
    """The sheets of an .xlsx in order; FileError where it is none, is damaged or too large."""
    admit(path)
    sheets = _load(path, stored=False)
    has_formulas = any(cell.data_type == "f" for sheet in sheets for cell in sheet._cells.values())
    stored = _load(path, stored=True) if has_formulas else sheets
    return tuple(
        _grid(path.name, sheet, values) for sheet, values in zip(sheets, stored, strict=True)
    )


def _load(path: Path, *, stored: bool) -> list["Worksheet"]:
    """The sheets as openpyxl reads them: formulas, or with *stored* their stored results."""
    from openpyxl import load_workbook

    try:
        with path.open("rb") as file, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of openpyxl, on what it will not write back
            book = load_workbook(file, data_only=stored, keep_links=False)
            declared = count_sheets(file)
    except Exception:  # openpyxl raises IndexError, KeyError, TypeError … on damaged parts
        raise FileError(problem("file-damaged", Place(str(path)))) from None
    if not book.worksheets:
        raise FileError(problem("file-no-sheets", Place(str(path))))
    if declared != len(book.sheetnames):  # openpyxl leaves out what it cannot find
        raise FileError(problem("file-damaged", Place(str(path))))
    return list(book.worksheets)


def _grid(file: str, sheet: "Worksheet", stored: "Worksheet") -> Grid:
    """One sheet. Only cells that exist are looked at, however far the sheet reaches."""
    cells: dict[Position, Value] = {}
    broken: dict[Position, Problem] = {}
    for at, cell in sheet._cells.items():
        is_formula = cell.data_type == "f"
        read = _value(cast("Cell", stored._cells[at] if is_formula else cell), is_formula)
        if isinstance(read, Problem):
            place = Place(file, sheet.title, cell_name(at), at[0])
            broken[at] = Problem(read.code, place, read.severity, read.values)
        elif read is not None:
            cells[at] = read
    merged, ends = _merged(sheet)
    hidden_rows = (row for row, shape in sheet.row_dimensions.items() if shape.hidden)
    return Grid(
        file=file,
        sheet=sheet.title,
        cells=cells,
        merged=merged,
        ends=ends,
        broken=broken,
        hidden=sheet.sheet_state != "visible",
        hidden_rows=frozenset(hidden_rows),
    )


def _merged(sheet: "Worksheet") -> tuple[dict[Position, Position], dict[Position, Position]]:
    merged: dict[Position, Position] = {}
    ends: dict[Position, Position] = {}
    for area in sheet.merged_cells.ranges:
        left, top, right, bottom = area.bounds
        ends[top, left] = (bottom, right)
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                merged[row, column] = (top, left)
    return merged, ends


def _value(cell: "Cell", is_formula: bool) -> Value | Problem | None:
    """The value of a cell, None where it is blank, a problem (without its place) where broken."""
    value = cell.value
    if cell.data_type == "e":
        return problem("cell-error", found=value)
    if value is None:  # a stored empty text keeps its type: it is blank, not missing
        return problem("formula-no-value") if is_formula and cell.data_type == "n" else None
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, time | timedelta):
        return str(value)
    return clean(str(value)) or None


def _number(value: int | float) -> Value | Problem:
    """A number exactly as it is shown: a whole one as int, another as Decimal.

    >>> _number(3.0), _number(0.1), _number(2.20202e17).code
    (3, Decimal('0.1'), 'number-lost-digits')
    """
    if not isfinite(value):
        return problem("cell-error", found=value)
    if abs(value) >= EXACT:
        return problem("number-lost-digits", digits=len(str(int(abs(value)))))
    return int(value) if value == int(value) else Decimal(repr(value))


def clean(text: str) -> str:
    """*text* without white space around it and without characters that cannot be seen.

    Line breaks and spaces inside stay: they part names.

    >>> clean(" 张\\u200b三_x000D_\\n李四\\u3000")
    '张三\\n李四'
    """
    text = re.sub(r"_x000D_|\r", "", text)
    seen = (c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf"))
    return "".join(seen).strip()
