"""awards.workbook.phrases, titles and sections: what is said outside the columns."""

from pathlib import Path
from typing import Any

import pytest

from awards.records import Roster
from awards.workbook.phrases import section, title
from awards.workbook.roster import read_roster
from tests.sheets import codes, workbook


def read(folder: Path, *tables: str, **more: Any) -> Roster:
    return read_roster(workbook(folder, *tables, **more))


def told(roster: Roster, *names: str) -> list[tuple[object, ...]]:
    """The person of each result, and the fields *names*."""
    return [(each.person, *(getattr(each, name) for name in names)) for each in roster.results]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2023年某省职业院校技能大赛获奖名单", "某省职业院校技能大赛 省级"),
        ("某省2023年职业院校技能大赛“数控”赛项获奖名单", "某省职业院校技能大赛 省级 数控"),
        ("全国职业院校技能大赛（中职组）拟获奖名单公示", "全国职业院校技能大赛 国家级 中职组"),
        ("某省某某市职业院校技能大赛学生组名单", "某省某某市职业院校技能大赛 市级 学生组"),
        ("某某自治区职业院校技能大赛", "某某自治区职业院校技能大赛 省级"),
        ("校级技能大赛获奖名单", "校级技能大赛 校级"),
        ("某省技能大赛一等奖获奖名单", "某省技能大赛 省级 一等奖"),
        ("全国技能大赛某某省获奖名单", "全国技能大赛 国家级"),
        ("数控技术赛项获奖名单", "数控技术"),
        ("某市第一职业学校技能大赛", "某市第一职业学校技能大赛"),  # a school's, or for schools
        ("全国焊接协会技能竞赛", "全国焊接协会技能竞赛"),
        ("世界技能大赛", "世界技能大赛"),
        ("全国技能大赛某某省选拔赛获奖名单", ""),
        ("全国技能大赛某某省决赛获奖名单", ""),  # not the national contest itself
        ("关于举办2023年全国技能大赛的若干意见", ""),
        ("填报单位：某校", ""),
        ("获奖名单", ""),
        ("竞赛名称：某杯赛　级别：省级", "某杯赛 省级"),
    ],
)
def test_titles(text: str, said: str) -> None:
    """A level is taken only where the name of the contest leaves no doubt about it."""
    names = ("competition", "level", "division", "event", "prize")
    found = title(text)
    assert [found[name] for name in names if name in found] == said.split()


@pytest.mark.parametrize(
    ("text", "values", "count"),
    [
        ("一、一等奖（12名）", {"prize": "一等奖"}, 12),
        ("金奖（共5项）", {"prize": "金奖"}, 5),
        ("（一）中职组", {"division": "中职组"}, None),
        ("省级二等奖", {"level": "省级", "prize": "二等奖"}, None),
        ("高职组 焊接赛项", {"division": "高职组", "event": "焊接"}, None),
        ("赛项：ZZ012 焊接", {"event_code": "ZZ012", "event": "焊接"}, None),
        ("一、二等奖", {}, None),
        ("二、二等奖", {"prize": "二等奖"}, None),
        ("二、一等奖以外", {"prize": "一等奖"}, None),
    ],
)
def test_section_lines(text: str, values: dict[str, str], count: int | None) -> None:
    found = section(text)
    assert (dict(found.values), found.count) == (values, count)
    assert bool(found.rest) == (text in ("一、二等奖", "二、一等奖以外"))


def test_everything_from_the_title_is_said(tmp_path: Path) -> None:
    table = "2023年某省技能大赛获奖名单 | .\n姓名 | 奖次\n赵甲 | 一等奖"
    found = read(tmp_path, table)
    assert told(found, "year", "competition", "level") == [("赵甲", 2023, "某省技能大赛", "省级")]
    assert [note.message("zh") for note in found.notes] == [
        "年度“2023”取自标题",
        "竞赛名称“某省技能大赛”取自标题",
        "级别“省级”取自标题",
    ]
    assert {note.place.cell for note in found.notes} == {"A1"}
    assert found.results[0].cells["level"] == "A1"


def test_a_column_goes_before_the_title(tmp_path: Path) -> None:
    table = "2023年某省技能大赛 | . | .\n姓名 | 级别 | 年度\n赵甲 | 市级 | ."
    found = read(tmp_path, table)
    assert told(found, "level", "year", "competition") == [("赵甲", "市级", None, "某省技能大赛")]


def test_two_titles_that_differ_say_nothing(tmp_path: Path) -> None:
    table = "2023年某省技能大赛（高职组） | .\n姓名 | 奖次\n赵甲 | 一等奖"
    found = read(tmp_path, table, sheets=["中职组"])
    assert told(found, "division") == [("赵甲", None)]
    assert codes(found.problems) == ["?said-twice A1"]


def test_sections_nest_and_end(tmp_path: Path) -> None:
    """A new event ends the prize before it: 钱乙 has none until a line says one.

    学校 | 选手 | 指导教师
    一、数控赛项 | . | .
    （一）一等奖 | . | .
    一中 | 赵甲 | 周师
    二、焊接赛项 | . | .
    二中 | 钱乙 | .
    二等奖 | . | .
    二中 | 孙丙 | .
    """
    table = _table(test_sections_nest_and_end)
    found = read(tmp_path, table, merged=["A2:C2", "A3:C3", "A5:C5"])
    assert told(found, "event", "prize", "role") == [
        ("赵甲", "数控", "一等奖", "student"),
        ("周师", "数控", "一等奖", "instructor"),
        ("钱乙", "焊接", None, "student"),
        ("孙丙", "焊接", "二等奖", "student"),
    ]
    assert found.results[0].cells["prize"] == "A3"


def test_the_count_of_a_section_is_compared(tmp_path: Path) -> None:
    table = "学校 | 选手\n一等奖（2名） | .\n一中 | 赵甲\n二等奖（2人） | .\n一中 | 钱乙、孙丙"
    (only,) = read(tmp_path, table + "\n二中 | 李丁").problems
    assert only.message("zh") == "这一行写的数目是 2，下面实有 1"
    assert (
        only.place.cell == "A2"
    )  # below A4 there are three people in two rows, which may be meant


def test_rows_below_a_line_that_is_not_understood_wait(tmp_path: Path) -> None:
    table = "学校 | 姓名 | 奖次\n一中 | 赵甲 | 一等奖\n以下为补报 | . | .\n一中 | 钱乙 | 一等奖"
    found = read(tmp_path, table, merged=["A3:C3"])
    assert codes(found.problems) == ["line-in-table A3"]
    assert [codes(each.faults) for each in found.results] == [[], ["line-in-table A3"]]


def test_a_section_beside_the_numbers_of_the_rows(tmp_path: Path) -> None:
    table = "序号 | 学校 | 姓名\n. | 一等奖 | .\n1 | 一中 | 赵甲\n. | 二等桨 | .\n2 | 一中 | 钱乙"
    found = read(tmp_path, table)
    assert told(found, "prize") == [("赵甲", "一等奖"), ("钱乙", "一等奖")]
    assert codes(found.problems) == ["line-in-table B4"]
    assert [bool(each.faults) for each in found.results] == [False, True]


def test_a_column_that_contradicts_its_section(tmp_path: Path) -> None:
    table = "学校 | 姓名 | 奖次\n一、一等奖 | . | .\n一中 | 赵甲 | 二等奖\n一中 | 钱乙 | 壹等奖\n一中 | 孙丙 | ."
    found = read(tmp_path, table, merged=["A2:C2"])
    assert codes(found.problems) == ["section-differs C3"]
    assert told(found, "prize") == [("赵甲", "二等奖"), ("钱乙", "壹等奖"), ("孙丙", None)]
    assert [bool(each.faults) for each in found.results] == [True, False, False]


@pytest.mark.parametrize(
    ("sheet", "values", "note"),
    [
        ("高职组", {"division": "高职组"}, "from-sheet-name"),
        ("高职", {"division": "高职组"}, "from-sheet-name"),
        ("2023", {"year": 2023}, "from-sheet-name"),
        ("数控技术", {"event": "数控技术"}, "?event-from-sheet"),
        ("GZ001 数控技术", {"event": "数控技术", "event_code": "GZ001"}, "?event-from-sheet"),
        ("最终版", {}, None),
        ("江城一中", {}, None),
        ("长春市", {}, None),
        ("第二批", {}, None),
        ("Sheet2", {}, None),
    ],
)
def test_the_name_of_the_sheet(
    tmp_path: Path, sheet: str, values: dict[str, object], note: str | None
) -> None:
    found = read(tmp_path, "姓名 | 奖次\n赵甲 | 一等奖", sheets=[sheet])
    (only,) = found.results
    assert only.columns() == {"person": "赵甲", "prize": "一等奖", **values}
    assert set(codes((*found.problems, *found.notes))) == ({note} if note else set())


def test_the_title_of_the_sheet_holds_for_a_second_table(tmp_path: Path) -> None:
    """
    2023年某省技能大赛获奖名单 | . | . | .
    学校 | 姓名 | 奖次 | 赛项
    一中 | 赵甲 | 一等奖 | 数控
    . | . | . | .
    高职组 | . | . | .
    姓名 | 学校 | 赛项 | 奖次
    钱乙 | 二中 | 焊接 | 一等奖
    """
    table = _table(test_the_title_of_the_sheet_holds_for_a_second_table)
    found = read(tmp_path, table, merged=["A1:D1", "A5:D5"])
    assert told(found, "competition", "year", "division") == [
        ("赵甲", "某省技能大赛", 2023, None),
        ("钱乙", "某省技能大赛", 2023, "高职组"),
    ]


def test_the_name_of_the_file(tmp_path: Path) -> None:
    path = workbook(tmp_path, "姓名 | 奖次\n赵甲 | 一等奖")
    found = read_roster(path.rename(tmp_path / "2023年某省技能大赛获奖名单.xlsx"))
    assert told(found, "year", "level") == [("赵甲", 2023, "省级")]
    assert set(codes(found.notes)) == {"from-file-name"}


def _table(test: Any) -> str:
    return "\n".join(line for line in test.__doc__.splitlines() if "|" in line)
