"""What is known of a contest beyond the roster: entrants, places awarded, team size by the rules.

A fact is a row too. The fields that it shares with results (competition, event, year …) say which
results it is about; its other columns are what these get. A result's own column stays.
"""

from collections.abc import Iterator, Mapping, Sequence

from awards.problems import Problem, problem
from awards.reading import blank_problem, columns_of, doubled, place_of, shown
from awards.records import Columns, Result, Unread, Value, is_blank
from awards.schedule import Schedule

ABOUT = (
    *("year", "competition", "level", "division", "event", "event_code", "track", "team"),
    *("prize", "placing", "role", "school", "department"),
)
"""The fields that pick results; a fact that fills none of them is about nothing."""
NEVER = ("person", "person_id")
"""What a contest does not tell of a result."""


class Facts:
    """The facts of a run as they are given to the rows of one document after the other."""

    def __init__(self, facts: Sequence[Result]) -> None:
        self.facts = facts
        self.used: set[int] = set()
        self.problems: list[Problem] = []

    def give(self, rows: Sequence[dict[str, Value]], schedule: Schedule) -> dict[int, str]:
        """Write into each of *rows* what is known of it.

        The rows, by index, that two facts tell different things are left as they are; each with
        the code of its problem, which stands at the second fact.
        """
        known = [columns_of(fact, schedule) for fact in self.facts]
        for fact, columns in zip(self.facts, known, strict=True):
            self._tell(_unread(fact, columns, schedule))
        doubtful: dict[int, str] = {}
        for number, row in enumerate(rows):
            mine = [index for index, columns in enumerate(known) if _is_about(columns, row)]
            self.used.update(mine)
            clashes = list(self._clashes(mine, known, row, schedule))
            if clashes:
                doubtful[number] = clashes[0].code
                self._tell(clashes)
                continue
            for index in mine:
                row.update(_new(known[index], row))
        return doubtful

    def unused(self, schedule: Schedule) -> Iterator[Problem]:
        """A warning at each fact that says what no result could take, or is about none."""
        for index, fact in enumerate(self.facts):
            columns = columns_of(fact, schedule)
            if not any(name in ABOUT for name in columns):
                yield problem("fact-about-nothing", fact.place, "warning")
            elif not any(_is_told(name) for name in columns):
                yield problem("fact-says-nothing", fact.place, "warning")
            elif index not in self.used:
                yield problem("fact-no-result", fact.place, "warning")

    def _tell(self, found: Sequence[Problem] | Iterator[Problem]) -> None:
        self.problems += [each for each in found if each not in self.problems]

    def _clashes(
        self, mine: Sequence[int], known: Sequence[Columns], row: Columns, schedule: Schedule
    ) -> Iterator[Problem]:
        """An error at each fact that says otherwise than an earlier one about the same row."""
        said: dict[str, int] = {}
        for index in mine:
            for name, value in _new(known[index], row).items():
                first = said.setdefault(name, index)
                if known[first][name] != value:
                    places = [place_of(self.facts[i], name, schedule) for i in (index, first)]
                    values = {"found": value, "other": known[first][name], "where": places[1]}
                    field = shown(name, schedule)
                    yield problem("facts-differ", places[0], "error", field=field, **values)


def _is_told(name: str) -> bool:
    return name not in ABOUT and name not in NEVER


def _new(fact: Columns, row: Columns) -> Mapping[str, Value]:
    """What *fact* tells of *row* that the row does not say itself."""
    return {
        name: value
        for name, value in fact.items()
        if _is_told(name) and not is_blank(value) and is_blank(row.get(name))
    }


def _is_about(fact: Columns, row: Columns) -> bool:
    """Whether the row agrees with the fact on every field that says what it is about."""
    about = [name for name in ABOUT if name in fact]
    return bool(about) and all(_same(fact[name], row.get(name)) for name in about)


def _same(one: Value, other: Value) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return "".join(one.split()).lower() == "".join(other.split()).lower()
    return one == other


def _unread(fact: Result, columns: Columns, schedule: Schedule) -> Iterator[Problem]:
    """An error at each cell that cannot be read, of those that matter, or that says it twice."""
    yield from doubled(fact, schedule)
    asked = {*ABOUT, *schedule.reads()}
    for name, value in columns.items():
        if isinstance(value, Unread) and name in asked:
            yield blank_problem(fact, columns, name, schedule)
