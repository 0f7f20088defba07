"""Whose card it is: taken where that is clear, else a problem at its cell."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import awards
from awards.bank_accounts import Accounts, accounts_of, checks
from awards.tax import UNDECIDED
from awards.workbook import read_accounts
from tests.dossiers import APPROVED, CARD, IDENTITY, OTHER_CARD, ROWS, dossier, listed, won
from tests.sheets import codes, workbook

JILIN = awards.load_schedule("jilin-city")


def found(rows: list[dict[str, object]], *accounts: Mapping[str, Any]) -> Accounts:
    return accounts_of(awards.assess(rows, JILIN), listed(*accounts))


def test_cards_of_the_roster() -> None:
    accounts = found(list(ROWS))
    assert {who: each.card for who, each in accounts.by_payee.items()} == {
        IDENTITY: CARD,
        "孙丙@甲校": OTHER_CARD,
    }
    assert accounts.by_payee["孙丙@甲校"].bank == "某行某支行"
    assert accounts.problems == ()


def test_cards_of_a_list_by_number_or_by_name_and_school() -> None:
    rows = [won("赵甲", "省级", "一等奖", person_id=IDENTITY), won("钱乙", "省级", "一等奖")]
    accounts = found(
        rows,
        {"person": "赵甲", "school": "甲校", "card": CARD, "tax": "偶然所得"},
        {"person": "钱乙", "school": "甲校", "card": f" {OTHER_CARD[:4]} {OTHER_CARD[4:]} "},
        {"person": "旁人", "school": "甲校", "card": "12345678"},
    )
    assert accounts.by_payee[IDENTITY].card == CARD
    assert accounts.by_payee["钱乙@甲校"].card == OTHER_CARD
    assert accounts.tax[IDENTITY].kind == "incidental"
    assert codes(accounts.problems) == ["account-of-nobody"]


def test_a_name_that_two_people_bear_needs_its_number() -> None:
    rows = [
        won("赵甲", "省级", "一等奖", person_id="0001"),
        won("赵甲", "省级", "一等奖", person_id="0002", event="护理"),
    ]
    accounts = found(rows, {"person": "赵甲", "school": "甲校", "card": CARD})
    assert accounts.by_payee == {}
    assert codes(accounts.problems)[0] == "which-person"
    accounts = found(rows, {"person": "赵甲", "school": "甲校", "person_id": "0002", "card": CARD})
    assert {who: each.card for who, each in accounts.by_payee.items()} == {"0002": CARD}


def test_the_account_of_a_school() -> None:
    rows = [won(None, "省级", "一等奖")]
    assert awards.assess(rows, JILIN).awards[0].who == "org:甲校"
    accounts = found(rows, {"school": "甲校", "card": "4200123456789"})
    assert accounts.by_payee["org:甲校"].card == "4200123456789"


@pytest.mark.parametrize(
    ("first", "second", "code", "kept"),
    [
        (CARD, OTHER_CARD, "cards-differ", []),
        (CARD, CARD, "", [CARD]),
        ("六二二二", None, "unknown-card", []),
        ("1234567", None, "unknown-card", []),
        (CARD[:-1] + "5", None, "card-check", []),
    ],
)
def test_doubtful_cards(first: str, second: str | None, code: str, kept: list[str]) -> None:
    rows = [won("赵甲", "省级", "一等奖", 银行卡号=first)]
    if second:
        rows.append(won("赵甲", "市级", "一等奖", event="护理", 银行卡号=second))
    accounts = found(rows)
    assert [each.card for each in accounts.by_payee.values()] == kept
    assert codes(accounts.problems) == ([code] if code else [])
    assert CARD not in "".join(each.line("zh") for each in accounts.problems)


def test_one_card_of_two_people_is_told() -> None:
    rows = [won(name, "省级", "一等奖", 银行卡号=CARD) for name in ("赵甲", "钱乙")]
    accounts = found(rows)
    assert len(accounts.by_payee) == 2
    assert codes(accounts.problems) == ["?card-of-two"]


def test_one_cell_beside_several_people_is_nobodys(tmp_path: Path) -> None:
    path = workbook(
        tmp_path,
        f"""
        年度 | 竞赛名称 | 级别 | 赛项 | 奖次 | 学生姓名 | 学校 | 银行卡号
        2023 | 吉林省职业院校技能大赛 | 省级 | 焊接 | 一等奖 | 赵甲、钱乙 | 甲校 | '{CARD}
        2023 | 吉林省职业院校技能大赛 | 省级 | 护理 | 一等奖 | 孙丙 | 甲校 | '{OTHER_CARD}
        """,
    )
    outcome = awards.assess(awards.read_roster(path), JILIN)
    accounts = accounts_of(outcome)
    assert [each.card for each in accounts.by_payee.values()] == [OTHER_CARD]
    assert codes(accounts.problems) == ["card-of-several H2"]


def test_a_list_of_accounts_is_read_with_the_cells(tmp_path: Path) -> None:
    path = workbook(
        tmp_path,
        f"""
        姓名 | 学校 | 银行卡号 | 开户行 | 个税处理 | 免税依据
        赵甲 | 甲校 | '{CARD} | 某行 | 免税 | 某省人民政府，某政发〔2023〕1号
        钱乙 | 乙校 | 6222020000112223425 | 某行 | 看情况 | .
        """,
    )
    read = read_accounts(path)
    accounts = accounts_of(awards.assess(list(ROWS), JILIN), read.results)
    assert accounts.tax[IDENTITY].document == "某省人民政府 某政发〔2023〕1号"
    assert [each.code for each in read.problems] == ["number-lost-digits"]
    assert codes(accounts.problems) == ["unknown-tax E3"]


def test_check_digits() -> None:
    """The usual example of the algorithm, and a transposition in it."""
    assert checks("79927398713")
    assert not checks("79927398731")


def test_a_name_alone_is_enough_where_one_person_has_it() -> None:
    rows = [won("赵甲", "省级", "一等奖", person_id=IDENTITY), won("钱乙", "省级", "一等奖")]
    accounts = found(rows, {"person": "赵甲", "card": CARD}, {"person": "钱 乙", "tax": "工资"})
    assert accounts.by_payee[IDENTITY].card == CARD
    assert accounts.tax["钱乙@甲校"].kind == "wages"
    assert accounts.problems == ()


def test_a_name_alone_is_not_enough_where_two_have_it() -> None:
    rows = [won("赵甲", "省级", "一等奖"), won("赵甲", "省级", "一等奖", school="乙校")]
    accounts = found(rows, {"person": "赵甲", "card": CARD, "tax": "偶然所得"})
    assert accounts.by_payee == {}
    assert codes(accounts.problems) == ["which-account"]
    assert set(accounts.tax.values()) == {UNDECIDED}


@pytest.mark.parametrize(
    ("said", "severity"),
    [({"card": CARD}, "error"), ({"tax": "工资"}, "error"), ({"bank": "某行"}, "info")],
)
def test_what_is_said_of_nobody_is_an_error(said: Mapping[str, Any], severity: str) -> None:
    accounts = found([won("赵甲", "省级", "一等奖")], {"person": "旁人", **said})
    assert [(each.code, each.severity) for each in accounts.problems] == [
        ("account-of-nobody", severity)
    ]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (({"tax": "偶然所得"}, {"tax": "工资"}), "tax-differs"),
        (({"tax": "工资", "tax_document": "某省政府,1号"},), "tax-needs-no-document"),
        (({"tax": "免税"},), "tax-no-document"),
        (({"tax": "再说"},), "unknown-tax"),
    ],
)
def test_a_decision_that_cannot_be_used_leaves_tax_undecided(
    said: tuple[dict[str, str], ...], code: str
) -> None:
    """It does not fall back to what is said for everybody, and no bank file is written."""
    rows = [won("赵甲", "省级", "一等奖"), won("钱乙", "省级", "一等奖")]
    made = dossier(
        rows,
        tax={"": "incidental"},
        release=APPROVED,
        accounts=listed(*({"person": "赵甲", "school": "甲校", **each} for each in said)),
    )
    assert codes(made.problems) == [code]
    assert {each.payee: each.decision.kind for each in made.payments} == {
        "赵甲": None,
        "钱乙": "incidental",
    }
    assert [each.code for each in made.forbids()] == ["errors-first", "tax-undecided"]


def test_an_error_of_the_list_forbids_all_but_a_bad_card_its_payee() -> None:
    rows = [
        won("赵甲", "省级", "一等奖", 银行卡号=CARD),
        won("钱乙", "省级", "一等奖", 银行卡号=OTHER_CARD[:-1] + "6"),
    ]
    made = dossier(rows, tax={"": "incidental"}, release=APPROVED)
    assert codes(made.problems) == ["card-check"]
    assert (made.forbids(), [each.payee for each in made.to_bank]) == ([], ["赵甲"])
    nobody = listed({"person": "旁人", "card": CARD})
    made = dossier(rows, tax={"": "incidental"}, release=APPROVED, accounts=nobody)
    assert [each.code for each in made.forbids()] == ["errors-first"]


@pytest.mark.parametrize("card", [IDENTITY, "20210317"])
def test_the_number_of_a_person_is_no_account(card: str) -> None:
    number = "20210317" if card == "20210317" else None
    accounts = found([won("赵甲", "省级", "一等奖", person_id=number, 银行卡号=card)])
    assert (accounts.by_payee, codes(accounts.problems)) == ({}, ["card-is-identity"])


def test_the_account_of_an_organisation_need_not_be_a_card() -> None:
    accounts = found([won(None, "省级", "一等奖")], {"school": "甲校", "card": CARD[:-1] + "5"})
    assert len(accounts.by_payee) == 1
    assert codes(accounts.problems) == ["?card-check"]
