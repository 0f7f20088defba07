"""The usual rows of a list, read at once, say what the others' way of reading says of them."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awards.records import Result, Roster
from awards.workbook import roster, usual
from awards.workbook.grid import Grid, Value
from awards.workbook.roster import read_sheet
from tests.test_resident import VALID

COLUMNS: dict[str, Sequence[Value | None]] = {
    "姓名": ("赵甲", "钱乙", "孙丙、李丁", "周戊（指导教师）", "Anna Lee", "赵甲钱乙", None, 7),
    "学号": ("2023001", 2023002, None, "1.1E+17", "A1、B2"),
    "身份证号": (VALID[0], "220202200001010127", "12", None),
    "身份": ("学生", "指导教师", "教练", None),
    "年度": (2023, "2023年", "2022-2023学年", None),
    "级别": ("省级", "国家级", "无", None),
    "赛项": ("数控", "GZ001 数控（高职组）", 5, None),
    "奖次": ("一等奖", "省级二等奖", "第三名", None, 1),
    "学校": ("某市第一中学", "某市第\n二中学", "某市一中学\n某市二中学", 12, None),
    "名次": (1, "第2名", None),
    "日期": ("2023-05-01", 45000, None),
    "班级": ("一班", 3, True, "—", None),
}


def sheet(names: Sequence[str], rows: Sequence[Sequence[Value | None]], merged: bool) -> Grid:
    """A list of *names* and *rows* under a title, which may be merged across."""
    lines: dict[int, Sequence[Value | None]] = {1: ["2023年省级技能大赛获奖名单"], 2: names}
    lines |= dict(enumerate(rows, 3))
    across = [(1, column) for column in range(1, len(names) + 1)] if merged else []
    ends = {(1, 1): (1, len(names))} if merged else {}
    return Grid("名单.xlsx", "名单", lines, dict.fromkeys(across, (1, 1)), ends)


@st.composite
def sheets(draw: st.DrawFn) -> Grid:
    more = draw(st.lists(st.sampled_from([*COLUMNS][1:]), min_size=3, unique=True))
    names = draw(st.permutations(["姓名", *more]))
    row = st.tuples(
        *(st.one_of(st.just(COLUMNS[n][0]), st.sampled_from(COLUMNS[n])) for n in names)
    )
    return sheet(names, draw(st.lists(row, min_size=1, max_size=5)), draw(st.booleans()))


def told(read: Roster) -> list[object]:
    """Everything that is said of the results, and the problems."""
    results = [
        (dict(r.__dict__) | {"cells": dict(r.cells), "headings": dict(r.headings)}, r.model_extra)
        for r in read.results
    ]
    return [results, read.problems, read.notes]


@given(sheets())
def test_both_ways_of_reading_say_the_same(grid: Grid) -> None:
    at_once = read_sheet(grid)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(roster, "usual", lambda _: lambda _: None)
        assert told(at_once) == told(read_sheet(grid))


def test_a_plain_list_is_read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blanks, numbers as texts and a title over it leave a row usual; a merged row is none."""
    names = ["姓名", "学号", "赛项", "奖次", "学校", "班级"]
    rows: list[list[Value | None]] = [
        ["赵甲", "2023001", "数控", "一等奖", "某市第一中学", "一班"],
        ["钱乙", 2023002, "数控", "一等奖", None, None],
    ]
    read: list[Result | None] = []
    plain = usual._Table.read

    def noted(table: usual._Table, row: int) -> Result | None:
        read.append(plain(table, row))
        return read[-1]

    monkeypatch.setattr(usual._Table, "read", noted)
    read_sheet(sheet(names, rows, merged=True))
    assert [each and each.person for each in read] == ["赵甲", "钱乙"]
    grid = sheet(names, rows, merged=False)
    grid = Grid("名单.xlsx", "名单", grid.lines, {(3, 5): (3, 5), (4, 5): (3, 5)}, {(3, 5): (4, 5)})
    read.clear()
    assert read_sheet(grid).results[1].school == "某市第一中学"
    assert read == [None, None]
