"""What a funding rule says of a subject: the finding, its comparisons, and what follows from it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from awards.context import Context, compare, number
from awards.problems import Place, Problem
from awards.records import Value
from awards.rules import Status
from awards.schedule import Schedule


@dataclass(frozen=True, slots=True)
class Money:
    """One amount in yuan: its source, whether it counts, and the clause if one forbids it.

    What is not known is None: the source, the amount, and so whether it counts.
    """

    source: str | None
    amount: Fraction | None
    counts: bool | None
    clause: str | None
    place: Place


@dataclass(frozen=True, slots=True)
class Input:
    """One cell that a finding rests on: column, value (``Unread`` where it is broken), place."""

    column: str
    value: Value
    place: Place


@dataclass(frozen=True, slots=True)
class Checked:
    """One comparison: required and actual, exact; ``gap`` is what is missing or over.

    Where ``of_days`` the two are days (ordinals), and the gap a number of them.
    """

    name: str | None
    compare: str
    required: Fraction | None
    actual: Fraction | None
    met: bool | None
    gap: Fraction | None
    clause: str
    required_said: str = ""
    actual_said: str = ""
    of_days: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule says of one subject.

    ``values`` are exact: yuan, persons, ratios, or true and false, by the words of the field;
    ``said`` tells how each comes about;
    ``money`` says of every amount whether it counts; ``missing`` names what would be needed for
    a verdict; ``inputs`` are the cells that it rests on.
    """

    rule: str
    schedule: str
    clause: str
    subject: Mapping[str, Value]
    status: Status
    met: bool | None
    values: Mapping[str, Any]
    checks: tuple[Checked, ...] = ()
    money: tuple[Money, ...] = ()
    lines: tuple[Mapping[str, Any], ...] = ()
    paid_by: Mapping[str, Fraction] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    inputs: tuple[Input, ...] = ()
    topic: str | None = None
    due: date | None = None
    unit: str = "yuan"
    said: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Findings:
    """The outcome of a run: every finding, in order of the rules, and the problems met."""

    schedule: Schedule
    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...]
    chosen: Mapping[str, str]


def judge(
    how: str, actual: Fraction, required: Fraction, context: Context
) -> tuple[bool | None, Fraction]:
    """Whether it is met, and the gap: what is missing, what is over, or the distance."""
    if how == "about":
        distance = abs(actual - required)
        tolerance = number(context.columns().get("tolerance"))
        if tolerance is None:
            context.lacks("tolerance")
            return None, distance
        return distance <= tolerance * required, distance
    met = compare(how, actual, required)
    if how == "at_most":
        return met, max(Fraction(0), actual - required)
    if how == "equal":
        return met, abs(actual - required)
    return met, max(Fraction(0), required - actual)


def derive(values: dict[str, Any]) -> None:
    """What follows from required, counted and students: gap, ratio, amount per student."""
    required, counted = values.get("required"), values.get("counted")
    if isinstance(required, Fraction) and isinstance(counted, Fraction):
        values.setdefault("shortfall", max(Fraction(0), required - counted))
        values.setdefault("surplus", max(Fraction(0), counted - required))
        if required:
            values.setdefault("ratio", counted / required)
    students = values.get("students")
    if isinstance(counted, Fraction) and isinstance(students, Fraction) and students:
        values.setdefault("per_student", counted / students)


def as_target(values: dict[str, Any]) -> None:
    """A requirement that does not bind yet is a target, its shortfall a gap to it."""
    for name, target in (("required", "target"), ("shortfall", "gap_to_target")):
        if name in values:
            values[target] = values.pop(name)
    for name in ("surplus", "ratio"):
        values.pop(name, None)
