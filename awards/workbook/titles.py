"""What a sheet says outside its rows: year, division and role, from its title lines and name."""

import re
import unicodedata
from dataclasses import dataclass, replace

from awards.problems import Problem, problem
from awards.terms import terms
from awards.workbook.grid import Grid, Position, cell_name
from awards.workbook.layout import Table

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)(\s*年(?!\s*\d+\s*月))?")


@dataclass(frozen=True, slots=True)
class Known:
    """What holds for every row of a table that does not say it itself."""

    year: int | None = None
    year_cell: str | None = None
    division: str | None = None
    main_role: str | None = None
    """The role of people under 选手 and the like; None where the sheet names two."""
    plain_role: str | None = None
    """The role of people under a plain 姓名."""
    notes: tuple[Problem, ...] = ()


def known(grid: Grid, table: Table, year: int | None) -> Known:
    """What the title and the name of the sheet add to *table*, with a note on each thing taken.

    *year* is the user's word; it goes before a title, not before a column.
    """
    fields = {column.meaning.field for column in table.columns}
    found = _roles(grid, table)
    if "division" not in fields:
        marks = terms().marks["sheets.division"]
        found = replace(found, division=next((m for m in marks if m in grid.sheet), None))
    if "year" in fields:
        return found
    if year is not None:
        return replace(found, year=year)
    return _dated(grid, table, found)


def _dated(grid: Grid, table: Table, found: Known) -> Known:
    """*found* with the year of the title lines, where they speak of exactly one."""
    years = [(year, at, of) for at in table.titles for year, of in years_in(grid.text(at))]
    cells = [at for _, at, is_year_of in years if is_year_of]
    if len({year for year, _, _ in years}) != 1 or not cells:
        return found
    year, at = years[0][0], cells[0]
    note = problem("year-from-title", grid.place(at), "info", year=year)
    return replace(found, year=year, year_cell=cell_name(at), notes=(*found.notes, note))


def years_in(text: str) -> list[tuple[int, bool]]:
    """The years in a title, each with whether it is the year of something, not of a date.

    >>> years_in("2023年吉林省技能大赛"), years_in("〔2022〕32号")
    ([(2023, True)], [(2022, False)])
    >>> years_in("填表日期:2023年6月1日")
    [(2023, False)]
    """
    matches = _YEAR.finditer(unicodedata.normalize("NFKC", text))
    return [(int(match[1]), match[2] is not None) for match in matches]


def _roles(grid: Grid, table: Table) -> Known:
    """The roles that columns without one have on this sheet, with a note where it is used."""
    fields = {column.meaning.field for column in table.columns}
    whose = {column.meaning.whose for column in table.names()}
    place, is_teachers = _of_teachers(grid, table)
    if is_teachers is None:
        return Known()
    main = "teacher" if is_teachers else "student"
    plain = main if is_teachers and "role" not in fields else None
    is_used = ("competitor" in whose and "role" not in fields) or (None in whose and plain)
    column = next((c for c in table.names() if c.meaning.whose in (None, "competitor")), None)
    if not (is_used and column):
        return Known(main_role=main, plain_role=plain)
    at = grid.place(place or column.cell)
    code = "taken-for-teachers" if is_teachers else "taken-for-students"
    note = problem(code, at, "info", heading=column.heading)
    return Known(main_role=main, plain_role=plain, notes=(note,))


def _of_teachers(grid: Grid, table: Table) -> tuple[Position | None, bool | None]:
    """Whether the competitors of a sheet are teachers, None in doubt, with the cell that says so.

    The name of the sheet goes before its title; 指导教师 in either says nothing.
    """
    for at, text in ((None, grid.sheet), *((at, grid.text(at)) for at in table.titles)):
        plain = terms().plain(text)
        for word in terms().columns["instructor"]:
            plain = plain.replace(terms().plain(word), "")
        if any(word in plain for word in terms().marks["sheets.teacher"]):
            has_both = any(word in plain for word in terms().marks["sheets.student"])
            return at, (None if has_both else True)
    return None, False
