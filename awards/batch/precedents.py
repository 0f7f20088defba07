"""What a step came to in the groups it has seen: a group like one of them is not worked out again.

Chunks of rows share it, so each distinct group of a document is worked out once, however many
chunks there are.
"""

from collections.abc import Hashable, Iterable, Sequence
from threading import Lock

from awards.batch.encoding import identity
from awards.records import Columns
from awards.steps import Effect, Step
from awards.terms import Terms

Member = tuple[int, int]
"""A case of a group by number, and the first place in the group that agrees with it."""
Figures = tuple[int, ...]


class Precedents:
    """The cases of a ``step``, its effects on groups of them, and the tallies it has kept to."""

    def __init__(self, step: Step, terms: Terms) -> None:
        self.step, self.terms = step, terms
        self._numbers: dict[Hashable, int] = {}
        self._cases: list[Columns] = []
        self._effects: dict[tuple[Member, ...], Sequence[Effect]] = {}
        self._compared = sorted(step.compares())
        self._kept: set[Figures] = set()
        self._lock = Lock()

    def numbers(self, cases: Iterable[Columns]) -> list[int]:
        """The numbers of *cases*, which hold what the step reads of a row in one order."""
        with self._lock:
            return [self._number(case) for case in cases]

    def _number(self, case: Columns) -> int:
        said = tuple(map(identity, case.values()))
        number = self._numbers.setdefault(said, len(self._cases))
        if number == len(self._cases):
            self._cases.append(case)
        return number

    def effects(self, groups: Iterable[tuple[Member, ...]]) -> list[Sequence[Effect]]:
        """The effects of the step on each of *groups*, a member at a time."""
        with self._lock:
            return [self._of(group) for group in groups]

    def _of(self, group: tuple[Member, ...]) -> Sequence[Effect]:
        if group not in self._effects:
            cases: list[Columns] = [self._cases[number] for number, _ in group]
            if self._compared:
                alike = [dict.fromkeys(self._compared, str(place)) for _, place in group]
                cases = [{**case, **same} for case, same in zip(cases, alike, strict=True)]
            self._effects[group] = self.step.effects(cases, self.terms)
        return self._effects[group]

    def unheard(self, tallies: set[Figures]) -> set[Figures]:
        """Those of the *tallies* that the step has not been seen to keep to."""
        return tallies - self._kept

    def kept(self, tallies: set[Figures]) -> None:
        """The step keeps its promise in *tallies*."""
        self._kept |= tallies
