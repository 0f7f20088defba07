"""The shape of a schedule file, and what makes one contradict itself.

A schedule is one issued document as data: where it comes from, the clauses it rests on, the
readings taken where the text can be read two ways, and the steps that work out an award.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, PrivateAttr, WithJsonSchema, model_validator

from awards.conditions import Model, Scalar, Text
from awards.context import Rates
from awards.problems import OptionError, Problem, problem
from awards.rules import Qualitative, Rule
from awards.steps import AnyStep, Recode, Ruling
from awards.terms import Kind, Terms, Word, terms
from awards.vocabulary import Named, Vocabulary, vocabulary


class Clause(Model):
    """A clause of the document: its number there, and what it says, in our own words."""

    number: str
    """Its number in the document, such as `二(七)第1句`."""
    says: Text
    """What it says, in your own words, figures included."""


class Reading(Model):
    """A point that the text leaves open: the question, the reading taken, the others, and why."""

    question: Text
    """What is not clear."""
    clause: str
    """The clause that leaves it open."""
    default: str
    """The option taken unless the user switches it."""
    options: Mapping[str, Text] = Field(min_length=2)
    """Each possible reading by name; a name is what `under` and `--reading` say."""
    why: Text
    """Why the default was chosen."""

    @model_validator(mode="after")
    def _default_is_an_option(self) -> Self:
        if self.default not in self.options:
            raise ValueError(f"default {self.default} is not one of {', '.join(self.options)}")
        return self


class Approval(Model):
    """Who has to approve the awards before they are paid."""

    by: Text
    """The body that approves."""
    clause: str
    """The clause that says so."""


class Column(Model):
    """A column that the document speaks of: its name in print, its meaning, the names of its words.

    ``blank`` is what a blank counts as; without it a blank that matters is a problem. ``holds``
    says that its text is a date, a number, or yes or no; ``shown`` puts it on the outcome,
    as a label.
    """

    name: Text
    """Its name in print."""
    says: Text
    """What it holds, for whoever fills in a roster."""
    blank: Scalar | None = None
    """What a blank counts as; without it a blank that a rule asks for is a problem."""
    holds: Literal["text", "date", "number", "yes_or_no"] = "text"
    """How its text is read: as it is, as a date or number (1,200), as true (是) or false (否)."""
    shown: bool = False
    """Whether its value stands beside the award, as a label such as a title or a fund."""
    values: Mapping[str, Text] = Field(default_factory=dict)
    """The names in print of values that you made up yourself."""


def _several(given: Any) -> Any:
    """One name stands for a list of one."""
    return (given,) if isinstance(given, str) else given


MERGED = ("values", "changed_by")
"""The keys of a rule that a copy has beside its own of the same key."""


def _like(rules: Any) -> dict[str, Any]:
    """The rules, each that is ``like`` an earlier one as a copy with its own keys over it.

    Of ``values`` and ``changed_by``, those of the same name.
    """
    if not isinstance(rules, Mapping):
        return {}
    whole: dict[str, Any] = {}
    for name, rule in rules.items():
        base = whole.get(str(rule.get("like"))) if isinstance(rule, Mapping) else None
        if base:
            own = {key: value for key, value in rule.items() if key != "like"}
            merged = {key: {**base[key], **own.get(key, {})} for key in MERGED if key in base}
            whole[name] = {**base, **own, **merged}
        else:
            whole[name] = rule
    return {"rules": whole}


def _rated(given: Mapping[str, Any]) -> dict[str, Any]:
    """The steps, each that names ``rates`` with the crosstab of that name.

    A ``rate`` takes the whole of it, a ``scale`` the factor ``at`` one cell.
    """
    rates, steps = given.get("rates"), given.get("steps")
    if not isinstance(rates, Mapping) or not isinstance(steps, list | tuple):
        return {}
    whole: list[Any] = []
    for step in steps:
        known = rates.get(step.get("rates")) if isinstance(step, Mapping) else None
        if not isinstance(known, Mapping):
            whole.append(step)
            continue
        own = {k: v for k, v in step.items() if k not in ("rates", "at")}
        cell = _cell(known.get("factors"), step.get("at"))
        taken = {"clause": known.get("clause"), "times": cell} if "at" in step else known
        whole.append({**own, **taken})
    return {"steps": whole}


def _cell(entries: Any, keys: Any) -> Any:
    """The entry at *keys* of nested *entries*; None where there is none."""
    for key in keys or ():
        entries = entries.get(key) if isinstance(entries, Mapping) else None
    return entries


class Schedule(Model):
    """One issued document as data. Amounts in the file are yuan, in memory whole fen."""

    id: str
    """Its path under `schedules/` without `.toml`."""
    cases: Annotated[
        tuple[str, ...],
        BeforeValidator(_several),
        WithJsonSchema(
            {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
        ),
    ] = ()
    """The `id` in the file of its worked cases; a list where there are several files."""
    title: Text
    """The title of the document."""
    number: str | None = None
    """The number of the document (文号), where it has one."""
    issuer: Text
    """Who issued it."""
    issued: date | None = None
    """The day of issue (印发)."""
    in_force_from: date | None = None
    """The first day it is in force (施行); its whole year counts."""
    in_force_until: date | None = None
    """The last day it is in force (废止); its whole year counts."""
    supersedes: tuple[str, ...] = ()
    """The ids of the documents that it replaces."""
    checked_on: date
    """The day somebody last compared this file with the document."""
    source: str | None = None
    """Where the text can be read."""
    approval: Approval | None = None
    """Who has to approve the awards; due awards are then `pending_approval`."""
    clauses: Mapping[str, Clause] = Field(min_length=1)
    """The clauses it rests on, by a name of your choice."""
    readings: Mapping[str, Reading] = Field(default_factory=dict)
    """The points that the text leaves open, by a name of your choice."""
    columns: Mapping[str, Column] = Field(default_factory=dict)
    """The columns that the document speaks of beside the built-in ones, or settles a blank of."""
    needs: tuple[str, ...] = ()
    """Columns that no row may leave blank, whatever it comes to."""
    words: Mapping[Kind, Mapping[str, Word]] = Field(default_factory=dict)
    """Words of its own, such as `words.prize.star`: ranked last, or `above` another."""
    steps: tuple[AnyStep, ...] = ()
    """The steps that work out an award, in order."""
    rates: Mapping[str, Rates] = Field(default_factory=dict)
    """Crosstabs of figures that funding rules look up by name."""
    rules: Mapping[str, Rule] = Field(default_factory=dict)
    """The computable funding rules, by name."""
    qualitative: Mapping[str, Qualitative] = Field(default_factory=dict)
    """What the document says besides that cannot be computed."""

    _earlier: tuple["Schedule", ...] = PrivateAttr(())
    _read: dict[tuple[tuple[str, str], ...], tuple[Mapping[str, Rule], Mapping[str, Rule]]] = (
        PrivateAttr(default_factory=dict)
    )

    @model_validator(mode="before")
    @classmethod
    def _copies(cls, given: Any) -> Any:
        """What a file says once and uses twice: rules ``like`` another, steps that name rates."""
        if not isinstance(given, Mapping):
            return given
        return {**given, **_like(given.get("rules")), **_rated(given)}

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.steps and not self.rules:
            raise ValueError("a schedule has steps, or rules, or both")
        return self

    @cached_property
    def terms(self) -> Terms:
        """The field's words and the document's own."""
        return terms().with_words(self.words)

    def rules_under(self, chosen: Mapping[str, str]) -> Mapping[str, Rule]:
        """The funding rules that hold under the readings *chosen*, as they read under them."""
        key = tuple(chosen.items())
        known = self._read.get(key)
        if known is None or known[0] is not self.rules:  # a copy of it has rules of its own
            read = {name: rule.read(chosen) for name, rule in self.rules.items()}
            known = (self.rules, {name: rule for name, rule in read.items() if rule is not None})
            self._read[key] = known
        return known[1]

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words of figures, with the columns that the document declares."""
        return self.vocabulary_over(vocabulary())

    def vocabulary_over(self, words: Vocabulary) -> Vocabulary:
        """*words* with the columns that the document declares, and the names of their words."""
        columns = {
            name: Named(Word(each.name.zh, each.name.en), each.holds)
            for name, each in self.columns.items()
        }
        own = {
            name: {value: Word(text.zh, text.en) for value, text in each.values.items()}
            for name, each in self.columns.items()
            if each.values
        }
        return words.with_columns(columns, own)

    @cached_property
    def headings(self) -> Mapping[str, str]:
        """The columns that a roster may fill, by key and names in print in comparison form."""
        return {
            self.terms.plain(heading): key
            for key, column in self.columns.items()
            if key in self.inputs
            for heading in (column.name.zh, column.name.en, key)
        }

    @cached_property
    def inputs(self) -> frozenset[str]:
        """The columns that a roster may fill: read before a step has set them, or never set."""
        read: set[str] = set()
        written: set[str] = set()
        for step in self.steps:
            reads = step.sources() if isinstance(step, Recode) else step.reads()
            tested = step.when.columns() if step.when else frozenset()
            read |= (reads | tested | set(step.group_keys)) - written
            written |= step.sets()
        return frozenset(read | (set(self.columns) - written))

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


@dataclass(frozen=True, slots=True)
class Taken:
    """A reading that an outcome rests on: the option taken, and whether the user switched it."""

    name: str
    option: str
    switched: bool
    reading: Reading
