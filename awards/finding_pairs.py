"""The same figures under two documents, finding by finding: what is asked for, counts, is short."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from awards import closing
from awards.findings import Finding, Findings


@dataclass(frozen=True, slots=True)
class FindingPair:
    """What a rule says of a subject on both sides; None on the side that says nothing of it."""

    one: Finding | None
    other: Finding | None

    @property
    def either(self) -> Finding:
        """The finding of the other side, else of the one."""
        found = self.other or self.one
        assert found  # a pair has at least one
        return found

    @property
    def asked(self) -> Fraction | None:
        """By how much more is asked for on the other side; None where that is not known."""
        return self._change(closing.asked)

    @property
    def shortfall(self) -> Fraction | None:
        """By how much more is short on the other side; None where that is not known."""
        return self._change(lambda finding: _number(finding, "shortfall"))

    @property
    def counted(self) -> Fraction | None:
        """By how much more money counts on the other side; None where that is not known."""
        return self._change(lambda finding: _number(finding, "counted"))

    @property
    def differs(self) -> bool:
        """Whether the two do not come to the same, in words or in figures."""
        if self.one is None or self.other is None:
            return True
        one, other = self.one, self.other
        told = [(each.status, dict(each.values), sides(each)) for each in (one, other)]
        return told[0] != told[1]

    def _change(self, value: Callable[[Finding], Fraction | None]) -> Fraction | None:
        if self.one is None or self.other is None or self.one.unit != self.other.unit:
            return None
        before, after = value(self.one), value(self.other)
        return None if before is None or after is None else after - before


def _number(finding: Finding, name: str) -> Fraction | None:
    value = finding.values.get(name)
    return value if isinstance(value, Fraction) else None


def sides(finding: Finding) -> list[tuple[Fraction | None, Fraction | None]]:
    """What is required and what is there in each comparison of *finding*."""
    return [(check.required, check.actual) for check in finding.checks]


@dataclass(frozen=True)
class FindingComparison:
    """Two outcomes of the same figures, finding by finding in order of the rules."""

    one: Findings
    other: Findings
    pairs: tuple[FindingPair, ...]

    @property
    def differing(self) -> tuple[FindingPair, ...]:
        """The pairs that do not come to the same, where there is something to say."""
        return tuple(pair for pair in self.told if pair.differs)

    @property
    def told(self) -> tuple[FindingPair, ...]:
        """The pairs of which a side has an outcome or a number that it rests on."""
        return tuple(
            pair
            for pair in self.pairs
            if any(each and closing.is_told(each) for each in (pair.one, pair.other))
        )
