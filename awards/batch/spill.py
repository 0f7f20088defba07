"""Larger than memory, on one machine: hash partitions on disk, one of them in memory at a time."""

from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from awards.batch.parts import (
    BATCH,
    PART,
    assessed,
    batches,
    beside,
    identified,
    merged,
    names_of_numbers,
    parted,
    plan,
    schema_of,
    with_two_names,
    write_part,
)
from awards.schedule import Schedule
from awards.words import Lang

ROWS = 1 << 20
"""Rows of one partition, about, unless the caller says otherwise."""


def assess_file(
    source: Path,
    target: Path,
    schedule: Schedule,
    *,
    rows: int = ROWS,
    lang: Lang = "zh",
    **asked: Any,
) -> dict[str, int]:
    """Assess the Parquet file *source* into *target*, about *rows* of it in memory at a time.

    The awards come in order of their rows, with ``row_id``, the place of the row, of which
    ``superseded_by`` speaks too. What comes back is how many rows have each status. The options
    are those of ``assess_frame``. Besides the partition, memory holds the distinct numbers.
    """
    plan_ = plan(schedule, asked, lang)
    size = min(BATCH, rows)
    count = pq.ParquetFile(source).metadata.num_rows
    parts = max(-(-count // rows), 1) if plan_.keys else 1
    schema = schema_of(plan_)
    with TemporaryDirectory(dir=target.parent) as folder:
        rooms = [Path(folder) / name for name in ("names", "keys", "awards")]
        for room in rooms:
            room.mkdir()
        pairs = [*beside(asked)]

        def by_name(frame: pd.DataFrame) -> pd.DataFrame:
            pairs.append(names_of_numbers(frame))
            return parted(frame, plan_, parts, by_name=bool(plan_.keys))

        _spill(map(by_name, batches(source, size)), rooms[0])
        elsewhere = with_two_names(pd.concat(pairs)) if pairs else frozenset[str]()
        home = rooms[0]
        if plan_.keys and not plan_.by_name:
            told = (identified(frame, elsewhere) for frame in _parts(rooms[0]))
            _spill((parted(f, plan_, parts, by_name=False) for f in told), rooms[1])
            home = rooms[1]
        for number, frame in enumerate(_parts(home)):
            write_part(assessed(frame, plan_, elsewhere), rooms[2], f"{number:05}", schema)
        return merged(rooms[2], target, count, schema)


def _spill(frames: Iterable[pd.DataFrame], folder: Path) -> None:
    """Write the rows of *frames* into a file for each partition."""
    writers: dict[int, pq.ParquetWriter] = {}
    schema: pa.Schema | None = None
    with ExitStack() as stack:
        for frame in frames:
            table = pa.Table.from_pandas(frame, preserve_index=False)
            for number in sorted(set(frame[PART].tolist())):
                rows = np.flatnonzero(frame[PART].to_numpy() == number)
                if number not in writers:
                    path = folder / f"{number:05}.parquet"
                    schema = schema or table.schema
                    writers[number] = stack.enter_context(pq.ParquetWriter(path, schema))
                writers[number].write_table(table.take(rows).cast(schema or table.schema))


def _parts(folder: Path) -> Iterable[pd.DataFrame]:
    return (pd.read_parquet(path) for path in sorted(folder.glob("*.parquet")))
