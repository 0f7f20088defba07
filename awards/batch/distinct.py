"""Distinct cases: rows that agree in some columns get one number, so each is worked out once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from math import prod
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from awards.batch.arrays import Bools, Codes, Hashes, Ints
from awards.batch.threads import blocks, side_by_side, spans

ROOM = 1 << 62
"""Packed codes stay below, so that they fit a machine word."""
DIGIT = 16
FLAT = 1 << 20
"""Up to so many possible cases a table of all of them is quicker than hashing."""
NEAR, FEW = 1 << 21, 5
"""More hashes are looked through in parts, by so many of their first bits: a table for all of them
would be far from the processor."""
WIDE = 12
"""Larger groups are compared whole, one by one; smaller ones of one size all together."""

MIX = np.uint64(0x9E3779B97F4A7C15)
"""An odd number with no pattern in its bits, to mix codes with."""
Coded = tuple[npt.NDArray[np.integer[Any]], int]
"""A column of codes from 0, and their number."""


def pack(columns: Iterable[Coded], count: int) -> tuple[Ints, int]:
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
        if room == 1:
            packed = codes.astype(np.int64)
        else:
            packed *= size
            packed += codes
        room *= size
    return packed, room


def compact(packed: Ints, room: int) -> tuple[Ints, Ints]:
    """The numbers of the distinct values of *packed*, and for each the first row that has it."""
    if room <= FLAT:
        first = np.full(room, -1, np.int32)
        first[packed[::-1]] = np.arange(len(packed) - 1, -1, -1, dtype=np.int32)
        there = np.flatnonzero(first >= 0)
        numbers = np.empty(room, np.int64)
        numbers[there] = np.arange(len(there))
        return numbers[packed], first[there].astype(np.int64)
    codes, held = pd.factorize(packed)
    rows = np.empty(len(held), np.int64)
    rows[codes[::-1]] = np.arange(len(packed) - 1, -1, -1)
    return codes.astype(np.int64), rows


def distinct(columns: Iterable[Coded], count: int) -> tuple[Ints, Ints]:
    """For each row the number of its case, and for each case its first row."""
    return compact(*pack(columns, count))


def mixed(numbers: Hashes) -> Hashes:
    """*numbers* without a pattern, equal where they are."""
    told = numbers * MIX
    told ^= told >> np.uint64(29)
    told *= MIX
    return told ^ (told >> np.uint64(32))


def shared(hashes: Hashes) -> Ints:
    """The places of the *hashes* that stand at another place too, in order."""
    if len(hashes) <= NEAR:
        return _shared(hashes)
    first = (hashes >> np.uint64(64 - FEW)).astype(np.uint16)
    places = np.argsort(first, kind="stable")
    ends = np.cumsum(np.bincount(first, minlength=1 << FEW))
    found = [part[_shared(hashes[part] << np.uint64(FEW))] for part in np.split(places, ends)]
    return np.sort(np.concatenate(found))


def _shared(hashes: Hashes) -> Ints:
    stands_in = _neighbours(hashes, len(hashes).bit_length() + 2)
    crowded = np.flatnonzero(stands_in != np.arange(len(hashes), dtype=np.int32))
    equal = hashes[crowded] == hashes[stands_in[crowded]]
    ones, rest = crowded[equal], crowded[~equal]
    rest = rest[np.argsort(hashes[rest], kind="stable")]
    twins = np.flatnonzero(hashes[rest[1:]] == hashes[rest[:-1]])
    return np.unique(np.concatenate((ones, stands_in[ones], rest[twins], rest[twins + 1])))


def all_kinds(hashes: Hashes) -> Ints:
    """Places of the *hashes*, in order, at which all of them stand, most of them once."""
    stands_in = _neighbours(hashes, DIGIT)
    kept = hashes[stands_in] != hashes
    kept[stands_in] = True
    return np.flatnonzero(kept)


def _neighbours(hashes: Hashes, bits: int) -> Codes:
    """For each of the *hashes* the last place of one that begins with the same *bits*."""
    count = np.arange(len(hashes), dtype=np.int32)
    slots = (hashes >> np.uint64(64 - bits)).view(np.int64)
    last = np.empty(1 << bits, np.int32)  # only what is written is read
    last[slots] = count
    return last[slots]


@dataclass(frozen=True)
class Digits:
    """A column of codes from -1 as digits from 0: one more, or what a small ``table`` says.

    Of such a table the last entry stands for -1. There are ``size`` digits.
    """

    codes: Codes
    size: int
    table: Codes | None = None

    def at(self, rows: Ints | slice) -> Codes:
        """The digits in *rows*."""
        codes = self.codes[rows]
        return codes + np.int32(1) if self.table is None else self.table[codes]


def distinct_digits(columns: Sequence[Digits], count: int) -> tuple[Ints, Ints]:
    """What :func:`distinct` says of *columns* of many rows: block by block, on every core."""
    room = prod(each.size for each in columns)
    if room > FLAT:
        return distinct(((each.at(slice(None)), each.size) for each in columns), count)
    packed, numbers = np.empty(count, np.int32), np.empty(count, np.int64)

    def look(span: range) -> Codes:
        first = np.full(room, -1, np.int32)
        for block in reversed(blocks(span)):
            mine = packed[block]
            mine[:] = 0
            for each in columns:
                mine *= np.int32(each.size)
                mine += each.at(block)
            first[mine[::-1]] = np.arange(block.stop - 1, block.start - 1, -1, dtype=np.int32)
        return first

    def spread(span: range) -> None:
        for block in blocks(span):
            numbers[block] = called[packed[block]]

    each_core = spans(count)
    first = np.full(room, -1, np.int32)
    for found in side_by_side([partial(look, span) for span in each_core], count):
        np.copyto(first, found, where=first < 0)
    there = np.flatnonzero(first >= 0)
    called = np.empty(room, np.int64)
    called[there] = np.arange(len(there))
    side_by_side([partial(spread, span) for span in each_core], count)
    return numbers, first[there].astype(np.int64)


@dataclass(frozen=True)
class Groups:
    """Rows of equal keys beside each other: ``rows`` in that order, each group from a ``start``.

    Within a group the rows keep their order.
    """

    rows: Ints
    starts: Ints

    @cached_property
    def sizes(self) -> Ints:
        """How many rows each group has."""
        return np.diff(np.append(self.starts, len(self.rows)))

    @cached_property
    def numbers(self) -> Ints:
        """For each of the ``rows`` the number of its group."""
        first = np.zeros(len(self.rows), np.int64)
        first[self.starts[1:]] = 1
        return np.cumsum(first)

    @cached_property
    def of_size(self) -> Mapping[int, Ints]:
        """The starts of the groups of each size that is not :data:`WIDE`."""
        sizes = self.sizes
        there = np.flatnonzero(np.bincount(np.minimum(sizes, WIDE + 1))[: WIDE + 1])
        return {size: self.starts[sizes == size] for size in there.tolist()}

    def among(self, rows: Bools) -> "Groups":
        """The groups with those of the *rows* only."""
        here = rows[self.rows]
        if here.all():
            return self
        sizes = np.add.reduceat(here, self.starts, dtype=np.int64)
        starts = np.cumsum(sizes) - sizes
        return Groups(self.rows[here], starts[sizes > 0])


def groups(keys: Sequence[Coded], count: int) -> Groups:
    """All of *count* rows by equal *keys*."""
    packed, room = pack(keys, count)
    rows = order(packed, room)
    return Groups(rows, _starts(packed[rows]))


def order(numbers: Ints, room: int) -> Ints:
    """The places of the *numbers* from low to high, equal ones in their order.

    They are sorted by sixteen bits at a time, for which numpy has a sort that takes no comparisons.
    """
    rows = np.argsort(numbers.astype(np.uint16), kind="stable")
    for shift in range(DIGIT, max(room - 1, 1).bit_length(), DIGIT):
        digit = (numbers >> shift).astype(np.uint16)
        rows = rows[np.argsort(digit[rows], kind="stable")]
    return rows


def _starts(numbers: Ints) -> Ints:
    """Where another of the *numbers*, which are in order, begins."""
    if not len(numbers):
        return numbers
    return np.append(0, np.flatnonzero(numbers[1:] != numbers[:-1]) + 1)


@dataclass(frozen=True)
class Kind:
    """Groups of one ``size``, where each ``starts``, which of the distinct ones each is.

    ``first`` has for each distinct one the start of the first that is like it.
    """

    size: int
    starts: Ints
    first: Ints
    which: Ints

    def members(self, starts: Ints) -> Ints:
        """The places of the members of the groups that begin at *starts*, a group a line."""
        return starts[:, None] + np.arange(self.size)


def kinds(found: Groups, codes: Ints, room: int, *, is_order: bool = False) -> Iterator[Kind]:
    """The groups by size; two are alike where their members have the same *codes* in order.

    Where the codes are an order (*is_order*), two are alike where their members stand in the same
    order; 0 is not a place in it.
    """
    for size, starts in found.of_size.items():
        columns = [(codes[starts + place], room) for place in range(size)]
        which, first = distinct(columns, len(starts))
        if is_order:
            standing = _standing(codes[starts[first][:, None] + np.arange(size)])
            again, firsts = distinct([(each, size + 1) for each in standing.T], len(first))
            which, first = again[which], first[firsts]
        yield Kind(size, starts, starts[first], which)
    wide: dict[bytes, list[int]] = {}
    for number in np.flatnonzero(found.sizes > WIDE).tolist():
        start = int(found.starts[number])
        members = codes[start : start + found.sizes[number]]
        if is_order:
            members = _standing(members[None])[0]
        wide.setdefault(members.tobytes(), []).append(start)
    for text, same in wide.items():
        starts = np.array(same)
        size = len(text) // codes.itemsize
        yield Kind(size, starts, starts[:1], np.zeros(len(starts), np.int64))


def _standing(groups_: Ints) -> Ints:
    """For each member of *groups_*, a group a line, its place among the others, from 1; 0 is 0.

    >>> _standing(np.array([[7, 0, 9, 7]])).tolist()
    [[1, 0, 2, 1]]
    """
    none = np.zeros((len(groups_), 1), np.int64)
    all_ = np.append(none, groups_, axis=1)
    by_place = np.argsort(all_, axis=1, kind="stable")
    ordered = np.take_along_axis(all_, by_place, axis=1)
    rises = np.append(none, ordered[:, 1:] != ordered[:, :-1], axis=1)
    told = np.empty_like(all_)
    np.put_along_axis(told, by_place, np.cumsum(rises, axis=1), axis=1)
    return told[:, 1:]
