"""Whether a packed file may be opened at all: judged part by part, before any reader.

A file of a few kilobytes can claim a million columns or unpack to gigabytes, so the limits come
first. The parts are streamed; nothing is built from them.
"""

import re
import zipfile
from collections.abc import Iterator
from copy import copy
from typing import IO

from awards.workbook.limits import Gate

CHUNK = 1 << 20
_ENCODING = re.compile(rb"<\?xml[^>]*\sencoding\s*=\s*[\"']([\w.-]+)[\"']")
_FORBIDDEN = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_LONGEST_TAG = CHUNK
"""Bytes without a ``>``: nothing honest is longer, as a cell may not hold so much."""
_IGNORED = ("customxml/", "docprops/", "thumbnails/", "pictures/")
"""Folders that no reader looks into."""


def members(gate: Gate, file: IO[bytes], archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """The parts by name; refused are doubled names, too many parts, and too much in them."""
    every = archive.infolist()
    gate.hold(len(every), gate.limits.parts, "file-parts")
    found = {member.filename.replace("\\", "/").lower(): member for member in every}
    if len(found) < len(every):
        gate.refuse("file-doubled-part")
    if any(member.compress_type not in _METHODS for member in every):
        gate.refuse("file-damaged")
    packed = max(1, file.seek(0, 2))
    hold_sizes(gate, packed, [member.file_size for member in every])
    return found


def hold_sizes(gate: Gate, packed: int, sizes: list[int]) -> None:
    """Refuse parts of these *sizes* in a file of *packed* bytes where they are too much."""
    limits = gate.limits
    unpacked = sum(sizes)
    gate.hold(max(sizes, default=0) >> 20, limits.part >> 20, "file-too-large")
    gate.hold(unpacked >> 20, limits.unpacked >> 20, "file-too-large")
    if unpacked > limits.ratio_from:
        gate.hold(unpacked // packed, limits.ratio, "file-ratio")


def is_looked_into(name: str) -> bool:
    """Whether a reader may look into the part *name*."""
    return not name.startswith(_IGNORED)


def pieces(gate: Gate, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """The text of an XML part in pieces that end with a tag; nothing for a part that is no XML.

    The part is unpacked to its end, whatever size it claims: other readers do the same.
    """
    claims = copy(member)
    claims.file_size = gate.limits.part + CHUNK
    read = 0
    rest = b""
    with archive.open(claims) as part:
        while chunk := part.read(CHUNK):
            if not read and not _is_xml(chunk):
                return
            if not read:
                _hold_form(gate, chunk)
            read += len(chunk)
            if read > member.file_size:
                gate.refuse("file-damaged")
            text = rest + chunk
            end = text.rfind(b">") + 1
            if b"\x00" in text or (b"!" in text and _FORBIDDEN.search(text)):
                gate.refuse("file-entities")
            yield text[:end]
            rest = text[end:]
            gate.hold(len(rest), _LONGEST_TAG, "file-long-cell")
            gate.tick()
    if read != member.file_size:
        gate.refuse("file-damaged")
    yield rest


def _is_xml(start: bytes) -> bool:
    """Whether a part is XML, be it in UTF-16."""
    return start.startswith((b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")) or start.removeprefix(
        b"\xef\xbb\xbf"
    ).lstrip().startswith(b"<")


def _hold_form(gate: Gate, start: bytes) -> None:
    """Refuse a part in another encoding than UTF-8: readers differ in what they make of it."""
    encoding = _ENCODING.search(start[:CHUNK])
    if encoding and encoding[1].lower() not in (b"utf-8", b"utf8", b"us-ascii", b"ascii"):
        gate.refuse("file-entities")
