"""What several tables state of one owner: the same students, or the same money, twice.

Offices keep one headcount on many sheets. Where two tables count the students of one school in
one year in different ways, or name one source of money, adding them up would count twice.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from awards.figures import Figure, Figures
from awards.problems import Problem, problem
from awards.records import Unread, Value
from awards.vocabulary import Vocabulary
from awards.workbook.doubtful import OF

Cut = tuple[tuple[str, Value], ...]
"""How a row tells its students apart: columns and words."""


def distinct(found: Figures, words: Vocabulary) -> Figures:
    """*found*, with what a second table says again as a problem, and then not known."""
    figures = list(found.figures)
    problems: list[Problem] = []
    for name in ("students", "amount"):
        owners: dict[object, list[int]] = {}
        for number, each in enumerate(figures):
            if each.columns.get(name) is not None:
                owners.setdefault(_owner(each, name), []).append(number)
        for numbers in owners.values():
            pairs = [*_again(figures, numbers, name, words), *_same_rows(figures, numbers)]
            for first, again in pairs:
                cell = figures[first].at(name)
                told = {"column": words.name(name, "zh"), "other": cell.cell_of or str(cell)}
                problems.append(problem(f"{name}-twice", figures[again].at(name), "error", **told))
                for place in (first, again):  # neither is taken
                    value = Unread(str(figures[place].columns[name]))
                    columns = {**figures[place].columns, name: value}
                    figures[place] = replace(figures[place], columns=columns)
    return Figures(tuple(figures), (*found.problems, *problems))


def _same_rows(figures: Sequence[Figure], numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Two rows of one table that say the same in every column."""
    seen: dict[object, int] = {}
    for number in numbers:
        each = figures[number]
        said = tuple(sorted(((name, str(v)) for name, v in each.columns.items()), key=str))
        first = seen.setdefault((each.place.file, each.place.sheet, said), number)
        if figures[first].place.row != each.place.row:
            yield first, number


def _owner(figure: Figure, name: str) -> tuple[Value, ...]:
    """Whose figure it is, and of what: of money the source too."""
    more = ("source",) if name == "amount" else ("stage",)
    return tuple(figure.columns.get(key) for key in (*OF, "rule", "scenario", *more))


def _again(
    figures: Sequence[Figure], numbers: Sequence[int], name: str, words: Vocabulary
) -> Iterator[tuple[int, int]]:
    """The first figure of an owner, with each that a later table states again."""
    tables: dict[object, list[int]] = {}
    for number in numbers:
        place = figures[number].at(name)
        tables.setdefault((place.file, place.sheet), []).append(number)
    first, *others = tables.values()
    seen = {_cut(figures[number], words) for number in first}
    for other in others:
        cuts = {_cut(figures[number], words) for number in other}
        if name == "amount" or cuts & seen or _columns(cuts) != _columns(seen):
            yield from ((first[0], number) for number in other)
        seen |= cuts


def _cut(figure: Figure, words: Vocabulary) -> Cut:
    stated = ((column, figure.columns.get(column)) for column in words.of_students)
    return tuple((column, value) for column, value in stated if value is not None)


def _columns(cuts: set[Cut]) -> set[tuple[str, ...]]:
    return {tuple(column for column, _ in cut) for cut in cuts}
