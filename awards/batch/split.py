"""Rows in chunks that have nothing to do with each other, so that each is worked out apart.

The rows of one person are in one chunk, and of the steps every one that works in groups has the
person among its keys. A chunk is small enough for its columns to stay near the processor, and
several are worked out at the same time.
"""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np
import numpy.typing as npt

from awards.batch.arrays import Codes, Ints
from awards.steps import Step

LEAST = 1 << 16
"""Rows that a chunk has at least, about."""
MOST = 1 << 21
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


def are_apart(steps: Sequence[Step]) -> bool:
    """Whether *steps* never look beyond a person, nor add lines, which come in order of steps."""
    keys = shared_keys(steps)
    return (keys is None or "person" in keys) and not any(step.adds for step in steps)


@dataclass(frozen=True)
class Chunks:
    """Rows in ``count`` chunks: for each row the number of its own, one for all of a person."""

    count: int
    numbers: npt.NDArray[np.unsignedinteger[Any]]

    def __getitem__(self, number: int) -> Ints:
        """The rows of one chunk, in order."""
        if self.count == 1:
            return np.arange(len(self.numbers))
        return np.flatnonzero(self.numbers == number)

    def among(self, rows: Ints) -> "Chunks":
        """The same chunks of some of the rows, which are in order; one where they are few."""
        if len(rows) == len(self.numbers):
            return self
        return (
            together(len(rows)) if len(rows) < 2 * LEAST else Chunks(self.count, self.numbers[rows])
        )


def together(count: int) -> Chunks:
    """So many rows in one chunk."""
    return Chunks(1, np.zeros(count, np.uint8))


def chunks(people: Codes) -> Chunks:
    """Rows in chunks; *people* has the code of the person of every row, -1 where there is none."""
    count = -(-len(people) // MOST)
    if len(people) >= 2 * LEAST:
        count = max(count, os.cpu_count() or 1)
    count = 1 << max(count - 1, 0).bit_length()
    narrow = np.min_scalar_type(count)
    numbers = people.astype(narrow)  # the lowest bits are all that is asked for
    numbers &= narrow.type(count - 1)
    nobody = np.flatnonzero(people < 0)
    numbers[nobody] = nobody & (count - 1)
    return Chunks(count, numbers)
