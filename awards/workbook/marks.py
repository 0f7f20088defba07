"""What calamine does not tell of a sheet in an .xlsx, read from its XML exactly.

Errors, formulas without a stored result, hidden rows and columns, cells that are there twice.
The XML is streamed through expat; entities were refused before.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from xml.parsers import expat

from awards.problems import problem
from awards.workbook.grid import Position
from awards.workbook.limits import Gate
from awards.workbook.scan import COLUMNS, ROWS, column_of
from awards.workbook.sheet import Area, Marks

_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")


@dataclass(slots=True)
class _Look:
    """The state of one pass over a sheet."""

    lengths: Sequence[int]
    marks: Marks = field(default_factory=Marks)
    areas: list[Area] = field(default_factory=list)
    rows: int = 0
    columns: int = 0
    letters: int = 0
    """Characters in all cells that take their text from the shared ones."""
    at: Position = (0, 0)
    kind: str = "n"
    has_formula: bool = False
    is_within: bool = False
    value: list[str] = field(default_factory=list)
    seen: dict[int, int] = field(default_factory=dict)
    """The columns of each row, as bits."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """A tag begins."""
        name = tag.rpartition(":")[2]
        if name == "c":
            self._cell(attributes)
        elif name in ("v", "t", "is"):
            self.is_within = True
        elif name == "f":
            self.has_formula = True
        elif name == "row":
            self._row(attributes)
        elif name == "col" and attributes.get("hidden") in ("1", "true"):
            first, last = int(attributes["min"]), min(int(attributes["max"]), COLUMNS)
            self.marks.hidden_columns.update(range(first, last + 1))
        elif name == "mergeCell":
            first_, _, last_ = attributes.get("ref", "").replace("$", "").partition(":")
            self.areas.append((_position(first_), _position(last_ or first_)))

    def end(self, tag: str) -> None:
        """A tag ends."""
        name = tag.rpartition(":")[2]
        if name == "c":
            self._close()
        elif name in ("v", "t", "is"):
            self.is_within = False

    def text(self, text: str) -> None:
        """Text between tags."""
        if self.is_within:
            self.value.append(text)

    def _row(self, attributes: Mapping[str, str]) -> None:
        row = int(attributes["r"]) if "r" in attributes else self.at[0] + 1
        self.at = (row, 0)
        if attributes.get("hidden") in ("1", "true"):
            self.marks.hidden_rows.add(row)

    def _cell(self, attributes: Mapping[str, str]) -> None:
        address = attributes.get("r")
        self.at = _position(address) if address else (max(1, self.at[0]), self.at[1] + 1)
        self.kind = attributes.get("t", "n")
        self.has_formula = False
        self.value.clear()

    def _close(self) -> None:
        """A cell ends: what it is, and whether it was there before."""
        value = "".join(self.value)
        row, column = self.at
        bit = 1 << column
        before = self.seen.get(row, 0)
        self.seen[row] = before | bit
        if value or self.has_formula:
            self.rows, self.columns = max(self.rows, row), max(self.columns, column)
        if before & bit:
            self.marks.broken[self.at] = problem("cell-twice")
        elif self.kind == "e":
            self.marks.broken[self.at] = problem("cell-error", found=value or "#?")
        elif self.has_formula and not value and self.kind != "str":
            self.marks.broken[self.at] = problem("formula-no-value")
        if self.kind == "s" and value:
            self.letters += self.lengths[int(value)] if self.lengths else 0


def look(gate: Gate, pieces: Iterable[bytes], lengths: Sequence[int] = ()) -> _Look:
    """One sheet, exactly; FileError where it is not well formed or has too much.

    *lengths* are those of the shared texts, where their sum may matter.
    """
    state = _Look(lengths)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = state.start
    parser.EndElementHandler = state.end
    parser.CharacterDataHandler = state.text
    try:
        for piece in pieces:
            parser.Parse(piece, False)
            gate.hold(state.letters, gate.limits.text, "file-long-text")
            gate.hold(len(state.areas), gate.limits.merges, "file-merges")
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, KeyError, IndexError):
        gate.refuse("file-damaged")
    return state


def _position(address: str) -> Position:
    """Row and column of an address; ValueError where it is none."""
    match = _ADDRESS.fullmatch(address)
    if not match:
        raise ValueError(address)
    row, column = int(match[2]), column_of(match[1].encode())
    if row > ROWS or column > COLUMNS:
        raise ValueError(address)
    return row, column
