"""Who is the same person among many rows, and which rows say the same thing again.

The rules are those of ``awards.identity`` and ``awards.intake``; here they are applied to columns.
The tests hold the two against each other.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from awards.batch.arrays import Bools, Codes, Hashes, Ints
from awards.batch.distinct import MIX, Coded, compact, distinct, pack, shared
from awards.batch.encoding import BLANK, Encoded
from awards.batch.rows import Rows
from awards.batch.split import Chunks
from awards.batch.threads import blocks, side_by_side
from awards.terms import terms


@dataclass(frozen=True)
class People:
    """For each row the key of its person, blank where none is named, and why that is in doubt.

    ``doubts`` are codes of problems in the order in which they end a row: the last counts.
    """

    keys: Encoded
    doubts: Mapping[str, Bools]


KEY, DOUBT = "awards:person", "awards:doubt"
"""The columns in which a frame may bring the keys of its people along, and why one is doubtful."""


def people(rows: Rows, elsewhere: Collection[str] = ()) -> People:
    """The people of *rows*; the numbers *elsewhere* stand beside another name in other rows.

    Where the rows bring their people along, these are taken: they were told apart among more rows.
    """
    if KEY in rows.columns:
        return _brought(rows)
    name, number = names(rows), numbers(rows)
    if name.has_blanks:
        number = Encoded(np.where(name.codes < 0, BLANK, number.codes), number.held)
    school = rows.column("school").folded(terms().plain)
    codes, first = number.codes, np.empty(0, np.int64)
    doubtful = np.zeros(len(rows), np.bool_)
    unnumbered = np.flatnonzero((name.codes >= 0) & (codes < 0)) if number.has_blanks else first
    if len(unnumbered):
        pair: list[Coded] = [(each.codes + 1, len(each.held) + 1) for each in (name, school)]
        places, first = compact(*pack(pair, len(rows)))
        held, several = _holders(places, codes, len(first))
        mine = places[unnumbered]
        codes = codes.copy()
        codes[unnumbered] = np.where(held[mine] >= 0, held[mine], len(number.held) + mine)
        doubtful[unnumbered] = several[mine]
    doubts = {
        "number-two-names": _two_names(name.codes, number, elsewhere),
        "which-person": doubtful,
    }
    return People(Encoded(codes, _Keys(number.held, name, school, first), True), doubts)


def _brought(rows: Rows) -> People:
    doubt = rows.column(DOUBT)
    marks = {str(code): doubt.codes == number for number, code in enumerate(doubt.values)}
    nothing = np.zeros(len(rows), np.bool_)
    doubts = {code: marks.get(code, nothing) for code in ("number-two-names", "which-person")}
    return People(rows.column(KEY), doubts)


@dataclass(frozen=True)
class _Keys(Sequence[object]):
    """The keys of people: numbers, then name and school of those without; made when asked for."""

    numbers: Sequence[object]
    names: Encoded
    schools: Encoded
    rows: Ints

    def __len__(self) -> int:
        return len(self.numbers) + len(self.rows)

    def __getitem__(self, index: Any) -> Any:
        if index < len(self.numbers):
            return self.numbers[index]
        if index >= len(self):
            raise IndexError(index)
        row = int(self.rows[index - len(self.numbers)])
        return f"{self.names.value(row)}@{self.schools.value(row) or ''}"


def names(rows: Rows) -> Encoded:
    """The names of people in comparison form."""
    return rows.column("person").folded(terms().plain)


def numbers(rows: Rows) -> Encoded:
    """The numbers of people in comparison form."""
    return rows.column("person_id").folded(lambda text: terms().plain(text).upper())


def _holders(places: Ints, numbers: Codes, count: int) -> tuple[Ints, Bools]:
    """For each name and school the one number that is known of it, and where there are several."""
    known = np.flatnonzero(numbers >= 0)
    lowest = np.full(count, np.iinfo(np.int64).max)
    highest = np.full(count, BLANK, np.int64)
    np.minimum.at(lowest, places[known], numbers[known])
    np.maximum.at(highest, places[known], numbers[known])
    several = lowest < highest
    return np.where(several, BLANK, highest), several


def _two_names(names: Codes, number: Encoded, elsewhere: Collection[str]) -> Bools:
    """Rows whose number stands beside another name elsewhere."""
    known = np.flatnonzero(number.codes >= 0) if number.has_blanks else slice(None)
    numbers, beside = number.codes[known], names[known]
    one = np.empty(len(number.held), np.int32)
    bad = np.zeros(len(number.held), np.bool_)
    if elsewhere:
        bad |= np.array([value in elsewhere for value in number.values], np.bool_)
    for block in blocks(range(len(numbers))):
        one[numbers[block]] = beside[block]
    for block in blocks(range(len(numbers))):
        mine = numbers[block]
        bad[mine[one[mine] != beside[block]]] = True
    doubtful = np.zeros(len(names), np.bool_)
    if bad.any():
        doubtful[known] = bad[numbers]
    return doubtful


def repeated(rows: Rows, apart: Chunks, said: Hashes) -> Bools:
    """Which of the *rows*, each of which says what its hash *said* tells, do so again.

    A row says again exactly what an earlier one says, which is in its chunk. Rows that name nobody
    do not count, nor earlier payments.
    """
    again = np.zeros(len(rows), np.bool_)
    named = rows.column("person").codes >= 0
    named &= ~rows.paid
    everybody = bool(named.all())

    def look(number: int) -> None:
        mine = apart[number]
        mine = mine if everybody else mine[named[mine]]
        alike = mine[shared(said[mine])]
        if len(alike):
            columns = [each.take(alike) for each in _stated(rows)]
            coded: list[Coded] = [(each.codes + 1, len(each.held) + 1) for each in columns]
            numbers, first = distinct(coded, len(alike))
            again[alike] = first[numbers] != np.arange(len(alike))

    side_by_side([partial(look, number) for number in range(apart.count)], len(rows))
    return again


def hashed(rows: Rows) -> Hashes:
    """For each row a hash of everything that it says, equal where that is."""
    said = np.zeros(len(rows), np.uint64)
    columns = _stated(rows)
    for block in blocks(range(len(rows))):
        mine = said[block]
        for column in columns:
            mine += column.codes[block].view(np.uint32)
            mine *= MIX
    return said


def _stated(rows: Rows) -> list[Encoded]:
    return [column for name, column in rows.columns.items() if name not in (KEY, DOUBT)]
