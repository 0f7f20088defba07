"""Hostile and broken files, made on the spot: parts put into a zip by hand, few of them large."""

import struct
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"
NAMES = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>姓名</t></is></c>'
    '<c r="B1" t="inlineStr"><is><t>奖次</t></is></c></row>'
    '<row r="2"><c r="A2" t="inlineStr"><is><t>赵甲</t></is></c>'
    '<c r="B2" t="inlineStr"><is><t>一等奖</t></is></c></row>'
)
"""A small list: two columns, one result."""


def sheet(rows: str = NAMES, before: str = "", after: str = "") -> str:
    """A sheet part."""
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def xlsx_parts(
    content: str | None = None, strings: str | None = None, sheets: int = 1
) -> dict[str, bytes]:
    """The parts of an .xlsx with as many sheets of the same *content*."""
    listed = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="rId{n}"/>' for n in _to(sheets))
    related = "".join(
        f'<Relationship Id="rId{n}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in _to(sheets)
    )
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" '
        f'Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{listed}'
        "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">{related}</Relationships>',
        **{f"xl/worksheets/sheet{n}.xml": content or sheet() for n in _to(sheets)},
    }
    if strings is not None:
        parts[STRINGS] = f'<sst xmlns="{MAIN}">{strings}</sst>'
    return {name: text.encode() for name, text in parts.items()}


def _to(count: int) -> range:
    return range(1, count + 1)


def packed(path: Path, parts: Mapping[str, bytes]) -> Path:
    """A zip of *parts*."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def xlsx(path: Path, content: str | None = None, strings: str | None = None) -> Path:
    """An .xlsx with one sheet."""
    return packed(path, xlsx_parts(content, strings))


def ods_parts(rows: str, styles: str = "", columns: str = "", of: str = "") -> dict[str, bytes]:
    """The parts of an .ods with one sheet; *of* are the attributes of its table."""
    content = (
        f'<office:document-content xmlns:office="{OFFICE}office:1.0" '
        f'xmlns:table="{OFFICE}table:1.0" xmlns:text="{OFFICE}text:1.0" '
        f'xmlns:style="{OFFICE}style:1.0" xmlns:calcext="urn:org:documentfoundation:names'
        ':experimental:calc:xmlns:calcext:1.0">'
        f"<office:automatic-styles>{styles}</office:automatic-styles><office:body>"
        f'<office:spreadsheet><table:table table:name="名单" {of}>{columns}{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return {"mimetype": kind.encode(), "content.xml": content.encode()}


def ods_row(*cells: str, of: str = "") -> str:
    """A row of text cells."""
    inner = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
        if cell
        else "<table:table-cell/>"
        for cell in cells
    )
    return f"<table:table-row {of}>{inner}</table:table-row>"


def _cells(count: int, per_row: int, cell: str) -> str:
    rows = range(1, count // per_row + 1)
    return "".join(f'<row r="{row}">{cell * per_row}</row>' for row in rows)


def _bomb(path: Path) -> Path:
    parts = xlsx_parts()
    parts["xl/media/image1.png"] = bytes(300 << 20)
    return packed(path, parts)


def _long_cell(path: Path) -> Path:
    text = "x" * (64 << 20)
    return xlsx(path, sheet(f'<row r="1"><c r="A1" t="inlineStr"><is><t>{text}</t></is></c></row>'))


def _many_cells(path: Path) -> Path:
    return xlsx(path, sheet(_cells(22_000_000, 1_000, "<c><v>1</v></c>")))


def _shared(path: Path, letters: int, cells: int) -> Path:
    rows = "".join(f'<row r="{r}"><c r="A{r}" t="s"><v>0</v></c></row>' for r in _to(cells))
    return xlsx(path, sheet(rows), f"<si><t>{'x' * letters}</t></si>")


def _rich(path: Path) -> Path:
    runs = "".join(f"<r><t>{'x' * 30_000}</t></r>" for _ in range(40))
    rows = "".join(f'<row r="{r}"><c r="A{r}" t="s"><v>0</v></c></row>' for r in _to(2_000))
    return xlsx(path, sheet(rows), f"<si>{runs}</si>")


def _cdata(path: Path) -> Path:
    rows = "".join(f'<row r="{r}"><c r="A{r}" t="s"><v>0</v></c></row>' for r in _to(2_000))
    return xlsx(path, sheet(rows), f"<si><t><![CDATA[{'x' * (1 << 20)}]]></t></si>")


def _laughs(path: Path) -> Path:
    entities = '<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {after} "{f"&{before};" * 10}">'
        for before, after in zip("abcdefgh", "bcdefghi", strict=True)
    )
    text = sheet('<row r="1"><c r="A1" t="inlineStr"><is><t>&i;</t></is></c></row>')
    return xlsx(path, f"<!DOCTYPE x [{entities}]>{text}")


def _utf_16(path: Path) -> Path:
    parts = xlsx_parts()
    text = f'<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY a "b">]>{sheet()}'
    return packed(path, {**parts, SHEET: text.encode("utf-16")})


def _far(path: Path, cell: str = "XFD1048576") -> Path:
    row = "".join(each for each in cell if each.isdigit())
    far = f'<row r="{row}"><c r="{cell}"><v>1</v></c></row>'
    return xlsx(path, sheet(NAMES + far))


def _far_without_address(path: Path) -> Path:
    far = '<row r="1048576">' + "<c><v>1</v></c>" * 16_000 + "</row>"
    return xlsx(path, sheet(NAMES + far))


def _wide(path: Path) -> Path:
    cells = "".join("<c><v>1</v></c>" for _ in range(1 << 14))
    return xlsx(path, sheet(f'{NAMES}<row r="3">{cells}</row>'))


def _merges(path: Path, areas: list[str]) -> Path:
    merges = "".join(f'<mergeCell ref="{area}"/>' for area in areas)
    return xlsx(path, sheet(after=f"<mergeCells>{merges}</mergeCells>"))


def _doubled(path: Path) -> Path:
    import warnings

    parts = xlsx_parts()
    with zipfile.ZipFile(path, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, content in (*parts.items(), (SHEET, parts[SHEET])):
            archive.writestr(name, content)
    return path


def _lying_size(path: Path) -> Path:
    """The directory claims 100 bytes for a part of 64 MiB."""
    parts = xlsx_parts(strings=f"<si><t>{'x' * (64 << 20)}</t></si>")
    packed(path, parts)
    content = bytearray(path.read_bytes())
    at = content.rindex(STRINGS.encode()) - 46
    content[at + 24 : at + 28] = struct.pack("<I", 100)
    path.write_bytes(content)
    return path


def _damaged_stream(path: Path) -> Path:
    content = bytearray(xlsx(path, sheet(NAMES * 50)).read_bytes())
    at = content.index(SHEET.encode()) + 60
    content[at : at + 40] = bytes(40)
    path.write_bytes(content)
    return path


def _without(path: Path, part: str) -> Path:
    return packed(path, {name: text for name, text in xlsx_parts().items() if name != part})


def _ods_repeat(path: Path, rows: int, columns: int) -> Path:
    cell = (
        f'<table:table-cell table:number-columns-repeated="{columns}" '
        'office:value-type="float" office:value="1"/>'
    )
    row = f'<table:table-row table:number-rows-repeated="{rows}">{cell}</table:table-row>'
    return packed(path, ods_parts(row))


def _ods_spaces(path: Path) -> Path:
    cell = '<table:table-cell office:value-type="string"><text:p><text:s text:c="2000000000"/>'
    return packed(
        path, ods_parts(f"<table:table-row>{cell}</text:p></table:table-cell></table:table-row>")
    )


def _ole(path: Path, *streams: str) -> Path:
    names = b"".join(name.encode("utf-16-le") for name in streams)
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + names + bytes(600))
    return path


def _csv(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


ATTACKS: Mapping[str, tuple[str, Callable[[Path], Path]]] = {
    "a picture that unpacks to 300 MiB": ("file-ratio", _bomb),
    "64 MiB in one cell": ("file-ratio", _long_cell),
    "22 million cells": ("file-ratio", _many_cells),
    "a shared text of 1 MiB in 2,000 cells": (
        "file-long-cell",
        lambda p: _shared(p, 1 << 20, 2_000),
    ),
    "a text of the longest kind in 100,000 cells": (
        "file-long-text",
        lambda p: _shared(p, 32_000, 100_000),
    ),
    "a text made of many runs": ("file-long-cell", _rich),
    "a long text in CDATA": ("file-long-cell", _cdata),
    "billion laughs": ("file-entities", _laughs),
    "a document type in UTF-16": ("file-entities", _utf_16),
    "one cell at the far end": ("file-far-cell", _far),
    "16,384 columns": ("file-columns", _wide),
    "a cell beyond the far end": ("file-damaged", lambda p: _far(p, "AAAA9999999")),
    "a far cell without an address": ("file-far-cell", _far_without_address),
    "everything merged": ("file-merges", lambda p: _merges(p, ["A1:XFD1048576"])),
    "60,000 merges": ("file-merges", lambda p: _merges(p, [f"A{n}:B{n}" for n in _to(60_000)])),
    "two parts of one name": ("file-doubled-part", _doubled),
    "a part that lies about its size": ("file-damaged", _lying_size),
    "a damaged stream": ("file-damaged", _damaged_stream),
    "no sheet part": ("file-damaged", lambda p: _without(p, SHEET)),
    "no relations": ("file-damaged", lambda p: _without(p, "_rels/.rels")),
    "a shared text that is not there": (
        "file-damaged",
        lambda p: xlsx(
            p, sheet('<row r="1"><c r="A1" t="s"><v>7</v></c></row>'), "<si><t>x</t></si>"
        ),
    ),
    "an .ods row a million times": ("file-cells", lambda p: _ods_repeat(p, 1_000_000, 16_000)),
    "an .ods row without end": ("file-repeats", lambda p: _ods_repeat(p, 10**12, 1)),
    "an .ods cell of spaces": ("file-repeats", _ods_spaces),
    "a password": ("file-password", lambda p: _ole(p, "EncryptedPackage")),
    "an .xls of nothing": ("file-damaged", lambda p: _ole(p, "Workbook")),
    "an open quote": ("file-quotes", lambda p: _csv(p, '姓名,奖次\n"赵甲,一等奖\n钱乙,二等奖\n')),
    "a cell of a million letters": (
        "file-long-cell",
        lambda p: _csv(p, f"姓名,奖次\n{'x' * 100_000},1\n"),
    ),
}
