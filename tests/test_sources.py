"""awards.workbook.sources and files: every kind of file into the same results, by its content."""

import datetime
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlwt  # type: ignore[import-untyped]  # it has no types

from awards.problems import FileError
from awards.records import Roster
from awards.workbook import read_roster
from awards.workbook.limits import Limits
from awards.workbook.progress import Steps
from awards.workbook.sources import read_book, read_grids
from tests.attacks import NAMES, ods_parts, ods_row, packed, sheet, xlsx, xlsx_parts
from tests.sheets import cells, codes, people, workbook

TABLE = """
2023年技能大赛获奖名单
学校 | 姓名 | 奖次 | 学号
甲校 | 赵甲、钱乙 | 一等奖 | '001、002
乙校 | 孙丙 | 二等奖 | 20230003
"""
WON = [
    ("B3", "赵甲", "甲校", "一等奖", "001", 2023),
    ("B3", "钱乙", "甲校", "一等奖", "002", 2023),
    ("B4", "孙丙", "乙校", "二等奖", "20230003", 2023),
]


def won(roster: Roster) -> list[tuple[object, ...]]:
    return people(roster, "person", "school", "prize", "person_id", "year")


def refused(*paths: Path) -> list[str]:
    with pytest.raises(FileError) as caught:
        read_roster(*paths)
    return [
        each.code + "".join(f" {v}" for v in each.values.values()) for each in caught.value.problems
    ]


def lines(separator: str = ",") -> str:
    """The table as text, with a cell of two names in quotes."""
    rows = [[str(cell or "") for cell in row] for row in cells(TABLE)]
    rows = [row + [""] * (4 - len(row)) for row in rows]
    return "".join(separator.join(f'"{cell}"' for cell in row) + "\r\n" for row in rows)


def xls(path: Path, change: Callable[[Any], object] | None = None) -> Path:
    """The table as an .xls."""
    book = xlwt.Workbook()
    first = book.add_sheet("名单")
    for row, values in enumerate(cells(TABLE)):
        for column, value in enumerate(values):
            if value is not None:
                first.write(row, column, value)
    if change:
        change(first)
    book.save(str(path))
    return path


def ods(path: Path) -> Path:
    """The table as an .ods."""
    rows = "".join(ods_row(*(str(cell or "") for cell in row)) for row in cells(TABLE))
    return packed(path, ods_parts(rows))


def test_every_format_gives_the_same_results(tmp_path: Path) -> None:
    made = {
        "a.xlsx": workbook(tmp_path, TABLE),
        "a.xls": xls(tmp_path / "a.xls"),
        "a.ods": ods(tmp_path / "a.ods"),
    }
    for name, path in made.items():
        found = read_roster(path)
        assert won(found) == WON, name
        assert found.problems == (), name


@pytest.mark.parametrize(
    ("codec", "separator", "told"),
    [
        ("utf-8", ",", "UTF-8 ,"),
        ("utf-8-sig", ",", "UTF-8 BOM ,"),
        ("gb18030", ",", "GB18030 ,"),
        ("utf-16", "\t", "UTF-16 Tab"),
        ("utf-8", ";", "UTF-8 ;"),
        ("gb18030", "\t", "GB18030 Tab"),
    ],
)
def test_text_in_each_encoding(codec: str, separator: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "名单.csv"
    path.write_bytes(lines(separator).encode(codec))
    found = read_roster(path)
    assert won(found) == WON
    assert found.problems == ()
    (note,) = (each for each in found.notes if each.code == "text-encoding")
    assert " ".join(note.values.values()) == told


def test_text_that_is_valid_in_two_encodings(tmp_path: Path) -> None:
    """一通 in GB18030 is also UTF-8, for letters that no list has."""
    path = tmp_path / "名单.csv"
    path.write_bytes("姓名,奖次\n".encode("gb18030"))
    assert read_grids(path)[0].text((1, 1)) == "姓名"
    path.write_bytes("联通,1".encode("gb18030"))
    assert read_grids(path)[0].text((1, 1)) == "联通"


def test_text_in_no_encoding(tmp_path: Path) -> None:
    path = tmp_path / "名单.csv"
    path.write_bytes("姓名,奖次\n".encode() + b"\xff\xff\n")
    assert refused(path) == ["file-encoding"]
    path.write_bytes("姓名,奖次\n".encode() + "赵甲,一等奖\n".encode("gb18030"))
    assert [each.code for each in read_roster(path).problems] == ["no-header"]


def test_values_in_text(tmp_path: Path) -> None:
    """Plain numbers are numbers and print as written; ids and padded numbers stay text."""
    path = tmp_path / "a.csv"
    path.write_text('7,-2,0.50,0012,220202199001010127,"1,200",2.2E+17,#REF!,2023-05-01\n')
    (found,) = read_grids(path)
    assert dict(found.cells) == {
        (1, 1): 7,
        (1, 2): -2,
        (1, 3): Decimal("0.50"),
        (1, 4): "0012",
        (1, 5): "220202199001010127",
        (1, 6): "1,200",
        (1, 9): "2023-05-01",
    }
    assert codes(found.broken.values()) == ["number-lost-digits G1", "cell-error H1"]


def test_ragged_rows_are_errors_and_give_nobody_money(tmp_path: Path) -> None:
    """An unquoted comma shifts the cells; a missing one may."""
    path = tmp_path / "a.csv"
    path.write_text(
        "名单\n学校,姓名,奖次\n甲校,赵甲,钱乙,一等奖\n乙校,孙丙\n丙校,李丁,二等奖\n丁校,周戊,三等奖,,\n"
    )
    found = read_roster(path)
    assert codes(found.problems) == ["?no-heading D2", "ragged-row A3", "ragged-row A4"]
    assert [(each.person, bool(each.faults)) for each in found.results] == [
        (None, True),
        (None, True),
        ("李丁", False),
        ("周戊", False),
    ]


def test_line_breaks_in_quotes_do_not_shift_rows(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('姓名,奖次\n"赵甲\n钱乙",一等奖\n\n孙丙,二等奖\n')
    assert people(read_roster(path), "person") == [("A2", "赵甲"), ("A2", "钱乙"), ("A4", "孙丙")]


def test_an_xls_tells_what_it_has(tmp_path: Path) -> None:
    def change(sheet: Any) -> None:
        sheet.write_merge(4, 5, 0, 0, "丙校")
        sheet.write(4, 1, "李丁")
        sheet.write(4, 2, "三等奖")
        sheet.write(4, 3, 220202199001010127.0)
        sheet.write(5, 1, "周戊")
        sheet.write(5, 2, datetime.date(2023, 5, 1), xlwt.easyxf(num_format_str="yyyy-mm-dd"))
        sheet.write(5, 4, True)
        sheet.write(6, 0, xlwt.Formula("1/0"))
        sheet.row(5).hidden = True
        sheet.col(2).hidden = True

    (found,) = read_grids(xls(tmp_path / "a.xls", change))
    assert found.source((6, 1)) == (5, 1)
    assert found.value((6, 3)) == datetime.date(2023, 5, 1)
    assert found.value((6, 5)) is True
    assert codes(found.broken.values()) == ["number-lost-digits D5"]
    assert (set(found.hidden_rows), set(found.hidden_columns)) == ({6}, {3})


def test_an_ods_tells_what_it_has(tmp_path: Path) -> None:
    """Merges, hidden rows and columns, dates, errors, remarks, spaces, repeats."""
    styles = (
        '<style:style style:name="h"><style:table-properties table:display="false"/></style:style>'
    )
    columns = (
        '<table:table-column table:number-columns-repeated="2"/>'
        '<table:table-column table:visibility="collapse"/>'
    )
    rows = (
        '<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>'
        '<table:table-row table:visibility="filter"><table:table-cell table:number-rows-spanned="2" '
        'office:value-type="string"><office:annotation><text:p>remark</text:p></office:annotation>'
        "<text:p>甲<text:s/>校</text:p><text:p>乙校</text:p></table:table-cell>"
        '<table:table-cell office:value-type="date" office:date-value="2023-05-01T00:00:00">'
        "<text:p>x</text:p></table:table-cell>"
        '<table:table-cell office:value-type="float" office:value="3" '
        'table:number-columns-repeated="2"/></table:table-row>'
        "<table:table-row><table:covered-table-cell/>"
        '<table:table-cell office:value-type="string" calcext:value-type="error">'
        "<text:p>#REF!</text:p></table:table-cell>"
        '<table:table-cell table:formula="of:=1"/>'
        '<table:table-cell office:value-type="boolean" office:boolean-value="true"/>'
        '<table:table-cell office:value-type="float" office:value="220202199001010127"/>'
        "</table:table-row>"
        '<table:table-row table:number-rows-repeated="1048570">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    parts = ods_parts(rows, styles, columns, 'table:style-name="h"')
    (found,) = read_grids(packed(tmp_path / "a.ods", parts))
    assert dict(found.cells) == {
        (3, 1): "甲 校\n乙校",
        (3, 2): datetime.date(2023, 5, 1),
        (3, 3): 3,
        (3, 4): 3,
        (4, 4): True,
    }
    assert codes(found.broken.values()) == [
        "cell-error B4",
        "formula-no-value C4",
        "number-lost-digits E4",
    ]
    assert found.source((4, 1)) == (3, 1)
    assert found.hidden
    assert (set(found.hidden_rows), set(found.hidden_columns)) == ({3}, {3})


def test_a_name_that_differs_from_the_content_is_a_warning(tmp_path: Path) -> None:
    old = xls(tmp_path / "a.xlsx")
    new = workbook(tmp_path, TABLE).rename(tmp_path / "b.xls")
    text = tmp_path / "c.xlsx"
    text.write_text(lines(), "utf-8")
    for path, told in ((old, ".xlsx xls"), (new, ".xls xlsx"), (text, ".xlsx csv")):
        found = read_roster(path)
        assert won(found) == WON
        (only,) = found.problems
        assert (only.code, only.severity) == ("file-misnamed", "warning")
        assert " ".join(only.values.values()) == told


@pytest.mark.parametrize(
    ("content", "format_"),
    [
        (b"<html xmlns:x='urn:schemas-microsoft-com:office:excel'><table><tr>", "HTML"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<html>", "HTML"),
        (
            b"<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'>",
            "Excel 2003 XML",
        ),
        (b'[{"name": "x"}]', "JSON"),
        (b"%PDF-1.7", "PDF"),
        (b"Rar!\x1a\x07", "RAR"),
        (b"MIME-Version: 1.0\n", "MHTML"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "doc"),
    ],
)
def test_a_disguised_file_is_named(content: bytes, format_: str, tmp_path: Path) -> None:
    path = tmp_path / "名单.xls"
    path.write_bytes(content)
    assert refused(path) == [f"file-other-format {format_}"]


def test_other_zips_are_named(tmp_path: Path) -> None:
    path = tmp_path / "名单.xlsx"
    for member, format_ in (("word/document.xml", "docx"), ("名单1.xlsx", "zip")):
        assert refused(packed(path, {member: b"<x/>"})) == [f"file-other-format {format_}"]


def test_a_workbook_with_macros_and_links_is_read(tmp_path: Path) -> None:
    parts = xlsx_parts()
    parts["xl/vbaProject.bin"] = b"\xd0\xcf\x11\xe0"
    parts["xl/externalLinks/externalLink1.xml"] = b"<externalLink/>"
    found = read_roster(packed(tmp_path / "名单.xlsm", parts))
    assert [each.person for each in found.results] == ["赵甲"]
    assert codes(found.problems) == ["?external-links"]
    assert "macros-ignored" in codes(found.notes)


def test_true_addresses_whatever_is_blank_above_and_to_the_left(tmp_path: Path) -> None:
    """calamine leaves out blank rows and columns in some of its ways to read."""
    rows = (
        '<row r="7"><c r="D7" t="inlineStr"><is><t>姓名</t></is></c>'
        '<c r="F7" t="inlineStr"><is><t>奖次</t></is></c></row>'
        '<row r="9"><c r="D9" t="inlineStr"><is><t>赵甲</t></is></c>'
        '<c r="F9" t="inlineStr"><is><t>一等奖</t></is></c></row>'
    )
    (only,) = read_roster(xlsx(tmp_path / "a.xlsx", sheet(rows))).results
    assert (only.place.cell, only.cells["prize"]) == ("D9", "F9")


def test_dates_of_both_systems_and_none(tmp_path: Path) -> None:
    """A number formatted as a date before 1901 is doubtful; the system of 1904 is minded."""

    def fill(sheet: Any) -> None:
        sheet["A1"], sheet["B1"], sheet["C1"] = datetime.date(2023, 5, 1), 45047, 3
        sheet["C1"].number_format = "yyyy-mm-dd"

    path = workbook(tmp_path, "", change=fill)
    (found,) = read_grids(path)
    assert dict(found.cells) == {(1, 1): datetime.date(2023, 5, 1), (1, 2): 45047}
    assert codes(found.broken.values()) == ["date-too-early C1"]

    def fill_1904(sheet: Any) -> None:
        from openpyxl.utils.datetime import CALENDAR_MAC_1904

        sheet.parent.epoch = CALENDAR_MAC_1904
        sheet["A1"] = datetime.date(2023, 5, 1)

    (found,) = read_grids(workbook(tmp_path, "", change=fill_1904))
    assert dict(found.cells) == {(1, 1): datetime.date(2023, 5, 1)}


def test_hidden_sheets_are_read_where_it_is_asked(tmp_path: Path) -> None:
    def hide(sheet: Any) -> None:
        sheet.parent.create_sheet("旁").append(["姓名", "奖次"])
        sheet.sheet_state = "hidden"
        sheet.parent.active = 1

    path = workbook(tmp_path, TABLE, change=hide)
    assert read_roster(path).results == ()
    assert "?hidden-sheet" in codes(read_roster(path).problems)
    found = read_roster(path, hidden=True)
    assert won(found) == WON
    assert "hidden-sheet-read" in codes(found.notes)


def test_hidden_columns_are_told(tmp_path: Path) -> None:
    def hide(sheet: Any) -> None:
        sheet.column_dimensions["C"].hidden = True

    (only,) = read_roster(workbook(tmp_path, TABLE, change=hide)).problems
    assert (only.code, only.severity, only.values["column"]) == ("hidden-columns", "warning", "C")


def test_several_files_and_folders(tmp_path: Path) -> None:
    """Folders sorted and at any depth; each file once; what is left out is told."""
    for folder in ("甲", "乙/内"):
        (tmp_path / folder).mkdir(parents=True)
    xlsx(tmp_path / "甲" / "名单.xlsx")
    xlsx(tmp_path / "乙" / "内" / "名单.xlsx", sheet(NAMES.replace("赵甲", "钱乙")))
    xlsx(tmp_path / "乙" / "无名", sheet(NAMES.replace("赵甲", "孙丙")))
    (tmp_path / "乙" / "a.csv").write_text("姓名,奖次\n李丁,二等奖\n")
    (tmp_path / "乙" / "~$名单.xlsx").write_bytes(b"x")
    (tmp_path / "乙" / "通知.pdf").write_bytes(b"%PDF-1.7")
    found = read_roster(tmp_path / "甲" / "名单.xlsx", tmp_path / "乙", tmp_path / "甲")
    assert [(each.place.file, each.person) for each in found.results] == [
        ("甲/名单.xlsx", "赵甲"),
        ("a.csv", "李丁"),
        ("内/名单.xlsx", "钱乙"),
        ("无名", "孙丙"),
    ]
    assert [(each.code, each.values.get("format")) for each in found.problems] == [
        ("skipped-file", "PDF")
    ]
    assert [each.code for each in found.notes].count("skipped-temporary") == 1


def test_every_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    good, bad = xlsx(tmp_path / "a.xlsx"), tmp_path / "b.xls"
    bad.write_bytes(b"%PDF")
    (tmp_path / "空").mkdir()
    assert refused(good, bad, tmp_path / "c.xlsx") == ["file-other-format PDF", "file-missing"]
    assert refused(tmp_path / "空") == ["no-lists"]
    assert refused() == ["no-files"]


def test_progress_is_told(tmp_path: Path) -> None:
    rows = "\n".join(f"甲校 | 赵甲 | 一等奖 | '{number:04}" for number in range(1_100))
    steps: list[tuple[str, int, int]] = []
    path = workbook(tmp_path, f"学校 | 姓名 | 奖次 | 学号\n{rows}")
    read_roster(path, progress=lambda *step: steps.append(step))
    assert [done for _, done, _ in steps] == [512, 1024]
    assert steps[0] == ("名单.xlsx", 512, 1101)


def test_rows_that_take_too_long_are_refused(tmp_path: Path) -> None:
    """The time is looked at between rows too, not only while the cells are read."""
    rows = "\n".join(f"甲校 | 赵甲 | 一等奖 | '{number:04}" for number in range(600))
    path = workbook(tmp_path, f"学校 | 姓名 | 奖次 | 学号\n{rows}")
    steps = Steps(read_book(path, path.name), None, Limits(seconds=0))

    def take_all() -> None:
        for _ in range(600):
            steps.take()

    with pytest.raises(FileError, match="file-too-slow"):
        take_all()
