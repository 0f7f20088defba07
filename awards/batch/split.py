"""Rows in chunks that have nothing to do with each other, so that each is worked out apart.

The rows of one person are in one chunk, and of the steps every one that works in groups has the
person among its keys. A chunk is small enough for its columns to stay near the processor, and
several are worked out at the same time.
"""

import os
from collections.abc import Iterable, Sequence
from functools import reduce

import numpy as np

from awards.batch.arrays import Codes, Ints
from awards.steps import Step

LEAST = 1 << 16
"""Rows that a chunk has at least, about."""
MOST = 1 << 20
"""Rows that a chunk has at most, about."""


def shared_keys(steps: Iterable[Step]) -> frozenset[str] | None:
    """The keys that all *steps* which work in groups have; None where none of them does.

    Keys that a step sets are not among them, nor the person where a step works on lines that
    others added: these may be about somebody else.
    """
    steps = tuple(steps)
    grouped = [step for step in steps if step.group_keys]
    if not grouped:
        return None
    shared = reduce(frozenset.__and__, (frozenset(step.group_keys) for step in grouped))
    shared -= frozenset().union(*(step.sets() for step in steps))
    return shared - {"person"} if any(step.part for step in grouped) else shared


def chunks(rows: Ints, people: Codes, steps: Sequence[Step]) -> list[Ints]:
    """*rows*, which are in order, in chunks; *people* has the code of the person of every row.

    All in one where steps may look beyond a person, or add lines, which come in order of steps.
    """
    count = -(-len(rows) // MOST)
    if len(rows) >= 2 * LEAST:
        count = max(count, os.cpu_count() or 1)
    keys = shared_keys(steps)
    is_whole = keys is not None and "person" not in keys
    if count < 2 or is_whole or any(step.adds for step in steps):
        return [rows]
    count = 1 << (count - 1).bit_length()
    mine = people[rows]
    if (mine < 0).any():
        mine = np.where(mine < 0, np.arange(len(rows), dtype=np.int32), mine)
    chunk = (mine & np.int32(count - 1)).astype(np.min_scalar_type(count))
    places = [np.flatnonzero(chunk == number) for number in range(count)]
    return places if len(rows) == len(people) else [rows[each] for each in places]
