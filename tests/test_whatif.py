"""awards.whatif: a figure changed in the text of a schedule, which is then loaded like any other."""

import tomllib
from decimal import Decimal
from typing import Any

import pytest

from awards.catalog import shipped_files, text_called
from awards.positions import spans
from awards.problems import OptionError, ScheduleError
from awards.whatif import what_if
from tests.small import SOUND

FILE, JILIN = text_called("jilin-city")


def test_a_figure_is_changed_and_nothing_else() -> None:
    changed, [made] = what_if(SOUND, "town.toml", [("steps.1.amounts.first", "12.5")])
    assert (made.name, made.before, made.after) == ("steps.1.amounts.first", "10", "12.5")
    step: Any = changed.steps[1]
    assert dict(step.cells()) == {("first",): 1250, ("second",): 550}
    assert changed.readings.keys() == {"repeats"}


def test_a_crosstab_that_steps_and_rules_share() -> None:
    changed, _ = what_if(JILIN, FILE, [("rates.prizes.amounts.national.first", "25000")])
    assert changed.rates["prizes"].look_up(["national", "first"]) == 25000
    assert changed.rates["prizes"].look_up(["national", "second"]) == 15000


def test_several_at_once_whatever_their_length() -> None:
    settings = [("steps.1.amounts.second", "1000000"), ("steps.1.amounts.first", "2000000")]
    changed, made = what_if(SOUND, "town.toml", settings)
    step: Any = changed.steps[1]
    assert dict(step.cells()) == {("first",): 200000000, ("second",): 100000000}
    assert [each.name for each in made] == [name for name, _ in settings]


def test_an_unknown_path_names_the_nearest() -> None:
    with pytest.raises(OptionError) as error:
        what_if(JILIN, FILE, [("steps.2.amounts.national.first", "1"), ("moon", "1")])
    codes = [each.code for each in error.value.problems]
    assert codes == ["unknown-setting", "unknown-setting"]
    known = error.value.problems[0].values["known"].split(", ")
    assert known == ["rates.prizes.amounts.national.first"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("rates.prizes.amounts.national.first", "much"),
        ("rates.prizes.amounts.national.first", "1e5"),
        ("rates.prizes.amounts.national.first", "25000 # x"),
        ("in_force_from", "2022"),
    ],
)
def test_a_value_of_another_kind_is_refused(name: str, value: str) -> None:
    with pytest.raises(OptionError, match="another kind"):
        what_if(JILIN, FILE, [(name, value)])


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("rates.prizes.amounts.national.first", "-1"),
        ("rates.social.factors.social", "half"),
        ("readings.highest.default", "moon"),
    ],
)
def test_what_contradicts_itself_is_refused_like_a_file(name: str, value: str) -> None:
    """The loader and its checks see the changed text: a place in the file is told."""
    with pytest.raises(ScheduleError) as error:
        what_if(JILIN, FILE, [(name, value)])
    assert all(each.place.row for each in error.value.problems)


def test_every_value_of_every_schedule_is_found_where_it_stands() -> None:
    """What stands between the two ends, read by the standard library, is the value itself."""
    for path, text in shipped_files():
        found = spans(text)
        for keys, value in leaves(tomllib.loads(text, parse_float=Decimal)):
            start, end = found[keys]
            read = tomllib.loads(f"x = {text[start:end]}", parse_float=Decimal)["x"]
            assert read == value, (path, keys)


def leaves(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[tuple[str | int, ...], Any]]:
    if isinstance(value, dict):
        return [leaf for key, each in value.items() for leaf in leaves(each, (*path, key))]
    if isinstance(value, list):
        return [leaf for n, each in enumerate(value) for leaf in leaves(each, (*path, n))]
    return [(path, value)]
