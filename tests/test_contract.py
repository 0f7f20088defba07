"""The contract that every shipped schedule keeps: sound, cited, worked by cases that bite."""

from datetime import date

import pytest

from awards import lint, schedules
from awards.catalog import shipped_files
from tests.contract import faults
from tests.small import SOUND, spoiled

FILES = dict(shipped_files())
RATE = "amounts = { first = 10, second = 5.5 }"


@pytest.mark.parametrize("file", FILES)
def test_every_schedule_keeps_the_contract(file: str) -> None:
    """It loads, cites every clause, its cases pass, and moving any figure breaks one of them."""
    assert list(faults(FILES[file], file)) == []


@pytest.mark.parametrize("file", FILES)
def test_an_id_is_its_path(file: str) -> None:
    assert f'id = "{file.removesuffix(".toml")}"' in FILES[file]


def test_no_two_documents_of_one_name_are_in_force_at_once() -> None:
    assert list(lint.together(schedules().values())) == []


def test_a_figure_that_no_case_notices_is_told() -> None:
    """The check can fail: the town has no worked cases at all."""
    lines = list(faults(SOUND, "town.toml"))
    assert "there are no worked cases" in lines
    assert "no case notices steps.1.amounts.first = 10 → 11" in lines


def test_two_documents_in_force_at_once() -> None:
    """Two of one folder overlap unless the later says what it supersedes."""
    from awards.loading import parse

    first = parse(SOUND, "first.toml")
    text = spoiled(("issued = 2020-01-01", "issued = 2021-01-01")).replace(
        "2020-01-01", "2021-01-01"
    )
    later = parse(text, "later.toml")
    assert [values for _, values in lint.together((first, later))] == [
        {"one": later.id, "other": first.id}
    ]
    settled = later.model_copy(update={"supersedes": (first.id,)})
    assert list(lint.together((first, settled))) == []
    ended = first.model_copy(update={"in_force_until": date(2020, 12, 31)})
    assert list(lint.together((ended, later))) == []
