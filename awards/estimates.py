"""What a plan comes to: awards from counts, funding from enrollment, one scenario beside another.

Planned awards are written out as the rows of a result list, one event for each award and a
person for each place, and go through the very rules that real results go through.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from awards import closing, money
from awards.assessment import Assessment, assess
from awards.findings import Finding, Findings
from awards.payouts import PAYABLE, Award
from awards.plans import Plan, PlanLine
from awards.problems import OptionError, Place, Problem, problem
from awards.records import Result, is_blank, result_of
from awards.schedule import Schedule
from awards.standards import hold
from awards.terms import terms

MOST = 100_000
"""Rows of a result list that one scenario may stand for."""


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
            is_due = self.outcome.awards[each.award].status in PAYABLE
            if is_due and each.total is not None and school in (None, each.school):
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
class Estimate:
    """What a plan comes to: scenario by scenario, schedule by schedule."""

    scenarios: tuple[str | None, ...]
    awards: tuple[PlannedAwards, ...]
    funds: tuple[PlannedFunds, ...]
    problems: tuple[Problem, ...]


def estimate(
    plan: Plan,
    schedules: Schedule | Sequence[Schedule],
    *,
    scenarios: Sequence[str] = (),
    readings: Mapping[str, str] | None = None,
    given: Mapping[str, Any] | None = None,
    year: int | None = None,
) -> Estimate:
    """What *plan* comes to under each of the *schedules*, for all or for some *scenarios*.

    Nobody is taken to win twice, and every award to be won in an event of its own. A schedule
    takes the *readings* and the *given* figures that it has; *year* is that of awards which state
    none. Faults of the plan are returned as ``.problems``; OptionError is raised for a scenario
    or a reading that does not exist, and where no schedule has rules for what is planned.
    """
    documents = (schedules,) if isinstance(schedules, Schedule) else tuple(schedules)
    chosen = readings or {}
    _refuse_unknown(plan, documents, scenarios, chosen)
    wanted = tuple(scenarios) or plan.scenarios()
    problems = list(plan.problems)
    awards: list[PlannedAwards] = []
    funds: list[PlannedFunds] = []
    for scenario in wanted:
        own = plan.under(scenario)
        too_many = sum(line.persons for line in own.lines) > MOST
        problems += _said_twice(own, scenario)
        if too_many:
            place = own.lines[0].place
            problems.append(problem("plan-too-large", place, most=MOST))
        for document in documents:
            mine = {name: option for name, option in chosen.items() if _has(document, name)}
            if own.lines and document.steps and not too_many:
                made = planned_awards(scenario, own.lines, document, mine, given or {}, year)
                awards.append(made)
                problems += _once(made.outcome.problems)
            if own.figures and document.rules:
                outcome = hold(own.figures, document, given=given, readings=mine)
                funds.append(PlannedFunds(scenario, document, outcome, tuple(_expected(outcome))))
                problems += outcome.problems
    return Estimate(wanted, tuple(awards), tuple(funds), tuple(dict.fromkeys(problems)))


def _said_twice(plan: Plan, scenario: str | None) -> Iterator[Problem]:
    """An error where students stand in a scenario beside some that hold in each of them.

    They would count twice: whose and of which year they are is the same.
    """
    named: set[object] = set()
    for own in (True, False):
        for figure in plan.figures:
            is_own = figure.columns.get("scenario") == scenario
            if is_own is not own or is_blank(figure.columns.get("students")):
                continue
            whose = tuple(figure.columns.get(name) for name in closing.SUBJECT)
            if own:
                named.add(whose)
            elif whose in named:
                yield problem("plan-said-twice", figure.at("students"), scenario=scenario)


def _has(document: Schedule, reading: str) -> bool:
    return any(reading in each.readings for each in (document, *document.earlier))


def _refuse_unknown(
    plan: Plan,
    documents: Sequence[Schedule],
    scenarios: Sequence[str],
    readings: Mapping[str, str],
) -> None:
    """OptionError for what was asked and does not exist."""
    faults = []
    names = ", ".join(each.id for each in documents)
    known = [each for each in plan.scenarios() if each]
    for name in scenarios:
        if name not in known:
            faults.append(problem("unknown-scenario", found=name, known=", ".join(known) or "-"))
    for name in readings:
        if not any(_has(document, name) for document in documents):
            offered = ", ".join(each for document in documents for each in document.readings)
            faults.append(
                problem("unknown-reading", found=name, schedule=names, known=offered or "-")
            )
    if plan.lines and not any(document.steps for document in documents):
        faults.append(problem("no-award-steps", plan.lines[0].place, schedule=names))
    if plan.figures and not any(document.rules for document in documents):
        faults.append(problem("no-fund-rules", plan.figures[0].place, schedule=names))
    if faults:
        raise OptionError(faults)


def planned_awards(
    scenario: str | None,
    lines: Sequence[PlanLine],
    schedule: Schedule,
    readings: Mapping[str, str],
    given: Mapping[str, Any],
    year: int | None,
) -> PlannedAwards:
    """The awards of *lines* under *schedule*, those that came out alike together."""
    results = list(written_out(lines))
    outcome = assess(results, schedule, readings=readings, given=given, year=year)
    return PlannedAwards(scenario, schedule, outcome, tuple(_groups(lines, outcome)))


def written_out(lines: Sequence[PlanLine]) -> Iterator[Result]:
    """The rows of the result list that *lines* stand for.

    Each award has an event and a team of its own, each place a person of its own.
    """
    taken: set[str] = set()
    for index, line in enumerate(lines, 1):
        for number in range(1, line.number + 1):
            name = str(line.columns.get("event") or f"#{index}.{number}")
            event = name if name not in taken else f"{name} ({index}.{number})"
            taken.add(event)
            row = {**line.columns, "event": event, "team": f"{index}.{number}"}
            people = [
                (role, f"{terms().name('role', role, 'zh')}{index}.{number}.{each}")
                for role, count in line.people.items()
                for each in range(1, count + 1)
            ]
            for role, person in people:
                yield _result({**row, "role": role, "person": person}, line, index)
            if not line.people:
                yield _result(row, line, index)


def _result(row: Mapping[str, Any], line: PlanLine, index: int) -> Result:
    """One row, with the cells that its words come from."""
    cells = {name: at.cell for name, at in line.cells.items() if at.cell and name in row}
    made = result_of(row, index, line.place)
    return made.model_copy(update={"cells": cells})


def _groups(lines: Sequence[PlanLine], outcome: Assessment) -> Iterator[Group]:
    """The awards by line and by what they came to, in order of the plan."""
    found: dict[object, list[int]] = {}
    of_place = {line.place: line for line in lines}
    order = {line.place: number for number, line in enumerate(lines)}
    for index, award in enumerate(outcome.awards):
        found.setdefault((order[_home(award, order)], *_alike(award)), []).append(index)
    for indexes in sorted(found.values(), key=lambda each: order[_home_of(outcome, each, order)]):
        first = outcome.awards[indexes[0]]
        is_known = first.amount is not None
        yield Group(
            of_place[_home(first, order)],
            first.role,
            first.payee_kind,
            first.unit,
            len(indexes),
            first.amount,
            sum((a.amount or money.yuan(0) for a in _at(outcome, indexes)), start=money.yuan(0))
            if is_known
            else None,
            indexes[0],
        )


def _home(award: Award, order: Mapping[Place, int]) -> Place:
    """The place of the line that *award* comes from."""
    return award.place if award.place in order else next(iter(order))


def _home_of(outcome: Assessment, indexes: Sequence[int], order: Mapping[Place, int]) -> Place:
    return _home(outcome.awards[indexes[0]], order)


def _at(outcome: Assessment, indexes: Sequence[int]) -> Iterator[Award]:
    return (outcome.awards[index] for index in indexes)


def _alike(award: Award) -> tuple[object, ...]:
    """What awards of one line have in common that stand together."""
    return (
        *(award.role, award.payee_kind, award.unit, award.amount, award.status, award.reason),
        *(award.question, award.clause, award.derived),
    )


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
            key = (said, *_alike(first))
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


def _expected(outcome: Findings) -> Iterator[Expected]:
    """What the rules about money ask for, each beside the same a year before."""
    known: dict[object, Finding] = {}
    for each in outcome.findings:
        known[each.rule, _others(each), each.subject.get("year")] = each
    for each in outcome.findings:
        if closing.is_money(outcome.schedule, each.rule):
            year = each.subject.get("year")
            before = None
            if isinstance(year, int):
                before = known.get((each.rule, _others(each), year - 1))
            yield Expected(each, closing.asked(each), before)


def _others(finding: Finding) -> tuple[tuple[str, object], ...]:
    """Whom a finding is on, the year aside."""
    return tuple((name, value) for name, value in finding.subject.items() if name != "year")


def _once(problems: Sequence[Problem]) -> Iterator[Problem]:
    """Each problem of a line once, though it comes up for every person of it."""
    told: set[object] = set()
    for each in problems:
        key = (each.code, each.place)
        if key not in told:
            told.add(key)
            yield each
