"""How far the parts of an .xlsx reach: a quick look with patterns, made before any reader.

What the patterns cannot be sure of (cells without an address, comments, entities in addresses)
makes a part *odd*, and an odd part is looked at again, slowly and exactly.
"""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from awards.workbook.limits import Gate
from awards.workbook.sheet import Area

Address = bytes

ROWS = 1 << 20
COLUMNS = 1 << 14
"""No spreadsheet program has more."""

_CELL = re.compile(rb"<c r=\"([A-Z]{1,3}[1-9]\d{0,6})\"")
"""A cell as every program writes it; one written in another way makes the part odd."""
_BEGIN = re.compile(rb"<(?:\w+:)?c(?=[\s/>])")
_MERGE = re.compile(
    rb"<(?:\w+:)?mergeCell\s[^>]*?ref=[\"']\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?"
)
_ENTRY = re.compile(rb"</(?:\w+:)?(?:si|c)\s*>")
_ASIDE = re.compile(rb"<(?:\w+:)?rPh\b.*?</(?:\w+:)?rPh>|<[^>]*>", re.DOTALL)
_TELLING = ((b"f", b"<f"), (b":", b":f"), (b'"', b'"e"'), (b"'", b"'e'"), (b"h", b"hidden="))
"""Each with its rarest letter: whether that is there at all is known many times sooner."""
_LETTERS = bytes(range(ord("A"), ord("Z") + 1))
_DIGITS = b"0123456789"
_ODD = re.compile(rb"<\?(?!xml\s)")


@dataclass(slots=True)
class Reach:
    """What a quick look found in one part."""

    cells: int = 0
    rows: int = 0
    columns: int = 0
    longest: int = 0
    """Bytes of the longest text, its tags included."""
    is_odd: bool = False
    is_telling: bool = False
    """Whether there are formulas, error values or hidden rows and columns."""
    areas: list[Area] = field(default_factory=list)


def reach(gate: Gate, pieces: Iterable[bytes], has_texts: bool = False) -> Reach:
    """How far one part reaches; FileError where it has too many cells, merges or letters.

    Letters are looked at where the part *has_texts* of cells.
    """
    found = Reach()
    entry = b""
    last = (0, frozenset[Address]())
    for text in pieces:
        cells = _CELL.findall(text)
        begun = len(cells)
        if text.count(b"<c") != begun or (b":" in text and b":c" in text):
            begun = len(_BEGIN.findall(text))
        found.cells += begun
        gate.hold(found.cells, gate.limits.cells, "file-cells")
        found.is_odd = found.is_odd or begun != len(cells) or _is_odd(text)
        last = _follow(found, cells, last) if cells else last
        found.is_telling = found.is_telling or any(
            rare in text and mark in text for rare, mark in _TELLING
        )
        if b"mergeCell" in text:
            found.areas += map(_area, _MERGE.findall(text))
            gate.hold(len(found.areas), gate.limits.merges, "file-merges")
        if has_texts:
            entry = _measure(gate, found, entry + text)
    return found


def _is_odd(text: bytes) -> bool:
    """Whether there are comments, CDATA or processing instructions: patterns may be misled."""
    return (b"!" in text and b"<!" in text) or (b"?" in text and bool(_ODD.search(text)))


def _follow(
    found: Reach, cells: list[Address], last: tuple[int, frozenset[Address]]
) -> tuple[int, frozenset[Address]]:
    """Add *cells* to what was *found*; the last row so far and its cells.

    Cells that do not go down the sheet, or are there twice, are odd.
    """
    unique = set(cells)
    joined = b" ".join(cells)
    rows = joined.translate(None, _LETTERS).split()
    columns = set(joined.translate(None, _DIGITS).split())
    numbers = set(map(int, set(rows)))
    found.rows = max(found.rows, *numbers)
    found.columns = max(found.columns, *map(column_of, columns))
    if found.rows > ROWS or found.columns > COLUMNS or len(unique) < len(cells):
        found.is_odd = True
    if min(numbers) < last[0] or unique & last[1]:
        found.is_odd = True
    row = max(numbers)
    written = b"%d" % row
    start = rows.index(written)
    tail = {each for each, at in zip(cells[start:], rows[start:], strict=True) if at == written}
    return row, frozenset(tail | last[1] if row == last[0] else tail)


def _measure(gate: Gate, found: Reach, text: bytes) -> bytes:
    """Refuse a text that no cell may hold; the text of the entry that is not yet at its end."""
    limit = gate.limits.cell
    is_prefixed = b":" in text and (b":c>" in text or b":si>" in text)
    if is_prefixed or b"</si>" in text:
        *entries, rest = _ENTRY.split(text)
    else:
        *entries, rest = text.split(b"</c>")
    longest = max(map(len, entries), default=0)
    found.longest = max(found.longest, longest)
    if longest > limit:
        for each in entries:
            if len(each) > limit:
                gate.hold(length(each), limit, "file-long-cell")
    if len(rest) > limit:
        rest = _bare(rest)
        gate.hold(length(rest), limit, "file-long-cell")
    return rest


def length(entry: bytes) -> int:
    """The characters in a text with its tags.

    >>> length(b"<r><t>a&amp;b</t></r><rPh><t>x</t></rPh>")
    3
    """
    return len(html.unescape(_bare(entry).decode("utf-8", "replace")))


def _bare(entry: bytes) -> bytes:
    """*entry* without its tags, unless there are comments or CDATA in it."""
    return entry if b"<!" in entry else _ASIDE.sub(b"", entry)


def _area(match: tuple[bytes, bytes, bytes, bytes]) -> Area:
    left, top, right, bottom = match
    first = (int(top), column_of(left))
    return first, ((int(bottom), column_of(right)) if right else first)


def column_of(letters: bytes) -> int:
    """The number of a column.

    >>> column_of(b"A"), column_of(b"XFD")
    (1, 16384)
    """
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
