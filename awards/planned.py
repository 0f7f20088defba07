"""What a plan came to: awards and funding of a scenario, and several scenarios in one table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from awards import closing, money
from awards.assessment import Assessment
from awards.findings import Finding, Findings
from awards.payouts import Award
from awards.plans import PlanLine
from awards.schedule import Schedule


@dataclass(frozen=True, slots=True)
class Group:
    """Awards of one plan line that came out alike: how many, of what, each and together.

    ``each`` and ``total`` are in ``unit``; 0 where nothing is paid, None where it is not known.
    ``award`` is the first of them, an index among the awards of the outcome.
    """

    line: PlanLine
    role: str | None
    kind: str
    unit: str
    count: int
    each: Decimal | None
    total: Decimal | None
    award: int

    @property
    def school(self) -> str | None:
        """The school that the line names."""
        named = self.line.columns.get("school")
        return None if named is None else str(named)


@dataclass(frozen=True)
class PlannedAwards:
    """The awards of one scenario under one schedule.

    ``groups`` are all awards, in order of the plan, with those that the document gives beside
    the rows (to the school, say); ``outcome`` is what the rules made of the rows.
    """

    scenario: str | None
    schedule: Schedule
    outcome: Assessment
    groups: tuple[Group, ...]

    def due(self, school: str | None = None) -> Mapping[str, Decimal]:
        """What is due in all by unit, of one *school* where it is given; yuan is always there."""
        sums = {"yuan": money.yuan(0)}
        for each in self.groups:
            if each.total is not None and school in (None, each.school):
                sums[each.unit] = sums.get(each.unit, money.yuan(0)) + each.total
        return sums

    def schools(self) -> tuple[str, ...]:
        """The schools that the plan names, in order."""
        return tuple(dict.fromkeys(each.school for each in self.groups if each.school))


@dataclass(frozen=True, slots=True)
class Expected:
    """What one rule asks for a subject, and the same rule a year before.

    ``amount`` is in the unit of the rule; None where it is not known, or the rule asks nothing.
    ``before`` is the finding of the year before, where the plan has that year.
    """

    finding: Finding
    amount: Fraction | None
    before: Finding | None

    @property
    def is_told(self) -> bool:
        """Whether there is something to say: an amount, or a planned number that it rests on."""
        return self.amount is not None or closing.is_measured(self.finding)

    @property
    def change(self) -> Fraction | None:
        """By how much more it is than a year before; None where either is not known."""
        earlier = closing.asked(self.before) if self.before else None
        return None if self.amount is None or earlier is None else self.amount - earlier


@dataclass(frozen=True)
class PlannedFunds:
    """What the rules of one schedule ask for in one scenario, in order of the rules."""

    scenario: str | None
    schedule: Schedule
    outcome: Findings
    expected: tuple[Expected, ...]

    def sums(self) -> Mapping[tuple[str, Any], tuple[Fraction, int, int]]:
        """By rule and year: the sum of what is known, of how many subjects, and how many are not.

        A subject of which the rule asks nothing is in neither number.
        """
        found: dict[tuple[str, Any], tuple[Fraction, int, int]] = {}
        for each in self.expected:
            is_open = each.finding.status == "undetermined" and each.is_told
            if each.amount is None and not is_open:
                continue
            key = (each.finding.rule, each.finding.subject.get("year"))
            whole, known, unknown = found.get(key, (Fraction(0), 0, 0))
            is_known = each.amount is not None
            found[key] = (whole + (each.amount or 0), known + is_known, unknown + (not is_known))
        return found


@dataclass(frozen=True)
class AwardRow:
    """One kind of award as it came out, with how many there are in each scenario.

    ``shown`` is where its account is: the awards of a scenario, and an index among them.
    """

    columns: Mapping[str, Any]
    shown: tuple[PlannedAwards, Group]
    by_scenario: Mapping[str | None, Group]


def beside(awards: Sequence[PlannedAwards]) -> list[AwardRow]:
    """The groups of several scenarios under one schedule, those that are alike in one row."""
    rows: dict[object, AwardRow] = {}
    for planned in awards:
        seen: dict[object, int] = {}
        for group in planned.groups:
            first = planned.outcome.awards[group.award]
            said = tuple(sorted(group.line.columns.items()))
            key = (said, *alike(first))
            times = seen[key] = seen.get(key, -1) + 1  # a plan may have one kind on two lines
            row = rows.setdefault((key, times), AwardRow(group.line.columns, (planned, group), {}))
            rows[key, times] = replace(
                row, by_scenario={**row.by_scenario, planned.scenario: group}
            )
    return list(rows.values())


def funds_beside(funds: Sequence[PlannedFunds]) -> list[Mapping[str | None, Expected]]:
    """What is expected in several scenarios under one schedule, by rule and subject."""
    rows: dict[object, dict[str | None, Expected]] = {}
    for planned in funds:
        for each in planned.expected:
            key = (each.finding.rule, tuple(each.finding.subject.items()))
            rows.setdefault(key, {})[planned.scenario] = each
    order = {rule: number for number, rule in enumerate(funds[0].schedule.rules)} if funds else {}
    return sorted(rows.values(), key=lambda row: order[next(iter(row.values())).finding.rule])


def alike(award: Award) -> tuple[object, ...]:
    """What awards of one line have in common that stand together."""
    return (
        *(award.role, award.payee_kind, award.unit, award.amount, award.status, award.reason),
        *(award.question, award.clause, award.derived),
    )
