"""An office letter: A4, the margins and type sizes of official documents, numbered pages.

The sizes are those of 党政机关公文格式 (GB/T 9704-2012): margins 37, 35, 28 and 26 mm, title
in size 22, text in size 16 with 28 points between the lines.
"""

import os
from collections.abc import Sequence
from contextlib import suppress
from copy import deepcopy
from decimal import Decimal
from pathlib import Path

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from awards.words import Lang, say
from awards.workbook.page import text as printed

TITLE, BODY, SMALL, TABLE = 22, 16, 10, 9
SPACING = 28
"""Points between lines of text."""
ROW = 7
"""Millimetres of a line of a table, at least."""
MARGINS = (37, 35, 28, 26)
"""Millimetres above, below, left and right."""
MIDDLE = WD_CELL_VERTICAL_ALIGNMENT.CENTER
CENTER, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT


class Letter:
    """A letter being written from the top down; each method adds what its name says."""

    def __init__(self, lang: Lang, *, draft: str | None = None) -> None:
        self.document = Document()
        self._lang = lang
        self._set_up()
        if draft:
            self._put(self._header(), say("document.draft", lang), SMALL, bold=True)
            self.line(draft, bold=True)
            self.line("")

    def title(self, text: str) -> None:
        """The name of the letter."""
        paragraph = self.document.add_paragraph()
        paragraph.alignment = CENTER
        paragraph.paragraph_format.space_after = Pt(BODY)
        self._put(paragraph, text, TITLE, bold=True)

    def line(self, text: str, *, bold: bool = False, right: bool = False) -> None:
        """A line that is not indented: whom it is for, who signs."""
        paragraph = self._paragraph(indent=False)
        if right:
            paragraph.alignment = RIGHT
        self._put(paragraph, text, BODY, bold=bold)

    def text(self, text: str) -> None:
        """A paragraph, its first line indented by two characters."""
        self._put(self._paragraph(indent=True), text, BODY)

    def table(
        self,
        headings: Sequence[tuple[str, int]],
        rows: Sequence[Sequence[str | Decimal]],
    ) -> None:
        """A table on a page of its own: *headings* with their widths in millimetres.

        They come again on each page; amounts stand to the right.
        """
        table = self.document.add_table(1, len(headings))
        table.style = "Table Grid"
        table.autofit = False
        for column, (_, width) in zip(table.columns, headings, strict=True):
            column.width = Mm(width)
        widths = [width for _, width in headings]
        self._fill(table.rows[0], [text for text, _ in headings], widths, bold=True)
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        if not rows:
            return
        filled = [value if isinstance(value, Decimal) else "-" for value in rows[0]]
        self._fill(table.add_row(), filled, widths)
        like = table.rows[1]._tr
        table._tbl.remove(like)
        for values in rows:  # a copy of a line costs a tenth of a new one
            line = deepcopy(like)
            for part, value in zip(line.iter(qn("w:t")), values, strict=True):
                part.text = _shown(value)
            table._tbl.append(line)

    def _fill(
        self,
        row: _Row,
        values: Sequence[str | Decimal],
        widths: Sequence[int],
        *,
        bold: bool = False,
    ) -> None:
        """Write *values* into a line of a table."""
        row.height = Mm(ROW)
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, value, width in zip(row.cells, values, widths, strict=True):
            cell.width = Mm(width)
            cell.vertical_alignment = MIDDLE
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(0)
            paragraph.alignment = RIGHT if isinstance(value, Decimal) else CENTER
            self._put(paragraph, _shown(value), TABLE, bold=bold)

    def page(self, text: str) -> None:
        """A new page that begins with *text*."""
        paragraph = self._paragraph(indent=False)
        paragraph.paragraph_format.page_break_before = True
        self._put(paragraph, text, BODY)

    def save(self, path: Path) -> None:
        """Write the letter to *path*, whole or not at all; OSError where that cannot be done."""
        beside = path.parent / f".{path.name}.{os.getpid()}.tmp"
        try:
            with beside.open("xb") as file:
                self.document.save(file)
            os.replace(beside, path)
        except BaseException:
            with suppress(OSError):
                beside.unlink()
            raise

    def _paragraph(self, *, indent: bool) -> Paragraph:
        paragraph = self.document.add_paragraph()
        layout = paragraph.paragraph_format
        layout.space_after = Pt(0)
        layout.line_spacing = Pt(SPACING)
        if indent:
            layout.first_line_indent = Pt(2 * BODY)
        return paragraph

    def _put(self, paragraph: Paragraph, text: str, size: float, *, bold: bool = False) -> Run:
        run = paragraph.add_run(printed(text))
        run.font.size = Pt(size)
        run.bold = bold
        return run

    def _header(self) -> Paragraph:
        paragraph: Paragraph = self.document.sections[0].header.paragraphs[0]
        paragraph.alignment = RIGHT
        return paragraph

    def _set_up(self) -> None:
        """Paper, margins, font and the number at the foot of each page."""
        section = self.document.sections[0]
        section.orientation = WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = Mm(MARGINS[0]), Mm(MARGINS[1])
        section.left_margin, section.right_margin = Mm(MARGINS[2]), Mm(MARGINS[3])
        name = say("document.letter_font", self._lang)
        style = self.document.styles["Normal"]
        style.font.name = name
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)
        foot = section.footer.paragraphs[0]
        foot.alignment = CENTER
        run = self._put(foot, "", SMALL)
        for kind, inner in (("begin", None), (None, "PAGE"), ("end", None)):
            part = OxmlElement("w:fldChar" if kind else "w:instrText")
            if kind:
                part.set(qn("w:fldCharType"), kind)
            part.text = inner
            run._r.append(part)


def _shown(value: str | Decimal) -> str:
    return f"{value:,.2f}" if isinstance(value, Decimal) else printed(value)
