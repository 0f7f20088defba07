"""offset: what was paid earlier for the same thing is taken off, or ends the matter.

Earlier payments are among the cases of the group with ``earlier`` in hundredths; they are not
paid again. What is due is reduced in order of the rows.

>>> from awards.terms import terms
>>> step = Offset(do="offset", clause="c", keys=["person", "event", "year"], pay="difference")
>>> cases = [{"earlier": 300000, "amount": None}, {"earlier": None, "amount": 1200000}]
>>> step.effects(cases, terms())[1].set
{'amount': 900000}
"""

from collections.abc import Sequence
from typing import ClassVar, Literal

from pydantic import Field

from awards.records import Columns
from awards.steps.base import NOTHING, Effect, End, Note, Step
from awards.terms import Terms


class Offset(Step):
    """Within the ``keys``, pay the ``difference`` to earlier payments, or ``nothing`` more."""

    do: Literal["offset"]
    keys: tuple[str, ...] = Field(min_length=1)
    pay: Literal["difference", "nothing"]

    sees_earlier: ClassVar[bool] = True

    @property
    def group_keys(self) -> tuple[str, ...]:
        """As stated."""
        return self.keys

    def reads(self) -> frozenset[str]:
        """What is due, and what was paid."""
        return frozenset(("amount", "earlier"))

    def effects(self, cases: Sequence[Columns], terms: Terms) -> Sequence[Effect]:
        """What is left to pay of each case; nothing happens to earlier payments."""
        paid = sum(case["earlier"] for case in cases if isinstance(case["earlier"], int))
        effects = []
        for case in cases:
            amount = case["amount"]
            if not paid or case["earlier"] is not None or not isinstance(amount, int):
                effects.append(NOTHING)
                continue
            off = amount if self.pay == "nothing" else min(amount, paid)
            paid -= off if self.pay == "difference" else 0
            effects.append(self._effect(amount, off))
        return effects

    def _effect(self, amount: int, off: int) -> Effect:
        note = Note("trace.offset", {"before": amount, "off": off, "after": amount - off})
        if off == amount:
            return Effect(note, end=End("not_paid", "already_paid"))
        return Effect(note, set={"amount": amount - off})
