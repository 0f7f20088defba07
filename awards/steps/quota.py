"""quota: how many prizes a contest may give, and what they cost, from its number of entrants.

Each prize is a fixed number, or an exact share of a column rounded as stated; it becomes a pool
on a line of its own, with ``count``.

>>> from awards.terms import terms
>>> step = Quota(do="quota", clause="c", column="entrants", new_part="pool", prizes={
...     "first": {"share": "15/1000", "rounding": "down", "money": 300}})
>>> pool = step.effects([{"entrants": 810}], terms())[0].more[0].set
>>> pool["payee"], pool["count"], pool["amount"]
('一等奖', 12, 360000)

Without ``money`` the pools have their number only: a ``rate`` and a ``scale`` by the column
``count``, with the same ``part``, say what they cost.
"""

from collections.abc import Mapping, Sequence
from typing import Literal, Self, get_args

from pydantic import Field, model_validator

from awards import money
from awards.conditions import Model
from awards.money import Rounding
from awards.records import Columns, Value
from awards.steps.base import Amount, Effect, End, Factor, Note, Step, Tally, blank
from awards.terms import Terms

ROUNDINGS: tuple[Rounding, ...] = get_args(Rounding)


class Prizes(Model):
    """How many of one prize: ``count``, or ``share`` of the column; ``money`` for each."""

    count: int | None = None
    """So many."""
    share: Factor | None = None
    """This share of the column."""
    rounding: Rounding | None = None
    """How the share becomes a whole number."""
    money: Amount | None = None
    """For each prize; 0 for an honour without money."""

    @model_validator(mode="after")
    def _in_one_way(self) -> Self:
        if (self.count is None) == (self.share is None):
            raise ValueError("a quota says either count or share")
        return self

    def number(self, whole: int, rounding: Rounding | None) -> int:
        """How many there are of *whole* entrants, by its own rounding or else *rounding*."""
        if self.count is not None:
            return self.count
        how = self.rounding or rounding
        assert self.share is not None  # one of the two is stated
        assert how is not None  # and then how it is rounded
        return money.rounded(whole * self.share, how)


class Quota(Step):
    """A pool for each of the ``prizes``, by the number in ``column``."""

    do: Literal["quota"]
    column: str
    """The column with the number of entrants."""
    prizes: Mapping[str, Prizes] = Field(min_length=1)
    """How many of each prize there are."""
    new_part: str
    """The name of the new lines."""
    rounding: str | None = None
    """The column that says how shares are rounded, where readings differ on it."""

    @model_validator(mode="after")
    def _rounds_as_stated(self) -> Self:
        shares = [each for each in self.prizes.values() if each.share is not None]
        if any((each.rounding is None) == (self.rounding is None) for each in shares):
            raise ValueError("a share of entrants says how it is rounded, itself or by a column")
        return self

    @property
    def adds(self) -> bool:
        """The pool of each level."""
        return True

    def reads(self) -> frozenset[str]:
        """The number of entrants, and the rounding."""
        return frozenset((self.column, *((self.rounding,) if self.rounding else ())))

    def words(self) -> Sequence[tuple[str, Value]]:
        """The prizes."""
        return [("prize", name) for name in self.prizes]

    def effects(self, cases: Sequence[Columns], terms: Terms) -> Sequence[Effect]:
        """The pools of each case alone; the case itself has no award of its own."""
        return [self._effect(case, terms) for case in cases]

    def keeps(self, tally: Tally) -> bool:
        """The contest has no award of its own; each prize has a line."""
        return tally.due == 0 and (tally.added == len(self.prizes) or tally.faulty > 0)

    def _effect(self, case: Columns, terms: Terms) -> Effect:
        whole = case.get(self.column)
        how = next((each for each in ROUNDINGS if each == case.get(self.rounding or "")), None)
        if not isinstance(whole, int):
            return blank(self.column)
        if self.rounding and how is None:
            return blank(self.rounding)
        pools = tuple(
            self._pool(name, each, each.number(whole, how), terms)
            for name, each in self.prizes.items()
        )
        return Effect(Note("trace.quota"), end=End("not_paid", "within_sum"), more=pools)

    def _pool(self, name: str, each: Prizes, number: int, terms: Terms) -> Effect:
        payee = terms.name("prize", name, "zh")
        new: dict[str, Value] = {"part": self.new_part, "payee": payee, "kind": "pool"}
        new |= {"prize": name, "count": number}
        if each.money is None:
            return Effect(Note("trace.quota"), set=new)
        new |= {"amount": number * each.money, "unit": "yuan"}
        note = Note("trace.pool", {"count": number, "each": each.money})
        if each.money:
            return Effect(note, set=new)
        return Effect(note, set={**new, "amount": None}, end=End("not_paid", "no_cash"))
