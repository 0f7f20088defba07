"""The awards of a partition as Arrow has them: the columns of the outcome, or of the listing."""

from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from awards.batch.arrays import Ints
from awards.batch.arrow import ROW, words_of
from awards.batch.listing import listing
from awards.batch.outcome import frame_of
from awards.batch.parts import TEXT, WORDS, Plan
from awards.batch.runner import Run

DERIVED = "derived"
"""Whether a step added the line."""
NUMBER: pa.DataType = pa.int64()
OUTCOME: dict[str, pa.DataType] = {
    ROW: NUMBER,
    "amount_fen": NUMBER,
    **dict.fromkeys(("status", "reason", "question", "clause"), WORDS),
    "superseded_by": NUMBER,
    **dict.fromkeys(("unit", "payee_kind", "role", "level", "prize", "year", "schedule"), WORDS),
    "payee": TEXT,
    "trace": WORDS,
    DERIVED: pa.bool_(),
}
"""The columns of ``assess_frame``: texts of which there are few once each, and their numbers."""
LISTING: dict[str, pa.DataType] = {
    **dict.fromkeys(("file", "sheet"), TEXT),
    "row": NUMBER,
    **dict.fromkeys(("cell", "address", "payee"), TEXT),
    **dict.fromkeys(("payee_kind", "school", "competition", "event", "role", "level"), WORDS),
    **dict.fromkeys(("prize", "year", "unit", "status", "reason", "clause", "amount"), WORDS),
    "fen": NUMBER,
    **dict.fromkeys(("superseded_by", "why"), TEXT),
    "schedule": WORDS,
}
"""The columns of ``awards pay``, but the numbers of payees, which only one run could give."""


def schema_of(plan: Plan) -> pa.Schema:
    """The columns that the awards have on their way."""
    return pa.schema({ROW: NUMBER, **LISTING, DERIVED: pa.bool_()} if plan.listed else OUTCOME)


def kept(plan: Plan) -> pa.Schema:
    """The columns that the awards have in the end; pandas reads them with whole numbers."""
    columns = LISTING if plan.listed else OUTCOME
    kinds = {NUMBER: "Int64", TEXT: "str", WORDS: "category", pa.bool_(): "bool"}
    none = pd.DataFrame({name: pd.Series(dtype=kinds[kind]) for name, kind in columns.items()})
    read_as = pa.Schema.from_pandas(none, preserve_index=False)
    return pa.schema(columns).with_metadata(read_as.metadata)


def awards_of(done: Run, plan: Plan, places: Ints) -> pa.Table:
    """The awards of a run in order of their rows, which stand at *places* among all."""
    frame = listing(done, plan.lang) if plan.listed else frame_of(done, plan.lang)
    derived = [part.rows[part.lines.beside] for part in done.parts]
    place = places[np.concatenate((np.arange(done.count), *derived)).astype(np.int64)]
    columns: dict[str, Any] = {
        ROW: pa.array(place),
        DERIVED: pa.array(np.arange(len(place)) >= done.count),
    }
    schema = schema_of(plan)
    if not plan.listed:
        by = frame["superseded_by"]
        winner = by.fillna(0).astype(np.int64).to_numpy()
        columns["superseded_by"] = pa.array(place[winner], mask=by.isna().to_numpy())
    for field in schema:
        if field.name not in columns:
            columns[field.name] = _column(frame[field.name], field.type)
    awards = pa.table(columns).select(schema.names).cast(schema)
    return awards.take(np.argsort(place, kind="stable")) if len(place) > done.count else awards


def _column(column: "pd.Series[Any]", kind: pa.DataType) -> Any:
    """A column of the outcome as Arrow has it."""
    words = words_of(column)
    if words is not None:
        return words
    return pa.array(column, NUMBER if kind == NUMBER else TEXT, from_pandas=True)
