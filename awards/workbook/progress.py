"""How far a long reading is: a count of rows, told now and then."""

from collections.abc import Callable

from awards.workbook.sources import Book

Progress = Callable[[str, int, int], object]
"""Called with the name of a file, its rows read so far, and all its rows."""

EVERY = 1 << 9
"""Rows between two calls."""


class Steps:
    """The rows of one file, counted as they are read."""

    def __init__(self, book: Book, progress: Progress | None) -> None:
        self._label = book.label
        self._progress = progress
        self._taken = 0
        self._whole = sum(len(grid.lines) for grid in book.grids)

    def take(self) -> None:
        """One more row is read."""
        self._taken += 1
        if self._progress and (self._taken % EVERY == 0 or self._taken == self._whole):
            self._progress(self._label, min(self._taken, self._whole), self._whole)


NO_STEPS = Steps(Book("", ()), None)
