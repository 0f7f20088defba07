"""How far a batch is on its way out: draft, submitted, approved, noticed, paid.

The state is not set but follows from what happened: each stage is a fact with its day. A document
that demands approval may not leave as anything but a draft until there is an approval number.
"""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal, get_args

from awards.problems import OptionError, Problem, problem
from awards.reading import day_of
from awards.words import LANGS, say

State = Literal["draft", "submitted", "approved", "noticed", "paid"]
STATES: tuple[State, ...] = get_args(State)
"""The states in the order in which they are gone through."""


@dataclass(frozen=True, slots=True)
class Approval:
    """The approval of a batch: the number of its document and its day."""

    number: str
    on: date


@dataclass(frozen=True, slots=True)
class Release:
    """What has happened to a batch so far."""

    submitted: date | None = None
    approval: Approval | None = None
    noticed: date | None = None
    paid: date | None = None

    @property
    def state(self) -> State:
        """The last stage that was reached.

        >>> Release(date(2024, 3, 1)).state, Release().state
        ('submitted', 'draft')
        """
        reached = (self.submitted, self.approval, self.noticed, self.paid)
        last = max((n for n, fact in enumerate(reached, 1) if fact), default=0)
        return STATES[last]

    def is_draft(self, needs_approval: bool) -> bool:
        """Whether documents may not be used yet: approval is demanded and there is none."""
        return needs_approval and self.approval is None


NOTHING_YET = Release()


def approval_of(text: str) -> Approval:
    """The approval that ``NUMBER,DATE`` states; OptionError where it lacks either.

    >>> approval_of("某人社批〔2024〕5号，2024-03-05")
    Approval(number='某人社批〔2024〕5号', on=datetime.date(2024, 3, 5))
    """
    number, _, day = text.replace("，", ",").rpartition(",")
    on = day_of(day)
    if not number.strip() or on is None:
        raise OptionError(problem("unknown-approval", found=text))
    return Approval(number.strip(), on)


def out_of_order(release: Release) -> list[Problem]:
    """What cannot have happened: a stage on a day before the one it follows."""
    return [
        problem("out-of-order", later=_both(later), on=on, earlier=_both(earlier), before=before)
        for (earlier, before), (later, on) in pairwise(_days(release))
        if on < before
    ]


def to_come(release: Release, today: date) -> list[Problem]:
    """What cannot have happened yet: a stage on a day after *today*.

    >>> [each.code for each in to_come(Release(date(2024, 3, 2)), date(2024, 3, 1))]
    ['day-to-come']
    """
    return [
        problem("day-to-come", stage=_both(name), on=on, today=today)
        for name, on in _days(release)
        if on > today
    ]


def _days(release: Release) -> list[tuple[str, date]]:
    """The stages that were reached, each with its day."""
    days = (
        ("submitted", release.submitted),
        ("approved", release.approval.on if release.approval else None),
        ("noticed", release.noticed),
        ("paid", release.paid),
    )
    return [(name, day) for name, day in days if day]


def _both(state: str) -> str:
    """*state* in both languages."""
    return " / ".join(say(f"state.{state}", lang) for lang in LANGS)
