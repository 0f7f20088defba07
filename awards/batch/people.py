"""Who is the same person among many rows, and which rows say the same thing again.

The rules are those of ``awards.identity`` and ``awards.intake``; here they are applied to columns.
The tests hold the two against each other.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from awards.batch.distinct import Coded, compact, distinct, order, pack
from awards.batch.encoding import BLANK, Bools, Codes, Encoded, Ints, unchanged
from awards.batch.rows import Rows
from awards.terms import terms

MIX = np.uint64(0x9E3779B97F4A7C15)
"""An odd number with no pattern in its bits, to mix codes with."""


@dataclass(frozen=True)
class People:
    """For each row the key of its person, blank where none is named, and why it is doubtful.

    ``doubts`` are codes of problems in the order in which they end a row: the last counts.
    """

    keys: Encoded
    doubts: Mapping[str, Bools]


KEY, DOUBT = "_person", "_doubt"
"""The columns in which a frame may bring the keys of its people along, and why one is doubtful."""


def people(rows: Rows, elsewhere: Collection[str] = ()) -> People:
    """The people of *rows*; the numbers *elsewhere* stand beside another name in other rows.

    Where the rows bring their people along, these are taken: they were told apart among more rows.
    """
    if KEY in rows.columns:
        return _brought(rows)
    name = _plain(rows.column("person"), terms().plain)
    number = _plain(rows.column("person_id"), lambda text: terms().plain(text).upper())
    number = Encoded(np.where(name.codes < 0, BLANK, number.codes).astype(np.int32), number.held)
    school = _plain(rows.column("school"), terms().plain)
    pairs, room = pack(
        [(name.codes + 1, len(name.held) + 1), (school.codes + 1, len(school.held) + 1)], len(rows)
    )
    codes = number.codes.astype(np.int64)
    doubtful = np.zeros(len(rows), np.bool_)
    first = None
    unnumbered = np.flatnonzero((name.codes >= 0) & (number.codes < 0))
    if len(unnumbered):
        places, first = compact(pairs, room)
        held, several = _holders(places, number.codes, len(first))
        mine = places[unnumbered]
        codes[unnumbered] = np.where(held[mine] >= 0, held[mine], len(number.held) + mine)
        doubtful[unnumbered] = several[mine]
    doubts = {
        "number-two-names": _two_names(name.codes, number, elsewhere),
        "which-person": doubtful,
        "repeated-row": _repeated(rows),
        "wrong-type": rows.wrong,
    }
    people_ = _Keys(number.held, name, school, np.empty(0, np.int64) if first is None else first)
    return People(Encoded(codes.astype(np.int32), people_, True), doubts)


def _brought(rows: Rows) -> People:
    doubt = rows.column(DOUBT)
    marks = {str(code): doubt.codes == number for number, code in enumerate(doubt.values)}
    nothing = np.zeros(len(rows), np.bool_)
    codes = ("number-two-names", "which-person")
    doubts = {code: marks.get(code, nothing) for code in codes}
    doubts |= {"repeated-row": _repeated(rows), "wrong-type": rows.wrong}
    return People(rows.column(KEY), doubts)


@dataclass(frozen=True)
class _Keys(Sequence[object]):
    """The keys of people: numbers, then name and school of those without; made when asked for."""

    numbers: "Sequence[object] | pd.Index[Any]"
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


def _plain(column: Encoded, fold: Callable[[str], str]) -> Encoded:
    """*column* in comparison form."""
    values = unchanged(column.values, fold)
    if values == column.values:
        return column
    return column.recoded([value or None for value in values])


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
    known = np.flatnonzero(number.codes >= 0)
    numbers = number.codes[known]
    one = np.empty(len(number.held), np.int64)
    one[numbers] = names[known]
    differ = one[numbers] != names[known]
    doubtful = np.zeros(len(names), np.bool_)
    if differ.any() or elsewhere:
        bad = np.zeros(len(number.held), np.bool_)
        if elsewhere:
            bad |= np.array([value in elsewhere for value in number.values], np.bool_)
        bad[numbers[differ]] = True
        doubtful[known] = bad[numbers]
    return doubtful


def _repeated(rows: Rows) -> Bools:
    """Rows that say again exactly what an earlier one says."""
    again = np.zeros(len(rows), np.bool_)
    if not len(rows):
        return again
    mixed = np.zeros(len(rows), np.uint64)
    for name, column in rows.columns.items():
        if name in (KEY, DOUBT):
            continue
        mixed *= MIX
        mixed += column.codes.view(np.uint32)
    named = (rows.column("person").codes >= 0) & ~rows.paid
    candidates = np.flatnonzero(named)
    short = (mixed >> np.uint64(32)).astype(np.int64)[candidates]
    ordered = order(short, 1 << 32)
    twins = np.flatnonzero(short[ordered[1:]] == short[ordered[:-1]])
    if len(twins):
        alike = np.sort(candidates[np.unique(np.append(ordered[twins], ordered[twins + 1]))])
        columns: list[Coded] = [
            (each.codes[alike] + 1, len(each.held) + 1) for each in rows.columns.values()
        ]
        numbers, first = distinct(columns, len(alike))
        again[alike] = first[numbers] != np.arange(len(alike))
    return again
