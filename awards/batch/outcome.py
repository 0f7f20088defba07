"""What a large run came to, as a frame: the awards of the rows in order, then derived ones."""

from collections.abc import Callable, Hashable, Sequence
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from awards import explain
from awards.assessment import Settled
from awards.batch.arrays import Bools, Codes, Ints
from awards.batch.came import Came, Whole, whole
from awards.batch.distinct import Coded, distinct
from awards.batch.encoding import identity
from awards.batch.runner import Run
from awards.batch.table import NONE, Own, Words
from awards.batch.texts import Texts
from awards.batch.threads import side_by_side
from awards.payouts import STATUSES, Entry
from awards.records import Unread
from awards.schedule import Schedule
from awards.words import Lang

NOT_KNOWN = -1
STAYS = -2
"""The payee is the one of the row."""


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
