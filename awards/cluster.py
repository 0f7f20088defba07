"""The large runner on a cluster: Dask or Spark carries rows about, the same steps run on each part.

A Parquet file comes in, one goes out, in order of the rows. Rows get their places as they are read;
they are shuffled by the key that the steps share (``awards.batch.parts``), and a second time only
where the steps share another key than the person; each partition is assessed whole, by the large
runner with its proof. What a partition says does not depend on the others, so one that fails is
run again by the engine, and its file is written whole or not at all. The files are on a disk that
all workers share. Rows without a key are spread evenly; a key that very many rows have stays in
one partition.

Dask carries out the tasks of ``awards.batch.spill``: rows go from one to the next by files. Spark
carries rows itself, packed: a piece of a partition is one value of its shuffle.
"""

import os
import pickle
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from awards.batch import spill
from awards.batch.assessed import identified
from awards.batch.pairs import Stranger, with_two_names
from awards.batch.parts import PLACE, by_keys, plan, tasks
from awards.batch.pieces import cut, joined
from awards.batch.spill import KEYS, NAMES, PAIRS, ROWS, SCHOOLS, Work, carried_out
from awards.batch.told import Told
from awards.problems import OptionError, problem
from awards.schedule import Schedule
from awards.words import Lang

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

LEAST = 1 << 16
"""Rows under which a partition costs more than it brings: each has to word its own cases."""


def pay(
    engine: str,
    source: Path,
    target: Path,
    schedule: Schedule,
    *,
    partitions: int | None = None,
    address: str | None = None,
    lang: Lang = "zh",
    listed: bool = False,
    **asked: Any,
) -> Told:
    """Assess the Parquet file *source* into *target* on *engine*: ``dask`` or ``spark``.

    *address* is that of a Dask scheduler or a Spark master; without it the engine runs in this
    process (Dask's threads, Spark's local mode). Without *partitions* there are as many as this
    machine has cores, or more where they would be too large. What comes back is how many rows
    have each status, and what is wrong. With *listed* the columns are those that ``awards pay``
    writes; the other options are those of ``assess_frame``, and so are the answers.
    """
    engines = {"dask": _on_dask, "spark": _on_spark}
    if engine not in engines:
        raise OptionError(problem("unknown-engine", found=engine, known=", ".join(engines)))
    plan_ = replace(plan(schedule, asked, lang), listed=listed)
    parts = partitions or _partitions(source)
    return carried_out(source, target, plan_, parts, lambda work: engines[engine](work, address))


def _partitions(source: Path) -> int:
    rows = pq.ParquetFile(source).metadata.num_rows
    busy = min(os.cpu_count() or 1, -(-rows // LEAST))
    return max(busy, -(-rows // ROWS), 1)


def _on_dask(work: Work, address: str | None) -> list[Told]:
    """What the partitions tell; Dask carries out the tasks, rows go between them by files."""
    if address is None:
        return spill.by_files(work, _in_threads)
    from distributed import Client

    with Client(address, set_as_default=False) as client:  # type: ignore[no-untyped-call]
        return spill.by_files(
            work, lambda task, values: client.gather(client.map(task, list(values), pure=False))
        )


def _in_threads(task: Callable[[Any], Any], values: Iterable[Any]) -> list[Any]:
    from dask.base import compute
    from dask.delayed import delayed

    asked = [delayed(task, pure=False)(each) for each in values]
    return list(compute(*asked, scheduler="threads"))  # type: ignore[no-untyped-call]


def _on_spark(work: Work, address: str | None) -> list[Told]:
    """What the partitions tell; Spark carries the rows about, packed."""
    session = _session(work, address)
    asked = tasks(work.source)
    groups = session.createDataFrame(asked, "group long, first long")
    rows = groups.repartition(len(asked), "group").mapInArrow(partial(_scatter, work), PACKED)
    kept = [rows.persist()]
    try:
        places = np.concatenate(_answers(_each(rows, PAIRS, work, _doubled)) or [NONE])
        strangers = work.strangers(places)
        schools = [_unpacked(each["rows"]) for each in _of(rows, SCHOOLS).collect()]
        heard = [spill.of_schools(joined(schools) if schools else None)]
        room = NAMES
        if work.plan.is_twice:
            rows = _each(rows, NAMES, work, partial(_regroup, work, strangers))
            kept.append(rows.persist())
            heard += _answers(rows)
            room = KEYS
        done = _each(rows, room, work, partial(_settle, work, strangers))
        return heard + _answers(done)
    finally:
        for each in kept:
            each.unpersist()


PACKED = "room string, part long, first long, rows binary"
"""Rows on their way through Spark: what for, which partition, the place of the first, a piece."""
ANSWER = "answer"
"""What a partition tells, pickled."""
NONE = np.empty(0, np.int64)
Packed = tuple[str, int, int, bytes]


def _scatter(work: Work, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The pieces of the row groups that are asked for."""
    for batch in batches:
        for group, first in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            for place, cut_ in spill.cut_rows(work, (group, first)):
                yield from map(_batch, _pieces(work, place, cut_))


def _pieces(work: Work, first: int, rows: spill.Cut) -> Iterator[Packed]:
    """The pieces of *rows* that have some, each packed for its partition."""
    room, table, parts = rows
    for number, piece in enumerate(cut(table, parts, work.parts)):
        if len(piece):
            sink = pa.BufferOutputStream()
            with pa.ipc.new_stream(sink, piece.schema) as writer:
                writer.write_batch(piece)
            yield room, number, first, sink.getvalue().to_pybytes()


def _batch(packed: Packed) -> pa.RecordBatch:
    columns = zip(packed, (pa.string(), pa.int64(), pa.int64(), pa.binary()), strict=True)
    arrays = [pa.array([value], kind) for value, kind in columns]
    return pa.RecordBatch.from_arrays(arrays, names=["room", "part", "first", "rows"])


def _unpacked(rows: Any) -> pa.Table:
    return pa.ipc.open_stream(rows).read_all()


def _of(rows: "DataFrame", room: str) -> "DataFrame":
    return rows.where(rows["room"] == room)


def _each(
    rows: "DataFrame", room: str, work: Work, do: Callable[[int, pa.Table], Iterator[Packed]]
) -> "DataFrame":
    """What *do* makes of each partition of the *rows* of a *room*, all pieces of which it sees."""

    def done(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        pieces = (
            (batch["part"][at].as_py(), batch["rows"][at].as_buffer())
            for batch in batches
            for at in range(len(batch))
        )
        for number, group in groupby(pieces, key=itemgetter(0)):
            yield from map(_batch, do(number, joined([_unpacked(piece) for _, piece in group])))

    parted = _of(rows, room).repartition(work.parts, "part").sortWithinPartitions("part", "first")
    return parted.mapInArrow(done, PACKED)


def _answer(number: int, answer: object) -> Packed:
    return ANSWER, number, 0, pickle.dumps(answer)


def _answers(rows: "DataFrame") -> list[Any]:
    """What the partitions answer, in their order."""
    found = sorted(_of(rows, ANSWER).collect(), key=itemgetter("part"))
    return [pickle.loads(each["rows"]) for each in found]


def _doubled(number: int, pairs: pa.Table) -> Iterator[Packed]:
    yield _answer(number, with_two_names(pairs))


def _regroup(
    work: Work, strangers: Sequence[Stranger], number: int, table: pa.Table
) -> Iterator[Packed]:
    table, heard = identified(table, strangers)
    first = int(table.column(PLACE)[0].as_py())
    yield from _pieces(work, first, (KEYS, table, by_keys(table, work.plan, work.parts)))
    yield _answer(number, heard)


def _settle(
    work: Work, strangers: Sequence[Stranger], number: int, table: pa.Table
) -> Iterator[Packed]:
    yield _answer(number, spill.write_part(work, strangers, number, table))


def _session(work: Work, address: str | None) -> "SparkSession":
    """A Spark session of its own settings; OptionError where there is no Java to run it."""
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        raise OptionError(problem("no-java"))
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    settings = {
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": str(work.parts),
        "spark.sql.adaptive.enabled": "false",  # partitions stay as they are asked for
        "spark.sql.execution.arrow.maxRecordsPerBatch": "1",  # a record is a piece
    }
    build = SparkSession.builder.appName("awards").master(address or "local[*]")
    for name, value in settings.items():
        build = build.config(name, value)
    return build.getOrCreate()
