"""A schedule file → a schedule, or every fault of the file with line and column."""

import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from awards import lint
from awards.positions import Position, nearest, positions
from awards.problems import Place, Problem, ScheduleError, Severity, problem
from awards.schedule import Schedule
from awards.steps import STEPS

HOLE = "?"
"""What a skeleton has where something is to be filled in."""

Keys = tuple[str | int, ...]
FIGURE = re.compile(r"(amounts(?:\.[^:]+)?): (.*)")
"""A fault that a crosstab found in one of its figures, with the key of the figure."""


def parse(text: str, file: str) -> Schedule:
    """The schedule in the TOML *text* of *file*; ScheduleError with every error in it."""
    schedule, found = checked(text, file)
    errors = [each for each in found if each.severity == "error"]
    if errors or schedule is None:
        raise ScheduleError(errors)
    return schedule


def read(path: Path) -> Schedule:
    """The schedule in the file *path*; ScheduleError if it is broken or not there."""
    return parse(text_of(path), str(path))


def text_of(path: Path) -> str:
    """The text of the file *path*; ScheduleError if it cannot be read."""
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ScheduleError(problem("no-file", Place(str(path)), fault=error)) from error


def checked(text: str, file: str) -> tuple[Schedule | None, list[Problem]]:
    """The schedule, None where there is none, and everything wrong or doubtful in the file."""
    try:
        tables = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        return None, [problem("bad-toml", Place(file), fault=error)]
    found = positions(text)
    try:
        schedule = Schedule.model_validate(tables)
    except ValidationError as error:
        return None, [fault for each in error.errors() for fault in _faults(file, found, each)]
    holes = [_located(file, found, path, "hole", "error", {}) for path in _holes(tables)]
    return schedule, holes + [
        _located(file, found, each.path, each.code, each.severity, each.values)
        for each in lint.faults(schedule)
    ]


def _holes(value: Any, path: Keys = ()) -> Iterator[Keys]:
    """Where a skeleton's question mark has not been filled."""
    if value == HOLE:
        yield path
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from _holes(each, (*path, key))
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from _holes(each, (*path, number))


def _located(
    file: str,
    found: Mapping[Keys, Position],
    path: Keys,
    code: str,
    severity: Severity,
    values: Mapping[str, str],
) -> Problem:
    """A problem at the key *path* of *file*."""
    position = nearest(found, path)
    line, column = position or (None, None)
    place = Place(file, row=line, column=column)
    return Problem(code, place, severity, {"key": ".".join(map(str, path)) or "-", **values})


def _faults(file: str, found: Mapping[Keys, Position], error: Any) -> Iterator[Problem]:
    """The problems that pydantic's *error* is: several where a crosstab has several."""
    path = tuple(part for part in error["loc"] if part not in (*STEPS, "tests"))
    if error["type"] == "extra_forbidden":
        close = difflib.get_close_matches(str(path[-1]), list(_keys_at(error["loc"])), 1)
        near = next(iter(close), "")
        yield _located(file, found, path, "unknown-key", "error", {"near": near})
    elif error["type"] == "missing":
        yield _located(file, found, path, "missing-key", "error", {})
    else:
        for fault in str(error["msg"]).removeprefix("Value error, ").splitlines():
            match = FIGURE.match(fault)
            keys = (*path, *match[1].split(".")[1:]) if match else path
            values = {"fault": match[2] if match else fault}
            yield _located(file, found, keys, "bad-schedule", "error", values)


def _keys_at(path: Keys) -> Iterator[str]:
    """The keys that are known beside the last one of *path*."""
    model: Any = Schedule
    for part in path[:-1]:
        if isinstance(part, str) and part in STEPS:
            model = STEPS[part]
        elif isinstance(part, str) and model is not None:
            model = _model_of(model, part)
    if model is not None:
        for name, field in model.model_fields.items():
            yield field.alias or name


def _model_of(model: type[BaseModel], key: str) -> type[BaseModel] | None:
    """The model of the field *key*, or the same one where *key* names an entry of a mapping."""
    for name, field in model.model_fields.items():
        if key in (name, field.alias):
            return _inner(field.annotation)
    return model


def _inner(annotation: Any) -> type[BaseModel] | None:
    """The first model that *annotation* speaks of."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inner = (_inner(each) for each in getattr(annotation, "__args__", ()))
    return next((each for each in inner if each), None)
