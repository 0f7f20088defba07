"""The shape of a schedule file, and what makes one contradict itself.

A schedule is one issued document as data: where it comes from, the clauses it rests on, the
readings taken where the text can be read two ways, and the steps that work out an award.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import Field, PrivateAttr, ValidationError, model_validator

from awards.conditions import Condition, Model, Scalar, Text
from awards.problems import OptionError, Place, Problem, ScheduleError, problem
from awards.steps import AnyStep, Ruling
from awards.terms import KINDS, Kind, Terms, Word, terms


class Clause(Model):
    """A clause of the document: its number there, and what it says, in our own words."""

    number: str
    says: Text


class Reading(Model):
    """A point that the text leaves open: the question, the reading taken, the others, and why."""

    question: Text
    clause: str
    default: str
    options: Mapping[str, Text] = Field(min_length=2)
    why: Text

    @model_validator(mode="after")
    def _default_is_an_option(self) -> Self:
        if self.default not in self.options:
            raise ValueError(f"default {self.default} is not one of {', '.join(self.options)}")
        return self


class Approval(Model):
    """Who has to approve the awards before they are paid."""

    by: Text
    clause: str


class Column(Model):
    """A column that the document speaks of: its name in print, its meaning, the names of its words.

    ``blank`` is what a blank counts as; without it a blank that matters is a problem. ``holds``
    says that its text is a date or a whole number; ``shown`` puts it on the outcome, as a label.
    """

    name: Text
    says: Text
    blank: Scalar | None = None
    holds: Literal["text", "date", "number"] = "text"
    shown: bool = False
    values: Mapping[str, Text] = Field(default_factory=dict)


class Schedule(Model):
    """One issued document as data. Amounts in the file are yuan, in memory whole fen."""

    id: str
    cases: str | None = None
    title: Text
    number: str | None = None
    issuer: Text
    issued: date | None = None
    in_force_from: date | None = None
    in_force_until: date | None = None
    supersedes: tuple[str, ...] = ()
    checked_on: date
    source: str | None = None
    approval: Approval | None = None
    clauses: Mapping[str, Clause] = Field(min_length=1)
    readings: Mapping[str, Reading] = Field(default_factory=dict)
    columns: Mapping[str, Column] = Field(default_factory=dict)
    words: Mapping[Kind, Mapping[str, Word]] = Field(default_factory=dict)
    steps: tuple[AnyStep, ...] = Field(min_length=1)

    _earlier: tuple["Schedule", ...] = PrivateAttr(())

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        faults = [*self._dangling_clauses(), *self._dangling_readings(), *self._unknown_words()]
        start, end = self.in_force_from, self.in_force_until
        if start and end and end < start:
            faults.append(f"in_force_until {end} is before in_force_from {start}")
        if start and self.issued and start.year < self.issued.year:
            faults.append(f"in_force_from {start} is in a year before issued {self.issued}")
        if faults:
            raise ValueError("; ".join(faults))
        return self

    @cached_property
    def terms(self) -> Terms:
        """The field's words and the document's own."""
        return terms().with_words(self.words)

    @property
    def name(self) -> str:
        """The short name: the folder of its documents, such as ``jilin-city``."""
        return self.id.split("/")[-2] if "/" in self.id else self.id

    @property
    def earlier(self) -> tuple["Schedule", ...]:
        """The documents of the same name before this one, where it was loaded by that name."""
        return self._earlier

    def after(self, earlier: tuple["Schedule", ...]) -> "Schedule":
        """This document as the last of a row of documents, each for its own years."""
        later = self.model_copy()
        later._earlier = earlier
        return later

    def for_year(self, year: int) -> "Schedule | None":
        """The document in force for results of *year*, the latest if several; None if none is."""
        return next((each for each in (self, *reversed(self._earlier)) if each.covers(year)), None)

    def covers(self, year: int) -> bool:
        """Whether the document is in force on some day of *year*; an undated one always is."""
        start = self.in_force_from.year if self.in_force_from else year
        until = self.in_force_until.year if self.in_force_until else year
        return start <= year <= until

    def choose(self, readings: Mapping[str, str]) -> dict[str, str]:
        """Every reading with the option taken; OptionError for one that is not offered."""
        faults = [*self._unknown_readings(readings)]
        if faults:
            raise OptionError(faults)
        return {name: readings.get(name, each.default) for name, each in self.readings.items()}

    def steps_under(self, chosen: Mapping[str, str]) -> tuple[AnyStep, ...]:
        """The steps that hold under the readings *chosen*, in order."""
        return tuple(
            step
            for step in self.steps
            if all(chosen[name] == option for name, option in step.under.items())
        )

    def ruling(self, question: str) -> Ruling | None:
        """The step that asks *question*."""
        rulings = (step for step in self.steps if isinstance(step, Ruling))
        return next((step for step in rulings if step.question == question), None)

    def reads(self) -> frozenset[str]:
        """The columns that the steps read, in conditions and keys too."""
        return frozenset().union(
            *(
                step.reads() | set(step.group_keys) | (step.when.columns() if step.when else set())
                for step in self.steps
            )
        )

    def _unknown_readings(self, readings: Mapping[str, str]) -> Iterator[Problem]:
        for name, option in readings.items():
            if name not in self.readings:
                known = ", ".join(self.readings) or "-"
                yield problem("unknown-reading", found=name, schedule=self.id, known=known)
            elif option not in self.readings[name].options:
                known = ", ".join(self.readings[name].options)
                yield problem("unknown-option", found=option, reading=name, known=known)

    def _dangling_clauses(self) -> Iterator[str]:
        cited = {f"readings.{name}": each.clause for name, each in self.readings.items()}
        if self.approval:
            cited["approval"] = self.approval.clause
        for number, step in enumerate(self.steps, 1):
            cited |= {f"step {number} ({step.do}), {c}": c for c in step.clauses()}
        for where, clause in cited.items():
            if clause not in self.clauses:
                yield f"{where}: no clause {clause}; there are {', '.join(self.clauses)}"

    def _dangling_readings(self) -> Iterator[str]:
        for number, step in enumerate(self.steps, 1):
            for name, option in step.under.items():
                if name not in self.readings:
                    yield f"step {number} ({step.do}): no reading {name}"
                elif option not in self.readings[name].options:
                    yield f"step {number} ({step.do}): reading {name} has no option {option}"

    def _unknown_words(self) -> Iterator[str]:
        for number, step in enumerate(self.steps, 1):
            pairs = [*step.words(), *(_words_of(step.when) if step.when else ())]
            for column, word in pairs:
                if column in KINDS and word not in self.terms.words[column]:
                    near = self.terms.canonical(column, str(word))
                    hint = f"; write {near}" if near else ""
                    yield f"step {number} ({step.do}): no {column} is called {word}{hint}"


def _words_of(condition: Condition) -> Iterator[tuple[str, Scalar]]:
    for column, match in condition.tests.items():
        yield from ((column, value) for value in match.values())
    for each in (*condition.any_, *((condition.not_,) if condition.not_ else ())):
        yield from _words_of(each)


@dataclass(frozen=True, slots=True)
class Taken:
    """A reading that an outcome rests on: the option taken, and whether the user switched it."""

    name: str
    option: str
    switched: bool
    reading: Reading


def parse(text: str, file: str) -> Schedule:
    """The schedule in the TOML *text* of *file*; ScheduleError with every fault found."""
    try:
        tables = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise ScheduleError(problem("bad-toml", Place(file), fault=error)) from error
    try:
        return Schedule.model_validate(tables)
    except ValidationError as error:
        raise ScheduleError([_fault(file, each) for each in error.errors()]) from error


def read(path: Path) -> Schedule:
    """The schedule in the file *path*; ScheduleError if it is broken or not there."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ScheduleError(problem("no-file", Place(str(path)), fault=error)) from error
    return parse(text, str(path))


def _fault(file: str, error: Any) -> Problem:
    key = ".".join(str(part) for part in error["loc"]) or "-"
    fault = str(error["msg"]).removeprefix("Value error, ")
    return problem("bad-schedule", Place(file), key=key, fault=fault)
