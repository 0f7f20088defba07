"""Lines between the rows of a table, *一、一等奖（12名）*: what they say holds for the rows below.

Sections nest in the order in which they first come: a new event ends the prize that stood under
the event before it. What a line counts is compared with what stands below it.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from awards.problems import Place, Problem, Severity, problem
from awards.records import Result
from awards.terms import terms
from awards.workbook.grid import Grid, Position, Value, cell_name
from awards.workbook.headings import bare
from awards.workbook.layout import Table, is_wide
from awards.workbook.phrases import Phrase, coded, is_place, ordinal_of, section

_LONGEST = 30
_STOPS = "。；;！!？?：:，,"


@dataclass(frozen=True, slots=True)
class Section:
    """What holds from ``row`` on: fields with the cells that say so, and a line not understood."""

    row: int
    values: Mapping[str, Value] = field(default_factory=dict)
    cells: Mapping[str, str] = field(default_factory=dict)
    faults: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Sections:
    """The sections of a table from the top, and a note or a problem for each line."""

    parts: tuple[Section, ...] = ()
    notes: tuple[Problem, ...] = ()

    def over(self, row: int) -> Section:
        """What holds for *row*."""
        if not self.parts:
            return NOTHING
        index = bisect_right(self.parts, row, key=lambda part: part.row)
        return self.parts[index - 1] if index else NOTHING

    def fields(self) -> frozenset[str]:
        """The fields that any line says."""
        return frozenset(name for part in self.parts for name in part.values)


NOTHING = Section(0)


def line(grid: Grid, table: Table, at: Position) -> Phrase | None:
    """What the only cell of a row says of the rows below; None where it is no such line."""
    text = grid.text(at)
    if (told := grid.said.line(text)) is not None:
        return Phrase(told) if told else None
    number = ordinal_of(text)
    is_next = number is not None and number > 1 and _follows(grid, table, at, number)
    phrase = section(text, is_next)
    fields = {column.meaning.field: column.index for column in table.columns}
    is_across = is_wide(grid, at)
    if any(fields.get(name) == at[1] for name in phrase.values) and not is_across:
        return None
    if not is_across and not begins(table, at):
        return None
    if not phrase.rest:
        return phrase if phrase.values else None
    rest = phrase.rest
    is_name = 1 < len(rest) <= _LONGEST and not any(stop in rest for stop in _STOPS)
    if not is_name or not (is_across or phrase.is_numbered) or is_place(rest):
        return None
    if rest.endswith(terms().marks["lines.school"]):
        of_school = {} if "school" in fields else {"school": rest}
        return (
            replace(phrase, values={**phrase.values, **of_school}, rest="") if of_school else None
        )
    if "event" in fields or rest[0] in _ENUMERATED:
        return None
    return replace(phrase, values={**phrase.values, **coded(rest)}, rest="")


def begins(table: Table, at: Position) -> bool:
    """Whether *at* is in the first column of *table*, but for one that numbers the rows."""
    numbers = terms().marks["rows.number"]
    first = next((c.index for c in table.columns if bare(c.heading) not in numbers), 0)
    return at[1] in (first, table.columns[0].index)


def _follows(grid: Grid, table: Table, at: Position, number: int) -> bool:
    """Whether the numbered line before *at* has the number before *number*."""
    above = reversed(table.rows[: bisect_left(table.rows, at[0])])
    lone = (own[0] for row in above if len(own := grid.own(row)) == 1)
    before = (found for each in lone if (found := ordinal_of(grid.text(each))) is not None)
    return next(before, 0) == number - 1


_ENUMERATED = "一二三四五六七八九十以另说注备"


def sections(grid: Grid, table: Table, lines: Mapping[int, str]) -> Sections:
    """The sections that the *lines* of a table, by row with their kind, begin."""
    parts: list[Section] = []
    notes: list[Problem] = []
    order: list[str] = []
    values: dict[str, Value] = {}
    cells: dict[str, str] = {}
    for row in sorted(lines):
        at = grid.own(row)[0]
        phrase = line(grid, table, at)
        if lines[row] == "line" or phrase is None:
            parts.append(Section(row, dict(values), dict(cells), (unread(grid, at),)))
            continue
        first = min((order.index(n) for n in phrase.values if n in order), default=len(order))
        for name in order[first:]:
            values.pop(name, None)
            cells.pop(name, None)
        order += [name for name in phrase.values if name not in order]
        values |= phrase.values
        cells |= dict.fromkeys(phrase.values, cell_name(at))
        parts.append(Section(row, dict(values), dict(cells)))
        notes += [said(grid, at, name, each) for name, each in phrase.values.items()]
    return Sections(tuple(parts), tuple(notes))


def said(
    grid: Grid, at: Position | None, name: str, value: Value, code: str = "from-line"
) -> Problem:
    """The note that a field was taken from a line, a title or, without a cell, a name."""
    heading = terms().columns[name][0]
    severity: Severity = "warning" if code == "event-from-sheet" else "info"
    place = grid.place(at) if at else Place(grid.file, grid.sheet)
    return problem(code, place, severity, field=heading, found=value)


def unread(grid: Grid, at: Position) -> Problem:
    """The error of a line that is not understood; it makes the rows below doubtful."""
    return problem("line-in-table", grid.place(at), found=grid.text(at)[: _LONGEST + 10])


def miscounted(
    grid: Grid, table: Table, lines: Mapping[int, str], results: Sequence[Result]
) -> Iterator[Problem]:
    """A warning at each line whose count is none of what stands below it."""
    rows = sorted(row for row, kind in lines.items() if kind == "section")
    for number, row in enumerate(rows):
        at = grid.own(row)[0]
        phrase = line(grid, table, at)
        if phrase is None or phrase.count is None:
            continue
        after = (
            other
            for other in rows[number + 1 :]
            if (next_ := line(grid, table, grid.own(other)[0]))
            and not set(next_.values).isdisjoint(phrase.values)
        )
        until = next(after, table.rows[-1] + 1)
        below = [each for each in results if each.row and row < each.row < until]
        found = _counts(grid, table, below, phrase.unit)
        if phrase.count not in found:
            values = {"found": ("/").join(map(str, sorted(found))), "expected": phrase.count}
            yield problem("section-count", grid.place(at), "warning", **values)


def _counts(grid: Grid, table: Table, below: Sequence[Result], unit: str | None) -> set[int]:
    """What may be meant by the count of a section: people, those who compete, rows, entries."""
    rows = {each.row for each in below if each.row}
    entries = {
        len({grid.source((row, column.index)) for row in rows}) for column in table.columns
    } | {len(rows)}
    competing = sum(each.role != "instructor" for each in below)
    return entries if unit == "rows" else entries | {len(below), competing}
