"""One row → its results: those who compete first, instructors last, all with the row's fields."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from awards.problems import Place, Problem, problem
from awards.records import Result, Roster, made
from awards.terms import KINDS, terms
from awards.workbook.fields import Fields, Slots, read_fields, slots
from awards.workbook.grid import Grid, Position, Value, cell_name
from awards.workbook.groups import Group, People, Person, groups, read_people
from awards.workbook.headings import bare
from awards.workbook.layout import Table
from awards.workbook.sections import NOTHING, Section, Sections
from awards.workbook.titles import Known

Statement = tuple[object, ...]


@dataclass(frozen=True)
class Source:
    """A table ready to be read row by row. ``seen`` remembers what was said of merged names."""

    grid: Grid
    table: Table
    known: Known
    sections: Sections
    groups: tuple[Group, ...]
    shared: Slots
    has_roles: bool
    seen: dict[Position, set[Statement]] = field(default_factory=dict)


def source(grid: Grid, table: Table, known: Known, sections: Sections) -> Source:
    """*table* with its groups of people, and the columns that hold for all of a row."""
    has_names = bool(table.names())
    shared = (
        column
        for column in table.columns
        if column.meaning.whose is None
        and not column.meaning.is_names
        and not (has_names and column.meaning.field == "person_id")
        and bare(column.heading) not in terms().marks["rows.number"]  # it only counts the rows
    )
    ready = slots(shared)
    has_roles = any(slot.field == "role" for slot in ready)
    return Source(grid, table, known, sections, groups(table), ready, has_roles)


def read_row(source: Source, row: int) -> Roster:
    """The results of *row*; one without a person where nobody is named in it."""
    section = source.sections.over(row)
    shared = _within(source, section, read_fields(source.grid, source.shared, row), row)
    parts = [read_people(source.grid, group, row) for group in source.groups]
    problems = [*shared.problems, *(each for part in parts for each in part.problems)]
    problems += _both(source, parts)
    results: list[Result] = []
    notes: list[Problem] = []
    for part in parts:
        fresh, repeated = _fresh(source, part, shared, row)
        results += (_result(source, shared, part, person, row) for person in fresh)
        notes += repeated
    if not results and not _stands_above(parts, row):
        results = [_blank(source, shared, row)]
    faults = [each for result in results for each in result.faults]
    if not (faults or problems or notes):
        return Roster(tuple(results))
    said = (*problems, *source.table.faults, *section.faults)
    problems += (fault for fault in faults if fault not in said)
    return Roster(tuple(results), tuple(problems), tuple(notes))


def _within(source: Source, section: Section, fields: Fields, row: int) -> Fields:
    """*fields* with what the section of *row* says where the table has no such column.

    A column that says something else is an error at its cell; one that is blank stays blank.
    """
    if section is NOTHING:
        return fields
    faults = list(section.faults)
    has = {slot.field for slot in source.shared if slot.field}
    for name in has.intersection(section.values):
        written, said = fields.values.get(name), section.values[name]
        if written is not None and _plain(name, written) != _plain(name, said):
            place = Place(source.grid.file, source.grid.sheet, fields.cells[name], row)
            cell = section.cells[name]
            fault = problem("section-differs", place, found=written, expected=said, cell=cell)
            faults.append(fault)
    return Fields(
        {**{n: v for n, v in section.values.items() if n not in has}, **fields.values},
        {**{n: c for n, c in section.cells.items() if n not in has}, **fields.cells},
        fields.headings,
        (*fields.problems, *faults),
    )


def _plain(name: str, value: Value) -> Value:
    """*value* of a field for comparison."""
    if name in KINDS and isinstance(value, str):
        return terms().canonical(name, value) or value
    return terms().plain(str(value))


def _stands_above(parts: Sequence[People], row: int) -> bool:
    """Whether those who compete are named in a cell merged from above: they have a result."""
    main = [part for part in parts if part.group.whose != "instructor"] or parts
    return any(person.at[0] != row for part in main for person in part.people)


def _fresh(
    source: Source, part: People, shared: Fields, row: int
) -> tuple[list[Person], list[Problem]]:
    """The people to whom *row* gives a result, and notes on the others.

    A cell of names merged over rows that say the same otherwise is one team's: it counts once.
    """
    if not source.grid.merged:
        return list(part.people), []
    statement = (*shared.known(), *part.fields.known())
    fresh: list[Person] = []
    notes: dict[Position, Problem] = {}
    for person in part.people:
        said = source.seen.get(person.at, set())
        if person.at[0] != row and statement in said:
            place = source.grid.place(person.at, row)
            notes[person.at] = problem("merged-names-once", place, "info", row=row)
        else:
            fresh.append(person)
    for person in fresh:
        if person.at in source.grid.ends:
            source.seen.setdefault(person.at, set()).add(statement)
    return fresh, list(notes.values())


def _both(source: Source, parts: Sequence[People]) -> list[Problem]:
    """A warning at each instructor who also competes in the row."""
    if len(parts) < 2:
        return []
    competing = {
        person.name for part in parts if part.group.whose != "instructor" for person in part.people
    }
    return [
        problem("also-competes", source.grid.place(person.at), "warning", name=person.name)
        for part in parts
        if part.group.whose == "instructor"
        for person in part.people
        if person.name and person.name in competing
    ]


def _blank(source: Source, shared: Fields, row: int) -> Result:
    """The result of a row that names nobody: a missing name, or a list of teams or schools."""
    group = next(iter(source.groups), None)
    if group:
        return _result(source, shared, People(group), Person((row, group.names[0].index)), row)
    at = next(iter(source.grid.own(row)), (row, 1))
    return _result(source, shared, People(Group()), Person(at), row)


def _result(source: Source, shared: Fields, part: People, person: Person, row: int) -> Result:
    """The result of one person of *part*; fields of the group go before those of the row."""
    values: dict[str, Value | None] = {**source.known.values, **shared.values, **part.fields.values}
    cells = {**source.known.cells, **shared.cells, **part.fields.cells}
    if part.group.prize:
        values["prize"] = part.group.prize
        cells["prize"] = cell_name(part.group.names[0].cell)
    headings = shared.headings
    if part.fields.headings:
        headings = {**headings, **part.fields.headings}
    if source.groups:
        cells["person"] = cell_name(person.at)
        values["person"], values["person_id"] = person.name, person.number
    if person.number_at:
        cells["person_id"] = cell_name(person.number_at)
    place = source.grid.place(person.at, row)
    role, is_other = role_of(source, part.group.whose, values.get("role"))
    fault: tuple[Problem, ...] = ()
    if is_other:
        at = replace(place, cell=cells.get("role", place.cell))
        fault = (problem("role-differs", at, found=values["role"]),)
    values["role"] = person.role or role
    wrong = (*source.table.faults, *shared.problems, *part.problems, *fault)
    faults = tuple([each for each in wrong if each.severity == "error"]) if wrong else ()
    return made(values, row=row, place=place, cells=cells, headings=headings, faults=faults)


def role_of(source: Source, whose: str | None, written: object) -> tuple[str | None, bool]:
    """The role of the people of *whose*; whether the row writes another one."""
    if whose == "instructor":
        return whose, False
    if whose in ("student", "teacher"):
        role = terms().canonical("role", str(written)) if written else whose
        return whose, role not in (whose, "competitor")
    if source.has_roles:
        return None if written is None else str(written), False
    return (source.known.main_role if whose else source.known.plain_role), False
