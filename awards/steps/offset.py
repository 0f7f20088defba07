"""offset: what was paid earlier for the same thing is taken off, or ends the matter.

Earlier payments come from the ledger, or stand in a ``column`` of the roster in yuan: what
another payer gave, what was paid in another year.

>>> from awards.terms import terms
>>> step = Offset(do="offset", clause="c", keys=["person", "event", "year"], pay="difference")
>>> cases = [{"earlier": 300000, "amount": None}, {"earlier": None, "amount": 1200000}]
>>> step.effects(cases, terms())[1].set
{'amount': 900000}
>>> above = Offset(do="offset", clause="c", column="upper_award_paid", pay="difference")
>>> above.effects([{"upper_award_paid": 5000, "amount": 300000}], terms())[0].end.reason
'already_paid'

What is due is reduced in order of the rows; a blank column means that nothing was paid, and one
that holds no amount is a problem of its row, for which the others of the group wait. With
``pay = "higher"`` the higher sum counts: what is more than was paid is due in full.

>>> full = Offset(do="offset", clause="c", column="upper_award_paid", pay="higher")
>>> full.effects([{"upper_award_paid": 1000, "amount": 300000}], terms())[0].end is None
True
"""

from collections.abc import Sequence
from typing import Literal, Self

from pydantic import model_validator

from awards import money
from awards.records import Columns
from awards.steps.base import NOTHING, Effect, End, Note, Step, Tally, blank
from awards.terms import Terms


class Offset(Step):
    """Within the ``keys``, what is still paid beside what was paid earlier."""

    do: Literal["offset"]
    keys: tuple[str, ...] = ()
    """What makes an earlier payment one for the same thing."""
    column: str | None = None
    """A column of the roster with yuan already paid; without it the ledger is asked."""
    pay: Literal["difference", "nothing", "higher"]
    """The difference to what was paid, nothing more, or in full what is more than was paid."""

    @model_validator(mode="after")
    def _knows_what_was_paid(self) -> Self:
        if not self.column and not self.keys:
            raise ValueError("an offset against the ledger needs keys")
        return self

    @property
    def sees_earlier(self) -> bool:  # type: ignore[override]  # by what it is set against
        """Whether the ledger is what it looks at."""
        return self.column is None

    @property
    def sees_settled(self) -> bool:  # type: ignore[override]  # a row already paid is settled
        """Whether rows that get nothing may hold what was paid."""
        return self.column is not None

    @property
    def group_keys(self) -> tuple[str, ...]:
        """As stated."""
        return self.keys

    @property
    def needs_earlier(self) -> bool:
        """Unless it is set against a column of the row."""
        return self.column is None

    def reads(self) -> frozenset[str]:
        """What is due, and what was paid."""
        return frozenset(("amount", self.column or "earlier"))

    def effects(self, cases: Sequence[Columns], terms: Terms) -> Sequence[Effect]:
        """What is left to pay of each case; nothing happens to what was paid."""
        sums = [self._paid(case) for case in cases]
        if None in sums:
            return [self._unread(case, known) for case, known in zip(cases, sums, strict=True)]
        paid = sum(known or 0 for known in sums)
        effects = []
        for case in cases:
            amount = case["amount"]
            if paid <= 0 or case.get("earlier") is not None or not isinstance(amount, int):
                effects.append(NOTHING)
                continue
            if self.pay == "higher" and amount > paid:
                effects.append(NOTHING)
                continue
            off = min(amount, paid) if self.pay == "difference" else amount
            paid -= off if self.pay == "difference" else 0
            effects.append(self._effect(amount, off))
        return effects

    def keeps(self, tally: Tally) -> bool:
        """Nobody gets more than was due before."""
        return tally.paid <= tally.total and tally.most <= max(tally.highest, 0)

    def _paid(self, case: Columns) -> int | None:
        """What *case* says was paid; None where that cannot be read."""
        if self.column is None:
            earlier = case["earlier"]
            return earlier if isinstance(earlier, int) else 0
        stated = case.get(self.column)
        if stated is None:
            return 0
        try:
            paid = money.fen(str(stated))
        except ValueError:
            return None
        return paid if paid >= 0 else None

    def _unread(self, case: Columns, paid: int | None) -> Effect:
        """The effect on *case* where what was paid in its group cannot be read."""
        if paid is None:
            return blank(self.column or "earlier")
        if not isinstance(case["amount"], int):
            return NOTHING
        return Effect(Note("trace.awaits"), end=End("needs_ruling", "awaits_row"))

    def _effect(self, amount: int, off: int) -> Effect:
        note = Note("trace.offset", {"before": amount, "off": off, "after": amount - off})
        if off == amount:
            return Effect(note, end=End("not_paid", "already_paid"))
        return Effect(note, set={"amount": amount - off})
