"""add: a sum of terms, each money times columns, on top of the amount or as its own component.

>>> from awards.terms import terms
>>> step = Add(do="add", clause="c", new_part="coaching", terms=[
...     {"money": 100, "times": ["days"]}, {"money": 20, "times": ["periods"]}])
>>> step.effects([{"amount": None, "days": 2, "periods": 10}], terms())[0].more[0].set
{'part': 'coaching', 'amount': 40000, 'unit': 'yuan'}

A factor is a column of numbers, optionally ``at_most`` so much. With ``each``, a term is summed
over a column that holds a list of records. A factor that is blank, negative or no number is a
problem of the row, unless the schedule says what a blank counts as.

>>> step.effects([{"amount": None, "days": "two", "periods": 10}], terms())[0].end.blank
('days',)
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, Literal

from pydantic import ConfigDict, Field, model_validator

from awards import money
from awards.conditions import Model, or_short
from awards.records import Columns, Value, is_blank
from awards.steps.base import Amount, Effect, Factor, Note, Step, Tally, blank
from awards.steps.payees import Kind
from awards.terms import Terms


class Times(Model):
    """A column to multiply by; ``at_most`` limits it."""

    model_config = ConfigDict(json_schema_extra=or_short({"type": "string"}))

    column: str
    """The column of numbers to multiply by."""
    at_most: Factor | None = None
    """The largest number that counts."""

    @model_validator(mode="before")
    @classmethod
    def _short(cls, given: Any) -> Any:
        return {"column": given} if isinstance(given, str) else given

    def value(self, row: Columns) -> Fraction | None:
        """The number in *row*, limited; None where there is none."""
        stated = row.get(self.column)
        if is_blank(stated) or isinstance(stated, bool):
            return None
        try:
            number = Fraction(str(stated))
        except (ValueError, ArithmeticError):
            return None
        if number < 0:
            return None
        return number if self.at_most is None else min(number, self.at_most)


class Term(Model):
    """``money`` for each unit of the product of ``times``; summed over the records of ``each``."""

    money: Amount
    """For each unit of the product."""
    times: tuple[Times, ...] = Field(min_length=1)
    """The columns whose product is taken."""
    each: str | None = None
    """A column that holds a list of records; the product is taken in each and summed."""

    def reads(self) -> frozenset[str]:
        """The columns of the row that it is made of."""
        return frozenset((self.each,) if self.each else (t.column for t in self.times))

    def blanks(self, case: Columns) -> list[str]:
        """The columns it needs that hold no number, or no list of records with them."""
        if self.each is None:
            return [each.column for each in self.times if each.value(case) is None]
        records = _records(case.get(self.each))
        known = [each.value(row) for row in records or () for each in self.times]
        return [self.each] if records is None or None in known else []

    def amount(self, case: Columns) -> int:
        """The term in hundredths; ValueError for a part of a fen."""
        rows: Sequence[Columns] = (_records(case[self.each]) or ()) if self.each else (case,)
        total = sum((self._product(row) for row in rows), start=Fraction(0))
        return money.times(self.money, total)

    def _product(self, row: Columns) -> Fraction:
        product = Fraction(1)
        for each in self.times:
            product *= each.value(row) or 0
        return product


class Add(Step):
    """The sum of ``terms``, added to the amount, or a line of its own called ``new_part``."""

    do: Literal["add"]
    terms: tuple[Term, ...] = Field(min_length=1)
    """The terms whose sum is added."""
    new_part: str | None = None
    """The name of a line of its own; without it the sum goes on top of the row's amount."""
    unit: str = "yuan"
    """The unit of the sum; only yuan are paid out."""
    payee: str | None = None
    """A fixed payee for the line; without it whoever the row is about."""
    kind: Kind | None = None
    """The kind of that payee."""

    @property
    def adds(self) -> bool:
        """Where the sum is a line of its own."""
        return self.new_part is not None

    def reads(self) -> frozenset[str]:
        """The columns of the terms and the amount so far."""
        return frozenset(("amount",)).union(*(term.reads() for term in self.terms))

    def effects(self, cases: Sequence[Columns], terms: Terms) -> Sequence[Effect]:
        """The amount with the sum, or the component, of each case alone."""
        return [self._effect(case) for case in cases]

    def keeps(self, tally: Tally) -> bool:
        """Nobody has less than before."""
        return tally.paid >= tally.total or tally.faulty > 0

    def _effect(self, case: Columns) -> Effect:
        missing = [name for term in self.terms for name in term.blanks(case)]
        if missing:
            return blank(*missing)
        total = sum(term.amount(case) for term in self.terms)
        values: dict[str, Value] = {
            name: case[name] for name in sorted(self.reads()) if name != "amount"
        }
        new: dict[str, Value] = {"amount": total, "unit": self.unit}
        if self.payee:
            new |= {"payee": self.payee, "kind": self.kind or "person"}
        if self.new_part:
            added = {"part": self.new_part, **new}
            return Effect(more=(Effect(Note("trace.add", values), set=added),))
        before = case.get("amount")
        new["amount"] = total + (before if isinstance(before, int) else 0)
        return Effect(Note("trace.add", values), set=new)


def _records(value: Value) -> list[Mapping[str, Value]] | None:
    """The records of a column that holds a list of them; None where it holds none."""
    if not isinstance(value, tuple):
        return None
    return [
        {str(pair[0]): pair[1] for pair in entry if isinstance(pair, tuple)}
        for entry in value
        if isinstance(entry, tuple)
    ]
