"""Lines and their states: what rows have in common on their way through the steps.

A line is a row, or what a step added to one. What may influence a step stands in the line's
*state*; lines with equal states share one, so there are few. A column of which steps see only
whether it is blank, or which rows agree in it (a name, a school), stays with the rows: in the
state it is :data:`OWN`.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from awards.batch.arrays import Bools, Codes, Ints
from awards.batch.distinct import Coded, Groups, groups
from awards.batch.encoding import Encoded, Taken, identity
from awards.payouts import Entry
from awards.records import Unread, Value, is_blank
from awards.steps import End

NONE, OWN_CODE, UNREAD = 0, 1, 2
"""The codes that a column has whose values stay with the rows."""
STAYS = -1


class Own(str):
    """In a state: the row has a value of its own, whatever it is."""


OWN = Own("·")


class Words:
    """The values that a column of the states can have, each with its code; 0 is None."""

    def __init__(self, values: Iterable[Hashable] = ()) -> None:
        self.values: list[Hashable] = [None]
        self._codes: dict[Hashable, int] = {identity(None): NONE}
        for value in values:
            self.code(value)

    def code(self, value: Hashable) -> int:
        """The code of *value*, a new one if it is new."""
        code = self._codes.setdefault(identity(value), len(self.values))
        if code == len(self.values):
            self.values.append(value)
        return code

    def __len__(self) -> int:
        return len(self.values)

    def copy(self) -> "Words":
        """The same values with the same codes, to be added to apart."""
        copied = Words()
        copied.values, copied._codes = self.values.copy(), self._codes.copy()
        return copied


class Traces:
    """Traces as codes: each is an earlier one and one entry more; 0 is empty."""

    def __init__(self) -> None:
        self._nodes: list[tuple[int, Entry] | None] = [None]

    def __len__(self) -> int:
        return len(self._nodes)

    def copy(self) -> "Traces":
        """The same traces with the same codes, to be added to apart."""
        copied = Traces()
        copied._nodes = self._nodes.copy()
        return copied

    def longer(self, before: int, entry: Entry) -> int:
        """The code of the trace *before* with *entry* behind it."""
        self._nodes.append((before, entry))
        return len(self._nodes) - 1

    def entries(self, code: int) -> tuple[Entry, ...]:
        """The entries of a trace in order."""
        found: list[Entry] = []
        while (node := self._nodes[code]) is not None:
            code = node[0]
            found.append(node[1])
        return tuple(reversed(found))


@dataclass
class States:
    """The states of lines: for each column the code of its value; end, clause and trace."""

    columns: dict[str, Codes]
    words: dict[str, Words]
    ends: Words
    clauses: Words
    traces: Traces
    end: Codes
    clause: Codes
    trace: Codes
    paid: Bools
    """Whether the line is an earlier payment."""
    written: dict[str, int] = field(default_factory=dict)
    """How often each column has been written into."""

    def __len__(self) -> int:
        return len(self.end)

    def codes(self, name: str) -> Codes:
        """The codes of the column *name*; none where there is no such column."""
        if name not in self.columns:
            return np.zeros(len(self), np.int32)
        return self.columns[name]

    def size(self, name: str) -> int:
        """A bound for the codes of the column *name*."""
        return len(self.words[name]) if name in self.words else 1

    def value(self, name: str, state: int) -> Value:
        """What the column *name* holds in *state*."""
        if name not in self.columns:
            return None
        held: Value = self.words[name].values[self.columns[name][state]]
        return held

    def values(self, state: int, names: Iterable[str] | None = None) -> dict[str, Value]:
        """The columns of *state* that are filled, or those *names*."""
        if names is not None:
            return {name: self.value(name, state) for name in names}
        said = {name: self.value(name, state) for name in self.columns}
        return {name: value for name, value in said.items() if value is not None}

    def put(self, name: str, states: Ints | Bools, value: Value) -> None:
        """Write *value* into the column *name* of *states*."""
        codes = self.column(name)
        codes[states] = self.words[name].code(value)

    def column(self, name: str) -> Codes:
        """The codes of the column *name* to write into; it is made where there is none."""
        self.written[name] = self.written.get(name, 0) + 1
        if name not in self.columns:
            self.words.setdefault(name, Words())
            self.columns[name] = np.zeros(len(self), np.int32)
        return self.columns[name]

    def is_blank(self, name: str) -> Bools:
        """For each state whether the column *name* is blank."""
        held = self.words[name].values if name in self.words else [None]
        blank = np.array([is_blank(value) for value in held], np.bool_)  # type: ignore[arg-type]
        return blank[self.codes(name)]

    def amounts(self) -> tuple[Ints, Bools]:
        """The amount of each state in hundredths, 0 where there is none; and where there is one."""
        held = self.words["amount"].values if "amount" in self.words else [None]
        known = np.array([isinstance(value, int) for value in held], np.bool_)
        money = np.array([value if isinstance(value, int) else 0 for value in held], np.int64)
        codes = self.codes("amount")
        return money[codes], known[codes]

    def ended(self, *statuses: str) -> Bools:
        """Which states have an end of one of the *statuses*."""
        held = [isinstance(end, End) and end.status in statuses for end in self.ends.values]
        return np.array(held, np.bool_)[self.end]

    def picked(self, states: Ints) -> "States":
        """A copy of *states*, in that order."""
        return States(
            {name: codes[states] for name, codes in self.columns.items()},
            self.words,
            self.ends,
            self.clauses,
            self.traces,
            self.end[states],
            self.clause[states],
            self.trace[states],
            self.paid[states],
            self.written,
        )

    def apart(self, states: Ints) -> "States":
        """A copy of *states*, in that order, to go on apart."""
        return replace(
            self.picked(states),
            words={name: words.copy() for name, words in self.words.items()},
            ends=self.ends.copy(),
            clauses=self.clauses.copy(),
            traces=self.traces.copy(),
            written=self.written.copy(),
        )

    def add(self, more: "States") -> None:
        """Append the states *more*, which share the words."""
        for name in more.columns:
            self.column(name)
        self.columns = {
            name: np.concatenate((codes, more.codes(name))) for name, codes in self.columns.items()
        }
        self.end = np.concatenate((self.end, more.end))
        self.clause = np.concatenate((self.clause, more.clause))
        self.trace = np.concatenate((self.trace, more.trace))
        self.paid = np.concatenate((self.paid, more.paid))


@dataclass
class Lines:
    """Lines in order: the state of each, and the line that decided it (or -1).

    ``own`` holds the columns that stay with the rows. There is a line for each row, and then those
    that steps added: ``beside`` has the row of each of these.
    """

    state: Ints
    by: Ints
    states: States
    own: Mapping[str, Encoded]
    beside: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    _keys: dict[str, tuple[object, Coded]] = field(default_factory=dict)
    _groups: dict[tuple[str, ...], tuple[object, Groups]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.state)

    @property
    def row(self) -> Ints:
        """The row that each line belongs to."""
        return np.append(np.arange(len(self) - len(self.beside)), self.beside)

    def row_of(self, line: int) -> int:
        """The row that *line* belongs to."""
        own = len(self) - len(self.beside)
        return line if line < own else int(self.beside[line - own])

    def some(self, places: Ints) -> "Lines":
        """The lines of the rows at *places*, which go on apart from the others."""
        state = self.state[places]
        there = np.zeros(len(self.states), np.bool_)
        there[state] = True
        kept = np.flatnonzero(there)
        if len(kept) < len(there):
            state = (np.cumsum(there) - 1)[state]
        own, nobody = Taken(self.own, places), np.full(len(places), -1, np.int64)
        return Lines(state, nobody, self.states.apart(kept), own)

    def grouped(self, names: tuple[str, ...]) -> Groups:
        """All lines by equal keys; sorted once, until a step writes into one of the columns."""
        version = tuple(self._version(name) for name in names)
        if names not in self._groups or self._groups[names][0] != version:
            found = groups([self.key(name) for name in names], len(self))
            self._groups[names] = (version, found)
        return self._groups[names][1]

    def forget(self) -> None:
        """Give up what is kept for the next step."""
        self._keys.clear()
        self._groups.clear()

    def key(self, name: str) -> Coded:
        """For each line a code of what it has in the column *name*, and a bound for the codes.

        Lines that agree have the same code; 0 is a blank.
        """
        version = self._version(name)
        if name not in self._keys or self._keys[name][0] != version:
            self._keys[name] = (version, self._key(name))
        return self._keys[name][1]

    def _version(self, name: str) -> tuple[int, int]:
        return self.states.written.get(name, 0), len(self)

    def _key(self, name: str) -> Coded:
        words, codes = self.states.words.get(name, Words()), self.states.codes(name)
        if name not in self.own:
            same = _same(words.values)
            return same[codes][self.state], len(words)
        own = self.own[name]
        mine = own.codes + np.int32(1)
        if len(self) > len(mine):
            mine = mine[self.row]
        stays = len(words) > OWN_CODE and isinstance(words.values[OWN_CODE], Own)
        if stays and bool((codes == OWN_CODE).all()):
            return mine, len(own.held) + 1
        table, bound = _among(words.values, own)
        told = table[codes][self.state]
        return np.where(told == STAYS, mine, told).astype(np.int32), bound

    def value(self, name: str, line: int) -> Value:
        """What *line* has in the column *name*."""
        state = int(self.state[line])
        value = self.states.value(name, state)
        stays = isinstance(value, Own | Unread) or name not in self.states.columns
        if stays and name in self.own:
            return self.own[name].value(self.row_of(line))  # type: ignore[return-value]
        return value


def _same(values: Sequence[Hashable]) -> Ints:
    """For each code the first whose value equals its own; 0 for a blank."""
    first: dict[Hashable, int] = {}
    return np.array(
        [0 if is_blank(v) else first.setdefault(v, code) for code, v in enumerate(values)],  # type: ignore[arg-type]
        np.int64,
    )


def _among(values: Sequence[Hashable], own: Encoded) -> tuple[Ints, int]:
    """For each value of a state its code among the rows' *own*; -1 stands for the own one."""
    table = np.zeros(len(values), np.int64)
    bound = len(own.held) + 1
    known: dict[Hashable, int] = {}
    if len(values) > UNREAD + 1:
        known = {value: code + 1 for code, value in enumerate(own.values)}
    for code, value in enumerate(values):
        if isinstance(value, Own):
            table[code] = STAYS
        elif not is_blank(value):  # type: ignore[arg-type]
            table[code] = known.setdefault(value, bound)
            bound = max(bound, int(table[code]) + 1)
    return table, bound
