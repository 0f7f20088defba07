"""One row of a table → figures: what describes it, and each amount of money with its cell.

What a row says of itself in words (school, year, stage) stands on each of its figures; a number
stands on one of them only, so that nothing is added up twice.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from awards.figures import BLANK, Figure
from awards.problems import Place, Problem, problem
from awards.records import Unread, Value
from awards.vocabulary import NUMBERS
from awards.workbook.figure_cells import Reading
from awards.workbook.figure_headings import Heading
from awards.workbook.figure_tables import FigureColumn, FigureTable
from awards.workbook.grid import Position, letters

OWNERS = ("school", "enterprise", "region", "province", "person")
"""Whose a figure may be; a table that has such a column wants it filled."""
KEYS = (*OWNERS, "city", "year", "term", "rule", "scenario", "source")
"""What only tells whose a figure is, of what, and when."""


@dataclass(slots=True)
class Row:
    """What is gathered from one row.

    ``said`` are words that hold for all of it, ``numbers`` what is measured once, ``parts``
    what has a heading with more to say: a source, a year, a stage.
    """

    said: dict[str, Value] = field(default_factory=dict)
    numbers: dict[str, Value] = field(default_factory=dict)
    parts: list[tuple[Mapping[str, Value], str, Value, Place]] = field(default_factory=list)
    facts: dict[str, Value] = field(default_factory=dict)
    cells: dict[str, Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def has_numbers(self) -> bool:
        """Whether anything is measured."""
        return bool(self.numbers or self.parts)

    def figures(self, sheet: Place) -> Iterator[Figure]:
        """The figure of the row itself, then those of its parts."""
        columns = {**self.facts, **self.said, **self.numbers}
        measured = [self.cells[name] for name in self.numbers if name in self.cells]
        place = next(iter((*measured, *self.cells.values())), sheet)
        if self.numbers or self.facts or not self.parts or set(self.said) - set(KEYS):
            yield Figure(columns, place, self.cells)
        for more, name, value, at in self.parts:
            columns = {**self.facts, **self.said, **more, name: value}
            yield Figure(columns, at, {**self.cells, name: at})


def read_row(table: FigureTable, reading: Reading, number: int) -> Row:
    """What the row *number* of *table* says, with the problem of each cell that is none."""
    row = Row(said=dict(table.said))
    for column in table.columns:
        heading = column.heading
        if heading.is_total or heading.is_number:
            continue
        at = reading.grid.source((number, column.index))
        place = reading.grid.place(at, number)
        if heading.column is None:
            _fact(row, column, reading, at, place)
        else:
            _known(row, column, heading.column, reading, at, place)
    _stated(row, table, reading)
    row.problems += _ownerless(row, table, reading, number)
    row.problems += _without_scenario(row, table, reading, number)
    return row


def _fact(row: Row, column: FigureColumn, reading: Reading, at: Position, place: Place) -> None:
    """Keep what stands under a heading that is not known."""
    value = reading.grid.value(at)
    if column.text and value is not None:
        taken = column.text in row.facts
        name = f"{column.text} ({letters(at[1])})" if taken else column.text
        row.facts[name], row.cells[name] = value, place


def _known(
    row: Row, column: FigureColumn, name: str, reading: Reading, at: Position, place: Place
) -> None:
    """Enter the value of a column that is known; one that is broken is there, but not read."""
    heading: Heading = column.heading
    value = reading.value(at, heading, name)
    if isinstance(value, Problem):
        row.problems.append(value)
        value = Unread(value.values.get("found") or "?")
    if value is None and (name == "amount" or (name == "students" and heading.said)):
        value = BLANK
    if value is None:
        return
    if heading.is_unclear:
        value = Unread(str(value))
    if isinstance(value, int | Decimal) and value < 0:
        row.problems.append(problem("money-negative", place, "warning", found=value))
    if heading.said:
        row.parts.append((heading.said, name, value, place))
    elif reading.words.holds(name) in NUMBERS or name == "value":
        row.numbers[name], row.cells[name] = value, place
    else:
        row.said[name], row.cells[name] = value, place


def _stated(row: Row, table: FigureTable, reading: Reading) -> None:
    """Where a row names what it measures (指标) beside its value: that column with that value."""
    if not (table.fills("figure") and table.fills("value")):
        return
    named, cell = row.said.pop("figure", None), row.numbers.pop("value", None)
    sheet = Place(reading.grid.file, reading.grid.sheet)
    stated: list[tuple[Mapping[str, Value], Value, Place]] = []
    if cell is not None:
        stated.append(({}, cell, row.cells.pop("value", sheet)))
    stated += [(said, value, at) for said, name, value, at in row.parts if name == "value"]
    row.parts = [part for part in row.parts if part[1] != "value"]
    where = row.cells.pop("figure", sheet)
    if named is None or not stated:
        return
    name = reading.words.column(str(named))
    if name is None:
        row.problems.append(problem("unknown-figure-name", where, found=named))
        return
    units = (each.heading.unit for each in table.columns if each.heading.column == "value")
    unit = next((each for each in units if each is not None), None)
    for said, content, place in stated:
        value = reading.read(str(content), place, Heading(unit=unit), name)
        if isinstance(value, Problem):
            row.problems.append(value)
            value = Unread(str(content))
        row.parts.append((said, name, value, place))


def _ownerless(row: Row, table: FigureTable, reading: Reading, number: int) -> Iterator[Problem]:
    """An error where a row of figures does not say whose they are though the others do."""
    for name in OWNERS:
        column = next((each for each in table.columns if each.heading.column == name), None)
        if column is not None:
            if name not in row.said and row.has_numbers:
                place = reading.grid.place((number, column.index))
                yield problem("blank-figure", place, "error", heading=column.text)
            return


def _without_scenario(
    row: Row, table: FigureTable, reading: Reading, number: int
) -> Iterator[Problem]:
    """An error where a row of a table of scenarios names none: it is in none of them then."""
    column = next((each for each in table.columns if each.heading.column == "scenario"), None)
    if column is not None and row.has_numbers and "scenario" not in row.said:
        row.said["scenario"] = Unread("")
        place = reading.grid.place((number, column.index))
        yield problem("blank-figure", place, "error", heading=column.text)
