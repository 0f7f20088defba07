"""One partition, worked out: its awards with the places of their rows, and what it tells."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa

from awards.batch import told
from awards.batch.encoding import Encoded
from awards.batch.forms import awards_of
from awards.batch.pairs import Stranger, beside
from awards.batch.parts import (
    CODES,
    Plan,
    frame_of_rows,
    known,
    names_of,
    numbers_of,
    places_of,
)
from awards.batch.people import KEY, people
from awards.batch.problems import Found, of_people
from awards.batch.rows import Rows
from awards.batch.runner import run
from awards.batch.told import Told


def identified(table: pa.Table, strangers: Sequence[Stranger]) -> tuple[pa.Table, Told]:
    """*table*, which has all rows of its names, with the keys of its people and their doubts."""
    names, places = names_of(table), places_of(table)
    rows = replace(names.rows, numbers=_numbered(names.rows, table))
    who = people(rows, {each.number for each in strangers})
    doubtful = _of_people(rows, who, len(table), beside(strangers, table))
    faults = told.of_rows((int(places[row]), fault) for row, fault in doubtful)
    return known(table, who.keys, {code: who.doubts[code] for code in CODES}), faults


def assessed(
    table: pa.Table, plan_: Plan, strangers: Sequence[Stranger], count: int
) -> tuple[pa.Table, Told]:
    """The awards of one partition of *count* rows in all, in order, and what it tells.

    ``superseded_by`` is a place among all rows too.
    """
    places = places_of(table)
    frame = frame_of_rows(table)
    if any(each.row for each in _rulings(plan_.asked)):
        frame["row"] = numbers_of(table)
    elsewhere = {each.number for each in strangers}
    done = run(frame, plan_.schedule, elsewhere=elsewhere, **plan_.asked)
    rows = replace(done.rows, numbers=_numbered(done.rows, table, count))
    done = replace(done, rows=rows)
    awards = awards_of(done, plan_, places)
    found: list[Found] = []
    if KEY not in table.column_names:
        found = _of_people(rows, done.who, done.count, beside(strangers, table))
    own = awards.filter(pa.array(~awards.column("derived").to_numpy()))
    counted = own.column("status").to_pandas().value_counts()
    statuses = Counter({str(status): int(number) for status, number in counted.items() if number})
    return awards, told.of_run(done, found, places, statuses)


def _rulings(asked: Any) -> Sequence[Any]:
    rulings = asked.get("rulings", ())
    return tuple(getattr(rulings, "rulings", rulings))


def _of_people(rows: Rows, who: Any, count: int, stand_by: Any) -> list[Found]:
    """What is doubtful about people; schools are compared where all of them are together."""
    found = of_people(rows, who, count, stand_by)
    return [each for each in found if each[1].code != "close-schools"]


def _numbered(rows: Rows, table: pa.Table, count: int = 0) -> Encoded:
    """The numbers of *rows* as they are in all: of the table's, then of earlier payments."""
    mine = numbers_of(table)
    paid = rows.numbers.codes[len(mine) :]
    after = count + 1 + np.arange(len(paid))
    stated = np.array([*rows.numbers.values, 0], np.int64)[paid]
    numbers = np.append(mine, np.where(paid < 0, after, stated))
    return Encoded(np.arange(len(numbers), dtype=np.int32), numbers.tolist())
