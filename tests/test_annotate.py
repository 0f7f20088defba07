"""awards.workbook.annotate: the user's own workbook back, with the doubtful cells marked."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font
from typer.testing import CliRunner

from cli.main import app
from tests import layouts
from tests.layouts import Sheet, save
from tests.sheets import workbook

LIST = """
2023年某省技能大赛 | . | . | .
学校 | 学生 | 奖次 | 指导教师
一中 | 赵甲钱乙孙丙 | 一等奖 | 周师
一中 | 李丁 | 一等奖 | 李丁
"""


def run(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(app, [*map(str, arguments)])
    return done.exit_code, done.stderr


def dressed(sheet: Any) -> None:
    """Give the sheet formats, a formula, a comment, and a sheet beside it."""
    sheet["B4"].font = Font(bold=True, color="00B050")
    sheet["B3"].comment = Comment("请核对", "周师")
    sheet["F9"] = "=1+1"
    sheet.column_dimensions["B"].width = 33
    sheet.freeze_panes = "A3"
    other = sheet.parent.create_sheet("经费")
    other["A1"], other["A1"].number_format = 0.5, "0%"


def test_marks_comments_and_links(tmp_path: Path) -> None:
    path = workbook(tmp_path, LIST, merged=["A1:D1"], change=dressed)
    target = tmp_path / "标注.xlsx"
    assert run("check", path, "--annotate", target)[0] == 1
    book = load_workbook(target)
    sheet = book["Sheet1"]
    assert sheet["B3"].fill.fgColor.rgb == "00FFC7CE"
    assert sheet["B3"].comment.text.startswith("请核对\n错误 “赵甲钱乙孙丙”看不出是哪几个人")
    assert "提醒 “李丁”在同一行既是参赛者又是指导教师" in sheet["D4"].comment.text
    listed = book["问题"]
    rows = [[cell.value for cell in row] for row in listed.iter_rows(min_row=2)]
    links = {c.value: c.hyperlink and c.hyperlink.location for c in listed["D"][1:]}
    assert ["错误", "Sheet1", "B3", "“赵甲钱乙孙丙”看不出是哪几个人"] in [row[1:5] for row in rows]
    assert links["B3"] == "'Sheet1'!B3"


def test_everything_else_stays_as_it_is(tmp_path: Path) -> None:
    path = workbook(tmp_path, LIST, merged=["A1:D1"], change=dressed)
    target = tmp_path / "标注.xlsx"
    run("check", path, "--annotate", target)
    before, after = load_workbook(path), load_workbook(target)
    assert after.sheetnames == [*before.sheetnames, "问题"]
    marked = {cell.coordinate for row in after["Sheet1"] for cell in row if cell.comment}
    for name in before.sheetnames:
        for row in before[name].iter_rows():
            for cell in row:
                same = after[name][cell.coordinate]
                assert cell.value == same.value
                assert str(cell.font) == str(same.font)
                assert cell.number_format == same.number_format
                assert cell.coordinate in marked or str(cell.fill) == str(same.fill)
    first = after["Sheet1"]
    assert first.column_dimensions["B"].width == 33
    assert first.freeze_panes == "A3"
    assert [str(each) for each in first.merged_cells.ranges] == ["A1:D1"]


@pytest.mark.parametrize("ending", ["xls", "ods", "csv"])
def test_other_formats_come_back_as_a_workbook(tmp_path: Path, ending: str) -> None:
    rows: list[list[layouts.Cell]] = [["姓名", "奖次"], ["赵甲钱乙孙丙", "一等奖"], ["李丁", 2]]
    path = save(tmp_path / f"名单.{ending}", [Sheet("名单", rows)])
    target = tmp_path / "标注.xlsx"
    _, told = run("check", path, "--annotate", target)
    assert "annotated-copy" in told
    sheet = load_workbook(target)["名单"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == rows
    assert sheet["A2"].comment.text.startswith("错误")


def test_what_is_written_can_be_read_again(tmp_path: Path) -> None:
    """The list of problems in it is known for what it is; what was right is still right."""
    path = workbook(tmp_path, "姓名 | 奖次 | 赛项\n赵甲 | 一等奖 | 焊接\n钱乙 | 一等桨 | 焊接")
    target, again = tmp_path / "标注.xlsx", tmp_path / "再.xlsx"
    run("check", path, "--annotate", target)
    code, told = run("read", target)
    assert (code, "own-sheet" in told, "no-header" in told) == (1, True, False)
    assert run("check", target, "--annotate", again)[0] == 1
    assert load_workbook(again).sheetnames == ["Sheet1", "问题", "问题1"]


def test_what_cannot_be_done_is_said(tmp_path: Path) -> None:
    path = workbook(tmp_path, LIST)
    for arguments, code in (
        ((path, path, "--annotate", tmp_path / "a.xlsx"), "annotate-one"),
        ((tmp_path, "--annotate", tmp_path / "a.xlsx"), "annotate-one"),
        ((path, "--annotate", tmp_path / "a.csv"), "annotate-ending"),
        ((path, "--annotate", path, "--force"), "output-is-input"),
    ):
        exit_code, told = run("check", *arguments)
        assert (exit_code, code in told) == (2, True)
