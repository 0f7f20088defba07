"""The empty roster: what it offers, and that it reads back filled."""

from pathlib import Path

import openpyxl
import pytest

import awards
from awards.reading import columns_of
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


def fill_in(path: Path, sheet: str, **values: str | int) -> None:
    """Write *values* under their headings in the first free row of *sheet*."""
    book = openpyxl.load_workbook(path)
    headings = [cell.value for cell in book[sheet][1]]
    row = book[sheet].max_row + 1
    for heading, value in values.items():
        book[sheet].cell(row, headings.index(heading) + 1, value)
    book.save(path)


@pytest.mark.parametrize(
    ("schedule", "sheets"),
    [
        ("jilin-city", ["获奖名单", "已发奖励", "裁定", "填写说明"]),
        ("junior-points", ["获奖名单", "竞赛情况", "裁定", "填写说明"]),
        ("finance-school", ["获奖名单", "竞赛情况", "填写说明"]),
    ],
)
def test_further_sheets_are_those_that_the_schedule_uses(
    tmp_path: Path, schedule: str, sheets: list[str]
) -> None:
    path = tmp_path / "空表.xlsx"
    write_template(path, awards.load_schedule(schedule))
    assert openpyxl.load_workbook(path).sheetnames == sheets


@pytest.mark.parametrize("lang", LANGS)
def test_every_empty_roster_reads_back_as_nothing(tmp_path: Path, lang: Lang) -> None:
    path = tmp_path / "空表.xlsx"
    for schedule in awards.schedules().values():
        write_template(path, schedule, lang)
        roster = read_roster(path)
        assert roster.problems == (), schedule.id
        assert (roster.results, roster.facts, roster.ledger, roster.rulings) == ((),) * 4


def test_filled_sheets_read_back(tmp_path: Path) -> None:
    """A provincial first prize is 10,000, of which 3,000 was paid; the international one is ruled
    to be provincial, half of 10,000.
    """
    path = tmp_path / "空表.xlsx"
    write_template(path, awards.load_schedule("jilin-city"))
    common: dict[str, str | int] = {
        "年度": 2023,
        "奖次": "一等奖",
        "姓名": "赵甲",
        "身份": "学生",
        "学校": "甲校",
    }
    common["证件号码（学号/工号）"] = "007"
    fill_in(path, "获奖名单", 竞赛名称="吉林省职业院校技能大赛", 级别="省级", 赛项="焊接", **common)
    abroad = {"竞赛名称": "国际赛", "级别": "国际级", "主办单位": "某某协会", "赛项": "美发"}
    fill_in(path, "获奖名单", **abroad, **common)
    paid = {"年度": "2023", "赛项": "焊接", "姓名": "赵甲", "学校": "甲校", "金额（元）": "3,000"}
    fill_in(path, "已发奖励", **paid)
    fill_in(path, "裁定", 裁定事项="international", 答复="省级", 位置="获奖名单!4", 裁定人="局务会")
    roster = read_roster(path)
    assert roster.problems == ()
    outcome = awards.assess(roster, awards.load_schedule("jilin-city"))
    assert [award.amount for award in outcome.awards] == [7000, 5000]
    assert outcome.problems == ()
    assert [ruling.by for ruling in outcome.rulings] == ["局务会"]


def test_own_columns_read_back(tmp_path: Path) -> None:
    path = tmp_path / "空表.xlsx"
    schedule = awards.load_schedule("finance-school")
    write_template(path, schedule)
    fill_in(path, "获奖名单", 姓名="赵甲", 赛项="焊接", 平时辅导课时="1,200")
    (result,) = read_roster(path).results
    assert columns_of(result, schedule)["workday_periods"] == 1200
