"""Quantities: the small arithmetic of funding rules, as data, with exact results.

A quantity is a number, a fraction in quotes, the name of an earlier value, or a table with one
operator. It is worked out over the rows of one subject (a school in a year, say). What is
missing is named, never assumed.

>>> from awards.quantities import parse_quantity
>>> subject = Context(rows=({"stage": "secondary", "students": 1250},), rates={}, given={})
>>> parse_quantity({"times": [8000, {"sum": "students"}]}).value(subject)
Fraction(10000000, 1)
>>> parse_quantity({"column": "local_standard"}).value(subject), subject.missing
(None, ['local_standard'])
"""

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema, model_validator

from awards import money
from awards.conditions import Condition, Model
from awards.records import Columns, Value, is_blank
from awards.steps import tables
from awards.steps.base import exact
from awards.steps.tables import Table

Number = Fraction | bool | None
"""What a quantity comes to; None where something is missing. Dates are days."""


class Rates(Model):
    """A crosstab of figures: yuan per student, weights or shares, by the columns ``by``."""

    clause: str | Mapping[str, str]
    """The clause it rests on; or one for each of the outermost keys."""
    by: tuple[str, ...] = Field(min_length=1)
    """The columns it is looked up by, outermost first."""
    amounts: Table = Field(default_factory=dict)
    """The figures in yuan, nested by the columns of `by`."""
    factors: Mapping[str, Any] = Field(default_factory=dict)
    """Or exact factors (weights, shares), nested alike."""

    @model_validator(mode="after")
    def _is_one_crosstab(self) -> Self:
        if bool(self.amounts) == bool(self.factors):
            raise ValueError("rates are amounts in yuan, or exact factors")
        tables.check_depth(self.amounts or self.factors, self.by)
        for path, factor in tables.cells(self.factors, len(self.by)):
            try:
                exact(factor)
            except ValueError as error:
                raise ValueError(f"factors.{'.'.join(path)}: {error}") from error
        return self

    def clauses(self) -> frozenset[str]:
        """Every clause that a figure cites."""
        return frozenset(
            self.clause.values() if isinstance(self.clause, Mapping) else (self.clause,)
        )

    def look_up(self, values: Sequence[Value]) -> Fraction | None:
        """The figure for *values*; None where no cell fits."""
        found = tables.look_up(self.amounts or self.factors, values)
        if found is None:
            return None
        return Fraction(found, 100) if self.amounts else exact(found)


@dataclass(frozen=True)
class Context:
    """What a quantity may see: the rows of a subject, one of them, earlier values, rates, given.

    ``missing`` collects the names of what was asked for and not there; ``previous`` holds the
    values of the subject before this one (the year before).
    """

    rows: tuple[Columns, ...]
    rates: Mapping[str, Rates]
    given: Mapping[str, Value]
    row: Columns | None = None
    values: dict[str, Any] = field(default_factory=dict)
    previous: Mapping[str, Any] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)

    def columns(self) -> Columns:
        """The columns of the row, over those that all rows of the subject agree on."""
        shared: dict[str, Value] = {}
        clashing: set[str] = set()
        for row in self.rows:
            for name, value in row.items():
                if is_blank(value):
                    continue
                if name in shared and shared[name] != value:
                    clashing.add(name)
                shared[name] = value
        agreed = {name: value for name, value in shared.items() if name not in clashing}
        own = {name: value for name, value in (self.row or {}).items() if not is_blank(value)}
        return {**self.given, **agreed, **own}

    def lacks(self, *names: str) -> None:
        """Note that *names* would be needed."""
        self.missing.extend(name for name in names if name not in self.missing)


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
    """An earlier value by its name."""

    name: str

    def value(self, context: Context) -> Number:
        """As worked out before."""
        found: Number = context.values.get(self.name)
        return found


class Given(Quantity):
    """A figure that the document leaves to another list."""

    given: str

    def value(self, context: Context) -> Number:
        """As given; missing otherwise."""
        found = context.given.get(self.given)
        if found is None:
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
        values = {value for value in found if not is_blank(value)}
        if len(values) != 1:
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
            if is_blank(row.get(self.sum)):
                continue
            some = True
            amount = number(row[self.sum])
            weight = self._weight(replace(context, row=row))
            if not isinstance(amount, Fraction) or weight is None:
                return None
            total += amount * weight
        if not some and self.empty == "missing":
            context.lacks(self.sum)
            return None
        return total

    def _weight(self, context: Context) -> Fraction | None:
        return Fraction(1) if self.weights is None else _rate(self.weights, context)


class Each(Quantity):
    """The sum of a quantity over rows, such as rate × students of each major.

    A row without a rate makes the whole unknown, or (``unknown = "skip"``) is left out.
    """

    each: "AnyQuantity"
    where: Condition | None = None
    unknown: Literal["fail", "skip"] = "fail"

    def value(self, context: Context) -> Number:
        """The sum over the rows that have something to say."""
        total = Fraction(0)
        for row in chosen(context, self.where):
            inner = replace(context, row=row, missing=[])
            part = self.each.value(inner)
            if part is None and self.unknown == "skip":
                continue
            if part is None:
                context.lacks(*inner.missing)
                return None
            total += part
        return total


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
        return _rate(self.rate, context)


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


class First(Quantity):
    """The first of several ways to know something that is known."""

    first: tuple["AnyQuantity", ...] = Field(min_length=1)

    def value(self, context: Context) -> Number:
        """The first known one; what all of them lack is missing."""
        lacked: list[str] = []
        for each in self.first:
            inner = replace(context, missing=[])
            found = each.value(inner)
            if found is not None:
                return found
            lacked += inner.missing
        context.lacks(*lacked)
        return None

    def said(self, context: Context) -> str:
        """How the one that is known comes about."""
        for each in self.first:
            if each.value(replace(context, missing=[])) is not None:
                return each.said(context)
        return shown(None)


class Round(Quantity):
    """A quantity rounded to whole numbers, or to a multiple of ``to``."""

    round: "AnyQuantity"
    how: money.Rounding
    to: Annotated[Fraction, BeforeValidator(exact)] = Fraction(1)

    def value(self, context: Context) -> Number:
        """The rounded number."""
        found = self.round.value(context)
        return None if found is None else money.rounded(found / self.to, self.how) * self.to


class Case(Model):
    """One case of a choice."""

    when: Condition
    value: "AnyQuantity"


class Choose(Quantity):
    """The value of the first case whose condition holds, else ``otherwise``."""

    choose: tuple[Case, ...] = Field(min_length=1)
    otherwise: "AnyQuantity | None" = None

    def value(self, context: Context) -> Number:
        """The value chosen; missing where a blank leaves it open, or no case holds."""
        columns = context.columns()
        for case in self.choose:
            holds = case.when.holds(columns)
            if isinstance(holds, frozenset):
                context.lacks(*sorted(holds))
                return None
            if holds:
                return case.value.value(context)
        if self.otherwise is None:
            context.lacks(*sorted(self.choose[0].when.columns()))
            return None
        return self.otherwise.value(context)


class Previous(Quantity):
    """A value of the subject before this one: what was carried forward from last year."""

    previous: str
    empty: "AnyQuantity"

    def value(self, context: Context) -> Number:
        """The value, or ``empty`` where there is nothing before."""
        found: Number = context.previous.get(self.previous)
        return self.empty.value(context) if found is None else found


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


def compare(how: str, actual: Fraction, required: Fraction) -> bool:
    """Whether *actual* stands to *required* as *how* says, exactly.

    >>> compare("at_least", Fraction("11999.9998"), Fraction(12000))
    False
    """
    return {
        "at_least": actual >= required,
        "at_most": actual <= required,
        "above": actual > required,
        "below": actual < required,
        "equal": actual == required,
    }[how]


def shown(value: Number) -> str:
    """*value* as people write it: grouped, exact where a decimal ends, else to six places.

    >>> shown(Fraction(8000)), shown(Fraction("0.125")), shown(Fraction(1, 3)), shown(None)
    ('8,000', '0.125', '≈0.333333', '?')
    """
    if value is None:
        return "?"
    exact_value = Fraction(value)
    digits = ending(exact_value)
    return (
        money.digits(exact_value, digits)
        if digits is not None
        else f"≈{money.digits(exact_value, 6)}"
    )


def ending(value: Fraction) -> int | None:
    """How many decimals *value* has; None where no decimal ends.

    >>> ending(Fraction("0.0002")), ending(Fraction(1, 6))
    (4, None)
    """
    rest, digits = value.denominator, 0
    for prime in (2, 5):
        power = 0
        while rest % prime == 0:
            rest //= prime
            power += 1
        digits = max(digits, power)
    return digits if rest == 1 else None


def chosen(context: Context, where: Condition | None) -> list[Columns]:
    """The rows of the subject for which *where* holds; a blank row is not chosen."""
    if where is None:
        return list(context.rows)
    shared = context.columns()
    wanted = where.columns()
    return [
        row
        for row in context.rows
        if where.holds({name: row.get(name, shared.get(name)) for name in wanted}) is True
    ]


def number(value: Any) -> Number:
    """*value* as an exact number: a date as its day number; None stays None."""
    if value is None or isinstance(value, bool | Fraction):
        return value
    if isinstance(value, date):
        return Fraction(value.toordinal())
    try:
        return Fraction(str(value))
    except ValueError:
        return None


def _rate(name: str, context: Context) -> Fraction | None:
    rates = context.rates[name]
    columns = context.columns()
    blank = [column for column in rates.by if is_blank(columns.get(column))]
    if blank and not _has_any(rates):
        context.lacks(*blank)
        return None
    found = rates.look_up([columns.get(column) for column in rates.by])
    if found is None:
        values = ", ".join(str(columns.get(column)) for column in rates.by)
        context.lacks(f"{name}({values})")
    return found


def _has_any(rates: Rates) -> bool:
    """Whether a blank may fall under ``any`` somewhere."""
    return any(
        tables.ANY in path
        for path, _ in tables.cells(rates.amounts or rates.factors, len(rates.by))
    )


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

for _model in (Each, Arithmetic, First, Round, Case, Choose, Previous, Comparison):
    _model.model_rebuild()
