"""Quantities: the small arithmetic of funding rules, as data, with exact results.

A quantity is a number, a fraction in quotes, the name of an earlier value, or a table with one
operator. It is worked out over the rows of one subject (a school in a year, say). What is
missing is named, never assumed.

>>> from awards.context import Context
>>> from awards.quantities import parse_quantity
>>> subject = Context(rows=({"stage": "secondary", "students": 1250},), rates={}, given={})
>>> parse_quantity({"times": [8000, {"sum": "students"}]}).value(subject)
Fraction(10000000, 1)
>>> parse_quantity({"column": "local_standard"}).value(subject), subject.missing
(None, ['local_standard'])
"""

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, Field, PlainSerializer, WithJsonSchema

from awards import money
from awards.conditions import Condition, Model
from awards.context import Context, Number, chosen, compare, shown
from awards.leaves import Column, Constant, Given, Named, Quantity, Rate, Sum
from awards.steps.base import exact


class Each(Quantity):
    """The sum of a quantity over rows, such as rate × students of each major.

    A row without a rate makes the whole unknown, or (``unknown = "skip"``) is left out. With
    ``having`` only rows that themselves hold that column count, a headcount say.
    """

    each: "AnyQuantity"
    having: str | None = None
    where: Condition | None = None
    unknown: Literal["fail", "skip"] = "fail"

    def value(self, context: Context) -> Number:
        """The sum over the rows that have something to say."""
        total = Fraction(0)
        for row in chosen(context, self.where):
            if self.having is not None and row.get(self.having) is None:
                continue
            inner = replace(context, row=row, missing=[])
            part = self.each.value(inner)
            if part is None and self.unknown == "skip":
                continue
            if part is None:
                context.lacks(*inner.missing)
                return None
            total += part
        return total


class Arithmetic(Quantity):
    """plus, times, minus, over, least, most: of their parts, in order."""

    how: Literal["plus", "times", "minus", "over", "least", "most"]
    of: tuple["AnyQuantity", ...] = Field(min_length=1)

    def value(self, context: Context) -> Number:
        """The result; None where a part is missing, or something is divided by zero."""
        parts = [each.value(context) for each in self.of]
        known = [Fraction(part) for part in parts if part is not None]
        if len(known) < len(parts):
            return None
        first, *rest = known
        for part in rest:
            if self.how == "over" and not part:
                return None
            first = _FOLD[self.how](first, part)
        return first

    def said(self, context: Context) -> str:
        """The parts with the sign between them."""
        parts = [each.said(context) for each in self.of]
        if self.how in ("least", "most"):
            return f"{'min' if self.how == 'least' else 'max'}({'; '.join(parts)})"
        nested = [
            f"({part})" if isinstance(each, Arithmetic) and each.how != self.how else part
            for each, part in zip(self.of, parts, strict=True)
        ]
        return f" {_SIGNS[self.how]} ".join(nested)


_SIGNS = {"plus": "+", "times": "×", "minus": "-", "over": "÷"}
_FOLD: Mapping[str, Callable[[Fraction, Fraction], Fraction]] = {
    "plus": operator.add,
    "times": operator.mul,
    "minus": operator.sub,
    "over": operator.truediv,
    "least": min,
    "most": max,
}


class Selection(Quantity):
    """Base of the quantities that are one of several."""

    def picked(self, context: Context) -> Quantity | None:
        """The one that it is in *context*; None, and missing, where that is not known."""
        raise NotImplementedError

    def value(self, context: Context) -> Number:
        """The value of the one picked."""
        picked = self.picked(context)
        return None if picked is None else picked.value(context)

    def said(self, context: Context) -> str:
        """How the one picked comes about."""
        picked = self.picked(replace(context, missing=[]))
        return shown(None) if picked is None else picked.said(context)


class First(Selection):
    """The first of several ways to know something that is known."""

    first: tuple["AnyQuantity", ...] = Field(min_length=1)

    def picked(self, context: Context) -> Quantity | None:
        """The first known one; what all of them lack is missing."""
        lacked: list[str] = []
        for each in self.first:
            inner = replace(context, missing=[])
            if each.value(inner) is not None:
                return each
            lacked += inner.missing
        context.lacks(*lacked)
        return None


class Round(Quantity):
    """A quantity rounded to whole numbers, or to a multiple of ``to``.

    ``how = "unstated"`` says that the document names no rounding: known only where it is whole.
    """

    round: "AnyQuantity"
    how: money.Rounding | Literal["unstated"]
    to: Annotated[Fraction, BeforeValidator(exact)] = Fraction(1)

    def value(self, context: Context) -> Number:
        """The rounded number."""
        found = self.round.value(context)
        if found is None:
            return None
        steps = found / self.to
        if self.how != "unstated":
            return money.rounded(steps, self.how) * self.to
        if steps.denominator == 1:
            return Fraction(found)
        context.lacks("rounding")
        return None


class Under(Selection):
    """The quantity for the option taken of the reading ``under``; one not listed is unknown."""

    under: str
    options: Mapping[str, "AnyQuantity"]

    def picked(self, context: Context) -> Quantity | None:
        """The one under the reading taken."""
        taken = self.options.get(context.chosen.get(self.under, ""))
        if taken is None:
            context.lacks(self.under)
        return taken


class Case(Model):
    """One case of a choice."""

    when: Condition
    value: "AnyQuantity"


class Choose(Selection):
    """The value of the first case whose condition holds, else ``otherwise``."""

    choose: tuple[Case, ...] = Field(min_length=1)
    otherwise: "AnyQuantity | None" = None

    def picked(self, context: Context) -> Quantity | None:
        """The one chosen; missing where a blank leaves it open, or no case holds."""
        columns = context.columns()
        for case in self.choose:
            holds = case.when.holds(columns)
            if isinstance(holds, frozenset):
                context.lacks(*sorted(holds))
                return None
            if holds:
                return case.value
        if self.otherwise is None:
            context.lacks(*sorted(self.choose[0].when.columns()))
        return self.otherwise


class Previous(Quantity):
    """A value of the subject before this one: what was carried forward from last year."""

    previous: str
    empty: "AnyQuantity"

    def value(self, context: Context) -> Number:
        """The value, or ``empty`` where there is nothing before; missing where it was unknown."""
        if context.previous is None:
            return self.empty.value(context)
        found: Number = context.previous.get(self.previous)
        if found is None:
            context.lacks(self.previous)
        return found


class Comparison(Quantity):
    """Whether a comparison of two quantities holds."""

    how: Literal["at_least", "at_most", "above", "below", "equal"]
    of: tuple["AnyQuantity", "AnyQuantity"]

    def value(self, context: Context) -> Number:
        """True or false; None where a side is missing."""
        left, right = (each.value(context) for each in self.of)
        if left is None or right is None:
            return None
        return compare(self.how, Fraction(left), Fraction(right))


_ARITHMETIC = ("plus", "times", "minus", "over", "least", "most")
_COMPARISONS = ("at_least", "at_most", "above", "below", "equal")
_TABLES: Mapping[str, type[Quantity]] = {
    "is": Constant,
    "given": Given,
    "column": Column,
    "sum": Sum,
    "each": Each,
    "rate": Rate,
    "first": First,
    "round": Round,
    "choose": Choose,
    "previous": Previous,
    "under": Under,
}


def parse_quantity(given: Any) -> Any:
    """The quantity that a schedule file states; ValueError where it states none."""
    if isinstance(given, Quantity):
        return given
    if isinstance(given, bool | int | Decimal | date):
        return Constant.model_validate({"is": given})
    if isinstance(given, str):
        return _text(given)
    if not isinstance(given, Mapping):
        raise ValueError(f"{given!r} is no quantity")
    operators = [key for key in given if key in (*_TABLES, *_ARITHMETIC, *_COMPARISONS)]
    if len(operators) != 1:
        known = ", ".join((*_TABLES, *_ARITHMETIC, *_COMPARISONS))
        raise ValueError(f"a quantity has one operator ({known}), not {list(given)}")
    (operator,) = operators
    if operator in _ARITHMETIC:
        return Arithmetic.model_validate({"how": operator, "of": given[operator]})
    if operator in _COMPARISONS:
        return Comparison.model_validate({"how": operator, "of": given[operator]})
    return _TABLES[operator].model_validate(given)


def _text(given: str) -> Quantity:
    """A fraction in quotes, or the name of an earlier value."""
    try:
        return Constant.model_validate({"is": Fraction(given)})
    except ValueError:
        if not given.isidentifier():
            raise ValueError(f"{given!r} is neither a number nor the name of a value") from None
        return Named.model_validate({"name": given})


AnyQuantity = Annotated[
    Quantity,
    BeforeValidator(parse_quantity),
    PlainSerializer(lambda quantity: quantity.model_dump(by_alias=True, exclude_none=True)),
    WithJsonSchema({"type": ["number", "string", "object"]}),
]
"""A quantity as a file states it."""

for _model in (Each, Arithmetic, First, Round, Under, Case, Choose, Previous, Comparison):
    _model.model_rebuild()


def within(given: object) -> Iterator[Quantity]:
    """Every quantity in *given*, a rule say, those inside another too."""
    return instances(given, Quantity)


Part = TypeVar("Part", bound=BaseModel)


def instances(
    given: object, kind: type[Part], chosen: Mapping[str, str] | None = None
) -> Iterator[Part]:
    """Every model of *kind* in *given*, those inside another too.

    Under the readings *chosen* only what holds under them.
    """
    if isinstance(given, kind):
        yield given
    parts: Iterable[object] = ()
    if isinstance(given, Under) and chosen is not None:
        parts = [given.options.get(chosen.get(given.under, ""))]
    elif isinstance(given, BaseModel):
        parts = [getattr(given, name) for name in type(given).model_fields]
    elif isinstance(given, Mapping):
        parts = given.values()
    elif isinstance(given, tuple):
        parts = given
    for part in parts:
        yield from instances(part, kind, chosen)
