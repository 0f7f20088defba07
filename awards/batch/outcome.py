"""What a large run came to, as a frame: the awards of the rows in order, then derived ones."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from awards import explain
from awards.assessment import Settled, settled
from awards.batch.arrays import Bools, Codes, Ints
from awards.batch.distinct import Coded, distinct
from awards.batch.encoding import identity
from awards.batch.runner import Part, Run
from awards.batch.table import NONE, Own, Words
from awards.batch.texts import Texts
from awards.batch.threads import side_by_side
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


def frame_of(run: Run, lang: Lang = "zh", index: "pd.Index[int] | None" = None) -> pd.DataFrame:
    """The awards of *run*, one a row, as :func:`awards.batch.assess_frame` says."""
    all_ = whole(run)
    size = all_.size
    tasks: dict[str, Callable[[], Any]] = {  # the dearest first, for the cores to end together
        "payee": lambda: _payees(all_),
        "superseded_by": lambda: _superseded(all_),
        "trace": lambda: _traced(all_, lang),
        "amount_fen": lambda: _amounts(all_),
        **{name: partial(_asked, all_, name) for name in _ASKED},
        **{name: partial(_columns, all_, name) for name in _STATED},
        "derived": lambda: _derived(all_),
    }
    found = dict(zip(tasks, side_by_side(tasks.values(), size), strict=True))
    found["payee"], found["payee_id"] = found["payee"]
    frame = {name: found[name] for name in _ORDER}
    if index is None:
        index = pd.RangeIndex(run.count)
    if size > run.count and all_.rows is not None:
        index = index.take(all_.rows)
    return pd.DataFrame(frame, index=index, copy=False)


_ASKED: dict[str, Callable[[Settled], Hashable]] = {
    "status": lambda each: each.status,
    "reason": lambda each: each.reason,
    "question": lambda each: each.question,
    "clause": lambda each: each.clause,
}
_STATED = ("unit", "payee_kind", "role", "level", "prize", "year", "schedule")
_ORDER = (
    *("amount_fen", *_ASKED, "superseded_by", *_STATED),
    *("payee", "payee_id", "trace", "derived"),
)


def _asked(all_: Whole, name: str) -> pd.Categorical:
    """A column that says of each award what its outcome is."""
    known = STATUSES if name == "status" else ()
    words = Words(known)
    told = [each.of(_ASKED[name], words) for each in all_.parts]
    return all_.categorical(words, told, len(known))


def _columns(all_: Whole, name: str) -> pd.Categorical:
    """A column that says of each award what its states hold."""
    words = Words()
    return all_.categorical(words, [_column(each, name, words) for each in all_.parts])


def _derived(all_: Whole) -> Bools:
    """Which awards are of lines that steps added."""
    derived = np.zeros(all_.size, np.bool_)
    derived[all_.run.count :] = True
    return derived


def _traced(all_: Whole, lang: Lang) -> pd.Categorical:
    words = Words()
    return all_.categorical(words, [_traces(each, words, lang) for each in all_.parts])


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


def _amounts(all_: Whole) -> pd.arrays.IntegerArray:
    """The hundredths of each award, missing where they are not known."""
    held = [[each.settled[n].amount for n in each.of_state.tolist()] for each in all_.parts]
    money = [np.array([amount or 0 for amount in each], np.int64) for each in held]
    missing = [np.array([amount is None for amount in each], np.bool_) for each in held]
    return pd.arrays.IntegerArray(all_.spread(money, np.int64), all_.spread(missing, np.bool_))


def _column(came: Came, name: str, words: Words) -> Codes:
    """For each state the code of a column, as the award has it."""
    states = came.part.lines.states
    name = {"payee_kind": "kind"}.get(name, name)
    if name == "schedule" and came.part.document is None:
        return np.zeros(len(states), np.int32)
    held = states.words[name].values if name in states.words else [None]
    kind = {"unit": "yuan"}.get(name)
    texts = [_printed(name, value) or kind for value in held]
    codes = np.array([words.code(text) for text in texts], np.int32)
    return codes[states.codes(name)]


def _printed(name: str, value: Hashable) -> Hashable:
    return value if value is None or (name == "year" and isinstance(value, int)) else str(value)


def _superseded(all_: Whole) -> pd.arrays.IntegerArray:
    """For each award that another one ended, the place of that one in the frame."""
    by, is_missing = np.zeros(all_.size, np.int64), np.ones(all_.size, np.bool_)
    for each in all_.parts:
        lines, place = each.part.lines, each.places
        if each.is_award is not None:
            place = np.full(len(lines), NOT_KNOWN, np.int64)
            place[each.kept] = each.places
        decided = np.flatnonzero(lines.by >= 0)
        ended = (lines.states.end != NONE)[lines.state[decided]]
        ended &= (place[decided] != NOT_KNOWN) & (place[lines.by[decided]] != NOT_KNOWN)
        decided = decided[ended]
        by[place[decided]] = place[lines.by[decided]]
        is_missing[place[decided]] = False
    return pd.arrays.IntegerArray(by, is_missing)


def _payees(all_: Whole) -> tuple[pd.Categorical, Ints]:
    """Who each award is for, and a number for each payee: equal ones are one payee."""
    parts, own = all_.parts, all_.run.payee
    held = list(own.values) if _has_others(parts) else None
    codes, person = np.ascontiguousarray(own.codes), all_.run.who.keys.codes
    if all_.rows is not None:
        codes, person = codes[all_.rows], person[all_.rows]
    if held is not None:
        known = {identity(value): code for code, value in enumerate(held)}
        states = [(each, each.part.lines.states.codes("payee")) for each in parts]
        told = all_.spread([_table(each, held, known)[mine] for each, mine in states], np.int32)
        codes = np.where(told == STAYS, codes, told)
    who = person.astype(np.int64)
    is_person = [_is_own_person(each) for each in parts]
    if not all(each.all() for each in is_person):
        who[~all_.spread(is_person, np.bool_)] = NOT_KNOWN
    categories = _categories(own.held if held is None else held)
    payee = pd.Categorical.from_codes(codes, categories=categories, validate=False)
    others = np.flatnonzero((who < 0) & (codes >= 0))
    if len(others):
        kinds = Words()
        kind = all_.spread([_column(each, "payee_kind", kinds) for each in parts], np.int64)
        columns: list[Coded] = [(kind[others], len(kinds)), (codes[others], len(categories))]
        who[others] = who.max(initial=NOT_KNOWN) + 1 + distinct(columns, len(others))[0]
    return payee, who


def _categories(held: Sequence[object]) -> "pd.Index[Any]":
    if isinstance(held, Texts):
        return held.categories
    try:
        return pd.Index(held)
    except UnicodeEncodeError:  # half of a pair is no text to Arrow
        return pd.Index(held, dtype=object)


def _has_others(came: Sequence[Came]) -> bool:
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


def _is_own_person(came: Came) -> Bools:
    """Which states are about the person of the row, not a line beside it or another payee."""
    states = came.part.lines.states
    held = states.words["kind"].values if "kind" in states.words else [None]
    is_person: Bools = np.array([value == "person" for value in held], np.bool_)
    is_row: Bools = states.codes("part") == NONE
    return is_person[states.codes("kind")] & is_row


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
    return np.array(codes, np.int32)[case]


def _said(
    entry: Entry, document: Schedule, unit: str, lang: Lang, said: dict[Hashable, str]
) -> str:
    """One entry in words: the clause, then what was done; each distinct one is worded once."""
    values = tuple((name, identity(value)) for name, value in entry.note.values.items())
    key = (entry.step, entry.clause, entry.note.key, values, entry.amount, unit)
    if key not in said:
        number = document.clauses[entry.clause].number
        said[key] = f"{number} {explain.told(entry, document, unit, lang)}"
    return said[key]
