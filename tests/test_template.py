"""The empty roster: what it offers, and that it reads back filled."""

from pathlib import Path

import openpyxl
import pytest

import awards
from awards.words import LANGS, Lang, say
from awards.workbook.roster import read_roster
from awards.workbook.template import ALWAYS, write_template

FILLED: dict[Lang, tuple[str | int, ...]] = {
    "zh": (1, 2023, "吉林省职业院校技能大赛", "省级", "吉林省教育厅", "焊接技术", "一等奖", "1-2",
           "赵甲", "学生", "甲校", "00123"),
    "en": (1, 2023, "吉林省职业院校技能大赛", "provincial", "吉林省教育厅", "焊接技术",
           "first prize", "1-2", "赵甲", "student", "甲校", "00123"),
}  # fmt: skip


def fill(path: Path, row: tuple[str | int, ...], lang: Lang) -> None:
    book = openpyxl.load_workbook(path)
    for column, value in enumerate(row, 1):
        book[say("sheet.roster", lang)].cell(3, column, value)
    book.save(path)


@pytest.mark.parametrize("lang", LANGS)
def test_filled_template_reads_back(tmp_path: Path, lang: Lang) -> None:
    path = tmp_path / "空表.xlsx"
    write_template(path, lang=lang)
    fill(path, FILLED[lang], lang)
    roster = read_roster(path)
    assert roster.problems == ()
    (result,) = roster.results
    assert [str(getattr(result, name)) for name in ALWAYS] == [str(v) for v in FILLED[lang][1:]]
    outcome = awards.assess([result], awards.load_schedule("jilin-city"))
    assert outcome.totals.paid == 10000


@pytest.mark.parametrize("lang", LANGS)
def test_instructions_are_no_list(tmp_path: Path, lang: Lang) -> None:
    path = tmp_path / "空表.xlsx"
    write_template(path, lang=lang)
    assert read_roster(path).problems == ()


def test_example_row_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "空表.xlsx"
    write_template(path)
    assert openpyxl.load_workbook(path)["获奖名单"]["A2"].value == "示例"
    assert read_roster(path).results == ()


def test_lists_offer_the_words_of_the_schedule(tmp_path: Path) -> None:
    path = tmp_path / "空表.xlsx"
    write_template(path, awards.load_schedule("jilin-city"))
    sheet = openpyxl.load_workbook(path)["获奖名单"]
    lists = {
        sheet[str(each.sqref).split(":")[0][:-1] + "1"].value: each.formula1
        for each in sheet.data_validations.dataValidation
    }
    assert set(lists) == {"级别", "奖次", "身份"}
    assert lists["级别"].startswith('"国际级,国家级,省级,市级')
    assert "主教练" not in lists["身份"]
    write_template(path)
    everything = openpyxl.load_workbook(path)["获奖名单"].data_validations.dataValidation
    assert any("主教练" in each.formula1 for each in everything)
    assert all(len(each.formula1) <= 257 for each in everything)


def test_identity_numbers_are_text(tmp_path: Path) -> None:
    path = tmp_path / "空表.xlsx"
    write_template(path)
    sheet = openpyxl.load_workbook(path)["获奖名单"]
    assert sheet["L1"].value == "证件号码（学号/工号）"
    assert sheet.column_dimensions["L"].number_format == "@"


def test_every_column_is_explained(tmp_path: Path) -> None:
    path = tmp_path / "空表.xlsx"
    write_template(path)
    book = openpyxl.load_workbook(path)
    explained = [row[0] for row in book["填写说明"].values]
    assert all(cell.value in explained for cell in book["获奖名单"][1])
