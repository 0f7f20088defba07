"""Plans: awards that a school counts on, by number, and figures of years to come, by scenario."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from awards.figures import Figure
from awards.problems import NOWHERE, Place, Problem
from awards.records import Unread, Value, frozen, is_blank

EVERYWHERE = "all"
"""The scenario of what holds in each of them."""


@dataclass(frozen=True)
class PlanLine:
    """Awards of one kind: how many, what for, and how many people share in each, by role.

    ``columns`` are those of a result list, without people. Without ``people`` each award is a
    team's or a school's. A line without a ``scenario`` is in every one.
    """

    columns: Mapping[str, Any]
    number: int
    people: Mapping[str, int]
    scenario: str | None = None
    place: Place = NOWHERE
    cells: Mapping[str, Place] = field(default_factory=dict)
    """The place of each column, where it was read from a sheet."""

    @property
    def persons(self) -> int:
        """The rows of a result list that it stands for."""
        return self.number * (sum(self.people.values()) if self.people else 1)


@dataclass(frozen=True)
class Plan:
    """Planned awards and figures in order, with every problem met on the way in."""

    lines: tuple[PlanLine, ...] = ()
    figures: tuple[Figure, ...] = ()
    problems: tuple[Problem, ...] = ()

    def __add__(self, other: "Plan") -> "Plan":
        """Both, this one first."""
        problems = tuple(dict.fromkeys((*self.problems, *other.problems)))
        return Plan(self.lines + other.lines, self.figures + other.figures, problems)

    def scenarios(self) -> tuple[str | None, ...]:
        """The scenarios in order of appearance; one without a name where none is named."""
        named = dict.fromkeys(each for each in self._named() if each not in (None, EVERYWHERE))
        return tuple(named) or (None,)

    def _named(self) -> Iterator[str | None]:
        yield from (line.scenario for line in self.lines)
        yield from (_scenario(figure) for figure in self.figures)

    def under(self, scenario: str | None) -> "Plan":
        """What is in *scenario*: its own, and what holds in each."""
        own = (scenario, None, EVERYWHERE)
        return Plan(
            tuple(line for line in self.lines if line.scenario in own),
            tuple(
                figure
                for figure in self.figures
                if _scenario(figure) in own and not _is_unread(figure)
            ),
        )

    def called(self, scenario: str) -> "Plan":
        """The same with *scenario* as that of all that names none."""
        return Plan(
            tuple(
                line if line.scenario else replace(line, scenario=scenario) for line in self.lines
            ),
            tuple(
                figure
                if "scenario" in figure.columns
                else replace(figure, columns={**figure.columns, "scenario": scenario})
                for figure in self.figures
            ),
            self.problems,
        )


def _scenario(figure: Figure) -> str | None:
    named = figure.columns.get("scenario")
    return None if is_blank(named) else str(named)


def _is_unread(figure: Figure) -> bool:
    """Whether it should name a scenario and does not: it is in none then."""
    return isinstance(figure.columns.get("scenario"), Unread)


def plan_of(rows: Iterable[Mapping[str, Any]]) -> Plan:
    """A plan from plain rows: columns of a result list, ``awards`` and ``people`` by role.

    >>> row = {"level": "省级", "prize": "一等奖", "awards": 2, "people": {"student": 2}}
    >>> plan_of([row]).lines[0].persons
    4
    """
    lines = []
    for number, row in enumerate(rows, 1):
        rest: dict[str, Value] = {
            name: frozen(value)
            for name, value in row.items()
            if name not in ("awards", "people", "scenario")
        }
        place = Place(row=number)
        people = dict(row.get("people") or {})
        lines.append(PlanLine(rest, int(row["awards"]), people, row.get("scenario"), place))
    return Plan(tuple(lines))
