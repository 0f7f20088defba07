"""The large runner on a cluster: Dask or Spark carries rows about, the same steps run on each part.

A Parquet file comes in, one goes out, in order of the rows. Rows get their places as they are read;
they are shuffled by the key that the steps share (``awards.batch.parts``), so that a shuffle is
never repeated while keys stay the same; each partition is assessed whole, by the large runner with
its proof. What a partition says does not depend on the others, so one that fails is run again by
the engine, and its file is written whole or not at all. The files are on a disk that all workers
share. Rows without a key are spread evenly; a key that very many rows have stays in one partition.
"""

import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from awards.batch.parts import (
    PART,
    Plan,
    assessed,
    beside,
    identified,
    merged,
    names_of_numbers,
    numbered,
    parted,
    plan,
    schema_of,
    with_two_names,
    write_part,
)
from awards.batch.people import DOUBT, KEY
from awards.problems import OptionError, problem
from awards.schedule import Schedule
from awards.words import Lang

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

PARTITIONS = 16
"""Partitions, unless the caller says otherwise: some for each worker, so that all are busy."""
Task = tuple[int, int]
"""A row group of the file, and the place of its first row."""


def pay(
    engine: str,
    source: Path,
    target: Path,
    schedule: Schedule,
    *,
    partitions: int = PARTITIONS,
    address: str | None = None,
    lang: Lang = "zh",
    **asked: Any,
) -> dict[str, int]:
    """Assess the Parquet file *source* into *target* on *engine*: ``dask`` or ``spark``.

    *address* is that of a Dask scheduler or a Spark master; without it the engine runs in this
    process (Dask's threads, Spark's local mode). What comes back is how many rows have each
    status; the other options are those of ``assess_frame``, and so are the answers.
    """
    engines = {"dask": _on_dask, "spark": _on_spark}
    if engine not in engines:
        raise OptionError(problem("unknown-engine", found=engine, known=", ".join(engines)))
    plan_ = plan(schedule, asked, lang)
    schema = schema_of(plan_)
    with TemporaryDirectory(dir=target.parent) as folder:
        count = partitions if plan_.keys else 1
        engines[engine](source.absolute(), Path(folder).absolute(), plan_, count, address)
        rows = pq.ParquetFile(source).metadata.num_rows
        return merged(Path(folder), target, rows, schema)


def tasks(source: Path) -> list[Task]:
    """The row groups of *source*, each with the place of its first row."""
    told = pq.ParquetFile(source).metadata
    first, found = 0, []
    for group in range(told.num_row_groups):
        found.append((group, first))
        first += told.row_group(group).num_rows
    return found


def read(source: Path, task: Task) -> pd.DataFrame:
    """The rows of one row group, each with its place."""
    group, first = task
    return numbered(pq.ParquetFile(source).read_row_group(group).to_pandas(), first)


def _written(frame: pd.DataFrame, folder: Path, plan_: Plan, elsewhere: frozenset[str]) -> int:
    """Assess a partition and write it under the name of its partition; how many awards."""
    total = 0
    for number, rows in frame.groupby(PART):
        awards = assessed(rows, plan_, elsewhere)
        write_part(awards, folder, f"{number:05}", schema_of(plan_))
        total += len(awards)
    return total


def _on_dask(source: Path, folder: Path, plan_: Plan, count: int, address: str | None) -> None:
    import dask
    import dask.dataframe

    with ExitStack() as stack:
        if address:
            from distributed import Client

            stack.enter_context(Client(address, set_as_default=True))  # type: ignore[no-untyped-call]
        else:
            stack.enter_context(dask.config.set(scheduler="threads"))
        stack.enter_context(dask.config.set({"dataframe.shuffle.method": "tasks"}))
        from_map: Any = dask.dataframe.from_map  # it has no types
        rows = from_map(lambda task: read(source, task), tasks(source), meta=_meta(source))
        pairs = rows.map_partitions(names_of_numbers, meta=names_of_numbers(_meta(source)))
        known = [pairs.drop_duplicates(split_out=1).compute(), *beside(plan_.asked)]
        elsewhere = with_two_names(pd.concat(known))
        by_name = bool(plan_.keys)
        rows = _shuffled(rows, plan_, count, by_name=by_name)
        if by_name and not plan_.by_name:
            rows = rows.map_partitions(identified, elsewhere, meta=identified(rows._meta, ()))
            rows = _shuffled(rows.drop(columns=[PART]), plan_, count, by_name=False)
        done = rows.map_partitions(
            lambda frame: pd.Series([_written(frame, folder, plan_, elsewhere)]),
            meta=pd.Series([0]),
        )
        done.compute()


def _meta(source: Path) -> pd.DataFrame:
    """No rows, with the columns of *source* and the places."""
    return numbered(pq.ParquetFile(source).schema_arrow.empty_table().to_pandas(), 0)


def _shuffled(rows: Any, plan_: Plan, count: int, *, by_name: bool) -> Any:
    """The rows, each in its partition."""
    marked = rows.map_partitions(
        parted,
        plan_,
        count,
        by_name=by_name,
        meta=parted(rows._meta, plan_, count, by_name=by_name),
    )
    return marked.shuffle(on=PART, npartitions=count)


MORE = {
    "row_id": pa.int64(),
    "row": pa.int64(),
    PART: pa.int64(),
    KEY: pa.string(),
    DOUBT: pa.string(),
}
"""The columns that rows get on their way, beside their own."""


def _on_spark(source: Path, folder: Path, plan_: Plan, count: int, address: str | None) -> None:
    session = _session(count, address)
    rows = _read_on(session, source)
    pairs = _mapped(rows, _pairs, pa.schema({"number": pa.string(), "name": pa.string()}))
    known = [pairs.distinct().toPandas(), *(each.astype("str") for each in beside(plan_.asked))]
    elsewhere = with_two_names(pd.concat(known))
    by_name = bool(plan_.keys)
    rows = _parted_on(rows, source, plan_, count, by_name=by_name)
    if by_name and not plan_.by_name:
        rows = _mapped(rows, lambda frame: identified(frame, elsewhere), _schema(source, *MORE))
        rows = _parted_on(rows, source, plan_, count, by_name=False)
    done = _mapped(
        rows,
        lambda frame: pd.DataFrame({"awards": [_written(frame, folder, plan_, elsewhere)]}),
        pa.schema({"awards": pa.int64()}),
    )
    done.collect()


def _session(count: int, address: str | None) -> "SparkSession":
    """A Spark session of its own settings; OptionError where there is no Java to run it."""
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        raise OptionError(problem("no-java"))
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    settings = {
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": str(count),
        "spark.sql.adaptive.enabled": "false",  # partitions stay as they are asked for
    }
    build = SparkSession.builder.appName("awards").master(address or "local[*]")
    for name, value in settings.items():
        build = build.config(name, value)
    return build.getOrCreate()


def _pairs(frame: pd.DataFrame) -> pd.DataFrame:
    return names_of_numbers(frame).astype("str")


def _read_on(session: "SparkSession", source: Path) -> "DataFrame":
    """The rows of *source*, each row group read by a worker."""
    asked = tasks(source)
    groups = session.createDataFrame(asked, "group long, first long")
    told = groups.repartition(max(len(asked), 1), "group")
    schema = _schema(source, "row_id", "row")

    def rows(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            for group, first in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                yield from _arrow(read(source, (group, first)), schema)

    return told.mapInArrow(rows, _spark_schema(schema))


def _schema(source: Path, *more: str) -> pa.Schema:
    """The columns of *source*, and *more* of those that rows get on their way."""
    stated = pq.ParquetFile(source).schema_arrow.remove_metadata()
    fields = {field.name: field.type for field in stated}
    fields = {n: pa.string() if pa.types.is_large_string(t) else t for n, t in fields.items()}
    return pa.schema({**{name: MORE[name] for name in more}, **fields})


def _spark_schema(schema: pa.Schema) -> Any:
    from pyspark.sql.pandas.types import from_arrow_schema

    return from_arrow_schema(schema)


def _arrow(frame: pd.DataFrame, schema: pa.Schema) -> list[pa.RecordBatch]:
    table = pa.Table.from_pandas(frame, schema, preserve_index=False)
    batches: list[pa.RecordBatch] = table.to_batches()
    return batches


def _mapped(
    rows: "DataFrame", change: Callable[[pd.DataFrame], pd.DataFrame], schema: pa.Schema
) -> "DataFrame":
    """What *change* makes of each partition; it sees the partition whole, not its batches."""

    def changed(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        held = list(batches)
        if held:
            yield from _arrow(change(pa.Table.from_batches(held).to_pandas()), schema)

    return rows.mapInArrow(changed, _spark_schema(schema))


def _parted_on(
    rows: "DataFrame", source: Path, plan_: Plan, count: int, *, by_name: bool
) -> "DataFrame":
    """The rows, each in its partition."""
    more = [name for name in MORE if name in rows.columns or name == PART]
    marked = _mapped(
        rows, lambda frame: parted(frame, plan_, count, by_name=by_name), _schema(source, *more)
    )
    return marked.repartition(count, PART)
