"""awards.workbook.mapping and recognise: what sheets are taken for, and the user's word on it."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from awards.problems import FileError
from awards.workbook.mapping import Mappings, read_mapping
from awards.workbook.recognise import mapping_of, recognise
from awards.workbook.roster import read_roster
from cli.main import app
from tests import layouts
from tests.layouts import save
from tests.sheets import codes, people, workbook
from tests.test_twenty import ENTRIES

ODD = """
2023年某省技能大赛 | . | . | .
学员 | 带队老师 | 奖励名称 | 方向
赵甲、钱乙 | 周师 | 一等奖 | 数控
以下为补报 | . | . | .
孙丙 | 吴师 | 二等奖 | 焊接
"""
TOLD = """
[[sheets]]
[sheets.columns]
"学员" = "student"
"带队老师" = "instructor"
"奖励名称" = "prize"
"[D]" = "event"
[sheets.title]
level = "市级"
[sheets.lines]
"以下为补报" = "ignore"
"""


def told(folder: Path, text: str) -> Mappings:
    path = folder / "某校.toml"
    path.write_text(text, "utf-8")
    return read_mapping(path)


def run(*arguments: object) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, [*map(str, arguments)])
    return done.exit_code, done.stdout, done.stderr


def test_a_mapping_reads_what_nobody_could(tmp_path: Path) -> None:
    path = workbook(tmp_path, ODD, merged=["A1:D1", "A4:D4"])
    assert read_roster(path).results == ()
    found = read_roster(path, mapping=told(tmp_path, TOLD))
    assert people(found, "person", "role", "prize", "event", "level") == [
        ("A3", "赵甲", "student", "一等奖", "数控", "市级"),
        ("A3", "钱乙", "student", "一等奖", "数控", "市级"),
        ("B3", "周师", "instructor", "一等奖", "数控", "市级"),
        ("A5", "孙丙", "student", "二等奖", "焊接", "市级"),
        ("B5", "吴师", "instructor", "二等奖", "焊接", "市级"),
    ]
    assert found.problems == ()
    assert {each.competition for each in found.results} == {"某省技能大赛"}


def test_lines_may_say_something(tmp_path: Path) -> None:
    text = TOLD.replace('"ignore"', '{ division = "高职组" }')
    found = read_roster(workbook(tmp_path, ODD, merged=["A4:D4"]), mapping=told(tmp_path, text))
    assert [each.division for each in found.results] == [None, None, None, "高职组", "高职组"]


def test_header_kind_and_prize_columns(tmp_path: Path) -> None:
    """The header is where it is said to be; a sheet is what it is said to be."""
    table = "姓名 | 奖次\n项目 | 头名 | 次名\n数控 | 赵甲 | 钱乙"
    text = """
    [[sheets]]
    sheet = "名*"
    kind = "results"
    header = 2
    columns = { "头名" = "student: 一等奖", "次名" = "student: 二等奖" }
    [[sheets]]
    sheet = "Sheet*"
    kind = "skip"
    [[sheets]]
    sheet = "没有"
    """
    path = workbook(tmp_path, table, "姓名 | 奖次\n孙丙 | 一等奖", sheets=["名单", "Sheet1"])
    found = read_roster(path, mapping=told(tmp_path, text))
    assert people(found, "person", "event", "prize") == [
        ("B3", "赵甲", "数控", "一等奖"),
        ("C3", "钱乙", "数控", "二等奖"),
    ]
    assert codes(found.problems) == ["?mapping-no-sheet"]
    assert "skipped-sheet" in codes(found.notes)


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("[[sheets]]\nkind = 'list'", "mapping-word", 2),
        ("[[sheets]]\nheader = 'two'", "mapping-word", 2),
        ("[[sheets]]\nsort = 1", "unknown-key", 2),
        ("x = 1", "unknown-key", 1),
        ("sheets = 1", "mapping-word", 1),
        ("[[sheets]]\n[sheets.columns]\n'甲' = 'pupil'", "mapping-word", 3),
        ("[[sheets]]\n[sheets.columns]\n'甲' = 3", "mapping-word", 3),
        ("[[sheets]]\n[sheets.title]\nyear = 2023\nperson = '赵甲'", "mapping-word", 4),
        ("[[sheets]]\n[sheets.lines]\n'甲' = 'skip'", "mapping-word", 3),
        ("[[sheets]", "bad-toml", None),
    ],
)
def test_every_fault_of_a_mapping_has_its_line(
    tmp_path: Path, text: str, code: str, line: int | None
) -> None:
    with pytest.raises(FileError) as caught:
        told(tmp_path, text)
    assert [(each.code, each.place.row) for each in caught.value.problems] == [(code, line)]


@pytest.mark.parametrize("layout", layouts.LAYOUTS, ids=lambda each: each.__name__)
def test_what_is_saved_reads_the_same(layout: layouts.Layout, tmp_path: Path) -> None:
    sheets = layout(ENTRIES, layouts.Contest(), layouts.Style(has_extras=True))
    path = save(tmp_path / "a.xlsx", sheets)
    saved = told(tmp_path, mapping_of(recognise(path)))
    before, after = read_roster(path), read_roster(path, mapping=saved)
    assert [each.columns() for each in after.results] == [each.columns() for each in before.results]
    assert [codes(each.faults) for each in after.results] == [[]] * len(before.results)


def test_check_says_what_everything_is_taken_for(tmp_path: Path) -> None:
    """
    2023年某省技能大赛 | . | . | .
    序号 | 选手1 | 奖次 | 班级
    1 | 赵甲 | 一等奖 | 3
    一、二等奖以下 | . | . | .
    2 | 钱乙 | 一等桨 | .
    合计 | 2 | . | .
    """
    table = test_check_says_what_everything_is_taken_for.__doc__ or ""
    path = workbook(tmp_path, table, merged=["A1:D1", "A4:D4"])
    _, out, _ = run("check", path, "--format", "json")
    (sheet,) = json.loads(out)["sheets"]
    (seen,) = sheet["tables"]
    assert sheet["titles"] == [["A1", "2023年某省技能大赛"]]
    assert seen["header"] == [2, 2]
    assert seen["stated"]["level"] == ["省级", "A1"]
    assert [
        (each["letters"], each["means"], each["sure"], each["fits"], each["filled"])
        for each in seen["columns"]
    ] == [
        ("A", "number", "sure", 2, 2),
        ("B", "competitor 1", "likely", 2, 2),
        ("C", "prize", "sure", 1, 2),
        ("D", "fact", "unknown", 1, 1),
    ]
    assert seen["rows"] == {
        "result": [[3, 3], [5, 5]],
        "line": [[4, 4]],
        "total": [[6, 6]],
    }
    _, text, _ = run("check", path)
    assert "获奖记录：第 3, 5 行；看不懂的文字：第 4 行；合计：第 6 行" in text
    assert "级别 (level)：省级（取自 A1）" in text


def test_the_next_file_of_the_office_needs_no_help(tmp_path: Path) -> None:
    """Save what was recognised, correct it, use it: the way an office goes."""
    path = workbook(tmp_path, ODD.replace("学员", "学生"), merged=["A1:D1", "A4:D4"])
    saved = tmp_path / "某校.toml"
    run("check", path, "--save-mapping", saved)
    text = saved.read_text("utf-8")
    assert '"学生" = "student"\n"带队老师" = "fact"\n"奖励名称" = "fact"' in text
    assert read_roster(path, mapping=saved).results == ()  # not before it is said what it is
    saved.write_text(
        text.replace('kind = "skip"', 'kind = "results"')
        .replace('"奖励名称" = "fact"', '"奖励名称" = "prize"')
        .replace('"方向" = "fact"', '"方向" = "event"')
        .replace('"带队老师" = "fact"', '"带队老师" = "instructor"')
        + '[sheets.lines]\n"以下为补报" = "ignore"\n',
        "utf-8",
    )
    code, out, _ = run("read", path, "--mapping", saved, "--format", "json")
    records = json.loads(out)["records"]
    assert code == 0
    assert [(each["person"], each["role"], each["event"]) for each in records] == [
        ("赵甲", "学生", "数控"),
        ("钱乙", "学生", "数控"),
        ("周师", "指导教师", "数控"),
        ("孙丙", "学生", "焊接"),
        ("吴师", "指导教师", "焊接"),
    ]
    code, _, err = run("check", path, "--save-mapping", saved)
    assert (code, "file-exists" in err) == (2, True)
