"""A sheet as a reader hands it over → a :class:`Grid`: values kept, merges joined, faults told."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from awards.problems import Place, Problem, problem
from awards.workbook.grid import Grid, Position, Value, cell_name
from awards.workbook.limits import Gate
from awards.workbook.values import Kept, Texts, kept

Area = tuple[Position, Position]
"""The first and the last cell of a range."""
_LOOKED_UP = frozenset((str, float))
"""The types that :class:`Texts` remembers."""
_BLANK = {type(None)}
EVERY = 1 << 12
"""Rows between two looks at the clock."""


@dataclass(slots=True)
class Marks:
    """What a reader tells of a sheet besides its values. The problems have no place yet."""

    broken: dict[Position, Problem] = field(default_factory=dict)
    hidden: bool = False
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where the sheets of one file go: its gate, the name it has in places, its texts so far."""

    gate: Gate
    label: str
    texts: Texts = field(default_factory=Texts)

    def grid(
        self,
        name: str,
        rows: Iterable[tuple[int, Sequence[object]]],
        areas: Sequence[Area] = (),
        marks: Marks | None = None,
    ) -> Grid:
        """The sheet called *name*. *rows* are numbered, each with its values from column 1 on."""
        marks = marks or Marks()
        broken = dict(marks.broken)
        lines = dict(self._lines(rows, broken))
        merged, ends, doubtful = _merged(self.gate, areas)
        broken = {**{at: problem("merges-overlap") for at in doubtful}, **broken}
        for row, column in broken:
            line = lines.get(row, [])
            if column <= len(line):
                line[column - 1] = None
        return Grid(
            self.label,
            name,
            {r: line for r, line in lines.items() if not broken or line.count(None) < len(line)},
            merged,
            ends,
            {at: self._placed(fault, name, at) for at, fault in broken.items()},
            marks.hidden,
            frozenset(marks.hidden_rows),
            frozenset(marks.hidden_columns),
        )

    def _lines(
        self, rows: Iterable[tuple[int, Sequence[object]]], broken: dict[Position, Problem]
    ) -> Iterator[tuple[int, list[Value | None]]]:
        """The rows that hold something; what cannot be trusted goes to *broken*."""
        texts = self.texts
        most = self.gate.limits.columns
        for row, raw in rows:
            if len(raw) > most:
                filled = (index for index, v in enumerate(raw, 1) if v not in (None, ""))
                self.gate.hold(max(filled, default=0), most, "file-columns")
            if _LOOKED_UP.issuperset(map(type, raw)):
                line: list[Kept] = [texts[v] for v in raw]  # the usual row
            else:
                line = [texts[v] if type(v) in _LOOKED_UP else kept(v) for v in raw]
            kinds = set(map(type, line))
            if Problem in kinds:
                faults = {(row, i): v for i, v in enumerate(line, 1) if isinstance(v, Problem)}
                broken.update({at: fault for at, fault in faults.items() if at not in broken})
                line = [None if isinstance(v, Problem) else v for v in line]
            if kinds - _BLANK:
                yield row, cast("list[Value | None]", line)
            if row % EVERY == 0:
                self.gate.tick()

    def _placed(self, fault: Problem, sheet: str, at: Position) -> Problem:
        if fault.place.row is not None:
            at = (fault.place.row, 1)
        return replace(fault, place=Place(self.label, sheet, cell_name(at), at[0]))


def _merged(
    gate: Gate, areas: Sequence[Area]
) -> tuple[Mapping[Position, Position], Mapping[Position, Position], set[Position]]:
    """The first cell of each merged cell, the last cell of each range, the cells in two ranges."""
    merged: dict[Position, Position] = {}
    ends: dict[Position, Position] = {}
    doubtful: set[Position] = set()
    hold_merges(gate, areas)
    for (top, left), (bottom, right) in areas:
        if (top, left) == (bottom, right):
            continue
        cells = [(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)]
        doubtful.update(at for at in cells if at in merged)
        merged.update(dict.fromkeys(cells, (top, left)))
        ends[top, left] = (bottom, right)
    for at in doubtful:
        del merged[at]
        ends.pop(at, None)
    return merged, ends, doubtful


def hold_merges(gate: Gate, areas: Sequence[Area]) -> None:
    """Refuse the file where a sheet has more merged ranges, or cells under them, than it may."""
    gate.hold(len(areas), gate.limits.merges, "file-merges")
    covered = sum((b - t + 1) * (r - c + 1) for (t, c), (b, r) in areas)
    gate.hold(covered, gate.limits.merged, "file-merges")
