"""What a large run came to, as a frame: the awards of the rows in order, then derived ones."""

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from awards import explain
from awards.assessment import Settled, settled
from awards.batch.distinct import Coded, distinct
from awards.batch.encoding import Bools, Codes, Ints, identity
from awards.batch.runner import Part, Run
from awards.batch.table import Own, Words
from awards.payouts import STATUSES, Entry
from awards.records import Unread
from awards.schedule import Schedule
from awards.steps import End
from awards.words import Lang

NOT_KNOWN = -1
STAYS = -2
"""The payee is the one of the row."""


@dataclass(frozen=True)
class Came:
    """What the lines of one part came to, by state; and where each line stands in the frame."""

    part: Part
    document: Schedule
    settled: tuple[Settled, ...]
    of_state: Ints
    places: Ints
    kept: Ints
    """The lines that are awards: results and derived ones, not earlier payments."""

    def of(self, ask: Callable[[Settled], Hashable], words: Words) -> Codes:
        """For each kept line the code among *words* of what *ask* says of its outcome."""
        codes = np.array([words.code(ask(each)) for each in self.settled], np.int32)
        return codes[self.of_state][self.part.lines.state[self.kept]]


def frame_of(run: Run, lang: Lang = "zh", index: "pd.Index[int] | None" = None) -> pd.DataFrame:
    """The awards of *run*, one a row, as :func:`awards.batch.assess_frame` says."""
    parts = list(came(run))
    size = run.count + sum(len(each.part.lines) - len(each.part.rows) for each in parts)
    frame: dict[str, object] = {}
    amounts, known = _amounts(parts, size)
    frame["amount_fen"] = pd.arrays.IntegerArray(amounts, ~known)
    for name, ask in _ASKED.items():
        words = Words(STATUSES) if name == "status" else Words()
        codes_ = [each.of(ask, words) for each in parts]
        frame[name] = _categorical(parts, size, words, codes_)
    frame["superseded_by"] = _superseded(parts, size)
    for name in ("unit", "payee_kind", "role", "level", "prize", "year", "schedule"):
        words = Words()
        frame[name] = _categorical(
            parts, size, words, [_column(each, name, words) for each in parts]
        )
    frame["payee"], frame["payee_id"] = _payees(parts, size)
    words = Words()
    frame["trace"] = _categorical(
        parts, size, words, [_traces(each, words, lang) for each in parts]
    )
    derived = np.arange(size) >= run.count
    frame["derived"] = derived
    if index is None:
        index = pd.RangeIndex(run.count)
    if size > run.count:
        row = np.empty(size, np.int64)
        row[: run.count] = np.arange(run.count)
        for each in parts:
            row[each.places] = each.part.rows[each.part.lines.row[each.kept]]
        index = index.take(row)
    return pd.DataFrame(frame, index=index, copy=False)


_ASKED: dict[str, Callable[[Settled], Hashable]] = {
    "status": lambda each: each.status,
    "reason": lambda each: each.reason,
    "question": lambda each: each.question,
    "clause": lambda each: each.clause,
}


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
        own = len(part.rows)
        derived = len(lines) - own
        places = np.append(part.rows, np.arange(after, after + derived))
        after += derived
        kept = np.flatnonzero(np.append(part.rows < run.count, np.ones(derived, np.bool_)))
        yield Came(part, document, told, of_state, places[kept], kept)


def _settled(part: Part, document: Schedule, state: int) -> Settled:
    states = part.lines.states
    end = states.ends.values[states.end[state]]
    clause = states.clauses.values[states.clause[state]]
    trace = states.traces.entries(int(states.trace[state]))
    assert end is None or isinstance(end, End)  # ends hold nothing else
    told = None if clause is None else str(clause)
    return settled({"amount": states.value("amount", state)}, end, told, trace, document)


def _amounts(came: list[Came], size: int) -> tuple[Ints, Bools]:
    """The hundredths of each award, and where they are known."""
    amounts, known = np.zeros(size, np.int64), np.zeros(size, np.bool_)
    for each in came:
        held = [e.amount for e in each.settled]
        of_line = each.of_state[each.part.lines.state[each.kept]]
        amounts[each.places] = np.array([amount or 0 for amount in held], np.int64)[of_line]
        known[each.places] = np.array([amount is not None for amount in held], np.bool_)[of_line]
    return amounts, known


def _categorical(came: list[Came], size: int, words: Words, found: list[Codes]) -> pd.Categorical:
    """A column of which each line has one of a few *words*, by the codes *found* for each part."""
    codes = np.zeros(size, np.min_scalar_type(-len(words)))
    for each, told in zip(came, found, strict=True):
        codes[each.places] = told
    held = pd.Index(words.values[1:], dtype=object)
    return pd.Categorical.from_codes(codes - 1, categories=held)


def _column(came: Came, name: str, words: Words) -> Codes:
    """A column of the states, as the award has it."""
    states = came.part.lines.states
    name = {"payee_kind": "kind"}.get(name, name)
    if name == "schedule" and came.part.document is None:
        return np.zeros(len(came.kept), np.int32)
    held = states.words[name].values if name in states.words else [None]
    kind = {"unit": "yuan"}.get(name)
    texts = [_printed(name, value) or kind for value in held]
    codes = np.array([words.code(text) for text in texts], np.int32)
    return codes[states.codes(name)][came.part.lines.state[came.kept]]


def _printed(name: str, value: Hashable) -> Hashable:
    return value if value is None or (name == "year" and isinstance(value, int)) else str(value)


def _superseded(came: list[Came], size: int) -> pd.arrays.IntegerArray:
    """For each award that another one ended, the place of that one in the frame."""
    by = np.full(size, NOT_KNOWN, np.int64)
    for each in came:
        lines = each.part.lines
        place = np.full(len(lines), NOT_KNOWN, np.int64)
        place[each.kept] = each.places
        ended = (lines.states.end != 0)[lines.state[each.kept]]
        decided = np.flatnonzero(ended & (lines.by[each.kept] >= 0))
        by[each.places[decided]] = place[lines.by[each.kept[decided]]]
    return pd.arrays.IntegerArray(by, by == NOT_KNOWN)


def _payees(came: list[Came], size: int) -> tuple[pd.Categorical, Ints]:
    """Who each award is for, and a number for each payee: equal ones are one payee."""
    own = came[0].part.lines.own["payee"] if came else None
    held = list(own.values) if own is not None and _has_others(came) else None
    known = {identity(value): code for code, value in enumerate(held or ())}
    codes = np.full(size, NOT_KNOWN, np.int64)
    person = np.full(size, NOT_KNOWN, np.int64)
    kinds, kind = Words(), np.zeros(size, np.int64)
    for each in came:
        lines, states = each.part.lines, each.part.lines.states
        of_line = lines.state[each.kept]
        mine = lines.own["payee"].codes[lines.row[each.kept]].astype(np.int64)
        if held is not None:
            table = _table(each, held, known)
            told = table[states.codes("payee")][of_line]
            mine = np.where(told == STAYS, mine, told)
        codes[each.places] = mine
        kind[each.places] = _column(each, "payee_kind", kinds)
        is_person = (states.codes("part") == 0) & _is_kind(each, "person")
        keys = lines.own["person"].codes[lines.row[each.kept]].astype(np.int64)
        person[each.places] = np.where(is_person[of_line], keys, NOT_KNOWN)
    categories = pd.Index(held if held is not None else own.held if own is not None else [])
    payee = pd.Categorical.from_codes(codes, categories=categories)
    others = np.flatnonzero((person < 0) & (codes >= 0))
    if len(others):
        columns: list[Coded] = [(kind[others], len(kinds)), (codes[others], len(categories))]
        person[others] = person.max(initial=NOT_KNOWN) + 1 + distinct(columns, len(others))[0]
    return payee, person


def _has_others(came: list[Came]) -> bool:
    """Whether some state names a payee, instead of leaving it to its rows."""
    states = [each.part.lines.states for each in came]
    held = [each.words["payee"].values for each in states if "payee" in each.words]
    return any(
        isinstance(value, str) and not isinstance(value, Own | Unread)
        for each in held
        for value in each
    )


def _table(came: Came, held: list[object], known: dict[Hashable, int]) -> Ints:
    """For each payee that a state can have its code among all *held*, which grow."""
    words = came.part.lines.states.words.get("payee", Words())
    table = np.full(len(words), NOT_KNOWN, np.int64)
    for code, value in enumerate(words.values):
        if isinstance(value, Own):
            table[code] = STAYS
        elif value is not None and not isinstance(value, Unread):
            text = str(value)
            number = known.setdefault(identity(text), len(held))
            if number == len(held):
                held.append(text)
            table[code] = number
    return table


def _is_kind(came: Came, kind: str) -> Bools:
    """Which states are about a payee of that *kind*."""
    states = came.part.lines.states
    held = states.words["kind"].values if "kind" in states.words else [None]
    return np.array([value == kind for value in held], np.bool_)[states.codes("kind")]


def _traces(came: Came, words: Words, lang: Lang) -> Codes:
    """The trace of each line in words, one step a line."""
    states, document = came.part.lines.states, came.document
    said: dict[Hashable, str] = {}
    columns: list[Coded] = [
        (states.trace, int(states.trace.max(initial=0)) + 1),
        (states.codes("unit"), len(states.words.get("unit", ()) or (None,))),
    ]
    case, first = distinct(columns, len(states))
    codes = []
    for state in first.tolist():
        unit = str(states.value("unit", state) or "yuan")
        lines = [
            _said(entry, document, unit, lang, said)
            for entry in states.traces.entries(int(states.trace[state]))
        ]
        codes.append(words.code("\n".join(lines) or None))
    return np.array(codes, np.int32)[case][came.part.lines.state[came.kept]]


def _said(
    entry: Entry, document: Schedule, unit: str, lang: Lang, said: dict[Hashable, str]
) -> str:
    """One entry in words: the clause, then what was done; each distinct one is worded once."""
    values = tuple(entry.note.values.items())
    key = (entry.step, entry.clause, entry.note.key, values, entry.amount, unit)
    if key not in said:
        number = document.clauses[entry.clause].number
        said[key] = f"{number} {explain.told(entry, document, unit, lang)}"
    return said[key]
