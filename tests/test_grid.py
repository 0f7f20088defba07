"""awards.workbook.grid and preflight: files into cells, or refused in one sentence."""

import datetime
import re
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from awards.problems import FileError
from awards.workbook.grid import cell_name
from awards.workbook.limits import Limits
from awards.workbook.sources import read_book, read_grids
from tests.sheets import grid, workbook


def refused(path: Path) -> str:
    with pytest.raises(FileError) as caught:
        read_grids(path)
    (only,) = caught.value.problems
    assert only.place.file == str(path)
    return only.code + "".join(f" {v}" for v in only.values.values())


def rewrite(path: Path, part: str, change: Any) -> Path:
    """*path* with the text of one part changed."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts[part] = change(parts[part].decode()).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name, content)
    return path


SHEET = "xl/worksheets/sheet1.xml"


def test_values(tmp_path: Path) -> None:
    """Whole floats are ints, others exact; dates are dates; text has no unseen characters."""
    day = datetime.datetime(2023, 6, 1)

    def fill(sheet: Any) -> None:
        values = (3.0, 0.1, day, True, " 赵\u200b甲\u3000", "赵甲\r\n钱乙", "   ", "0012", 20230001)
        for column, value in enumerate(values, 1):
            sheet.cell(1, column, value)

    found = grid(tmp_path, "", change=fill)
    expected = (3, Decimal("0.1"), day.date(), True, "赵甲", "赵甲\n钱乙", "0012", 20230001)
    assert tuple(found.cells.values()) == expected
    assert type(found.cells[1, 1]) is int
    assert (1, 7) not in found.cells


def test_merged_ranges_fill_downwards_only(tmp_path: Path) -> None:
    """
    学校 | . | 赵甲
    .    | . | .
    """
    found = grid(tmp_path, test_merged_ranges_fill_downwards_only.__doc__ or "", merged=["A1:B2"])
    assert found.anchor((2, 2)) == (1, 1)
    assert found.source((2, 1)) == (1, 1)
    assert found.source((2, 2)) == (2, 2)
    assert found.ends == {(1, 1): (2, 2)}


def test_broken_cells_are_problems_not_blanks(tmp_path: Path) -> None:
    def fill(sheet: Any) -> None:
        sheet["A1"], sheet["B1"] = "#REF!", "=1+1"
        sheet["C1"] = 220202199001010127
        sheet["D1"] = 1e300

    found = grid(tmp_path, "", change=fill)
    assert found.cells == {}
    assert {(p.code, p.place.cell) for p in found.broken.values()} == {
        ("cell-error", "A1"),
        ("formula-no-value", "B1"),
        ("number-lost-digits", "C1"),
        ("number-lost-digits", "D1"),
    }
    assert "220202" not in "".join(p.line() for p in found.broken.values())


def test_formulas_have_their_stored_values(tmp_path: Path) -> None:
    """A stored empty text is a blank cell; a stored error is an error."""

    def store(xml: str) -> str:
        xml = re.sub(r'<c r="A1"[^>]*>.*?</c>', '<c r="A1"><f>1+1</f><v>2</v></c>', xml)
        xml = re.sub(r'<c r="B1"[^>]*>.*?</c>', '<c r="B1" t="str"><f>""</f><v></v></c>', xml)
        return re.sub(r'<c r="C1"[^>]*>.*?</c>', '<c r="C1" t="e"><f>A9</f><v>#N/A</v></c>', xml)

    path = rewrite(workbook(tmp_path, "=1 | =2 | =3"), SHEET, store)
    (found,) = read_grids(path)
    assert found.cells == {(1, 1): 2}
    assert [p.code for p in found.broken.values()] == ["cell-error"]


def test_hidden_sheets_and_rows_are_told(tmp_path: Path) -> None:
    def hide(sheet: Any) -> None:
        sheet.row_dimensions[2].hidden = True
        sheet.parent.create_sheet("旧").sheet_state = "veryHidden"

    first, second = read_grids(workbook(tmp_path, "1\n2", change=hide))
    assert (first.hidden, second.hidden) == (False, True)
    assert first.hidden_rows == {2}


def test_a_far_cell_is_refused_before_a_reader_sees_it(tmp_path: Path) -> None:
    """It ends the whole process in the fast reader, which no exception can stop."""

    def fill(sheet: Any) -> None:
        sheet["XFD1048576"] = "x"

    path = workbook(tmp_path, "1", change=fill)
    assert refused(path).startswith("file-far-cell")
    assert cell_name((1048576, 16384)) == "XFD1048576"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file-empty"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "file-other-format HTML"),
        (b"\xef\xbb\xbf<!DOCTYPE html><p>", "file-other-format HTML"),
        (b"%PDF-1.7 ...", "file-other-format PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "file-other-format OLE"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "file-password",
        ),
        (b"\x00\x01\x02", "file-other-format ?"),
        (b"PK\x03\x04 and then nothing", "file-damaged"),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "file-other-format Excel 2003 XML",
        ),
    ],
)
def test_other_files_are_named(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "名单.xlsx"
    path.write_bytes(content)
    assert refused(path) == code


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert refused(tmp_path / "无.xlsx") == "file-missing"
    assert refused(tmp_path).startswith("file-unreadable")


def test_a_file_is_judged_by_content_not_name(tmp_path: Path) -> None:
    path = workbook(tmp_path, "1").rename(tmp_path / "名单.xls")
    assert read_grids(path)[0].cells == {(1, 1): 1}


def test_other_archives_are_named(tmp_path: Path) -> None:
    path = tmp_path / "名单.xlsx"
    for member, code in (
        ("content.xml", "OpenDocument"),
        ("word/document.xml", "docx"),
        ("a.txt", "zip"),
    ):
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(member, "<x/>")
        assert refused(path) == f"file-other-format {code}"


def test_a_truncated_file(tmp_path: Path) -> None:
    path = workbook(tmp_path, "1")
    path.write_bytes(path.read_bytes()[:-200])
    assert refused(path) == "file-damaged"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda xml: xml.replace("<v>1</v>", "<v>1</w>"), "file-damaged"),
        (lambda xml: '<!DOCTYPE x [<!ENTITY a "b">]>' + xml, "file-entities"),
        (
            lambda xml: xml.replace("<c ", '<c t="s" ').replace("<v>1</v>", "<v>99</v>"),
            "file-damaged",
        ),
    ],
)
def test_broken_parts(tmp_path: Path, change: Any, code: str) -> None:
    assert refused(rewrite(workbook(tmp_path, "1"), SHEET, change)) == code


def test_a_missing_part(tmp_path: Path) -> None:
    """Some readers leave the sheet out without a word."""
    for tables in (["1"], ["1", "2"]):
        path = workbook(tmp_path, *tables)
        with zipfile.ZipFile(path) as old:
            parts = {name: old.read(name) for name in old.namelist() if name != SHEET}
        with zipfile.ZipFile(path, "w") as new:
            for name, content in parts.items():
                new.writestr(name, content)
        assert refused(path) == "file-damaged"


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = workbook(tmp_path, "1")
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image1.png", bytes(20 << 20))
    assert refused(path).startswith("file-ratio")


def test_a_huge_merged_range_is_refused(tmp_path: Path) -> None:
    merge = '</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    path = rewrite(workbook(tmp_path, "1"), SHEET, lambda xml: xml.replace("</sheetData>", merge))
    assert refused(path).startswith("file-merges")


def test_too_many_cells(tmp_path: Path) -> None:
    few = Limits(cells=3)
    with pytest.raises(FileError) as caught:
        read_book(workbook(tmp_path, "1 | 2 | 3 | 4"), "名单.xlsx", few)
    assert caught.value.problems[0].code == "file-cells"
    assert read_book(workbook(tmp_path, "1 | 2 | 3"), "名单.xlsx", few).grids
