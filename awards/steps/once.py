"""once: within the keys only the highest is paid; the rest get nothing, or a stated fraction.

Highest is by ``amount``, or by other columns in turn (``level``, then ``prize``). ``ties`` says
which of two equals stays; what is still equal goes to the earlier row.

>>> from awards.terms import terms
>>> step = Once(do="once", clause="c", keys=["person", "event", "year"], highest=["amount"])
>>> won = [{"amount": 300000}, {"amount": 1200000}, {"amount": 800000}]
>>> [(effect.end and effect.end.reason, effect.by) for effect in step.effects(won, terms())]
[('superseded', 1), (None, None), ('superseded', 1)]

Where a row of the group still waits for a ruling, the highest of the others waits with it: the
ruling may take its place. Whatever the ruling, the lower ones get nothing.

Where the document pays once without saying which, ``unequal`` has groups with different amounts
wait.

>>> cut = Once(do="once", clause="c", keys=["work"], unequal="text_cut")
>>> [effect.end.reason for effect in cut.effects(won[:2], terms())]
['text_cut', 'text_cut']
"""

from collections.abc import Sequence
from typing import ClassVar, Literal

from pydantic import Field

from awards import money
from awards.records import Columns, Value
from awards.steps.base import NOTHING, WAITS, Effect, End, Factor, Note, Open, Step, Tally
from awards.terms import Terms

RANKED = ("level", "prize", "organizer")
LOWER, SUPERSEDED = Note("trace.superseded"), End("not_paid", "superseded")
HIGHEST = Effect(Note("trace.highest"))


class Once(Step):
    """Keep the ``highest`` of each group of equal ``keys``; the others get ``rest`` of theirs."""

    do: Literal["once"]
    keys: tuple[str, ...] = Field(min_length=1)
    """Within each group of equal keys one is kept."""
    highest: tuple[str, ...] = ("amount",)
    """What decides: `amount`, or columns in turn, such as `level`, `prize`."""
    ties: tuple[str, ...] = ()
    """Columns that decide between equals."""
    rest: Factor | None = None
    """The fraction of theirs that the others get; without it nothing."""
    unequal: Open | None = None
    """Why groups with different amounts wait, where which one counts is not known."""
    alone: tuple[str, ...] = ()
    """Keys whose blank means that the row stands alone, such as the work where there is none."""

    sees_waiting: ClassVar[bool] = True

    @property
    def group_keys(self) -> tuple[str, ...]:
        """As stated."""
        return self.keys

    @property
    def apart(self) -> tuple[str, ...]:
        """As stated."""
        return self.alone

    def reads(self) -> frozenset[str]:
        """What decides which is highest."""
        return frozenset((*self.highest, *self.ties, "amount"))

    def effects(self, cases: Sequence[Columns], terms: Terms) -> Sequence[Effect]:
        """Nothing for the case that stays, the end of each other one."""
        done = [index for index, case in enumerate(cases) if case["amount"] is not None]
        waiting = [index for index, case in enumerate(cases) if case["amount"] is None]
        effects = [NOTHING] * len(cases)
        if not done:
            return effects
        if self.unequal and len({cases[index]["amount"] for index in done}) > 1:
            for index in done:
                end = End("needs_ruling", self.unequal)
                effects[index] = Effect(Note("trace.unequal"), end=end)
            return effects
        best = done[0]
        if len(done) > 1:
            best = min(done, key=[self._rank(case, terms) for case in cases].__getitem__)
        for index in done:
            if index != best:
                effects[index] = self._lower(cases[index], best)
        if waiting:
            wait = End("needs_ruling", "awaits_row")
            effects[best] = Effect(Note("trace.awaits"), end=wait, by=waiting[0])
        elif len(done) > 1:
            effects[best] = HIGHEST
        return effects

    def ranked_by(self, case: Columns, terms: Terms) -> tuple[int, ...] | None:
        """What decides which is highest, where the others get nothing whatever they had."""
        return None if self.rest or self.unequal else self._rank(case, terms)

    def keeps(self, tally: Tally) -> bool:
        """One row of a group is paid at most, the highest; the rest never more than they had."""
        decided = tally.due and not tally.waiting and self.unequal is None
        if decided and self.highest == ("amount",) and tally.most != tally.highest:
            return False
        if self.rest is None and self.unequal is None:
            return tally.due <= 1 and tally.paid <= tally.highest
        return tally.paid <= tally.total and tally.most <= tally.highest

    def _lower(self, case: Columns, best: int) -> Effect:
        amount = case["amount"]
        assert isinstance(amount, int)  # rows without one wait
        if self.rest:
            part = money.times(amount, self.rest)
            values: dict[str, Value] = {"before": amount, "times": str(self.rest), "after": part}
            return Effect(Note("trace.rest", values), set={"amount": part}, by=best)
        return Effect(LOWER, end=SUPERSEDED, by=best)

    def _rank(self, case: Columns, terms: Terms) -> tuple[int, ...]:
        """What to sort by, the highest first; of a case that waits nothing is asked."""
        if case["amount"] is None:
            return WAITS
        return tuple(_place(column, case[column], terms) for column in (*self.highest, *self.ties))


def _place(column: str, value: Value, terms: Terms) -> int:
    if column in RANKED:
        return terms.rank(column, str(value)) if value is not None else len(terms.words[column])  # type: ignore[arg-type,index]
    if not isinstance(value, int):
        raise ValueError(f"{column} is {value!r}, which has no order")
    return value if column == "placing" else -value
