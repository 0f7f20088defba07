"""An .ods → its sheets, from its XML: calamine tells neither merges nor errors of this format.

A cell may be written once and repeated a million times: what is blank is skipped, what is not
counts against the limits.
"""

import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import IO
from xml.parsers import expat

from awards.problems import Place, Problem, problem
from awards.workbook.grid import Grid, Position
from awards.workbook.limits import Gate
from awards.workbook.preflight import members, pieces
from awards.workbook.scan import COLUMNS, ROWS
from awards.workbook.sheet import Area, Marks, Shelf
from awards.workbook.values import ERRORS

_CONTENT = "content.xml"
_MANIFEST = "meta-inf/manifest.xml"
_CELLS = ("table:table-cell", "table:covered-table-cell")
_ASIDES = ("office:annotation", "text:note", "text:ruby-text", "draw:frame", "table:detective")
_BREAKS = {"text:line-break": "\n", "text:tab": "\t", "text:s": " "}

_OWN_ERROR = re.compile(r"Err:\d{3}")


@dataclass(slots=True)
class _Sheet:
    """One sheet as far as it is read."""

    name: str
    marks: Marks = field(default_factory=Marks)
    rows: dict[int, list[object]] = field(default_factory=dict)
    areas: list[Area] = field(default_factory=list)


class _Reader:
    """The sheets of a content part, as its tags come by."""

    def __init__(self, gate: Gate) -> None:
        self.gate = gate
        self.sheets: list[_Sheet] = []
        self.has_links = False
        self._starts: Mapping[str, Callable[[Mapping[str, str]], None]] = {
            "table:table-column": self._columns,
            "table:table-row": self._begin_row,
            "table:table-source": self._link,
            **dict.fromkeys(_CELLS, self._begin_cell),
        }
        self._concealed: set[str] = set()
        self._style = ""
        self._path: list[str] = []
        self._tables = self._asides = 0
        self._is_in_paragraph = False
        self._row = self._column = self._header = self._cells = 0
        self._times = self._wide = 1
        self._line: list[tuple[int, int, object]] = []
        self._cell: Mapping[str, str] = {}
        self._paragraphs: list[list[str]] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """A tag begins."""
        self._path.append(tag)
        if tag == "table:table":
            self._tables += 1
            if self._tables == 1:
                self._begin(attributes)
        elif not self._tables:
            self._begin_style(tag, attributes)
        elif self._tables == 1:
            begin = self._starts.get(tag)
            if begin:
                begin(attributes)
            else:
                self._begin_text(tag, attributes)

    def end(self, tag: str) -> None:
        """A tag ends."""
        self._path.pop()
        if tag == "table:table":
            self._tables -= 1
        elif self._tables == 1:
            if tag in _CELLS:
                self._end_cell(tag)
            elif tag == "table:table-row":
                self._end_row()
            elif tag == "text:p" and self._path[-1] in _CELLS:
                self._is_in_paragraph = False
            elif tag in _ASIDES:
                self._asides -= 1

    def text(self, text: str) -> None:
        """Text between tags: of a paragraph that stands right in a cell, not of a remark."""
        if self._is_in_paragraph and not self._asides:
            self._paragraphs[-1].append(text)

    def _begin_style(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Styles stand before the sheets: some say that a sheet is hidden."""
        if tag == "style:style":
            self._style = attributes.get("style:name", "")
        elif tag == "style:table-properties" and attributes.get("table:display") == "false":
            self._concealed.add(self._style)

    def _begin_cell(self, attributes: Mapping[str, str]) -> None:
        self._cell, self._paragraphs = attributes, []
        self._wide = self._count(attributes, "table:number-columns-repeated", COLUMNS)

    def _link(self, attributes: Mapping[str, str]) -> None:
        self.has_links = self.has_links or bool(attributes)

    def _begin(self, attributes: Mapping[str, str]) -> None:
        sheet = _Sheet(attributes.get("table:name", ""))
        sheet.marks.hidden = attributes.get("table:style-name") in self._concealed
        self.sheets.append(sheet)
        self._row = self._header = 0

    def _columns(self, attributes: Mapping[str, str]) -> None:
        wide = self._count(attributes, "table:number-columns-repeated", COLUMNS)
        if attributes.get("table:visibility", "visible") != "visible":
            last = min(self._header + wide, COLUMNS)
            self.sheets[-1].marks.hidden_columns.update(range(self._header + 1, last + 1))
        self._header += wide

    def _begin_row(self, attributes: Mapping[str, str]) -> None:
        self._times = self._count(attributes, "table:number-rows-repeated", ROWS)
        self._column = 0
        self._line = []
        if attributes.get("table:visibility", "visible") != "visible":
            last = min(self._row + self._times, ROWS)
            self.sheets[-1].marks.hidden_rows.update(range(self._row + 1, last + 1))

    def _begin_text(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag in _ASIDES:
            self._asides += 1
        elif tag == "text:p" and self._path[-2] in _CELLS:
            self._paragraphs.append([])
            self._is_in_paragraph = True
        elif tag in _BREAKS:
            times = self._count(attributes, "text:c", self.gate.limits.cell)
            self.text(_BREAKS[tag] * times)

    def _end_cell(self, tag: str) -> None:
        text = "\n".join("".join(parts) for parts in self._paragraphs)
        self.gate.hold(len(text), self.gate.limits.cell, "file-long-cell")
        first = self._column + 1
        self._column += self._wide
        value = _value(self._cell, text)
        if value not in (None, "") and tag == _CELLS[0]:
            self._line.append((first, self._wide, value))
        if tag == _CELLS[0]:
            self._span((self._row + 1, first))

    def _span(self, at: Position) -> None:
        high = self._count(self._cell, "table:number-rows-spanned", ROWS)
        wide = self._count(self._cell, "table:number-columns-spanned", COLUMNS)
        if high * wide > 1:
            self.sheets[-1].areas.append((at, (at[0] + high - 1, at[1] + wide - 1)))
            self.gate.hold(len(self.sheets[-1].areas), self.gate.limits.merges, "file-merges")

    def _end_row(self) -> None:
        """Keep a row with something in it as often as it is repeated."""
        if self._line:
            start, wide, _ = self._line[-1]
            width = start + wide - 1
            self._cells += width * self._times
            self.gate.hold(self._cells, self.gate.limits.cells, "file-cells")
            line: list[object] = [None] * width
            for first, count, value in self._line:
                line[first - 1 : first - 1 + count] = [value] * count
            last = self._row + self._times
            self.sheets[-1].rows.update(dict.fromkeys(range(self._row + 1, last + 1), line))
        self._row += self._times

    def _count(self, attributes: Mapping[str, str], name: str, most: int) -> int:
        count = int(attributes.get(name, "1"))
        if not count > 0:
            self.gate.refuse("file-damaged")
        self.gate.hold(count, most, "file-repeats")
        return count


def read_ods(shelf: Shelf, file: IO[bytes]) -> tuple[list[Grid], tuple[Problem, ...]]:
    """The sheets in order, and a warning where some are linked to other files."""
    gate = shelf.gate
    reader = _Reader(gate)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    with zipfile.ZipFile(file) as archive:
        parts = members(gate, file, archive)
        if _MANIFEST in parts:
            manifest = b"".join(pieces(gate, archive, parts[_MANIFEST]))
            if b"encryption-data" in manifest:
                gate.refuse("file-password")
        if _CONTENT not in parts:
            gate.refuse("file-damaged")
        try:
            for piece in pieces(gate, archive, parts[_CONTENT]):
                parser.Parse(piece, False)
            parser.Parse(b"", True)
        except (expat.ExpatError, ValueError):
            gate.refuse("file-damaged")
    if not reader.sheets:
        gate.refuse("file-no-sheets")
    links = problem("external-links", Place(shelf.label), "warning")
    grids = [
        shelf.grid(each.name, each.rows.items(), each.areas, each.marks) for each in reader.sheets
    ]
    return grids, ((links,) if reader.has_links else ())


def _value(cell: Mapping[str, str], text: str) -> object:
    """The value of a cell with its attributes and its text; ValueError where it is none."""
    kind = cell.get("office:value-type")
    if cell.get("calcext:value-type") == "error" or text in ERRORS or _OWN_ERROR.fullmatch(text):
        return problem("cell-error", found=text or "#?")
    if kind is None and cell.get("table:formula") and not text:
        return problem("formula-no-value")
    if kind in ("float", "currency", "percentage"):
        return float(cell["office:value"]) if "office:value" in cell else text
    if kind == "boolean":
        return cell.get("office:boolean-value") == "true"
    if kind == "date":
        return _date(cell.get("office:date-value", ""), text)
    return cell.get("office:string-value") or text


def _date(written: str, text: str) -> object:
    """A date; the text of the cell where it is none that a calendar has."""
    try:
        return date.fromisoformat(written[:10])
    except ValueError:
        return text or written
