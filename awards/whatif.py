"""A schedule with figures changed: what if a first prize paid more?

The change is made in the text of the file, at the place of the figure, and the text is loaded
and checked like any other: what contradicts itself after it is refused.
"""

import difflib
import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from awards.loading import parse
from awards.positions import Path, spans
from awards.problems import OptionError, Place, Problem, problem
from awards.schedule import Schedule

NEAR = 3
"""Paths that are named where one is not known."""
NUMBER = re.compile(r"[-+]?[\d_]+(\.[\d_]+)?")


@dataclass(frozen=True, slots=True)
class Setting:
    """One figure that was changed: its path in the file, what it was, what it is."""

    name: str
    before: str
    after: str


def what_if(
    text: str, file: str, settings: Sequence[tuple[str, str]]
) -> tuple[Schedule, tuple[Setting, ...]]:
    """The schedule in the TOML *text* of *file* with *settings*, and what was changed.

    A setting is a path such as ``steps.2.amounts.national.first`` and a value as a file has it.
    OptionError for a path that leads to no value (it names the nearest ones), or for a value of
    another kind; ScheduleError where the file contradicts itself after it.
    """
    made: list[Setting] = []
    faults: list[Problem] = []
    for name, value in settings:
        known = {_name(path): path for path in _leaves(tomllib.loads(text, parse_float=Decimal))}
        path = known.get(name)
        if path is None:
            near = ", ".join(_near(name, list(known)))
            faults.append(problem("unknown-setting", Place(file), found=name, known=near or "-"))
            continue
        before = _at(tomllib.loads(text, parse_float=Decimal), path)
        after = _literal(value, before)
        if after is None:
            told = {"key": name, "found": value, "expected": before}
            faults.append(problem("setting-of-another-kind", Place(file), "error", **told))
            continue
        start, end = spans(text)[path]
        text = f"{text[:start]}{after}{text[end:]}"
        made.append(Setting(name, str(before), value))
    if faults:
        raise OptionError(faults)
    return parse(text, file), tuple(made)


def _leaves(value: Any, path: Path = ()) -> Iterator[Path]:
    """The path of every single value."""
    if isinstance(value, Mapping):
        for key, each in value.items():
            yield from _leaves(each, (*path, key))
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from _leaves(each, (*path, number))
    else:
        yield path


def _name(path: Path) -> str:
    return ".".join(map(str, path))


def _at(value: Any, path: Path) -> Any:
    for key in path:
        value = value[key]
    return value


def _near(name: str, known: Sequence[str]) -> list[str]:
    """The paths most like *name*: first those that end alike, then those that look alike."""
    parts = name.split(".")

    def shared(other: str) -> int:
        both = zip(reversed(parts), reversed(other.split(".")), strict=False)
        return next((number for number, (a, b) in enumerate(both) if a != b), len(parts))

    best = max(map(shared, known), default=0)
    ending = [each for each in known if best > 1 and shared(each) == best]
    alike = difflib.get_close_matches(name, ending or list(known), NEAR)
    return alike or ending[:NEAR]


def _literal(value: str, before: Any) -> str | None:
    """*value* as TOML writes it, of the kind that *before* is; None where it is of another."""
    if isinstance(before, bool):
        return value if value in ("true", "false") else None
    if isinstance(before, str):
        return json.dumps(value, ensure_ascii=False)
    try:
        if isinstance(before, int | Decimal):
            Decimal(value)
            return value if NUMBER.fullmatch(value) else None
        if isinstance(before, date):
            return date.fromisoformat(value).isoformat()
    except (InvalidOperation, ValueError):
        return None
    return None
