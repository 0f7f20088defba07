"""cap: at most so much money, or so many payees, within the keys.

>>> from awards.terms import terms
>>> step = Cap(do="cap", clause="c", keys=["event"], payees=1, over="not_paid")
>>> coaches = [{"payee": "周师", "amount": 500}, {"payee": "吴师", "amount": 500}]
>>> [effect.end and effect.end.reason for effect in step.effects(coaches, terms())]
[None, 'over_limit']

``payees`` limits how many are paid, each for all their rows: the rest, by ``order`` or by row,
get nothing, or the whole group waits for a ruling (``over = "ruling"``), under the name ``named``
if there is one. ``most`` or a crosstab (``by``, ``amounts``) limits the sum of the group; what is
over comes off the last, and a group that no cell fits waits for a ruling (``no_match``).
"""

from collections.abc import Sequence
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from awards.records import Columns, Value, is_blank
from awards.steps import tables
from awards.steps.base import NOTHING, Amount, Effect, End, Note, Step, Tally, blank
from awards.steps.tables import Table
from awards.terms import Terms


class Cap(Step):
    """A limit on payees, or on money, within the ``keys``; without keys, row by row."""

    do: Literal["cap"]
    keys: tuple[str, ...] = ()
    """The limit holds for each group of equal keys; without keys row by row."""
    payees: int | None = Field(None, ge=1)
    """How many are paid."""
    order: str | None = None
    """The column of whole numbers that says who comes first; without it the order of the rows."""
    over: Literal["not_paid", "ruling"] = "not_paid"
    """What happens above `payees`: the later ones get nothing, or all wait."""
    named: str | None = None
    """The name under which a group that is over the limit waits."""
    most: Amount | None = None
    """The largest sum of the group."""
    by: tuple[str, ...] = ()
    """The columns that the largest sum is looked up by."""
    amounts: Table = Field(default_factory=dict)
    """The largest sum, nested by the columns of `by`."""

    @model_validator(mode="after")
    def _limits_one_thing(self) -> Self:
        if sum((self.payees is not None, self.most is not None, bool(self.amounts))) != 1:
            raise ValueError("a cap limits one thing: say payees, most, or by and amounts")
        tables.check_depth(self.amounts, self.by)
        return self

    def cells(self) -> Any:
        """Each figure of the crosstab with its path of keys, in hundredths."""
        return tables.cells(self.amounts, len(self.by))

    @property
    def group_keys(self) -> tuple[str, ...]:
        """As stated."""
        return self.keys

    def reads(self) -> frozenset[str]:
        """What is due to whom."""
        order = (self.order,) if self.order else ()
        return frozenset((*order, *self.by, "payee", "amount"))

    def glances(self) -> frozenset[str]:
        """The payee, where the limit is on money."""
        return frozenset(("payee",)) - set(self.by) if self.payees is None else frozenset()

    def compares(self) -> frozenset[str]:
        """The payee, where the limit is on heads: who has several rows counts once."""
        return frozenset() if self.payees is None else frozenset(("payee",))

    def words(self) -> Sequence[tuple[str, Value]]:
        """The words that head its rows and columns."""
        heads = [pair for path, _ in self.cells() for pair in zip(self.by, path, strict=True)]
        return [(column, word) for column, word in heads if not tables.is_general(word)]

    def effects(self, cases: Sequence[Columns], terms: Terms) -> Sequence[Effect]:
        """What the limit takes from each case."""
        return self._heads(cases) if self.payees else self._money(cases)

    def keeps(self, tally: Tally) -> bool:
        """Nobody gets more than before; no more are paid, and no more money, than the limit."""
        if tally.most > max(tally.highest, 0) or tally.paid > tally.total:
            return False
        if self.payees is not None:
            return tally.heads <= self.payees
        figures = [self.most] if self.most is not None else [most for _, most in self.cells()]
        return tally.paid <= max(each for each in figures if each is not None)

    def _heads(self, cases: Sequence[Columns]) -> Sequence[Effect]:
        heads = len({case["payee"] for case in cases})
        if self.payees is None or heads <= self.payees:
            return [NOTHING] * len(cases)
        values: dict[str, Value] = {"most": self.payees, "heads": heads}
        note = Note("trace.too_many", values)
        if self.over == "ruling":
            name: dict[str, Value] = {"payee": self.named} if self.named else {}
            end = End("needs_ruling", "roster_error")
            return [Effect(note, set=name, end=end)] * len(cases)
        places = [case.get(self.order) if self.order else 0 for case in cases]
        known = [place for place in places if isinstance(place, int)]
        if self.order and len(known) < len(cases):
            wait = Effect(Note("trace.awaits"), end=End("needs_ruling", "awaits_row"))
            return [wait if isinstance(each, int) else blank(self.order) for each in places]
        ranked = sorted(range(len(cases)), key=lambda index: (known[index], index))
        paid = list(dict.fromkeys(cases[index]["payee"] for index in ranked))[: self.payees]
        over = Effect(note, end=End("not_paid", "over_limit"))
        return [NOTHING if case["payee"] in paid else over for case in cases]

    def _money(self, cases: Sequence[Columns]) -> Sequence[Effect]:
        most = self.most
        if most is None:
            missing = [name for name in self.by if is_blank(cases[0].get(name))]
            if missing:
                return [blank(*missing)] * len(cases)
            most = tables.look_up(self.amounts, [cases[0][name] for name in self.by])
        if most is None:
            values = {name: cases[0][name] for name in self.by}
            wait = Effect(Note("trace.no_rate", values), end=End("needs_ruling", "no_match"))
            return [wait] * len(cases)
        effects = []
        left: int = most
        for case in cases:
            amount = case.get("amount")
            due = amount if isinstance(amount, int) else 0
            effects.append(NOTHING if due <= left else self._cut(due, left))
            left = max(left - due, 0)
        return effects

    def _cut(self, amount: int, left: int) -> Effect:
        note = Note("trace.cap", {"before": amount, "after": left})
        if not left:
            return Effect(note, end=End("not_paid", "over_limit"))
        return Effect(note, set={"amount": left})
