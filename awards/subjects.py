"""Whom a funding rule is held against: the rows that agree in the columns it is ``per``."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from awards.context import MEASURES, Context
from awards.figures import Figure
from awards.problems import Problem
from awards.reading import fill_blanks
from awards.records import Columns, Value, is_blank
from awards.rules import Rule
from awards.schedule import Schedule
from awards.vocabulary import vocabulary

NAMES = ("school", "enterprise", "region")
"""What a row of figures may be about, the narrowest first."""
RANKS = {
    "person": 0,
    "chain": 0,
    "enterprise": 0,
    "school": 0,
    "region": 1,
    "city": 1,
    "province": 2,
}
"""Whom a rule may be about, from the narrow to the broad."""
Relation = Literal["own", "about", "part", "apart"]
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


def subjects_of(
    rule: Rule, figures: Sequence[Figure], reads: Callable[[], frozenset[str]]
) -> tuple[list[Subject], list[Problem]]:
    """The subjects of *rule*, in order of appearance, the last key (the year) in order.

    A row without one of the keys describes every subject that agrees with it; one that holds
    an amount or a headcount must belong to exactly one. A row about something else (an
    enterprise, under a rule about schools) is left out, unless it is a part of the subject that
    does not say of which one: a school that names no region. *reads* tells the columns that the
    rule goes by. A rule about everything has its one subject even where no row is for it.
    """
    keys = _keys(rule, figures)
    relations = [_relation(rule, figure, own) for figure, own in zip(figures, keys, strict=True)]
    whole = _whole(rule, keys, relations, lambda number: _is_read(rule, figures[number], reads()))
    problems = []
    members: dict[tuple[Value, ...], list[Figure]] = {each: [] for each in whole}
    unclear: dict[tuple[Value, ...], dict[str, None]] = {each: {} for each in whole}
    for figure, own, relation in zip(figures, keys, relations, strict=True):
        if relation == "apart":
            continue
        homes = [each for each in whole if own == each or _is_part(own, each)]
        blank = [k for k, v in zip(rule.per, own, strict=True) if is_blank(v)]
        holds = relation != "about" and any(figure.columns.get(n) is not None for n in MEASURES)
        is_one = homes == [own] or (len(homes) == 1 and not set(blank) - set(DATES))
        if (relation == "part" or not homes) and not _matters(rule, figure, reads()):
            continue
        if holds and not is_one:
            named = "、".join(vocabulary().name(each, "zh") for each in blank)
            values = {"columns": named, "count": str(len(homes))}
            problems.append(Problem("which-subject", figure.place, "error", values))
            for home in homes:
                unclear[home] |= dict.fromkeys(blank)
            continue
        for home in homes:
            members[home].append(_described(figure) if relation == "about" else figure)
    subjects = [
        Subject(dict(zip(rule.per, keys, strict=True)), tuple(rows), tuple(unclear[keys]))
        for keys, rows in members.items()
    ]
    return subjects, problems


def _relation(rule: Rule, figure: Figure, own: tuple[Value, ...]) -> Relation:
    """How a row stands to the subjects of *rule*, by whom it names.

    ``own``: it is about one, or names nobody; ``about``: about something that several belong to;
    ``part``: about something that belongs to one, but does not say to which; ``apart``.
    """
    owners = [key for key in rule.per if key in RANKS]
    is_named = any(key in owners and not is_blank(v) for key, v in zip(rule.per, own, strict=True))
    named = [key for key in RANKS if not is_blank(figure.columns.get(key))]
    if not owners or not named or is_named:
        return "own"
    row, subject = min(RANKS[key] for key in named), min(RANKS[key] for key in owners)
    return "about" if row > subject else "part" if row < subject else "apart"


def _is_read(rule: Rule, figure: Figure, reads: frozenset[str]) -> bool:
    """Whether *figure* has something that the rule goes by, besides its keys."""
    return any(
        value is not None and name in reads and name not in rule.per
        for name, value in figure.columns.items()
    )


def _whole(
    rule: Rule,
    keys: Sequence[tuple[Value, ...]],
    relations: Sequence[Relation],
    is_read: Callable[[int], bool],
) -> list[tuple[Value, ...]]:
    """The keys of the subjects: those that say most. Where some name an owner, all must.

    Under a rule about nobody in particular a year counts only where something is said of it.
    """
    if not rule.per:
        return [()]
    told = [own for own, relation in zip(keys, relations, strict=True) if relation == "own"]
    owners = [number for number, key in enumerate(rule.per) if key in RANKS]
    named = [own for own in told if any(not is_blank(own[number]) for number in owners)]
    if not owners:
        named = [own for number, own in enumerate(keys) if is_read(number)]
    tuples = list(dict.fromkeys(named or told))
    whole = [each for each in tuples if not any(_is_part(each, other) for other in tuples)]
    return sorted(whole, key=lambda each: _order(each[-1]))


def _matters(rule: Rule, figure: Figure, reads: frozenset[str]) -> bool:
    """Whether the rule goes by what *figure* measures: its headcount, money of its source."""
    if "students" in reads and figure.columns.get("students") is not None:
        return True
    source = figure.columns.get("source")
    if figure.columns.get("amount") is None or "amount" not in reads:
        return False
    picked = set(rule.picks("source"))
    counts = rule.sources is not None and (is_blank(source) or rule.sources.counts(str(source)))
    return counts or is_blank(source) or source in picked


def _described(figure: Figure) -> Figure:
    """*figure* as a description, without what it measures: that belongs to what it is about."""
    measures = (*MEASURES, "source")
    columns = {name: value for name, value in figure.columns.items() if name not in measures}
    return replace(figure, columns=columns)


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
        name, year = _named(figure) or (None, None)
        others = {**said.get((name, None), {}), **said.get((name, year), {})}
        known = {key: others.get(key) for key in rule.per if not is_blank(others.get(key))}
        keys.append(tuple(figure.columns.get(key, known.get(key)) for key in rule.per))
    return keys


def _named(figure: Figure) -> tuple[Value, Value] | None:
    """What *figure* is about, with the year: a school, an enterprise or a region."""
    columns = figure.columns
    name = next((columns[key] for key in NAMES if not is_blank(columns.get(key))), None)
    return None if name is None else (name, columns.get("year"))


def _is_part(one: tuple[Value, ...], other: tuple[Value, ...]) -> bool:
    """Whether *one* says less than *other* and contradicts it nowhere."""
    return one != other and all(is_blank(a) or a == b for a, b in zip(one, other, strict=True))


def _order(value: Value) -> int:
    return value if isinstance(value, int) else 0
