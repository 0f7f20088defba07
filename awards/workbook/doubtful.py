"""Amounts of money that cannot be taken as they stand: blank ones, and a whole beside its part."""

from collections.abc import Sequence
from dataclasses import replace

from awards.figures import Figure, Figures
from awards.problems import Problem, problem
from awards.records import Unread
from awards.vocabulary import Vocabulary

OF = ("school", "enterprise", "province", "city", "region", "region_level", "year", "term")
"""What tells whose money it is."""


def doubled(found: Figures, words: Vocabulary) -> Figures:
    """*found*, where money stands beside money that it is part of neither of them known.

    Which of the two is to be counted is not said, and together they would count twice.
    """
    owners: dict[object, list[int]] = {}
    for number, each in enumerate(found.figures):
        if each.columns.get("amount") is not None:
            owners.setdefault(tuple(each.columns.get(name) for name in OF), []).append(number)
    figures = list(found.figures)
    problems: list[Problem] = []
    for numbers in owners.values():
        for part, whole in _overlapping(figures, numbers, words):
            values = {
                "part": words.shown("source", figures[part].columns["source"], "zh"),
                "whole": words.shown("source", figures[whole].columns["source"], "zh"),
                "cell": figures[whole].at("amount").cell or "",
            }
            problems.append(
                problem("whole-beside-part", figures[part].at("amount"), "error", **values)
            )
            amount = str(figures[part].columns["amount"])
            figures[part] = _with_amount(figures[part], Unread(amount))
    return Figures(tuple(figures), (*found.problems, *problems))


def _overlapping(
    figures: Sequence[Figure], numbers: Sequence[int], words: Vocabulary
) -> list[tuple[int, int]]:
    """Part and whole among the money of one owner; nothing of either is nothing twice."""
    sources = {number: str(figures[number].columns.get("source")) for number in numbers}
    return [
        (part, whole)
        for whole, name in sources.items()
        for part, other in sources.items()
        if other in words.parts.get(name, ())
        and all(figures[each].columns["amount"] != 0 for each in (part, whole))
    ]


def filled(found: Figures) -> Figures:
    """*found* with zero for each amount that is blank, and without the warnings on those."""
    figures = tuple(
        _with_amount(each, 0) if each.columns.get("amount") == Unread("") else each
        for each in found.figures
    )
    problems = tuple(each for each in found.problems if each.code != "blank-amount")
    return Figures(figures, problems)


def _with_amount(figure: Figure, amount: Unread | int) -> Figure:
    return replace(figure, columns={**figure.columns, "amount": amount})
