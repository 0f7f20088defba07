"""A sheet of cells, from whatever file: values by row and column, merged ranges, what is broken.

A cell that cannot be trusted (an error value, a formula without a stored result, a number that
has lost digits) is not blank: it is in ``broken``, with its problem.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache, cached_property

from awards.problems import Place, Problem
from awards.workbook.mapping import NO_MAP, SheetMap

Value = str | int | Decimal | date | bool
Position = tuple[int, int]
"""Row and column, both from 1."""
Line = Sequence[Value | None]
"""The values of one row from column 1 on; None where a cell is blank or broken."""


@dataclass(frozen=True)
class Grid:
    """One sheet. ``lines`` has the rows with a filled cell, in order; ``merged`` leads from each
    cell of a merged range to its first cell, and ``ends`` from that to its last.
    """

    file: str
    sheet: str
    lines: Mapping[int, Line]
    merged: Mapping[Position, Position] = field(default_factory=dict)
    ends: Mapping[Position, Position] = field(default_factory=dict)
    broken: Mapping[Position, Problem] = field(default_factory=dict)
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    said: SheetMap = NO_MAP
    """What the user says of it, which goes before what is recognised."""

    @cached_property
    def cells(self) -> Mapping[Position, Value]:
        """The filled cells by position, row by row; a view, not a copy."""
        return _Cells(self.lines)

    def place(self, at: Position, row: int | None = None) -> Place:
        """The place of a cell, for a record of *row* if that is another one."""
        return Place(self.file, self.sheet, cell_name(at), row or at[0])

    def anchor(self, at: Position) -> Position:
        """The cell that holds the content of *at*: itself, or the first of its merged range."""
        return self.merged.get(at, at)

    def source(self, at: Position) -> Position:
        """The cell that fills *at* from above: only a range merged downwards does."""
        if not self.merged:
            return at
        anchor = self.merged.get(at, at)
        return anchor if anchor[1] == at[1] else at

    def value(self, at: Position) -> Value | None:
        """The value of *at* itself, None where it is blank or broken."""
        row, column = at
        line = self.lines.get(row)
        return line[column - 1] if line is not None and column <= len(line) else None

    def text(self, at: Position) -> str:
        """The content of *at* itself as text, empty where it is blank or broken."""
        value = self.value(at)
        if value.__class__ is str:
            return value  # the usual case, first
        return "" if value is None else str(value)

    def is_filled(self, at: Position) -> bool:
        """Whether *at* itself holds something, be it broken."""
        return self.value(at) is not None or at in self.broken

    def has_own(self, row: int) -> bool:
        """Whether *row* itself has a filled cell."""
        return row in self.lines or row in self._broken_in

    def own(self, row: int) -> tuple[Position, ...]:
        """The filled cells of *row* itself, from the left."""
        line = self.lines.get(row, ())
        if row in self._broken_in:
            filled = {column for column, value in enumerate(line, 1) if value is not None}
            return tuple([(row, column) for column in sorted(filled.union(self._broken_in[row]))])
        return tuple([(row, column) for column, value in enumerate(line, 1) if value is not None])

    @cached_property
    def rows(self) -> tuple[int, ...]:
        """The rows that hold something, or lie in a merged range that does, in order."""
        covered = {at[0] for at, anchor in self.merged.items() if self.is_filled(anchor)}
        return tuple(sorted(self.lines.keys() | self._broken_in.keys() | covered))

    def filled_columns(self, rows: Sequence[int]) -> set[int]:
        """The columns with something in one of *rows*."""
        filled: set[int] = set()
        whole = 0  # the columns up to this one are filled
        for row in rows:
            line = self.lines.get(row, ())
            if len(line) <= whole:
                continue  # the usual row
            if len(line) - line.count(None) > len(filled) or any(
                value is not None and column not in filled for column, value in enumerate(line, 1)
            ):
                filled.update(column for column, value in enumerate(line, 1) if value is not None)
                while whole + 1 in filled:
                    whole += 1
        for row in self._broken_in.keys() & set(rows):
            filled.update(self._broken_in[row])
        return filled

    def upper_of_two(self, at: Position) -> int | None:
        """The upper of the two rows over which columns beside *at* are merged, if they are."""
        tops = {top for top, column in self._pairs.get(at[0], ()) if column != at[1]}
        return tops.pop() if len(tops) == 1 else None

    @cached_property
    def _pairs(self) -> Mapping[int, Sequence[Position]]:
        """For each row the ranges of two rows and one column that it belongs to."""
        found: dict[int, list[Position]] = {}
        for (top, left), (bottom, right) in self.ends.items():
            if bottom == top + 1 and left == right:
                found.setdefault(top, []).append((top, left))
                found.setdefault(bottom, []).append((top, left))
        return found

    @cached_property
    def _broken_in(self) -> Mapping[int, tuple[int, ...]]:
        rows: dict[int, list[int]] = {}
        for row, column in sorted(self.broken):
            rows.setdefault(row, []).append(column)
        return {row: tuple(columns) for row, columns in rows.items()}


class _Cells(Mapping[Position, Value]):
    """The filled cells of *lines* by position."""

    def __init__(self, lines: Mapping[int, Line]) -> None:
        self._lines = lines

    def __getitem__(self, at: Position) -> Value:
        line = self._lines.get(at[0], ())
        value = line[at[1] - 1] if 0 < at[1] <= len(line) else None
        if value is None:
            raise KeyError(at)
        return value

    def __iter__(self) -> Iterator[Position]:
        for row, line in self._lines.items():
            yield from ((row, column) for column, value in enumerate(line, 1) if value is not None)

    def __len__(self) -> int:
        return sum(len(line) - line.count(None) for line in self._lines.values())


def cell_name(at: Position) -> str:
    """A cell as a user types it.

    >>> cell_name((5, 3)), cell_name((1, 28))
    ('C5', 'AB1')
    """
    return f"{letters(at[1])}{at[0]}"


@cache
def letters(column: int) -> str:
    """A column as a user types it.

    >>> letters(1), letters(16384)
    ('A', 'XFD')
    """
    head, last = divmod(column - 1, 26)
    return (letters(head) if head else "") + chr(65 + last)
