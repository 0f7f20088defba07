"""Bank files: by profile, to the fen, and nothing in them that a bank would misread."""

import csv
import io
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pydantic import ValidationError

from awards.banks import Profile, batches, known, load_profile, text_of
from awards.problems import AwardsError
from awards.workbook.bank_form import fill_form
from tests.dossiers import CARD, IDENTITY, OTHER_CARD, dossier, won

PAID = dossier(tax={"": "incidental"}).to_bank
"""赵甲 12,000 and 孙丙 6,400 after tax; 钱乙 has no card."""
COLUMNS = [{"field": "payee"}, {"field": "card"}, {"field": "amount"}]


def profile(**said: Any) -> Profile:
    return Profile.model_validate({"name": "x", "columns": COLUMNS, **said})


def test_the_examples_are_marked_as_such() -> None:
    assert len(known()) == 3
    for name in known():
        found, folder = load_profile(name)
        assert found.example
        assert folder is None


def test_a_table_with_a_last_line_of_count_and_sum() -> None:
    found, _ = load_profile("example-csv")
    [batch], faults = batches(PAID, found, "竞赛奖励")
    rows = list(csv.reader(io.StringIO(text_of(batch, found, "竞赛奖励").decode("gb18030"))))
    assert faults == []
    assert rows == [
        ["序号", "收款人姓名", "收款账号", "开户行", "金额", "用途"],
        ["1", "赵甲", CARD, "", "12000.00", "竞赛奖励"],
        ["2", "孙丙", OTHER_CARD, "某行某支行", "6400.00", "竞赛奖励"],
        ["合计", "2", "", "", "18400.00", ""],
    ]


def test_bars_fen_and_a_first_line() -> None:
    found, _ = load_profile("example-text")
    [batch], _ = batches(PAID, found, "竞赛奖励")
    assert text_of(batch, found, "竞赛奖励").decode() == (
        "H|2|1840000\n"
        f"1|{CARD}|赵甲|1200000|CNY|竞赛奖励\n"
        f"2|{OTHER_CARD}|孙丙|640000|CNY|竞赛奖励\n"
    )


def test_what_a_bank_needs_and_a_payee_lacks_is_told() -> None:
    found, _ = load_profile("example-interbank")
    made, faults = batches(PAID, found, "奖励")
    assert made == []
    told = [(each.code, each.values["person"], each.values["column"]) for each in faults]
    assert told == [
        ("bank-blank", "赵甲", "开户行名称"),
        ("bank-blank", "赵甲", "联行号"),
        ("bank-blank", "孙丙", "联行号"),
    ]


def test_so_many_rows_a_file() -> None:
    made, _ = batches(PAID, profile(rows=1), "奖励")
    assert [(each.count, each.total) for each in made] == [
        (1, Decimal("12000.00")),
        (1, Decimal("6400.00")),
    ]


@pytest.mark.parametrize(
    ("name", "said", "code"),
    [
        ("赵|甲", {"separator": "|", "quotes": False}, "bank-separator"),
        ("赵𬎆", {"encoding": "gb18030"}, ""),
        ("赵\x07甲", {}, "bank-encoding"),
        ("=赵甲", {}, "bank-formula"),
        ("赵甲" * 9, {"columns": [{"field": "payee", "most": 10}, *COLUMNS[1:]]}, "bank-too-long"),
        ('赵"甲,乙', {}, ""),
    ],
)
def test_what_cannot_be_written_as_it_is(name: str, said: Mapping[str, Any], code: str) -> None:
    made = dossier([won(name, "省级", "一等奖", 银行卡号=CARD)], tax={"": "incidental"})
    found = profile(**said)
    files, faults = batches(made.to_bank, found, "奖励")
    assert [each.code for each in faults] == ([code] if code else [])
    if not code:
        [row] = list(csv.reader(io.StringIO(text_of(files[0], found, "").decode(found.encoding))))[
            1:
        ]
        assert row == [name, CARD, "8000.00"]


@pytest.mark.parametrize(
    "said",
    [
        {"columns": [{"field": "payee"}]},
        {"columns": [*COLUMNS, {"field": "phone"}]},
        {"columns": [*COLUMNS, {"field": "bank", "text": "x"}]},
        {"columns": [*COLUMNS, {}]},
        {"trailer": {"cells": [{"field": "card"}]}},
        {"separator": "||"},
        {"encoding": "latin-1"},
        {"rows": 0},
        {"pages": 2},
    ],
)
def test_a_profile_that_says_nothing_sensible_is_refused(said: Mapping[str, Any]) -> None:
    with pytest.raises(ValidationError):
        profile(**said)


def test_a_profile_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "我行.toml"
    path.write_text('name = "我行"\ncolumns = [{ field = "card" }]\n', "utf-8")
    with pytest.raises(AwardsError, match="columns need card and amount"):
        load_profile(str(path))
    with pytest.raises(AwardsError, match="unknown-bank"):
        load_profile("no-bank")


FORM = {"file": "模板.xlsx", "sheet": "明细", "first_row": 5, "count_at": "B2", "total_at": "D2"}


def form(folder: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "明细"
    sheet["A1"], sheet["A2"], sheet["C2"] = "某行代发", "笔数", "金额"
    sheet["A4"] = "户名"
    sheet["C5"].number_format = "0.00"
    book.save(folder / "模板.xlsx")
    return folder


def test_the_banks_own_form_is_filled(tmp_path: Path) -> None:
    found = profile(form=FORM)
    [batch], _ = batches(PAID, found, "奖励")
    fill_form(batch, found, form(tmp_path), tmp_path / "代发.xlsx", "zh")
    sheet = openpyxl.load_workbook(tmp_path / "代发.xlsx").worksheets[0]
    assert (sheet["B2"].value, sheet["D2"].value) == (2, 18400)
    assert [c.value for c in sheet[5]][:3] == ["赵甲", CARD, 12000]
    assert [c.value for c in sheet[6]][:3] == ["孙丙", OTHER_CARD, 6400]
    assert (sheet["A4"].value, sheet["B6"].data_type, sheet["C6"].number_format) == (
        "户名",
        "s",
        "0.00",
    )


def test_a_forced_file_says_so_before_all_else(tmp_path: Path) -> None:
    found = profile()
    [batch], _ = batches(PAID, found, "奖励")
    assert text_of(batch, found, "奖励", "强制").decode("gb18030").startswith("# 强制\r\n")
    filled = profile(form=FORM)
    fill_form(batch, filled, form(tmp_path), tmp_path / "代发.xlsx", "zh", "强制")
    book = openpyxl.load_workbook(tmp_path / "代发.xlsx")
    assert book.sheetnames == ["草稿", "明细"]
    assert book.worksheets[0]["A1"].value == "强制"


@pytest.mark.parametrize(
    ("said", "code"),
    [({"sheet": "无"}, "form-no-sheet"), ({"file": "无.xlsx"}, "no-file"), ({}, "form-merged")],
)
def test_a_form_that_cannot_be_filled(tmp_path: Path, said: Mapping[str, Any], code: str) -> None:
    form(tmp_path)
    if not said:
        book = openpyxl.load_workbook(tmp_path / "模板.xlsx")
        book.worksheets[0].merge_cells("A5:B5")
        book.save(tmp_path / "模板.xlsx")
    found = profile(form={**FORM, **said})
    [batch], _ = batches(PAID, found, "奖励")
    with pytest.raises(AwardsError, match=code):
        fill_form(batch, found, tmp_path, tmp_path / "代发.xlsx", "zh")
    assert not (tmp_path / "代发.xlsx").exists()


def test_the_identity_is_there_only_where_the_bank_asks_for_it() -> None:
    plain, _ = load_profile("example-csv")
    [batch], _ = batches(PAID, plain, "奖励")
    assert IDENTITY not in text_of(batch, plain, "奖励").decode("gb18030")


@pytest.mark.parametrize(
    ("cell", "value", "fault"),
    [
        ("A5", "张三（示例）", "A5"),
        ("A6", "制单人：", "A6"),
        ("B8", "6222021000000000017", "B8"),
        ("C9", 100, "C9"),
        ("B2", "笔数", "B2"),
        ("A9", "制单人：", ""),
        ("A5", "赵甲", ""),
        ("D2", "=SUM(C5:C9)", ""),
    ],
)
def test_nothing_of_a_form_is_written_over_and_no_sample_is_left(
    tmp_path: Path, cell: str, value: str | int, fault: str
) -> None:
    """Two payments, in rows 5 and 6; a sample below them would be paid too."""
    path = form(tmp_path) / "模板.xlsx"
    book = openpyxl.load_workbook(path)
    book.worksheets[0][cell] = value
    book.save(path)
    found = profile(form=FORM)
    [batch], _ = batches(PAID, found, "奖励")
    if not fault:
        fill_form(batch, found, tmp_path, tmp_path / "代发.xlsx", "zh")
        return
    with pytest.raises(AwardsError) as caught:
        fill_form(batch, found, tmp_path, tmp_path / "代发.xlsx", "zh")
    assert [(e.code, e.place.cell) for e in caught.value.problems] == [("form-not-empty", fault)]


def test_a_merged_cell_for_the_sum_is_told(tmp_path: Path) -> None:
    path = form(tmp_path) / "模板.xlsx"
    book = openpyxl.load_workbook(path)
    book.worksheets[0].merge_cells("C2:D2")
    book.save(path)
    found = profile(form=FORM)
    [batch], _ = batches(PAID, found, "奖励")
    with pytest.raises(AwardsError, match=r"D2.*form-merged"):
        fill_form(batch, found, tmp_path, tmp_path / "代发.xlsx", "zh")


@pytest.mark.parametrize(
    ("at", "rows", "is_good"),
    [("A5", None, False), ("C90", None, False), ("C8", 3, True), ("C7", 3, False), ("Z7", 3, True)],
)
def test_count_and_sum_stand_apart_from_the_payments(
    at: str, rows: int | None, is_good: bool
) -> None:
    """Payments from row 5 on, over as many columns as the profile has."""
    if is_good:
        assert profile(form={**FORM, "total_at": at}, rows=rows).form
        return
    with pytest.raises(ValueError, match=f"{at} is where payments go"):
        profile(form={**FORM, "total_at": at}, rows=rows)
