"""Larger than memory, on one machine or several: partitions on disk, one of them at a time.

The work is cut into tasks that need nothing but files: a row group is cut into pieces, a partition
is put together and worked out. Here they are carried out one after the other; a cluster carries
them out at once (``awards.cluster``).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from awards.batch import told
from awards.batch.arrays import Ints
from awards.batch.arrow import ROW
from awards.batch.assessed import assessed, identified
from awards.batch.forms import kept
from awards.batch.pairs import (
    Stranger,
    close_schools,
    ledger_of,
    names_in_ledger,
    pairs_of,
    schools_of,
    strangers_at,
    with_two_names,
)
from awards.batch.parts import (
    BATCH,
    PLACE,
    Plan,
    Task,
    batches,
    by_keys,
    by_name,
    names_of,
    numbers_of,
    places_of,
    plan,
    tasks,
)
from awards.batch.pieces import merged, read_pieces, write_awards, write_pieces
from awards.batch.told import Told
from awards.schedule import Schedule
from awards.words import Lang

ROWS = 1 << 20
"""Rows of one partition, about, unless the caller says otherwise."""
ROOMS = PAIRS, SCHOOLS, NAMES, KEYS, AWARDS = "pairs", "schools", "names", "keys", "awards"
"""Where files stand, by what their rows are cut for."""
Cut = tuple[str, pa.Table, Ints]
"""What rows are cut for, the rows, and the partition that each belongs to."""
Carry = Callable[[Callable[[Any], Any], Iterable[Any]], list[Any]]
"""What carries a task out on each of some values, and has the answers in their order."""


@dataclass(frozen=True)
class Work:
    """A file to assess: its ``count`` rows in so many ``parts``, ``size`` of them read at once."""

    source: Path
    folder: Path
    plan: Plan
    parts: int
    count: int
    size: int

    def room(self, name: str) -> Path:
        """The folder of the files called *name*."""
        return self.folder / name

    def strangers(self, places: Ints) -> tuple[Stranger, ...]:
        """Who stands at the *places*, where numbers have two names."""
        return strangers_at(places, self.source, self.count, ledger_of(self.plan.asked))


def assess_file(
    source: Path,
    target: Path,
    schedule: Schedule,
    *,
    rows: int | None = None,
    lang: Lang = "zh",
    listed: bool = False,
    **asked: Any,
) -> Told:
    """Assess the Parquet file *source* into *target*, about *rows* of it in memory at a time.

    The awards come in order of their rows, with ``row_id``, the place of the row, of which
    ``superseded_by`` speaks too. What comes back is how many rows have each status, and what is
    wrong. With *listed* the columns are those that ``awards pay`` writes. The other options are
    those of ``assess_frame``.
    """
    count = pq.ParquetFile(source).metadata.num_rows
    rows = rows or ROWS
    parts = max(-(-count // rows), 1)
    plan_ = replace(plan(schedule, asked, lang), listed=listed)
    return carried_out(source, target, plan_, parts, one_by_one, min(BATCH, rows))


def one_by_one(work: Work) -> list[Told]:
    """Carry the tasks of *work* out, one after the other."""
    return by_files(work, lambda task, values: list(map(task, values)))


def carried_out(
    source: Path,
    target: Path,
    plan_: Plan,
    parts: int,
    engine: Callable[[Work], list[Told]],
    size: int = BATCH,
) -> Told:
    """Assess *source* into *target* in *parts*, as *engine* does the work; what it tells."""
    count = pq.ParquetFile(source).metadata.num_rows
    with TemporaryDirectory(dir=target.parent) as folder:
        whole = parts if plan_.keys else 1
        work = Work(source.absolute(), Path(folder).absolute(), plan_, whole, count, size)
        for name in ROOMS:
            work.room(name).mkdir()
        heard = told.summed(engine(work) if count else [_nothing(work)])
        merged(work.room(AWARDS), target, count, ROW, kept(plan_))
    return heard


def _nothing(work: Work) -> Told:
    """What a file without rows tells: what is wrong with all that is beside it."""
    rows = pq.ParquetFile(work.source).schema_arrow.remove_metadata().empty_table()
    return write_part(work, (), 0, rows.append_column(PLACE, pa.array([], pa.int64())))


def by_files(work: Work, carry: Carry) -> list[Told]:
    """What the partitions of *work* tell; rows go from task to task by files."""
    parts = range(work.parts)
    carry(partial(scatter, work), tasks(work.source))
    places = np.concatenate(carry(partial(doubled, work), parts))
    strangers = work.strangers(places)
    schools = read_pieces(work.room(SCHOOLS), 0)
    heard = [of_schools(schools)]
    if work.plan.is_twice:
        heard += carry(partial(regroup, work, strangers), parts)
    return heard + carry(partial(settle, work, strangers), parts)


def cut_rows(work: Work, task: Task) -> Iterator[tuple[int, Cut]]:
    """The rows of one row group to be parted by name, and what has to be known of all together.

    Each comes with the place of its first row. Earlier payments go with the first row group.
    """
    for table in batches(work.source, task, work.size):
        names, places, numbers = names_of(table), places_of(table), numbers_of(table)
        first = int(places[0])
        schools = schools_of(names, places, numbers)
        yield first, (SCHOOLS, schools, np.zeros(len(schools), np.int64))
        yield first, (PAIRS, *pairs_of(names, places, work.parts))
        yield first, (NAMES, table, by_name(names, places, work.parts))
    paid = ledger_of(work.plan.asked)
    if len(paid) and task == (0, 0):
        places = work.count + np.arange(len(paid))
        yield work.count, (PAIRS, *pairs_of(names_in_ledger(paid), places, work.parts))


def of_schools(schools: pa.Table | None) -> Told:
    """What is to be asked about the schools of all rows."""
    return told.of_rows(close_schools(schools) if schools is not None else ())


def write_cuts(work: Work, cuts: Iterable[Cut], name: str) -> None:
    """Write each of the *cuts* as a file of the *name*, in pieces."""
    for room, table, parts in cuts:
        write_pieces(table, parts, work.parts, work.room(room) / f"{name}.arrow")


def scatter(work: Work, task: Task) -> None:
    """Cut the rows of one row group into pieces."""
    for first, cut in cut_rows(work, task):
        write_cuts(work, [cut], f"{first:012}")


def doubled(work: Work, number: int) -> Ints:
    """Where the numbers of one partition of the pairs stand beside two names."""
    pairs = read_pieces(work.room(PAIRS), number)
    return np.empty(0, np.int64) if pairs is None else with_two_names(pairs)


def regroup(work: Work, strangers: Sequence[Stranger], number: int) -> Told:
    """Tell the people of one partition apart, and cut it into pieces by the keys of the plan."""
    table = read_pieces(work.room(NAMES), number)
    if table is None:
        return Told()
    table, heard = identified(table, strangers)
    write_cuts(work, [(KEYS, table, by_keys(table, work.plan, work.parts))], f"{number:05}")
    return heard


def settle(work: Work, strangers: Sequence[Stranger], number: int) -> Told:
    """Assess one partition; what it tells."""
    table = read_pieces(work.room(KEYS if work.plan.is_twice else NAMES), number)
    return Told() if table is None else write_part(work, strangers, number, table)


def write_part(work: Work, strangers: Sequence[Stranger], number: int, table: pa.Table) -> Told:
    """Assess the rows of one partition, and write their awards; what it tells."""
    awards, heard = assessed(table, work.plan, strangers, work.count)
    write_awards(awards, work.room(AWARDS), f"{number:05}")
    return heard
