"""awards.workbook.roster: result lists into rosters, every row accounted for."""

import datetime
from pathlib import Path
from typing import Any

import pytest

from awards.records import Roster
from awards.workbook.roster import read_roster
from tests.sheets import codes, people, workbook


def read(folder: Path, *tables: str, year: int | None = None, **more: Any) -> Roster:
    return read_roster(workbook(folder, *tables, **more), year=year)


def test_one_result_for_each_person(tmp_path: Path) -> None:
    """Students first, instructors last, wherever their columns stand.

    指导教师 | 工号 | 学校 | 赛项 | 参赛学生 | 学号 | 奖次 | 年度
    周师、吴师 | 901、902 | 一中 | 数控 | 赵甲、钱乙、孙丙 | 001、002、003 | 一等奖 | 2023
    """
    found = read(tmp_path, _table(test_one_result_for_each_person))
    assert people(found, "person", "person_id", "role", "row", "year", "prize") == [
        ("E2", "赵甲", "001", "student", 2, 2023, "一等奖"),
        ("E2", "钱乙", "002", "student", 2, 2023, "一等奖"),
        ("E2", "孙丙", "003", "student", 2, 2023, "一等奖"),
        ("A2", "周师", "901", "instructor", 2, 2023, "一等奖"),
        ("A2", "吴师", "902", "instructor", 2, 2023, "一等奖"),
    ]
    first = found.results[0]
    assert str(first.place) == "名单.xlsx [Sheet1] E2"
    assert first.cells == {
        "school": "C2",
        "event": "D2",
        "prize": "G2",
        "year": "H2",
        "person": "E2",
        "person_id": "F2",
    }
    assert found.problems == found.notes == ()


def test_unknown_columns_are_facts(tmp_path: Path) -> None:
    """
    姓名 | 身份 | 奖次 | 班级 | 裁定 | place | 备注 | 备注
    赵甲 | 学生 | 一等奖 | 1 班 | 按省级 | 3 | 甲 | 乙
    """
    (only,) = read(tmp_path, _table(test_unknown_columns_are_facts)).results
    assert only.model_extra == {
        "班级": "1 班",
        "ruling": "按省级",
        "place (F)": 3,
        "备注": "甲",
        "备注 (H)": "乙",
    }
    assert only.cells["班级"] == "D2"
    assert only.role == "学生"


def test_facts_of_a_group_are_its_own(tmp_path: Path) -> None:
    """
    获奖学生 | . | 指导教师 | . | . | 奖次
    姓名 | 班级 | 姓名 | 职称 | 单位 | .
    赵甲 | 1班 | 周师 | 讲师 | 二中 | 一等奖
    """
    merged = ["A1:B1", "C1:E1", "F1:F2"]
    first, second = read(tmp_path, _table(test_facts_of_a_group_are_its_own), merged=merged).results
    assert (first.model_extra, first.school) == ({"班级": "1班"}, None)
    assert (second.model_extra, second.school) == ({"职称": "讲师"}, "二中")


def test_merged_cells_fill_down_and_blanks_do_not(tmp_path: Path) -> None:
    """
    学校 | 赛项 | 选手 | 奖次
    一中 | 数控 | 赵甲 | 一等奖
    .    | .    | 钱乙 | 二等奖
    .    | .    | 孙丙 | .
    """
    table = _table(test_merged_cells_fill_down_and_blanks_do_not)
    found = read(tmp_path, table, merged=["A2:A3", "D3:D4"])
    assert people(found, "school", "event", "prize") == [
        ("C2", "一中", "数控", "一等奖"),
        ("C3", "一中", None, "二等奖"),
        ("C4", None, None, "二等奖"),
    ]
    last = found.results[2]
    assert (last.cells["prize"], last.cells["school"]) == ("D3", "A4")
    assert str(last.at("event")) == "名单.xlsx [Sheet1] B4"


def test_names_merged_over_one_team_count_once(tmp_path: Path) -> None:
    """Rows 2 and 3 are one team; row 4 is another prize of the same instructor.

    赛项 | 学生 | 奖次 | 指导教师
    数控 | 赵甲 | 一等奖 | 周师
    数控 | 钱乙 | 一等奖 | .
    焊接 | 孙丙 | 二等奖 | .
    """
    table = _table(test_names_merged_over_one_team_count_once)
    found = read(tmp_path, table, merged=["D2:D4"])
    assert people(found, "person", "event", "row") == [
        ("B2", "赵甲", "数控", 2),
        ("D2", "周师", "数控", 2),
        ("B3", "钱乙", "数控", 3),
        ("B4", "孙丙", "焊接", 4),
        ("D2", "周师", "焊接", 4),
    ]
    assert codes(found.notes) == ["merged-names-once D2"]


def test_member_columns_are_a_list(tmp_path: Path) -> None:
    """
    选手1 | 选手1学号 | 选手2 | 选手2学号 | 选手3 | 选手3学号 | 赛项 | 第一指导教师 | 第二指导教师
    赵甲 | 001 | 钱乙 | . | 无 | — | 数控 | 周师 | 吴师
    """
    found = read(tmp_path, _table(test_member_columns_are_a_list))
    assert people(found, "person", "person_id", "role") == [
        ("A2", "赵甲", "001", "student"),
        ("C2", "钱乙", None, "student"),
        ("H2", "周师", None, "instructor"),
        ("I2", "吴师", None, "instructor"),
    ]
    assert codes(found.problems) == []
    assert codes(found.notes) == ["taken-for-students A1"]


def test_roles_of_brackets_and_column(tmp_path: Path) -> None:
    """
    姓名 | 身份 | 奖次 | 指导教师
    赵甲（队长）、周师（教师） | 学生 | 一等奖 | 吴师
    钱乙 | 参赛教师 | 二等奖 | .
    孙丙 | . | 三等奖 | .
    """
    found = read(tmp_path, _table(test_roles_of_brackets_and_column))
    assert people(found, "person", "role") == [
        ("A2", "赵甲", "学生"),
        ("A2", "周师", "teacher"),
        ("D2", "吴师", "instructor"),
        ("A3", "钱乙", "参赛教师"),
        ("A4", "孙丙", None),
    ]


@pytest.mark.parametrize(
    ("sheet", "title", "heading", "role", "note"),
    [
        ("教师组", ".", "选手", "teacher", "taken-for-teachers B2"),
        ("教师组", ".", "姓名", "teacher", "taken-for-teachers B2"),
        ("Sheet1", "教学能力比赛获奖名单", "姓名", "teacher", "taken-for-teachers A1"),
        ("Sheet1", "获奖名单", "选手", "student", "taken-for-students B2"),
        ("Sheet1", "获奖选手及指导教师名单", "选手", "student", "taken-for-students B2"),
        ("Sheet1", "获奖学生和教师名单", "选手", None, None),
        ("Sheet1", "获奖名单", "姓名", None, None),
        ("教师组", ".", "学生", "student", None),
    ],
)
def test_role_from_the_sheet(
    tmp_path: Path, sheet: str, title: str, heading: str, role: str | None, note: str | None
) -> None:
    table = f"{title} | .\n赛项 | {heading}\n数控 | 赵甲"
    found = read(tmp_path, table, sheets=[sheet])
    assert people(found, "role") == [("B3", role)]
    assert [each for each in codes(found.notes) if "from" not in each] == ([note] if note else [])


@pytest.mark.parametrize(
    ("cell", "year"),
    [("2023", 2023), ("'2023年", 2023), ("'2022-2023学年", "2022-2023学年"), (".", None)],
)
def test_year_column(tmp_path: Path, cell: str, year: object) -> None:
    """A column of years goes before the title and the user's word, even where it is blank."""
    table = f"2021年名单 | . | .\n年度 | 姓名 | 奖次\n{cell} | 赵甲 | 一等奖"
    found = read(tmp_path, table, year=2020)
    assert people(found, "year") == [("B3", year)]
    assert found.results[0].cells["year"] == "A3"


@pytest.mark.parametrize(
    ("title", "given", "year"),
    [
        ("2023年吉林省技能大赛", None, 2023),
        ("２０２３年度技能大赛", None, 2023),
        ("2023年吉林省技能大赛", 2022, 2022),
        ("2022-2023学年技能大赛", None, None),
        ("2023-24学年技能大赛", None, None),
        ("某政发〔2023〕32号", None, None),
        ("填表日期：2023年6月1日", None, None),
        ("技能大赛", None, None),
        ("技能大赛", 2023, 2023),
    ],
)
def test_year_without_a_column(
    tmp_path: Path, title: str, given: int | None, year: int | None
) -> None:
    found = read(tmp_path, f"{title} | .\n姓名 | 奖次\n赵甲 | 一等奖", year=given)
    assert people(found, "year") == [("A3", year)]
    from_title = year is not None and given is None
    told = [each.place.cell for each in found.notes if each.values["field"] == "年度"]
    assert told == (["A1"] if from_title else [])
    assert found.results[0].cells.get("year") == ("A1" if from_title else None)


def test_division_from_the_sheet_name(tmp_path: Path) -> None:
    table = "姓名 | 奖次\n赵甲 | 一等奖"
    found = read(tmp_path, table, table, table, sheets=["中职组", "高职组", "其他"])
    assert [each.division for each in found.results] == ["中职组", "高职组", None]


def test_padded_words_dates_and_numbers(tmp_path: Path) -> None:
    """
    姓名 | 获奖日期 | 名次 | 参赛队 | 奖次 | 组别
    赵　甲 | . | 3 | 2 | 一　等　奖 | —
    """

    def date(sheet: Any) -> None:
        sheet["B2"] = datetime.datetime(2023, 6, 1)

    (only,) = read(tmp_path, _table(test_padded_words_dates_and_numbers), change=date).results
    assert (only.person, only.date) == ("赵甲", datetime.date(2023, 6, 1))
    assert (only.placing, only.team, only.prize, only.division) == (3, "2", "一　等　奖", None)


def test_a_row_without_a_name_is_not_lost(tmp_path: Path) -> None:
    """Row 3 has an instructor, which is enough; row 4 has a number and no name.

    学校 | 学生 | 学号 | 指导教师 | 奖次
    一中 | . | . | . | 一等奖
    一中 | . | . | 周师 | 一等奖
    一中 | . | 003 | . | 一等奖
    """
    found = read(tmp_path, _table(test_a_row_without_a_name_is_not_lost))
    assert people(found, "person", "person_id", "role") == [
        ("B2", None, None, "student"),
        ("D3", "周师", None, "instructor"),
        ("B4", None, "003", "student"),
    ]


def test_a_list_of_teams_has_no_persons(tmp_path: Path) -> None:
    """
    学校 | 赛项 | 奖次
    一中 | 数控 | 一等奖
    """
    found = read(tmp_path, _table(test_a_list_of_teams_has_no_persons))
    assert people(found, "person", "school") == [("A2", None, "一中")]
    assert "person" not in found.results[0].cells
    assert codes(found.problems) == ["?no-names-column A1"]


def test_problems_stand_at_their_cells(tmp_path: Path) -> None:
    """
    赛项 | 学生 | 学号 | 奖次 | 指导教师 | 备注
    数控 | 赵甲钱乙孙丙 | 001 | 一等奖 | 周师 | .
    焊接 | 赵甲、钱乙 | 001 | 一等奖 | 吴师 | .
    #REF! | 孙丙 | 003 | 二等奖 | . | .
    美发 | 李丁、李丁 | . | 二等奖 | . | #N/A
    烘焙 | 王五、周师 | . | 二等奖 | 周师 | .
    护理 | 郑庚 | x | 三等奖 | #REF! | .
    会计 | 欧阳小甲 古丽扎尔 | . | 三等奖 | . | .
    电工 | 吴己 | '1.1E+17 | 三等奖 | . | .
    """

    def number(sheet: Any) -> None:
        sheet["C7"] = 220202199001010127

    found = read(tmp_path, _table(test_problems_stand_at_their_cells), change=number)
    assert codes(found.problems) == [
        "names-unclear B2",
        "ids-do-not-match C3",
        "cell-error A4",
        "?name-twice-in-cell B5",
        "?cell-error F5",
        "?also-competes E6",
        "number-lost-digits C7",
        "cell-error E7",
        "?name-long B8",
        "number-lost-digits C9",
    ]
    faulty = [(each.row, each.person, codes(each.faults)) for each in found.results if each.faults]
    assert faulty == [
        (2, None, ["names-unclear B2"]),
        (3, "赵甲", ["ids-do-not-match C3"]),
        (3, "钱乙", ["ids-do-not-match C3"]),
        (4, "孙丙", ["cell-error A4"]),
        (7, "郑庚", ["number-lost-digits C7"]),
        (7, None, ["cell-error E7"]),
        (9, "吴己", ["number-lost-digits C9"]),
    ]
    assert "220202199001010127" not in "".join(str(each) for each in found.problems)


def test_a_contradicting_role_is_an_error(tmp_path: Path) -> None:
    """
    学生 | 身份 | 赛项
    赵甲 | 选手 | 数控
    周师 | 教师 | 数控
    """
    found = read(tmp_path, _table(test_a_contradicting_role_is_an_error))
    assert codes(found.problems) == ["role-differs B3"]
    assert [len(each.faults) for each in found.results] == [0, 1]


def test_two_columns_for_one_field_make_every_row_doubtful(tmp_path: Path) -> None:
    """
    姓名 | 学校 | 单位 | 奖次
    赵甲 | 一中 | 二中 | 一等奖
    钱乙 | 一中 | 二中 | 一等奖
    """
    found = read(tmp_path, _table(test_two_columns_for_one_field_make_every_row_doubtful))
    assert codes(found.problems) == ["two-columns-one-field C1"]
    assert [codes(each.faults) for each in found.results] == [["two-columns-one-field C1"]] * 2


def test_values_of_the_wrong_kind(tmp_path: Path) -> None:
    """
    姓名 | 赛项 | 备注
    赵甲 | . | .
    """

    def date(sheet: Any) -> None:
        sheet["B2"], sheet["C2"] = datetime.datetime(2023, 5, 1), True

    found = read(tmp_path, _table(test_values_of_the_wrong_kind), change=date)
    assert codes(found.problems) == ["not-text B2"]
    assert found.results[0].model_extra == {"备注": True}


def test_every_skipped_row_is_told(tmp_path: Path) -> None:
    """
    序号 | 学校 | 学生 | 奖次
    示例 | 一中 | 赵甲 | 一等奖
    1 | 一中 | 钱乙 | 一等奖
    序号 | 学校 | 学生 | 奖次
    以下为补报 | . | . | .
    2 | 二中 | 孙丙 | 二等奖
    3 | . | . | .
    合计 | . | 2人 | .
    注：以证书为准 | . | . | .
    """
    table = _table(test_every_skipped_row_is_told)
    found = read(tmp_path, table, merged=["A5:D5"])
    assert people(found, "person") == [("C3", "钱乙"), ("C6", "孙丙")]
    assert codes(found.problems) == ["line-in-table A5"]
    assert codes(found.notes) == [
        "skipped-example A2",
        "skipped-header A4",
        "skipped-number A7",
        "skipped-total A8",
        "skipped-note A9",
    ]


def test_sheets_that_are_not_read(tmp_path: Path) -> None:
    def more(sheet: Any) -> None:
        book = sheet.parent
        book.create_sheet("空")
        book.create_sheet("隐藏").sheet_state = "hidden"
        book.create_sheet("说明").append(["请认真填写"])
        book.create_sheet("经费").append(["项目", "金额"])
        for line in (["列名", "怎么填"], ["姓名", "全名"], ["奖次", "照证书"], ["学校", "全称"]):
            (book["指南"] if "指南" in book else book.create_sheet("指南")).append(line)

    found = read(tmp_path, "姓名 | 奖次\n赵甲 | 一等奖", change=more)
    assert people(found, "person") == [("A2", "赵甲")]
    assert [(each.place.sheet, each.code, each.severity) for each in found.problems] == [
        ("空", "empty-sheet", "warning"),
        ("隐藏", "hidden-sheet", "warning"),
        ("说明", "no-header", "warning"),
        ("经费", "no-header", "error"),
    ]
    assert [(each.place.sheet, each.code) for each in found.notes] == [("指南", "guide-sheet")]


def test_hidden_rows_are_read_and_told(tmp_path: Path) -> None:
    def hide(sheet: Any) -> None:
        sheet.row_dimensions[2].hidden = True

    found = read(tmp_path, "姓名 | 奖次\n赵甲 | 一等奖\n钱乙 | 一等奖", change=hide)
    assert len(found.results) == 2
    assert codes(found.problems) == ["?hidden-rows"]


def test_broken_cells_outside_the_results_are_warnings(tmp_path: Path) -> None:
    found = read(tmp_path, "名单 | #REF!\n姓名 | 奖次\n赵甲 | 一等奖\n合计 | =COUNTA(A3)")
    assert codes(found.problems) == ["?cell-error B1", "?formula-no-value B4"]
    assert len(found.results) == 1


def test_problems_speak_both_languages(tmp_path: Path) -> None:
    found = read(tmp_path, "姓名 | 奖次\n赵甲钱乙孙丙 | 一等奖")
    (only,) = found.problems
    assert only.message("zh") == "“赵甲钱乙孙丙”看不出是哪几个人"
    assert only.message("en") == "赵甲钱乙孙丙 does not tell which people are meant"


def _table(test: Any) -> str:
    """The lines with a ``|`` of a test's docstring."""
    return "\n".join(line for line in test.__doc__.splitlines() if "|" in line)
