"""Who is one person: fictitious names and numbers throughout."""

from typing import Any

import pytest

import awards
from awards import Problem
from awards.identity import identities, mask
from awards.records import Result, roster
from tests.tables import check, rows_of, table


def who(text: str) -> tuple[list[str | None], list[tuple[int, Problem]]]:
    return identities(roster(rows_of(text)).results)


def same(text: str) -> list[list[int]]:
    """The rows of the table that are one person, as groups of their indexes."""
    groups: dict[str | None, list[int]] = {}
    for index, key in enumerate(who(text)[0]):
        groups.setdefault(key, []).append(index)
    return list(groups.values())


def codes(text: str) -> list[tuple[int, str, str]]:
    return [(index, each.severity, each.code) for index, each in who(text)[1]]


def test_a_number_makes_a_person() -> None:
    """
    person | school | person_id
    赵甲   | 甲校   | 20210001
    赵甲   | 甲校   | 20210002
    赵甲   | 乙校   | 20210001
    """
    text = test_a_number_makes_a_person.__doc__ or ""
    assert same(text) == [[0, 2], [1]]
    assert codes(text) == [(1, "warning", "same-name-two-numbers")]


def test_without_a_number_name_and_school() -> None:
    """
    person | school
    赵甲   | 甲校
    赵 甲  | 甲校
    赵甲   | 乙校
    """
    text = test_without_a_number_name_and_school.__doc__ or ""
    assert same(text) == [[0, 1], [2]]
    assert codes(text) == [(1, "warning", "same-name")]


def test_a_row_without_the_number_is_the_one_who_has_it() -> None:
    """
    person | school | person_id
    赵甲   | 甲校   | 20210001
    赵甲   | 甲校   |
    赵甲   | 乙校   |
    """
    assert same(test_a_row_without_the_number_is_the_one_who_has_it.__doc__ or "") == [[0, 1], [2]]


def test_a_row_that_fits_two_people_is_a_problem() -> None:
    """
    person | school | person_id
    赵甲   | 甲校   | 20210001
    赵甲   | 甲校   | 20210002
    赵甲   | 甲校   |
    """
    found = codes(test_a_row_that_fits_two_people_is_a_problem.__doc__ or "")
    assert (2, "error", "which-person") in found
    assert {code for _, severity, code in found if severity == "error"} == {"which-person"}


def test_a_number_with_two_names_is_a_problem_at_both() -> None:
    """
    person | school | person_id
    赵甲   | 甲校   | 220202200001010127
    钱乙   | 甲校   | 220202200001010127
    """
    text = test_a_number_with_two_names_is_a_problem_at_both.__doc__ or ""
    assert codes(text) == [(0, "error", "number-two-names"), (1, "error", "number-two-names")]
    message = who(text)[1][0][1].message()
    assert message == "number 220202********0127 is 赵甲 here and 钱乙 at row 2"


def test_the_same_name_twice_is_a_warning_that_names_both() -> None:
    """
    person | school
    赵甲   | 甲校
    赵甲   | 乙校
    """
    text = test_the_same_name_twice_is_a_warning_that_names_both.__doc__ or ""
    ((_, doubt),) = who(text)[1]
    assert (doubt.severity, doubt.code) == ("warning", "same-name-other-school")
    assert str(doubt.place) == "row 2"
    assert "row 1" in doubt.message()


def test_numbers_are_compared_as_printed() -> None:
    """
    person | person_id
    赵甲   | 22020220000101012x
    赵甲   | 22020220000101012Ｘ
    """
    assert same(test_numbers_are_compared_as_printed.__doc__ or "") == [[0, 1]]


def test_without_a_name_there_is_nobody() -> None:
    keys, doubts = identities(roster([{"school": "甲校"}, {"person": " "}]).results)
    assert (keys, doubts) == ([None, None], [])


def test_one_person_at_two_schools_is_paid_once() -> None:
    """The number tells: 10,000 for the better of the two, whatever the school.

    level      | prize  | event | person | school | person_id | yuan  | reason
    provincial | 一等奖 | 焊接  | 赵甲   | 甲校   | 20210001  | 10000 |
    provincial | 三等奖 | 焊接  | 赵甲   | 乙校   | 20210001  | 0     | superseded
    """
    check(table(test_one_person_at_two_schools_is_paid_once))


def test_two_people_of_one_name_are_both_paid() -> None:
    """The numbers tell: 10,000 and 5,000.

    level      | prize  | event | person | school | person_id | yuan
    provincial | 一等奖 | 焊接  | 赵甲   | 甲校   | 20210001  | 10000
    provincial | 三等奖 | 焊接  | 赵甲   | 甲校   | 20210002  | 5000
    """
    outcome = check(table(test_two_people_of_one_name_are_both_paid))
    assert [payout.amount for payout in outcome.payouts] == [10000, 5000]


def test_a_doubtful_row_is_not_paid_and_harms_no_other() -> None:
    """
    level      | prize  | event | person | school | person_id | yuan  | status
    provincial | 一等奖 | 焊接  | 赵甲   | 甲校   | 20210001  | 10000 | pending_approval
    provincial | 三等奖 | 焊接  | 赵甲   | 甲校   | 20210002  | 5000  | pending_approval
    national   | 一等奖 | 焊接  | 赵甲   | 甲校   |           | -     | problem
    """
    check(table(test_a_doubtful_row_is_not_paid_and_harms_no_other))


def test_the_same_row_twice_is_a_problem_not_a_second_award() -> None:
    """
    level      | prize  | event | person | school | yuan  | status
    provincial | 一等奖 | 焊接  | 赵甲   | 甲校   | 10000 | pending_approval
    provincial | 一等奖 | 焊接  | 赵甲   | 甲校   | -     | problem
    """
    outcome = check(table(test_the_same_row_twice_is_a_problem_not_a_second_award))
    repeated = next(each for each in outcome.problems if each.code == "repeated-row")
    assert (str(repeated.place), repeated.values["where"]) == ("row 2", "row 1")


@pytest.mark.parametrize(
    ("number", "hidden"),
    [
        ("220202200001010127", "220202********0127"),
        ("20210317", "20****17"),
        ("12345", "12*45"),
        ("1234", "****"),
        ("", ""),
    ],
)
def test_mask(number: str, hidden: str) -> None:
    assert mask(number) == hidden


def test_no_problem_shows_a_whole_number() -> None:
    rows: list[dict[str, Any]] = [
        {"person": name, "person_id": "220202200001010127", "year": 2023}
        for name in ("赵甲", "钱乙")
    ]
    outcome = awards.assess(rows, awards.load_schedule("jilin-city"))
    assert not any("220202200001010127" in each.line() for each in outcome.problems)


@pytest.mark.parametrize(
    ("one", "other", "is_asked"),
    [
        ("江城职业技术学院", "江城职业技术学", True),
        ("江城职业技术学院", "江城职业技朮学院", True),
        ("江城第一职业学校", "江城第二职业学校", False),
        ("江城（东）职业学校", "江城(东)职业学校", False),
        ("江城职业学校", "松花职业学校", False),
        ("一中", "二中", False),
    ],
)
def test_schools_that_look_alike_are_asked_about(one: str, other: str, is_asked: bool) -> None:
    """And never merged: the two people are two."""
    rows = [
        Result(person="赵甲", school=one, prize="一等奖"),
        Result(person="钱乙", school=other, prize="一等奖"),
        Result(person="赵甲", school=other, prize="二等奖"),
    ]
    keys, found = identities(rows)
    asked = [index for index, each in found if each.code == "close-schools"]
    assert asked == ([1] if is_asked else [])
    same = one.replace("（", "(").replace("）", ")") == other
    assert (keys[0] == keys[2]) == same
