"""Money that would count twice: a whole beside its part, where one rule adds both up."""

from collections.abc import Iterator

from awards.figures import Figure
from awards.problems import Problem, problem
from awards.records import is_blank
from awards.rules import Rule
from awards.subjects import Subject
from awards.vocabulary import vocabulary


def doubled(rule: Rule, subject: Subject) -> Iterator[Problem]:
    """An error at each amount of *subject* that is part of another one that *rule* adds it to.

    Nothing of either is nothing twice.
    """
    worth = [
        each
        for each in subject.figures
        if not is_blank(each.columns.get("amount")) and each.columns["amount"] != 0
    ]
    if len(worth) < 2:
        return
    seen = set()
    for counted in _together(rule, worth):
        sources = {str(each.columns.get("source")): each for each in counted}
        for name, whole in sources.items():
            for part in vocabulary().parts.get(name, ()):
                if part in sources and (name, part) not in seen:
                    seen.add((name, part))
                    yield _problem(name, whole, part, sources[part])


def _together(rule: Rule, worth: list[Figure]) -> Iterator[list[Figure]]:
    """The amounts that the rule adds up: by its sources, and in each of its sums."""
    if rule.sources is not None:
        counts = rule.sources.counts
        yield [each for each in worth if counts(str(each.columns.get("source")))]
    for wanted in rule.added_up():
        yield [each for each in worth if str(each.columns.get("source")) in wanted]


def _problem(name: str, whole: Figure, part: str, figure: Figure) -> Problem:
    values = {
        "part": vocabulary().shown("source", part, "zh"),
        "whole": vocabulary().shown("source", name, "zh"),
        "cell": whole.at("amount").cell_of,
    }
    return problem("whole-beside-part", figure.at("amount"), "error", **values)
