"""portion: a fraction of somebody else's award, of a sum of awards, or what they leave over.

Within the ``keys`` the rows that ``to`` picks get ``times`` the awards of the rows that ``of``
picks: their sum, or (``names``) those of the people a column lists. ``less`` takes the portion
off the amount so far: a grant that contains the prizes.

>>> from awards.terms import terms
>>> step = Portion(do="portion", clause="c", keys=["event"], to={"role": "coach"},
...     of={"role": "athlete"}, times="60/100")
>>> relay = [{"role": "athlete", "amount": 100000}, {"role": "athlete", "amount": 100000},
...     {"role": "coach", "amount": None}]
>>> step.effects(relay, terms())[2].set["amount"]
120000

Where an award that is counted waits for a ruling, the portion waits with it; where there is no
award to count it waits too (``roster_error``): nobody's portion is not zero.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from pydantic import Field

from awards import money
from awards.conditions import Condition
from awards.records import Columns, Value
from awards.steps.base import NOTHING, Effect, End, Factor, Note, Step, Tally, blank
from awards.terms import Terms


class Portion(Step):
    """``times`` the awards of the rows ``of`` for each of the rows ``to``, within the ``keys``."""

    do: Literal["portion"]
    keys: tuple[str, ...] = Field(min_length=1)
    """Whose awards are counted: those of equal keys."""
    to: Condition
    """The rows that get the portion."""
    of: Condition
    """The rows whose awards are counted."""
    times: Factor
    """The fraction of their sum."""
    names: str | None = None
    """A column that lists the payees whose awards are counted; without it all."""
    less: bool = False
    """Take the portion off the row's own amount instead of paying it."""

    sees_waiting: ClassVar[bool] = True

    @property
    def group_keys(self) -> tuple[str, ...]:
        """As stated."""
        return self.keys

    def reads(self) -> frozenset[str]:
        """Who is who, and the amounts."""
        names = (self.names, "payee") if self.names else ()
        return self.to.columns() | self.of.columns() | {"amount", "unit", *names}

    def effects(self, cases: Sequence[Columns], terms: Terms) -> Sequence[Effect]:
        """The portion of each case that ``to`` picks; nothing happens to the others."""
        sources = [case for case in cases if self.of.holds(case) is True]
        whole = _Sum.of(sources)
        counts = {id(case) for case in sources}
        return [
            self._effect(case, self._counted(case, sources, whole, id(case) in counts))
            for case in cases
        ]

    def keeps(self, tally: Tally) -> bool:
        """What is taken off makes nobody's award larger."""
        return not self.less or tally.paid <= tally.total

    def _counted(
        self, case: Columns, sources: Sequence[Columns], whole: "_Sum", is_one: bool
    ) -> "_Sum":
        """The awards of which *case* gets a portion: never its own."""
        if not self.names:
            return whole.without(case) if is_one else whole
        listed = case.get(self.names)
        if not isinstance(listed, tuple):
            return _Sum(0, 0, 0)
        return _Sum.of(s for s in sources if s is not case and s.get("payee") in listed)

    def _effect(self, case: Columns, counted: "_Sum") -> Effect:
        picked = self.to.holds(case)
        if isinstance(picked, frozenset):
            return blank(*sorted(picked))
        before = case.get("amount")
        if not picked or (self.less and not isinstance(before, int)):
            return NOTHING
        if counted.waiting:
            return Effect(Note("trace.awaits"), end=End("needs_ruling", "awaits_row"))
        if not counted.known and not self.less:
            return Effect(Note("trace.no_source"), end=End("needs_ruling", "roster_error"))
        part = money.times(counted.total, self.times)
        after = before - part if self.less and isinstance(before, int) else part
        values: dict[str, Value] = {
            "before": counted.total,
            "times": str(self.times),
            "after": part,
        }
        note = Note("trace.less" if self.less else "trace.portion", values)
        return Effect(note, set={"amount": after, "unit": "yuan"})


@dataclass(frozen=True, slots=True)
class _Sum:
    """Awards added up: how many are known, their total, and how many wait."""

    known: int
    total: int
    waiting: int

    @classmethod
    def of(cls, cases: Iterable[Columns]) -> "_Sum":
        amounts = [case.get("amount") for case in cases]
        known = [amount for amount in amounts if isinstance(amount, int)]
        return cls(len(known), sum(known), len(amounts) - len(known))

    def without(self, case: Columns) -> "_Sum":
        own = _Sum.of((case,))
        return _Sum(self.known - own.known, self.total - own.total, self.waiting - own.waiting)
