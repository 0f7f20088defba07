"""What a step came to in the groups it has seen: a group like one of them is not worked out again.

Chunks of rows share it, so each distinct group of a document is worked out once, however many
chunks there are.
"""

from collections.abc import Hashable, Iterable, Sequence
from threading import Lock

from awards.batch.distinct import WIDE
from awards.batch.encoding import identity
from awards.records import Columns
from awards.steps import Effect, Step
from awards.terms import Terms

Figures = tuple[int, ...]


class Precedents:
    """The cases of a ``step``, its effects on groups of them, and the tallies it has kept to."""

    def __init__(self, step: Step, terms: Terms) -> None:
        self.step, self.terms = step, terms
        self._numbers: dict[Hashable, int] = {}
        self._cases: list[Columns] = []
        self._effects: dict[tuple[Figures, Figures], Sequence[Effect]] = {}
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

    def effects(
        self, groups: Sequence[Sequence[int]], alike: Sequence[Sequence[int]] | None
    ) -> list[Sequence[Effect]]:
        """The effects of the step on each of *groups*, whose members are cases by number.

        *alike* has for each member the first place in its group that agrees with it in what the
        step compares; None where it compares nothing.
        """
        with self._lock:
            if alike is None:
                return [self._of(tuple(group), ()) for group in groups]
            pairs = zip(groups, alike, strict=True)
            return [self._of(tuple(group), tuple(places)) for group, places in pairs]

    def _of(self, group: Figures, alike: Figures) -> Sequence[Effect]:
        found = self._effects.get((group, alike))
        if found is None:
            cases = [dict(self._cases[number]) for number in group]  # no two members are one
            for case, place in zip(cases, alike, strict=False):  # none where nothing is compared
                case.update(dict.fromkeys(self._compared, str(place)))
            found = self.step.effects(cases, self.terms)
            if len(group) <= WIDE:  # hardly any two larger ones are alike, and they take room
                self._effects[group, alike] = found
        return found

    def unheard(self, tallies: set[Figures]) -> set[Figures]:
        """Those of the *tallies* that the step has not been seen to keep to."""
        return tallies - self._kept

    def kept(self, tallies: set[Figures]) -> None:
        """The step keeps its promise in *tallies*."""
        self._kept |= tallies
