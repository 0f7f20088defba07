"""The office that pays: what its letters and notices have to say that no roster knows.

It comes from a file of the office's own. Whatever it leaves out stays a gap in the documents, to
be filled in by hand; nothing is made up.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count, islice
from pathlib import Path
from typing import Self

from pydantic import Field, model_validator

from awards.conditions import Model
from awards.settings import read_settings


class Notice(Model):
    """The public notice: how long it hangs, and where to object."""

    begins: date | None = None
    """The first day."""
    working_days: int = Field(5, ge=1, le=60)
    """For how many working days."""
    days_off: tuple[date, ...] = ()
    """Days from Monday to Friday on which nobody works: public holidays."""
    days_on: tuple[date, ...] = ()
    """Saturdays and Sundays on which everybody works, as holidays are made up for."""
    objections_to: str | None = None
    """Who takes objections."""
    phone: str | None = None
    """Where to call."""
    address: str | None = None
    """Where to write."""
    mask_names: bool = False
    """Whether names are shown as 张*三."""

    @model_validator(mode="after")
    def _days_are_what_they_are_called(self) -> Self:
        if any(day.weekday() >= SATURDAY for day in self.days_off):
            raise ValueError("days_off holds a day of a weekend")
        if any(day.weekday() < SATURDAY for day in self.days_on):
            raise ValueError("days_on holds a day that is no weekend")
        if self.begins and not self.is_working(self.begins):
            raise ValueError(f"{self.begins} is no working day")
        return self

    def is_working(self, day: date) -> bool:
        """Whether people work on *day*."""
        return day in self.days_on or (day.weekday() < SATURDAY and day not in self.days_off)

    @property
    def ends(self) -> date | None:
        """The last working day of the notice, the first one counted.

        >>> Notice(begins=date(2024, 4, 3), days_off=[date(2024, 4, 4), date(2024, 4, 5)]).ends
        datetime.date(2024, 4, 11)
        """
        return self._working_day(self.working_days - 1)

    @property
    def down(self) -> date | None:
        """The day to take the notice down: the first working day after it ends."""
        return self._working_day(self.working_days)

    def _working_day(self, number: int) -> date | None:
        """The working day *number* after the first one."""
        return next(islice(self._days(), number, None)) if self.begins else None

    def _days(self) -> Iterator[date]:
        assert self.begins  # asked for only where there is a first day
        days = (self.begins + timedelta(days=number) for number in count())
        return (day for day in days if self.is_working(day))


SATURDAY = 5


class Office(Model):
    """The office that pays."""

    name: str | None = None
    """Its name, as it signs."""
    addressee: str | None = None
    """To whom the request for approval goes; else the body that the schedule names."""
    contact: str | None = None
    """Whom to ask."""
    phone: str | None = None
    """At what number."""
    purpose: str | None = None
    """What the bank is told the money is for."""
    notice: Notice = Notice()
    """The public notice."""


UNKNOWN = Office()


def read_office(path: Path | str) -> Office:
    """The office that the file *path* describes; FileError with every fault of the file."""
    return read_settings(Path(path), Office)
