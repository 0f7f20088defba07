"""Funding rules over many schools: subjects whose figures are equal are judged once.

The rules are those of ``awards.standards``. The rows of a school (an enterprise, a region) are one
bundle; bundles that differ only in the name have findings that differ only in the name. Rules over
everything, rows that name nobody, and documents that ask for a name are judged as they are.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any, TypedDict, Unpack, overload

import numpy as np
import pandas as pd
import pyarrow as pa

from awards.batch import arrow
from awards.batch.arrays import Ints
from awards.batch.arrow import Streamed
from awards.batch.distinct import Coded, distinct
from awards.batch.encoding import Encoded, encode
from awards.context import shown
from awards.figures import Figure
from awards.findings import Finding
from awards.problems import Place
from awards.schedule import Schedule
from awards.standards import hold
from awards.subjects import NAMES

SOMEBODY = "·"
"""Stands for the name of a bundle while its rules are worked out."""


class Options(TypedDict, total=False):
    """What is asked besides the figures, as of ``awards.standards``."""

    given: Mapping[str, Any] | None
    readings: Mapping[str, str] | None


Found = tuple[int, int, Finding]
"""A finding with the number of its rule and the first row it rests on: the order of the frame."""


@overload
def standards_frame(  # type: ignore[overload-overlap]  # one of pandas hands itself over too
    figures: pd.DataFrame, schedule: Schedule, **options: Unpack[Options]
) -> pd.DataFrame: ...
@overload
def standards_frame(
    figures: Streamed, schedule: Schedule, **options: Unpack[Options]
) -> pa.Table: ...
def standards_frame(
    figures: Streamed, schedule: Schedule, **options: Unpack[Options]
) -> pd.DataFrame | pa.Table:
    """What each rule of *schedule* says of each subject in the frame *figures*, a line each.

    The columns are those of the case files; the answers are those of ``awards.standards``, in order
    of the rules, then of the subjects' first rows. ``required``, ``actual`` and ``gap`` are exact,
    as text; ``missing`` names what a verdict would need; ``rows`` are the places of the figures.
    Figures in a frame of another library come back as an Arrow table.
    """
    told = _told(arrow.frame_of(figures), schedule, options)
    return told if isinstance(figures, pd.DataFrame) else pa.Table.from_pandas(told)


def _told(figures: pd.DataFrame, schedule: Schedule, options: Options) -> pd.DataFrame:
    readings = options.get("readings")
    asked = {"given": options.get("given"), "readings": readings}
    columns = {str(name): encode(figures.iloc[:, at]) for at, name in enumerate(figures.columns)}
    name = _named(columns, len(figures), schedule)
    chosen = schedule.choose(readings or {})
    rules = {n: rule.read(chosen) for n, rule in schedule.rules.items()}
    apart = [n for n, rule in rules.items() if rule and name and name in rule.per]
    whole = [n for n, rule in rules.items() if rule and n not in apart]
    order = {n: number for number, n in enumerate(schedule.rules)}
    found: list[Found] = []
    if whole:
        rows = _figures(columns, np.arange(len(figures)), None)
        found += _judged(rows, _only(schedule, whole), asked, order)
    if apart and name:
        found += _apart(columns, name, _only(schedule, apart), asked, order)
    found.sort(key=lambda each: each[:2])
    return pd.DataFrame([_line(each) for *_, each in found], columns=list(COLUMNS))


COLUMNS = (
    *("rule", "clause", "subject", "status", "met", "check", "required", "actual", "gap"),
    *("unit", "missing", "rows"),
)


def _only(schedule: Schedule, names: Sequence[str]) -> Schedule:
    """*schedule* with some of its rules."""
    return schedule.model_copy(update={"rules": {n: schedule.rules[n] for n in names}})


def _named(columns: Mapping[str, Encoded], count: int, schedule: Schedule) -> str | None:
    """The column that tells whose each row is; None where a row has none, or rules ask for it."""
    for name in NAMES:
        if name not in columns or not (columns[name].codes >= 0).any():
            continue
        said = schedule.model_dump_json(include={"rates", "rules"}).count(f'"{name}"')
        subjects = sum(rule.per.count(name) for rule in schedule.rules.values())
        return None if said > subjects or columns[name].has_blanks or not count else name
    return None


def _figures(columns: Mapping[str, Encoded], rows: Ints, hidden: str | None) -> list[Figure]:
    """The *rows* as figures, each at its place; the name *hidden* is not told."""
    told = []
    for row in rows.tolist():
        said = {name: column.value(row) for name, column in columns.items()}
        if hidden:
            said[hidden] = SOMEBODY
        said = {name: value for name, value in said.items() if value is not None}
        told.append(Figure(said, Place(row=row + 1)))
    return told


def _judged(
    rows: Sequence[Figure], schedule: Schedule, asked: Mapping[str, Any], order: Mapping[str, int]
) -> list[Found]:
    return [
        (order[each.rule], _first(each), each) for each in hold(rows, schedule, **asked).findings
    ]


def _first(found: Finding) -> int:
    return min(_rows(found), default=0)


def _rows(found: Finding) -> list[int]:
    """The rows that a finding rests on, from 1."""
    return sorted({each.place.row for each in found.inputs if each.place.row is not None})


def _apart(
    columns: Mapping[str, Encoded],
    name: str,
    schedule: Schedule,
    asked: Mapping[str, Any],
    order: Mapping[str, int],
) -> list[Found]:
    """The findings of rules about each bundle, each distinct bundle judged once."""
    count = len(columns[name].codes)
    others: list[Coded] = [
        (column.codes + 1, len(column.held) + 1) for n, column in columns.items() if n != name
    ]
    content = distinct(others, count)[0]
    bundles: dict[int, list[int]] = {}
    for row, code in enumerate(columns[name].codes.tolist()):
        bundles.setdefault(code, []).append(row)
    known: dict[Hashable, tuple[list[int], list[Found]]] = {}
    told: list[Found] = []
    for code, rows in bundles.items():
        key = content[rows].tobytes()
        if key not in known:
            held = _figures(columns, np.array(rows), name)
            known[key] = (rows, _judged(held, schedule, asked, order))
        first, found = known[key]
        moved = {a + 1: b + 1 for a, b in zip(first, rows, strict=True)}
        told += [_renamed(each, name, columns[name].values[code], moved) for each in found]
    return told


def _renamed(found: Found, name: str, called: object, moved: Mapping[int, int]) -> Found:
    """A finding of an equal bundle as that of the one *called* so, at its own rows."""
    number, _, each = found
    subject = {key: called if key == name else value for key, value in each.subject.items()}
    inputs = tuple(
        replace(told, place=Place(row=moved[told.place.row or 0])) for told in each.inputs
    )
    own = replace(each, subject=subject, inputs=inputs)  # type: ignore[arg-type]  # as it is stated
    return number, _first(own), own


def _line(found: Finding) -> list[Any]:
    """A finding as a line; of several comparisons the first that is not met, else the first."""
    missed = [each for each in found.checks if each.met is False]
    check = next(iter((*missed, *found.checks)), None)
    required = check.required if check else found.values.get("required")
    actual = check.actual if check else found.values.get("counted")
    subject = ", ".join(f"{key}={value}" for key, value in found.subject.items())
    return [
        found.rule,
        found.clause,
        subject,
        found.status,
        found.met,
        check.name if check else None,
        _exact(required),
        _exact(actual),
        _exact(check.gap) if check else None,
        found.unit,
        ", ".join(found.missing) or None,
        ", ".join(map(str, _rows(found))) or None,
    ]


def _exact(value: object) -> str | None:
    return shown(value).replace(",", "") if isinstance(value, Fraction) else None
