"""A bank's own .xlsx form, filled: payments from a stated row on, count and sum where they go."""

from collections.abc import Iterator
from copy import copy
from decimal import Decimal
from pathlib import Path
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from awards import money
from awards.banks import Batch, Form, Profile
from awards.problems import FileError, Place, Problem, problem
from awards.words import Lang, say
from awards.workbook.page import put
from awards.workbook.saving import save

STYLE = ("font", "border", "fill", "alignment", "number_format")


def fill_form(
    batch: Batch, profile: Profile, folder: Path, path: Path, lang: Lang, mark: str | None = None
) -> None:
    """Write the form of *profile* with *batch* to *path*; *mark* on a sheet of its own before it.

    FileError where the form in *folder* cannot be read, has no such sheet or no room: nothing that
    it says is written over, and no row that looks like a payment is left.
    """
    form = profile.form
    assert form  # asked for only where the profile has one
    source = folder / form.file
    book, sheet = _opened(source, form)
    totals = ((form.count_at, batch.count), (form.total_at, _total(batch, profile)))
    if faults := [*_no_room(sheet, batch, profile, source), *_taken(sheet, form, source)]:
        raise FileError(faults)
    for number, line in enumerate(batch.lines):
        for column, value in enumerate(line, 1):
            cell = sheet.cell(form.first_row + number, column)
            assert isinstance(cell, Cell)  # there is room
            like = sheet.cell(form.first_row, column)
            if number and like.has_style:
                for name in STYLE:
                    setattr(cell, name, copy(getattr(like, name)))
            if isinstance(value, Decimal):
                cell.value = money.fen(value) if profile.money == "fen" else value
            else:
                put(cell, value, masked=False)
    for address, told in totals:
        if address:
            sheet[address].value = told
    if mark:
        first = book.create_sheet(say("document.draft", lang), 0)
        put(first["A1"], mark)
        book.active = 0
    save(book, path)


def _no_room(sheet: Worksheet, batch: Batch, profile: Profile, source: Path) -> Iterator[Problem]:
    """What stands where payments go, and what looks like a payment below them."""
    form = profile.form
    assert form  # as above
    for number, line in enumerate(batch.lines):
        for column, value in enumerate(line, 1):
            cell = sheet.cell(form.first_row + number, column)
            if isinstance(cell, MergedCell):
                yield problem("form-merged", _at(source, cell))
            elif cell.value not in (None, "") and str(cell.value) != str(value):
                yield problem("form-not-empty", _at(source, cell))
    of_payments = [
        n for n, each in enumerate(profile.columns, 1) if each.field in ("card", "amount")
    ]
    for row in range(form.first_row + len(batch.lines), sheet.max_row + 1):
        cells = [sheet.cell(row, column) for column in of_payments]
        if filled := [each for each in cells if each.value not in (None, "")]:
            yield problem("form-not-empty", _at(source, filled[0]))


def _taken(sheet: Worksheet, form: Form, source: Path) -> Iterator[Problem]:
    """What stands where count and sum go, besides a number or a formula."""
    for address in filter(None, (form.count_at, form.total_at)):
        cell = sheet[address]
        if isinstance(cell, MergedCell):
            yield problem("form-merged", _at(source, cell))
        elif isinstance(cell.value, str) and cell.value.strip() and cell.data_type != "f":
            yield problem("form-not-empty", _at(source, cell))


def _at(source: Path, cell: Cell | MergedCell) -> Place:
    return Place(str(source), cell.parent.title, cell.coordinate)


def _total(batch: Batch, profile: Profile) -> Decimal | int:
    return money.fen(batch.total) if profile.money == "fen" else batch.total


def _opened(source: Path, form: Form) -> tuple[Workbook, Worksheet]:
    try:
        book = load_workbook(source)
    except (OSError, InvalidFileException, BadZipFile, KeyError, ValueError) as error:
        fault = getattr(error, "strerror", None) or error
        raise FileError(problem("no-file", Place(str(source)), fault=fault)) from error
    if form.sheet is None:
        return book, book.worksheets[0]
    if form.sheet not in book.sheetnames:
        known = ", ".join(book.sheetnames)
        raise FileError(problem("form-no-sheet", Place(str(source)), found=form.sheet, known=known))
    return book, book[form.sheet]
