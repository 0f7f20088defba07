"""The user's own workbook back, its doubtful cells marked, each with a comment, and a list of them.

An .xlsx keeps its formats and its other sheets. An .xls, .ods or text file comes back as an .xlsx
with its values and merged cells, as its own format is not written here.
"""

import re
import warnings
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Color, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink

from awards.problems import FileError, Place, Problem, problem
from awards.words import Lang, say
from awards.workbook.grid import Grid
from awards.workbook.page import Column, Page, put, text
from awards.workbook.saving import save
from awards.workbook.sources import read_book

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

LISTED = (
    Column("number", 6, "center"),
    Column("severity", 8, "center"),
    Column("sheet", 20),
    Column("cell", 10, "center"),
    Column("message", 56),
    Column("hint", 44),
)
_FILLS = {
    "error": PatternFill("solid", fgColor="FFC7CE"),
    "warning": PatternFill("solid", fgColor="FFEB9C"),
}
_LINK = Font(color=Color(theme=10), underline="single")
"""As hyperlinks look in the theme of the workbook."""
_LOST = ("xl/charts/", "xl/media/", "xl/drawings/drawing", "xl/pivottables/", "xl/slicers/")
"""Parts of a workbook that are not written again."""
_CELL = re.compile(r"[A-Z]{1,3}[1-9]\d*")
_SIZE = (320, 120)
"""Width and height of a comment, in pixels."""


def annotate(
    source: str | Path, problems: Iterable[Problem], target: str | Path, lang: Lang = "zh"
) -> tuple[Problem, ...]:
    """Write *source* to *target* with its *problems* marked; notes on what could not be kept.

    Errors are red and warnings yellow. FileError where *source* cannot be read.
    """
    source, target = Path(source), Path(target)
    seen = read_book(source, source.name)
    book, notes = _own(source) if _is_packed(source) else _copy(seen.grids, source)
    told = [each for each in problems if each.severity != "info"]
    marks: dict[tuple[str, str], list[Problem]] = {}
    for each in told:
        if each.place.cell and _CELL.fullmatch(each.place.cell):
            marks.setdefault((each.place.sheet or "", each.place.cell), []).append(each)
    titles = {grid.sheet: grid.sheet or source.stem[:_LONGEST_TITLE] for grid in seen.grids}
    for (sheet, cell), faults in marks.items():
        if titles.get(sheet) in book.sheetnames:
            _mark(book[titles[sheet]], cell, faults, lang)
    _list(book, told, titles, lang)
    try:
        save(book, target)
    except OSError as error:
        place = Place(str(target))
        raise FileError(problem("cannot-write", place, fault=error.strerror or error)) from error
    return notes


_LONGEST_TITLE = 31
"""Letters of the name of a sheet."""


def _is_packed(source: Path) -> bool:
    """Whether *source* is an .xlsx, by its content; it was read before."""
    if not zipfile.is_zipfile(source):
        return False
    with zipfile.ZipFile(source) as archive:
        return any(name.lower() == "xl/workbook.xml" for name in archive.namelist())


def _own(source: Path) -> tuple[Workbook, tuple[Problem, ...]]:
    """The workbook itself, to be written again; a warning where parts of it will not be."""
    with zipfile.ZipFile(source) as archive:
        names = [name.lower() for name in archive.namelist()]
    has_macros = "xl/vbaproject.bin" in names
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what is lost is told below
        with source.open("rb") as file:
            book = load_workbook(file, keep_vba=has_macros, rich_text=True)
    if any(name.startswith(_LOST) for name in names):
        return book, (problem("annotated-without", Place(source.name), "warning"),)
    return book, ()


def _copy(grids: Sequence[Grid], source: Path) -> tuple[Workbook, tuple[Problem, ...]]:
    """A new workbook with the values and the merged cells of *grids*."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for grid in grids:
        sheet = book.create_sheet(grid.sheet or source.stem[:_LONGEST_TITLE])
        for row, line in grid.lines.items():
            for column, value in enumerate(line, 1):
                cell = sheet.cell(row, column)
                if isinstance(value, date | bool):
                    cell.value = value
                elif value is not None:
                    put(cell, value)
        for (top, left), (bottom, right) in grid.ends.items():
            sheet.merge_cells(None, top, left, bottom, right)
        if grid.hidden:
            sheet.sheet_state = "hidden"
    return book, (problem("annotated-copy", Place(source.name), "info"),)


def _mark(sheet: "Worksheet", at: str, faults: Sequence[Problem], lang: Lang) -> None:
    """Colour one cell and say in a comment what is wrong with it; a comment it has stays."""
    cell = sheet[at]
    area = next((each for each in sheet.merged_cells.ranges if at in each), None)
    if area is not None:
        cell = sheet.cell(area.min_row, area.min_col)
    is_error = any(each.severity == "error" for each in faults)
    cell.fill = _FILLS["error" if is_error else "warning"]
    said = [cell.comment.text] if cell.comment else []
    said += dict.fromkeys(_said(each, lang) for each in faults)
    cell.comment = Comment(text("\n".join(said)), "awards", _SIZE[1], _SIZE[0])


def _said(fault: Problem, lang: Lang) -> str:
    severity = say(f"severity.{fault.severity}", lang)
    return " ".join(filter(None, (severity, fault.message(lang), fault.hint(lang))))


def _list(
    book: Workbook, problems: Sequence[Problem], titles: Mapping[str, str], lang: Lang
) -> None:
    """A sheet with every problem, and a link to each cell."""
    page = Page(book, "problems", LISTED, lang)
    page.header()
    page.freeze()
    for number, each in enumerate(problems, 1):
        place = each.place
        sheet = titles.get(place.sheet or "", place.sheet or "")
        at = place.cell or (say("document.row", lang, row=place.row) if place.row else "")
        severity = say(f"severity.{each.severity}", lang)
        page.row([number, severity, sheet, at, each.message(lang), each.hint(lang)])
        if place.cell and sheet in book.sheetnames:
            link = page.sheet[f"{get_column_letter(4)}{number + 1}"]
            quoted = sheet.replace("'", "''")
            link.hyperlink = Hyperlink(link.coordinate, location=f"'{quoted}'!{place.cell}")
            link.font = _LINK
    page.filter()
    if not problems:
        page.row([say("document.none", lang)])
