"""Amounts of money that are blank: not known, unless other figures say the same."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from awards.figures import BLANK, Figure, Figures
from awards.problems import Problem, problem
from awards.records import is_blank
from awards.vocabulary import Vocabulary

OF = ("school", "enterprise", "province", "city", "region", "region_level", "year", "term")
"""What tells whose money it is, beside the rule and the plan that it is for."""


def settled(found: Figures, words: Vocabulary, *, blank_is_zero: bool = False) -> Figures:
    """*found* with a warning at each amount that is blank and so not known.

    Blank is not zero, unless *blank_is_zero* says so. Where the parts are there a blank whole
    says nothing, and likewise a blank part beside the whole.
    """
    figures = list(found.figures)
    owners: dict[object, list[int]] = {}
    for number, each in enumerate(figures):
        if each.columns.get("amount") is not None:
            key = tuple(each.columns.get(name) for name in (*OF, "rule", "scenario"))
            owners.setdefault(key, []).append(number)
    problems: list[Problem] = []
    idle: set[int] = set()
    for numbers in owners.values():
        for part, whole in _overlapping(figures, numbers, words):
            blank = {each for each in (part, whole) if _is_blank(figures[each])}
            idle |= blank if len(blank) == 1 else set()
    for number, each in enumerate(figures):
        if _is_blank(each) and number not in idle:
            if blank_is_zero:
                figures[number] = replace(each, columns={**each.columns, "amount": 0})
            else:
                source = words.shown("source", each.columns.get("source") or "?", "zh")
                told = problem("blank-money", each.at("amount"), "warning", heading=source)
                problems.append(told)
    kept = tuple(each for number, each in enumerate(figures) if number not in idle)
    return Figures(kept, (*found.problems, *problems))


def _overlapping(
    figures: Sequence[Figure], numbers: Sequence[int], words: Vocabulary
) -> Iterator[tuple[int, int]]:
    """Part and whole among the money of one owner."""
    sources = {number: str(figures[number].columns.get("source")) for number in numbers}
    for whole, name in sources.items():
        parts = words.parts.get(name, ())
        yield from ((part, whole) for part, other in sources.items() if other in parts)


def _is_blank(figure: Figure) -> bool:
    amount = figure.columns.get("amount")
    return is_blank(amount) and amount == BLANK
