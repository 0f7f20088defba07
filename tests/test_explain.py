from typing import Any

import pytest

import awards
from awards import Ruling, explain
from awards.words import LANGS, Lang
from tests.tables import JILIN, OFFICIAL

SCHEDULE = awards.load_schedule(JILIN)
WON = {
    **OFFICIAL,
    "level": "省级",
    "event": "焊接",
    "prize": "一等奖",
    "person": "赵甲",
    "school": "甲校",
}


def account(rows: list[dict[str, Any]], of: int = 0, lang: Lang = "zh", **options: Any) -> str:
    outcome = awards.assess(rows, SCHEDULE, **options)
    return "\n".join(explain.steps(outcome.awards[of], outcome, lang))


def why(rows: list[dict[str, Any]], of: int = 0, lang: Lang = "zh", **options: Any) -> str:
    outcome = awards.assess(rows, SCHEDULE, **options)
    return explain.why(outcome.awards[of], outcome, lang)


def test_who_and_what_comes_first() -> None:
    assert account([WON]).splitlines()[0] == (
        "row 1: 赵甲 学生 甲校 2023 焊接 全省职业院校技能大赛 省级 一等奖"
    )


def test_each_figure_factor_and_clause() -> None:
    """20,000 × 1/2 = 10,000 for a national association contest."""
    row = {**WON, "organizer": "协会", "competition": "全国焊接协会竞赛", "level": "国家级"}
    text = account([row])
    assert "20,000 元〔二(七)第1句·全国〕" in text
    assert "20,000 元 × 1/2 = 10,000 元〔二(七)第3句〕" in text
    assert "结果：应发（待批准） 10,000 元" in text
    assert text.endswith("须经市人社局批准后发放。")
    assert "社会团体办的竞赛及选拔赛" in text  # the clause in words


def test_in_english() -> None:
    text = account([WON], lang="en")
    assert "10,000 yuan" in text
    assert "Outcome: due, awaiting approval, 10,000 yuan" in text
    assert text.endswith("once the municipal human-resources bureau has approved.")


def test_the_row_that_won_is_named() -> None:
    rows = [{**WON, "level": "市级"}, WON]
    reason = why(rows)
    assert reason == "同一赛项已按更高的奖发放：2 全省职业院校技能大赛 省级 一等奖 10,000 元"


def test_a_question_comes_with_its_answers() -> None:
    reason = why([{**WON, "level": "国际级"}])
    assert "裁定 international" in reason
    for answer in ("national（国家级）", "provincial（省级）", "municipal（市级）", "none（不发）"):
        assert answer in reason


def test_a_ruling_is_told() -> None:
    text = account([{**WON, "prize": "特等奖"}], rulings=[Ruling("prize", "second")])
    assert "标准里没有这个奖次，按哪一等发？" in text
    assert "：二等奖" in text
    assert "8,000 元" in text


def test_what_was_paid_earlier_is_told() -> None:
    """10,000 − 3,000 = 7,000."""
    ledger = [{"person": "赵甲", "school": "甲校", "event": "焊接", "year": 2023, "amount": 3000}]
    assert "应得 10,000 元，减去已发 3,000 元，余 7,000 元" in account([WON], ledger=ledger)


STATES = [
    WON,
    {**WON, "level": "市级"},
    {**WON, "person": "钱乙", "prize": "优秀奖"},
    {**WON, "person": "孙丙", "level": "国际级"},
    {**WON, "person": "孙丙", "level": "市级"},
    {**WON, "person": "李丁", "prize": None},
    {**WON, "person": None},
    {**WON, "person": "周师", "role": "教练"},
    {**WON, "person": "吴师", "year": 2020},
]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("index", range(len(STATES)))
def test_every_state_has_an_account(index: int, lang: Lang) -> None:
    assert why(STATES, index, lang)
    text = account(STATES, index, lang)
    assert "{" not in text
    assert "None" not in text


def test_the_account_has_no_word_of_the_other_language() -> None:
    """In English, Chinese is only what the roster and the document themselves say."""
    text = account([{**WON, "level": "national"}], lang="en")
    said = [line.partition(". ")[2] for line in text.splitlines() if line[:1].isdigit()]
    assert said
    for line in said:
        assert "认定" not in line
        assert "元" not in line
