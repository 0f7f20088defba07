"""Places, problems and exceptions: what is wrong, where, and what would mend it.

A user's fault is a :class:`Problem`: a value, collected with all others in one pass. A
broken policy file, a file that cannot be read, or misuse raises a child of
:class:`AwardsError`, which carries problems too, so both speak in both languages.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from awards.words import Lang, knows, say

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: a file, a sheet and a cell, as far as each is known.

    In a schedule file it is a line (``row``) and a ``column``.

    >>> str(Place("results.xlsx", "高职组", "E14"))
    'results.xlsx [高职组] E14'
    >>> str(Place(row=3))
    'row 3'
    """

    file: str | None = None
    sheet: str | None = None
    cell: str | None = None
    row: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        if self.column is not None:
            return f"{self.file}:{self.row}:{self.column}"
        at = self.cell or (f"row {self.row}" if self.row is not None else None)
        sheet = f"[{self.sheet}]" if self.sheet else None
        return " ".join(part for part in (self.file, sheet, at) if part)

    @property
    def address(self) -> str:
        """Sheet and row as a user types them, ``高职组!14``; the row alone without a sheet."""
        return f"{self.sheet}!{self.row}" if self.sheet else str(self.row or "")

    @property
    def cell_of(self) -> str:
        """Sheet and cell as a user types them, ``拨款!C6``; empty where there is no cell."""
        return "!".join(part for part in (self.sheet, self.cell) if part) if self.cell else ""


NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, or doubtful, with where it stands.

    *code* names the kind and its sentence in ``awards/words``; *values* fill the sentence:
    what was found, what was expected, the nearest known word.
    """

    code: str
    place: Place = NOWHERE
    severity: Severity = "error"
    values: Mapping[str, str] = field(default_factory=dict, hash=False)

    def message(self, lang: Lang = "en") -> str:
        """What was found and what was expected, one sentence."""
        return say(f"problem.{self.code}", lang, **self.values)

    def hint(self, lang: Lang = "en") -> str | None:
        """What to do about it, where there is something to say."""
        if self.values.get("near") and knows("hint.near"):
            return say("hint.near", lang, **self.values)
        key = f"hint.{self.code}"
        return say(key, lang, **self.values) if knows(key) else None

    def line(self, lang: Lang = "en") -> str:
        """Place, message, code and hint on one line."""
        where = f"{self.place}: " if str(self.place) else ""
        hint = self.hint(lang)
        return f"{where}{self.message(lang)} ({self.code})" + (f" {hint}" if hint else "")

    def __str__(self) -> str:
        return self.line()


def problem(
    code: str, place: Place = NOWHERE, severity: Severity = "error", **values: object
) -> Problem:
    """A problem whose sentence is filled from *values*, each as text."""
    return Problem(code, place, severity, {name: str(value) for name, value in values.items()})


class AwardsError(Exception):
    """Could not run. ``problems`` says why, in any language."""

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class ScheduleError(AwardsError):
    """A schedule file is broken or contradicts itself."""


class UnknownScheduleError(AwardsError):
    """No schedule of that name, or none in force for the year."""


class FileError(AwardsError):
    """A file cannot be read or written."""


class OptionError(AwardsError):
    """A reading, a ruling or another choice that the schedule does not offer."""
