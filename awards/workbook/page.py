"""A sheet as it is printed: title, header, lines, totals, the line for signatures.

Everything is written as a value. Text stays text whatever it begins with, no character is in it
that cannot be printed, and no identity number: those are masked.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil
from typing import TYPE_CHECKING, Literal, Protocol

from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter

from awards.identity import hidden
from awards.words import Lang, say

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell

Value = str | int | Decimal | None
Kind = Literal["text", "center", "amount", "number"]
"""What a column holds; a ``number`` is that of a person or an account, which is not masked there:
the document is for telling payees apart and paying them.
"""

FORMULA = tuple("=+-@＝＋－＠")
UNPRINTABLE = ("Cc", "Cs")

THIN = Side(style="thin", color="808080")
BOX = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
HEADER_FILL = PatternFill("solid", fgColor="E7E6E6")
LINE = 14.0
"""Height in points of a line of print of size 10."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a page: its name among the words, its width in half-width characters."""

    name: str
    width: int
    kind: Kind = "text"


class Paper(Protocol):
    """What sentences and tables are put on from the top down, as on a :class:`Page`."""

    def mark(self, text: str) -> None:
        """Print *text* at the head of each page."""

    def line(self, text: str, *, bold: bool = False, right: bool = False) -> None:
        """A sentence over the whole width."""

    def blank(self) -> None:
        """An empty line."""

    def heading(self, text: str) -> None:
        """The name of a part of the page."""

    def header(self, texts: Iterable[str] | None = None) -> None:
        """The headings of the columns, or *texts*."""

    def row(self, values: Sequence[Value]) -> None:
        """A line of the table."""


class Page:
    """A sheet being filled from the top down; each method adds what its name says.

    Where a line has fewer values than the page has columns, the last value takes what is left.
    """

    def __init__(self, book: "Workbook", name: str, columns: Sequence[Column], lang: Lang) -> None:
        self._book = book
        self.sheet = book.create_sheet(say(f"sheet.{name}", lang))
        self.columns = tuple(columns)
        self._lang: Lang = lang
        self._font = say("document.font", lang)
        self._row = 0
        self._first = 0
        for number, column in enumerate(columns, 1):
            self.sheet.column_dimensions[get_column_letter(number)].width = column.width
        self._print_setup()

    def title(self, text: str) -> None:
        """The name of the document over the whole width."""
        self._next()
        cell = self._put(1, text, len(self.columns))
        cell.font = Font(name=self._font, size=16, bold=True)
        cell.alignment = Alignment(horizontal="center", vertical="center")
        self.sheet.row_dimensions[self._row].height = 30

    def line(self, text: str, *, bold: bool = False, right: bool = False) -> None:
        """A sentence over the whole width."""
        self._next()
        cell = self._put(1, text, len(self.columns))
        cell.font = Font(name=self._font, size=10, bold=bold)
        across = "right" if right else "left"
        cell.alignment = Alignment(horizontal=across, vertical="center", wrap_text=True)
        self._fit([(text, self._width(1, len(self.columns)))])

    def signatures(self, text: str) -> None:
        """The line for those who sign, with room above it."""
        self.blank()
        self.line(text)
        self.sheet.row_dimensions[self._row].height = 30
        self.sheet[f"A{self._row}"].font = Font(name=self._font, size=11)

    def mark(self, text: str) -> None:
        """Print *text* at the head of each page."""
        self.sheet.oddHeader.right.text = text.replace("&", "&&")
        self.sheet.oddHeader.right.size = 12

    def blank(self) -> None:
        """An empty line."""
        self._next()

    def heading(self, text: str) -> None:
        """The name of a part of the page."""
        self.line(text, bold=True)
        self.sheet[f"A{self._row}"].font = Font(name=self._font, size=12, bold=True)

    def header(self, texts: Iterable[str] | None = None) -> None:
        """The headings of the columns: those of the page, or *texts* over a table within it."""
        own = (say(f"column.{column.name}", self._lang) for column in self.columns)
        self._boxed(list(own if texts is None else texts), header=True)

    def freeze(self, across: int = 0) -> None:
        """Keep what is above in sight, with *across* columns, and print the header on each page."""
        self._first = self._row + 1
        self.sheet.freeze_panes = self.sheet.cell(self._first, across + 1)
        self.sheet.print_title_rows = f"{self._row}:{self._row}"

    def filter(self) -> None:
        """Let the lines since the header be filtered."""
        last = get_column_letter(len(self.columns))
        self.sheet.auto_filter.ref = f"A{self._first - 1}:{last}{self._row}"

    def row(self, values: Sequence[Value], *, bold: bool = False, at_least: float = 0) -> None:
        """A line of the table, *at_least* so many points high."""
        self._boxed(values, bold=bold)
        height = self.sheet.row_dimensions[self._row].height
        self.sheet.row_dimensions[self._row].height = max(height, at_least)

    def total(self, label: str, across: int, values: Sequence[Value]) -> None:
        """A line with *label* over the first *across* columns and *values* in the others."""
        self.row([label, *[None] * (across - 1), *values], bold=True)
        self.sheet.cell(self._row, 1).alignment = _alignment("text")
        self.sheet.merge_cells(
            start_row=self._row, start_column=1, end_row=self._row, end_column=across
        )
        width = self._width(1, across)
        self._fit([(label, width)])

    def _boxed(self, values: Sequence[Value], *, bold: bool = False, header: bool = False) -> None:
        self._next()
        texts = []
        for number, value in enumerate(values, 1):
            last = len(self.columns) if number == len(values) else number
            kind: Kind = "center" if header else self.columns[number - 1].kind
            style = self._style(kind, bold or header, header, isinstance(value, Decimal))
            for covered in range(number, last + 1):
                self.sheet.cell(self._row, covered).style = style
            cell = self._put(number, value, last, masked=kind != "number")
            texts.append((str(cell.value or ""), self._width(number, last)))
        self._fit(texts)

    def _style(self, kind: Kind, bold: bool, header: bool, is_money: bool) -> str:
        """The name of the style of such a cell: made once a workbook, for a cell costs little."""
        parts = (("bold", bold), ("header", header), ("money", is_money))
        name = " ".join(["awards", kind, *(part for part, holds in parts if holds)])
        if name not in self._book.named_styles:
            style = NamedStyle(name)
            style.font = Font(name=self._font, size=10, bold=bold)
            style.alignment = _alignment(kind)
            style.border = BOX
            if header:
                style.fill = HEADER_FILL
            if is_money:
                style.number_format = "#,##0.00"
            self._book.add_named_style(style)
        return name

    def _put(self, number: int, value: Value, last: int, *, masked: bool = True) -> "Cell":
        """*value* in the column *number*, merged up to the column *last*."""
        cell: Cell = self.sheet.cell(self._row, number)
        put(cell, value, masked=masked)
        if last > number:
            self.sheet.merge_cells(
                start_row=self._row, start_column=number, end_row=self._row, end_column=last
            )
        return cell

    def _next(self) -> None:
        self._row += 1

    def _width(self, first: int, last: int) -> int:
        return sum(column.width for column in self.columns[first - 1 : last])

    def _fit(self, texts: Iterable[tuple[str, int]]) -> None:
        """Make the line as high as the longest of *texts* needs, each in its width."""
        most = max(lines(text, width) for text, width in texts)
        self.sheet.row_dimensions[self._row].height = most * LINE + 4

    def _print_setup(self) -> None:
        sheet = self.sheet
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = 9  # A4
        sheet.page_setup.fitToWidth = 1
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.page_margins.left = sheet.page_margins.right = 0.4
        sheet.page_margins.top = 0.6
        sheet.page_margins.bottom = 0.7
        sheet.page_margins.header = sheet.page_margins.footer = 0.3
        sheet.print_options.horizontalCentered = True
        sheet.oddFooter.center.text = say("document.page", self._lang)


def put(cell: "Cell", value: Value, *, masked: bool = True) -> None:
    """Write *value* into *cell*; text as text, though it begin like a formula."""
    if not isinstance(value, str):
        cell.value = value
        return
    cell.value = text(value) if masked else printable(value)
    cell.data_type = "s"
    if not masked:
        cell.number_format = "@"  # digits stay as they are after somebody edits the cell
    if cell.value.startswith(FORMULA):
        cell.quotePrefix = True  # so that it is still text after somebody edits the cell


def text(value: str) -> str:
    """*value* as printed: no control characters besides line breaks, no number of a card.

    >>> text("=1+1\\x07"), text("张三 220202200001010127")
    ('=1+1', '张三 220202********0127')
    """
    return hidden(printable(value))


def printable(value: str) -> str:
    """*value* without control characters besides line breaks."""
    return "".join(c for c in value if c == "\n" or not _is_unprintable(c))


def print_width(value: str) -> int:
    """The width of *value* in half-width characters: a Chinese character counts as two.

    >>> print_width("赵甲"), print_width("No. 3")
    (4, 5)
    """
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in value)


def lines(value: str, width: int) -> int:
    """The number of lines *value* takes in a column of *width*."""
    return sum(max(1, ceil(print_width(part) / (width - 1))) for part in value.split("\n"))


def _alignment(kind: Kind) -> Alignment:
    across = {"text": "left", "amount": "right"}.get(kind, "center")
    return Alignment(across, vertical="center", wrap_text=True)


def _is_unprintable(character: str) -> bool:
    return unicodedata.category(character) in UNPRINTABLE or character in "\ufffe\uffff"
