"""Numbers that stand beside two names, though the rows of the two names are never together.

Each batch tells its distinct pairs of number and name; these are parted by number, and what is
left in memory in the end are the numbers at fault, with the first row of each of two names.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from awards.batch.arrays import Ints
from awards.batch.distinct import distinct
from awards.batch.encoding import Encoded
from awards.batch.parts import (
    PLACE,
    TEXT,
    Names,
    among,
    batches,
    hashed,
    names_of,
    numbers_of,
    places_of,
    tasks,
)
from awards.batch.rows import rows_of, rows_of_records
from awards.identity import identities
from awards.intake import everything
from awards.problems import Problem
from awards.records import Result, result_of

NUMBER, NAME = "number", "name"
"""Hashes of a number and of a name, in comparison form."""


@dataclass(frozen=True)
class Stranger:
    """The first row of a name beside a ``number`` that has two: at ``place`` among all rows."""

    number: str
    name: str
    place: int
    row: Result


def pairs_of(names: Names, places: Ints, count: int) -> tuple[pa.Table, Ints]:
    """The distinct pairs of number and name, and for each its partition of *count*, by number."""
    there = np.flatnonzero((names.person.codes >= 0) & (names.number.codes >= 0))
    sizes = (len(names.number.held), len(names.person.held))
    codes = (names.number.codes[there], names.person.codes[there])
    _, first = distinct(zip(codes, sizes, strict=True), len(there))
    rows = there[first]
    number, name = hashed(names.number)[rows], hashed(names.person)[rows]
    columns: dict[str, Any] = {NUMBER: number, NAME: name, PLACE: places[rows]}
    return pa.table(columns), among(number, count)


def ledger_of(asked: Any) -> pd.DataFrame | Sequence[Result]:
    """The earlier payments that a run is asked with, as they are or as records."""
    paid = asked.get("ledger", ())
    return paid if isinstance(paid, pd.DataFrame) else everything((), paid, (), ()).ledger


def names_in_ledger(paid: pd.DataFrame | Sequence[Result]) -> Names:
    """Whom the earlier payments name."""
    rows = rows_of(paid) if isinstance(paid, pd.DataFrame) else rows_of_records(paid)
    return Names.of(rows)


def with_two_names(pairs: pa.Table) -> Ints:
    """The places where each number among *pairs* with two names has the first two of them first.

    They come in order of the places already.
    """
    held = pairs.to_pandas().drop_duplicates([NUMBER, NAME])
    held = held[held[NUMBER].duplicated(keep=False)]
    places: Ints = held.groupby(NUMBER, sort=False).head(2)[PLACE].to_numpy()
    return places


def strangers_at(
    places: Ints, source: Path, count: int, paid: pd.DataFrame | Sequence[Result]
) -> tuple[Stranger, ...]:
    """Who stands at the *places* of *source*, and after its *count* rows among those *paid*."""
    found: list[Stranger] = []
    for task in tasks(source) if len(places) else ():
        for table in batches(source, task, columns=NEEDED):
            mine = places_of(table)
            rows = np.flatnonzero(np.isin(mine, places))
            found += _strangers(names_of(table), rows, mine, numbers_of(table))
    rows = places[places >= count] - count
    after = count + np.arange(len(paid))
    if len(rows):
        found += _strangers(names_in_ledger(paid), rows, after, after + 1)
    return tuple(sorted(found, key=lambda each: each.place))


NEEDED = ("person", "person_id", "school", "row")


def _strangers(names: Names, rows: Ints, places: Ints, numbers: Ints) -> Iterator[Stranger]:
    for row in rows.tolist():
        number, name = str(names.number.value(row)), str(names.person.value(row))
        stated = {"person": names.rows.column("person").value(row), "person_id": number}
        result = result_of({"row": int(numbers[row]), **stated}, int(numbers[row]))
        yield Stranger(number, name, int(places[row]), result)


def beside(strangers: Sequence[Stranger], table: pa.Table) -> list[tuple[int, Result]]:
    """Those of *strangers* who have a number of these rows, and whose name none of them has.

    With each comes how many of the rows are before it.
    """
    if not strangers:
        return []
    names, places = names_of(table), places_of(table)
    mine, here = (_there(column) for column in (names.number, names.person))
    found = [each for each in strangers if each.number in mine and each.name not in here]
    before = np.searchsorted(places, [each.place for each in found])
    return [(int(at), each.row) for at, each in zip(before.tolist(), found, strict=True)]


def _there(column: Encoded) -> set[object]:
    """The values that some row has."""
    codes = np.unique(column.codes)
    return {column.values[code] for code in codes[codes >= 0].tolist()}


_KINDS: dict[str, pa.DataType] = {"school": TEXT, "row": pa.int64(), PLACE: pa.int64()}
SCHOOLS = pa.schema(_KINDS)
"""A school as its first row writes it, and the number and the place of that row."""


def schools_of(names: Names, places: Ints, numbers: Ints) -> pa.Table:
    """Each school of rows where it comes first."""
    school = names.rows.column("school")
    _, first = distinct([(school.codes + 1, len(school.held) + 1)], len(places))
    rows = first[school.codes[first] >= 0]
    texts = [str(school.value(row)) for row in rows.tolist()]
    columns: dict[str, Any] = {"school": texts, "row": numbers[rows], PLACE: places[rows]}
    return pa.table(columns, SCHOOLS)


def close_schools(told: pa.Table) -> list[tuple[int, Problem]]:
    """The question whether two of the schools *told* are one, at the place of the later."""
    found = told.sort_by(PLACE).to_pydict()
    rows = [
        result_of({"row": number, "school": school}, number)
        for school, number in zip(found["school"], found["row"], strict=True)
    ]
    return [(found[PLACE][index], fault) for index, fault in identities(rows)[1]]
