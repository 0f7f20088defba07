"""Rulings from end to end: the question, where an answer may stand, whose word goes first."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from typer.testing import CliRunner

import awards
from awards import Ruling
from awards.problems import FileError
from cli.main import app
from tests.sheets import codes, workbook

CITY = "jilin-city"
LIST = """
年度 | 竞赛名称       | 主办单位 | 级别   | 赛项 | 奖次   | 姓名 | 身份
2023 | 国际美发公开赛 | 某某协会 | 国际级 | 美发 | 一等奖 | 赵甲 | 学生
2023 | 国际美发公开赛 | 某某协会 | 国际级 | 美发 | 二等奖 | 钱乙 | 学生
"""
"""Which level an international contest counts as is open. Half of the level's amount: a first
prize is 10,000 as national, 5,000 as provincial; a second 7,500 and 4,000."""
FREE = """
id = "xx/some/town/2020-01-01"
title = "某镇奖励办法"
issuer = "某镇"
checked_on = 2026-01-01
[clauses.money]
number = "第二条"
says = "金额由镇政府定。"
[[steps]]
do = "ruling"
clause = "money"
question = "sum"
ask = { zh = "奖多少？", en = "How much?" }
reason = "set_elsewhere"
amount = true
options.none = { says = { zh = "不奖", en = "nothing" }, not_paid = "not_covered" }
"""


def column(*texts: str) -> str:
    """The list with a column of rulings."""
    head, *rows = LIST.strip().splitlines()
    return "\n".join(
        [f"{head} | 裁定意见", *(f"{r} | {t}" for r, t in zip(rows, texts, strict=True))]
    )


def pay(path: Path, **options: Any) -> awards.Assessment:
    return awards.assess(awards.read_roster(path), awards.load_schedule(CITY), **options)


def yuan(outcome: awards.Assessment) -> list[str]:
    return [a.status if a.amount is None else str(a.amount) for a in outcome.awards]


def command(*arguments: object) -> Any:
    return CliRunner().invoke(app, [*map(str, arguments)])


# ---- a column of the roster


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("international=national", "10000.00"),
        ("international＝省级", "5000.00"),
        ("国家级", "10000.00"),
        ("provincial", "5000.00"),
        ("省级（provincial）", "5000.00"),
        (".", "needs_ruling"),
    ],
)
def test_a_column_of_rulings(tmp_path: Path, text: str, result: str) -> None:
    outcome = pay(workbook(tmp_path, column(text, ".")))
    assert yuan(outcome) == [result, "needs_ruling"]
    assert outcome.problems == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("international=continental", "unknown-answer"),
        ("level=national", "unknown-question"),
        ("再议", "answer-to-nothing"),
        ("不发", "which-question"),
    ],
)
def test_a_ruling_that_is_not_understood_is_told_in_its_cell(
    tmp_path: Path, text: str, code: str
) -> None:
    """不发 answers the question of the level and that of the prize: which one is not said."""
    outcome = pay(workbook(tmp_path, column(text, "国家级")))
    assert codes(outcome.problems) == [f"{code} I2"]
    assert yuan(outcome) == ["problem", "7500.00"]


def test_two_rulings_in_one_cell(tmp_path: Path) -> None:
    text = column("international=省级；prize=first", ".").replace("一等奖", "特等奖")
    assert yuan(pay(workbook(tmp_path, text)))[0] == "5000.00"
    twice = pay(workbook(tmp_path, column("省级；国家级", ".")))
    assert codes(twice.problems) == ["rulings-differ I2"]
    assert yuan(twice) == ["problem", "needs_ruling"]


def test_a_row_of_two_people_is_told_of_once(tmp_path: Path) -> None:
    outcome = pay(workbook(tmp_path, column("再议", ".").replace("赵甲", "赵甲、孙丙")))
    assert codes(outcome.problems) == ["answer-to-nothing I2"]


@pytest.mark.parametrize(
    ("text", "result"),
    [("5,000元", "5000.00"), (800, "800.00"), ("0.5", "0.50"), ("不奖", "0.00"), ("-5", "problem")],
)
def test_an_amount_is_an_answer(tmp_path: Path, text: object, result: str) -> None:
    path = tmp_path / "town.toml"
    path.write_text(FREE, "utf-8")
    row = {"year": 2023, "person": "赵甲", "ruling": text}
    assert yuan(awards.assess([row], awards.load_schedule(str(path)))) == [result]


# ---- rulings of a sheet or a file

SHEET = """
裁定事项 | 答复 | 姓名 | 位置 | 裁定人 | 日期
international | 国家级 | . | 名单!2 | 局务会 | 2024-06-01
国际组织的竞赛，按哪一级的标准减半？ | provincial | 钱乙 | . | . | .
"""


def test_a_sheet_of_rulings(tmp_path: Path) -> None:
    path = workbook(tmp_path, LIST, SHEET, sheets=("名单", "裁定"))
    roster = awards.read_roster(path)
    assert (len(roster.results), len(roster.rulings), roster.problems) == (2, 2, ())
    outcome = pay(path)
    assert yuan(outcome) == ["10000.00", "4000.00"]
    first, second = outcome.rulings
    assert (first.by, first.on, first.awards) == ("局务会", date(2024, 6, 1), (0,))
    assert (second.place.cell, second.source, second.awards) == ("B3", "sheet", (1,))


def test_the_trace_says_who_and_when(tmp_path: Path) -> None:
    outcome = pay(workbook(tmp_path, LIST, SHEET, sheets=("名单", "裁定")))
    told = [awards.explain.why(award, outcome, "zh") for award in outcome.awards]
    assert "：国家级（局务会、2024-06-01）" in told[0]
    assert "：省级；" in told[1]


TOML = """
[[rulings]]
question = "international"
answer = "省级"
person = "钱乙"
by = "局务会"
on = 2024-06-01

[[rulings]]
question = "international"
answer = "national"
row = "Sheet1!G2"
on = "2024年6月2日"
"""


def test_a_file_of_rulings(tmp_path: Path) -> None:
    path = tmp_path / "裁定.toml"
    path.write_text(TOML, "utf-8")
    read = awards.read_rulings(path)
    assert read.problems == ()
    outcome = pay(workbook(tmp_path, LIST), rulings=read)
    assert yuan(outcome) == ["10000.00", "4000.00"]
    assert [ruling.on for ruling in outcome.rulings] == [date(2024, 6, 2), date(2024, 6, 1)]


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ('answer = "省级"\n', "", "裁定.toml:2:1: missing key answer (missing-key)"),
        ("by =", "bye =", "裁定.toml:6:1: unknown key bye (unknown-key)"),
        ('"省级"', "[1]", "裁定.toml:4:1: answer is [1], not text (wrong-type)"),
        ("on = 2024-06-01", 'on = "soon"', "裁定.toml:2:1: date soon cannot be read"),
        ("[[rulings]]\nq", "[[ruling]]\nq", "裁定.toml:2:1: unknown key ruling (unknown-key)"),
    ],
)
def test_a_broken_file_of_rulings_names_the_line(
    tmp_path: Path, old: str, new: str, line: str
) -> None:
    path = tmp_path / "裁定.toml"
    path.write_text(TOML.replace(old, new, 1), "utf-8")
    found = awards.read_rulings(path).problems
    assert str(found[0]).split(";")[0].startswith(line.split(":")[0])
    assert line.partition(": ")[2] in str(found[0])


def test_a_file_that_is_no_toml_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "裁定.toml"
    path.write_text("[[rulings", "utf-8")
    with pytest.raises(FileError, match="not valid TOML"):
        awards.read_rulings(path)


def test_a_ruling_of_a_file_that_is_not_understood_is_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "裁定.toml"
    path.write_text(TOML.replace('"national"', '"world"'), "utf-8")
    outcome = pay(workbook(tmp_path, LIST), rulings=awards.read_rulings(path))
    assert [each.code for each in outcome.problems] == ["unknown-answer"]
    assert yuan(outcome) == ["needs_ruling", "4000.00"]


def test_a_ruling_on_nobody_is_told(tmp_path: Path) -> None:
    outcome = pay(
        workbook(tmp_path, LIST), rulings=[Ruling("international", "none", person="孙丙")]
    )
    assert codes(outcome.problems) == ["?ruling-no-row"]
    assert outcome.rulings == ()


def test_a_result_list_is_not_read_as_rulings(tmp_path: Path) -> None:
    roster = awards.read_roster(workbook(tmp_path, LIST, LIST, sheets=("名单", "裁定")))
    assert (len(roster.results), roster.rulings) == (2, ())
    assert codes(roster.problems) == ["sheet-is-results"]


# ---- whose word goes first


def test_command_line_then_file_then_sheet_then_column(tmp_path: Path) -> None:
    """Each source in turn, the strongest last: municipal 1,500, provincial 5,000, national 10,000."""
    file = tmp_path / "裁定.toml"
    file.write_text('[[rulings]]\nquestion = "international"\nanswer = "none"\n', "utf-8")
    plain = workbook(tmp_path, column("市级", "市级"))
    assert yuan(pay(plain)) == ["1500.00", "1000.00"]
    sheet = "裁定事项 | 答复\ninternational | 省级"
    path = workbook(tmp_path, column("市级", "市级"), sheet, sheets=("名单", "裁定"))
    assert yuan(pay(path)) == ["5000.00", "4000.00"]
    assert yuan(pay(path, rulings=awards.read_rulings(file))) == ["0.00", "0.00"]
    done = command(
        *("pay", path, "-s", CITY, "--format", "json", "--rulings", file),
        *("--ruling", "international=national@名单!2"),
    )
    found = json.loads(done.stdout)
    assert [award["amount"] for award in found["awards"]] == ["10000.00", "0.00"]
    assert [(each["source"], each["rows"]) for each in found["rulings"]] == [
        ("given", ["名单!2"]),
        ("file", ["名单!3"]),
    ]


def test_two_answers_of_one_source_decide_nothing(tmp_path: Path) -> None:
    sheet = "裁定事项 | 答复\ninternational | 省级\ninternational | 国家级"
    outcome = pay(workbook(tmp_path, LIST, sheet, sheets=("名单", "裁定")))
    assert yuan(outcome) == ["problem", "problem"]
    assert codes(outcome.problems) == ["rulings-differ B3"]


def test_one_row_goes_before_all_rows() -> None:
    rows = [{"year": 2023, "person": name, "level": "国际级", "prize": "一等奖", "event": "美发",
             "organizer": "协会", "competition": "国际赛", "role": "学生"} for name in ("赵甲", "钱乙")]  # fmt: skip
    rulings = [Ruling("international", "national"), Ruling("international", "省级", row="2")]
    outcome = awards.assess(rows, awards.load_schedule(CITY), rulings=rulings)
    assert yuan(outcome) == ["10000.00", "5000.00"]
    assert [(each.answer, each.awards) for each in outcome.rulings] == [
        ("national", (0,)),
        ("provincial", (1,)),
    ]


# ---- what is printed, and back again


def test_the_table_says_how_to_rule_and_what_was_ruled(tmp_path: Path) -> None:
    path = workbook(tmp_path, LIST, sheets=("行业协会竞赛",))
    text = command("pay", path, "-s", CITY).stdout
    assert "--ruling international=national@行业协会竞赛!2" in text
    ruled = command(
        "pay", path, "-s", CITY, "--ruling", "international=national@行业协会竞赛!2"
    ).stdout
    assert "【已用的裁定】" in ruled
    assert "行业协会竞赛!2" in ruled


def test_the_sheet_of_open_cases_comes_back_as_rulings(tmp_path: Path) -> None:
    """Filled in: 赵甲 as national, 10,000; 钱乙 left open."""
    path, first = workbook(tmp_path, LIST), tmp_path / "发放表.xlsx"
    awards.write_payouts(pay(path), first)
    book = openpyxl.load_workbook(first)
    sheet = book["待裁定"]
    header = next(row for row in sheet.iter_rows() if row[0].value == "序号")
    at = next(cell for cell in header if cell.value == "裁定意见")
    sheet.cell(at.row + 1, at.column, "国家级（national）")
    book.save(first)
    read = awards.read_rulings(first)
    assert codes(read.problems) == []
    outcome = pay(path, rulings=read)
    assert yuan(outcome) == ["10000.00", "needs_ruling"]
    second = tmp_path / "发放表2.xlsx"
    awards.write_payouts(outcome, second)
    basis = [cell for row in openpyxl.load_workbook(second)["依据"].values for cell in row]
    assert {"赵甲、Sheet1!G2", "国家级", "Sheet1!2"} <= set(basis)
