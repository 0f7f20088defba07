"""One roster under two documents, award by award: who gains, who loses, where accounts part."""

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from awards import money
from awards.assessment import Assessment
from awards.payouts import PAYABLE, Award, Entry

NOTHING = money.yuan(0)


@dataclass(frozen=True, slots=True)
class AwardPair:
    """One award on both sides; None on the side that has no such line."""

    one: Award | None
    other: Award | None

    @property
    def either(self) -> Award:
        """The award of the other side, else of the one."""
        found = self.other or self.one
        assert found  # a pair has at least one
        return found

    @property
    def is_open(self) -> bool:
        """Whether a side does not know what it comes to, or the two are not in one unit."""
        return self.difference is None

    @property
    def difference(self) -> Decimal | None:
        """By how much more it is on the other side, in ``unit``; None where that is not known.

        A line that only one document gives is nothing under the other.
        """
        amounts = [NOTHING if each is None else each.amount for each in (self.one, self.other)]
        before, after = amounts
        if before is None or after is None:
            return None
        units = {each.unit for each in (self.one, self.other) if each and each.amount}
        return None if len(units) > 1 else after - before

    @property
    def differs(self) -> bool:
        """Whether the two do not come out alike: another amount, or known on one side only."""
        if self.difference is not None:
            return bool(self.difference)
        sides = (self.one, self.other)
        outcomes = {(each.status, each.amount, each.unit, each.question) for each in sides if each}
        return len(outcomes) > 1 or None in sides

    @property
    def unit(self) -> str:
        """The unit of the difference."""
        worth = next((each for each in (self.other, self.one) if each and each.amount), self.either)
        return worth.unit

    def parting(self) -> tuple[Entry | None, Entry | None]:
        """The first entries in which the two accounts differ; None where one has ended.

        Entries that bear on an amount go before those that only prepare one.
        """
        traces = [each.trace if each else () for each in (self.one, self.other)]
        for only_worth in (True, False):
            kept = [
                [entry for entry in trace if entry.amount is not None or not only_worth]
                for trace in traces
            ]
            for number in range(max(map(len, kept))):
                one, other = (each[number] if number < len(each) else None for each in kept)
                if one is None or other is None or _said(one) != _said(other):
                    return one, other
        return None, None


def _said(entry: Entry) -> tuple[object, ...]:
    """What an entry says, its clause aside: two documents name theirs as they like."""
    return entry.step, entry.note, entry.amount


@dataclass(frozen=True, slots=True)
class Change:
    """What somebody (a payee, a school) has on both sides, in yuan.

    ``one`` and ``other`` are what is due on each side; None where nothing is, and something is
    open there. ``difference`` is over the pairs of which both sides know the amount, None where
    there are none; ``open`` is the number of the others.
    """

    name: str
    kind: str
    school: str | None
    one: Decimal | None
    other: Decimal | None
    difference: Decimal | None
    open: int
    pairs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Cause:
    """The clauses at which accounts part, with how many rows do and what it comes to in yuan."""

    one: str | None
    other: str | None
    rows: int
    difference: Decimal


@dataclass(frozen=True)
class AwardComparison:
    """Two outcomes of one roster, award by award in order of the rows."""

    one: Assessment
    other: Assessment
    pairs: tuple[AwardPair, ...]

    @property
    def differing(self) -> tuple[AwardPair, ...]:
        """The pairs that do not come out alike: another amount, or known on one side only."""
        return tuple(pair for pair in self.pairs if pair.differs)

    @cached_property
    def payees(self) -> tuple[Change, ...]:
        """Each payee of a school, in order of first appearance; those of no money too."""
        return tuple(self._changes(lambda award: (award.who, award.school)))

    @cached_property
    def schools(self) -> tuple[Change, ...]:
        """Each school, in order of first appearance."""
        return tuple(self._changes(lambda award: award.school))

    @cached_property
    def total(self) -> Change:
        """Both sides as a whole."""
        found = list(self._changes(lambda _: True))
        return found[0] if found else Change("", "", None, NOTHING, NOTHING, NOTHING, 0, ())

    @property
    def gain(self) -> Decimal:
        """By how much more is due on the other side, what one side alone knows included."""
        return self.other.totals.paid - self.one.totals.paid

    @cached_property
    def causes(self) -> tuple[Cause, ...]:
        """The clauses that make a difference in yuan, the greatest first."""
        found: dict[tuple[str | None, str | None], list[Decimal]] = {}
        for pair in self.pairs:
            if pair.difference and pair.unit == "yuan":
                found.setdefault(self.clauses(pair), []).append(pair.difference)
        causes = [
            Cause(*clauses, len(each), sum(each, start=NOTHING)) for clauses, each in found.items()
        ]
        return tuple(sorted(causes, key=lambda cause: -abs(cause.difference)))

    def clauses(self, pair: AwardPair) -> tuple[str | None, str | None]:
        """The numbers of the clauses at which the two accounts of *pair* part."""
        sides = zip((self.one, self.other), (pair.one, pair.other), pair.parting(), strict=True)
        one, other = (_clause(*side) for side in sides)
        return one, other

    def _changes(self, key: Callable[[Award], Hashable]) -> Iterator[Change]:
        groups: dict[Hashable, list[tuple[int, AwardPair]]] = {}
        for number, pair in enumerate(self.pairs):
            for whose, part in _parts(pair, key):
                groups.setdefault(whose, []).append((number, part))
        for group in groups.values():
            pairs = [pair for _, pair in group]
            first = pairs[0].either
            known = [p.difference for p in pairs if p.difference is not None and p.unit == "yuan"]
            open_ = sum(pair.is_open for pair in pairs)
            yield Change(
                str(first.payee or ""),
                first.payee_kind,
                first.school,
                _due(pair.one for pair in pairs),
                _due(pair.other for pair in pairs),
                sum(known, start=NOTHING) if known or not open_ else None,
                open_,
                tuple(number for number, _ in group),
            )


def _parts(
    pair: AwardPair, key: Callable[[Award], Hashable]
) -> Iterator[tuple[Hashable, AwardPair]]:
    """*pair* under its key; each side under its own where a row goes to somebody else."""
    keys = {key(each) for each in (pair.one, pair.other) if each}
    if len(keys) == 1:
        yield keys.pop(), pair
        return
    if pair.one and pair.other:
        yield key(pair.one), AwardPair(pair.one, None)
        yield key(pair.other), AwardPair(None, pair.other)


def _clause(outcome: Assessment, award: Award | None, entry: Entry | None) -> str | None:
    """The clause of *entry*; where the account has ended, the one that ended it."""
    if award is None:
        return None
    if entry is None:
        return award.clause
    documents = (outcome.schedule, *outcome.schedule.earlier)
    document = next((d for d in documents if d.id == award.schedule), outcome.schedule)
    return document.clauses[entry.clause].number


def _due(awards: Iterable[Award | None]) -> Decimal | None:
    """The yuan due of *awards*; None where none are, and it is not known of some."""
    found = [each for each in awards if each]
    known = (e.amount for e in found if e.status in PAYABLE and e.unit == "yuan" and e.amount)
    due = sum(known, start=NOTHING)
    return due if due or all(each.amount is not None for each in found) else None
