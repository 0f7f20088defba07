"""A text file with separators → one sheet, read strictly: a quote left open is refused, a row
with more or fewer cells than the others is an error at its cells.
"""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import IO

from awards.problems import Place, Problem, problem
from awards.workbook.grid import Grid
from awards.workbook.sheet import Marks, Shelf

CHUNK = 1 << 20
SEPARATORS = (",", "\t", ";")
TRIED = 100
"""Rows that tell the separator."""
_NUMBER = re.compile(r"-?(0|[1-9]\d{0,14})(\.\d{1,15})?")
_POWER = re.compile(r"\d(\.\d+)?[Ee]\+(\d\d)")
_MARKED = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8 BOM"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_PLAIN = (("utf-8", "UTF-8"), ("gb18030", "GB18030"))
_NAMES = {",": ",", "\t": "Tab", ";": ";"}
_EAST = "\u2e80"
"""Chinese letters and marks begin here."""


def read_delimited(shelf: Shelf, file: IO[bytes]) -> tuple[list[Grid], tuple[Problem, ...]]:
    """The one sheet, without a name, and a note on the encoding and the separator used."""
    gate = shelf.gate
    gate.hold(file.seek(0, 2) >> 20, gate.limits.part >> 20, "file-too-large")
    codec, encoding = _encoding(shelf, file)
    file.seek(0)
    text = io.TextIOWrapper(file, codec, newline="")
    try:
        separator = _separator(text)
        text.seek(0)
        rows = list(_rows(shelf, text, separator))
    finally:
        text.detach()
    marks = Marks(broken=_ragged(rows))
    rows_ = ((row, [_value(cell) for cell in cells]) for row, cells in rows)
    values = {"encoding": encoding, "separator": _NAMES[separator]}
    note = problem("text-encoding", Place(shelf.label), "info", **values)
    return [shelf.grid("", rows_, marks=marks)], (note,)


def _encoding(shelf: Shelf, file: IO[bytes]) -> tuple[str, str]:
    """The codec that decodes the whole file, and its name in print."""
    file.seek(0)
    start = file.read(4)
    for mark, codec, name in _MARKED:
        if start.startswith(mark):
            if _is_decoded(file, codec)[0]:
                return codec, name
            shelf.gate.refuse("file-encoding")
    tried = {codec: _is_decoded(file, codec) for codec, _ in _PLAIN}
    for codec, name in _PLAIN:
        is_whole, has_letters = tried[codec]
        if is_whole and (has_letters or not tried["gb18030"][0] or _is_ascii(file)):
            return codec, name
    return shelf.gate.refuse("file-encoding")


def _is_decoded(file: IO[bytes], codec: str) -> tuple[bool, bool]:
    """Whether the whole file is in *codec*, and whether Chinese letters come out."""
    decoder = codecs.getincrementaldecoder(codec)()
    has_letters = False
    file.seek(0)
    try:
        while chunk := file.read(CHUNK):
            text = decoder.decode(chunk)
            has_letters = has_letters or max(text, default="") >= _EAST
            if "\x00" in text:
                return False, False
        decoder.decode(b"", True)
    except UnicodeDecodeError:
        return False, False
    return True, has_letters


def _is_ascii(file: IO[bytes]) -> bool:
    file.seek(0)
    return all(chunk.isascii() for chunk in iter(lambda: file.read(CHUNK), b""))


def _separator(text: Iterable[str]) -> str:
    """The separator that gives the first rows the most cells in the most regular way."""
    lines = [line for line, _ in zip(text, range(TRIED), strict=False)]
    best = (0, 0, 0)
    chosen = SEPARATORS[0]
    for order, separator in enumerate(SEPARATORS):
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=separator))
        width, count = max(widths.items(), key=lambda each: (each[0] > 1, each[1]), default=(0, 0))
        if width > 1 and (count, width, -order) > best:
            best, chosen = (count, width, -order), separator
    return chosen


def _rows(shelf: Shelf, text: Iterable[str], separator: str) -> Iterator[tuple[int, list[str]]]:
    """The rows with their numbers, as a spreadsheet would show them."""
    gate = shelf.gate
    reader = csv.reader(_lines(shelf, text), delimiter=separator, strict=True)
    cells = 0
    row = 0
    while True:
        row += 1
        try:
            found = next(reader, None)
        except csv.Error:
            gate.refuse("file-quotes", row=row, line=reader.line_num)
        if found is None:
            return
        cells += len(found)
        gate.hold(cells, gate.limits.cells, "file-cells")
        if found:
            gate.hold(max(map(len, found)), gate.limits.cell, "file-long-cell")
            yield row, found


def _lines(shelf: Shelf, text: Iterable[str]) -> Iterator[str]:
    """The lines of the file, the clock looked at now and then."""
    for number, line in enumerate(text):
        if number % CHUNK == 0:
            shelf.gate.tick()
        yield line


def _ragged(rows: Sequence[tuple[int, list[str]]]) -> dict[tuple[int, int], Problem]:
    """A problem at each cell of the rows that are wider or narrower than the others.

    Lines with a single filled cell are titles and notes. Blank cells at the end do not count.
    """
    widths = {row: _width(cells) for row, cells in rows if sum(map(bool, cells)) > 1}
    lengths = Counter(len(cells) for row, cells in rows if row in widths)
    usual = max(lengths, key=lambda each: lengths[each], default=0)
    broken: dict[tuple[int, int], Problem] = {}
    for row, cells in rows:
        if row not in widths or (len(cells) >= usual >= widths[row]):
            continue
        place = Place(row=row)
        fault = problem("ragged-row", place, "error", found=len(cells), expected=usual)
        broken.update({(row, column): fault for column in range(1, max(usual, len(cells)) + 1)})
    return broken


def _width(cells: Sequence[str]) -> int:
    return max((index for index, cell in enumerate(cells, 1) if cell.strip()), default=0)


def _value(text: str) -> object:
    """A plain number as one; one in exponent form has lost digits; other text as it stands.

    >>> _value("2023"), _value("0012"), _value("220202199001010127"), _value("1,200")
    (2023, '0012', '220202199001010127', '1,200')
    >>> _value("2.20202E+17").code
    'number-lost-digits'
    """
    if not text[:1].isascii():
        return text
    if _NUMBER.fullmatch(text):
        return int(text) if text.lstrip("-").isdecimal() else Decimal(text)
    power = _POWER.fullmatch(text)
    return problem("number-lost-digits", digits=int(power[2]) + 1) if power else text
