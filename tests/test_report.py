import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import awards
from awards import Assessment, Place, Result, Roster, Ruling
from awards.report import report, schema
from awards.words import Lang
from tests.tables import JILIN, OFFICIAL

AWARD = (
    *("file", "sheet", "row", "payee", "payee_kind", "role", "school", "competition", "event"),
    *("level", "prize", "year", "amount", "unit", "status", "reason", "clause", "superseded_by"),
    "trace",
)
WON = {
    **OFFICIAL,
    "level": "省级",
    "event": "焊接",
    "prize": "一等奖",
    "person": "赵甲",
    "school": "甲校",
}
ROWS: list[dict[str, Any]] = [
    WON,
    {**WON, "level": "市级"},
    {**WON, "person": "钱乙", "prize": "优秀奖"},
    {**WON, "person": "孙丙", "level": "国际级"},
    {**WON, "person": "李丁", "prize": None},
]


def outcome(**options: Any) -> Assessment:
    return awards.assess(ROWS, awards.load_schedule(JILIN), **options)


def as_json(found: Assessment, lang: Lang = "en") -> Any:
    return json.loads(json.dumps(report(found, lang).model_dump(mode="json"), ensure_ascii=False))


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_report_keeps_its_schema(lang: Lang) -> None:
    rulings = [Ruling("international", "national", person="孙丙", by="某局")]
    for found in (outcome(), outcome(rulings=rulings, readings={"highest": "level"})):
        Draft202012Validator(schema()).validate(as_json(found, lang))
    Draft202012Validator(schema()).validate(
        as_json(awards.assess([], awards.load_schedule(JILIN)), lang)
    )


def test_an_unknown_key_breaks_the_schema() -> None:
    """The schema can fail."""
    bad = {**as_json(outcome()), "colour": "red"}
    assert not Draft202012Validator(schema()).is_valid(bad)
    bad = as_json(outcome())
    bad["awards"][0]["amount"] = 10000
    assert not Draft202012Validator(schema()).is_valid(bad)


def test_what_the_report_promises_is_there() -> None:
    found = as_json(outcome())
    assert {"schedule", "awards", "payouts", "totals", "readings", "problems"} <= set(found)
    for award in found["awards"]:
        assert set(AWARD) <= set(award)
    assert set(found["payouts"][0]) == {"payee", "kind", "school", "amount"}
    assert set(found["totals"]) == {"paid", "rows", "by_status"}
    for each in found["problems"]:
        assert {"code", "severity", "file", "sheet", "cell", "message", "hint"} <= set(each)
    required = schema()["$defs"]["AwardPart"]["required"]
    assert set(AWARD) <= set(required)


def test_the_figures() -> None:
    """10,000 once to 赵甲; 市级 superseded; below third; international waits; blank prize.

    Payable 1, not paid 2, waiting 1, problem 1: five rows, 10,000.00 in all.
    """
    found = as_json(outcome())
    assert found["totals"] == {
        "paid": "10000.00",
        "rows": 5,
        "by_status": {
            "paid": 0,
            "pending_approval": 1,
            "not_paid": 2,
            "needs_ruling": 1,
            "problem": 1,
        },
    }
    assert found["payouts"] == [
        {"payee": "赵甲", "kind": "person", "school": "甲校", "amount": "10000.00"}
    ]
    assert [award["amount"] for award in found["awards"]] == [
        *("10000.00", "0.00", "0.00", None, None)
    ]
    assert [award["reason"] for award in found["awards"]][:4] == [
        *(None, "superseded", "below_lowest_prize", "no_match")
    ]
    assert found["awards"][3]["question"] == "international"
    assert {each["code"] for each in found["problems"]} == {"blank-prize", "same-name"}


def test_words_have_their_canonical_names() -> None:
    award = as_json(outcome())["awards"][0]
    assert (award["level"], award["prize"], award["role"]) == ("provincial", "first", "student")


def test_rows_without_a_sheet_are_superseded_by_a_row() -> None:
    assert as_json(outcome())["awards"][1]["superseded_by"] == "1"


def test_rows_of_a_sheet_are_superseded_by_sheet_and_row() -> None:
    results = tuple(
        Result.model_validate(
            {**row, "row": at, "place": Place("名单.xlsx", "高职组", f"C{at}", at)}
        )
        for at, row in enumerate(ROWS, 4)
    )
    found = as_json(awards.assess(Roster(results), awards.load_schedule(JILIN)))
    beaten = found["awards"][1]
    assert beaten["superseded_by"] == "高职组!4"
    assert (beaten["file"], beaten["sheet"], beaten["row"]) == ("名单.xlsx", "高职组", 5)
    blank = next(each for each in found["problems"] if each["code"] == "blank-prize")
    assert (blank["sheet"], blank["cell"]) == ("高职组", "C8")


def test_the_trace_tells_each_figure_and_clause() -> None:
    """Association: 20,000 by 全国, times 1/2 by the third sentence."""
    row = {**WON, "organizer": "协会", "competition": "全国焊接协会竞赛", "level": "国家级"}
    found = as_json(awards.assess([row], awards.load_schedule(JILIN)))
    trace = found["awards"][0]["trace"]
    figures = [(each["step"], each["clause"], each["amount"]) for each in trace]
    assert ("rate", "二(七)第1句·全国", "20000.00") in figures
    assert ("scale", "二(七)第3句", "10000.00") in figures
    assert figures.index(("rate", "二(七)第1句·全国", "20000.00")) < figures.index(
        ("scale", "二(七)第3句", "10000.00")
    )
    assert found["awards"][0]["clause"] == "二(七)第1句·全国、二(七)第3句"


def test_readings_and_rulings_are_told() -> None:
    rulings = [Ruling("international", "national", person="孙丙", by="某局")]
    found = as_json(outcome(rulings=rulings, readings={"medals": "in_order"}))
    medals = next(each for each in found["readings"] if each["name"] == "medals")
    assert (medals["option"], medals["switched"]) == ("in_order", True)
    assert set(medals["others"]) == {"ruling"}
    assert found["rulings"] == [
        {
            "question": "international",
            "answer": "national",
            "person": "孙丙",
            "row": None,
            "by": "某局",
            "on": None,
            "source": "given",
            "rows": ["4"],
        }
    ]


@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "person": st.sampled_from(("赵甲", "钱乙", None)),
                "prize": st.sampled_from(("一等奖", "金奖", "优秀奖", "?", None)),
                "level": st.sampled_from(("国家级", "国际级", "县级", None)),
                "year": st.sampled_from((2023, 2021, "今年", None)),
                "event": st.sampled_from(("焊接", None)),
                "extra": st.one_of(st.none(), st.integers(), st.text(), st.floats()),
            }
        ),
        max_size=5,
    )
)
def test_any_roster_makes_a_report_that_adds_up(rows: list[dict[str, Any]]) -> None:
    found = as_json(
        awards.assess([{**OFFICIAL, **row} for row in rows], awards.load_schedule(JILIN))
    )
    Draft202012Validator(schema()).validate(found)
    assert found["totals"]["rows"] == len(found["awards"]) == len(rows)
    assert sum(found["totals"]["by_status"].values()) == len(rows)
