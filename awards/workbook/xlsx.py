"""An .xlsx → its sheets: values and merged ranges by calamine, after a look at every part.

calamine is quick and knows no limits: what would make it run out of memory is refused before.
What it cannot tell (errors, formulas without results, hidden rows) is read from the XML where a
quick look says that there is such a thing.
"""

import posixpath
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING
from xml.etree import ElementTree

from awards.problems import Place, Problem, problem
from awards.workbook.grid import Grid
from awards.workbook.limits import Gate
from awards.workbook.marks import look
from awards.workbook.preflight import is_looked_into, members, pieces
from awards.workbook.scan import Reach, length, reach
from awards.workbook.sheet import Area, Marks, Shelf, hold_merges

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

_STRINGS = "xl/sharedstrings.xml"
_ENTRY = re.compile(rb"</(?:\w+:)?si>")
_SMALL = 8 << 20
"""Bytes that the list of sheets may have."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the preflight brings back: the parts of the sheets in order, their marks and merges."""

    sheets: tuple[str, ...]
    marks: tuple[Marks, ...]
    areas: tuple[Sequence[Area], ...]
    problems: tuple[Problem, ...] = field(default=())


def read_xlsx(shelf: Shelf, file: IO[bytes]) -> tuple[list[Grid], tuple[Problem, ...]]:
    """The sheets in order, and what there is to say of the file."""
    with zipfile.ZipFile(file) as archive:
        seen = _admit(shelf, file, archive)
    file.seek(0)
    return _read(shelf, file, seen), seen.problems


def _admit(shelf: Shelf, file: IO[bytes], archive: zipfile.ZipFile) -> _Seen:
    """What is in the parts; FileError where no reader may be let at them."""
    gate = shelf.gate
    parts = members(gate, file, archive)
    names = _sheet_parts(gate, archive, parts)
    looked = {name for name in parts if is_looked_into(name)} | set(names)
    texts = {_STRINGS, *names}
    reaches = {
        name: reach(gate, pieces(gate, archive, parts[name]), name in texts)
        for name in sorted(looked)
    }
    gate.hold(sum(reaches[name].cells for name in names), gate.limits.cells, "file-cells")
    lengths = _lengths(gate, archive, parts, reaches, names)
    marks, areas = [], []
    for name in names:
        found, merges = _marks(gate, archive, parts[name], reaches[name], lengths)
        hold_merges(gate, merges)
        marks.append(found)
        areas.append(merges)
    place = Place(shelf.label)
    said = []
    if any(name.startswith("xl/externallinks/") for name in parts):
        said.append(problem("external-links", place, "warning"))
    if "xl/vbaproject.bin" in parts:
        said.append(problem("macros-ignored", place, "info"))
    return _Seen(tuple(names), tuple(marks), tuple(areas), tuple(said))


def _marks(
    gate: Gate,
    archive: zipfile.ZipFile,
    part: zipfile.ZipInfo,
    found: Reach,
    lengths: Sequence[int],
) -> tuple[Marks, Sequence[Area]]:
    """The marks and merges of one sheet; FileError where its filled cells are too far apart."""
    is_far = found.rows * found.columns > gate.limits.area
    if not (found.is_odd or found.is_telling or is_far or lengths):
        return Marks(), found.areas
    exact = look(gate, pieces(gate, archive, part), lengths)
    gate.hold(exact.rows * exact.columns, gate.limits.area, "file-far-cell")
    return exact.marks, exact.areas


def _lengths(
    gate: Gate,
    archive: zipfile.ZipFile,
    parts: dict[str, zipfile.ZipInfo],
    reaches: dict[str, Reach],
    names: Iterable[str],
) -> list[int]:
    """The lengths of the shared texts, where all cells together could have too many letters."""
    if _STRINGS not in parts:
        return []
    cells = sum(reaches[name].cells for name in names)
    if cells * reaches[_STRINGS].longest <= gate.limits.text:
        return []
    lengths: list[int] = []
    entry = b""
    for text in pieces(gate, archive, parts[_STRINGS]):
        *entries, entry = _ENTRY.split(entry + text)
        lengths += map(length, entries)
    return lengths


def _sheet_parts(
    gate: Gate, archive: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo]
) -> list[str]:
    """The part of each sheet, in order, as the list of sheets and its relations say."""
    roots = _relations(gate, archive, parts, "")
    books = [target for kind, target in roots.values() if kind.endswith("/officeDocument")]
    if len(books) != 1:
        gate.refuse("file-damaged")
    targets = _relations(gate, archive, parts, books[0])
    found = []
    for sheet in _tree(gate, archive, parts, books[0]).iter():
        if _local(sheet.tag) == "sheet":
            key = next((value for name, value in sheet.items() if _local(name) == "id"), "")
            _, name = targets.get(key, ("", ""))
            if name not in parts:
                gate.refuse("file-damaged")
            found.append(name)
    if not found:
        gate.refuse("file-no-sheets")
    return found


def _relations(
    gate: Gate, archive: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo], of: str
) -> dict[str, tuple[str, str]]:
    """Type and part of each relation of the part *of*, by id; an id given twice is damage."""
    home, name = posixpath.split(of)
    tree = _tree(gate, archive, parts, posixpath.join(home, "_rels", f"{name}.rels"))
    found: dict[str, tuple[str, str]] = {}
    for each in tree:
        target = each.get("Target", "").replace("\\", "/").lower()
        path = posixpath.normpath(posixpath.join("/", home, target)).lstrip("/")
        found[each.get("Id", "")] = (each.get("Type", ""), path)
    if len(found) < len(tree):
        gate.refuse("file-damaged")
    return found


def _tree(
    gate: Gate, archive: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo], name: str
) -> ElementTree.Element:
    """A small part as a tree."""
    if name not in parts:
        gate.refuse("file-damaged")
    gate.hold(parts[name].file_size >> 20, _SMALL >> 20, "file-too-large")
    try:
        return ElementTree.fromstring(b"".join(pieces(gate, archive, parts[name])))
    except ElementTree.ParseError:
        gate.refuse("file-damaged")


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _read(shelf: Shelf, file: IO[bytes], seen: _Seen) -> list[Grid]:
    """The sheets by calamine; charts and the like are left out."""
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    gate = shelf.gate
    grids = []
    try:
        book = CalamineWorkbook.from_filelike(file)
        if len(book.sheets_metadata) != len(seen.sheets):
            gate.refuse("file-damaged")
        for index, about in enumerate(book.sheets_metadata):
            gate.tick()
            if about.typ != SheetTypeEnum.WorkSheet:
                continue
            marks = seen.marks[index]
            marks.hidden = about.visible != SheetVisibleEnum.Visible
            sheet = book.get_sheet_by_index(index)
            grids.append(shelf.grid(about.name, _rows(sheet), seen.areas[index], marks))
    except (CalamineError, OSError):
        gate.refuse("file-damaged")
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # of Rust code: it is no Exception
            raise
        gate.refuse("file-damaged")
    if not grids:
        gate.refuse("file-no-sheets")
    return grids


def _rows(sheet: "CalamineSheet") -> Iterator[tuple[int, Sequence[object]]]:
    """The rows with their true numbers, from column 1 on: calamine begins at the first column
    that is filled.
    """
    blank: list[object] = [None] * (sheet.start[1] if sheet.start else 0)
    for row, line in enumerate(sheet.iter_rows(), 1):
        yield row, (blank + line if blank else line)
