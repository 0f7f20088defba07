"""Whether the worked cases of a schedule bite: move a figure by one yuan and see who notices.

A figure that can be moved without any case noticing has not been checked by anybody.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from pydantic import ValidationError

from awards.cases import Case, run
from awards.loading import parse
from awards.problems import AwardsError
from awards.schedule import Schedule

FIGURES = ("amounts", "money", "most")
FACTORS = ("times", "part", "rest", "share", "at_most", "factors")
COUNTS = ("payees", "count", "over", "at_most")
QUANTITIES = ("values", "checks", "paid_by", "pays", "lines", "students")
CONDITIONS = ("when", "where", "at", "columns")
STEP = Fraction(1, 50)
"""How far a factor is moved."""

Keys = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure, factor or count of a schedule file, moved, and the cases that noticed it."""

    keys: Keys
    clause: str
    before: object
    after: object
    noticed_by: tuple[str, ...]

    @property
    def name(self) -> str:
        """Its path in the file."""
        return ".".join(map(str, self.keys))


def figures(text: str, cases: Sequence[Case], *, all_cases: bool = False) -> list[Figure]:
    """Every figure of the schedule in the TOML *text*, moved, with the first case that notices.

    With *all_cases* every case that does. A file that no longer agrees with itself notices too.
    """
    tables = tomllib.loads(text, parse_float=Decimal)
    schedule = parse(text, "-")
    return [
        Figure(
            keys,
            _clause(schedule, keys),
            before,
            after,
            tuple(_noticed(tables, keys, after, cases, all_cases)),
        )
        for keys, before, after in moves(tables)
    ]


def moves(tables: Mapping[str, Any]) -> Iterator[tuple[Keys, Any, Any]]:
    """Every figure and count one higher, every factor a little higher: path, before, after."""
    for number, step in enumerate(tables.get("steps", ())):
        yield from _moves_in(step, ("steps", number))
    for name, rates in tables.get("rates", {}).items():
        yield from _moves_in(rates, ("rates", name))
    for name, rule in tables.get("rules", {}).items():
        for keys, value in _leaves(rule, ("rules", name)):
            if set(QUANTITIES) & set(keys) and not set(CONDITIONS) & set(keys):
                yield from _moved(keys, value)


def _moves_in(entry: Any, path: Keys) -> Iterator[tuple[Keys, Any, Any]]:
    """The moves in one step, or in one crosstab of rates."""
    for keys, value in _leaves(entry, path):
        names = [name for name in keys if isinstance(name, str)]
        plain = isinstance(value, int | Decimal) and not isinstance(value, bool)
        if plain and (set(FIGURES) & set(names) or names[-1] in COUNTS):
            yield keys, value, value + 1
        elif set(FACTORS) & set(names) and (factor := _number(value)) is not None:
            yield keys, value, str(factor + STEP)


def _moved(keys: Keys, value: Any) -> Iterator[tuple[Keys, Any, Any]]:
    """A constant of a rule: a whole number one higher, a day later, a fraction a little higher."""
    if isinstance(value, date):
        yield keys, value, value + timedelta(days=1)
    elif isinstance(value, int | Decimal) and not isinstance(value, bool):
        yield keys, value, value + 1
    elif isinstance(value, str) and (factor := _number(value)) is not None:
        yield keys, value, str(factor + STEP)


def _leaves(value: Any, keys: Keys) -> Iterator[tuple[Keys, Any]]:
    pairs: Any = ()
    if isinstance(value, Mapping):
        pairs = value.items()
    elif isinstance(value, list):
        pairs = enumerate(value)
    else:
        yield keys, value
    for key, each in pairs:
        yield from _leaves(each, (*keys, key))


def _number(value: Any) -> Fraction | None:
    try:
        return Fraction(str(value))
    except ValueError:
        return None


def _clause(schedule: Schedule, keys: Keys) -> str:
    """The clause that the figure at *keys* cites."""
    homes: Mapping[str, Any] = {
        "steps": schedule.steps,
        "rates": schedule.rates,
        "rules": schedule.rules,
    }
    own: Any = homes[str(keys[0])][keys[1]].clause
    return str(own[keys[3]] if isinstance(own, Mapping) else own)


def _noticed(
    tables: Mapping[str, Any], keys: Keys, after: Any, cases: Sequence[Case], all_cases: bool
) -> Iterator[str]:
    """The cases that come out otherwise with *after* at *keys*."""
    changed: Any = deepcopy(tables)
    place = changed
    for key in keys[:-1]:
        place = place[key]
    place[keys[-1]] = after
    try:
        schedule = Schedule.model_validate(changed)
    except ValidationError:
        yield "-"
        return
    # the cases of the rule itself first: they are the likeliest to notice
    for case in sorted(cases, key=lambda each: each.rule != keys[1]):
        if _differs(case, schedule):
            yield case.id
            if not all_cases:
                return


def _differs(case: Case, schedule: Schedule) -> bool:
    try:
        return bool(run(case, schedule))
    except (ValueError, AwardsError):
        return True  # a part of a fen, say
