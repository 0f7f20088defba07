"""Whom a funding rule is held against: the rows that agree in the columns it is ``per``."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from awards.context import MEASURES, Context
from awards.figures import Figure
from awards.problems import Problem
from awards.reading import fill_blanks
from awards.records import Columns, Value, is_blank
from awards.rules import Rule
from awards.schedule import Schedule

NAMES = ("school", "enterprise", "region")
"""What a row of figures may be about, the narrowest first."""
DATES = ("year", "term")
"""Keys that a row may leave blank where there is only one."""


@dataclass(frozen=True, slots=True)
class Subject:
    """The rows that a rule is held against together.

    ``unclear`` are keys that a row with an amount or a headcount leaves blank, so that it may
    belong here or not: there is no verdict then.
    """

    keys: Mapping[str, Value]
    figures: tuple[Figure, ...]
    unclear: tuple[str, ...] = ()


def filled(figures: Sequence[Figure], schedule: Schedule) -> list[Figure]:
    """*figures* with what the document says that a blank counts as.

    A row that only holds an amount is not filled where its owner has other rows: what the money
    is for is not what the school is.
    """
    owners = {_named(each) for each in figures if not _is_money(each)}
    found = []
    for each in figures:
        columns = dict(each.columns)
        if not (_is_money(each) and _named(each) in owners):
            fill_blanks(columns, schedule)
        found.append(replace(each, columns=columns))
    return found


def _is_money(figure: Figure) -> bool:
    columns = figure.columns
    return columns.get("amount") is not None and columns.get("students") is None


def subjects_of(rule: Rule, figures: Sequence[Figure]) -> tuple[list[Subject], list[Problem]]:
    """The subjects of *rule*, in order of appearance, the last key (the year) in order.

    A row without one of the keys describes every subject that agrees with it; one that holds
    an amount or a headcount must belong to exactly one. A rule about everything has its one
    subject even where no row is for it.
    """
    keys = _keys(rule, figures)
    tuples = dict.fromkeys(keys if rule.per else [()])
    whole = [each for each in tuples if not any(_is_part(each, other) for other in tuples)]
    whole.sort(key=lambda each: _order(each[-1]) if each else 0)
    problems = []
    members: dict[tuple[Value, ...], list[Figure]] = {each: [] for each in whole}
    unclear: dict[tuple[Value, ...], dict[str, None]] = {each: {} for each in whole}
    for figure, own in zip(figures, keys, strict=True):
        homes = [each for each in whole if own == each or _is_part(own, each)]
        holds = [n for n in MEASURES if not is_blank(figure.columns.get(n))]
        blank = [k for k, v in zip(rule.per, own, strict=True) if is_blank(v)]
        if holds and homes != [own] and (len(homes) > 1 or set(blank) - set(DATES)):
            values = {"columns": ", ".join(blank), "count": str(len(homes))}
            problems.append(Problem("which-subject", figure.place, "error", values))
            for home in homes:
                unclear[home] |= dict.fromkeys(blank)
            continue
        for home in homes:
            members[home].append(figure)
    subjects = [
        Subject(dict(zip(rule.per, keys, strict=True)), tuple(rows), tuple(unclear[keys]))
        for keys, rows in members.items()
    ]
    return subjects, problems


def _keys(rule: Rule, figures: Sequence[Figure]) -> list[tuple[Value, ...]]:
    """The keys of each figure; one that it leaves blank, the other rows of its school may say.

    So may those of its enterprise or region, in the same year, where they agree: the stage of a
    school need not stand on its money rows.
    """
    named: dict[object, list[Columns]] = {}
    for figure in figures:
        named.setdefault(_named(figure), []).append(figure.columns)
    said = {name: Context(tuple(rows), {}, {}).columns() for name, rows in named.items() if name}
    keys = []
    for figure in figures:
        others = said.get(_named(figure), {})
        known = {key: others.get(key) for key in rule.per if not is_blank(others.get(key))}
        keys.append(tuple(figure.columns.get(key, known.get(key)) for key in rule.per))
    return keys


def _named(figure: Figure) -> object:
    """What *figure* is about, with the year: a school, an enterprise or a region."""
    columns = figure.columns
    name = next((columns[key] for key in NAMES if not is_blank(columns.get(key))), None)
    return name and (name, columns.get("year"))


def _is_part(one: tuple[Value, ...], other: tuple[Value, ...]) -> bool:
    """Whether *one* says less than *other* and contradicts it nowhere."""
    return one != other and all(is_blank(a) or a == b for a, b in zip(one, other, strict=True))


def _order(value: Value) -> int:
    return value if isinstance(value, int) else 0
