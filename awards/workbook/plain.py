"""Plain sheets of many rows: a header and lines, no form; by the fastest honest writer there is.

With the extra ``large`` a writer in Rust is used, without it openpyxl row by row. Both write text
as text, whatever it begins with, and numbers as numbers.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from awards.workbook.limits import LIMITS
from awards.workbook.saving import save

Cell = str | int | float | None


@dataclass(frozen=True)
class Plain:
    """A sheet: its name, its headings with their widths, its lines."""

    name: str
    headings: Mapping[str, int]
    lines: Iterable[Sequence[Cell]]


def write_plain(sheets: Sequence[Plain], path: Path) -> None:
    """Write the *sheets* to *path*; OSError where that cannot be done."""
    try:
        from rustpy_xlsxwriter import write_worksheets
    except ModuleNotFoundError:
        _row_by_row(sheets, path)
        return
    with path.open("wb") as file:
        write_worksheets(
            [(sheet.name, _records(sheet)) for sheet in sheets],
            file,
            bold_headers=True,
            freeze_panes={"general": {"row": 1, "col": 2}},
            column_widths={sheet.name: dict(sheet.headings) for sheet in sheets},
            float_format="#,##0.00",
        )


def _records(sheet: Plain) -> Iterator[dict[str, Any]]:
    """The lines as the writer takes them; without one the headings stand alone."""
    names = tuple(sheet.headings)
    empty = True
    for line in sheet.lines:
        empty = False
        yield dict(zip(names, map(_cut, line), strict=True))
    if empty:
        yield dict.fromkeys(names)


def _cut(value: Cell) -> Cell:
    """*value*; a text without control characters, and ending in … where a cell cannot hold it."""
    if not isinstance(value, str):
        return value
    text = ILLEGAL_CHARACTERS_RE.sub("", value)
    return text if len(text) <= LIMITS.cell else text[: LIMITS.cell - 1] + "…"


def _row_by_row(sheets: Sequence[Plain], path: Path) -> None:
    book = Workbook(write_only=True)
    for sheet in sheets:
        page = book.create_sheet(sheet.name)
        page.freeze_panes = "C2"
        for number, width in enumerate(sheet.headings.values(), 1):
            page.column_dimensions[get_column_letter(number)].width = width
        header = [WriteOnlyCell(page, value=name) for name in sheet.headings]
        for cell in header:
            cell.font = Font(bold=True)
        page.append(header)
        for line in sheet.lines:
            page.append([_cell(page, value) for value in line])
    save(book, path)


def _cell(page: Any, value: Cell) -> Any:
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(page, value=None)
    cell.value = _cut(value)
    cell.data_type = "s"  # never a formula
    return cell
