"""The example city: every figure is worked out by hand in examples/ezhou-city-2023/README.md."""

import runpy
from fractions import Fraction
from pathlib import Path

import pytest
from openpyxl import load_workbook

import awards
from awards import closing
from awards.findings import Finding, Findings
from awards.workbook import read_figures

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples/ezhou-city-2023"
NAMES = ("ezhou", "hubei-higher", "surcharge-share", "surcharge-credit", "school-conditions")


@pytest.fixture(scope="module")
def figures() -> awards.Figures:
    return read_figures(EXAMPLE / "数据.xlsx", schedules=[awards.load_schedule("ezhou")])


def held(figures: awards.Figures, name: str, **readings: str) -> Findings:
    return awards.hold(figures.figures, awards.load_schedule(name), readings=readings)


def of(outcome: Findings, rule: str, subject: str = "", year: int = 2023) -> Finding:
    """The one finding under *rule* on *subject*."""
    (found,) = (
        each
        for each in outcome.findings
        if each.rule == rule
        and (not subject or subject in each.subject.values())
        and each.subject.get("year", year) == year
    )
    return found


def test_nothing_is_wrong_with_the_figures(figures: awards.Figures) -> None:
    assert [each for each in figures.problems if each.severity != "info"] == []


@pytest.mark.parametrize(
    ("school", "rule", "required", "counted", "not_counted", "shortfall", "status"),
    [
        ("江滨中等职业学校", "EZ-F1", 10_000_000, 10_005_000, 3_000_000, 0, "met"),
        ("莲湖技工学校", "EZ-F1", 3_600_000, 3_100_000, 500_000, 500_000, "not_met"),
        ("南浦职业中专", "EZ-F1", 7_200_000, 7_199_999, 0, 1, "not_met"),
        ("星海职业高中", "EZ-F1", None, None, None, None, "not_applicable"),
        ("临江职业学院", "EZ-F2", 84_000_000, 84_000_000, 38_000_000, 0, "met"),
        ("楚泽工程职业学院", "EZ-F2", None, None, None, None, "not_applicable"),
    ],
)
def test_the_floor_of_the_city(
    figures: awards.Figures,
    school: str,
    rule: str,
    required: int | None,
    counted: int | None,
    not_counted: int | None,
    shortfall: int | None,
    status: str,
) -> None:
    found = of(held(figures, "ezhou"), rule, school)
    names = ("required", "counted", "not_counted", "shortfall")
    assert [found.values.get(n) for n in names] == [required, counted, not_counted, shortfall]
    assert found.status == status


def test_other_readings_of_the_floor(figures: awards.Figures) -> None:
    by_year = of(held(figures, "ezhou", five_year="by_year"), "EZ-F1", "南浦职业中专")
    assert (by_year.values["required"], by_year.values["shortfall"]) == (7_600_000, 400_001)
    average = of(held(figures, "ezhou", headcount="average"), "EZ-F1", "江滨中等职业学校")
    assert average.values["students"] == Fraction(1200 * 8 + 1270 * 4, 12)
    assert average.values["surplus"] == 10_005_000 - Fraction(1200 * 8 + 1270 * 4, 12) * 8000
    own = of(held(figures, "ezhou", money="own"), "EZ-F1", "南浦职业中专")
    assert own.values["shortfall"] == 400_000


def test_the_floor_of_the_province(figures: awards.Figures) -> None:
    outcome = held(figures, "hubei-higher")
    found = of(outcome, "floor", "楚泽工程职业学院")
    names = ("required", "counted", "not_counted", "shortfall")
    assert [found.values[n] for n in names] == [115_200_000, 110_000_000, 55_000_000, 5_200_000]
    assert found.paid_by["province"] == 115_200_000
    assert of(outcome, "floor", "临江职业学院").status == "not_applicable"
    assert of(outcome, "secondary_draft", "江滨中等职业学校").status == "draft"


def test_the_stricter_of_two_layers(figures: awards.Figures) -> None:
    """Both ask for 115,200,000; the province counts less, so more is missing under its rule."""
    outcomes = [held(figures, "ezhou", funder="any"), held(figures, "hubei-higher")]
    city = of(outcomes[0], "EZ-F2", "楚泽工程职业学院")
    assert city.values["shortfall"] == 3_200_000
    (strictest,) = closing.strictest(outcomes)
    assert (strictest.rule, strictest.values["shortfall"]) == ("floor", 5_200_000)
    assert sum(gap.amount for gap in closing.gaps(outcomes)) == 500_001 + 5_200_000


def test_the_surcharge(figures: awards.Figures) -> None:
    found = of(held(figures, "surcharge-share"), "share", "鄂州市")
    names = ("required", "counted", "shortfall")
    assert [found.values[n] for n in names] == [7_200_000, 6_000_000, 1_200_000]


def test_the_credit_is_carried_forward(figures: awards.Figures) -> None:
    outcome = held(figures, "surcharge-credit")
    names = ("entitlement", "available", "due", "credit", "payable", "carried_forward")
    found = [of(outcome, "credit", "鄂东精工有限公司", year).values for year in (2022, 2023)]
    assert [[each[n] for n in names] for each in found] == [
        [3_000_000, 3_000_000, 2_000_000, 2_000_000, 0, 1_000_000],
        [300_000, 1_300_000, 2_000_000, 1_300_000, 700_000, 0],
    ]


def test_all_gaps_and_who_pays(figures: awards.Figures) -> None:
    gaps = closing.gaps([held(figures, name) for name in NAMES])
    assert sum(gap.amount for gap in gaps) == 6_900_001
    assert [dict(gap.payers) for gap in gaps if gap.payers] == [{"province": 5_200_000}]


def test_a_rule_over_all_its_subjects(figures: awards.Figures) -> None:
    """What the annex says again is not added up: it is a total of its own."""
    (total,) = (t for t in closing.totals([held(figures, "ezhou")]) if t.rule == "EZ-F1")
    assert [total.required, total.counted, total.shortfall] == [20_800_000, 20_304_999, 500_001]
    assert dict(total.by_status) == {"met": 1, "not_met": 2, "not_applicable": 1}


def test_the_scorecard(figures: awards.Figures) -> None:
    outcome = held(figures, "ezhou")
    status = {name: of(outcome, name).status for name in ("EZ-T1", "EZ-T2", "EZ-T3", "EZ-C1")}
    assert status == {
        "EZ-T1": "met",
        "EZ-T2": "not_met",
        "EZ-T3": "undetermined",
        "EZ-C1": "not_met",
    }
    assert of(outcome, "EZ-T3").missing == ("tolerance",)
    of_those = held(figures, "ezhou", bachelor_base="progressing")
    assert of(of_those, "EZ-T2").status == "met"
    assert [of(outcome, name).status for name in ("EZ-D01", "EZ-D02")] == ["met", "not_met"]
    assert of(outcome, "EZ-D02").checks[0].gap == 3


def test_students_to_a_teacher(figures: awards.Figures) -> None:
    outcome = held(figures, "school-conditions")
    ratio = {
        school: of(outcome, "teachers", school).values["students_per_teacher"]
        for school in ("临江职业学院", "楚泽工程职业学院")
    }
    assert ratio == {"临江职业学院": Fraction("17.5"), "楚泽工程职业学院": 16}


def test_the_script_writes_what_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, figures: awards.Figures
) -> None:
    script = tmp_path / "make_figures.py"
    script.write_text((EXAMPLE / "make_figures.py").read_text("utf-8"), "utf-8")
    runpy.run_path(str(script), run_name="__main__")
    one, other = load_workbook(tmp_path / "数据.xlsx"), load_workbook(EXAMPLE / "数据.xlsx")
    assert one.sheetnames == other.sheetnames
    for name in one.sheetnames:
        assert list(one[name].values) == list(other[name].values)
