import pytest

import awards
from awards import Schedule
from awards.outline import outline
from awards.words import LANGS, Lang, say
from tests.small import small
from tests.tables import JILIN

RATES = """\
            一等奖  二等奖  三等奖
    国家级  20,000  15,000  12,000
    省级    10,000   8,000   5,000
    市级     3,000   2,000   1,000
"""
"""二(七): the nine figures as the document states them. A change of money shows here."""

RATES_EN = """\
                first prize  second prize  third prize
    national         20,000        15,000       12,000
    provincial       10,000         8,000        5,000
    municipal         3,000         2,000        1,000
"""


@pytest.mark.parametrize(("lang", "rates"), [("zh", RATES), ("en", RATES_EN)])
def test_the_rates_of_the_document(lang: Lang, rates: str) -> None:
    assert rates in outline(awards.load_schedule(JILIN), lang)


def test_the_head_of_the_document() -> None:
    title, issuer, id_, approval, *_ = outline(awards.load_schedule(JILIN)).splitlines()
    assert title.endswith("吉市政办发〔2022〕32号")
    assert issuer.startswith("吉林市人民政府办公室  2022-11-22")
    assert id_ == JILIN
    assert approval == "须经市人社局批准后发放。"


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("schedule", awards.schedules().values(), ids=lambda each: each.id)
def test_every_document_can_be_shown(schedule: Schedule, lang: Lang) -> None:
    text = outline(schedule, lang)
    assert "{" not in text
    for clause in schedule.clauses.values():
        assert clause.says[lang] in text
    for name, reading in schedule.readings.items():
        assert f"  {name}: {reading.question[lang]}" in text
        assert f"* {reading.default}: " in text
        assert reading.why[lang] in text
    for name, rule in schedule.rules.items():
        assert f"  {name}: {rule.says[lang]}" in text
    assert (say("outline.steps", lang) in text) == bool(schedule.steps)
    numbered = [line for line in text.splitlines() if line[:2].strip().isdigit()]
    assert len([line for line in numbered if line[2:4] == ". "]) >= len(schedule.steps)


def test_a_condition_in_words() -> None:
    schedule = small(
        (
            'when = { level = "county" }',
            'when = { any = [{ level = ["county", "school"] }, { prize = { not = "first" } }],'
            " placing = { at_least = 4 }, date = { present = false } }",
        )
    )
    assert " 1. 若名次不小于4，且没有日期，且（级别为县级、校级之一，或奖次不为一等奖），" in (
        outline(schedule)
    )


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("huatian", "另加 5 × 得分（元）〔第1条〕"),
        ("huatian", "且小型比赛为是，乘以 1/2〔第2条〕"),
        ("mathorcup", "按参赛队数计算名额：特等奖 2 个、一等奖占 3/200、"),
        ("mathorcup", " 8. 乘以 名额〔第1条〕"),
        ("junior-points", "每人或每队按级别、计分等次查标准（分）："),
    ],
)
def test_a_step_says_its_figures(name: str, line: str) -> None:
    assert line in outline(awards.load_schedule(name))


def test_fen_are_shown_where_there_are_any() -> None:
    assert "      10    5.50" in outline(small())


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("ezhou", "    高职  12,000"),
        ("ezhou", "鄂州市人民政府  2022-08-09  2022-08-09 起施行"),
        ("surcharge-share", "    已普及九年义务教育地区  30/100"),
        ("jilin-city", "    国家级 一等奖  20,000"),
        ("ezhou", "  EZ-F6: 探索按专业大类的差异化生均拨款；没有系数〔正文第17条·投入机制〕"),
    ],
)
def test_funding_rules_show_their_figures(name: str, line: str) -> None:
    assert line in outline(awards.load_schedule(name))
