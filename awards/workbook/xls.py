"""An old .xls → its sheets, by xlrd: it knows error values, merges and what is hidden.

The format is not packed and has at most 65,536 rows, so the size of the file is its limit.
"""

import io
from collections.abc import Iterator, Sequence
from typing import IO, TYPE_CHECKING, Literal

from awards.problems import FileError, Problem, problem
from awards.workbook.grid import Grid
from awards.workbook.limits import Gate
from awards.workbook.sheet import Area, Marks, Shelf

if TYPE_CHECKING:
    import xlrd

_EMPTY, _TEXT, _NUMBER, _DATE, _BOOLEAN, _ERROR, _BLANK = range(7)
LARGEST = 256 << 20
"""Bytes of a file that is read."""


def read_xls(shelf: Shelf, file: IO[bytes]) -> tuple[list[Grid], tuple[Problem, ...]]:
    """The sheets in order; charts and macros are left out."""
    gate = shelf.gate
    gate.hold(file.seek(0, 2) >> 20, LARGEST >> 20, "file-too-large")
    file.seek(0)
    book = _open(gate, file.read())
    if not book.nsheets:
        gate.refuse("file-no-sheets")
    grids = []
    cells = 0
    for index in range(book.nsheets):
        sheet = _sheet(gate, book, index)
        cells += sum(map(sheet.row_len, range(sheet.nrows)))
        gate.hold(cells, gate.limits.cells, "file-cells")
        gate.hold(sheet.nrows * sheet.ncols, gate.limits.area, "file-far-cell")
        areas: list[Area] = [
            ((top + 1, left + 1), (bottom, right))
            for top, bottom, left, right in sheet.merged_cells
        ]
        grids.append(shelf.grid(sheet.name, _rows(sheet, book), areas, _marks(sheet)))
        book.unload_sheet(index)
        gate.tick()
    return grids, ()


def _open(gate: Gate, content: bytes) -> "xlrd.Book":
    """The workbook without its sheets, which are read one by one."""
    import xlrd

    try:
        return xlrd.open_workbook(
            file_contents=content, formatting_info=True, on_demand=True, logfile=io.StringIO()
        )
    except FileError:
        raise
    except Exception as error:  # xlrd raises IndexError, struct.error … on damaged parts
        gate.refuse("file-password" if "encrypted" in str(error) else "file-damaged")


def _sheet(gate: Gate, book: "xlrd.Book", index: int) -> "xlrd.sheet.Sheet":
    try:
        return book.sheet_by_index(index)
    except Exception:  # as above
        gate.refuse("file-damaged")


def _marks(sheet: "xlrd.sheet.Sheet") -> Marks:
    """What is hidden."""
    return Marks(
        hidden=bool(sheet.visibility),
        hidden_rows={row + 1 for row, about in sheet.rowinfo_map.items() if about.hidden},
        hidden_columns={column + 1 for column, about in sheet.colinfo_map.items() if about.hidden},
    )


def _rows(sheet: "xlrd.sheet.Sheet", book: "xlrd.Book") -> Iterator[tuple[int, Sequence[object]]]:
    """The rows with their numbers, from column 1 on."""
    for row in range(sheet.nrows):
        kinds, values = sheet.row_types(row), sheet.row_values(row)
        if set(kinds) <= {_EMPTY, _TEXT, _NUMBER, _BLANK}:
            yield row + 1, values
        else:
            both = zip(kinds, values, strict=True)
            yield row + 1, [_value(kind, value, book.datemode) for kind, value in both]


def _value(kind: int, value: object, datemode: Literal[0, 1]) -> object:
    """A value that is neither text nor a plain number, as what it is."""
    import xlrd

    if kind == _ERROR:
        return problem("cell-error", found=xlrd.error_text_from_code.get(int(str(value)), "#?"))
    if kind == _BOOLEAN:
        return bool(value)
    if kind != _DATE:
        return value
    try:
        return xlrd.xldate_as_datetime(float(str(value)), datemode)
    except (ValueError, OverflowError):
        return problem("date-too-early", found=value)
