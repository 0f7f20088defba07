"""How far a long reading is: a count of rows, told now and then."""

from collections.abc import Callable
from pathlib import Path

from awards.workbook.limits import LIMITS, Gate, Limits
from awards.workbook.sources import Book

Progress = Callable[[str, int, int], object]
"""Called with the name of a file, its rows read so far, and all its rows."""

EVERY = 1 << 9
"""Rows between two calls."""


class Steps:
    """The rows of one file, counted as they are read; refused where that takes too long."""

    def __init__(self, book: Book, progress: Progress | None, limits: Limits = LIMITS) -> None:
        self._gate = Gate(Path(book.label), limits)
        self._label = book.label
        self._progress = progress
        self._taken = 0
        self._whole = sum(len(grid.lines) for grid in book.grids)

    def take(self) -> None:
        """One more row is read; FileError where the time is up."""
        self._taken += 1
        if self._taken % EVERY == 0:
            self._gate.tick()
        if self._progress and (self._taken % EVERY == 0 or self._taken == self._whole):
            self._progress(self._label, min(self._taken, self._whole), self._whole)


def no_steps() -> Steps:
    """Rows that nobody counts."""
    return Steps(Book("", ()), None)
