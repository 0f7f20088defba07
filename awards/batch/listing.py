"""A large outcome as people read it: the columns of ``awards pay``'s CSV, every award a line."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from operator import attrgetter
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from awards import explain, money
from awards.assessment import Assessment
from awards.batch.arrays import Ints
from awards.batch.came import came
from awards.batch.outcome import frame_of
from awards.batch.runner import Run
from awards.payouts import Award, Entry
from awards.problems import NOWHERE, Place
from awards.words import Lang, say

Objects = npt.NDArray[np.object_]
PLACES = ("file", "sheet", "row", "cell")
STATED = ("school", "competition", "event")


def listing(run: Run, lang: Lang = "zh") -> pd.DataFrame:
    """Every award of *run* with its place, in the words and columns of the printed CSV.

    ``amount`` is decimal text, ``fen`` the same in whole hundredths for who wants to add up;
    ``address`` is sheet and row; ``payee_id`` tells payees apart.
    """
    frame = frame_of(run, lang).reset_index(drop=True)
    rows = _rows(run)
    places = [run.rows.result(row).place for row in range(run.count)] if run.rows.records else []
    told: dict[str, Any] = dict(_places(places, rows, run))
    for name in ("payee", "payee_kind"):
        told[name] = frame[name]
    for name in STATED:
        column = run.rows.column(name)
        held = pd.Index(list(column.values), dtype=object)
        told[name] = pd.Categorical.from_codes(column.codes[rows], held)
    for name in ("role", "level", "prize", "year", "unit", "status", "reason", "clause"):
        told[name] = frame[name]
    amounts = frame["amount_fen"]
    told["amount"] = _mapped(amounts, lambda fen: str(money.yuan(int(str(fen)))))
    told["fen"] = amounts
    by = frame["superseded_by"]
    address = told["address"]
    other = np.flatnonzero(by.notna().to_numpy()).astype(np.int64)
    winner: Ints = np.asarray(by.iloc[other], np.int64)
    superseded = pd.Series([None] * len(frame), dtype=object)
    superseded.iloc[other] = address[winner]
    told["superseded_by"] = superseded
    told["why"] = _why(run, frame, lang, other, winner, address)
    told["payee_id"] = frame["payee_id"]
    told["schedule"] = frame["schedule"]
    return pd.DataFrame(told)


def _rows(run: Run) -> Ints:
    """The row of each award, derived ones last."""
    derived = [part.rows[part.lines.beside] for part in run.parts]
    return np.concatenate((np.arange(run.count), *derived)).astype(np.int64)


def _places(places: Sequence[Place], rows: Ints, run: Run) -> Iterator[tuple[str, Objects]]:
    """The columns that say where each award's row stands."""
    if not places:
        numbers = [run.rows.numbers.value(row) or row + 1 for row in range(run.count)]
        places = [Place(row=number) for number in numbers if isinstance(number, int)]
    for name in (*PLACES, "address"):
        column = np.empty(len(places), dtype=object)
        column[:] = list(map(attrgetter(name), places))
        yield name, column[rows]


def _mapped(column: "pd.Series[int]", read: Callable[[object], Hashable]) -> "pd.Series[str]":
    """*column* with each distinct value read once."""
    codes, held = pd.factorize(column)
    texts = np.array([*(read(value) for value in held.tolist()), None], dtype=object)
    return pd.Series(texts[codes])


def _why(
    run: Run, frame: pd.DataFrame, lang: Lang, other: Ints, winner: Ints, address: Objects
) -> "pd.Series[str]":
    """One line for each award: what decided it, in words, each distinct account worded once."""
    asked = ["status", "reason", "question", "unit", "schedule", "trace"]
    case = frame.groupby(asked, observed=True, dropna=False, sort=False).ngroup().to_numpy()
    first = np.full(int(case.max(initial=-1)) + 1, len(frame))
    np.minimum.at(first, case, np.arange(len(frame)))
    outcome = Assessment(run.schedule, (), (), (), (), (), ())
    traces = _entries(run, first)
    texts = []
    for place in first.tolist():
        texts.append(explain.why(_award(frame, place, traces[place]), outcome, lang))
    why = np.array([*texts, None], dtype=object)[case]
    won = _won(run, frame, np.unique(winner), lang)
    for place, by in zip(other.tolist(), winner.tolist(), strict=True):
        values = {"reason": why[place], "where": address[by], "other": won[by]}
        why[place] = say("reason.other", lang, **values)
    return pd.Series(why)


def _entries(run: Run, wanted: Ints) -> dict[int, tuple[Entry, ...]]:
    """The trace of the awards at the places *wanted*."""
    told = {}
    chosen = np.zeros(int(wanted.max(initial=-1)) + 1, np.bool_)
    chosen[wanted] = True
    for each in came(run):
        here = np.flatnonzero(each.places < len(chosen))
        here = here[chosen[each.places[here]]]
        states = each.part.lines.states
        for place, line in zip(each.places[here].tolist(), each.kept[here].tolist(), strict=True):
            code = int(states.trace[each.part.lines.state[line]])
            told[place] = states.traces.entries(code)
    return told


def _award(frame: pd.DataFrame, place: int, trace: tuple[Entry, ...] = ()) -> Award:
    """The award at *place* of *frame*, as far as sentences ask."""
    said = {name: frame[name].iloc[place] for name in SAID}
    said = {name: None if pd.isna(value) else value for name, value in said.items()}
    fen = frame["amount_fen"].iloc[place]
    return Award(
        place=NOWHERE,
        row=None,
        who=None,
        school=None,
        competition=None,
        event=None,
        amount=None if pd.isna(fen) else money.yuan(int(fen)),
        superseded_by=None,
        trace=trace,
        labels={},
        derived=False,
        **said,
    )


SAID = (
    *("payee", "payee_kind", "role", "level", "prize", "year", "unit", "status", "reason"),
    *("clause", "question", "schedule"),
)


def _won(run: Run, frame: pd.DataFrame, winners: Ints, lang: Lang) -> dict[int, str]:
    """What the awards that took another's place are for, and their amounts."""
    outcome = Assessment(run.schedule, (), (), (), (), (), ())
    names = run.rows.column("competition")
    rows = _rows(run)
    said: dict[Hashable, str] = {}
    told = {}
    asked = ["level", "prize", "amount_fen", "unit", "schedule"]
    case = frame.loc[winners].groupby(asked, observed=True, dropna=False, sort=False).ngroup()
    for place, number in zip(winners.tolist(), case.tolist(), strict=True):
        name = names.value(int(rows[place]))
        key = (name, number)
        if key not in said:
            won = explain.what(_award(frame, place), outcome, lang)
            said[key] = " ".join(str(part) for part in (name, *won) if part)
        told[place] = said[key]
    return told
