"""Tasks that need nothing from each other, at the same time: Arrow and numpy let others in."""

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")
U = TypeVar("U")
MANY = 1 << 16
"""From so many rows on a second thread saves more than it costs."""
BLOCK = 1 << 16
"""Rows that are worked at in one go, for them to stay near the processor."""


def spans(count: int) -> list[range]:
    """*count* rows in as many parts as there are cores, in order."""
    size = max(-(-count // (os.cpu_count() or 1)), 1)
    return [range(start, min(start + size, count)) for start in range(0, count, size)]


def blocks(span: range) -> list[slice]:
    """The rows of *span*, a few at a time."""
    return [
        slice(start, min(start + BLOCK, span.stop)) for start in range(span.start, span.stop, BLOCK)
    ]


def side_by_side(tasks: Iterable[Callable[[], T]], rows: int) -> list[T]:
    """What each of the *tasks* on so many *rows* comes to, in order.

    The first error is raised, when all have ended.
    """
    if rows < MANY:
        return [task() for task in tasks]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(lambda task: task(), tasks))


def both(one: Callable[[], T], other: Callable[[], U], rows: int) -> tuple[T, U]:
    """What two tasks on so many *rows* come to."""
    if rows < MANY:
        return one(), other()
    with ThreadPoolExecutor(1) as pool:
        later = pool.submit(other)
        return one(), later.result()
