"""Files of partitions: rows cut into pieces, the pieces of a partition together, results in order.

A batch of rows becomes one Arrow file with a piece for each partition, in order, so that a
partition is found in it without reading the others. A file is there whole or not at all: a piece
of work that an engine runs again writes it again.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from awards.batch.arrays import Ints
from awards.batch.distinct import order
from awards.batch.parts import BATCH, PLACE, TEXT, are_words, is_text

OWN, ADDED = "own", "added"
"""The awards of rows, and of lines that steps added."""


def cut(table: pa.Table, numbers: Ints, count: int) -> Iterator[pa.RecordBatch]:
    """The rows of each of *count* partitions, of which *numbers* has that of each row.

    They come in order of the partitions, rows in their order; nothing is compared for that.
    """
    table = _narrow(table, count).take(order(numbers, count))
    columns = [column.combine_chunks() for column in table.columns]
    ends = np.cumsum(np.bincount(numbers, minlength=count))
    for start, end in zip((0, *ends[:-1].tolist()), ends.tolist(), strict=True):
        piece = [column.slice(start, end - start) for column in columns]
        yield pa.RecordBatch.from_arrays(piece, schema=table.schema)


def _narrow(table: pa.Table, count: int) -> pa.Table:
    """*table* with plain texts where there are many distinct ones: each piece brings them along.

    All pieces together have no more of them than rows.
    """
    for number, field in enumerate(table.schema):
        if are_words(field.type):
            column: Any = table.column(number).combine_chunks()
            if len(column.dictionary) * count > len(table):
                table = _decoded(table, field.name)
    return table


def write_pieces(table: pa.Table, numbers: Ints, count: int, path: Path) -> None:
    """Write *table* to *path*, cut into *count* pieces."""
    pieces = cut(table, numbers, count)
    first = next(pieces)
    with whole(path) as beside, pa.ipc.new_file(beside, first.schema) as writer:
        for piece in (first, *pieces):
            writer.write_batch(piece)


def read_pieces(folder: Path, number: int) -> pa.Table | None:
    """The rows of the partition *number*, of all files of *folder*, in order of their places.

    None where there are no files.
    """
    found = []
    for path in sorted(folder.glob("*.arrow")):
        with pa.memory_map(str(path)) as held:
            found.append(pa.Table.from_batches([pa.ipc.open_file(held).get_batch(number)]))
    return joined(found) if found else None


def joined(tables: list[pa.Table]) -> pa.Table:
    """The *tables* as one, in order of their places."""
    for name in tables[0].column_names:
        kinds = {each.schema.field(name).type for each in tables}
        if any(map(is_text, kinds)):
            tables = [_decoded(each, name) for each in tables]
    table = pa.concat_tables(tables).unify_dictionaries()
    places = table.column(PLACE).to_numpy()
    if (places[1:] >= places[:-1]).all():
        return table
    return table.take(np.argsort(places, kind="stable"))


def _decoded(table: pa.Table, name: str) -> pa.Table:
    """*table* with the texts of the column *name* in every row."""
    place = table.column_names.index(name)
    return table.set_column(place, name, table.column(name).cast(TEXT))


@contextmanager
def whole(path: Path) -> Iterator[str]:
    """A name to write to, which becomes *path* when all is written."""
    beside = path.with_name(f".{path.name}.{uuid4().hex}")
    try:
        yield str(beside)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def write_awards(awards: pa.Table, folder: Path, name: str) -> None:
    """Write the *awards* of a partition: those of rows, and those that steps added."""
    added = awards.column("derived").to_numpy()
    for kind, chosen in ((OWN, ~added), (ADDED, added)):
        held = awards.filter(pa.array(chosen)).unify_dictionaries().combine_chunks()
        path = folder / f"{name}.{kind}.arrow"
        with whole(path) as beside, pa.ipc.new_file(beside, held.schema) as writer:
            writer.write_table(held, max(len(held), 1))  # in one piece: its places are looked up


def merged(folder: Path, target: Path, count: int, key: str, kept: pa.Schema) -> None:
    """Write the columns that are *kept* of the awards of *folder* as one file, in order of *key*.

    That is the place of a row, of which there are *count*.

    Lines that steps added come after all rows. Every partition is in order, so a range of rows is
    a slice of each; each file is read once, and only a range is in memory at a time.
    """
    with pq.ParquetWriter(target, kept) as writer:
        for kind in (OWN, ADDED):
            files = [pa.memory_map(str(each)) for each in sorted(folder.glob(f"*.{kind}.arrow"))]
            parts = [pa.ipc.open_file(each).read_all() for each in files]
            places = [_in_place(each.column(key)) for each in parts]
            starts = [0] * len(parts)
            for first in range(0, count, BATCH):
                ends = [int(np.searchsorted(each, first + BATCH)) for each in places]
                slices = zip(parts, starts, ends, strict=True)
                held = pa.concat_tables([part.slice(a, b - a) for part, a, b in slices])
                starts = ends
                if len(held):
                    rows = np.argsort(held.column(key).to_numpy(), kind="stable")
                    writer.write_table(held.select(kept.names).unify_dictionaries().take(rows))


def _in_place(column: Any) -> Ints:
    """The numbers of *column* where they stand in the file, not in memory."""
    (numbers,) = column.chunks or [pa.array([], column.type)]
    places: Ints = numbers.to_numpy()
    return places
