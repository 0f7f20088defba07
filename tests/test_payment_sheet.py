"""The lists that people sign, written and opened again."""

import re
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from awards.dossier import Dossier
from awards.words import Lang, say
from awards.workbook.payment_sheet import write_payment_list
from awards.workbook.summary_sheet import write_summary
from awards.workbook.tax_sheet import write_tax_list
from tests.dossiers import APPROVED, CARD, IDENTITY, ROWS, dossier, won

INCIDENTAL = {"": "incidental"}


def written(made: Dossier, folder: Path, *, signed: bool = True, lang: Lang = "zh") -> Workbook:
    path = folder / "发放表.xlsx"
    write_payment_list(made, path, lang, signed=signed)
    return openpyxl.load_workbook(path)


def texts(sheet: Worksheet) -> list[str]:
    return [str(c) for row in sheet.values for c in row if c is not None]


def lines(sheet: Worksheet) -> list[dict[str, object]]:
    """The numbered rows by heading."""
    rows = list(sheet.values)
    start = next(i for i, row in enumerate(rows) if row[0] in ("序号", "No."))
    return [
        dict(zip(map(str, rows[start]), row, strict=True))
        for row in rows[start + 1 :]
        if isinstance(row[0], int)
    ]


def test_students_and_teachers_have_a_sheet_each(tmp_path: Path) -> None:
    book = written(dossier(tax=INCIDENTAL), tmp_path)
    assert book.sheetnames == ["发放表（学生）", "发放表（教师）"]
    first, second = lines(book["发放表（学生）"])
    names = ("姓名", "身份", "单位（学校）", "赛项", "级别", "奖次", "证件号码", "银行卡号")
    expected = ["赵甲", "学生", "甲校", "焊接技术", "国家级", "二等奖", IDENTITY, CARD]
    assert [first[name] for name in names] == expected
    assert [first[n] for n in ("应发（元）", "代扣个税（元）", "实发（元）")] == [
        15000,
        3000,
        12000,
    ]
    assert first["签字"] is None
    assert second["银行卡号"] is None
    [teacher] = lines(book["发放表（教师）"])
    assert teacher["赛项"] == "焊接技术\n教学能力"
    assert teacher["级别"] == "省级\n市级"
    assert teacher["身份"] == "指导教师\n参赛教师"


def test_totals_by_school_in_all_and_in_capitals(tmp_path: Path) -> None:
    """Students: 15,000 at 甲校 and 10,000 at 乙校, a fifth withheld: 25,000 and 20,000."""
    sheet = written(dossier(tax=INCIDENTAL), tmp_path)["发放表（学生）"]
    totals = {row[0]: row[9:12] for row in sheet.values if str(row[0]).endswith("人）")}
    assert totals == {
        "小计：甲校（1 人）": (15000, 3000, 12000),
        "小计：乙校（1 人）": (10000, 2000, 8000),
        "合计（2 人）": (25000, 5000, 20000),
    }
    assert "应发合计（大写）：人民币贰万伍仟元整" in texts(sheet)
    assert "实发合计（大写）：人民币贰万元整" in texts(sheet)
    assert "金额单位：元" in texts(sheet)
    signatures = next(text for text in texts(sheet) if text.startswith("制表人"))
    assert [word in signatures for word in ("审核人", "财务负责人", "单位负责人", "日期")] == [
        True
    ] * 4


def test_a_transfer_list_has_nothing_to_sign(tmp_path: Path) -> None:
    book = written(dossier(tax=INCIDENTAL), tmp_path, signed=False)
    assert book.sheetnames == ["转账发放表（学生）", "转账发放表（教师）"]
    assert "签字" not in lines(book["转账发放表（学生）"])[0]


def test_print_setup(tmp_path: Path) -> None:
    for sheet in written(dossier(), tmp_path):
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.page_setup.fitToWidth == 1
        header = next(cell.row for cell in sheet["A"] if cell.value == "序号")
        assert sheet.print_title_rows == f"${header}:${header}"
        assert "第 &P 页 共 &N 页" in str(sheet.oddFooter)
        assert "草稿" in str(sheet.oddHeader)


def test_undecided_tax_is_blank_and_said_on_every_sheet(tmp_path: Path) -> None:
    book = written(dossier(tax={"student": "incidental"}), tmp_path)
    for sheet in book:
        assert any(text.startswith("个税未定：1 笔、8,000 元") for text in texts(sheet))
    [teacher] = lines(book["发放表（教师）"])
    assert (teacher["代扣个税（元）"], teacher["实发（元）"]) == (None, None)
    assert not any("实发合计（大写）" in text for text in texts(book["发放表（教师）"]))


def test_wages_are_for_the_payroll(tmp_path: Path) -> None:
    made = dossier(tax={"instructor": "incidental", "teacher": "wages", "student": "wages"})
    book = written(made, tmp_path)
    teachers = lines(book["发放表（教师）"])
    assert [row["代扣个税（元）"] for row in teachers] == [1000, "并入工资"]
    assert [row["实发（元）"] for row in teachers] == [4000, None]
    assert any("3,000 元并入工资薪金" in text for text in texts(book["发放表（教师）"]))
    students = list(book["发放表（学生）"].values)
    total = next(row for row in students if row[0] == "合计（2 人）")
    assert total[9:12] == (25000, None, None)


@pytest.mark.parametrize("write", [write_payment_list, write_summary, write_tax_list])
def test_every_sheet_is_a_draft_until_there_is_an_approval(tmp_path: Path, write: object) -> None:
    assert callable(write)
    for made, is_draft in ((dossier(), True), (dossier(release=APPROVED), False)):
        path = tmp_path / f"{is_draft}.xlsx"
        write(made, path)
        for sheet in openpyxl.load_workbook(path):
            told = " ".join(texts(sheet)) + str(sheet.oddHeader)
            assert ("草稿" in told) == is_draft
            assert ("某人社批〔2024〕5号" in told) == (not is_draft)


def test_text_stays_text_and_numbers_keep_their_digits(tmp_path: Path) -> None:
    rows = [won("=cmd|1", "省级", "一等奖", school="+乙校", person_id=IDENTITY, 银行卡号=CARD)]
    sheet = written(dossier(rows), tmp_path)["发放表（学生）"]
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    numbers = [cell for cell in cells if cell.value in (IDENTITY, CARD)]
    assert [(cell.data_type, cell.number_format) for cell in numbers] == [("s", "@")] * 2


def test_a_number_in_a_name_is_masked(tmp_path: Path) -> None:
    sheet = written(dossier([won(f"赵甲{IDENTITY}", "省级", "一等奖")]), tmp_path)["发放表（学生）"]
    assert IDENTITY not in "".join(texts(sheet))


def test_the_summary_adds_up_and_has_its_chart(tmp_path: Path) -> None:
    path = tmp_path / "汇总表.xlsx"
    write_summary(dossier(), path)
    book = openpyxl.load_workbook(path)
    full, schools = book.worksheets
    cells = [row[:5] for row in full.values if isinstance(row[3], int) and row[1]]
    assert cells == [
        ("甲校", "国家级", "二等奖", 1, 15000),
        ("甲校", "省级", "三等奖", 1, 5000),
        ("甲校", "市级", "一等奖", 1, 3000),
        ("乙校", "省级", "一等奖", 1, 10000),
    ]
    by_school = {row[0]: row[1:3] for row in schools.values if isinstance(row[1], int)}
    assert by_school == {"甲校": (3, 23000), "乙校": (1, 10000), "合计": (4, 33000)}
    with ZipFile(path) as parts:
        chart = parts.read("xl/charts/chart1.xml").decode()
    found = re.search(r"<(?:c:)?val>.*?\$C\$(\d+):\$C\$(\d+)", chart, re.DOTALL)
    assert found
    shown = range(int(found[1]), int(found[2]) + 1)
    assert [schools.cell(row, 3).value for row in shown] == [23000, 10000]


def test_the_tax_list_names_treatment_rate_and_document(tmp_path: Path) -> None:
    path = tmp_path / "个税表.xlsx"
    made = dossier(tax={"student": "exempt=某省人民政府,某政发〔2023〕1号", "": "incidental"})
    write_tax_list(made, path)
    sheet = openpyxl.load_workbook(path).worksheets[0]
    told = {row["姓名"]: row for row in lines(sheet)}
    assert (told["赵甲"]["个税处理"], told["赵甲"]["代扣个税（元）"]) == ("免税", 0)
    assert told["赵甲"]["免税依据"] == "某省人民政府 某政发〔2023〕1号"
    assert (told["孙丙"]["税率"], told["孙丙"]["代扣个税（元）"]) == ("20%", 1600)
    assert any("个人所得税法" in text for text in texts(sheet))


@pytest.mark.parametrize("write", [write_payment_list, write_summary, write_tax_list])
def test_english_and_empty(tmp_path: Path, write: object) -> None:
    assert callable(write)
    for rows in (ROWS, ()):
        path = tmp_path / f"{len(rows)}.xlsx"
        write(dossier(rows), path, "en")
        told = [text for sheet in openpyxl.load_workbook(path) for text in texts(sheet)]
        assert say("document.unit", "en") in told
        assert (say("document.none", "en") in told) == (not rows)


def test_amounts_are_exact(tmp_path: Path) -> None:
    path = tmp_path / "发放表.xlsx"
    write_payment_list(dossier(tax=INCIDENTAL), path)
    for sheet in openpyxl.load_workbook(path):
        money = [c for row in sheet.iter_rows(min_col=10, max_col=12) for c in row]
        numbers = [c for c in money if isinstance(c.value, int | float | Decimal)]
        assert numbers
        assert {cell.number_format for cell in numbers} == {"#,##0.00"}
