"""Rows under one document, made ready for its steps: their states, with all that is known.

What the small runner does row by row (``awards.intake``) is done here once for each distinct
state, by the same functions where a rule is involved.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from awards.batch.arrays import Bools, Ints
from awards.batch.distinct import Digits, distinct_digits
from awards.batch.encoding import BLANK, Encoded, constant
from awards.batch.rows import Rows
from awards.batch.table import NONE, OWN, OWN_CODE, UNREAD, Lines, States, Traces, Words
from awards.facts import Facts
from awards.reading import is_given, is_plain_text, key_of, value_of, year_in
from awards.records import Unread, frozen
from awards.schedule import Schedule
from awards.steps import End, Rate, Step

PRINTED = ("role", "level", "prize", "year")
"""What the outcome says of a row as the rules have it."""
MARKED = np.array([0, 1], np.int32)
"""The digits of a mark: a row has it, or not."""
OTHERS = (("team", "team"), ("organisation", "org"), ("school", "org"), ("department", "org"))


@dataclass(frozen=True)
class Read:
    """The columns of rows in the words of one document; ``doubled`` rows say one twice."""

    columns: Mapping[str, Encoded]
    doubled: Bools

    def column(self, name: str) -> Encoded:
        """The column *name*; blank where there is none."""
        return self.columns.get(name) or constant(None, len(self.doubled))


def read(rows: Rows, schedule: Schedule) -> Read:
    """The columns of *rows*, each distinct value read once in the words of *schedule*."""
    columns: dict[str, Encoded] = {}
    filled: dict[str, Bools] = {}
    nothing, doubled = np.zeros(len(rows), np.bool_), np.zeros(len(rows), np.bool_)
    names = [key_of(heading, schedule) for heading in rows.columns]
    for name, stated in zip(names, rows.columns.values(), strict=True):
        there = stated.codes >= 0 if names.count(name) > 1 else nothing
        if name in filled:
            doubled |= filled[name] & there
        if is_given(name):
            said = _in_words(name, stated, schedule)
            if name in columns:
                said = Encoded(
                    np.where(filled[name], BLANK, said.codes).astype(np.int32), said.held
                )
                said = columns[name].over(said)
            columns[name] = said
        filled[name] = filled.get(name, nothing) | there
    if "date" in columns:
        years = columns["date"].read(year_in)  # type: ignore[arg-type]
        columns["year"] = columns["year"].over(years) if "year" in columns else years
    return Read(columns, doubled)


def _in_words(name: str, stated: Encoded, schedule: Schedule) -> Encoded:
    if is_plain_text(name, schedule) and stated.is_text and stated.is_as_written:
        return stated
    return stated.read(lambda value: value_of(name, value, schedule))  # type: ignore[arg-type]


def payees(rows: Rows, said: Read) -> tuple[Encoded, Encoded]:
    """Who each row is about and of which kind: its person, else its team, else an organisation."""
    payee = rows.column("person")
    kind = Encoded(np.where(payee.codes < 0, BLANK, 0).astype(np.int32), ["person"])
    if payee.has_blanks:
        for name, called in OTHERS:
            column = said.column(name)
            text = column.read(str)
            payee = payee.over(text)
            here = np.where(column.codes < 0, BLANK, 0).astype(np.int32)
            kind = kind.over(Encoded(here, [called]))
        kind = kind.over(constant("person", len(rows)))
    return payee, kind


def weighed(document: Schedule, steps: Sequence[Step], facts: Iterable[str]) -> frozenset[str]:
    """The columns whose values may influence the *steps*, or are printed with the outcome."""
    names = {*PRINTED, "part", "kind", "amount", "unit", "earlier", *facts}
    for step in steps:
        names |= step.reads() - step.glances() - step.compares()
        names |= step.when.weighs() if step.when else frozenset()
    return frozenset(names - {"person", "person_id"} | (names & _read_names(steps)))


def _read_names(steps: Sequence[Step]) -> set[str]:
    """The columns of people that a step reads by value."""
    return {
        name
        for step in steps
        for name in ("person", "person_id")
        if name in step.reads() - step.glances() - step.compares()
        or (step.when and name in step.when.weighs())
    }


def glimpsed(document: Schedule, steps: Sequence[Step]) -> frozenset[str]:
    """The columns of which only matters whether they are blank, or which rows agree in them."""
    names = {"person", "payee", *document.needs}
    names |= {name for name, column in document.columns.items() if column.shown}
    for step in steps:
        names |= step.reads() | set(step.group_keys)
        names |= step.when.columns() if step.when else frozenset()
    return frozenset(names)


@dataclass(frozen=True)
class Entrants:
    """Rows that come under one document, with what is known of them before its steps.

    ``ends`` are faults of the row itself, ``doubled`` rows fill one column twice, ``answers`` are
    the columns of the rulings on it, ``amiss`` the fault in one.
    """

    columns: Mapping[str, Encoded]
    ends: Encoded
    doubled: Bools
    answers: Encoded
    amiss: Encoded
    paid: Bools

    def lines(self, weighs: Iterable[str], glances: Iterable[str]) -> tuple[Lines, Ints]:
        """A line for each row, and for each state its first row.

        Rows that agree in all that matters have one state: in the values of the columns *weighs*,
        and in whether there is one in the columns *glances*.
        """
        full = [name for name in dict.fromkeys(weighs) if name in self.columns]
        beside = [n for n in dict.fromkeys(glances) if n in self.columns and n not in full]
        words = {name: Words(self.columns[name].values) for name in full}
        words |= {name: Words((OWN, Unread(""))) for name in beside}
        digits = {n: Digits(self.columns[n].codes, len(words[n])) for n in full}
        classes = {name: _classes(self.columns[name]) for name in beside}
        digits |= {name: each for name, each in classes.items() if each is not None}
        told = [each for each in (self.ends, self.answers, self.amiss) if len(each.held)]
        others = [Digits(each.codes, len(each.held) + 1) for each in told]
        marks = [each for each in (self.doubled, self.paid) if each.any()]
        others += [Digits(each.view(np.int8), 2, MARKED) for each in marks]
        state, first = distinct_digits([*digits.values(), *others], len(self.paid))
        columns = {name: digits[name].at(first) for name in words if name in digits}
        for name in words.keys() - columns:
            columns[name] = np.full(len(first), OWN_CODE, np.int32)
        nothing = np.zeros(len(first), np.int32)
        states = States(
            {name: columns[name] for name in words},
            words,
            Words(self.ends.values),
            Words(),
            Traces(),
            (self.ends.codes[first] + 1).astype(np.int32),
            nothing,
            nothing.copy(),
            self.paid[first],
        )
        nobody = np.broadcast_to(np.int64(-1), len(self.paid))
        return Lines(state, nobody, states, self.columns), first


def _classes(column: Encoded) -> Digits | None:
    """Whether a row has a value, none, or one that cannot be read; None where all have one."""
    if column.is_text and not column.has_blanks:
        return None
    table = np.full(len(column.held) + 1, OWN_CODE, np.int32)
    table[-1] = NONE
    if not column.is_text:
        for code, value in enumerate(column.values):
            table[code] = UNREAD if isinstance(value, Unread) else OWN_CODE
    return Digits(column.codes, UNREAD + 1, table)


def prepare(
    states: States,
    first: Ints,
    who: Entrants,
    document: Schedule,
    named: frozenset[str],
    given: Mapping[str, Any],
    facts: Facts,
) -> None:
    """Write into the *states* what is known of their rows, as the small runner does in order.

    *first* is for each state its first row of those of *who*; *named* are the columns that matter.
    """
    everywhere = np.arange(len(states))
    states.put("schedule", everywhere, document.id)
    for step in document.steps:
        if isinstance(step, Rate) and step.given and step.given in given:
            states.put(f"given.{step.given}", everywhere, frozen(given[step.given]))
    _inform(states, facts, document)
    for name, column in document.columns.items():
        if name in named and column.blank is not None:
            empty = np.flatnonzero(states.codes(name) == NONE)
            states.put(name, empty, column.blank)
    _end(states, who.doubled[first], End("problem", "two-headings"))
    for state in np.flatnonzero((who.answers.codes >= 0)[first] | (who.amiss.codes >= 0)[first]):
        row = int(first[state])
        if isinstance(code := who.amiss.value(row), str):
            _end(states, everywhere == state, End("problem", code))
        for name, value in who.answers.value(row) or ():  # type: ignore[attr-defined]  # pairs
            states.put(name, np.array([state]), value)
    _demand(states, document.needs)


def _inform(states: States, facts: Facts, document: Schedule) -> None:
    """Write what is known of each contest into the states that are about it."""
    if not facts.facts:
        return
    before = [states.values(state) for state in range(len(states))]
    after = [dict(values) for values in before]
    doubtful = facts.give(after, document)
    for state, (old, new) in enumerate(zip(before, after, strict=True)):
        for name, value in new.items():
            if old.get(name) is not value:
                states.put(name, np.array([state]), value)
    for state, code in doubtful.items():
        _end(states, np.arange(len(states)) == state, End("problem", code))


def _end(states: States, where: Bools, end: End) -> None:
    """End the states *where*, unless they have ended."""
    states.end[where & (states.end == NONE)] = states.ends.code(end)


def _demand(states: States, needs: Sequence[str]) -> None:
    """End every state that leaves blank what its document *needs* in each row."""
    if not needs:
        return
    blank = np.array([states.is_blank(name) for name in needs])
    for state in np.flatnonzero(blank.any(axis=0) & ~states.paid & (states.end == NONE)):
        missing = tuple(name for name, is_so in zip(needs, blank[:, state], strict=True) if is_so)
        states.end[state] = states.ends.code(End("problem", "blank", blank=missing))
