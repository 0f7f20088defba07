"""unfold: a row that lists people by placing becomes a line for each of them.

>>> from awards.terms import terms
>>> step = Unfold(do="unfold", clause="c", column="placings", new_part="winner")
>>> [more.set for more in step.effects([{"placings": ((1, "赵甲"),)}], terms())[0].more]
[{'part': 'winner', 'placing': 1, 'payee': '赵甲', 'person': '赵甲', 'kind': 'person'}]

The row itself stays, for whoever it is about. A blank or other column is a problem of the row.
"""

from collections.abc import Sequence
from typing import Literal

from awards.records import Columns, Value
from awards.steps.base import Effect, Step, Tally, blank
from awards.terms import Terms


class Unfold(Step):
    """A line called ``new_part`` for each placing and person in ``column``."""

    do: Literal["unfold"]
    column: str
    """The column that lists placings and people."""
    new_part: str
    """The name of the new lines."""

    @property
    def adds(self) -> bool:
        """A line for each placing."""
        return True

    def reads(self) -> frozenset[str]:
        """The list."""
        return frozenset((self.column,))

    def effects(self, cases: Sequence[Columns], terms: Terms) -> Sequence[Effect]:
        """The lines of each case alone."""
        return [self._effect(case.get(self.column)) for case in cases]

    def keeps(self, tally: Tally) -> bool:
        """No money comes or goes."""
        return tally.paid == tally.total or tally.faulty > 0

    def _effect(self, listed: Value) -> Effect:
        if not isinstance(listed, tuple):
            return blank(self.column)
        pairs = [pair for pair in listed if isinstance(pair, tuple)]
        return Effect(more=tuple(self._line(pair[0], pair[1]) for pair in pairs))

    def _line(self, placing: Value, person: Value) -> Effect:
        place = int(placing) if isinstance(placing, str) and placing.isdigit() else placing
        who = {"payee": person, "person": person, "kind": "person"}
        return Effect(set={"part": self.new_part, "placing": place, **who})
