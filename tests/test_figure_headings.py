"""awards.workbook.figure_headings: one to three lines over a column of figures."""

from fractions import Fraction

import pytest

from awards.records import Value
from awards.vocabulary import vocabulary
from awards.workbook.figure_headings import heading, unit_in


@pytest.mark.parametrize(
    ("lines", "column", "said"),
    [
        (["在校生数（人）"], "students", {}),
        (["年末在校生数"], "students_end", {}),
        (["财政拨款", "基本支出"], "amount", {"source": "fiscal_basic"}),
        (["事业收入", "学费收入"], "amount", {"source": "tuition"}),
        (["学费收入", "金额"], "amount", {"source": "tuition"}),
        (["在校生数", "2023年"], "students", {"year": 2023}),
        (["2023年", "在校生数"], "students", {"year": 2023}),
        (["2023年在校生数"], "students", {"year": 2023}),
        (["在校生数", "中职"], "students", {"stage": "secondary"}),
        (["高职在校生数"], "students", {"stage": "higher"}),
        (["在校生数", "一年级"], "students", {"grade": 1}),
        (["2023年", "在校生数", "高职"], "students", {"year": 2023, "stage": "higher"}),
        (["办学性质"], "ownership", {}),
        (["备用金"], None, {}),
    ],
)
def test_a_heading(lines: list[str], column: str | None, said: dict[str, Value]) -> None:
    found = heading(lines, vocabulary())
    assert (found.column, dict(found.said)) == (column, said)


def test_a_sum_under_a_headcount_is_one_of_it() -> None:
    found = heading(["在校生数", "合计"], vocabulary())
    assert (found.column, found.is_total) == ("students", True)


def test_a_number_column_is_none() -> None:
    assert heading(["序号"], vocabulary()).is_number


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("基本支出（万元）", 10_000),
        ("金额单位：万元", 10_000),
        ("单位：元", 1),
        ("（单位：亿元）", 100_000_000),
        ("生均标准（元/生·年）", 1),
        ("比例（%）", Fraction(1, 100)),
        ("学校（全称）", None),
    ],
)
def test_a_unit(text: str, unit: int | Fraction | None) -> None:
    assert unit_in(text, vocabulary()) == unit
