"""One partition, worked out: its awards with the places of their rows, and what it tells."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from awards.batch import told
from awards.batch.arrays import Ints
from awards.batch.encoding import Encoded
from awards.batch.outcome import frame_of
from awards.batch.pairs import Stranger, beside
from awards.batch.parts import (
    CODES,
    TEXT,
    WORDS,
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
from awards.batch.runner import Run, run
from awards.batch.told import Told

ROW = "row_id"
"""The place of a row among all rows, in the outcome."""
NUMBERS = {ROW: pa.int64(), "amount_fen": pa.int64(), "superseded_by": pa.int64()}
SCHEMA = pa.schema(
    {
        ROW: NUMBERS[ROW],
        "amount_fen": NUMBERS["amount_fen"],
        **dict.fromkeys(("status", "reason", "question", "clause"), WORDS),
        "superseded_by": NUMBERS["superseded_by"],
        **dict.fromkeys(("unit", "payee_kind", "role", "level", "prize", "year"), WORDS),
        "schedule": WORDS,
        "payee": TEXT,
        "trace": WORDS,
        "derived": pa.bool_(),
    }
)
"""The columns of the outcome: texts of which there are few once each, and for a row its number."""


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
    awards = _awards(done, plan_, places)
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


def _awards(done: Run, plan_: Plan, places: Ints) -> pa.Table:
    """The awards of a run in order of their rows, which stand at *places*."""
    frame = frame_of(done, plan_.lang)
    place = places[frame.index.to_numpy()]
    order = np.argsort(place, kind="stable") if len(place) > done.count else None
    by = frame["superseded_by"]
    winner = by.fillna(0).astype(np.int64).to_numpy()
    none = by.isna().to_numpy()
    columns = {
        ROW: pa.array(place),
        "superseded_by": pa.array(place[winner], mask=none),
    }
    for field in SCHEMA:
        if field.name not in columns:
            columns[field.name] = _column(frame[field.name], field.type)
    awards = pa.table(columns, SCHEMA)
    return awards if order is None else awards.take(order)


def _column(column: "pd.Series[Any]", kind: pa.DataType) -> Any:
    """A column of the outcome as Arrow has it."""
    if not isinstance(column.dtype, pd.CategoricalDtype):
        return pa.array(column, kind)
    codes = column.cat.codes.to_numpy()
    words = pa.DictionaryArray.from_arrays(
        pa.array(codes, pa.int32(), mask=codes < 0),
        pa.array([*map(str, column.cat.categories)], TEXT),
    )
    if kind == TEXT:
        return words.dictionary_decode()
    texts = words.dictionary
    return words if len(texts.unique()) == len(texts) else words.dictionary_decode().cast(WORDS)
