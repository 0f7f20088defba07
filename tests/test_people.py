"""awards.workbook.people: cells of names and numbers taken apart."""

import pytest

from awards.workbook.people import masked, split_names, split_numbers


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("赵甲", ["赵甲"]),
        (
            "赵甲、钱乙,孙丙，李丁;周戊；吴己/郑庚\n王辛",
            ["赵甲", "钱乙", "孙丙", "李丁", "周戊", "吴己", "郑庚", "王辛"],
        ),
        ("赵甲 钱乙\u3000孙丙", ["赵甲", "钱乙", "孙丙"]),
        ("赵\u3000甲", ["赵甲"]),
        ("赵 小 甲", ["赵小甲"]),
        ("赵\u3000甲、钱 乙", ["赵甲", "钱乙"]),
        ("赵 甲 钱小乙", ["赵甲", "钱小乙"]),
        ("赵\u3000甲 钱\u3000乙", ["赵甲", "钱乙"]),
        ("赵 甲\u3000钱 乙", ["赵甲", "钱乙"]),
        ("古丽·买买提、阿依•吐尔逊", ["古丽·买买提", "阿依•吐尔逊"]),
        ("古丽 ‧ 买买提", ["古丽‧买买提"]),
        ("古丽·买买提·阿不都热合曼", ["古丽·买买提·阿不都热合曼"]),
        ("Anna Lee、Tom O'Neil", ["Anna Lee", "Tom O'Neil"]),
        ("赵甲（队长）、钱乙(男)", ["赵甲", "钱乙"]),
        ("赵甲、、钱乙、", ["赵甲", "钱乙"]),
        ("无", []),
        ("—", []),
        ("/", []),
        ("", []),
        ("𠮷甲", ["𠮷甲"]),
    ],
)
def test_names(cell: str, names: list[str]) -> None:
    found = split_names(cell)
    assert [each.name for each in found.people] == names
    assert not found.unclear


@pytest.mark.parametrize(
    ("cell", "role"),
    [
        ("周师（指导教师）", "instructor"),
        ("周师(指导老师)", "instructor"),
        ("周师【教师】", "teacher"),
        ("赵甲（学生）", "student"),
        ("赵甲（选手）", None),
    ],
)
def test_role_in_brackets(cell: str, role: str | None) -> None:
    found = split_names(cell)
    assert [each.role for each in found.people] == [role]
    assert not found.unclear


def test_a_bracket_is_about_the_name_before_it() -> None:
    found = split_names("赵甲（队长） 钱乙 周师（教师）、孙丙")
    assert [(each.name, each.role) for each in found.people] == [
        ("赵甲", None),
        ("钱乙", None),
        ("周师", "teacher"),
        ("孙丙", None),
    ]


@pytest.mark.parametrize(
    "cell",
    [
        "赵甲钱乙孙丙",  # names run together
        "赵甲钱乙",
        "赵小甲钱乙",
        "赵甲2",
        "1.赵甲 2.钱乙",
        "甲",
        "赵 甲 钱 乙",  # two names or one of four characters
        "欧阳 修",  # padded, or a name and a half
        "李 雷 韩 梅梅",  # 李雷 and 韩梅梅, or 李雷韩 and 梅梅
        "赵甲（机电学院）",
        "赵甲、钱乙（指导老师：周师）",
        "赵甲（队长",
        "（队长）赵甲",
        "赵甲等3人",
        "选手：赵甲",
        "李Tom",
        "36人",
    ],
)
def test_doubt_is_never_guessed_away(cell: str) -> None:
    assert split_names(cell).unclear


@pytest.mark.parametrize("cell", ["古丽扎尔", "欧阳小甲乙", "赵甲.钱乙"])
def test_a_name_that_may_be_two(cell: str) -> None:
    assert split_names(cell).long == (cell,)


def test_a_surname_of_two_characters_is_not_long() -> None:
    assert split_names("欧阳小甲").long == ()


def test_numbers() -> None:
    assert split_numbers("001、002\n003,004 005；") == ("001", "002", "003", "004", "005")


def test_no_full_number_in_a_message() -> None:
    assert masked("赵甲 22020219900101012X") == "赵甲 220202********012X"
    assert masked(20210103) == "20210103"
