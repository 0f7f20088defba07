"""The people of a row: each group of name columns with the numbers and schools beside them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple, get_args

from awards.identity import mask
from awards.problems import Problem, Severity, problem
from awards.resident import LENGTH, Fault, fault
from awards.terms import terms
from awards.workbook.columns import Column
from awards.workbook.fields import NO_SLOTS, NOTHING, Fields, Slots, read_fields, slots
from awards.workbook.grid import Grid, Position
from awards.workbook.headings import LEADER, PEOPLE, bare, field_of
from awards.workbook.layout import Table
from awards.workbook.people import masked, names_in, split_numbers


@dataclass(frozen=True, slots=True)
class Group:
    """Columns about the same people: ``names``, their ``numbers``, other ``fields`` of theirs.

    ``prize`` is what all of them won, where their heading says it. ``part`` says which people of
    the cell they are where it holds two kinds: 0 the upper ones, 1 the lower ones.
    """

    whose: str | None = None
    names: tuple[Column, ...] = ()
    numbers: tuple[Column, ...] = ()
    fields: Slots = NO_SLOTS
    prize: str | None = None
    part: int | None = None


class Person(NamedTuple):
    """One person of a row; without a name where the cell is blank, broken or unclear."""

    at: Position
    name: str | None = None
    role: str | None = None
    number: str | None = None
    number_at: Position | None = None


class People(NamedTuple):
    """The people of one group in one row, the fields that are theirs alone, and problems."""

    group: Group
    people: tuple[Person, ...] = ()
    fields: Fields = NOTHING
    problems: tuple[Problem, ...] = ()


def groups(table: Table) -> tuple[Group, ...]:
    """The groups of a table: those who compete from the left, instructors last."""
    found = [part for owner in _owners(table) for part in _groups_of(table, *owner)]
    return tuple(sorted(found, key=lambda group: group.whose == "instructor"))


def _owners(table: Table) -> list[tuple[str | None, str | None, int | None]]:
    """Whose the columns of names are, under which prize, and which part of their cells."""
    owners: dict[tuple[str | None, str | None, int | None], None] = {}
    for means in (column.meaning for column in table.names()):
        if means.second:
            owners |= {(means.whose, means.prize, 0): None, (means.second, means.prize, 1): None}
        else:
            owners[means.whose, means.prize, None] = None
    return list(owners)


def _groups_of(table: Table, whose: str | None, prize: str | None, part: int | None) -> list[Group]:
    """One group for each number (学生1, 学生2) if all have their own number column, else one."""
    names = [column for column in table.names() if _is_named(column, whose, prize, part)]
    names.sort(key=lambda column: column.meaning.number == LEADER)  # often among the members
    has_leader = bool(names) and names[-1].meaning.number == LEADER
    rest = [column for column in table.columns if not column.meaning.is_names]
    own = [each for each in rest if _is_own(each, whose) and each.meaning.prize in (None, prize)]
    ids = [column for column in own if column.meaning.field == "person_id" and part is None]
    others = [column for column in own if column not in ids]
    apart = {c.meaning.number for c in names} >= {c.meaning.number for c in ids}
    if len(names) == 1 or not ids or not apart or has_leader:
        parts = [(names, ids)]
    else:
        parts = [([n], [i for i in ids if i.meaning.number == n.meaning.number]) for n in names]
    return [
        Group(
            whose,
            tuple(named),
            tuple(numbers),
            slots(c for c in others if c.meaning.number in (None, *_counts(named))),
            prize,
            part,
        )
        for named, numbers in parts
    ]


def _is_named(column: Column, whose: str | None, prize: str | None, part: int | None) -> bool:
    """Whether *column* names the people of *whose*: alone, or as a *part* of its cells."""
    means = column.meaning
    owner = means.second if part else means.whose
    return owner == whose and means.prize == prize and (means.second is None) == (part is None)


def _counts(columns: Sequence[Column]) -> list[str | None]:
    return [column.meaning.number for column in columns]


def _is_own(column: Column, whose: str | None) -> bool:
    """Whether *column* is about the people of *whose* alone, or holds their numbers."""
    means = column.meaning
    return means.whose == whose and (whose is not None or means.field == "person_id")


def read_people(grid: Grid, group: Group, row: int) -> People:
    """The people of *group* in *row*, names and numbers paired."""
    people: list[Person] = []
    problems: list[Problem] = []
    for column in group.names:
        at = grid.source((row, column.index))
        text = grid.text(at) if group.part is None else part_of(grid, at, group.part)
        named, faults = _marked(grid, at, group) if text is None else _named(grid, at, text)
        if group.prize and named and grid.ends.get(at, at)[1] > at[1]:
            found = masked(grid.text(at))
            named, faults = [Person(at)], [problem("over-prizes", grid.place(at), found=found)]
        if column.meaning.number == LEADER:
            named = [each for each in named if each.name not in {p.name for p in people}]
        people += named
        problems += faults
    numbers, faults = _numbers(grid, group.numbers, row)
    problems += faults
    lost = bool(faults) and any(fault_.code not in get_args(Fault) for fault_ in faults)
    fields = read_fields(grid, group.fields, row)
    if numbers and not people:
        (number, at), unnamed = numbers[0], (row, group.names[0].index)
        people = [Person(unnamed, number=number, number_at=at)]
    elif numbers and not lost and all(person.name for person in people):
        people, faults = _paired(grid, people, numbers)
        problems += faults
    problems += _twice(grid, people)
    return People(group, tuple(people), fields, (*problems, *fields.problems))


def part_of(grid: Grid, at: Position, part: int) -> str | None:
    """The upper or the lower part of a cell with people of two kinds, the instructors the lower
    ones; None where it has no two.

    Two lines, or two sides of a stroke, are the parts; so are two cells one above the other where
    another column is merged over just these two rows.
    """
    text = grid.text(at)
    lines = [line for line in text.split("\n") if line.strip()]
    above = None if at in grid.merged else grid.upper_of_two(at)
    if above and (len(lines) < 2 or grid.is_filled((2 * above + 1 - at[0], at[1]))):
        return text if at[0] - above == part else ""
    if len(lines) < 2:
        lines = _STROKE.split(text)
    if not text:
        return ""
    if len(lines) != 2:
        return None
    labels = [_LABEL.match(line.strip()) for line in lines]
    if not any(labels):
        return lines[part].strip()
    whose = [field_of(label[1]) if label else None for label in labels]
    if whose.count("instructor") != 1 or not set(whose) <= set(PEOPLE):
        return None
    is_second = part == 1
    index = whose.index("instructor") if is_second else 1 - whose.index("instructor")
    label = labels[index]
    return lines[index].strip()[label.end() :] if label else None


_LABEL = re.compile(r"(\w{2,6})[:：]\s*")
_STROKE = re.compile(r"[/／|]")


def _marked(grid: Grid, at: Position, group: Group) -> tuple[list[Person], list[Problem]]:
    """The people of *group* in a cell of two kinds that is not parted, if each is marked as one:
    赵甲（学生）、周师（指导教师）.
    """
    found = names_in(grid.text(at))
    if found.unclear or found.long or not all(each.role for each in found.people):
        return [Person(at)], [problem("not-two-kinds", grid.place(at), found=masked(grid.text(at)))]
    mine = (each for each in found.people if (each.role == "instructor") == (group.part == 1))
    return [Person(at, each.name, each.role) for each in mine], []


def _named(grid: Grid, at: Position, text: str) -> tuple[list[Person], list[Problem]]:
    """The people of *text* in one cell. One without a name stands for a cell that is in doubt."""
    if at in grid.broken:
        return [Person(at)], [grid.broken[at]]
    found = names_in(text)
    people = [Person(at, each.name, each.role) for each in found.people]
    if not (found.unclear or found.long):
        return people, []
    place = grid.place(at)
    if found.unclear:
        part = masked(found.unclear[0])
        return [Person(at)], [problem("names-unclear", place, found=part)]
    return people, [problem("name-long", place, "warning", name=name) for name in found.long]


Number = tuple[str, Position]
POWER = re.compile(r"\d(\.\d+)?[Ee]\+?\d\d")


def _numbers(grid: Grid, columns: Sequence[Column], row: int) -> tuple[list[Number], list[Problem]]:
    """The numbers of a row with their cells; one in exponent form has lost digits."""
    numbers: list[Number] = []
    faults: list[Problem] = []
    for column in columns:
        at = grid.source((row, column.index))
        text = grid.text(at)
        if at in grid.broken:
            faults.append(grid.broken[at])
        elif POWER.fullmatch(text):
            faults.append(problem("number-lost-digits", grid.place(at), digits=text[-2:]))
        elif text and text not in terms().marks["people.nobody"]:
            found = split_numbers(text)
            numbers += [(number, at) for number in found]
            faults += unlawful(grid, column, at, found)
    return numbers, faults


@cache
def judged(heading: str) -> tuple[bool, bool]:
    """Whether under *heading* there are numbers of identity cards, or of any document."""
    marks, plain = terms().marks, bare(heading)
    kinds = ("people.resident", "people.document")
    is_resident, is_document = (any(word in plain for word in marks[kind]) for kind in kinds)
    return is_resident, is_document


def unlawful(grid: Grid, column: Column, at: Position, numbers: Sequence[str]) -> Iterator[Problem]:
    """What is wrong with *numbers* of identity cards; an unknown region is only a doubt.

    Under a heading such as 证件号码 there may be other numbers, so only such a one is looked at.
    """
    is_resident, is_document = judged(column.heading)
    for number in numbers if is_resident or is_document else ():
        if is_resident or len(number) == LENGTH:
            code = fault(number)
            severity: Severity = "warning" if code == "id-region" else "error"
            if code and not (code == "id-form" and not is_resident):
                told = {"number": mask(number), "length": len(number)}
                yield problem(code, grid.place(at), severity, **told)


def _paired(
    grid: Grid, people: list[Person], numbers: list[Number]
) -> tuple[list[Person], list[Problem]]:
    """*people* with their *numbers*; a problem where the counts differ."""
    if len(people) != len(numbers):
        place = grid.place(numbers[0][1])
        values = {"names": len(people), "numbers": len(numbers)}
        return people, [problem("ids-do-not-match", place, "error", **values)]
    pairs = zip(people, numbers, strict=True)
    return [Person(who.at, who.name, who.role, number, at) for who, (number, at) in pairs], []


def _twice(grid: Grid, people: Sequence[Person]) -> list[Problem]:
    """A warning at each name that the group already has, unless numbers tell the two apart."""
    found: list[Problem] = []
    if len(people) < 2:
        return found
    for index, person in enumerate(people):
        same = (p for p in people[:index] if p.name and p.name == person.name)
        if any(other.number is None or other.number == person.number for other in same):
            place = grid.place(person.at)
            found.append(problem("name-twice-in-cell", place, "warning", name=person.name))
    return found
