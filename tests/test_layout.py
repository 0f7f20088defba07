"""awards.workbook.layout, columns and rows: where a table is and what its parts are."""

from pathlib import Path
from typing import Any

import pytest

from awards.workbook.layout import Table, tables
from awards.workbook.rows import kinds
from tests.sheets import codes, grid


def only(folder: Path, table: str, **more: Any) -> Table:
    (found,) = tables(grid(folder, table, **more))
    return found


def fields(table: Table) -> list[str]:
    """Each column as ``owner.field number``."""
    return [
        ".".join(filter(None, (each.meaning.whose, each.meaning.field or f"({each.heading})")))
        + (f" {each.meaning.number}" if each.meaning.number else "")
        for each in table.columns
    ]


def test_title_lines_above_and_columns_in_any_order(tmp_path: Path) -> None:
    """
    2023年技能大赛获奖名单 | . | . | .
    填报单位：某校 | . | . | .
    奖　次 | 身高 | 选手姓名* | 赛项（全称）
    一等奖 | 180 | 赵甲 | 数控
    """
    found = only(tmp_path, test_title_lines_above_and_columns_in_any_order.__doc__ or "")
    assert found.titles == ((1, 1), (2, 1))
    assert found.header == range(3, 4)
    assert fields(found) == ["prize", "(身高)", "competitor.person", "event"]
    assert found.rows == (4,)


def test_two_line_header(tmp_path: Path) -> None:
    """
    序号 | 学校 | 获奖学生 | . | 指导教师 | . | 奖次
    . | . | 姓名 | 学号 | 姓名 | 工号 | .
    1 | 一中 | 赵甲 | 001 | 周师 | 901 | 一等奖
    """
    for merged in (["A1:A2", "B1:B2", "C1:D1", "E1:F1", "G1:G2"], ["C1:D1", "E1:F1"]):
        found = only(tmp_path, test_two_line_header.__doc__ or "", merged=merged)
        assert found.header == range(1, 3)
        assert fields(found) == [
            "(序号)",
            "school",
            "student.person",
            "student.person_id",
            "instructor.person",
            "instructor.person_id",
            "prize",
        ]


def test_three_line_header(tmp_path: Path) -> None:
    """
    学校 | 获奖学生 | . | 赛项 | .
    . | 基本信息 | . | 名称 | 编号
    . | 姓名 | 学号 | . | .
    一中 | 赵甲 | 001 | 数控 | ZZ012
    """
    merged = ["A1:A3", "B1:C1", "D1:E1", "B2:C2", "D2:D3", "E2:E3"]
    found = only(tmp_path, test_three_line_header.__doc__ or "", merged=merged)
    assert found.header == range(1, 4)
    assert fields(found) == [
        "school",
        "student.person",
        "student.person_id",
        "event",
        "event_code",
    ]


def test_a_child_line_under_merged_names_belongs_to_the_header(tmp_path: Path) -> None:
    """
    学校 | 奖次 | 指导教师 | . | 选手
    . | . | 1 | 2 | .
    一中 | 一等奖 | 周师 | 吴师 | 赵甲
    """
    table = test_a_child_line_under_merged_names_belongs_to_the_header.__doc__ or ""
    found = only(tmp_path, table, merged=["A1:A2", "B1:B2", "C1:D1", "E1:E2"])
    assert fields(found)[2:4] == ["instructor.person 1", "instructor.person 2"]
    assert found.rows == (3,)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("选手1 | 选手2 | 赛项", ["competitor.person 1", "competitor.person 2"]),
        ("学生1姓名 | 学生1学号", ["student.person 1", "student.person_id 1"]),
        ("第一指导教师 | 第二指导教师 | 奖次", ["instructor.person 一", "instructor.person 二"]),
        ("姓名 | 学号 | 指导教师 | 工号", ["person", "person_id", "instructor.person"]),
        ("学号 | 姓名 | 指导教师 | 赛项", ["person_id", "person", "instructor.person"]),
        ("姓名 | 身份证号 | 指导教师 | 赛项", ["person", "person_id", "instructor.person"]),
        ("姓名 | 指导教师 | 学号", ["person", "instructor.person", "person_id"]),
        ("选手 | 学号 | 指导教师 | 工号", ["competitor.person", "competitor.person_id"]),
        ("姓名 | 指导教师单位 | 指导教师", ["person", "instructor.school", "instructor.person"]),
        ("獎項 | 參賽選手 | 學校", ["prize", "competitor.person", "school"]),
    ],
)
def test_headings(tmp_path: Path, header: str, expected: list[str]) -> None:
    found = only(tmp_path, header)
    assert fields(found)[: len(expected)] == expected
    assert not found.faults


@pytest.mark.parametrize(
    ("header", "fault"),
    [
        ("姓名 | 学校 | 单位", "two-columns-one-field C1"),
        ("姓名 | 选手 | 赛项", "two-columns-one-field B1"),
        ("学生 | 获奖学生 | 赛项", "two-columns-one-field B1"),
        ("选手1 | 选手1 | 赛项", "two-columns-one-field B1"),
        ("姓名 | 学号 | 学籍号", None),
        ("姓名 | 学号 | 学号", "two-columns-one-field C1"),
        ("学生 | 教师 | 赛项", "which-people B1"),
        ("参赛教师 | 学生 | 赛项", None),
        ("赛项 | 选手/指导教师 | 奖次 | 学校", None),
        ("赛项 | 指导教师/选手 | 奖次 | 学校", "which-people B1"),
        ("赛项 | 队长 | 队员 | 奖次", None),
        ("赛项 | 奖次 | 一等奖 | 二等奖", "two-columns-one-field B1"),
    ],
)
def test_two_columns_that_claim_one_field(tmp_path: Path, header: str, fault: str | None) -> None:
    assert codes(only(tmp_path, header).faults) == ([fault] if fault else [])


def test_an_identity_number_goes_before_a_student_number(tmp_path: Path) -> None:
    found = only(tmp_path, "姓名 | 学号 | 身份证号 | 赛项")
    assert fields(found) == ["person", "(学号)", "person_id", "event"]
    assert codes(found.problems) == ["second-number B1"]


def test_whose_number_is_not_guessed(tmp_path: Path) -> None:
    found = only(tmp_path, "姓名 | 指导教师 | 身份证号 | 赛项")
    assert fields(found) == ["person", "instructor.person", "(身份证号)", "event"]
    assert codes(found.problems) == ["?whose-column C1"]


def test_content_without_a_heading_is_kept(tmp_path: Path) -> None:
    found = only(tmp_path, "姓名 | 奖次 | 赛项\n赵甲 | 一等奖 | 数控 | 补")
    assert [column.heading for column in found.columns] == ["姓名", "奖次", "赛项", "D"]
    assert codes(found.problems) == ["?no-heading D1"]


@pytest.mark.parametrize(
    "table",
    [
        "项目 | 金额\n设备 | 100",
        "说明\n请各校认真填写",
        "学校 | 年度 | 金额\n一中 | 2023 | 100",
        "序号 | 姓名 | 金额 | 签名\n1 | 赵甲 | 100 | .",
    ],
)
def test_no_header(tmp_path: Path, table: str) -> None:
    assert tables(grid(tmp_path, table)) == ()


def rows_of(folder: Path, table: str, **more: Any) -> dict[int, str]:
    sheet = grid(folder, table, **more)
    return {row: kind for each in tables(sheet) for row, kind in kinds(sheet, each).items()}


def test_what_each_row_is(tmp_path: Path) -> None:
    """
    序号 | 学校 | 姓名 | 奖次
    示例 | 一中 | 赵甲 | 一等奖
    1 | 一中 | 钱乙 | 一等奖
    序号 | 学校 | 姓名 | 奖次
    2 | 二中 | 孙丙 | 二等奖
    小 计 | . | 2人 | .
    3 | . | . | .
    合计（人） | . | 共36人 | 一等奖1个
    . | . | . | .
    注：1. 以证书为准 | . | . | .
    2. 一式两份 | . | . | .
    制表人：周师 | . | 审核人：吴师 | .
    """
    assert rows_of(tmp_path, test_what_each_row_is.__doc__ or "") == {
        2: "example",
        3: "result",
        4: "header",
        5: "result",
        6: "total",
        7: "number",
        8: "total",
        10: "note",
        11: "note",
        12: "note",
    }


def test_a_row_that_could_be_a_result_is_one(tmp_path: Path) -> None:
    """A word is not enough: 合计 with a name and a school, 说明 with a prize, 注册 and no colon.

    学校 | 姓名 | 奖次 | 备注
    合计 | 赵甲 | 一等奖 | .
    说明：补报 | . | 二等奖 | .
    注册会计学校 | . | . | .
    . | . | . | 备注：待定
    """
    table = (test_a_row_that_could_be_a_result_is_one.__doc__ or "").partition("\n")[2]
    found = rows_of(tmp_path, table)
    assert found == {2: "result", 3: "result", 4: "result", 5: "note"}


def test_lone_cells_below_the_table_are_notes(tmp_path: Path) -> None:
    """
    学校 | 姓名 | 奖次
    一中 | 赵甲 | 一等奖
    二中 | . | .
    . | . | .
    . | . | 某市教育局
    . | . | 2023年6月1日
    三中 | 钱乙 | .
    """
    assert rows_of(tmp_path, test_lone_cells_below_the_table_are_notes.__doc__ or "") == {
        2: "result",
        3: "result",
        5: "result",  # a result still follows
        6: "result",
        7: "result",
    }
    table = (test_lone_cells_below_the_table_are_notes.__doc__ or "").replace("三中 | 钱乙 | .", "")
    assert rows_of(tmp_path, table) == {2: "result", 3: "result", 5: "note", 6: "note"}


def test_text_across_the_table_is_a_line(tmp_path: Path) -> None:
    """
    学校 | 姓名 | 奖次
    一、中职组 | . | .
    一中 | 赵甲 | 一等奖
    以下为补报 | . | .
    长春市 | . | .
    一中 | 钱乙 | 一等奖
    """
    table = test_text_across_the_table_is_a_line.__doc__ or ""
    assert rows_of(tmp_path, table, merged=["A2:C2", "A4:C4", "A5:C5"]) == {
        2: "section",
        3: "result",
        4: "line",
        5: "note",
        6: "result",
    }


def test_rows_under_merged_cells(tmp_path: Path) -> None:
    """Row 3 is row 2 again; row 4 lacks its name; row 5 lies under nothing.

    学校 | 姓名 | 奖次
    一中 | 赵甲 | 一等奖
    . | . | .
    . | . | .
    . | . | .
    """
    table = (test_rows_under_merged_cells.__doc__ or "").partition("\n")[2]
    found = rows_of(tmp_path, table, merged=["A2:A4", "B2:B3", "C2:C3"])
    assert found == {2: "result", 3: "blank", 4: "result"}


def test_a_second_table_with_another_header(tmp_path: Path) -> None:
    """
    学校 | 姓名 | 奖次
    一中 | 赵甲 | 一等奖
    . | . | .
    高职组 | . | .
    姓名 | 学校 | 赛项
    钱乙 | 二中 | 焊接
    """
    table = test_a_second_table_with_another_header.__doc__ or ""
    first, second = tables(grid(tmp_path, table, merged=["A4:C4"]))
    assert (first.rows, second.titles, second.rows) == ((2,), ((4, 1),), (6,))
    assert fields(second) == ["person", "school", "event"]
