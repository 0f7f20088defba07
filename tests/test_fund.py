"""``awards fund``, ``standards``, ``explain`` of a finding and ``template --funding``."""

import csv
import io
import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from openpyxl import load_workbook

from awards.fund_report import schema
from tests.sheets import workbook
from tests.test_cli import run

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples/ezhou-city-2023/数据.xlsx"
LAYERS = ("-s", "ezhou", "-s", "hubei-higher", "-s", "surcharge-share", "-s", "surcharge-credit")


def figures(folder: Path, money: str = "3100000", students: str = "450") -> Path:
    """One school with a floor of 450 × 8,000 = 3,600,000."""
    return workbook(
        folder,
        "学校 | 办学性质 | 学段 | 年度 | 在校生数 | 基本支出（元） | 学费收入（元）\n"
        f"甲校 | 公办 | 中职 | 2023 | {students} | {money} | 500000",
    )


def test_fund_prints_schools_against_standards() -> None:
    """Totals worked out by hand in examples/ezhou-city-2023/README.md."""
    code, out, err = run("fund", EXAMPLE, *LAYERS)
    assert code == 0
    assert "20,800,000.00" in out
    assert "缺口合计 6,900,001.00 元。" in out
    assert "省级财政" in out
    assert "文件未写由谁负担" in out
    assert "EZ-F6" in out, "what nobody can compute is told"
    assert "错误" not in err


def test_fund_in_english() -> None:
    code, out, _ = run("fund", EXAMPLE, *LAYERS, "--lang", "en")
    assert code == 0
    assert "6,900,001.00 yuan short in all." in out
    assert "the province" in out


def test_fund_as_json_fits_its_schema() -> None:
    code, out, _ = run("fund", EXAMPLE, *LAYERS, "--format", "json", "--lang", "en")
    report = json.loads(out)
    assert code == 0
    Draft202012Validator(schema()).validate(report)
    floor = next(f for f in report["findings"] if f["subject"].get("school") == "南浦职业中专")
    assert floor["values"]["shortfall"] == "1"
    assert {"column": "students", "value": 100, "place": "数据.xlsx [在校生] H9"} in floor["inputs"]
    assert sum(int(gap["amount"]) for gap in report["gaps"]) == 6_900_001
    assert json.loads((ROOT / "docs/fund.schema.json").read_text("utf-8")) == schema()


def test_fund_as_csv(tmp_path: Path) -> None:
    code, out, _ = run("fund", figures(tmp_path), "-s", "ezhou", "--format", "csv")
    (row,) = (each for each in csv.DictReader(io.StringIO(out)) if each["rule"] == "EZ-F1")
    assert code == 0
    assert (row["required"], row["counted"], row["shortfall"]) == ("3600000", "3100000", "500000")


def test_only_money_in_fund_and_none_in_standards() -> None:
    _, money, _ = run("fund", EXAMPLE, "-s", "ezhou", "--format", "json")
    _, scores, _ = run("standards", EXAMPLE, "-s", "ezhou", "--format", "json")
    rules = [{each["rule"] for each in json.loads(out)["findings"]} for out in (money, scores)]
    assert rules[0].isdisjoint(rules[1])
    assert "EZ-F1" in rules[0]
    assert "EZ-T1" in rules[1]


def test_standards_prints_a_scorecard() -> None:
    code, out, _ = run("standards", EXAMPLE, "-s", "ezhou")
    assert code == 0
    line = next(each for each in out.splitlines() if each.startswith("EZ-D02"))
    assert all(text in line for text in ("2022-11-03", "2022-10-31", "未达到"))


def test_blank_money_leaves_the_verdict_open(tmp_path: Path) -> None:
    code, out, err = run("fund", figures(tmp_path, money="."), "-s", "ezhou")
    assert code == 0
    assert "不能判断" in out
    assert "F2" in err
    assert "--blank-zero" in err
    _, out, err = run("fund", figures(tmp_path, money="."), "-s", "ezhou", "--blank-zero")
    assert "3,600,000.00 元" in out, "3,600,000 of 3,600,000 are short"
    assert "F2" not in err


def test_an_unread_headcount_leaves_the_verdict_open(tmp_path: Path) -> None:
    code, out, err = run("fund", figures(tmp_path, students="四百五"), "-s", "ezhou")
    assert code == 1
    assert "不能判断" in out
    assert "E2" in err


def test_readings_of_any_of_the_schedules(tmp_path: Path) -> None:
    code, out, _ = run("fund", EXAMPLE, *LAYERS, "--reading", "funder=any")
    assert code == 0
    assert "同一事项以最严的文件为准" in out
    code, _, err = run("fund", EXAMPLE, *LAYERS, "--reading", "nothing=1")
    assert code == 2
    assert "nothing" in err


def test_the_input_is_never_overwritten(tmp_path: Path) -> None:
    path = figures(tmp_path)
    code, _, _ = run("fund", path, "-s", "ezhou", "-o", path, "--force")
    assert code == 2
    code, _, err = run("fund", path, "-s", "ezhou", "-o", tmp_path / "结果.docx")
    assert code == 2
    assert "docx" in err


def test_explain_a_finding() -> None:
    """3,600,000 against 3,100,000: each amount with its cell, and the clause that forbids one."""
    where = ("--rule", "EZ-F1", "--subject", "莲湖技工学校")
    code, out, _ = run("explain", EXAMPLE, "-s", "ezhou", *where)
    assert code == 0
    assert "8,000 × 450 = 3,600,000" in out
    assert "缺口: 500,000" in out
    assert "不计入〔正文第17条·严禁冲抵〕 数据.xlsx [拨款] F6" in out
    assert "〔正文第17条〕" in out
    code, _, err = run("explain", EXAMPLE, "-s", "ezhou", "--rule", "EZ-F99")
    assert code == 2
    assert "EZ-F1" in err
    assert run("explain", EXAMPLE, "-s", "ezhou", "--subject", "无名学校")[0] == 2
    assert run("explain", EXAMPLE, "-s", "ezhou")[0] == 2


def test_an_empty_workbook_of_figures_is_read_back(tmp_path: Path) -> None:
    """Filled in by its headings it gives the finding: 3,600,000 required, 500,000 short."""
    path = tmp_path / "空表.xlsx"
    code, _, _ = run("template", "--funding", "-s", "ezhou", "-o", path)
    assert code == 0
    book = load_workbook(path)
    fill = {
        "学校": {"学校": "甲校", "年度": 2023, "办学性质": "公办", "学段": "中职", "隶属": "市"},
        "在校生": {"学校": "甲校", "年度": 2023, "在校生数": 450},
        "经费": {"学校": "甲校", "年度": 2023, "基本支出拨款（元）": 3_100_000},
    }
    for name, values in fill.items():
        headings = [str(cell.value) for cell in book[name][1]]
        if name == "经费":
            values |= {each: 0 for each in headings if each not in values}
        assert set(values) <= set(headings)
        book[name].append([values.get(each) for each in headings])
    book.save(path)
    code, out, err = run("fund", path, "-s", "ezhou", "--format", "json")
    floor = next(f for f in json.loads(out)["findings"] if f["rule"] == "EZ-F1")
    assert (floor["values"]["required"], floor["values"]["shortfall"]) == ("3600000", "500000")
    assert "错误" not in err


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_funding_schedule_has_an_empty_workbook(tmp_path: Path, lang: str) -> None:
    """Every heading of it is one that the reader knows."""
    import awards
    from awards.vocabulary import vocabulary
    from awards.workbook.figure_headings import heading

    for schedule in awards.schedules().values():
        if not schedule.rules:
            continue
        path = tmp_path / "空表.xlsx"
        awards.write_figures_template(path, [schedule], lang)  # type: ignore[arg-type]
        words = schedule.vocabulary_over(vocabulary())
        for sheet in load_workbook(path).worksheets[:-1]:
            remarks = {"要求", "对象", "填法", "asks", "subject", "fill in"}
            for cell in sheet[1]:
                assert cell.value in remarks or heading([str(cell.value)], words).column, cell.value


def test_a_template_for_funding_needs_a_schedule(tmp_path: Path) -> None:
    assert run("template", "--funding", "-o", tmp_path / "空表.xlsx")[0] == 2
    two = ("-s", "jilin-city", "-s", "ezhou")
    assert run("template", *two, "-o", tmp_path / "空表.xlsx")[0] == 2
