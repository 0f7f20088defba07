"""``when``: a condition over the columns of one row, with three answers.

A test of a blank column is neither true nor false. It is answered by the names of the blank
columns, and the row becomes a located problem: what a blank would pay is nobody's guess.
"""

from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated, Any, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    JsonValue,
    WithJsonSchema,
    model_serializer,
    model_validator,
)

from awards.records import Columns, Value, is_blank

Scalar = Annotated[
    bool | int | Decimal | date | str, WithJsonSchema({"type": ["boolean", "number", "string"]})
]
Blank = frozenset[str]
"""The columns that would have to be filled before a condition can be answered."""


class Model(BaseModel):
    """Base of everything in a schedule file: frozen, and an unknown key is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


def or_short(*forms: JsonValue) -> Callable[[dict[str, Any]], None]:
    """For the JSON Schema of a model that a file may write in one of some shorter *forms* too."""

    def also(schema: dict[str, Any]) -> None:
        full = dict(schema)
        schema.clear()
        schema["anyOf"] = [*forms, full]

    return also


def _columns_as_keys(schema: dict[str, Any]) -> None:
    """In a file the tests of a condition stand among its keys."""
    schema["additionalProperties"] = schema["properties"].pop("tests")["additionalProperties"]


class Date(Model):
    """A day some months and days after the date in another column."""

    column: str
    """The column that holds the day to count from."""
    months: int = 0
    """Calendar months later; the last day of a shorter month."""
    days: int = 0
    """Days later, after the months."""

    def day(self, row: Columns) -> date | None:
        """The day; None where the column is blank.

        >>> Date(column="end", months=6).day({"end": date(2022, 8, 31)})
        datetime.date(2023, 2, 28)
        """
        start = row.get(self.column)
        if not isinstance(start, date):
            return None
        years, month = divmod(start.month - 1 + self.months, 12)
        year, month = start.year + years, month + 1
        last = monthrange(year, month)[1]
        return date(year, month, min(start.day, last)) + timedelta(self.days)


class Match(Model):
    """What one column must be. A bare value means ``is``, a list ``one_of``."""

    model_config = ConfigDict(
        json_schema_extra=or_short(
            {"type": ["boolean", "number", "string"]},
            {"type": "array", "items": {"type": ["boolean", "number", "string"]}},
        )
    )

    is_: Scalar | None = Field(None, alias="is")
    """The value, a word or a number, that the column has."""
    one_of: tuple[Scalar, ...] = ()
    """Any one of these values."""
    not_: Scalar | None = Field(None, alias="not")
    """Not this value."""
    none_of: tuple[Scalar, ...] = ()
    """None of these values."""
    at_least: Scalar | None = None
    """This number or date, or more."""
    at_most: Scalar | None = None
    """This number or date, or less."""
    above: Scalar | None = None
    """More than this number, later than this date."""
    below: Scalar | None = None
    """Less than this number, earlier than this date."""
    after: Date | None = None
    """Later than a day reckoned from another column."""
    contains: tuple[str, ...] = ()
    """Any of these texts stands in it."""
    lacks: tuple[str, ...] = ()
    """None of these texts stands in it."""
    present: bool | None = None
    """Whether it is filled; beside other tests, a blank then fails instead of being a problem."""

    @model_validator(mode="before")
    @classmethod
    def _short(cls, given: Any) -> Any:
        if isinstance(given, list):
            return {"one_of": given}
        return given if isinstance(given, Mapping) else {"is": given}

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.model_fields_set:
            raise ValueError("an empty condition: say is, one_of, at_least, contains, present, …")
        if self.present is False and len(self.model_fields_set) > 1:
            raise ValueError("present = false leaves nothing else to test")
        return self

    def holds(self, value: Value, row: Columns) -> bool | None:
        """Whether *value* passes; None where it is blank and the test is not about blankness.

        With ``present`` beside other tests a blank fails, instead of being a problem.

        >>> [Match(present=p, lacks=("选拔",)).holds(None, {}) for p in (True, None)]
        [False, None]
        """
        if self.present is not None and (value is not None) is not self.present:
            return False
        if self.model_fields_set == {"present"}:
            return True
        if is_blank(value) or (isinstance(value, str) and self._orders()):
            return None  # a word where a number is asked for says nothing that orders
        if self.after:
            day = self.after.day(row)
            return None if day is None or not isinstance(value, date) else value > day
        return self._equal(value) and self._ordered(value) and self._worded(str(value))

    def _equal(self, value: Value) -> bool:
        return (
            (self.is_ is None or value == self.is_)
            and (not self.one_of or value in self.one_of)
            and (self.not_ is None or value != self.not_)
            and value not in self.none_of
        )

    def _orders(self) -> bool:
        """Whether it asks for more or less than a number."""
        bounds = (self.at_least, self.at_most, self.above, self.below)
        return any(bound is not None and not isinstance(bound, str) for bound in bounds)

    def _ordered(self, value: Any) -> bool:
        return (
            (self.at_least is None or value >= self.at_least)
            and (self.at_most is None or value <= self.at_most)
            and (self.above is None or value > self.above)
            and (self.below is None or value < self.below)
        )

    def _worded(self, text: str) -> bool:
        return (not self.contains or any(part in text for part in self.contains)) and not any(
            part in text for part in self.lacks
        )

    def values(self) -> tuple[Scalar, ...]:
        """The values it compares for equality with: words to be checked against the terms."""
        single = tuple(v for v in (self.is_, self.not_) if v is not None)
        return single + self.one_of + self.none_of


class Condition(Model):
    """Tests that must all hold, by column; ``any`` of several conditions; ``not`` a condition.

    >>> paid = Condition.model_validate({"level": ["national", "school"], "points": {"above": 5}})
    >>> paid.holds({"level": "national", "points": 6}), paid.holds({"level": "county"})
    (True, False)
    >>> paid.holds({"level": "national"})
    frozenset({'points'})
    """

    model_config = ConfigDict(json_schema_extra=_columns_as_keys)

    tests: Mapping[str, Match] = Field(default_factory=dict)
    """The tests by column; in a file the columns themselves are the keys."""
    any_: tuple["Condition", ...] = Field((), alias="any")
    """Conditions of which at least one must hold."""
    not_: "Condition | None" = Field(None, alias="not")
    """A condition that must not hold."""

    @model_validator(mode="before")
    @classmethod
    def _split(cls, given: Any) -> Any:
        if not isinstance(given, Mapping) or "tests" in given:
            return given
        words = {key: given[key] for key in ("any", "not") if key in given}
        return {"tests": {k: v for k, v in given.items() if k not in words}, **words}

    @model_serializer
    def _join(self) -> dict[str, object]:
        joined: dict[str, object] = {
            name: match.model_dump(exclude_unset=True, by_alias=True)
            for name, match in self.tests.items()
        }
        if self.any_:
            joined["any"] = [each.model_dump() for each in self.any_]
        if self.not_:
            joined["not"] = self.not_.model_dump()
        return joined

    def columns(self) -> frozenset[str]:
        """The columns it reads."""
        inner = (*self.any_, *((self.not_,) if self.not_ else ()))
        dated = {match.after.column for match in self.tests.values() if match.after}
        return frozenset({*self.tests, *dated}).union(*(each.columns() for each in inner))

    def weighs(self) -> frozenset[str]:
        """The columns of which the value matters, not only whether there is one."""
        inner = (*self.any_, *((self.not_,) if self.not_ else ()))
        dated = {match.after.column for match in self.tests.values() if match.after}
        own = {n for n, match in self.tests.items() if match.model_fields_set != {"present"}}
        return frozenset({*own, *dated}).union(*(each.weighs() for each in inner))

    def holds(self, row: Columns) -> bool | Blank:
        """True, False, or the blank columns that leave it open.

        A test that fails settles the matter whatever else is blank.
        """
        answers: list[bool | Blank] = [
            answer
            if (answer := match.holds(row.get(name), row)) is not None
            else frozenset((name,))
            for name, match in self.tests.items()
        ]
        if self.any_:
            answers.append(_any([each.holds(row) for each in self.any_]))
        if self.not_:
            inner = self.not_.holds(row)
            answers.append(not inner if isinstance(inner, bool) else inner)
        if any(answer is False for answer in answers):
            return False
        return _open(answers) or True


def _any(answers: list[bool | Blank]) -> bool | Blank:
    return any(answer is True for answer in answers) or _open(answers) or False


def _open(answers: list[bool | Blank]) -> Blank:
    return frozenset().union(*(answer for answer in answers if not isinstance(answer, bool)))


class Text(Model):
    """Words for people in Chinese and English; a bare string serves for both."""

    model_config = ConfigDict(json_schema_extra=or_short({"type": "string"}))

    zh: str
    """In Chinese."""
    en: str
    """In English."""

    @model_validator(mode="before")
    @classmethod
    def _short(cls, given: Any) -> Any:
        return {"zh": given, "en": given} if isinstance(given, str) else given

    def __getitem__(self, lang: str) -> str:
        return self.zh if lang == "zh" else self.en
