"""recode: set columns from other columns, where the document says one thing counts as another.

>>> from awards.terms import terms
>>> step = Recode(do="recode", clause="c", set={"level": "national"})
>>> step.effects([{"level": "international"}], terms())[0].set
{'level': 'national'}

Refuses nothing; a blank column to be copied is a problem of the row.
"""

import datetime
from collections.abc import Mapping, Sequence
from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from awards.conditions import Model, Scalar
from awards.records import Columns, Value, is_blank
from awards.steps.base import Effect, Note, Step, Tally, blank
from awards.steps.tables import find_key
from awards.terms import Terms


class YearOf(Model):
    """The year that a date falls in, where years begin on the first of the month *starts*."""

    date: str = "date"
    """The column with the date."""
    starts: int = Field(1, ge=1, le=12)
    """The month in which a year begins: 9 for a school year."""

    def year(self, day: datetime.date) -> int:
        """The year, named by the calendar year in which it begins.

        >>> september = YearOf(starts=9)
        >>> [september.year(datetime.date(2023, month, 1)) for month in (5, 9)]
        [2022, 2023]
        """
        return day.year if day.month >= self.starts else day.year - 1


class Bands(Model):
    """A column of whole numbers cut into bands, each of which means a word.

    >>> Bands(column="placing", into="prize", words={"1": "first", "2-3": "second"}).word(3)
    'second'
    """

    column: str
    """The column of whole numbers."""
    into: str
    """The column that gets the word."""
    words: Mapping[str, Scalar]
    """The word of each band: `1`, `2-3`, `9-`, `any`."""

    def word(self, value: Value) -> Scalar | None:
        """The word of the band that *value* falls in; None outside all of them."""
        key = find_key(self.words, value)
        return self.words[key] if key is not None else None


class Recode(Step):
    """Set columns: to a word or number, another column's value, a year, the word of a band."""

    do: Literal["recode"]
    set: Mapping[str, Scalar] = Field(default_factory=dict)
    """Columns and the word or number that each gets."""
    copy_: Mapping[str, str] = Field(default_factory=dict, alias="copy")
    """Columns and the column that each is copied from."""
    year_of: Mapping[str, YearOf] = Field(default_factory=dict)
    """Columns and the date whose year each gets."""
    bands: Bands | None = None
    """A column of numbers turned into a word."""

    sees_earlier: ClassVar[bool] = True

    @model_validator(mode="after")
    def _does_something(self) -> Self:
        if not (self.set or self.copy_ or self.year_of or self.bands):
            raise ValueError("a recode sets nothing: say set, copy, year_of or bands")
        return self

    def reads(self) -> frozenset[str]:
        """The columns copied or dated, and those it sets, to tell what it changed."""
        return self.sources() | self.sets()

    def sources(self) -> frozenset[str]:
        """The columns that it goes by."""
        banded = (self.bands.column,) if self.bands else ()
        dates = (each.date for each in self.year_of.values())
        return frozenset((*self.copy_.values(), *dates, *banded))

    def sets(self) -> frozenset[str]:
        """The columns that it sets."""
        banded = (self.bands.into,) if self.bands else ()
        return frozenset((*self.set, *self.copy_, *self.year_of, *banded))

    def effects(self, cases: Sequence[Columns], terms: Terms) -> Sequence[Effect]:
        """The columns as set, for each case alone."""
        return [self._effect(case) for case in cases]

    def words(self) -> Sequence[tuple[str, Value]]:
        """The words it sets."""
        banded = self.bands.words.values() if self.bands else ()
        return [*self.set.items(), *((self.bands.into, w) for w in banded if self.bands)]

    def keeps(self, tally: Tally) -> bool:
        """The money stays as it was, unless a column that it sets is the amount."""
        return "amount" in self.sets() or tally.paid in (tally.total, 0)

    def _effect(self, case: Columns) -> Effect:
        missing = [source for source in self.copy_.values() if is_blank(case.get(source))]
        days = {each.date: case.get(each.date) for each in self.year_of.values()}
        missing += [name for name, day in days.items() if not isinstance(day, datetime.date)]
        if self.bands and is_blank(case.get(self.bands.column)):
            missing.append(self.bands.column)
        if missing:
            return blank(*missing)
        new: dict[str, Value] = dict(self.set)
        new |= {column: case[source] for column, source in self.copy_.items()}
        for column, each in self.year_of.items():
            day = days[each.date]
            assert isinstance(day, datetime.date)  # the others were reported above
            new[column] = each.year(day)
        if self.bands and (word := self.bands.word(case[self.bands.column])) is not None:
            new[self.bands.into] = word
        changed = {name: value for name, value in new.items() if case.get(name) != value}
        return Effect(Note("trace.recode", changed) if changed else None, set=changed)
