"""More rows than fit: how they are parted, so that each part can be worked out apart.

Rows that may influence each other have equal keys in every step that works in groups, so they stay
together when rows are parted by a key that all those steps share. A person's rows have one name,
so parting by name keeps people together too; a number that stands beside two names in different
partitions is told to both (``awards.batch.pairs``). Where steps share no key there is one part.

Rows travel as Arrow tables. What is asked of a text is asked once of each distinct one.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from awards.assessment import offered
from awards.batch.arrays import Bools, Hashes, Ints
from awards.batch.arrow import in_pandas
from awards.batch.encoding import Encoded
from awards.batch.entry import read
from awards.batch.people import DOUBT, KEY, names, numbers
from awards.batch.rows import Rows, rows_of
from awards.batch.split import shared_keys
from awards.problems import FileError, Place, problem
from awards.reading import is_plain_text
from awards.records import FIELDS
from awards.schedule import Schedule
from awards.words import Lang

PLACE = "awards:place"
"""The column with the place of a row among all rows."""
BATCH = 1 << 18
"""Rows that are read at once."""
TEXT = pa.string()
WORDS = pa.dictionary(pa.int32(), TEXT)
Task = tuple[int, int]
"""A row group of the file, and the place of its first row."""


@dataclass(frozen=True)
class Plan:
    """How rows are parted for a schedule: by ``keys`` (none: not at all), and what a run is asked.

    ``listed`` awards have the columns of a listing, others those of a frame.
    """

    schedule: Schedule
    keys: tuple[str, ...]
    asked: Mapping[str, Any]
    lang: Lang
    listed: bool = False

    @property
    def by_name(self) -> bool:
        """Whether one shuffle keeps both people and groups together."""
        return self.keys == ("person",)

    @property
    def is_twice(self) -> bool:
        """Whether rows go by name first, to tell people apart, and then by the keys."""
        return bool(self.keys) and not self.by_name


def plan(schedule: Schedule, asked: Mapping[str, Any], lang: Lang) -> Plan:
    """How the rows of *schedule* may be parted under what a run is *asked*."""
    documents = (*schedule.earlier, schedule)
    readings = asked.get("readings") or {}
    steps = [
        step
        for each in documents
        for step in each.steps_under(each.choose(offered(each, documents, readings)))
    ]
    shared = shared_keys(steps)
    if shared is None or "person" in shared:
        return Plan(schedule, ("person",), asked, lang)
    has_more = bool(asked.get("facts")) or bool(asked.get("ledger"))
    usable = [name for name in sorted(shared) if _is_stated(name, documents)]
    return Plan(schedule, () if has_more else tuple(usable), asked, lang)


def _is_stated(name: str, documents: Sequence[Schedule]) -> bool:
    """Whether the column *name* says the same under each of the *documents*: a text as it stands.

    It is a field, or a column of all of them, under the same headings.
    """
    plain = all(is_plain_text(name, each) for each in documents)
    filled = any(
        name in each.columns and each.columns[name].blank is not None for each in documents
    )
    found = name in FIELDS or all(name in each.columns for each in documents)
    called = {frozenset(h for h, n in each.headings.items() if n == name) for each in documents}
    return found and plain and not filled and len(called) == 1


def tasks(source: Path) -> list[Task]:
    """The row groups of *source*, each with the place of its first row.

    FileError where two columns have one name, or one has that of the places.
    """
    file = pq.ParquetFile(source)
    names = [*file.schema_arrow.names, PLACE]
    if double := sorted({name for name in names if names.count(name) > 1}):
        fault = f"two columns are called {', '.join(double)}"
        raise FileError(problem("unreadable", Place(str(source)), fault=fault))
    told = file.metadata
    first, found = 0, []
    for group in range(told.num_row_groups):
        found.append((group, first))
        first += told.row_group(group).num_rows
    return found


def batches(
    source: Path, task: Task, size: int = BATCH, columns: Collection[str] = ()
) -> Iterator[pa.Table]:
    """The rows of one row group in order, *size* at a time, each with its place.

    Only those of the *columns* that there are, where some are named.
    """
    group, first = task
    schema = pq.ParquetFile(source).schema_arrow
    index = (schema.pandas_metadata or {}).get("index_columns", ())
    wanted = [n for n in schema.names if n not in index and (not columns or n in columns)]
    file = pq.ParquetFile(source, read_dictionary=_repeated(source, group))
    for batch in file.iter_batches(size, row_groups=[group], columns=wanted):
        table = pa.Table.from_batches([batch]).replace_schema_metadata(None)
        places = pa.array(np.arange(first, first + len(table)))
        yield table.append_column(PLACE, places)
        first += len(table)


def _repeated(source: Path, group: int) -> list[str]:
    """The columns of a row group that are worth a list of their distinct texts.

    Where a text takes more room than a number for each row, nearly all texts differ.
    """
    file = pq.ParquetFile(source)
    texts = {field.name for field in file.schema_arrow if is_text(field.type)}
    told = file.metadata.row_group(group)
    held = [told.column(number) for number in range(told.num_columns)]
    return [
        each.path_in_schema
        for each in held
        if each.path_in_schema in texts
        and each.total_uncompressed_size <= pa.int32().bit_width // 8 * each.num_values
    ]


def is_text(kind: pa.DataType) -> bool:
    """Whether a column of this *kind* holds texts."""
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def are_words(kind: pa.DataType) -> bool:
    """Whether a column of this *kind* holds each distinct text once."""
    return isinstance(kind, pa.DictionaryType) and is_text(kind.value_type)


def frame_of_rows(table: pa.Table) -> pd.DataFrame:
    """The rows of *table* as pandas has them, repeated texts as categories, without the places."""
    return in_pandas(table).drop(columns=PLACE)


def places_of(table: pa.Table) -> Ints:
    """The place of each row among all rows."""
    places: Ints = table.column(PLACE).to_numpy()
    return places


def numbers_of(table: pa.Table) -> Ints:
    """The number of each row as a user counts: the one that it states, else its place, from 1."""
    counted: Ints = places_of(table) + 1
    if "row" not in table.column_names or not pa.types.is_integer(table.schema.field("row").type):
        return counted
    try:
        stated = table.column("row").cast(pa.int64()).to_pandas(integer_object_nulls=False)
    except pa.ArrowInvalid:  # beyond 64 bits
        return counted
    return np.where(stated.isna(), counted, stated.fillna(0)).astype(np.int64)


@dataclass(frozen=True)
class Names:
    """Whom rows name: ``person`` and ``number`` in comparison form, the ``rows`` as written."""

    person: Encoded
    number: Encoded
    rows: Rows

    @staticmethod
    def of(rows: Rows) -> "Names":
        """Whom *rows* name."""
        return Names(names(rows), numbers(rows), rows)


def names_of(table: pa.Table) -> Names:
    """Whom the rows of *table* name."""
    asked = [name for name in ("person", "person_id", "school") if name in table.column_names]
    return Names.of(rows_of(frame_of_rows(table.select([*asked, PLACE]))))


def by_name(named: Names, places: Ints, count: int) -> Ints:
    """For each row its partition of *count*, by name; those without a name go anywhere."""
    spread = np.where(named.person.codes < 0, places.astype(np.uint64), hashed(named.person))
    return among(spread, count)


def by_keys(table: pa.Table, plan_: Plan, count: int) -> Ints:
    """For each row its partition of *count*, by the keys of the plan.

    Rows that leave a key blank are in no group: they go by name, those without a name anywhere.
    """
    rows = rows_of(frame_of_rows(table))
    said = read(rows, plan_.schedule)
    columns = [said.column(key) for key in plan_.keys]
    person = names(rows)
    places = places_of(table).astype(np.uint64)
    mixed = np.zeros(len(table), np.uint64)
    blank = np.zeros(len(table), np.bool_)
    for column in columns:
        mixed = mixed * np.uint64(31) + hashed(column)
        blank |= column.codes < 0
    spread = np.where(person.codes < 0, places, hashed(person))
    return among(np.where(blank, spread, mixed), count)


def among(spread: Hashes, count: int) -> Ints:
    """The partition of *count* that each of the numbers *spread* belongs to."""
    return (spread % np.uint64(count)).astype(np.int64)


def hashed(column: Encoded) -> Hashes:
    """A number for each row, equal for equal values in every process; 0 for a blank."""
    values = column.values if column.is_text else [_comparable(each) for each in column.values]
    texts = np.array([*values, ""], dtype=object)
    hashes = pd.util.hash_array(texts, categorize=False)
    hashes[-1] = 0
    return hashes[column.codes]


def _comparable(value: object) -> str:
    """A text that equal values have in common, be they of several types: ``1`` and ``True``."""
    return str(hash(value)) if isinstance(value, int | Decimal) else str(value)


def known(table: pa.Table, keys: Encoded, doubts: Mapping[str, Bools]) -> pa.Table:
    """*table* with the ``keys`` of its people and what is doubtful about them."""
    texts = pa.array([*map(str, keys.values)], TEXT)
    codes = pa.array(keys.codes, pa.int32(), mask=keys.codes < 0)
    told = np.full(len(table), -1, np.int32)
    for number, code in enumerate(CODES):
        told[doubts[code]] = number
    doubt = pa.DictionaryArray.from_arrays(
        pa.array(told, pa.int32(), mask=told < 0), pa.array(CODES, TEXT)
    )
    table = table.append_column(KEY, pa.DictionaryArray.from_arrays(codes, texts))
    return table.append_column(DOUBT, doubt)


CODES = ("number-two-names", "which-person")
"""What may be doubtful about a person, in the order in which it ends a row."""
