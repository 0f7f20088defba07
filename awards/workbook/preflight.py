"""Whether a file may be opened as an .xlsx at all: judged by its content, before any reader.

A file of a few kilobytes can claim a million columns or unpack to gigabytes, so the limits come
first. The parts are streamed; nothing is built from them.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, NoReturn

from awards.problems import FileError, Place, problem

MAX_UNPACKED = 1 << 30
"""Bytes that all parts together may unpack to."""
MAX_RATIO = 200
"""Bytes unpacked for one byte of the file; looked at above :data:`RATIO_FROM` bytes."""
RATIO_FROM = 10 << 20
MAX_CELLS = 5_000_000
"""Cells in one sheet, blank but formatted ones included."""
MAX_MERGED = 2_000_000
"""Cells under merged ranges in one sheet."""

_CHUNK = 1 << 20
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MERGE = re.compile(rb"<(?:\w+:)?mergeCell [^>]*ref=[\"']([A-Z]+)(\d+):([A-Z]+)(\d+)")
_SHEET = re.compile(rb"<(?:\w+:)?sheet[ />]")
_CELL = re.compile(rb"<(?:\w+:)?c[ />]")
_FORMATS = (  # the first bytes, as far as they tell; in order
    (b"%PDF", "PDF"),
    (b"{\\rtf", "RTF"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG", "PNG"),
)
_MEMBERS = (  # a member that gives the format of a zip away
    ("content.xml", "ods"),
    ("word/document.xml", "docx"),
    ("ppt/presentation.xml", "pptx"),
    ("xl/workbook.bin", "xlsb"),
)


def admit(path: Path) -> None:
    """Nothing, where *path* may be opened as an .xlsx; FileError says in one sentence why not."""
    try:
        with path.open("rb") as file:
            head = file.read(4096)
            if not head:
                _refuse(path, "file-empty")
            if not head.startswith(b"PK"):
                _refuse_other(path, head, file)
            _admit_archive(path, file)
    except FileNotFoundError:
        _refuse(path, "file-missing")
    except OSError as error:
        _refuse(path, "file-unreadable", reason=error.strerror or type(error).__name__)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        _refuse(path, "file-damaged")


def count_sheets(file: IO[bytes]) -> int:
    """How many sheets a workbook says it has."""
    with zipfile.ZipFile(file) as archive:
        return len(_SHEET.findall(archive.read("xl/workbook.xml")))


def _refuse(path: Path, code: str, **values: object) -> NoReturn:
    raise FileError(problem(code, Place(str(path)), "error", **values)) from None


def _refuse_other(path: Path, head: bytes, file: IO[bytes]) -> NoReturn:
    """Refuse a file that is no zip, by the name of what it is."""
    if head.startswith(_OLE):
        if _ENCRYPTED in head + file.read():
            _refuse(path, "file-password")
        _refuse(path, "file-other-format", format="xls")
    _refuse(path, "file-other-format", format=_format(head))


def _format(head: bytes) -> str:
    """The format that the first bytes show.

    >>> _format(b"<html><table>"), _format("姓名,奖次".encode("gb18030")), _format(b"%PDF-1.7")
    ('HTML', 'CSV', 'PDF')
    """
    for start, name in _FORMATS:
        if head.startswith(start):
            return name
    plain = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if b"urn:schemas-microsoft-com:office:spreadsheet" in plain:
        return "XML"
    if plain.startswith((b"<html", b"<!doctype html", b"<table", b"<meta", b"<head")):
        return "HTML"
    return "CSV" if b"\x00" not in head else "?"


def _admit_archive(path: Path, file: IO[bytes]) -> None:
    """Refuse a zip that is no workbook, or one whose parts pass the limits."""
    with zipfile.ZipFile(file) as archive:
        members = archive.infolist()
        names = [member.filename for member in members]
        for name, format_ in _MEMBERS:
            if name in names:
                _refuse(path, "file-other-format", format=format_)
        if "xl/workbook.xml" not in names:
            _refuse(path, "file-other-format", format="zip")
        if len(set(names)) < len(names):
            _refuse(path, "file-damaged")
        unpacked = sum(member.file_size for member in members)
        packed = max(1, path.stat().st_size)
        if unpacked > MAX_UNPACKED or (unpacked > RATIO_FROM and unpacked > MAX_RATIO * packed):
            _refuse(path, "file-too-large", found=f"{unpacked >> 20} MiB", limit="1 GiB, 200:1")
        for name in names:
            if name.endswith((".xml", ".rels")):
                with archive.open(name) as part:
                    _admit_part(path, name, part)


def _admit_part(path: Path, name: str, part: IO[bytes]) -> None:
    """Refuse a part with a document type, and a sheet with too many cells or merged cells."""
    is_sheet = name.startswith("xl/worksheets/sheet")
    cells = merged = 0
    for text in _pieces(part):
        if b"<!DOCTYPE" in text or b"\x00" in text:
            _refuse(path, "file-damaged")
        if is_sheet:
            cells += len(_CELL.findall(text))
            merged += sum(_area(*match.groups()) for match in _MERGE.finditer(text))
        if cells > MAX_CELLS or merged > MAX_MERGED:
            limit = MAX_CELLS if cells > MAX_CELLS else MAX_MERGED
            _refuse(path, "file-too-large", found=max(cells, merged), limit=limit)


def _pieces(part: IO[bytes]) -> Iterator[bytes]:
    """The text of *part* in pieces that end with a tag, so that no tag is cut in two."""
    rest = b""
    while chunk := part.read(_CHUNK):
        text = rest + chunk
        end = text.rfind(b">") + 1
        yield text[:end]
        rest = text[end:][-_CHUNK:]
    yield rest


def _area(left: bytes, top: bytes, right: bytes, bottom: bytes) -> int:
    columns = _column(right) - _column(left) + 1
    return columns * (int(bottom) - int(top) + 1)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
