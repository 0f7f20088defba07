"""What a sheet says outside its rows, in its title lines and its name: contest, level, people.

It holds where the table has no column for it. What two lines say differently is not taken.
"""

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from awards.problems import Place, Problem, problem
from awards.terms import Kind, terms
from awards.workbook.grid import Grid, Position, Value, cell_name
from awards.workbook.layout import Table
from awards.workbook.phrases import ABOUT, coded, division_of, is_place, title, years_in
from awards.workbook.sections import said

Candidate = tuple[Value, Position | None, str]
"""A value, the title cell that says it (None: the name of the sheet or the file), its code."""
_EVENT = ("division", "event", "event_code")


@dataclass(frozen=True, slots=True)
class Known:
    """What holds for every row of a table that does not say it itself."""

    values: Mapping[str, Value] = field(default_factory=dict)
    cells: Mapping[str, str] = field(default_factory=dict)
    """The title cells that the values are from."""
    main_role: str | None = None
    """The role of people under 选手 and the like; None where the sheet names two."""
    plain_role: str | None = None
    """The role of people under a plain 姓名."""
    notes: tuple[Problem, ...] = ()


def known(
    grid: Grid,
    table: Table,
    year: int | None,
    in_lines: Set[str] = frozenset(),
    above: Table | None = None,
) -> Known:
    """What the title and the name of the sheet add to *table*, with a note on each thing taken.

    *year* is the user's word; it goes before a title, not before a column. *in_lines* are fields
    that lines between the rows say. The title of the first table of the sheet, *above*, holds
    for a later one too, as far as that has no word of its own on it.
    """
    taken = {column.meaning.field for column in table.columns} | {
        "prize" for column in table.columns if column.meaning.prize
    }
    found = _roles(grid, table)
    values: dict[str, Value] = {}
    cells: dict[str, str] = {}
    notes = list(found.notes)
    candidates = _candidates(grid, table, above)
    for name in ("year",) if year is not None else ():
        candidates[name] = []
    for name in grid.said.title:
        candidates[name] = []
    if "event" in taken | in_lines or candidates["event"]:
        candidates["event_code"] = [c for c in candidates["event_code"] if "event" not in taken]
    else:
        candidates |= _of_sheet(grid)
    for name, each in candidates.items():
        if name in taken or not each:
            continue
        value, at, code = each[0]
        if len({_same(name, other) for other, _, _ in each}) > 1:
            notes.append(_differs(grid, name, each))
            continue
        values[name] = value
        if at:
            cells[name] = cell_name(at)
        notes.append(said(grid, at, name, value, code))
    told = {**grid.said.title, **({"year": year} if year is not None else {})}
    values |= {name: value for name, value in told.items() if name not in taken}
    cells = {name: cell for name, cell in cells.items() if name not in told}
    return replace(found, values=values, cells=cells, notes=tuple(notes))


def _same(name: str, value: Value) -> Value:
    if name == "level" and isinstance(value, str):
        return terms().canonical("level", value) or value
    return terms().plain(value) if isinstance(value, str) else value


def _differs(grid: Grid, name: str, candidates: list[Candidate]) -> Problem:
    """The warning that two lines outside the table say different things."""
    found = "、".join(dict.fromkeys(str(value) for value, _, _ in candidates))
    at = next((at for _, at, _ in candidates if at), None)
    place = grid.place(at) if at else Place(grid.file, grid.sheet)
    heading = terms().columns[name][0]
    return problem("said-twice", place, "warning", field=heading, found=found)


def _candidates(grid: Grid, table: Table, above: Table | None) -> dict[str, list[Candidate]]:
    """All that titles and names say, by field."""
    found: dict[str, list[Candidate]] = {name: [] for name in ABOUT}
    for name, each in _titled(grid, table):
        found[name].append(each)
    if above and not found["competition"]:
        says_own = any(found[name] for name in _EVENT)
        for name, each in _titled(grid, above):
            if not found[name] and (name not in _EVENT or not says_own):
                found[name] = [each]
    for name, value in _named(grid.sheet).items():
        if name in ("division", "year") or not found[name]:
            found[name].append((value, None, "from-sheet-name"))
    if not found["competition"] and not found["year"]:
        for name, value in _of_file(grid.file).items():
            found[name] = found[name] or [(value, None, "from-file-name")]
    return found


def _of_file(file: str) -> Mapping[str, Value]:
    """What the name of a file says, if it names a contest."""
    stem = PurePath(file).stem
    fields = title(stem)
    return {**_year(stem), **fields} if "competition" in fields else {}


def _year(text: str) -> dict[str, Value]:
    """The year that *text* is about, where it says one and no other."""
    found = years_in(text)
    return {"year": found[0][0]} if len(found) == 1 and found[0][1] else {}


def _titled(grid: Grid, table: Table) -> Iterator[tuple[str, Candidate]]:
    """Each field that the title lines of *table* say. Years only where there is one of them."""
    spoken = {year for at in table.titles for year, _ in years_in(grid.text(at))}
    for at, text in _lines(grid, table):
        fields = title(text)
        for name, value in fields.items():
            if name == "year":
                if match := re.fullmatch(r"(\d{4})年?度?", value):
                    yield name, (int(match[1]), at, "from-title")
            else:
                yield name, (value, at, "from-title")
        if "year" not in fields and len(spoken) == 1:
            yield from (
                ("year", (year, at, "from-title")) for year, is_of in years_in(text) if is_of
            )


def _lines(grid: Grid, table: Table) -> Iterator[tuple[Position, str]]:
    """The title cells with their text; a label and the cell beside it are one line."""
    for index, at in enumerate(table.titles):
        text = grid.text(at)
        after = table.titles[index + 1] if index + 1 < len(table.titles) else None
        if text.endswith((":", "：")) and after and after[0] == at[0]:
            text = f"{text}{grid.text(after)}"
        yield at, text


def _named(sheet: str) -> Mapping[str, Value]:
    """What the name of a sheet says: a group, a year, a contest."""
    fields: dict[str, Value] = dict(title(sheet))
    fields |= _year(sheet)
    if re.fullmatch(r"20\d\d", sheet.strip()):
        fields["year"] = int(sheet)
    if division := division_of(sheet) or next(
        (each for each in terms().marks["sheets.division"] if each in sheet), None
    ):
        fields["division"] = division
    return fields


def _of_sheet(grid: Grid) -> dict[str, list[Candidate]]:
    """The event after which a sheet is called, where its name can be nothing else."""
    name = re.sub(r"^\d{1,2}[.、．\s]+", "", grid.sheet.strip())
    plain = terms().plain(name)
    says_other = (
        any(word in plain for word in terms().marks["lines.sheet"])
        or bool(_named(name))
        or is_place(name)
        or plain.endswith(terms().marks["lines.no_event"])
        or any(terms().canonical(kind, name) for kind in _WORDS)
    )
    is_code = plain.isascii() or len(plain) < _SHORTEST or re.search(r"\d{3}$", plain)
    if says_other or is_code:
        return {}
    return {key: [(value, None, "event-from-sheet")] for key, value in coded(name).items()}


_SHORTEST = 2
"""Letters of the name of an event."""
_WORDS: tuple[Kind, ...] = ("level", "prize", "role", "form")


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
