"""awards.listing and ``awards read``: what a list says, before any policy."""

import json
from pathlib import Path

import jsonschema
import pytest
from typer.testing import CliRunner

from awards import listing
from awards.workbook.roster import read_roster
from cli.main import app
from tests.sheets import workbook

LIST = """
2023年某省技能大赛 | . | . | . | . | .
序号 | 姓名 | 赛项 | 奖次 | 学校 | 班级
1 | 赵甲 | GZ001 数控 | 壹等奖 | 一中 | 3
2 | 钱乙 | 焊接 | 金奖 | . | .
3 | 孙丙 | 焊接 | 一等桨 | 一中 | .
4 | . | 焊接 | 一等奖 | 一中 | .
5 | 李丁 | 焊接 | . | 一中 | .
6 | 周戊吴己郑庚 | 焊接 | 一等奖 | 一中 | .
"""


def run(*arguments: object) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, [*map(str, arguments)])
    return done.exit_code, done.stdout, done.stderr


def test_a_record_says_everything_that_the_list_says(tmp_path: Path) -> None:
    found = listing.listing(read_roster(workbook(tmp_path, LIST)))
    assert [each.person for each in found.records] == ["赵甲", "钱乙"]
    assert found.records[0].model_dump() == {
        "person": "赵甲",
        "role": None,
        "school": "一中",
        "department": None,
        "competition": "某省技能大赛",
        "organizer": None,
        "level": "省级",
        "division": None,
        "event": "数控",
        "event_code": "GZ001",
        "prize": "一等奖",
        "placing": None,
        "year": 2023,
        "team": None,
        "facts": {"班级": 3},
        "cell": "Sheet1!B3",
        "file": "名单.xlsx",
    }
    assert found.records[1].prize == "金奖"


def test_whoever_an_error_concerns_has_no_record(tmp_path: Path) -> None:
    code, out, _ = run("read", workbook(tmp_path, LIST), "--format", "json")
    report = json.loads(out)
    jsonschema.validate(report, listing.schema())
    errors = [(p["code"], p["cell"]) for p in report["problems"] if p["severity"] == "error"]
    assert code == 1
    assert errors == [
        ("names-unclear", "B8"),
        ("unknown-prize", "D5"),
        ("blank-person", "B6"),
        ("blank-prize", "D7"),
    ]
    assert len(report["records"]) == 2


def test_the_title_is_named_as_the_source(tmp_path: Path) -> None:
    _, out, _ = run("read", workbook(tmp_path, LIST), "--format", "json", "--lang", "en")
    said = [each["message"] for each in json.loads(out)["problems"] if each["cell"] == "A1"]
    assert said == [
        "年度 2023 is taken from the title",
        "竞赛名称 某省技能大赛 is taken from the title",
        "级别 省级 is taken from the title",
    ]


def test_tables_and_csv(tmp_path: Path) -> None:
    path = workbook(tmp_path, LIST)
    _, table, told = run("read", path)
    assert "赵甲" in table
    assert "班级=3" in table
    assert "院系" not in table  # a column without anything in it
    assert "读出 2 条记录，4 处错误" in told
    _, text, _ = run("read", path, "--format", "csv")
    assert text.splitlines()[0] == ",".join(listing.COLUMNS)
    assert len(text.splitlines()) == 3


@pytest.mark.parametrize("number", ["22020219900101012X", "220202199001010127"])
def test_no_identity_number_is_printed(tmp_path: Path, number: str) -> None:
    table = (
        f"姓名 | 学号 | 身份证号 | 备注 | 奖次\n赵甲 | '{number} | '{number} | 证{number} | 一等奖"
    )
    found = run("read", workbook(tmp_path, table), "--format", "json")
    assert number not in "".join(map(str, found))
    assert f"220202********{number[-4:]}" in found[1]


def test_limits_are_settings(tmp_path: Path) -> None:
    path = workbook(tmp_path, LIST)
    code, _, told = run("read", path, "--limit", "columns=2")
    assert (code, "file-columns" in told) == (2, True)
    assert run("read", path, "--limit", "columns=20")[0] == 1
    for wrong in ("colums=2", "columns=two", "columns"):
        assert run("read", path, "--limit", wrong)[0] == 2
