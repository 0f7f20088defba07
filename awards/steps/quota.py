"""quota: how many prizes a contest may give, and what they cost, from its number of entrants.

Each prize is a fixed number, or an exact share of a column rounded as stated; it becomes a pool
on a line of its own, with ``count``.

>>> from awards.terms import terms
>>> step = Quota(do="quota", clause="c", column="entrants", new_part="pool", prizes={
...     "first": {"share": "15/1000", "rounding": "down", "money": 300}})
>>> step.effects([{"entrants": 810}], terms())[0].more[0].set
{'part': 'pool', 'payee': '一等奖', 'kind': 'pool', 'count': 12, 'amount': 360000, 'unit': 'yuan'}
"""

from collections.abc import Mapping, Sequence
from typing import Literal, Self

from pydantic import Field, model_validator

from awards import money
from awards.conditions import Model
from awards.records import Columns, Value
from awards.steps.base import Amount, Effect, End, Factor, Note, Step, blank
from awards.terms import Terms


class Prizes(Model):
    """How many of one prize: ``count``, or ``share`` of the column; ``money`` for each."""

    count: int | None = None
    """So many."""
    share: Factor | None = None
    """This share of the column."""
    rounding: money.Rounding | None = None
    """How the share becomes a whole number."""
    money: Amount
    """For each prize; 0 for an honour without money."""

    @model_validator(mode="after")
    def _in_one_way(self) -> Self:
        if (self.count is None) == (self.share is None):
            raise ValueError("a quota says either count or share")
        if self.share is not None and self.rounding is None:
            raise ValueError("a share of entrants says how it is rounded")
        return self

    def number(self, whole: int) -> int:
        """How many there are of *whole* entrants."""
        if self.count is not None:
            return self.count
        assert self.share is not None  # one of the two is stated
        assert self.rounding is not None  # and then how it is rounded
        return money.rounded(whole * self.share, self.rounding)


class Quota(Step):
    """A pool for each of the ``prizes``, by the number in ``column``."""

    do: Literal["quota"]
    column: str
    """The column with the number of entrants."""
    prizes: Mapping[str, Prizes] = Field(min_length=1)
    """How many of each prize there are."""
    new_part: str
    """The name of the new lines."""

    def reads(self) -> frozenset[str]:
        """The number of entrants."""
        return frozenset((self.column,))

    def words(self) -> Sequence[tuple[str, Value]]:
        """The prizes."""
        return [("prize", name) for name in self.prizes]

    def effects(self, cases: Sequence[Columns], terms: Terms) -> Sequence[Effect]:
        """The pools of each case alone; the case itself has no award of its own."""
        return [self._effect(case, terms) for case in cases]

    def _effect(self, case: Columns, terms: Terms) -> Effect:
        whole = case.get(self.column)
        if not isinstance(whole, int):
            return blank(self.column)
        pools = tuple(self._pool(name, each, whole, terms) for name, each in self.prizes.items())
        return Effect(Note("trace.quota"), end=End("not_paid", "within_sum"), more=pools)

    def _pool(self, name: str, each: Prizes, whole: int, terms: Terms) -> Effect:
        number = each.number(whole)
        payee = terms.name("prize", name, "zh")
        new: dict[str, Value] = {"part": self.new_part, "payee": payee, "kind": "pool"}
        new |= {"count": number, "amount": number * each.money, "unit": "yuan"}
        note = Note("trace.pool", {"count": number, "each": each.money})
        if each.money:
            return Effect(note, set=new)
        return Effect(note, set={**new, "amount": None}, end=End("not_paid", "no_cash"))
