"""The results workbook: every number on it leads back to a cell and a clause, and sums agree."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

import awards
from awards.workbook import read_figures, write_findings

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples/ezhou-city-2023/数据.xlsx"
NAMES = ("ezhou", "hubei-higher", "surcharge-share")


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    documents = [awards.load_schedule(name) for name in NAMES]
    figures = read_figures(EXAMPLE, schedules=documents)
    path = tmp_path_factory.mktemp("out") / "结果.xlsx"
    write_findings([awards.hold(figures.figures, each) for each in documents], figures, path)
    return load_workbook(path)


def lines(book: Workbook, sheet: str, first: str) -> list[dict[str, Any]]:
    """The rows under the header that begins with *first*, by heading."""
    rows: list[list[Any]] = [[cell.value for cell in row] for row in book[sheet].iter_rows()]
    start = next(number for number, row in enumerate(rows) if row[0] == first)
    found = []
    for row in rows[start + 1 :]:
        if row[0] is None:
            break
        if row[1] is not None:  # else the line that names a document
            found.append(dict(zip(rows[start], row, strict=True)))
    return found


def test_the_sheets(book: Workbook) -> None:
    assert book.sheetnames == [
        *("汇总", "核对结果", "资金明细", "达标情况", "数据出处", "问题", "依据"),
    ]


def test_findings_add_up_to_the_summary(book: Workbook) -> None:
    """By hand: 10,000,000 + 3,600,000 + 7,200,000 = 20,800,000; 500,000 + 1 short."""
    summary = {each["要求"].split()[0]: each for each in lines(book, "汇总", "要求")}
    found = [each for each in lines(book, "核对结果", "序号") if each["要求"].startswith("EZ-F1 ")]
    for name in ("应有", "计入", "缺口"):
        assert summary["EZ-F1"][name] == sum(each[name] or 0 for each in found)
    assert summary["EZ-F1"]["应有"] == 20_800_000
    assert summary["EZ-F1"]["缺口"] == 500_001


def test_the_money_that_counts_adds_up_to_the_finding(book: Workbook) -> None:
    money = lines(book, "资金明细", "结论号")
    for each in lines(book, "核对结果", "序号"):
        own = [line for line in money if line["结论号"] == each["序号"]]
        if each["计入"] is not None and own:
            counted = sum(
                Decimal(str(line["金额（元）"])) for line in own if line["是否计入"] == "计入"
            )
            assert Decimal(str(each["计入"])) == counted
            assert all(line["出处"] and line["依据"] for line in own)


def test_every_input_is_the_content_of_its_cell(book: Workbook) -> None:
    """The cell named on the sheet of inputs holds what the sheet says that it does."""
    source = load_workbook(EXAMPLE)
    checked = 0
    for each in lines(book, "数据出处", "结论号"):
        _, sheet, cell = each["出处"].split("!")
        if each["数据"] == "在校生数":
            assert str(source[sheet][cell].value) == each["数值"].replace(",", "")
            checked += 1
    assert checked > 10


def test_gaps_and_payers(book: Workbook) -> None:
    cells = [cell.value for row in book["汇总"].iter_rows() for cell in row]
    assert "楚泽工程职业学院 2023　floor　省级财政" in cells
    assert 6_900_001 in cells


def test_no_formula_is_written(book: Workbook) -> None:
    assert all(
        cell.data_type != "f"
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
    )
