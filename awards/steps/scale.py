"""scale: multiply the amount by an exact factor, or by a column over a number.

>>> from awards.terms import terms
>>> step = Scale(do="scale", clause="c", times="1/2")
>>> step.effects([{"amount": 500000, "unit": "yuan"}], terms())[0].set
{'amount': 250000}
>>> months = Scale(do="scale", clause="c", times={"column": "months", "over": 12})
>>> months.effects([{"amount": 1200000, "months": 5}], terms())[0].set
{'amount': 500000}

A product with a part of a fen is refused unless ``rounding`` says where it goes. A
blank column is a problem of the row.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, PlainSerializer

from awards import money
from awards.conditions import Model
from awards.records import Columns
from awards.steps.base import FACTOR, NOTHING, Amount, Effect, Note, Step, Tally, blank, exact
from awards.terms import Terms


class Of(Model):
    """A column of whole numbers over a number: months over 12."""

    column: str
    """The column of whole numbers."""
    over: int = Field(1, ge=1)
    """What it is divided by."""


def _stated(times: Of | Fraction) -> Any:
    """As a file states it."""
    return times.model_dump() if isinstance(times, Of) else str(times)


def _times(given: Any) -> Any:
    """A column over a number, or an exact factor."""
    return Of.model_validate(given) if isinstance(given, Mapping) else exact(given)


class Scale(Step):
    """``times`` the amount so far; ``rounding`` to a multiple of ``to`` (yuan) where stated."""

    do: Literal["scale"]
    times: Annotated[
        Of | Annotated[Fraction, FACTOR], BeforeValidator(_times), PlainSerializer(_stated)
    ]
    """The factor: a number, a fraction in quotes, or a column over a number."""
    rounding: money.Rounding | None = None
    """Where a part of the smallest unit goes; without it such a product is refused."""
    to: Amount = 1
    """The multiple that is rounded to."""

    def reads(self) -> frozenset[str]:
        """The amount so far, and the column."""
        column = (self.times.column,) if isinstance(self.times, Of) else ()
        return frozenset(("amount", *column))

    def effects(self, cases: Sequence[Columns], terms: Terms) -> Sequence[Effect]:
        """The scaled amount of each case alone."""
        return [self._effect(case) for case in cases]

    def _effect(self, case: Columns) -> Effect:
        amount = case.get("amount")
        if not isinstance(amount, int):
            return NOTHING
        factor = self._factor(case)
        if factor is None:
            assert isinstance(self.times, Of)  # a stated factor is never blank
            return blank(self.times.column)
        scaled = money.times(amount, factor, self.rounding, self.to)
        note = Note("trace.scale", {"before": amount, "times": str(factor), "after": scaled})
        return Effect(note, set={"amount": scaled})

    def keeps(self, tally: Tally) -> bool:
        """A stated factor times the amount is paid, rounded as stated."""
        if not tally.known or isinstance(self.times, Of):
            return tally.known == tally.due or tally.faulty > 0
        return tally.paid == money.times(tally.total, self.times, self.rounding, self.to)

    def _factor(self, case: Columns) -> Fraction | None:
        if not isinstance(self.times, Of):
            return self.times
        value = case.get(self.times.column)
        return Fraction(value, self.times.over) if isinstance(value, int) else None
