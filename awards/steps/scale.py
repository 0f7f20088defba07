"""scale: multiply the amount by an exact factor.

>>> from awards.terms import terms
>>> step = Scale(do="scale", clause="c", times="1/2")
>>> step.effects([{"amount": 500000, "unit": "yuan"}], terms())[0].set
{'amount': 250000}

A product with a part of a fen is refused (ValueError) unless ``rounding`` says where it goes.
"""

from collections.abc import Sequence
from typing import Literal

from awards import money
from awards.records import Columns
from awards.steps.base import NOTHING, Amount, Effect, Factor, Note, Step
from awards.terms import Terms


class Scale(Step):
    """``times`` the amount so far; ``rounding`` to a multiple of ``to`` (yuan) where stated."""

    do: Literal["scale"]
    times: Factor
    rounding: money.Rounding | None = None
    to: Amount = 1

    def reads(self) -> frozenset[str]:
        """The amount so far."""
        return frozenset(("amount", "unit"))

    def effects(self, cases: Sequence[Columns], terms: Terms) -> Sequence[Effect]:
        """The scaled amount of each case alone."""
        return [self._effect(case) for case in cases]

    def _effect(self, case: Columns) -> Effect:
        amount = case.get("amount")
        if not isinstance(amount, int):
            return NOTHING
        scaled = money.times(amount, self.times, self.rounding, self.to)
        note = Note("trace.scale", {"before": amount, "times": str(self.times), "after": scaled})
        return Effect(note, set={"amount": scaled})
