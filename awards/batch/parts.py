"""More rows than fit: partitions that can be worked out apart, and their results in order.

Rows that may influence each other have equal keys in every step that works in groups, so they stay
together when rows are parted by a key that all those steps share. A person's rows have one name,
so parting by name keeps people together too; a number that stands beside two names in different
partitions is told to both. Where steps share no key there is one partition.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from awards.assessment import offered
from awards.batch.arrays import Hashes
from awards.batch.encoding import Encoded
from awards.batch.entry import read
from awards.batch.outcome import frame_of
from awards.batch.people import DOUBT, KEY, people
from awards.batch.rows import rows_of
from awards.batch.runner import run
from awards.batch.texts import unchanged
from awards.reading import is_plain_text
from awards.records import FIELDS
from awards.schedule import Schedule
from awards.terms import terms
from awards.words import Lang

ROW, PART = "row_id", "_part"
"""The place of a row among all rows; the partition that it belongs to."""
BATCH = 1 << 18
"""Rows that are read at once."""


@dataclass(frozen=True)
class Plan:
    """How rows are parted for a schedule: by ``keys`` (none: not at all), and what a run is asked.

    ``by_name`` tells that the key is the person.
    """

    schedule: Schedule
    keys: tuple[str, ...]
    asked: Mapping[str, Any]
    lang: Lang

    @property
    def by_name(self) -> bool:
        """Whether one shuffle keeps both people and groups together."""
        return self.keys == ("person",)


def plan(schedule: Schedule, asked: Mapping[str, Any], lang: Lang) -> Plan:
    """How the rows of *schedule* may be parted under what a run is *asked*."""
    documents = (*schedule.earlier, schedule)
    readings = asked.get("readings") or {}
    steps = [
        step
        for each in documents
        for step in each.steps_under(each.choose(offered(each, documents, readings)))
    ]
    grouped = [frozenset(step.group_keys) for step in steps if step.group_keys]
    if not grouped:
        return Plan(schedule, ("person",), asked, lang)
    shared = reduce(frozenset.__and__, grouped)
    shared -= frozenset().union(*(step.sets() for step in steps))
    if any(step.part and step.group_keys for step in steps) and "person" in shared:
        shared -= {"person"}  # a line that a step added may be about somebody else
    if "person" in shared:
        return Plan(schedule, ("person",), asked, lang)
    has_more = bool(asked.get("facts")) or bool(asked.get("ledger"))
    usable = [name for name in sorted(shared) if _is_stated(name, documents)]
    return Plan(schedule, () if has_more else tuple(usable), asked, lang)


def _is_stated(name: str, documents: Sequence[Schedule]) -> bool:
    """Whether equal texts of the column *name* mean the same under each of the *documents*."""
    plain = all(is_plain_text(name, each) for each in documents)
    filled = any(
        name in each.columns and each.columns[name].blank is not None for each in documents
    )
    return name in FIELDS and plain and not filled


def numbered(frame: pd.DataFrame, first: int) -> pd.DataFrame:
    """*frame* with the place of each row among all rows, of which *first* is the first one's."""
    told = frame.copy(deep=False)
    told[ROW] = np.arange(first, first + len(frame))
    if "row" not in told.columns:
        told["row"] = told[ROW] + 1
    return told


def parted(frame: pd.DataFrame, plan_: Plan, count: int, *, by_name: bool) -> pd.DataFrame:
    """*frame* with the partition of each row, of *count*: by name, or by the keys of the plan.

    Rows without a key are in no group: they go by name, those without a name anywhere.
    """
    rows = rows_of(_stated(frame))
    name = _hash(_plain(rows.column("person")))
    place = frame[ROW].to_numpy().astype(np.uint64)
    spread = np.where(rows.column("person").codes < 0, place, name)
    if not by_name:
        said = read(rows, plan_.schedule)
        columns = [said.column(key) for key in plan_.keys]
        mixed = np.zeros(len(frame), np.uint64)
        blank = np.full(len(frame), not columns)
        for column in columns:
            mixed = mixed * np.uint64(31) + _hash(column)
            blank |= column.codes < 0
        spread = np.where(blank, spread, mixed) if columns else np.zeros(len(frame), np.uint64)
    told = frame.copy(deep=False)
    told[PART] = (spread % np.uint64(count)).astype(np.int64)
    return told


def _stated(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.drop(columns=[ROW, PART], errors="ignore")


def _plain(column: Encoded) -> Encoded:
    return column.recoded(unchanged(column.values, terms().plain))


def _hash(column: Encoded) -> Hashes:
    """A number for each row, equal for equal values in every process; 0 for a blank."""
    texts = np.array([*map(str, column.values), ""], dtype=object)
    hashes = pd.util.hash_array(texts, categorize=False)
    hashes[-1] = 0
    return hashes[column.codes]


def names_of_numbers(frame: pd.DataFrame) -> pd.DataFrame:
    """Each distinct number of *frame* with each name that stands beside it, as in comparison."""
    rows = rows_of(frame[[n for n in ("person", "person_id") if n in frame.columns]])
    number = rows.column("person_id")
    upper = unchanged(number.values, lambda text: terms().plain(text).upper())
    told = pd.DataFrame(
        {
            "number": np.array([*upper, None], dtype=object)[number.codes],
            "name": _hash(_plain(rows.column("person"))),
        }
    )
    told = told[told["number"].notna() & (rows.column("person").codes >= 0)]
    return told.drop_duplicates().reset_index(drop=True).astype({"number": "str"})


def with_two_names(pairs: pd.DataFrame) -> frozenset[str]:
    """The numbers among *pairs* that stand beside two names."""
    distinct = pairs.drop_duplicates()
    return frozenset(distinct["number"][distinct["number"].duplicated()].tolist())


def identified(frame: pd.DataFrame, elsewhere: Collection[str]) -> pd.DataFrame:
    """*frame*, which has all rows of its names, with the keys of its people and their doubts."""
    who = people(rows_of(_stated(frame)), elsewhere)
    told = frame.copy(deep=False)
    keys = np.array([*who.keys.values, None], dtype=object)
    told[KEY] = pd.Series(keys[who.keys.codes], index=frame.index, dtype="str")
    doubt = np.full(len(frame), None, dtype=object)
    for code in ("number-two-names", "which-person"):
        doubt[who.doubts[code]] = code
    told[DOUBT] = pd.Series(doubt, index=frame.index, dtype="str")
    return told


def assessed(frame: pd.DataFrame, plan_: Plan, elsewhere: Collection[str]) -> pd.DataFrame:
    """The awards of one partition by place of their rows; ``superseded_by`` is such a place too."""
    held = frame.sort_values(ROW, kind="stable").reset_index(drop=True)
    done = run(_stated(held), plan_.schedule, elsewhere=elsewhere, **plan_.asked)
    awards = frame_of(done, plan_.lang)
    place = held[ROW].to_numpy()[awards.index.to_numpy()]
    by = awards["superseded_by"]
    winner = by.fillna(0).astype(np.int64).to_numpy()
    awards["superseded_by"] = (
        pd.Series(place[winner], awards.index).where(by.notna()).astype("Int64")
    )
    texts = awards.select_dtypes("category").columns.difference(["year"])
    awards = awards.astype(dict.fromkeys(texts, "str")).drop(columns=["payee_id"])
    awards["year"] = awards["year"].astype("str")
    awards.insert(0, ROW, place)
    return awards.reset_index(drop=True)


def schema_of(plan_: Plan) -> pa.Schema:
    """The columns of the awards as Arrow has them."""
    nothing = pd.DataFrame({ROW: np.zeros(0, np.int64)})
    return pa.Schema.from_pandas(
        assessed(nothing, plan_, ()), preserve_index=False
    ).remove_metadata()


def write_part(awards: pd.DataFrame, folder: Path, name: str, schema: pa.Schema) -> None:
    """Write the *awards* of one partition into *folder*, whole or not at all."""
    beside = folder / f".{name}.tmp"
    pq.write_table(
        pa.Table.from_pandas(awards, schema, preserve_index=False), beside, row_group_size=BATCH
    )
    beside.replace(folder / f"{name}.parquet")


def merged(folder: Path, target: Path, count: int, schema: pa.Schema) -> dict[str, int]:
    """Write the partitions of *folder* as one file in order of the *count* rows; count statuses.

    Lines that steps added come after all rows. Only a range of rows is in memory at a time.
    """
    parts = sorted(folder.glob("*.parquet"))
    statuses: dict[str, int] = {}
    with pq.ParquetWriter(target, schema) as writer:
        for derived in (False, True):
            for start in range(0, count, BATCH):
                wanted: Any = [
                    (ROW, ">=", start),
                    (ROW, "<", start + BATCH),
                    ("derived", "==", derived),
                ]
                tables = [pq.read_table(part, schema=schema, filters=wanted) for part in parts]
                held = pa.concat_tables(tables).to_pandas()
                held = held.sort_values(ROW, kind="stable").reset_index(drop=True)
                if not derived:
                    for status, number in held["status"].value_counts().items():
                        statuses[str(status)] = statuses.get(str(status), 0) + int(number)
                writer.write_table(pa.Table.from_pandas(held, schema, preserve_index=False))
    return statuses


def batches(source: Path, size: int = BATCH) -> Iterator[pd.DataFrame]:
    """The rows of a Parquet file in order, *size* at a time, each with its place."""
    first = 0
    for batch in pq.ParquetFile(source).iter_batches(size):
        frame = batch.to_pandas()
        yield numbered(frame, first)
        first += len(frame)


def beside(asked: Mapping[str, Any]) -> Iterable[pd.DataFrame]:
    """The names and numbers of the earlier payments, which every partition sees."""
    records = [each.columns() for each in asked.get("ledger") or ()]
    if records:
        frame = pd.DataFrame([{n: r.get(n) for n in ("person", "person_id")} for r in records])
        yield names_of_numbers(frame)
