"""awards.lint: what is doubtful in a schedule that loads, each with its place and sentence."""

import pytest

from awards.loading import checked
from tests.small import spoiled

RATE = "amounts = { first = 10, second = 5.5 }"
BY = 'by = ["prize"]'
ONCE = 'keys = ["person"]'


def lines(*changes: tuple[str, str]) -> list[str]:
    """Everything said of the small document with *changes*."""
    return [each.line() for each in checked(spoiled(*changes), "town.toml")[1]]


def test_a_sound_document_has_nothing_to_say() -> None:
    assert lines() == []


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        (
            [
                (
                    "[readings.repeats]",
                    '[clauses.extra]\nnumber = "9"\nsays = "x"\n\n[readings.repeats]',
                )
            ],
            "town.toml:21:1: clause extra is never cited (unused-clause) "
            "Delete it, or cite it in the step that rests on it.",
        ),
        (
            [('under = { repeats = "highest" }\n', "")],
            "town.toml:21:1: reading repeats changes no step (idle-reading)",
        ),
        (
            [(RATE, "amounts = { first = 5, second = 10 }")],
            "town.toml:39:24: steps.1.amounts.second: second pays more than first "
            "(prize-not-falling) If the document says so, give the reason in not_falling.",
        ),
        (
            [(BY, 'by = ["placing"]'), (RATE, 'amounts = { "1-3" = 10, "3-5" = 5 }')],
            "town.toml:39:1: steps.1.amounts: 1-3 and 3-5 overlap (bands-overlap)",
        ),
        (
            [(BY, 'by = ["placing"]'), (RATE, 'amounts = { "1" = 10, "3-5" = 5 }')],
            "town.toml:39:1: steps.1.amounts: there is a gap between 1 and 3-5 (bands-gap)",
        ),
        (
            [(BY, 'by = ["placing"]'), (RATE, 'amounts = { "1" = 10, "2-5" = 50 }')],
            "town.toml:39:23: steps.1.amounts.2-5: 2-5 pays more than 1 (prize-not-falling) "
            "If the document says so, give the reason in not_falling.",
        ),
        (
            [
                (BY, 'by = ["level", "prize"]'),
                (
                    RATE,
                    "amounts = { national = { first = 9, second = 8 }, school = { first = 2 } }",
                ),
            ],
            "town.toml:39:51: steps.1.amounts.school: there is no cell (school, second); "
            "it would need a ruling (empty-cell) Say what it pays with below or otherwise.",
        ),
        (
            [("checked_on = 2026-01-01", "checked_on = 2019-01-01")],
            "town.toml:7:1: checked_on 2019-01-01 is before issued 2020-01-01 "
            "(checked-before-issue)",
        ),
        (
            [("issuer = ", 'number = "?"\nissuer = ')],
            "town.toml:4:1: number is still to be filled (hole)",
        ),
    ],
)
def test_what_is_doubtful_is_told_with_its_place(changes: list[tuple[str, str]], line: str) -> None:
    assert line in lines(*changes)


def test_prizes_that_do_not_fall_may_say_why() -> None:
    assert lines((RATE, 'amounts = { first = 5, second = 10 }\nnot_falling = "so it says"')) == []
