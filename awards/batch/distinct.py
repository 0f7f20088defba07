"""Distinct cases: rows that agree in some columns get one number, so each is worked out once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from awards.batch.encoding import Bools, Ints

ROOM = 1 << 62
"""Packed codes stay below, so that they fit a machine word."""
FLAT = 1 << 22
"""Up to so many possible cases a table of all of them is quicker than hashing."""


def pack(columns: Iterable[tuple[Ints, int]], count: int) -> tuple[Ints, int]:
    """One number for each of *count* rows, and a bound for them; equal where all columns are.

    Each column comes with the number of its codes, which begin with 0.
    """
    packed, room = np.zeros(count, np.int64), 1
    for codes, size in columns:
        if size <= 1:
            continue
        if room * size >= ROOM:
            packed, first = compact(packed, room)
            room = len(first)
        packed = codes.astype(np.int64) if room == 1 else packed * size + codes
        room *= size
    return packed, room


def compact(packed: Ints, room: int) -> tuple[Ints, Ints]:
    """The numbers of the distinct values of *packed*, and for each the first row that has it."""
    if room <= FLAT:
        first = np.full(room, -1, np.int64)
        first[packed[::-1]] = np.arange(len(packed) - 1, -1, -1)
        there = np.flatnonzero(first >= 0)
        numbers = np.empty(room, np.int64)
        numbers[there] = np.arange(len(there))
        return numbers[packed], first[there]
    import pandas as pd

    codes, held = pd.factorize(packed)
    first = np.empty(len(held), np.int64)
    first[codes[::-1]] = np.arange(len(packed) - 1, -1, -1)
    return codes.astype(np.int64), first


def distinct(columns: Iterable[tuple[Ints, int]], count: int) -> tuple[Ints, Ints]:
    """For each row the number of its case, and for each case its first row."""
    return compact(*pack(columns, count))


@dataclass(frozen=True)
class Groups:
    """Rows of equal keys beside each other: ``rows`` in that order, each group from a ``start``.

    Within a group the rows keep their order.
    """

    rows: Ints
    starts: Ints

    @property
    def sizes(self) -> Ints:
        """How many rows each group has."""
        return np.diff(np.append(self.starts, len(self.rows)))

    def numbers(self) -> Ints:
        """For each of the ``rows`` the number of its group."""
        return np.repeat(np.arange(len(self.starts)), self.sizes)


def groups(keys: Sequence[tuple[Ints, int]], among: Bools) -> Groups:
    """The rows *among* all, by equal *keys*."""
    rows = np.flatnonzero(among)
    packed, room = pack(((codes[rows], size) for codes, size in keys), len(rows))
    bits = max(len(rows) - 1, 1).bit_length()
    if room << bits >= ROOM:
        packed, first = compact(packed, room)
        room = len(first)
    order = np.sort((packed << bits) | np.arange(len(rows)))  # a sort that keeps equals in order
    places = order & ((1 << bits) - 1)
    order >>= bits
    starts = np.flatnonzero(np.append(True, order[1:] != order[:-1])) if len(rows) else rows
    return Groups(rows[places], starts)
