"""Plans in workbooks: sheets of awards that are counted on, and figures of years to come.

A table with a column for the number of awards is a plan of awards; any other one holds figures.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from awards.figures import Figures
from awards.plans import Plan, PlanLine
from awards.problems import Place, Problem, problem
from awards.records import Value, is_blank
from awards.terms import terms
from awards.vocabulary import ROLES_PLANNED, Vocabulary, plan_words, vocabulary
from awards.workbook.figure_cells import Reading
from awards.workbook.figure_rows import read_row
from awards.workbook.figure_tables import FigureTable, figure_tables
from awards.workbook.figures import about_table, beside_each_other, sheet_figures, skipped, together
from awards.workbook.grid import Grid
from awards.workbook.limits import LIMITS, Limits
from awards.workbook.pause import no_collection
from awards.workbook.sources import read_books

if TYPE_CHECKING:
    from awards.schedule import Schedule

NUMBER = "awards"
"""The column that makes a table a plan of awards."""


@dataclass(frozen=True)
class _Words:
    """The words of the two kinds of tables."""

    plan: Vocabulary
    figures: Vocabulary


def read_plan(
    *paths: str | Path,
    schedules: "Iterable[Schedule]" = (),
    sheet: str | None = None,
    year: int | None = None,
    hidden: bool = False,
    blank_is_zero: bool = False,
    limits: Limits = LIMITS,
) -> Plan:
    """The planned awards and figures of files, and every problem met.

    FileError is raised where a file cannot be read at all. Headings are known by the general
    words and by the columns that *schedules* declare. A blank number is a problem: where nobody
    takes part, the cell says 0. With *sheet* only the sheet of that name is read. *year* holds
    for tables that name none.
    """
    words = _Words(plan_words(), vocabulary())
    for schedule in schedules:
        over = schedule.vocabulary_over
        words = _Words(over(words.plan), over(words.figures))
    whole = Plan()
    others: list[Figures] = []
    with no_collection():
        for book in read_books(paths, limits):
            others.append(Figures((), book.problems))
            for grid in book.grids:
                if sheet is None or grid.sheet == sheet:
                    part = _sheet(grid, words, year, hidden)
                    whole += replace(part, figures=())
                    others.append(Figures(part.figures))
    found = beside_each_other(together(others), words.figures, blank_is_zero)
    whole = Plan((), found.figures, found.problems) + whole
    if whole.lines or whole.figures:
        return whole
    place = Place(str(paths[0]) if paths else None, sheet)
    return replace(whole, problems=(*whole.problems, problem("no-plan", place)))


def _sheet(grid: Grid, words: _Words, year: int | None, hidden: bool) -> Plan:
    """What one sheet plans: awards where it counts them, else figures."""
    if not grid.hidden or hidden:
        tables = figure_tables(grid, words.plan, year)
        if any(table.fills(NUMBER) for table in tables):
            whole = Plan()
            for table in tables:
                whole += _table(grid, table, words.plan)
            return whole
    figures = sheet_figures(grid, words.figures, year, hidden)
    return Plan((), figures.figures, figures.problems)


def _table(grid: Grid, table: FigureTable, words: Vocabulary) -> Plan:
    """The lines of one table, with what is doubtful in it."""
    reading = Reading(grid, words, table.unit)
    lines: list[PlanLine] = []
    problems = [*table.problems, *about_table(grid, table, words)]
    if not any(table.fills(role) for role in ROLES_PLANNED):
        problems.append(problem("plan-without-people", Place(grid.file, grid.sheet), "warning"))
    for number in table.rows:
        note = skipped(grid, table, number, words)
        if note is not None:
            problems.append(note)
            continue
        for part in _row(grid, table, reading, number):
            if isinstance(part, Problem):
                problems.append(part)
            else:
                lines.append(part)
    return Plan(tuple(lines), (), tuple(problems))


def _row(
    grid: Grid, table: FigureTable, reading: Reading, number: int
) -> Iterator[PlanLine | Problem]:
    """The lines of one row, or what is wrong with it: one for each year that it has numbers of."""
    row = read_row(table, reading, number)
    yield from row.problems
    if any(each.severity == "error" for each in row.problems):
        return
    groups: dict[tuple[tuple[str, Value], ...], dict[str, Value]] = {}
    cells = dict(row.cells)
    for said, name, value, at in row.parts:
        groups.setdefault(tuple(said.items()), {})[name] = value
        cells[name] = at
    told = {**row.facts, **row.said}
    for said_, numbers in (groups or {(): {}}).items():
        counts = {**_nobody(grid, table, number), **row.numbers, **numbers}
        lacking = list(_blank(grid, table, counts, number, bool(groups)))
        yield from lacking
        if lacking:
            continue
        columns = {**told, **dict(said_)}
        yield _line(columns, counts, cells, Place(grid.file, grid.sheet, None, number))


def _line(
    columns: dict[str, Value],
    counts: Mapping[str, Value],
    cells: Mapping[str, Place],
    place: Place,
) -> PlanLine | Problem:
    scenario = columns.pop("scenario", None)
    place = cells.get(NUMBER, place)
    for name, value in counts.items():
        if name in (NUMBER, *ROLES_PLANNED) and not isinstance(value, int):
            return problem("plan-not-whole", cells.get(name, place), found=value)
    people = {role: counts[role] for role in ROLES_PLANNED if role in counts}
    others = {name: v for name, v in counts.items() if name not in (NUMBER, *ROLES_PLANNED)}
    if people and not any(people.values()):
        return problem("plan-nobody", place)
    return PlanLine(
        {**columns, **others},
        int(str(counts[NUMBER])),
        {role: int(str(each)) for role, each in people.items() if each},
        None if is_blank(scenario) else str(scenario),
        place,
        cells,
    )


def _blank(
    grid: Grid, table: FigureTable, counts: Mapping[str, Value], number: int, by_year: bool
) -> Iterator[Problem]:
    """An error at each count that is blank, or not to be read, though its column is there."""
    for column in table.columns:
        name = column.heading.column
        if name not in (NUMBER, *ROLES_PLANNED) or column.heading.is_total:
            continue
        if name in counts or (by_year and column.heading.said):
            continue
        yield problem("plan-blank", grid.place((number, column.index)), heading=column.text)


def _nobody(grid: Grid, table: FigureTable, number: int) -> dict[str, Value]:
    """The roles of which a row says in a word (无) that there are none."""
    none = terms().marks["people.nobody"]
    return {
        str(column.heading.column): 0
        for column in table.columns
        if column.heading.column in ROLES_PLANNED and grid.text((number, column.index)) in none
    }
