"""A plain list: one line of headings, a record in each row below. Facts and rulings come so.

Which headings there are is for the caller to say; result lists, whose people have columns of
their own, are read elsewhere.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from awards.problems import Place, Problem, problem
from awards.workbook.fields import year_of
from awards.workbook.grid import Grid, Position, Value, cell_name
from awards.workbook.headings import bare
from awards.workbook.layout import SEARCHED, is_wide, repeats
from awards.workbook.rows import says

Known = Callable[[str], str | None]
"""What a heading means: the name of a field, or None where it is no field."""


@dataclass(frozen=True, slots=True)
class Record:
    """One row: its values by field, cell and heading of each, and the place of the row."""

    values: Mapping[str, Value]
    cells: Mapping[str, str]
    headings: Mapping[str, str]
    place: Place


@dataclass(frozen=True, slots=True)
class List:
    """The records of a sheet; ``header`` is the row of the headings, None where there is none."""

    header: int | None
    fields: tuple[str, ...] = ()
    records: tuple[Record, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()


@dataclass(slots=True)
class _Reading:
    """What is gathered on the way down a sheet."""

    records: list[Record] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)


def read_list(grid: Grid, known: Known, *, others: bool = False) -> List:
    """The list of a sheet; with *others* a heading that is not known is a field by itself."""
    header = _header(grid, known)
    if header is None:
        return List(None)
    columns, problems = _columns(grid, header, known, others=others)
    found = _Reading(problems=problems)
    headings = {n: "".join(grid.text((header, i)).split()) for i, n in columns.items()}
    for row in (row for row in grid.rows if row > header):
        note = _skipped(grid, row, header)
        if note:
            found.notes.append(note)
        else:
            _read(grid, row, columns, headings, found)
    fields = tuple(columns.values())
    return List(header, fields, tuple(found.records), tuple(found.problems), tuple(found.notes))


def _header(grid: Grid, known: Known) -> int | None:
    """The row with the most headings that are known, of at least two cells; the upper one."""
    scores = {
        row: sum(known(grid.text(at)) is not None for at in grid.own(row))
        for row in grid.rows[:SEARCHED]
        if len(grid.own(row)) > 1
    }
    best = max(scores, key=lambda row: (scores[row], -row), default=None)
    return best if best is not None and scores[best] else None


def _columns(
    grid: Grid, header: int, known: Known, *, others: bool
) -> tuple[dict[int, str], list[Problem]]:
    """The field of each column; an error where two columns have the same one."""
    columns: dict[int, str] = {}
    problems: list[Problem] = []
    first: dict[str, Position] = {}
    for at in grid.own(header):
        heading = "".join(grid.text(at).split())
        name = known(heading) or (heading if others and not says("rows.number", heading) else None)
        if name is None:
            continue
        if name in first:
            values = {"heading": heading, "other": grid.text(first[name])}
            place, cell = grid.place(at), cell_name(first[name])
            problems.append(problem("two-columns-one-field", place, "error", cell=cell, **values))
            continue
        first[name] = at
        columns[at[1]] = name
    return columns, problems


def _skipped(grid: Grid, row: int, header: int) -> Problem | None:
    """The note on a row that is no record: an example, a total, a remark, the header again."""
    own = grid.own(row)
    if not own:
        return None
    text = grid.text(own[0])
    if repeats(grid, row, range(header, header + 1)):
        return problem("skipped-header", grid.place(own[0]), "info")
    if says("rows.example", text):
        return problem("skipped-example", grid.place(own[0]), "info")
    kind = next((kind for kind in ("total", "note") if says(f"rows.{kind}", text)), None)
    if kind == "total" and len(own) > 1:
        return problem("skipped-total", grid.place(own[0]), "info", found=text)
    if len(own) == 1 and (kind or is_wide(grid, own[0])):
        return problem("skipped-note", grid.place(own[0]), "info", found=text[:SEARCHED])
    return None


def _read(
    grid: Grid,
    row: int,
    columns: Mapping[int, str],
    headings: Mapping[str, str],
    found: _Reading,
) -> None:
    """Add the record of *row*, if anything stands in it, and what is broken in it."""
    values: dict[str, Value] = {}
    cells: dict[str, str] = {}
    for index, name in columns.items():
        at = grid.source((row, index))
        cells[name] = cell_name(at)
        if at in grid.broken:
            found.problems.append(grid.broken[at])
        elif at in grid.cells:
            value = grid.cells[at]
            values[name] = year_of(value) if name == "year" else value
    if values:
        first = next(iter(grid.own(row)), (row, 1))
        found.records.append(Record(values, cells, headings, grid.place(first, row)))


def headed(grid: Grid, words: Sequence[str]) -> Iterator[Position]:
    """The cells among the first rows that hold one of the headings *words*."""
    plain = {bare(word) for word in words}
    for row in grid.rows[:SEARCHED]:
        yield from (at for at in grid.own(row) if bare(grid.text(at)) in plain)
