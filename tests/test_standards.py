"""awards.standards: figures held against the rules of a document, worked out by hand.

The document is Ezhou's plan, item 17: 8,000 yuan for each student of a public secondary
vocational school; tuition and social-service income do not count.
"""

from fractions import Fraction
from typing import Any

import awards
from awards.findings import Finding, Findings
from awards.records import Unread
from awards.standards import hold

SCHOOL = {"year": 2023, "school": "甲校", "ownership": "public", "stage": "secondary"}
MONEY = {"year": 2023, "school": "甲校"}


def held(*rows: dict[str, Any]) -> Findings:
    return hold(rows, awards.load_schedule("ezhou"))


def floor(*rows: dict[str, Any]) -> Finding:
    """The finding on the floor of the only school."""
    (found,) = (each for each in held(*rows).findings if each.rule == "EZ-F1")
    return found


def test_a_shortfall_says_how_it_comes_about() -> None:
    """450 × 8,000 = 3,600,000 against 3,100,000: 500,000 short; 500,000 of tuition does not count."""
    found = floor(
        {**SCHOOL, "students": 450},
        {**MONEY, "source": "fiscal_basic", "amount": 3100000},
        {**MONEY, "source": "tuition", "amount": 500000},
    )
    assert (found.status, found.met) == ("not_met", False)
    assert found.values["shortfall"] == 500000
    assert found.values["per_student"] == Fraction(3100000, 450)
    assert [(each.source, each.counts) for each in found.money] == [
        ("fiscal_basic", True),
        ("tuition", False),
    ]
    assert found.said["by_headcount"] == "8,000 × 450"
    assert found.said["required"] == "8,000 × 450"


def test_money_that_fits_several_years_is_a_problem_and_counts_for_none() -> None:
    """Which year 9,000,000 belong to is not said: neither year has them, and the row is told."""
    outcome = held(
        {**SCHOOL, "students": 450},
        {**SCHOOL, "year": 2024, "students": 450},
        {"school": "甲校", "source": "fiscal_basic", "amount": 9000000},
    )
    assert {each.code for each in outcome.problems} == {"which-subject"}
    assert len(outcome.problems) == len({each.line() for each in outcome.problems})
    judged = [each for each in outcome.findings if each.rule == "EZ-F1"]
    assert [each.status for each in judged] == ["undetermined", "undetermined"]


def test_a_private_school_is_not_judged() -> None:
    found = floor({**SCHOOL, "ownership": "private", "students": 450})
    assert (found.status, found.met) == ("not_applicable", None)


def test_one_fen_short_is_not_met() -> None:
    """1,250 × 8,000 = 10,000,000: 9,999,999.99 prints as 8,000.00 a head and is below."""
    found = floor(
        {**SCHOOL, "students": 1250},
        {**MONEY, "source": "fiscal_basic", "amount": "9999999.99"},
    )
    assert found.status == "not_met"
    assert found.values["shortfall"] == Fraction(1, 100)


def test_what_cannot_be_read_is_no_number() -> None:
    """3,600,000 required; "4e6" is not four million, and -500 students are no students."""
    money = {**MONEY, "source": "fiscal_basic", "amount": Unread("4e6")}
    assert floor({**SCHOOL, "students": 450}, money).status == "undetermined"
    paid = {**MONEY, "source": "fiscal_basic", "amount": 4000000}
    assert floor({**SCHOOL, "students": Unread("-500")}, paid).status == "undetermined"


def test_money_that_nobody_stated_is_not_zero() -> None:
    tuition = {**MONEY, "source": "tuition", "amount": 900000}
    found = floor({**SCHOOL, "students": 450}, tuition)
    assert (found.status, found.missing[0]) == ("undetermined", "amount")


def test_a_school_of_nobody_knows_which_kind_is_in_no_average() -> None:
    """A blank ownership may be public or not: the average of the public schools stays open."""
    rows = (
        {**SCHOOL, "students": 100},
        {**MONEY, "source": "fiscal_basic", "amount": 900000},
        {"year": 2023, "school": "乙校", "stage": "secondary", "students": 100},
    )
    outcome = hold(rows, awards.load_schedule("ezhou"), readings={"test": "average"})
    judged = {f.status for f in outcome.findings if f.rule == "EZ-F1"}
    assert judged == {"undetermined"}
    assert {each.code for each in outcome.problems} == {"which-subject"}


def test_an_enterprise_is_no_school() -> None:
    """Its money is not the school's, and it makes no subject of a rule about schools."""
    rows = (
        {**SCHOOL, "students": 450},
        {**MONEY, "source": "fiscal_basic", "amount": 3600000},
        {"enterprise": "某厂", "year": 2022, "source": "fiscal_basic", "amount": 5},
    )
    outcome = held(*rows)
    found = [f for f in outcome.findings if f.rule == "EZ-F1"]
    assert [(f.status, f.values["counted"]) for f in found] == [("met", 3600000)]
    assert outcome.problems == ()
