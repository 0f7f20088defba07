"""awards.workbook.figures: sheets of headcounts and money as offices keep them, read by hand.

Each table is written as it stands in the sheet; what must be read was worked out beside it.
"""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import awards
from awards.figures import Figures
from awards.problems import FileError
from awards.records import Unread
from awards.workbook import read_figures
from tests.sheets import codes, workbook


def read(folder: Path, *tables: str, **more: Any) -> Figures:
    options = {name: more.pop(name) for name in ("year", "hidden", "blank_is_zero") if name in more}
    return read_figures(workbook(folder, *tables, **more), **options)


def rows(found: Figures, *names: str) -> list[tuple[object, ...]]:
    """The cell of each figure, and the columns *names* of it."""
    return [(e.place.cell, *(e.columns.get(name) for name in names)) for e in found.figures]


def test_money_by_source_in_ten_thousands(tmp_path: Path) -> None:
    """800.5 万元 is 8,005,000 yuan, exactly; each source is a figure with its own cell."""
    table = """
    2023年经费收入情况表 | . | .
    . | . | 单位：万元
    学校 | 财政拨款 | .
    . | 基本支出 | 学费收入
    甲校 | 800.5 | 240
    """
    found = read(tmp_path, table, merged=["A1:C1", "A3:A4", "B3:C3"])
    assert rows(found, "school", "year", "source", "amount") == [
        ("B5", "甲校", 2023, "fiscal_basic", 8005000),
        ("C5", "甲校", 2023, "tuition", 2400000),
    ]
    assert codes(found.problems) == ["from-title A1"]


def test_a_unit_over_one_column_is_for_that_column(tmp_path: Path) -> None:
    found = read(tmp_path, "学校 | 年度 | 基本支出（万元） | 学费收入（元）\n甲校 | 2023 | 1 | 1")
    assert [e.columns["amount"] for e in found.figures] == [10000, 1]


def test_money_without_a_unit_is_yuan_and_said_to_be(tmp_path: Path) -> None:
    found = read(tmp_path, "学校 | 年度 | 基本支出\n甲校 | 2023 | 1,200.50")
    assert rows(found, "amount") == [("C2", Decimal("1200.5"))]
    assert codes(found.problems) == ["no-unit C1"]


def test_a_unit_in_the_cell_goes_first(tmp_path: Path) -> None:
    found = read(tmp_path, "学校 | 年度 | 基本支出（元）\n甲校 | 2023 | 3万元")
    assert rows(found, "amount") == [("C2", 30000)]


def test_a_rate_a_head_is_not_in_the_unit_of_the_sheet(tmp_path: Path) -> None:
    """单位：万元 is about the money; a standard of 8000 a head stays 8,000."""
    table = "单位：万元 | .\n学校 | 生均标准\n甲校 | 8000"
    (found,) = read(tmp_path, table).figures
    assert found.columns["standard"] == 8000


def test_money_a_line_each(tmp_path: Path) -> None:
    table = "学校 | 年度 | 资金来源 | 金额（元）\n甲校 | 2023 | 基本支出拨款 | 5\n甲校 | 2023 | 学费 | 7"
    found = read(tmp_path, table)
    assert rows(found, "source", "amount") == [("D2", "fiscal_basic", 5), ("D3", "tuition", 7)]


def test_students_by_stage_year_and_grade_across(tmp_path: Path) -> None:
    table = """
    学校 | 在校生数 | . | .
    . | 2022年 | 2023年 | 合计
    甲校 | 10 | 20 | 30
    """
    found = read(tmp_path, table, merged=["A1:A2", "B1:D1"])
    assert rows(found, "school", "year", "students") == [
        ("B3", "甲校", 2022, 10),
        ("C3", "甲校", 2023, 20),
    ]


def test_a_lone_sum_is_the_headcount(tmp_path: Path) -> None:
    table = "学校 | 在校生数 | .\n. | 合计 | 其中：女生\n甲校 | 30 | 12"
    found = read(tmp_path, table, merged=["A1:A2", "B1:C1"])
    assert [e.columns.get("students") for e in found.figures] == [30]


def test_merged_cells_down_name_every_row(tmp_path: Path) -> None:
    table = "学校 | 专业大类 | 在校生数\n甲校 | 加工制造类 | 10\n. | 信息技术类 | 20"
    found = read(tmp_path, table, merged=["A2:A3"])
    assert rows(found, "school", "students") == [("C2", "甲校", 10), ("C3", "甲校", 20)]


def test_a_blank_school_is_an_error_at_its_cell(tmp_path: Path) -> None:
    """Blank means as above only inside a merged range."""
    found = read(tmp_path, "学校 | 年度 | 在校生数\n甲校 | 2023 | 10\n. | 2023 | 20")
    assert codes(found.problems) == ["blank-figure A3"]


def test_blank_money_is_not_zero(tmp_path: Path) -> None:
    table = "学校 | 年度 | 基本支出（元） | 项目支出（元）\n甲校 | 2023 | 5 | ."
    found = read(tmp_path, table)
    assert codes(found.problems) == ["?blank-money D2"]
    assert isinstance(found.figures[-1].columns["amount"], Unread)
    zero = read(tmp_path, table, blank_is_zero=True)
    assert zero.problems == ()
    assert zero.figures[-1].columns["amount"] == 0


def test_a_whole_beside_its_part_would_count_twice(tmp_path: Path) -> None:
    table = "学校 | 年度 | 全部财政拨款（元） | 基本支出（元）\n甲校 | 2023 | 9 | 5"
    found = read(tmp_path, table)
    school = {"school": "甲校", "year": 2023, "stage": "secondary", "ownership": "public"}
    counted: list[Any] = [{**school, "students": 1}, *found.figures]
    outcome = awards.hold(counted, awards.load_schedule("ezhou"))
    assert codes(outcome.problems) == ["whole-beside-part D2"]
    assert {f.status for f in outcome.findings if f.rule == "EZ-F1"} == {"undetermined"}


@pytest.mark.parametrize(("whole", "part", "left"), [("9", ".", 9), (".", "5", 5), ("0", "5", 5)])
def test_one_of_whole_and_part_alone_counts(
    tmp_path: Path, whole: str, part: str, left: int
) -> None:
    table = f"学校 | 年度 | 全部财政拨款（元） | 基本支出（元）\n甲校 | 2023 | {whole} | {part}"
    found = read(tmp_path, table)
    assert found.problems == ()
    assert sum(e.columns["amount"] for e in found.figures) == left


def test_students_on_two_sheets_are_the_same_students(tmp_path: Path) -> None:
    one = "学校 | 年度 | 专业大类 | 在校生数\n甲校 | 2023 | 加工制造类 | 10"
    other = "学校 | 年度 | 在校生数\n甲校 | 2023 | 10"
    found = read(tmp_path, one, other)
    assert codes(found.problems) == ["students-twice C2"]


def test_parts_of_a_headcount_may_stand_on_several_sheets(tmp_path: Path) -> None:
    one = "学校 | 年度 | 年级 | 在校生数\n甲校 | 2023 | 一年级 | 10"
    other = "学校 | 年度 | 年级 | 在校生数\n甲校 | 2023 | 二年级 | 20"
    found = read(tmp_path, one, other)
    assert found.problems == ()
    assert [e.columns["grade"] for e in found.figures] == [1, 2]


def test_the_same_money_on_two_sheets(tmp_path: Path) -> None:
    table = "学校 | 年度 | 基本支出（元）\n甲校 | 2023 | 5"
    assert codes(read(tmp_path, table, table).problems) == ["amount-twice C2"]


def test_sums_are_skipped_and_held_against_the_rows(tmp_path: Path) -> None:
    """10 + 20 = 30 as stated; 7 is not 5 + 1."""
    table = """
    学校 | 年度 | 在校生数 | 基本支出（元）
    甲校 | 2023 | 10 | 5
    乙校 | 2023 | 20 | 1
    合计 | . | 30 | 7
    制表人：王小禾 | . | . | .
    """
    found = read(tmp_path, table)
    assert codes(found.problems) == ["skipped-total A4", "?total-differs D4", "skipped-note A5"]
    assert sum(e.columns.get("students", 0) for e in found.figures) == 30


def test_sub_totals_are_of_the_rows_since_the_last(tmp_path: Path) -> None:
    table = """
    学校 | 年度 | 在校生数
    甲校 | 2023 | 10
    小计 | . | 10
    乙校 | 2023 | 20
    小计 | . | 20
    合计 | . | 30
    """
    assert set(codes(read(tmp_path, table).problems)) == {
        "skipped-total A3",
        "skipped-total A5",
        "skipped-total A6",
    }


def test_figures_named_one_by_one(tmp_path: Path) -> None:
    table = """
    规则 | 指标 | 年度 | 数值
    EZ-T1 | 毕业生数 | 2023 | 1,000
    EZ-D01 | 完成日期 | . | 2022年8月25日
    EZ-T1 | 身高 | 2023 | 3
    """
    found = read(tmp_path, table)
    first, second = found.figures[:2]
    assert (first.columns["rule"], first.columns["graduates"]) == ("EZ-T1", 1000)
    assert str(second.columns["done_on"]) == "2022-08-25"
    assert codes(found.problems) == ["unknown-figure-name B4"]


@pytest.mark.parametrize(
    ("heading", "cell", "code"),
    [
        ("在校生数", "约三百", "figure-not-a-number"),
        ("在校生数", "-5", "figure-negative"),
        ("基本支出（元）", "五千", "figure-not-a-number"),
        ("完成日期", "下月", "figure-not-a-day"),
        ("撤回比例", "70", "figure-share"),
    ],
)
def test_a_cell_that_cannot_be_read(tmp_path: Path, heading: str, cell: str, code: str) -> None:
    """It is told with its cell, and is there all the same, as not known."""
    found = read(tmp_path, f"学校 | 年度 | {heading}\n甲校 | 2023 | {cell}\n乙校 | 2023 | .")
    assert code in codes(found.problems)[0]
    assert "C2" in codes(found.problems)[0]
    assert any(isinstance(v, Unread) for v in found.figures[0].columns.values())


def test_an_unknown_source_is_an_error_with_the_nearest(tmp_path: Path) -> None:
    table = "学校 | 年度 | 资金来源 | 金额（元）\n甲校 | 2023 | 基本支出拔款 | 5"
    (problem,) = read(tmp_path, table).problems
    assert (problem.code, problem.place.cell) == ("unknown-source", "C2")
    assert "基本支出拨款" in problem.line("zh")


def test_two_columns_for_one_thing_are_both_left_alone(tmp_path: Path) -> None:
    table = "学校 | 年度 | 在校生数 | 在籍学生数\n甲校 | 2023 | 10 | 11"
    found = read(tmp_path, table)
    assert codes(found.problems)[0] == "two-columns-one-field D1"
    assert all("students" not in e.columns for e in found.figures)


def test_unknown_columns_are_kept_and_numbers_told(tmp_path: Path) -> None:
    table = "学校 | 年度 | 在校生数 | 捐赠 | 校训\n甲校 | 2023 | 10 | 7 | 勤"
    found = read(tmp_path, table)
    assert codes(found.problems) == ["?unknown-figure D1", "unknown-figure E1"]
    assert found.figures[0].columns["捐赠"] == 7


def test_a_column_of_the_schedule_is_known_by_its_name(tmp_path: Path) -> None:
    path = workbook(tmp_path, "学校 | 年度 | 隶属 | 学历符合\n甲校 | 2023 | 省 | 是")
    (found,) = read_figures(path, schedules=[awards.load_schedule("ezhou")]).figures
    assert (found.columns["run_by"], found.columns["degree_ok"]) == ("province", True)


def test_two_tables_on_one_sheet(tmp_path: Path) -> None:
    table = """
    学校 | 年度 | 在校生数
    甲校 | 2023 | 10
    经费表 | . | .
    学校 | 年度 | 基本支出（元）
    甲校 | 2023 | 5
    """
    found = read(tmp_path, table, merged=["A3:C3"])
    assert [(e.columns.get("students"), e.columns.get("amount")) for e in found.figures] == [
        (10, None),
        (None, 5),
    ]


def test_a_year_for_tables_that_name_none(tmp_path: Path) -> None:
    assert rows(read(tmp_path, "学校 | 在校生数\n甲校 | 10", year=2024), "year") == [("B2", 2024)]


def test_nothing_recognised_is_an_error(tmp_path: Path) -> None:
    assert codes(read(tmp_path, "甲 | 乙\n丙 | 丁").problems) == ["no-figures"]
    with pytest.raises(FileError):
        read_figures(tmp_path / "none.xlsx")


def test_csv_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "数据.csv"
    path.write_text("学校,年度,在校生数\n甲校,2023,10\n", "gb18030")
    assert rows(read_figures(path), "students") == [("C2", 10)]


def test_sums_and_parts_wherever_they_stand(tmp_path: Path) -> None:
    """护理 300 + 汽修 200 = 500: neither the sub-total nor the girls are students beside them."""
    table = """
    学校 | 年度 | 专业 | 在校生数
    甲校 | 2023 | 护理 | 300
    甲校 | 2023 | 汽修 | 200
    甲校 | 2023 | 其中：女生 | 150
    甲校 | 2023 | 小计 | 500
    全市合计 | 2023 | . | 500
    """
    found = read(tmp_path, table)
    assert sum(e.columns.get("students", 0) for e in found.figures) == 500
    assert codes(found.problems) == [
        "unknown-figure C1",
        "?skipped-part A4",
        "skipped-total A5",
        "skipped-total A6",
    ]


def test_a_row_that_is_there_twice_is_taken_neither_time(tmp_path: Path) -> None:
    line = "甲校 | 2023 | 基本支出 | 300"
    found = read(tmp_path, f"学校 | 年度 | 资金来源 | 金额（元）\n{line}\n{line}")
    assert codes(found.problems) == ["amount-twice D3"]
    assert all(isinstance(e.columns["amount"], Unread) for e in found.figures)


def test_money_in_a_unit_that_is_not_clear_is_not_read(tmp_path: Path) -> None:
    table = "学校 | 年度 | 基本支出（万元） | 项目支出\n甲校 | 2023 | 380 | 50"
    found = read(tmp_path, table)
    assert codes(found.problems) == ["unit-unclear D1"]
    assert [e.columns["amount"] for e in found.figures] == [3_800_000, Unread("50")]
    both = read(tmp_path, "单位：元、万元 | .\n学校 | 基本支出\n甲校 | 400")
    assert codes(both.problems) == ["unit-unclear B2"]


def test_years_across_beside_a_column_of_sources(tmp_path: Path) -> None:
    table = "学校 | 资金来源 | 2022年（元） | 2023年（元）\n甲校 | 基本支出 | 5 | 7"
    found = read(tmp_path, table)
    assert rows(found, "source", "year", "amount") == [
        ("C2", "fiscal_basic", 2022, 5),
        ("D2", "fiscal_basic", 2023, 7),
    ]


@pytest.mark.parametrize(
    ("heading", "cell"),
    [("学段", "中职部"), ("办学性质", "公"), ("隶属", "省直管"), ("省份", "某省")],
)
def test_another_word_is_no_answer(tmp_path: Path, heading: str, cell: str) -> None:
    found = read(tmp_path, f"学校 | 年度 | {heading} | 在校生数\n甲校 | 2023 | {cell} | 5")
    assert codes(found.problems) == ["unknown-figure-word C2"]


def test_a_percentage_is_no_count_and_no_money(tmp_path: Path) -> None:
    table = "学校 | 年度 | 毕业生数 | 基本支出（万元）\n甲校 | 2023 | 9.5% | 30%"
    assert codes(read(tmp_path, table).problems) == [
        "figure-not-a-number C2",
        "figure-not-a-number D2",
    ]


def test_a_rule_that_no_schedule_has(tmp_path: Path) -> None:
    path = workbook(tmp_path, "规则 | 指标 | 年度 | 数值\nEZ-T99 | 毕业生数 | 2023 | 5")
    found = read_figures(path, schedules=[awards.load_schedule("ezhou")])
    assert codes(found.problems) == ["unknown-rule-row A2"]


def test_a_sub_total_is_of_rows_right_above_it(tmp_path: Path) -> None:
    """A sum above its rows is of nothing that can be checked; 5 + 6 = 11 below is."""
    table = """
    学校 | 年度 | 在校生数
    合计 | . | 18
    甲校 | 2023 | 7
    乙校 | 2023 | 5
    丙校 | 2023 | 6
    小计 | . | 11
    小计 | . | 12
    """
    assert codes(read(tmp_path, table).problems) == [
        "skipped-total A2",
        "skipped-total A6",
        "skipped-total A7",
        "?total-differs C7",
    ]
