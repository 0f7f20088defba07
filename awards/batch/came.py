"""What a large run came to, by state: of each part, and of all parts for each award in order."""

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from awards.assessment import Settled, settled
from awards.batch.arrays import Bools, Codes, Ints
from awards.batch.distinct import Coded, distinct
from awards.batch.runner import Part, Run
from awards.batch.table import Words
from awards.schedule import Schedule
from awards.steps import End


@dataclass(frozen=True)
class Came:
    """What the lines of one part came to, by state; and where each line stands in the frame."""

    part: Part
    document: Schedule
    settled: tuple[Settled, ...]
    of_state: Ints
    places: Ints
    state: Ints
    """The state of each line that is an award."""
    is_award: Bools | None
    """The lines that are awards, results and derived ones, not earlier payments; None for all."""

    @cached_property
    def kept(self) -> Ints:
        """The lines that are awards."""
        if self.is_award is None:
            return np.arange(len(self.places))
        return np.flatnonzero(self.is_award)

    def of(self, ask: Callable[[Settled], Hashable], words: Words) -> Codes:
        """For each state the code among *words* of what *ask* says of its outcome."""
        return np.array([words.code(ask(each)) for each in self.settled], np.int32)[self.of_state]


@dataclass(frozen=True)
class Whole:
    """What all parts came to; for each award in order the number of its state among all parts'.

    ``rows`` are those that the awards belong to; None where each is the award of its own row.
    """

    run: Run
    parts: tuple[Came, ...]
    state: Ints
    rows: Ints | None

    @property
    def size(self) -> int:
        """How many awards there are."""
        return len(self.state)

    def spread(self, told: Iterable[npt.NDArray[Any]], as_type: Any) -> npt.NDArray[Any]:
        """What is *told* of each state of each part, for each award, in the narrow *as_type*."""
        table = np.concatenate([np.zeros(0, as_type), *(e.astype(as_type) for e in told)])
        return table[self.state]

    def categorical(self, words: Words, told: Iterable[Codes], known: int = 0) -> pd.Categorical:
        """A column of which each award has one of a few *words*, by the codes *told* of states.

        Those but the first *known* are put in order: it does not count in which they were met.
        """
        held = words.values[1:]
        later = sorted(
            range(known, len(held)), key=lambda code: (str(type(held[code])), held[code])
        )
        order = [*range(known), *later]
        place = np.empty(len(words), np.min_scalar_type(-len(words)))
        place[[0, *(code + 1 for code in order)]] = np.arange(-1, len(held))
        narrow = self.spread((place[each] for each in told), place.dtype)
        categories = pd.Index([held[code] for code in order], dtype=object)
        return pd.Categorical.from_codes(narrow, categories=categories, validate=False)


def whole(run: Run) -> Whole:
    """What all parts of *run* came to."""
    parts = tuple(came(run))
    state = np.empty(sum(len(each.places) for each in parts), np.int64)
    before = 0
    for each in parts:
        state[each.places] = each.state + before
        before += len(each.part.lines.states)
    if len(state) == len(run.rows) == run.count:
        return Whole(run, parts, state, None)
    rows = np.arange(len(state))
    for each in parts:
        rows[each.places] = each.part.rows[each.part.lines.row[each.kept]]
    return Whole(run, parts, state, rows)


def came(run: Run) -> Iterator[Came]:
    """What each part came to."""
    after = run.count
    for part in run.parts:
        states, lines = part.lines.states, part.lines
        document = part.document or run.schedule
        columns: list[Coded] = [
            (states.codes("amount"), len(states.words.get("amount", ()) or (None,))),
            (states.end, len(states.ends)),
            (states.clause, len(states.clauses)),
            (states.trace, int(states.trace.max(initial=0)) + 1),
        ]
        of_state, first = distinct(columns, len(states))
        told = tuple(_settled(part, document, state) for state in first.tolist())
        derived = len(lines) - len(part.rows)
        places, state, is_award = part.rows, lines.state, None
        if derived:
            places = np.append(places, np.arange(after, after + derived))
            after += derived
        if run.count < len(run.rows):
            is_award = np.append(part.rows < run.count, np.ones(derived, np.bool_))
            places, state = places[is_award], state[is_award]
        yield Came(part, document, told, of_state, places, state, is_award)


def _settled(part: Part, document: Schedule, state: int) -> Settled:
    states = part.lines.states
    end = states.ends.values[states.end[state]]
    clause = states.clauses.values[states.clause[state]]
    trace = states.traces.entries(int(states.trace[state]))
    assert end is None or isinstance(end, End)  # ends hold nothing else
    told = None if clause is None else str(clause)
    return settled({"amount": states.value("amount", state)}, end, told, trace, document)
