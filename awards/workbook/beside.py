"""Tables side by side on one sheet, as lists are printed in two columns: each a grid of its own."""

from collections.abc import Mapping
from dataclasses import replace

from awards.workbook.grid import Grid, Line
from awards.workbook.layout import header_of


def blocks(grid: Grid) -> tuple[Grid, ...]:
    """The sheet once for each of the tables that stand side by side in it; else as it is.

    They do where the headings are the same ones twice or more, in the same order. What stands
    above the headings, or is merged across, belongs to each.
    """
    header = header_of(grid)
    if header is None or len(header) != 1:
        return (grid,)
    cells = grid.own(header.start)
    texts = ["".join(grid.text(at).split()) for at in cells]
    length = next((n for n in range(2, len(texts) // 2 + 1) if _repeats(texts, n)), None)
    if length is None:
        return (grid,)
    firsts = [cells[index][1] for index in range(0, len(cells), length)]
    ends = [*(first - 1 for first in firsts[1:]), None]
    return tuple(
        _cut(grid, header, first if number else 1, end)
        for number, (first, end) in enumerate(zip(firsts, ends, strict=True))
    )


def _repeats(texts: list[str], length: int) -> bool:
    """Whether *texts* are the first of them, *length* in number, again and again."""
    times, rest = divmod(len(texts), length)
    return not rest and texts == texts[:length] * times and len(set(texts[:length])) == length


def _cut(grid: Grid, header: range, first: int, last: int | None) -> Grid:
    """*grid* with the columns from *first* to *last* alone, from the header on."""
    lines: dict[int, Line] = {}
    for row, line in grid.lines.items():
        kept = line if row < header.start else _within(grid, row, line, first, last)
        if any(value is not None for value in kept):
            lines[row] = kept
    broken = {
        at: fault
        for at, fault in grid.broken.items()
        if at[0] < header.start or (first <= at[1] <= (last or at[1]))
    }
    return replace(grid, lines=lines, broken=broken, merged=_merged(grid, first, last))


def _within(grid: Grid, row: int, line: Line, first: int, last: int | None) -> Line:
    return [
        value
        if first <= column <= (last or column) or _is_across(grid, (row, column), first)
        else None
        for column, value in enumerate(line, 1)
    ]


def _is_across(grid: Grid, at: tuple[int, int], first: int) -> bool:
    """Whether a merged cell to the left reaches into the columns from *first* on."""
    return at in grid.ends and at[1] < first <= grid.ends[at][1]


def _merged(grid: Grid, first: int, last: int | None) -> Mapping[tuple[int, int], tuple[int, int]]:
    return {
        at: anchor
        for at, anchor in grid.merged.items()
        if first <= at[1] <= (last or at[1])
        or grid.ends.get(anchor, anchor)[1] >= first > anchor[1]
    }
