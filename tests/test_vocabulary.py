"""awards.vocabulary: every column and word that a funding rule goes by has a name in print."""

import pytest

import awards
from awards.conditions import Condition
from awards.holding import columns_read
from awards.leaves import Given
from awards.quantities import instances
from awards.schedule import Schedule
from awards.steps import tables
from awards.terms import Word, terms
from awards.vocabulary import Named, vocabulary
from awards.words import LANGS, knows

FUNDING = {name: each for name, each in awards.schedules().items() if each.rules}
CODED = r"[a-z_]+"


def options(schedule: Schedule) -> list[dict[str, str]]:
    """The readings by default, and each other option by itself."""
    default = schedule.choose({})
    others = [
        {**default, name: option}
        for name, reading in schedule.readings.items()
        for option in reading.options
    ]
    return [default, *others]


@pytest.mark.parametrize("name", FUNDING)
def test_every_column_of_a_rule_has_a_name(name: str) -> None:
    schedule = FUNDING[name]
    asked: set[str] = set()
    for chosen in options(schedule):
        for stated in schedule.rules.values():
            rule = stated.read(chosen)
            if rule is not None:
                asked |= columns_read(rule, schedule, chosen)
                asked |= {each.given for each in instances(rule, Given)}
    assert {each for each in asked if each not in schedule.vocabulary.columns} == set()


@pytest.mark.parametrize("name", FUNDING)
def test_every_value_of_a_rule_has_a_name(name: str) -> None:
    schedule = FUNDING[name]
    named = {
        value
        for rule in schedule.rules.values()
        for value in (*rule.values, *(check.name for check in rule.checks if check.name))
    }
    unnamed = {
        each
        for each in named
        if not knows(f"value.{each}") and each not in schedule.vocabulary.columns
    }
    assert unnamed == set()


@pytest.mark.parametrize("name", FUNDING)
def test_every_coded_word_of_a_rule_has_a_name(name: str) -> None:
    """Words in Chinese stand for themselves; those of rosters are in terms.toml."""
    schedule = FUNDING[name]
    spoken: set[tuple[str, str]] = set()
    for rule in schedule.rules.values():
        for condition in instances(rule, Condition):
            for column, match in condition.tests.items():
                spoken |= {(column, each) for each in match.values() if isinstance(each, str)}
        if rule.sources:
            listed = (*rule.sources.only, *rule.sources.all_but, *rule.sources.never)
            spoken |= {("source", each) for each in listed}
    for rates in schedule.rates.values():
        for path, _ in tables.cells(rates.amounts or rates.factors, len(rates.by)):
            spoken |= set(zip(rates.by, path, strict=True))
    coded = {(c, w) for c, w in spoken if w.isascii() and w[0].isalpha() and w != "any"}
    rosters = terms().words
    unnamed = {
        (column, word)
        for column, word in coded
        if word not in schedule.vocabulary.words.get(column, {})
        and word not in rosters.get(column, {})  # type: ignore[call-overload]
    }
    assert unnamed == set()


def test_no_heading_is_two_things() -> None:
    """A heading names one column or one source, a word of a column is one word."""
    words = vocabulary()
    seen: dict[str, str] = {}
    sources = {f"source.{n}": word for n, word in words.words["source"].items()}
    columns = {n: each.word for n, each in words.columns.items()}
    for name, word in (*columns.items(), *sources.items()):
        for spelling in (word.zh, *word.also):
            plain = terms().plain(spelling)
            assert seen.setdefault(plain, name) == name, spelling
    for listed in words.words.values():
        own: dict[str, str] = {}
        for name, word in listed.items():
            for spelling in (word.zh, *word.also):
                assert own.setdefault(terms().plain(spelling), name) == name, spelling


def test_a_declared_column_goes_before_a_general_one() -> None:
    words = vocabulary().with_columns(
        {"headcount": Named(Word("在校生数", "headcount"), "number")}, {}
    )
    assert words.column("在校生数") == "headcount"
    assert words.column("在籍学生数") == "students"


def test_parts_of_money_are_sources() -> None:
    words = vocabulary()
    named = set(words.parts) | {p for each in words.parts.values() for p in each}
    assert named <= set(words.words["source"])


def test_both_languages_name_everything() -> None:
    for lang in LANGS:
        assert all(each.word.name(lang) for each in vocabulary().columns.values())
