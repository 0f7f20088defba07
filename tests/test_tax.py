"""Tax: what is withheld, and that nothing is assumed."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from awards.problems import AwardsError
from awards.tax import UNDECIDED, Decision, Treatment, decided, decision, decisions, treatments

WITHHELD = """
20000.00 | 4000.00
2500.53  | 500.11
2500.52  | 500.10
0.03     | 0.01
0.02     | 0.00
"""
"""One fifth of each receipt in full, half up to the fen: 500.106, 500.104, 0.006, 0.004."""


def refused(text: str, document: str | None = None) -> str:
    with pytest.raises(AwardsError) as caught:
        decision(text, document)
    return caught.value.problems[0].code


@pytest.mark.parametrize("line", WITHHELD.strip().splitlines())
def test_incidental_income_is_a_fifth_of_each_receipt(line: str) -> None:
    receipt, tax = (Decimal(cell.strip()) for cell in line.split("|"))
    assert Decision("incidental").withheld(receipt) == tax


@given(st.integers(0, 10**12))
def test_against_decimal_arithmetic(fen: int) -> None:
    receipt = Decimal(fen) / 100
    expected = (receipt * Decimal("0.20")).quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert Decision("incidental").withheld(receipt) == expected


def test_only_incidental_income_has_a_figure_above_nothing() -> None:
    exempt = decision("免税", "某省人民政府,某政发〔2023〕1号")
    assert exempt.document == "某省人民政府 某政发〔2023〕1号"
    assert exempt.withheld(Decimal(10_000)) == 0
    assert Decision("wages").withheld(Decimal(10_000)) is None
    assert UNDECIDED.withheld(Decimal(10_000)) is None
    assert (Decision("wages").by_payroll, UNDECIDED.by_payroll) == (True, False)


@pytest.mark.parametrize(
    ("text", "document", "code"),
    [
        ("再说", None, "unknown-tax"),
        ("exempt", None, "tax-no-document"),
        ("exempt", "某省人民政府", "tax-no-document"),
        ("exempt", ",某政发〔2023〕1号", "tax-no-document"),
        ("incidental", "某省人民政府,1号", "tax-needs-no-document"),
    ],
)
def test_what_is_no_decision(text: str, document: str | None, code: str) -> None:
    assert refused(text, document) == code


def test_the_person_goes_before_the_role_and_the_role_before_everybody() -> None:
    said = decisions({"": "incidental", "指导教师": "wages", "赵甲": "exempt=某部,1号"})
    assert decided(said, "student", "赵甲").kind == "exempt"
    assert decided(said, "instructor", "孙丙").kind == "wages"
    assert decided(said, "student", "钱乙").kind == "incidental"
    assert decided({}, "student", "钱乙") == UNDECIDED


def test_a_treatment_says_one_thing() -> None:
    text = {"zh": "x", "en": "x"}
    for more in ({}, {"rate": Fraction(1, 5), "by_payroll": True}):
        with pytest.raises(ValidationError):
            Treatment.model_validate({"name": text, "says": text, "clause": "c", **more})
    assert all(each.clause for each in treatments().values())
