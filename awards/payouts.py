"""Awards and payouts: what one row is due, and what is paid to one payee."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, get_args

from awards import money
from awards.problems import Place
from awards.records import Value
from awards.steps import Note

Status = Literal["paid", "pending_approval", "not_paid", "needs_ruling", "problem"]
STATUSES: tuple[Status, ...] = get_args(Status)
PAYABLE: tuple[Status, ...] = ("paid", "pending_approval")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a trace: the step, the clause it rests on, what it did, the amount after it."""

    step: str
    clause: str
    note: Note
    amount: int | None


@dataclass(frozen=True, slots=True)
class Award:
    """What one person-row is due, why, and by which clause.

    ``amount`` is in yuan, or in ``unit`` where that is another: 0 where nothing is paid, None
    where it is not known (a ruling is needed, or the row is at fault). ``clause`` is the number
    of the clause that decided it, or of those that the amount comes from; ``superseded_by`` the
    index, among all awards, of the one that took its place; ``who`` the key that tells this
    payee from others; ``labels`` what the document gives beside the money (a title, the fund).
    A ``derived`` award is not a row's own: the school's, or a component.
    """

    place: Place
    row: int | None
    payee: str | None
    payee_kind: str
    who: str | None
    role: str | None
    school: str | None
    competition: str | None
    event: str | None
    level: str | None
    prize: str | None
    year: int | str | None
    amount: Decimal | None
    unit: str
    status: Status
    reason: str | None
    clause: str | None
    superseded_by: int | None
    question: str | None
    schedule: str | None
    trace: tuple[Entry, ...]
    labels: Mapping[str, Value]
    derived: bool


@dataclass(frozen=True, slots=True)
class Payout:
    """What is paid to one payee: the sum in yuan of the awards at the indexes ``awards``."""

    payee: str
    kind: str
    school: str | None
    amount: Decimal
    awards: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Totals:
    """``paid`` yuan in all, the number of person-rows, and how many have each status."""

    paid: Decimal
    rows: int
    by_status: Mapping[Status, int]


def payouts(awards: Iterable[Award]) -> tuple[Payout, ...]:
    """One payout for each payee and school that is due money, in order of first appearance.

    Awards in another unit than yuan are not money and do not appear. Each sum is exact.
    """
    due: dict[tuple[str | None, str | None], list[tuple[int, Award]]] = {}
    for index, award in enumerate(awards):
        if award.status in PAYABLE and award.unit == "yuan" and award.amount:
            due.setdefault((award.who, award.school), []).append((index, award))
    return tuple(
        Payout(
            str(group[0][1].payee),
            group[0][1].payee_kind,
            group[0][1].school,
            sum((award.amount for _, award in group if award.amount), start=money.yuan(0)),
            tuple(index for index, _ in group),
        )
        for group in due.values()
    )


def totals(awards: Iterable[Award], paid: Iterable[Payout]) -> Totals:
    """The totals of a run; the statuses add up to the number of rows."""
    counts: dict[Status, int] = dict.fromkeys(STATUSES, 0)
    for award in awards:
        counts[award.status] += not award.derived
    total = sum((payout.amount for payout in paid), start=money.yuan(0))
    return Totals(total, sum(counts.values()), counts)
