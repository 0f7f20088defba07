"""awards.workbook.plans and ``awards estimate``: sheets of plans in, tables and workbooks out."""

import csv
import io
import json
from pathlib import Path

import jsonschema
import pytest
from openpyxl import load_workbook

import awards
from awards.estimate_report import schema
from awards.plans import Plan
from awards.workbook import read_plan
from tests.sheets import codes, workbook
from tests.test_cli import run

HEAD = "年度 | 竞赛名称 | 主办单位 | 级别 | 奖次 | 奖项数 | 每项学生数 | 每项指导教师数\n"
ROW = "2026 | 全省职业院校技能大赛 | 省教育厅 | 省级 | 一等奖 | 3 | 2 | 1\n"
FUNDS = """
学校 | 学段 | 办学性质 | 隶属 | 在校生数 | 在校生数
. | . | . | . | 2020年 | 2021年
甲校 | 中职 | 公办 | 省属 | 400 | 450
"""
JILIN = ("--schedule", "jilin-city")


def read(folder: Path, *tables: str, schedule: str = "jilin-city") -> Plan:
    return read_plan(workbook(folder, *tables), schedules=[awards.load_schedule(schedule)])


def test_a_row_is_a_line_with_its_cells(tmp_path: Path) -> None:
    plan = read(tmp_path, HEAD + ROW + "合计 | . | . | . | . | 3 | . | .\n")
    [line] = plan.lines
    assert (line.number, line.people) == (3, {"student": 2, "instructor": 1})
    assert line.columns["level"] == "省级"
    assert (line.place.cell, line.cells["prize"].cell) == ("F2", "E2")
    assert codes(plan.problems) == ["skipped-total A3"]


def test_a_blank_count_is_not_zero(tmp_path: Path) -> None:
    """Nobody is 0 or 无; a blank, a part of a person and a word are problems; good rows count."""
    plan = read(
        tmp_path,
        HEAD
        + ROW.replace("| 1\n", "| .\n")
        + ROW.replace("| 1\n", "| 无\n")
        + ROW.replace("| 3 |", "| 二 |")
        + ROW.replace("| 3 |", "| 1.5 |")
        + ROW.replace("| 2 | 1\n", "| 0 | 0\n"),
    )
    assert [(line.place.row, line.people) for line in plan.lines] == [(3, {"student": 2})]
    assert codes(plan.problems) == [
        "plan-blank H2",
        "figure-not-a-number F4",
        "plan-not-whole F5",
        "plan-nobody F6",
    ]


def test_years_may_stand_across(tmp_path: Path) -> None:
    plan = read(
        tmp_path,
        """
        级别 | 奖次 | 2026年奖项数 | 2027年奖项数 | 每项学生数
        省级 | 一等奖 | 3 | 4 | 2
        """,
    )
    assert [(line.columns["year"], line.number) for line in plan.lines] == [(2026, 3), (2027, 4)]
    assert plan.problems == ()


def test_a_column_of_the_schedule_is_known(tmp_path: Path) -> None:
    plan = read(
        tmp_path,
        "年度 | 组别 | 奖次 | 项数 | 每项选手数\n2024 | 学生组 | 一等奖 | 1 | 2\n",
        schedule="jiangsu-zhuangyuan",
    )
    assert codes(plan.problems) == []
    assert "学生组" in plan.lines[0].columns.values()


def test_scenarios_are_named_or_the_row_is_in_none(tmp_path: Path) -> None:
    plan = read(
        tmp_path,
        "方案 | 级别 | 奖次 | 奖项数 | 每项学生数\n"
        "稳妥 | 省级 | 一等奖 | 1 | 1\n"
        "各方案 | 省级 | 一等奖 | 2 | 1\n"
        ". | 省级 | 一等奖 | 4 | 1\n",
        "方案 | 学校 | 年度 | 在校生数\n稳妥 | 甲 | 2021 | 5\n进取 | 甲 | 2021 | 7\n. | 甲 | 2021 | 9\n",
    )
    assert plan.scenarios() == ("稳妥", "进取")
    assert [line.number for line in plan.under("稳妥").lines] == [1, 2]
    assert [line.number for line in plan.under("进取").lines] == [2]
    students = [each.columns.get("students") for each in plan.under("进取").figures]
    assert students == [7]
    assert codes(plan.problems) == ["blank-figure A4", "blank-figure A4"]


def test_a_file_without_a_plan_is_told(tmp_path: Path) -> None:
    plan = read(tmp_path, "一 | 二\n三 | 四\n")
    assert "no-plan" in [each.code for each in plan.problems]


def test_the_command_prints_by_hand(tmp_path: Path) -> None:
    """3 × 2 × 10,000 + 3 × 1 × 10,000 = 90,000; 6,000 × 450 = 2,700,000, 700,000 more."""
    path = workbook(tmp_path, HEAD + ROW, FUNDS, merged=())
    code, out, err = run("estimate", path, *JILIN, "-s", "jiangxi-per-student")
    assert (code, err) == (0, "")
    assert "假定" in out
    assert "90,000" in out
    assert "6,000 × 450 = 2,700,000" in out
    assert "+700,000" in out


def test_a_year_without_a_rate_is_open_in_the_table_and_in_the_sum(tmp_path: Path) -> None:
    """hubei-higher publishes no rate for 2015: it is missing, and the money of a plan is not."""
    table = FUNDS.replace("中职", "高职").replace("2020年", "2015年").replace("2021年", "2016年")
    path = workbook(tmp_path, table)
    _, out, _ = run("estimate", path, "-s", "hubei-higher", "-o", tmp_path / "out.xlsx")
    [row] = (line for line in out.splitlines() if line.startswith("甲校 2015"))
    assert "未定" in row
    assert "floor(2015)" in row
    assert "金额" not in row
    [total] = (line for line in out.splitlines() if "| 2015 |" in line)
    assert total.split("|")[2:] == [" 未定      ", " 0      ", " 1       "]
    book = load_workbook(tmp_path / "out.xlsx")
    rows = book["测算汇总"].iter_rows(min_row=5, values_only=True)
    found = {str(row[0])[:4]: row[1] for row in rows}
    assert (found["2015"], found["2016"]) == ("未定", 5400000)
    amounts = [row[3] for row in book["经费测算"].iter_rows(min_row=5, values_only=True)]
    assert amounts == ["未定", 5400000]


def test_words_of_the_plan_are_printed_in_the_language_asked_for(tmp_path: Path) -> None:
    _, out, _ = run("estimate", workbook(tmp_path, HEAD + ROW), *JILIN, "--lang", "en")
    assert "provincial" in out
    assert "first prize" in out
    assert "省级" not in out


def test_several_scenarios_are_not_added_up(tmp_path: Path) -> None:
    """5 and 7 students in two plans are not 12 in one."""
    table = "方案 | 学校 | 年度 | 在校生数\n稳妥 | 甲 | 2023 | 5\n进取 | 甲 | 2023 | 7\n"
    for command in (("fund",), ("compare", "--reading", "money=own")):
        code, out, err = run(*command, workbook(tmp_path, table), "-s", "ezhou")
        assert (code, out) == (2, "")
        assert "several-scenarios" in err


def test_a_sheet_that_is_not_there_is_told_with_its_file(tmp_path: Path) -> None:
    path = workbook(tmp_path, HEAD + ROW)
    code, _, err = run("estimate", *JILIN, "--scenario", f"稳妥={path}!没有")
    assert code == 1
    assert "[没有]" in err
    assert "no-plan" in err


def test_the_json_keeps_its_schema(tmp_path: Path) -> None:
    path = workbook(tmp_path, HEAD + ROW, FUNDS)
    _, out, _ = run("estimate", path, *JILIN, "-s", "jiangxi-per-student", "-f", "json")
    report = json.loads(out)
    jsonschema.Draft202012Validator(schema()).validate(report)
    [planned] = report["awards"]
    assert planned["due"] == {"yuan": "90000.00"}
    assert planned["rows"] == sum(each["count"] for each in planned["groups"]) == 9
    amounts = [each["amount"] for each in report["funds"][1]["expected"]]
    assert amounts == ["2000000", "2700000", None, "3600000"]


def test_files_as_scenarios_and_each_form(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    one = workbook(tmp_path / "a", HEAD + ROW, sheets=["计划"])
    other = workbook(tmp_path / "b", HEAD + ROW.replace("| 3 |", "| 5 |"), sheets=["计划"])
    named = ("--scenario", f"稳妥={one}", "--scenario", f"进取={other}!计划")
    code, out, _ = run("estimate", *named, *JILIN)
    assert code == 0
    assert [each in out for each in ("稳妥 合计", "进取 合计", "90,000", "150,000")] == [True] * 4
    for ending in ("xlsx", "json", "csv"):
        assert run("estimate", *named, *JILIN, "-o", tmp_path / f"out.{ending}")[0] == 0
    rows = list(csv.DictReader(io.StringIO((tmp_path / "out.csv").read_text("utf-8-sig"))))
    assert [row["total"] for row in rows] == ["60000.00", "30000.00", "100000.00", "50000.00"]
    assert run("estimate", *named, *JILIN, "-o", tmp_path / "out.csv")[0] == 2


def test_the_workbook_leads_back_to_the_plan(tmp_path: Path) -> None:
    """The sums on the first sheet; on the others each number with clause and cell."""
    path = workbook(tmp_path, HEAD + ROW, FUNDS, sheets=["奖项", "学生"])
    target = tmp_path / "测算.xlsx"
    run("estimate", path, *JILIN, "-s", "jiangxi-per-student", "-o", target)
    book = load_workbook(target)
    assert book.sheetnames == ["测算汇总", "奖励测算", "经费测算2", "问题", "依据"]
    sums = {row[0].value: row[1].value for row in book["测算汇总"].iter_rows(min_row=5)}
    assert sums["应发合计（元）"] == 90000
    assert sums["2021 secondary 省属中职（含技工院校）生均拨款不低于标准"] == 2700000
    first = [cell.value for cell in book["奖励测算"][5]]
    assert first[-2:] == ["二(七)第1句·全省", "名单.xlsx!奖项!F2"]
    cells = [cell.value for cell in book["经费测算2"][6]]
    assert cells[2:6] == [450, 2700000, "6,000 × 450", 700000]
    assert cells[-1] == "名单.xlsx!学生!F3"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("estimate", *JILIN), "没有给出计划文件"),
        (("estimate", "nowhere.xlsx", *JILIN), "nowhere.xlsx"),
        (("estimate", "{plan}", *JILIN, "--scenario", "x"), "没有叫“x”的方案"),
        (("estimate", "{plan}", "-s", "ezhou"), "没有奖励步骤"),
    ],
)
def test_what_could_not_run_is_said(tmp_path: Path, arguments: tuple[str, ...], words: str) -> None:
    path = str(workbook(tmp_path, HEAD + ROW))
    code, out, err = run(*(each.format(plan=path) for each in arguments))
    assert (code, out) == (2, "")
    assert words in err
