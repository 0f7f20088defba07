"""Forms of lists beyond one row a person: prizes as columns, two kinds of people in a cell, tables
side by side; and words that say more than one thing.
"""

from pathlib import Path
from typing import Any

import pytest

from awards.records import Roster
from awards.workbook.fields import event_parts, prize_parts
from awards.workbook.roster import read_roster
from tests.sheets import codes, people, workbook


def read(folder: Path, *tables: str, **more: Any) -> Roster:
    return read_roster(workbook(folder, *tables, **more))


def test_one_column_a_prize(tmp_path: Path) -> None:
    """
    赛项 | 一等奖 | 二等奖 | 三等奖
    数控 | 赵甲、钱乙 | 孙丙 | .
    焊接 | . | 李丁 | 周戊
    """
    found = read(tmp_path, _table(test_one_column_a_prize))
    assert people(found, "person", "event", "prize", "role") == [
        ("B2", "赵甲", "数控", "一等奖", "student"),
        ("B2", "钱乙", "数控", "一等奖", "student"),
        ("C2", "孙丙", "数控", "二等奖", "student"),
        ("C3", "李丁", "焊接", "二等奖", "student"),
        ("D3", "周戊", "焊接", "三等奖", "student"),
    ]
    assert found.results[0].cells["prize"] == "B1"
    assert found.problems == ()


def test_prizes_under_a_merged_heading(tmp_path: Path) -> None:
    """
    学校 | 获奖学生 | .
    . | 金奖 | 银奖
    一中 | 赵甲 | 钱乙1
    """
    found = read(tmp_path, _table(test_prizes_under_a_merged_heading), merged=["A1:A2", "B1:C1"])
    assert people(found, "person", "prize") == [("B3", "赵甲", "金奖"), ("C3", None, "银奖")]
    assert codes(found.problems) == ["names-unclear C3"]


def test_a_name_across_two_prizes_won_neither(tmp_path: Path) -> None:
    table = "赛项 | 一等奖 | 二等奖\n数控 | 赵甲 | .\n焊接 | 钱乙 | 孙丙"
    found = read(tmp_path, table, merged=["B2:C2"])
    assert codes(found.problems) == ["over-prizes B2"]
    assert [each.person for each in found.results if not each.faults] == ["钱乙", "孙丙"]


def test_two_prizes_in_a_row_are_no_header(tmp_path: Path) -> None:
    """What two columns won is not mistaken for columns of prizes."""
    table = (
        "姓名 | 学校 | 校赛 | 省赛\n赵甲 | 一中 | 一等奖 | 二等奖\n钱乙 | 一中 | 二等奖 | 三等奖"
    )
    found = read(tmp_path, table)
    assert people(found, "person", "prize") == [("A2", "赵甲", None), ("A3", "钱乙", None)]


def test_two_kinds_of_people_in_one_column(tmp_path: Path) -> None:
    """
    学校 | 赛项 | 选手/指导教师 | 奖次
    一中 | 数控 | 赵甲、钱乙\\n周师 | 一等奖
    一中 | 数控 | 孙丙/吴师 | 一等奖
    一中 | 数控 | 李丁、郑师 | 一等奖
    二中 | 焊接 | 王戊 | 二等奖
    . | . | 冯师 | .
    二中 | 焊接 | 指导教师：陈师\\n选手：褚己 | 二等奖
    二中 | 焊接 | 卫庚 | 二等奖
    . | . | . | .
    """
    merged = [f"{column}{row}:{column}{row + 1}" for column in "ABD" for row in (5, 8)]
    found = read(tmp_path, _table(test_two_kinds_of_people_in_one_column), merged=merged)
    assert people(found, "person", "role", "prize") == [
        ("C2", "赵甲", "student", "一等奖"),
        ("C2", "钱乙", "student", "一等奖"),
        ("C2", "周师", "instructor", "一等奖"),
        ("C3", "孙丙", "student", "一等奖"),
        ("C3", "吴师", "instructor", "一等奖"),
        ("C4", None, "student", "一等奖"),
        ("C4", None, "instructor", "一等奖"),
        ("C5", "王戊", "student", "二等奖"),
        ("C6", "冯师", "instructor", "二等奖"),
        ("C7", "褚己", "student", "二等奖"),
        ("C7", "陈师", "instructor", "二等奖"),
        ("C8", "卫庚", "student", "二等奖"),
    ]
    assert codes(found.problems) == ["not-two-kinds C4"]


def test_two_kinds_that_are_marked(tmp_path: Path) -> None:
    """Everybody is; in the second row 吴师 is not, and may be either."""
    table = "学校 | 选手/指导教师 | 奖次\n一中 | 赵甲（学生）、周师（指导教师） | 一等奖"
    found = read(tmp_path, f"{table}\n一中 | 钱乙（学生）、吴师 | 一等奖")
    assert people(found, "person", "role") == [
        ("B2", "赵甲", "student"),
        ("B2", "周师", "instructor"),
        ("B3", None, "student"),
        ("B3", None, "instructor"),
    ]
    assert codes(found.problems) == ["not-two-kinds B3"]


def test_a_leader_apart_from_the_members(tmp_path: Path) -> None:
    """钱乙 leads and is a member: once, with the right number. 孙丙 leads and is none: both."""
    table = "队长 | 队员 | 队员学号 | 奖次\n钱乙 | 赵甲、钱乙 | 001、002 | 一等奖\n孙丙 | 李丁 | . | 二等奖"
    found = read(tmp_path, table)
    assert people(found, "person", "person_id") == [
        ("B2", "赵甲", "001"),
        ("B2", "钱乙", "002"),
        ("B3", "李丁", None),
        ("A3", "孙丙", None),
    ]


def test_tables_side_by_side(tmp_path: Path) -> None:
    """
    2023年某省技能大赛 | . | . | . | . | . | .
    姓名 | 学校 | 奖次 | . | 姓名 | 学校 | 奖次
    赵甲 | 一中 | 一等奖 | . | 钱乙 | 二中 | 二等奖
    孙丙 | 一中 | 三等奖 | . | #REF! | 二中 | 三等奖
    """
    found = read(tmp_path, _table(test_tables_side_by_side), merged=["A1:G1"])
    assert people(found, "person", "school", "prize", "year") == [
        ("A3", "赵甲", "一中", "一等奖", 2023),
        ("A4", "孙丙", "一中", "三等奖", 2023),
        ("E3", "钱乙", "二中", "二等奖", 2023),
        ("E4", None, "二中", "三等奖", 2023),
    ]
    assert codes(found.problems) == ["cell-error E4"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("一等奖", {}),
        ("省级一等奖", {"level": "省级", "prize": "一等奖"}),
        ("团体一等奖", {"form": "团体", "prize": "一等奖"}),
        ("第一名", {"placing": 1}),
        ("季军", {"placing": 3}),
        ("3", {}),
        ("一等桨", {}),
        ("一等奖（2名）", {}),
    ],
)
def test_what_a_prize_says(text: str, said: dict[str, object]) -> None:
    assert dict(prize_parts(text)) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("数控", {}),
        ("GZ001数控", {"event_code": "GZ001", "event": "数控"}),
        ("ＧＺ００１　数控", {"event_code": "GZ001", "event": "数控"}),
        ("焊接（中职组）", {"event": "焊接", "division": "中职组"}),
        ("焊接-高职", {"event": "焊接", "division": "高职组"}),
        ("焊接（手工）", {}),
    ],
)
def test_what_an_event_says(text: str, said: dict[str, object]) -> None:
    assert dict(event_parts(text)) == said


def test_a_cell_that_says_two_things_and_a_column_that_says_another(tmp_path: Path) -> None:
    """
    姓名 | 级别 | 奖次 | 赛项 | 组别
    赵甲 | 省 | 省级一等奖 | 焊接(中职组) | 中职
    钱乙 | 国家级 | 省级一等奖 | 焊接 | .
    孙丙 | 省级 | 一等奖 | 焊接（高职组） | 中职组
    """
    found = read(tmp_path, _table(test_a_cell_that_says_two_things_and_a_column_that_says_another))
    assert codes(found.problems) == ["says-otherwise C3", "says-otherwise D4"]
    assert [bool(each.faults) for each in found.results] == [False, True, True]


def test_cells_that_do_not_say_what_they_mean(tmp_path: Path) -> None:
    """
    姓名 | 学校 | 日期 | 奖次
    赵甲 | 一中 | 45797 | 一等奖
    钱乙 | 同上 | . | 一等奖
    孙丙 | 一中学校\\n二中学校 | . | 一等奖
    李丁 | 某某职业\\n技术学校 | . | 一等奖
    某某学校 | 一中 | . | 一等奖
    一等奖 | 一中 | . | .
    """
    found = read(tmp_path, _table(test_cells_that_do_not_say_what_they_mean))
    assert codes(found.problems) == [
        "date-serial C2",
        "cell-ditto B3",
        "two-schools B4",
        "names-unclear A6",
        "names-unclear A7",
    ]
    assert [bool(each.faults) for each in found.results] == [True, True, True, False, True, True]
    assert found.results[3].school == "某某职业技术学校"


@pytest.mark.parametrize(
    ("table", "code"),
    [
        ("级别 | 一等奖 | 二等奖\n国家级 | 20000 | 10000", "sheet-is-rates"),
        ("奖次 | 国家级 | 省级\n一等奖 | 20000元 | 10000", "sheet-is-rates"),
        ("级别 | 奖次 | 奖励标准（元）\n国家级 | 一等奖 | 20000", "sheet-is-rates"),
        ("类别 | 级别 | 奖次 | 奖励标准\nA | 国家级 | 一等奖 | 20000", "sheet-is-rates"),
        ("学校 | 一等奖 | 二等奖\n一中 | 1 | 2", "sheet-is-counts"),
        ("姓名 | 奖次 | 金额（元） | 签字\n赵甲 | 一等奖 | 20000 | .", "sheet-is-payouts"),
        ("姓名 | 金额 | 银行卡号\n赵甲 | 20000 | .", "sheet-is-payouts"),
        ("学校 | 在校生数 | 生均拨款\n一中 | 1200 | 8000", "sheet-is-figures"),
    ],
)
def test_what_is_no_list_is_named(tmp_path: Path, table: str, code: str) -> None:
    alone = read(tmp_path, table)
    assert (alone.results, codes(alone.problems)) == ((), [code])
    beside = read(tmp_path, "姓名 | 奖次\n赵甲 | 一等奖", table)
    assert (len(beside.results), codes(beside.problems)) == (1, [f"?{code}"])


def _table(test: Any) -> str:
    return "\n".join(line for line in test.__doc__.splitlines() if "|" in line)
