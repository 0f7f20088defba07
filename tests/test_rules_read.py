"""What a reading changes of a rule, which rows a rule sees, and a factor that is stated once."""

from fractions import Fraction
from typing import Any

import awards
from awards.loading import checked
from awards.standards import hold
from awards.steps.scale import Scale

EZHOU = awards.load_schedule("ezhou")
SCHOOL = {"year": 2023, "school": "甲校", "ownership": "public", "stage": "secondary"}
MONEY = {"year": 2023, "school": "甲校", "source": "fiscal_all"}


def of(rule: str, rows: list[dict[str, Any]], **readings: str) -> Any:
    """The only finding of *rule* in Ezhou."""
    found = hold(rows, EZHOU, readings=readings).findings
    [finding] = [each for each in found if each.rule == rule]
    return finding


def test_readings_change_a_rule_together() -> None:
    """Money from the center is left out and the year of issue too: both, not one of them."""
    rows = [
        {**SCHOOL, "students": 10, "year": 2022},
        {**MONEY, "year": 2022, "amount": 70_000},
        {**MONEY, "year": 2022, "amount": 10_000, "source": "central_transfer"},
    ]
    assert of("EZ-F1", rows).status == "met"
    assert of("EZ-F1", rows, money="own").values["shortfall"] == 10_000
    assert of("EZ-F1", rows, money="own", start="full_year").status == "not_in_force"


def test_a_row_that_names_a_rule_is_for_that_rule_alone() -> None:
    rows = [
        {"rule": "EZ-D01", "done_on": "2022-08-31"},
        {"rule": "EZ-D02", "done_on": "2022-11-01"},
    ]
    assert of("EZ-D01", rows).status == "met"
    assert of("EZ-D02", rows).checks[0].gap == 1
    assert of("EZ-D03", rows).missing == ("done_on",)


def test_a_school_of_unknown_stage_has_no_verdict() -> None:
    unknown = {**SCHOOL, "stage": None, "students": 10}
    finding = of("EZ-F1", [unknown, {**MONEY, "amount": 80_000}])
    assert (finding.status, finding.missing) == ("undetermined", ("stage",))


def test_a_restated_rule_must_be_there() -> None:
    text = awards.catalog.text_called("ezhou")[1].replace(
        'restates = "EZ-F1"', 'restates = "EZ-F0"'
    )
    _, faults = checked(text, "-")
    assert [each.code for each in faults] == ["no-rule"]


def test_half_is_stated_once_in_jilin() -> None:
    """The step that halves and the rule that checks it take one factor: moved, both move."""
    text = awards.catalog.text_called("jilin-city")[1]
    third, _ = checked(text.replace('social = "1/2"', 'social = "1/4"'), "-")
    assert third is not None
    assert [each.times for each in third.steps if isinstance(each, Scale)] == [Fraction(1, 4)]
    row = {"table_award": 20_000, "persons": 2, "paid": 10_000}
    [finding] = [each for each in hold([row], third).findings if each.rule == "JL-A11"]
    assert finding.status == "met"
