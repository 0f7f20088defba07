"""The sheet of the basis in a workbook of plain sheets, in the words of the payout workbook."""

from collections.abc import Iterable, Sequence

from awards.words import say
from awards.workbook.basis import BASIS, fill_basis
from awards.workbook.page import LINE, Value, lines, text
from awards.workbook.plain import Cell, Look, Plain
from awards.workbook.wording import Wording

WIDTHS = (24, 48, 36, 40, 48, 12)


class _Lines:
    """A page as lines of a plain sheet."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording
        self.draft = ""
        self.lines: list[Sequence[Cell]] = []
        self.looks: list[Look] = []

    def mark(self, text: str) -> None:
        self.draft = text

    def line(self, text: str, *, bold: bool = False, right: bool = False) -> None:
        self._sentence([text], bold)

    def blank(self) -> None:
        self._sentence([], bold=False)

    def heading(self, text: str) -> None:
        self.line(text, bold=True)

    def header(self, texts: Iterable[str] | None = None) -> None:
        own = (say(f"column.{column.name}", self._wording.lang) for column in BASIS)
        self._sentence(own if texts is None else texts, bold=True)

    def row(self, values: Sequence[Value]) -> None:
        texts = [None if value is None else text(str(value)) for value in values]
        most = max(lines(each or "", width) for each, width in zip(texts, WIDTHS, strict=False))
        self._add(texts, Look(height=most * LINE + 4))

    def _sentence(self, texts: Iterable[str], bold: bool) -> None:
        self._add(map(text, texts), Look(bold))

    def _add(self, texts: Iterable[str | None], look: Look) -> None:
        line = list(texts)
        self.lines.append([*line, *[None] * (len(WIDTHS) - len(line))])
        self.looks.append(look)


def basis_sheet(wording: Wording) -> Plain:
    """What the lines rest on: documents, clauses, readings, rulings; and whether it is a draft."""
    page = _Lines(wording)
    page.line(wording.basis())
    wording.mark(page)
    for each in wording.approvals():
        page.line(each, bold=True)
    page.blank()
    fill_basis(page, wording)
    headings = [
        wording.say("document.basis_title"),
        *(" " * number for number in range(1, len(WIDTHS))),
    ]
    return Plain(
        wording.say("sheet.basis"),
        dict(zip(headings, WIDTHS, strict=True)),
        page.lines,
        page.draft,
        page.looks,
    )
