"""What comes beside the rows: columns of a document's own, contest facts, earlier payments."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import awards
from awards.problems import Place
from awards.records import Result, Roster
from cli.main import app
from tests.sheets import codes, workbook
from tests.small import small, write

OWN = """
[columns.sessions]
name = { zh = "辅导节数", en = "sessions" }
says = "辅导的节数"
holds = "number"

[columns.group]
name = { zh = "组别", en = "group" }
says = "甲组或乙组"
blank = "甲"

[columns.entrants]
name = { zh = "参赛队数", en = "entrants" }
says = "参赛的队数"
holds = "number"
blank = 99

[[steps]]
do = "exclude"
clause = "money"
when = { sessions = { below = 10 } }
reason = "not_eligible"

[[steps]]
do = "exclude"
clause = "money"
when = { group = "乙" }
reason = "not_covered"

[[steps]]
do = "exclude"
clause = "money"
when = { entrants = { below = 5 } }
reason = "not_eligible"
"""
"""Columns as a school has them: 10 sessions at least, group 甲 only, 5 teams at least."""
RULES = ("[[steps]]", f"{OWN}\n[[steps]]")
OFFSET = (
    'keys = ["person"]',
    'keys = ["person"]\n\n[[steps]]\ndo = "offset"\nclause = "once"\n'
    'keys = ["person", "event", "year"]\npay = "difference"',
)
WON = {"year": 2020, "level": "省级", "event": "焊接", "prize": "一等奖", "person": "赵甲"}


def yuan(outcome: awards.Assessment) -> list[str]:
    return [award.status if award.amount is None else str(award.amount) for award in outcome.awards]


def run(*arguments: object) -> tuple[int, Any, str]:
    """Exit code, JSON of stdout, and stderr of a command."""
    done = CliRunner().invoke(app, [*map(str, arguments), "--format", "json"])
    return done.exit_code, json.loads(done.stdout) if done.stdout else None, done.stderr


# ---- columns of a document's own


@pytest.mark.parametrize(
    ("column", "result"),
    [
        ({"辅导节数": "12"}, "10.00"),
        ({"辅导节数": 12}, "10.00"),
        ({"Sessions": "１,200"}, "10.00"),
        ({"辅导 节数": "9.5"}, "0.00"),
        ({"sessions": Decimal("9.5")}, "0.00"),
        ({"辅导节数": "十二"}, "problem"),
        ({"辅导节数": "12节"}, "problem"),
        ({"辅导节数": True}, "problem"),
        ({}, "problem"),
    ],
)
def test_a_printed_name_is_a_heading(column: dict[str, Any], result: str) -> None:
    """10 yuan for a first prize with 10 sessions or more."""
    outcome = awards.assess([{**WON, **column}], small(RULES))
    assert yuan(outcome) == [result]
    assert len(outcome.problems) == (result == "problem")


def test_two_headings_of_one_column_are_no_choice() -> None:
    outcome = awards.assess([{**WON, "辅导节数": 12, "sessions": 9}], small(RULES))
    assert yuan(outcome) == ["problem"]
    (found,) = outcome.problems
    assert str(found) == (
        "row 1: sessions and 辅导节数 are the same column; which one counts is not clear"
        " (two-headings) Fill in one of the two only."
    )


def test_own_columns_of_a_workbook(tmp_path: Path) -> None:
    """赵甲 12 sessions, 10 yuan; 钱乙 group 乙, nothing; 孙丙 unreadable; 李丁 blank; all in place."""
    path = workbook(
        tmp_path,
        """
        年度 | 级别 | 赛项 | 奖次   | 姓名 | 辅导节数 | 组别
        2020 | 省级 | 焊接 | 一等奖 | 赵甲 | 12       | 甲
        2020 | 省级 | 焊接 | 一等奖 | 钱乙 | 12       | 乙
        2020 | 省级 | 焊接 | 一等奖 | 孙丙 | 许多     | 甲
        2020 | 省级 | 焊接 | 一等奖 | 李丁 | .        | 甲
        """,
    )
    outcome = awards.assess(awards.read_roster(path), small(RULES))
    assert yuan(outcome) == ["10.00", "0.00", "problem", "problem"]
    assert codes(outcome.problems) == ["unknown-fact F4", "blank-fact E5"]
    assert outcome.problems[0].message("zh") == "“辅导节数”的值“许多”看不懂"


def test_one_heading_over_two_columns_is_no_choice(tmp_path: Path) -> None:
    path = workbook(
        tmp_path,
        """
        年度 | 级别 | 赛项 | 奖次   | 姓名 | 辅导节数 | 辅导节数
        2020 | 省级 | 焊接 | 一等奖 | 赵甲 | 12       | 9
        2020 | 省级 | 焊接 | 一等奖 | 钱乙 | 12       | .
        """,
    )
    outcome = awards.assess(awards.read_roster(path), small(RULES))
    assert yuan(outcome) == ["problem", "10.00"]
    assert codes(outcome.problems) == ["two-headings G2"]


def test_what_the_rules_work_out_is_no_column_of_a_roster() -> None:
    """竞赛类别 is what the city's rules find out; a contest of a company stays outside."""
    row = {**WON, "year": 2023, "organizer": "enterprise", "competition": "杯赛", "竞赛类别": "A"}
    outcome = awards.assess([{**row, "role": "student"}], awards.load_schedule("jilin-city"))
    assert yuan(outcome) == ["0.00"]


# ---- contest facts

TEAMS = [
    {**WON, "辅导节数": 10, "competition": "杯赛"},
    {**WON, "person": "钱乙", "辅导节数": 10, "event": "护理"},
]


@pytest.mark.parametrize(
    ("fact", "result"),
    [
        ({"event": "焊接", "参赛队数": 4}, ["0.00", "10.00"]),
        ({"event": " 焊 接", "entrants": "4"}, ["0.00", "10.00"]),
        (
            {"event": "焊接", "year": "2020年", "level": "provincial", "参赛队数": 4},
            ["0.00", "10.00"],
        ),
        ({"year": 2020, "参赛队数": 4}, ["0.00", "0.00"]),
        ({"event": "焊接", "competition": "杯赛", "参赛队数": 5}, ["10.00", "10.00"]),
    ],
)
def test_a_fact_is_about_the_results_it_names(fact: dict[str, Any], result: list[str]) -> None:
    """Fewer than 5 teams: nothing. A blank counts as 99."""
    outcome = awards.assess(TEAMS, small(RULES), facts=[fact])
    assert yuan(outcome) == result
    assert outcome.problems == ()


@pytest.mark.parametrize(
    ("fact", "line"),
    [
        ({"参赛队数": 4}, "?fact-about-nothing"),
        ({"event": "焊接"}, "?fact-says-nothing"),
        ({"event": "车工", "参赛队数": 4}, "?fact-no-result"),
        ({"event": "焊接", "year": 2021, "参赛队数": 4}, "?fact-no-result"),
        ({"event": "焊接", "参赛队数": "四"}, "unknown-fact"),
        ({"event": "焊接", "参赛队数": 4, "entrants": 5}, "two-headings"),
    ],
)
def test_a_fact_that_cannot_be_used_is_told(fact: dict[str, Any], line: str) -> None:
    outcome = awards.assess(TEAMS, small(RULES), facts=[fact])
    assert codes(outcome.problems) == [line]
    assert yuan(outcome)[1] == "10.00"


def test_facts_that_differ_are_told_at_the_fact_and_nothing_is_guessed() -> None:
    place = Place("情况.xlsx", "竞赛情况", "A3", 3)
    second = Result.model_validate(
        {"event": "焊接", "参赛队数": 6, "place": place, "cells": {"参赛队数": "C3"}}
    )
    outcome = awards.assess(TEAMS, small(RULES), facts=[{"event": "焊接", "参赛队数": 4}, second])
    assert yuan(outcome) == ["problem", "10.00"]
    (found,) = outcome.problems
    assert str(found) == (
        "情况.xlsx [竞赛情况] C3: 参赛队数 is 6 here and 4 at row 1 (facts-differ)"
        " Correct one of the two, or say which division each is about."
    )


def test_facts_that_agree_are_one() -> None:
    fact = {"event": "焊接", "参赛队数": 4}
    assert yuan(awards.assess(TEAMS, small(RULES), facts=[fact, fact])) == ["0.00", "10.00"]


def test_a_result_knows_better_than_a_fact() -> None:
    own = [{**TEAMS[0], "参赛队数": 7}]
    outcome = awards.assess(own, small(RULES), facts=[{"event": "焊接", "参赛队数": 4}])
    assert yuan(outcome) == ["10.00"]


LIST = """
年度 | 级别 | 赛项 | 奖次   | 姓名 | 辅导节数
2020 | 省级 | 焊接 | 一等奖 | 赵甲 | 12
2020 | 省级 | 护理 | 二等奖 | 钱乙 | 12
"""
FACTS = """
2020年竞赛情况 | .    | .
赛项           | 年度 | 参赛队数
焊接           | 2020 | 4
护理           | 2020 | 8
合计           | .    | 12
"""


def test_a_sheet_of_facts(tmp_path: Path) -> None:
    """焊接 with 4 teams: nothing; 护理 with 8: 5.50."""
    path = workbook(tmp_path, LIST, FACTS, sheets=("名单", "竞赛情况"))
    roster = awards.read_roster(path)
    assert [fact.place.cell for fact in roster.facts] == ["A3", "A4"]
    assert codes(roster.problems) == []
    assert yuan(awards.assess(roster, small(RULES))) == ["0.00", "5.50"]


def test_facts_of_another_file(tmp_path: Path) -> None:
    """The same through the command line, whatever the sheet is called."""
    document = write(tmp_path, "2020-01-01", RULES)
    (tmp_path / "a").mkdir()
    roster = workbook(tmp_path, LIST)
    facts = workbook(tmp_path / "a", FACTS)
    assert len(awards.read_facts(facts).facts) == 2
    code, found, _ = run("pay", roster, "-s", document, "--facts", facts)
    assert code == 0
    assert [award["amount"] for award in found["awards"]] == ["0.00", "5.50"]


def test_a_result_list_is_not_read_as_facts(tmp_path: Path) -> None:
    path = workbook(tmp_path, LIST, LIST, sheets=("名单", "竞赛情况"))
    roster = awards.read_roster(path)
    assert (len(roster.results), roster.facts) == (2, ())
    assert codes(roster.problems) == ["sheet-is-results"]
    (tmp_path / "b").mkdir()
    assert codes(awards.read_facts(workbook(tmp_path / "b", LIST)).problems) == ["sheet-is-results"]


# ---- earlier payments


def test_a_ledger_in_the_workbook(tmp_path: Path) -> None:
    """10 due less 4 paid; 5.50 less 1.50 of two payments; 孙丙 was never in the roster."""
    ledger = """
    年度 | 赛项 | 姓名 | 已发金额（元） | 发放单位
    2020 | 焊接 | 赵甲 | 4             | 市教育局
    2020 | 护理 | 钱乙 | '1.00元       | 学校
    2020 | 护理 | 钱乙 | '0.50         | 学校
    2020 | 护理 | 孙丙 | '1,000        | 学校
    合计 | .    | .    | 1005.5        | .
    """
    path = workbook(tmp_path, LIST, ledger, sheets=("名单", "已发奖励"))
    roster = awards.read_roster(path)
    assert roster.ledger[0].model_extra == {"amount": 4, "payer": "市教育局"}
    outcome = awards.assess(roster, small(RULES, OFFSET))
    assert yuan(outcome) == ["6.00", "4.00"]
    assert outcome.problems == ()
    assert "ledger-no-result C5" in codes(outcome.notes)


def test_a_ledger_without_what_the_keys_need_is_told_in_place(tmp_path: Path) -> None:
    ledger = """
    年度 | 赛项 | 姓名 | 金额
    2020 | 焊接 | 赵甲 | .
    2020 | 焊接 | 赵甲 | 四元
    .    | 焊接 | 赵甲 | 4
    2020 | .    | 赵甲 | 4
    2020 | 焊接 | .    | 4
    """
    (tmp_path / "a").mkdir()
    paid = awards.read_ledger(workbook(tmp_path / "a", ledger))
    roster = awards.read_roster(workbook(tmp_path, LIST))
    outcome = awards.assess(roster, small(RULES, OFFSET), ledger=paid)
    assert codes(outcome.problems) == [
        "blank-amount C2",
        "unknown-amount D3",
        "blank-year A4",
        "blank-event B5",
        "blank-person C6",
    ]
    assert yuan(outcome) == ["10.00", "5.50"]


def test_a_schedule_that_asks_for_no_ledger_says_so() -> None:
    outcome = awards.assess(TEAMS, small(RULES), ledger=[{**WON, "amount": 3}])
    assert codes(outcome.notes) == ["ledger-not-asked"]


def test_one_amount_of_several_people_is_nobodys(tmp_path: Path) -> None:
    ledger = "年度 | 赛项 | 姓名 | 金额\n2020 | 焊接 | 赵甲、钱乙 | 4\n2020 | 焊接 | 孙丙 | 4"
    paid = awards.read_ledger(workbook(tmp_path, ledger))
    assert codes(paid.problems) == ["amount-of-several D2"]
    assert [each.person for each in paid.ledger] == ["孙丙"]


def test_a_ledger_of_teams(tmp_path: Path) -> None:
    ledger = "年度 | 赛项 | 参赛队 | 金额\n2020 | 焊接 | 一队 | 4"
    (payment,) = awards.read_ledger(workbook(tmp_path, ledger)).ledger
    assert (payment.team, payment.model_extra) == ("一队", {"amount": 4})


@pytest.mark.parametrize("name", ["台账", "已发奖励", "2020年台账"])
def test_a_result_list_is_not_read_as_a_ledger(tmp_path: Path, name: str) -> None:
    """It has no column of amounts: neither is guessed."""
    roster = awards.read_roster(workbook(tmp_path, LIST, LIST, sheets=("名单", name)))
    assert (len(roster.results), roster.ledger) == (2, ())
    assert codes(roster.problems) == ["sheet-is-results"]


def test_a_list_with_amounts_is_still_a_result_list(tmp_path: Path) -> None:
    roster = awards.read_roster(workbook(tmp_path, LIST.replace("辅导节数", "已发金额")))
    assert (len(roster.results), roster.ledger) == (2, ())


def test_the_city_pays_the_difference(tmp_path: Path) -> None:
    """二(七)第4句: 10,000 for a provincial first prize, of which 3,000 was paid for the city's."""
    roster = """
    年度 | 竞赛名称               | 级别 | 赛项 | 奖次   | 姓名 | 身份 | 学校
    2023 | 吉林省职业院校技能大赛 | 省级 | 护理 | 一等奖 | 赵甲 | 学生 | 甲校
    """
    ledger = "姓名 | 学校 | 赛项 | 年度 | 已发金额\n赵甲 | 甲校 | 护理 | 2023 | 3000"
    (tmp_path / "a").mkdir()
    paid = workbook(tmp_path / "a", ledger)
    code, found, _ = run("pay", workbook(tmp_path, roster), "-s", "jilin-city", "--ledger", paid)
    assert code == 0
    assert found["totals"]["paid"] == "7000.00"


def test_check_reads_the_other_files_too(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    paid = workbook(tmp_path / "a", "姓名 | 赛项 | 金额\n赵甲、钱乙 | 护理 | 3000")
    code, found, _ = run("check", workbook(tmp_path, LIST), "--ledger", paid)
    assert code == 1
    assert [each["code"] for each in found["problems"] if each["severity"] == "error"] == [
        "amount-of-several"
    ]


def test_rosters_add_up() -> None:
    one = awards.records.roster([WON])
    both = one + Roster((), facts=one.results, ledger=one.results)
    assert (both.results, both.facts, both.ledger) == (one.results,) * 3
