"""``awards compare``: what it prints and writes, which side is changed, what it refuses."""

import csv
import io
import json
from pathlib import Path

import jsonschema
import pytest
from openpyxl import load_workbook

from awards.compare_report import schema
from tests.sheets import workbook
from tests.test_cli import EXAMPLE, JILIN, run

HEAD = "年度 | 竞赛名称 | 主办单位 | 级别 | 赛项 | 奖次 | 姓名 | 身份 | 学校\n"
ROWS = (
    "2023 | 全国职业院校技能大赛 | 教育部 | 国家级 | 焊接 | 一等奖 | 赵甲 | 学生 | 甲校\n",
    "2023 | 某协会竞赛 | 某协会 | 国家级 | 数控 | 一等奖 | 钱乙 | 指导教师 | 乙校\n",
    "2023 | 世界竞赛 | 世界协会 | 国际级 | 美发 | 一等奖 | 孙丙 | 学生 | 乙校\n",
)
MORE = ("--set", "rates.prizes.amounts.national.first=25000")
FIGURES = """
学校 | 年度 | 学段 | 办学性质 | 在校生数 | 基本支出拨款
甲校 | 2023 | 中职 | 公办 | 450 | 3100000
"""


def roster(folder: Path) -> Path:
    return workbook(folder, HEAD + "".join(ROWS))


def test_a_figure_that_rises(tmp_path: Path) -> None:
    """25,000 instead of 20,000, and half of it: 5,000 and 2,500 more, 30,000 → 37,500; one waits."""
    code, out, err = run("compare", roster(tmp_path), *JILIN, *MORE)
    assert (code, err) == (0, "")
    assert "以下是假设，不是文件的规定" in out
    assert "rates.prizes.amounts.national.first：20000 → 25000" in out
    assert "30,000" in out
    assert "37,500" in out
    assert "【乙比甲多的】2 个领款人，+7,500 元" in out
    assert "【至少一边未定的】1 行" in out


def test_the_example_with_a_reading_switched() -> None:
    """The README of the example: 634,500; two international rows of 10,000 each more: 654,500."""
    _, out, _ = run("compare", EXAMPLE, *JILIN, "--reading", "international_level=national")
    assert "634,500 | 654,500 | +20,000" in out
    assert "国际组织办的竞赛对应哪一级？对应国家级，减半" in out


def test_the_json_keeps_its_schema_and_every_row(tmp_path: Path) -> None:
    _, out, _ = run("compare", roster(tmp_path), *JILIN, *MORE, "-f", "json")
    report = json.loads(out)
    jsonschema.Draft202012Validator(schema()).validate(report)
    assert [row["difference"] for row in report["rows"]] == ["5000.00", "2500.00", None]
    assert [row["cell"] for row in report["rows"]] == ["G2", "G3", "G4"]
    assert [each["one"] for each in report["payees"]] == ["20000.00", "10000.00", None]
    assert report["other"]["what_if"]
    assert report["other"]["settings"][0]["after"] == "25000"
    assert report["total"]["difference"] == "7500.00"


def test_the_json_of_figures(tmp_path: Path) -> None:
    """450 × 1,000 more is asked for and short: 8,000 → 9,000 a student."""
    path = workbook(tmp_path, FIGURES)
    arguments = ("-s", "ezhou", "--set", "rates.floor.amounts.secondary=9000", "-f", "json")
    code, out, _ = run("compare", path, *arguments)
    report = json.loads(out)
    jsonschema.Draft202012Validator(schema()).validate(report)
    assert (code, report["kind"]) == (0, "figures")
    [row] = (r for r in report["findings"] if r["one"]["rule"] == "EZ-F1")
    assert (row["asked"], row["shortfall"], row["counted"]) == ("450000", "450000", "0")


def test_a_ruling_is_for_the_document_that_asks(tmp_path: Path) -> None:
    """Ruled national an international first is half of 20,000; hnmeida does not ask, and pays none."""
    ruling = ("--ruling", "international=national", "-f", "json")
    _, out, _ = run("compare", roster(tmp_path), *JILIN, "-s", "hnmeida", *ruling)
    row = json.loads(out)["rows"][2]
    _, table, _ = run("compare", roster(tmp_path), *JILIN, "-s", "hnmeida")
    for reading in ("international_level", "several_instructors"):  # one of each document
        assert reading in table
    assert row["one"]["amount"] == "10000.00"
    code, _, err = run("compare", roster(tmp_path), *JILIN, "-s", "hnmeida", "--ruling", "moon=x")
    assert (code, "没有叫“moon”的裁定事项" in err) == (2, True)


def test_the_kind_may_be_said(tmp_path: Path) -> None:
    """A list without a single prize is taken for figures unless it is said to be a roster."""
    path = workbook(tmp_path, HEAD + ROWS[0].replace("一等奖", ""))
    assert run("compare", path, *JILIN, *MORE, "--kind", "roster")[2].count("blank-prize") > 0
    code, _, err = run("compare", path, *JILIN, *MORE)
    assert code == 1
    assert "blank-prize" not in err


def test_each_form_is_written(tmp_path: Path) -> None:
    path = roster(tmp_path)
    for ending in ("xlsx", "json", "csv"):
        target = tmp_path / f"out.{ending}"
        assert run("compare", path, *JILIN, *MORE, "-o", target)[0] == 0
    rows = list(csv.DictReader(io.StringIO((tmp_path / "out.csv").read_text("utf-8-sig"))))
    assert [row["difference"] for row in rows] == ["5000.00", "2500.00", ""]
    book = load_workbook(tmp_path / "out.xlsx")
    assert book.sheetnames == ["对比汇总", "按人对比", "逐行对比", "问题", "依据"]
    for name in book.sheetnames[:3]:  # whoever sees one sheet alone is told that it is a what-if
        texts = [str(row[0]) for row in book[name].iter_rows(max_row=8, values_only=True)]
        assert "rates.prizes.amounts.national.first：20000 → 25000" in texts
    people = {row[0].value: row[4].value for row in book["按人对比"].iter_rows(min_row=8)}
    assert people == {"赵甲": 5000, "钱乙": 2500, "孙丙": "未定"}
    last = [cell.value for cell in list(book["逐行对比"].rows)[-1]]
    assert last[5:10] == ["待裁定", "未定", "待裁定", "未定", "未定"]


def test_the_workbook_of_figures(tmp_path: Path) -> None:
    path, target = workbook(tmp_path, FIGURES), tmp_path / "out.xlsx"
    run("compare", path, "-s", "ezhou", "-s", "jiangsu-secondary", "-o", target)
    sheet = load_workbook(target)["要求对比"]
    rows = {str(row[1].value): [cell.value for cell in row] for row in sheet.iter_rows(min_row=6)}
    floor = next(row for name, row in rows.items() if "jiangsu" in name or "floor" in name)
    assert floor[3] == 3600000
    assert floor[6] == 2700000
    assert floor[8] == -900000


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "没有可比的"),
        (("-s", "ezhou", "-s", "yantai"), "不能是 3 个"),
        (("--set", "steps.2.amounts.national.first=1"), "rates.prizes.amounts.national.first"),
        (("--set", "checked_on=soon"), "种类不同"),
        (("--reading", "moon=full"), "没有叫“moon”的读法"),
        (("-s", "ezhou"), "没有奖励步骤"),
    ],
)
def test_what_could_not_run_is_said(tmp_path: Path, arguments: tuple[str, ...], words: str) -> None:
    code, out, err = run("compare", roster(tmp_path), *JILIN, *arguments)
    assert (code, out) == (2, "")
    assert words in err
