"""Plain sheets of many rows: a header and lines, by the fastest honest writer there is.

With the extra ``large`` a writer in Rust is used, without it openpyxl row by row. Both write text
as text, whatever it begins with, and numbers as numbers.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from awards.workbook.limits import LIMITS
from awards.workbook.saving import save

Cell = str | int | float | None


class Look(NamedTuple):
    """How a line looks: whether it is bold, and its height in points where its texts are broken
    within their columns; without one they run on over the columns beside them.
    """

    bold: bool = False
    height: float | None = None


@dataclass(frozen=True)
class Plain:
    """A sheet: its name, its headings with their widths, its lines.

    Headings differ, be it in the number of their spaces. ``mark`` stands at the head of each page.
    A sheet that is to be read, not to be reckoned with, has a look for each of its lines.
    """

    name: str
    headings: Mapping[str, int]
    lines: Iterable[Sequence[Cell]]
    mark: str = ""
    looks: Sequence[Look] = ()


def write_plain(sheets: Sequence[Plain], path: Path) -> None:
    """Write the *sheets* to *path*; OSError where that cannot be done."""
    try:
        from rustpy_xlsxwriter import Format, write_worksheets
    except ModuleNotFoundError:
        _row_by_row(sheets, path)
        return
    bold, plain, broken = (Format() for _ in range(3))
    bold.set_bold()
    broken.set_text_wrap().set_align("top")
    looks = {sheet.name: list(enumerate(sheet.looks, 1)) for sheet in sheets if sheet.looks}
    with path.open("wb") as file:
        write_worksheets(
            [(sheet.name, _records(sheet)) for sheet in sheets],
            file,
            bold_headers=True,
            freeze_panes={"general": {"row": 1, "col": 2}}
            | {name: {"row": 0, "col": 0} for name in looks},
            column_widths={sheet.name: dict(sheet.headings) for sheet in sheets},
            row_formats={
                name: {
                    n: broken if each.height else bold if each.bold else plain for n, each in own
                }
                for name, own in looks.items()
            },
            row_heights={
                name: {n: each.height for n, each in own if each.height}
                for name, own in looks.items()
            },
            page_setup={sheet.name: _page_setup(sheet) for sheet in sheets},
            float_format="#,##0.00",
        )


A4 = 9


def _page_setup(sheet: Plain) -> dict[str, Any]:
    """How *sheet* is printed: across A4, as wide as a page, under its headings and its mark."""
    said = {"landscape": True, "paper_size": A4, "fit_to_pages": (1, 0), "repeat_rows": 0}
    return said | ({"header": f"&R{sheet.mark.replace('&', '&&')}"} if sheet.mark else {})


def _records(sheet: Plain) -> Iterator[dict[str, Any]]:
    """The lines as the writer takes them; without one the headings stand alone."""
    names, most = tuple(sheet.headings), LIMITS.cell
    empty = True
    for line in sheet.lines:
        empty = False
        cells = [
            each
            if each.__class__ is not str or (each.isprintable() and len(each) <= most)  # the usual
            else _written(each)
            for each in line
        ]
        yield dict(zip(names, cells, strict=True))
    if empty:
        yield dict.fromkeys(names)


def _written(value: str) -> str:
    """*value* without control characters, and ending in … where a cell cannot hold it."""
    text = ILLEGAL_CHARACTERS_RE.sub("", value)
    return text if len(text) <= LIMITS.cell else text[: LIMITS.cell - 1] + "…"


def _row_by_row(sheets: Sequence[Plain], path: Path) -> None:
    book = Workbook(write_only=True)
    for sheet in sheets:
        page = book.create_sheet(sheet.name)
        _set_up(page, sheet)
        page.append([_cell(page, name, Look(bold=True)) for name in sheet.headings])
        for number, line in enumerate(sheet.lines):
            look = sheet.looks[number] if sheet.looks else Look()
            page.append([_cell(page, value, look) for value in line])
    save(book, path)


def _set_up(page: Any, sheet: Plain) -> None:
    """How *page* is seen and printed."""
    page.oddHeader.right.text = sheet.mark.replace("&", "&&") or None
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", A4
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_title_rows = "1:1"
    page.freeze_panes = None if sheet.looks else "C2"
    for number, width in enumerate(sheet.headings.values(), 1):
        page.column_dimensions[get_column_letter(number)].width = width
    for number, look in enumerate(sheet.looks, 2):
        page.row_dimensions[number].height = look.height


def _cell(page: Any, value: Cell, look: Look) -> Any:
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(page, value=None)
    cell.value = _written(value)
    cell.data_type = "s"  # never a formula
    if look.bold:
        cell.font = Font(bold=True)
    if look.height:
        cell.alignment = Alignment(vertical="top", wrap_text=True)
    return cell
