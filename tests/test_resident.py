"""awards.resident: identity numbers by GB 11643, and what the reader says of them.

The two valid numbers are the examples of the standard; no other is anybody's.
"""

from pathlib import Path

import pytest

from awards.resident import fault
from awards.workbook.roster import read_roster
from tests.sheets import codes, workbook

VALID = ("11010519491231002X", "440524188001010014")


@pytest.mark.parametrize("number", [*VALID, "11010519491231002x", " 440524188001010014 "])
def test_the_examples_of_the_standard(number: str) -> None:
    assert fault(number) is None


@pytest.mark.parametrize("number", VALID)
def test_every_single_slip_is_found(number: str) -> None:
    """The check digit finds any one wrong digit, and any two neighbours that changed places."""
    for at in range(17):
        for digit in "0123456789":
            if digit != number[at]:
                assert fault(number[:at] + digit + number[at + 1 :]) in (
                    "id-date",
                    "id-check-digit",
                )
        swapped = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
        if swapped != number:
            assert fault(swapped) in ("id-date", "id-check-digit", "id-form")


@pytest.mark.parametrize(
    ("heading", "number", "code"),
    [
        ("身份证号", VALID[0], None),
        ("身份证号", "110105194912310021", "id-check-digit B2"),
        ("身份证号", "11010519490231002X", "id-date B2"),
        ("身份证号", "110105491231002", "id-length B2"),
        ("身份证号", "1101051949123100AX", "id-form B2"),
        ("证件号码", "E12345678", None),
        ("证件号码", "110105194912310021", "id-check-digit B2"),
        ("证件号码", "HK1234567890123456", None),
        ("学号", "110105194912310021", None),
        ("身份证号", "990105194912310023", "?id-region B2"),
    ],
)
def test_a_number_is_judged_at_its_cell(
    heading: str, number: str, code: str | None, tmp_path: Path
) -> None:
    """It is kept as it is, never repaired, and never printed in full."""
    path = workbook(tmp_path, f"姓名 | {heading} | 奖次\n赵甲 | '{number} | 一等奖")
    found = read_roster(path)
    (only,) = found.results
    assert only.person_id == number
    assert codes(found.problems) == ([code] if code else [])
    assert bool(only.faults) == (code is not None and not code.startswith("?"))
    assert number not in "".join(str(each) for each in found.problems)
