"""What quantities are worked out from: rates, the rows of a subject, and exact numbers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any, Self

from pydantic import Field, model_validator

from awards import money
from awards.conditions import Condition, Model
from awards.records import Columns, Unread, Value, is_blank
from awards.steps import tables
from awards.steps.base import exact
from awards.steps.tables import Table

Number = Fraction | bool | None
"""What a quantity comes to; None where something is missing. Dates are days."""
MEASURES = ("amount", "students")
"""What a row states for itself: each such row is a part of the subject, beside the others."""
SEVERAL = Unread("…")
"""A column in which the rows of a subject differ: it is there, but has no one value."""


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

    ``lines`` are the quantities of each row and ``chosen`` the readings taken. ``missing``
    collects the names of what was asked for and not there, ``lacked`` those of each value;
    ``previous`` holds the values of the subject before this one (the year before), None where
    there is none.
    """

    rows: tuple[Columns, ...]
    rates: Mapping[str, Rates]
    given: Mapping[str, Value]
    row: Columns | None = None
    values: dict[str, Any] = field(default_factory=dict)
    lines: Mapping[str, Any] = field(default_factory=dict)
    chosen: Mapping[str, str] = field(default_factory=dict)
    previous: Mapping[str, Any] | None = None
    missing: list[str] = field(default_factory=list)
    lacked: dict[str, list[str]] = field(default_factory=dict)

    def columns(self) -> Columns:
        """The columns of the row, over those of the subject, where its rows agree.

        >>> rows = ({"stage": "higher", "year": 2020}, {"stage": "secondary", "year": 2020})
        >>> Context(rows, rates={}, given={}).columns()
        {'stage': '…', 'year': 2020}

        A row with a headcount learns nothing from another one: what that one is about (a major)
        and how many it has is its own.

        >>> rows = ({"school": "A"}, {"major": "x", "students": 5}, {"students": 7})
        >>> Context(rows, rates={}, given={}, row=rows[2]).columns()
        {'school': 'A', 'students': 7}
        """
        shared: dict[str, Value] = {}
        for row in self._besides():
            for name, value in row.items():
                if not is_blank(value):
                    shared[name] = SEVERAL if shared.get(name, value) != value else value
        own = {name: value for name, value in (self.row or {}).items() if not is_blank(value)}
        return {**self.given, **shared, **own}

    def _besides(self) -> Iterator[Columns]:
        """The rows that describe the subject, or the row in hand: not the parts beside it."""
        own = [name for name in MEASURES if not is_blank((self.row or {}).get(name))]
        for row in self.rows:
            if self.row is None:
                yield row
            elif all(is_blank(row.get(name)) for name in own):
                yield {name: value for name, value in row.items() if name not in MEASURES}

    def lacks(self, *names: str) -> None:
        """Note that *names* would be needed."""
        self.missing.extend(name for name in names if name not in self.missing)


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
    """The rows of the subject for which *where* holds; a blank row is not chosen.

    A column in which a row is blank and the others agree is theirs.
    """
    if where is None:
        return list(context.rows)
    shared = {name: value for name, value in context.columns().items() if value is not SEVERAL}
    wanted = where.columns()
    return [
        row
        for row in context.rows
        if where.holds({name: row.get(name, shared.get(name)) for name in wanted}) is True
    ]


def number(value: Any) -> Number:
    """*value* as an exact number: a date as its day number; None stays None.

    What could not be read is none, whatever it looks like.
    """
    if value is None or isinstance(value, bool | Fraction):
        return value
    if isinstance(value, Unread):
        return None
    if isinstance(value, date):
        return Fraction(value.toordinal())
    try:
        return Fraction(str(value))
    except ValueError:
        return None


def rate_of(name: str, context: Context) -> Fraction | None:
    """The figure of the rates *name* for the row or the subject; missing where no cell fits."""
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
