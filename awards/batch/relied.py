"""What a large run rests on, as an outcome that the sheets of the small one can be made from.

Its awards are one for each way in which they differ that a heading tells of, and those that rest
on a ruling; not all of them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from awards.assessment import Assessment, taken
from awards.batch.arrays import Bools
from awards.batch.came import Came, came
from awards.batch.decided import singled
from awards.batch.runner import Part, Run
from awards.payouts import Award
from awards.problems import Place
from awards.records import SOURCES, Result, Ruling, Value
from awards.rulings import decide
from awards.runner import Line

TOLD = ("schedule", "status", "year", "file")
"""What headings tell of all awards."""
NAMED = 1 << 14
"""The awards of one ruling that are named: the addresses of more would fill no cell."""


def outcome_of(run: Run, held: pd.DataFrame, readings: Mapping[str, str]) -> Assessment:
    """The outcome of *run* with some of its awards, *held* being all of them as listed.

    *readings* are those that were asked for; rulings name the awards among those that are here.
    """
    case = held.groupby(list(TOLD), observed=True, dropna=False, sort=False).ngroup()
    _, first = np.unique(case.to_numpy(), return_index=True)
    ruled: dict[Ruling, list[int]] = {}
    for ruling, mine in _ruled(run):
        ruled.setdefault(ruling, []).extend(mine)
    ruled = {ruling: sorted(mine)[:NAMED] for ruling, mine in ruled.items()}
    ranked = sorted(ruled, key=lambda each: (SOURCES.index(each.source), ruled[each][0]))
    places = sorted({*first.tolist(), *(each for mine in ruled.values() for each in mine)})
    number = {place: index for index, place in enumerate(places)}
    return Assessment(
        run.schedule,
        (),
        tuple(_awards(held.iloc[places])),
        (),
        (),
        taken(run.asked.documents, run.asked.chosen, readings),
        tuple(replace(each, awards=tuple(number[at] for at in ruled[each])) for each in ranked),
    )


def _ruled(run: Run) -> Iterator[tuple[Ruling, list[int]]]:
    """The rulings that awards rest on, with the places of some of these."""
    alone = singled(run.rows, run.payee, run.asked.rulings)
    for each in came(run):
        row = each.part.rows[each.part.lines.row[each.kept]]
        for question, is_asked in _asked(each):
            together = is_asked & ~alone[row]
            if together.any():
                anybody = Line(0, Result.model_validate({}), {"payee": None})
                found, _ = decide([anybody], run.asked.rulings, each.document)
                yield found[anybody][question], each.places[together].tolist()
            for at in np.flatnonzero(is_asked & alone[row]).tolist():
                payee = run.payee.value(int(row[at]))
                columns: dict[str, Value] = {"payee": None if payee is None else str(payee)}
                line = Line(int(row[at]), run.rows.result(int(row[at])), columns)
                found, _ = decide([line], run.asked.rulings, each.document)
                yield found[line][question], [int(each.places[at])]


def _asked(each: Came) -> Iterator[tuple[str, Bools]]:
    """The questions that rulings answered, and for each kept line whether one did there."""
    states = each.part.lines.states
    codes, state = np.unique(states.trace, return_inverse=True)
    said = [_questions(each.part, code) for code in codes.tolist()]
    for question in dict.fromkeys(name for names in said for name in names):
        is_asked = np.array([question in names for names in said], np.bool_)[state]
        yield question, is_asked[each.part.lines.state[each.kept]]


def _questions(part: Part, code: int) -> list[str]:
    """The questions that rulings answered in the trace *code*."""
    entries = part.lines.states.traces.entries(code)
    return [str(e.note.values["question"]) for e in entries if e.note.key == "trace.ruled"]


def _awards(held: pd.DataFrame) -> Iterator[Award]:
    """The listed awards *held*, as far as the sheets ask."""
    asked = held[[*TOLD, "sheet", "cell", "row"]].astype(object)
    rows = asked.where(asked.notna(), None).itertuples(index=False, name=None)
    for schedule, status, year, file, sheet, cell, row in rows:
        place = Place(file, sheet, cell, row)
        yield replace(_NOBODY, place=place, row=row, year=year, status=status, schedule=schedule)


_NOBODY = Award(
    *(Place(), None, None, "person", None, None, None, None, None, None, None, None, None),
    *("yuan", "paid", None, None, None, None, None, (), {}, False),
)
