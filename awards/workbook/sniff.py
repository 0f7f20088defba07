"""What a file is, by its first bytes and the names of its parts; never by its own name."""

import re
import zipfile
from pathlib import Path
from typing import IO, Literal, cast

from awards.workbook.limits import Gate

Source = Literal["xlsx", "xls", "ods", "csv"]
"""The kinds of file that are read; ``csv`` is any text with separators."""

HEAD = 1 << 12
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_FORMATS = (  # the first bytes, as far as they tell; in order
    (b"%PDF", "PDF"),
    (b"{\\rtf", "RTF"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG", "PNG"),
    (b"GIF8", "GIF"),
    (b"MIME-Version:", "MHTML"),
    (b"SQLite format", "SQLite"),
)
_MEMBERS = (  # a member that gives the format of a zip away
    ("word/document.xml", "docx"),
    ("ppt/presentation.xml", "pptx"),
    ("xl/workbook.bin", "xlsb"),
    ("content.xml", "OpenDocument"),
    ("index.html", "HTML.zip"),
)
_STREAMS = (  # the name of a stream in an old Office file
    ("EncryptedPackage", "password"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("WordDocument", "doc"),
    ("PowerPoint Document", "ppt"),
)
_JSON = re.compile(rb"\s*(\{\s*[\"}]|\[\s*[\[{\"\]])")
_HTML = (b"<html", b"<!doctype html", b"<table", b"<meta", b"<head", b"<body", b"<div", b"<style")


def sniff(gate: Gate, file: IO[bytes]) -> Source:
    """The kind of *file*; FileError names what else it is, or says that it has a password."""
    file.seek(0)
    head = file.read(HEAD)
    if not head:
        gate.refuse("file-empty")
    if head.startswith(b"PK"):
        found = _archive(file)
    elif head.startswith(_OLE):
        found = _compound(head + file.read())
    else:
        found = _plain(head)
    file.seek(0)
    if found == "password":
        gate.refuse("file-password")
    if found not in ("xlsx", "xls", "ods", "csv"):
        gate.refuse("file-other-format", format=found)
    return cast("Source", found)


def kind_of(path: Path) -> str | None:
    """The format of *path* as far as its content tells; None where it cannot be opened."""
    try:
        with path.open("rb") as file:
            head = file.read(HEAD)
            if head.startswith(b"PK"):
                return _archive(file)
            return _compound(head + file.read()) if head.startswith(_OLE) else _plain(head)
    except (OSError, zipfile.BadZipFile):
        return None


def _archive(file: IO[bytes]) -> str:
    """The format of a zip; BadZipFile where it is none."""
    with zipfile.ZipFile(file) as archive:
        names = {name.replace("\\", "/").lower() for name in archive.namelist()}
        if "xl/workbook.xml" in names:
            return "xlsx"
        if "mimetype" in names and archive.getinfo("mimetype").file_size <= HEAD:
            kind = archive.read("mimetype").strip()
            if kind.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
                return "ods"
        return next((format_ for name, format_ in _MEMBERS if name in names), "zip")


def _compound(content: bytes) -> str:
    """The format of an old Office file, by the names of its streams."""
    for name, format_ in _STREAMS:
        if name.encode("utf-16-le") in content:
            return format_
    return "OLE"


def _plain(head: bytes) -> str:
    """The format of a file that is no container.

    >>> _plain(b"<html><table>"), _plain("姓名,奖次".encode("gb18030")), _plain(b"%PDF-1.7")
    ('HTML', 'csv', 'PDF')
    >>> _plain(b'[{"name": "x"}]'), _plain("[附件],奖次".encode())
    ('JSON', 'csv')
    """
    for start, name in _FORMATS:
        if head.startswith(start):
            return name
    if head.startswith(_BOMS[1:]):
        return "csv"
    plain = head.removeprefix(_BOMS[0]).lstrip().lower()
    if plain.startswith(b"<"):
        return _markup(plain)
    if _JSON.match(plain):
        return "JSON"
    return "?" if b"\x00" in head else "csv"


def _markup(plain: bytes) -> str:
    if b"urn:schemas-microsoft-com:office:spreadsheet" in plain:
        return "Excel 2003 XML"
    is_html = plain.startswith(_HTML) or b"<html" in plain or b"<table" in plain
    return "HTML" if is_html else "XML"
