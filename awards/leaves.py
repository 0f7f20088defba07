"""The quantities that stand alone: a number, an earlier value, a column, a sum, a rate."""

from dataclasses import replace
from fractions import Fraction
from typing import Any, Literal

from pydantic import Field

from awards.conditions import Condition, Model
from awards.context import Context, Number, chosen, number, rate_of, shown
from awards.records import is_blank


class Quantity(Model):
    """Base of every operator."""

    def value(self, context: Context) -> Number:
        """What it comes to in *context*, exact; None where something is missing."""
        raise NotImplementedError

    def said(self, context: Context) -> str:
        """How it comes about, in figures: ``8,000 × 1,250``."""
        return shown(self.value(replace(context, missing=[])))


class Constant(Quantity):
    """A number, or a day."""

    is_: Any = Field(alias="is")

    def value(self, context: Context) -> Number:
        """The number."""
        return number(self.is_)


class Named(Quantity):
    """An earlier value by its name; within a row, what a line of the table calls so."""

    name: str

    def value(self, context: Context) -> Number:
        """As worked out before; where it could not be, what it lacked is missing here too."""
        found: Number = None
        if context.row is not None and self.name in context.lines:
            found = context.lines[self.name].value(context)
        elif (found := context.values.get(self.name)) is None:
            context.lacks(*context.lacked.get(self.name, ()))
        return found


class Given(Quantity):
    """A figure that the document leaves to another list."""

    given: str

    def value(self, context: Context) -> Number:
        """As given, else as the rows state it in a column of that name; missing otherwise."""
        found = context.columns().get(self.given)
        if is_blank(found):
            context.lacks(self.given)
        return number(found)


class Column(Quantity):
    """The one value of a column in the rows for which ``where`` holds."""

    column: str
    where: Condition | None = None

    def value(self, context: Context) -> Number:
        """The value; missing where there is none, or more than one."""
        if context.row is not None and self.where is None:
            found = [context.columns().get(self.column)]
        else:
            found = [row.get(self.column) for row in chosen(context, self.where)]
        values = {value for value in found if value is not None}
        if len(values) != 1 or any(map(is_blank, values)):
            context.lacks(self.column)
            return None
        return number(values.pop())


class Sum(Quantity):
    """The sum of a column over rows; ``weights`` names rates that weight each row."""

    sum: str
    where: Condition | None = None
    weights: str | None = None
    empty: Literal["missing", "zero"] = "missing"

    def value(self, context: Context) -> Number:
        """The sum; missing where no row has the column, unless an empty sum is zero."""
        total = Fraction(0)
        some = False
        for row in chosen(context, self.where):
            if row.get(self.sum) is None:
                continue
            some = True
            amount = number(row[self.sum])
            weight = self._weight(replace(context, row=row))
            if not isinstance(amount, Fraction):
                context.lacks(self.sum)
                return None
            if weight is None:
                return None
            total += amount * weight
        if not some and self.empty == "missing":
            context.lacks(self.sum)
            return None
        return total

    def _weight(self, context: Context) -> Fraction | None:
        return Fraction(1) if self.weights is None else rate_of(self.weights, context)


class Rate(Quantity):
    """The figure of named rates: for the row, for the subject, or at a stated cell."""

    rate: str
    """The name of the rates."""
    at: tuple[str, ...] = ()
    """The keys of the cell, where it is always the same."""

    def value(self, context: Context) -> Number:
        """The figure; missing where no cell fits."""
        if self.at:
            return context.rates[self.rate].look_up(self.at)
        return rate_of(self.rate, context)
