"""The effects of a step as numbers, and what they do to the states of lines."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field

import numpy as np

from awards.batch.arrays import Codes, Ints
from awards.batch.distinct import Coded, distinct
from awards.batch.encoding import identity
from awards.batch.table import NONE, States
from awards.payouts import Entry
from awards.records import Columns
from awards.steps import Effect, Note
from awards.steps.base import NOTHING, Step


@dataclass
class Effects:
    """The distinct effects of a step, each with its number; 0 is none."""

    known: list[Effect] = field(default_factory=lambda: [NOTHING])
    numbers: dict[Hashable, int] = field(default_factory=dict)

    def number(self, effect: Effect) -> int:
        """The number of *effect*; whom it is decided by does not count."""
        if effect is NOTHING:
            return 0
        number = self.numbers.setdefault(_identity(effect), len(self.known))
        if number == len(self.known):
            self.known.append(effect)
        return number

    @property
    def adding(self) -> Ints:
        """For each effect how many lines it adds."""
        return np.array([len(effect.more) for effect in self.known])


def _identity(effect: Effect) -> Hashable:
    note = effect.note
    if not effect.set and not effect.more and (note is None or not note.values):
        return (note and note.key, effect.end, effect.clause)  # most have no more to tell
    noted = (note.key, *_pairs(note.values)) if note else None
    more = tuple((each.by, _identity(each)) for each in effect.more)
    return (noted, _pairs(effect.set), effect.end, effect.clause, more)


def _pairs(values: Columns) -> tuple[Hashable, ...]:
    return tuple((name, identity(value)) for name, value in values.items())


def apply(step: Step, states: States, numbers: Ints, effects: Effects) -> None:
    """Carry out on each state the effect of its number: columns, end, clause, trace."""
    known = effects.known
    if len(known) == 1:
        return
    for name in dict.fromkeys(name for effect in known for name in effect.set):
        states.column(name)
        codes = [_code(states, name, effect) for effect in known]
        _write(states.columns[name], np.array(codes, np.int32), numbers)
    ended = [states.ends.code(each.end) if each.end else -1 for each in known]
    clauses = [
        states.clauses.code(each.clause or step.clause) if each.end else -1 for each in known
    ]
    _write(states.end, np.array(ended, np.int32), numbers)
    _write(states.clause, np.array(clauses, np.int32), numbers)
    if "amount" in states.columns:
        gone = np.array([NONE if each.end else -1 for each in known], np.int32)
        _write(states.columns["amount"], gone, numbers)
    _note(step, states, numbers, known)


def _code(states: States, name: str, effect: Effect) -> int:
    return states.words[name].code(effect.set[name]) if name in effect.set else -1


def _write(codes: Codes, new: Codes, numbers: Ints) -> None:
    """Write into *codes* what is *new* for the effect of each state; -1 leaves it."""
    if (new >= 0).any():
        told = new[numbers]
        np.copyto(codes, told, where=told >= 0)


def _note(step: Step, states: States, numbers: Ints, known: Sequence[Effect]) -> None:
    """Lengthen the traces of the states by what each effect notes."""
    noted = np.array([each.note is not None for each in known], np.bool_)
    there = np.flatnonzero(noted[numbers])
    if not len(there):
        return
    amount = states.codes("amount")[there]
    columns: list[Coded] = [
        (states.trace[there].astype(np.int64), int(states.trace.max()) + 1),
        (numbers[there], len(known)),
        (amount, states.size("amount")),
    ]
    case, first = distinct(columns, len(there))
    made = []
    for state in there[first].tolist():
        effect = known[numbers[state]]
        assert isinstance(effect.note, Note)  # those without one were left out
        value = states.value("amount", state)
        after = value if isinstance(value, int) and not effect.end else None
        entry = Entry(step.do, effect.clause or step.clause, effect.note, after)
        made.append(states.traces.longer(int(states.trace[state]), entry))
    states.trace[there] = np.array(made, np.int32)[case]
