"""The columns of a table: what each means beside the others, and what contradicts itself.

A heading alone does not say whose number 身份证号 is, nor that 姓名 and 选手 claim the same
people: that is settled here, and doubt is a problem at the header cell.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from awards.problems import Problem, problem
from awards.terms import terms
from awards.workbook.grid import Grid, Position, cell_name, letters
from awards.workbook.headings import (
    FACT,
    LEADER,
    OF_PEOPLE,
    Meaning,
    bare,
    meaning,
    names_people,
    rank,
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its number, its heading as a user sees it, what it means, its header cell.

    ``top`` is the uppermost header cell, which columns side by side may share.
    """

    index: int
    heading: str
    meaning: Meaning
    cell: Position
    top: Position


def heading_cells(grid: Grid, window: range, column: int) -> list[Position]:
    """The header cells over *column*, each once, from above; blank ones left out."""
    cells = dict.fromkeys(grid.anchor((row, column)) for row in window)
    return [at for at in cells if at[0] in window and grid.text(at)]


def raw_column(grid: Grid, index: int, cells: Sequence[Position], header: range) -> Column:
    """The column under the header *cells*, by its own words alone."""
    if not cells:
        at = (header.stop - 1, index)
        return Column(index, "", FACT, at, at)
    texts = [grid.text(at) for at in cells]
    means = meaning_of(grid, index, texts)
    return Column(index, "".join(texts[-1].split()), means, cells[-1], cells[0])


def meaning_of(grid: Grid, index: int, texts: Sequence[str]) -> Meaning:
    """What the user says that the column under *texts* means, else what its words mean."""
    said = grid.said.meaning(letters(index), texts)
    return meaning(texts) if said is None else said


def settle(
    grid: Grid, raw: Sequence[Column]
) -> tuple[tuple[Column, ...], tuple[Problem, ...], tuple[Problem, ...]]:
    """The columns in order; the faults that make every row doubtful; other problems."""
    columns = _numbered(raw)
    columns, unowned = _owned(grid, columns)
    columns, second = _one_number_each(grid, columns)
    headless = [
        problem("no-heading", grid.place(column.cell), "warning", column=_letter(column))
        for column in columns
        if not column.heading
    ]
    faults = (*_claims(grid, columns), *_unsure_names(grid, columns))
    return _distinct(columns), faults, (*unowned, *second, *headless, *_no_names(grid, columns))


def _letter(column: Column) -> str:
    return cell_name((1, column.index))[:-1]


def _numbered(raw: Sequence[Column]) -> list[Column]:
    """*raw* with a number for each of the columns that stand under one merged heading."""
    columns: list[Column] = []
    sharing: dict[tuple[Position, Meaning], list[Column]] = {}
    for column in raw:
        sharing.setdefault((column.top, column.meaning), []).append(column)
    cells: set[Position] = set()
    for column in raw:
        same = sharing[column.top, column.meaning]
        if len(same) > 1 and column.meaning.field in OF_PEOPLE and not column.meaning.number:
            number = str(same.index(column) + 1)
            column = replace(column, meaning=replace(column.meaning, number=number))
        elif column.cell in cells:
            column = replace(column, meaning=FACT)
        cells.add(column.cell)
        columns.append(column)
    return columns


def _owned(grid: Grid, columns: Sequence[Column]) -> tuple[list[Column], list[Problem]]:
    """*columns* with an owner for each number column; a fact and a warning where none is sure."""
    names = [column for column in columns if column.meaning.is_names]
    owners = list(dict.fromkeys(column.meaning.whose for column in names))
    settled: list[Column] = []
    unowned: list[Problem] = []
    for column in columns:
        means = column.meaning
        is_told = grid.said.meaning(letters(column.index), [column.heading]) is not None
        if is_told and (means.field != "person_id" or means.whose):
            settled.append(column)
            continue
        if owners and (means.field == "person_id" or means.whose not in (None, *owners)):
            owner = _owner(column, columns, names, owners)
            if owner is None:
                place = grid.place(column.cell)
                unowned.append(problem("whose-column", place, "warning", heading=column.heading))
            column = replace(column, meaning=owner or FACT)
        settled.append(column)
    return settled, unowned


def _owner(
    column: Column,
    columns: Sequence[Column],
    names: Sequence[Column],
    owners: Sequence[str | None],
) -> Meaning | None:
    """What *column* means once it is known whose it is; None where that is in doubt."""
    means = column.meaning
    main = [whose for whose in owners if whose != "instructor"]
    if means.whose in owners and means.whose is not None:
        return means
    if means.whose is not None:
        is_main = means.whose != "instructor" and len(main) == 1
        return replace(means, whose=main[0]) if is_main else None
    left = max((c for c in names if c.index < column.index), key=lambda c: c.index, default=None)
    number = left.meaning.number if left and left.index == column.index - 1 else means.number
    if len(owners) == 1:
        return replace(means, whose=owners[0], number=number)
    if _ends(column, "people.student_number"):
        whose = [w for w in main if w != "teacher"]
    elif _ends(column, "people.staff_number"):
        whose = [w for w in owners if w in ("teacher", "instructor")]
    else:
        whose = _beside(column, columns, left, main)
    return replace(means, whose=whose[0], number=number) if len(whose) == 1 else None


def _beside(
    column: Column, columns: Sequence[Column], left: Column | None, main: Sequence[str | None]
) -> list[str | None]:
    """Whose an identity number may be: of the names to its left; with doubt, of all."""
    if left is None:
        return list(main)
    if left.meaning.whose != "instructor":
        return [left.meaning.whose]
    earlier = [c for c in columns if c.index < left.index and c.meaning.field == "person_id"]
    return [left.meaning.whose] if earlier else [*main, left.meaning.whose]


def _ends(column: Column, mark: str) -> bool:
    return bare(column.heading).endswith(terms().marks[mark])


def _one_number_each(grid: Grid, columns: Sequence[Column]) -> tuple[list[Column], list[Problem]]:
    """*columns* where of an identity and a student number only the better one counts."""
    kept: list[Column] = []
    notes: list[Problem] = []
    for column in columns:
        if column.meaning.field != "person_id":
            kept.append(column)
            continue
        same = (c for c in columns if c.meaning == column.meaning)
        best = min(same, key=lambda c: rank(c.heading))
        if rank(best.heading) < rank(column.heading):
            values = {"heading": column.heading, "used": best.heading}
            notes.append(problem("second-number", grid.place(column.cell), "info", **values))
            column = replace(column, meaning=replace(FACT, whose=column.meaning.whose))
        kept.append(column)
    return kept, notes


def _claims(grid: Grid, columns: Sequence[Column]) -> list[Problem]:
    """An error at each column that claims a field or people already claimed by another."""
    faults: list[Problem] = []
    earlier: dict[str | None, list[Column]] = {}
    by_prize = next((column for column in columns if column.meaning.prize), None)
    for column in columns:
        if by_prize and column.meaning.field == "prize":
            rivals = {"heading": column.heading, "other": by_prize.heading}
            place, cell = grid.place(column.cell), cell_name(by_prize.cell)
            faults.append(problem("two-columns-one-field", place, "error", cell=cell, **rivals))
        others = earlier.setdefault(column.meaning.field, [])
        rival = next((c for c in others if _rivals(c.meaning, column.meaning)), None)
        others += [column] if column.meaning.field else []
        if rival:
            place, first = grid.place(column.cell), cell_name(rival.cell)
            values = {"heading": column.heading, "other": rival.heading, "cell": first}
            faults.append(problem("two-columns-one-field", place, "error", **values))
    return faults


def _unsure_names(grid: Grid, columns: Sequence[Column]) -> list[Problem]:
    """An error at each heading that speaks of people and does not say which.

    教师 beside students may compete or instruct; 选手/指导教师 holds both.
    """
    has_names = any(column.meaning.is_names for column in columns)
    has_students = any(
        column.meaning.is_names and column.meaning.whose in ("student", "competitor")
        for column in columns
    )
    unsure = (
        column
        for column in columns
        if (has_students and bare(column.heading) in terms().marks["people.either"])
        or (not has_names and names_people(column.heading))
    )
    return [problem("which-people", grid.place(c.cell), heading=c.heading) for c in unsure]


def _no_names(grid: Grid, columns: Sequence[Column]) -> list[Problem]:
    """A warning where there is no column of names: the rows are of teams or schools."""
    if any(column.meaning.is_names or names_people(column.heading) for column in columns):
        return []
    return [problem("no-names-column", grid.place(columns[0].cell), "warning")]


def _rivals(one: Meaning, other: Meaning) -> bool:
    """Whether two columns cannot both stand: a field twice, or people named twice.

    >>> _rivals(Meaning("person", "student"), Meaning("person", "competitor"))
    True
    >>> _rivals(Meaning("person", "student", "1"), Meaning("person", "student", "2"))
    False
    """
    if one.field is None or one.field != other.field:
        return False
    if one == other:
        return True
    if one.prize != other.prize and None not in (one.prize, other.prize):
        return False
    if not one.is_names or one.whose == other.whose:
        return one.is_names and None in (one.number, other.number) and not _leads(one, other)
    both = {one.whose, other.whose}
    return "instructor" not in both and both != {"student", "teacher"}


def _leads(one: Meaning, other: Meaning) -> bool:
    """Whether one of two columns names the leader, the other the members of a team.

    >>> _rivals(Meaning("person", "competitor", "0"), Meaning("person", "competitor"))
    False
    """
    return LEADER in (one.number, other.number) and one.number != other.number


def _distinct(columns: Sequence[Column]) -> tuple[Column, ...]:
    """*columns* with a heading each, and no two facts of one name for the same people."""
    named: list[Column] = []
    for column in columns:
        heading = column.heading or _letter(column)
        whose = column.meaning.whose
        taken = {
            c.heading
            for c in named
            if c.meaning.field is None and (whose is None or c.meaning.whose in (None, whose))
        }
        if column.meaning.field is None and heading in taken:
            heading = f"{heading} ({_letter(column)})"
        named.append(replace(column, heading=heading))
    return tuple(named)
