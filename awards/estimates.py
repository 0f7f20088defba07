"""What a plan comes to: awards from counts, funding from enrollment, one scenario beside another.

Planned awards are written out as the rows of a result list, one event for each award and a
person for each place, and go through the very rules that real results go through.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from awards import closing, money
from awards.assessment import Assessment, assess
from awards.findings import Finding, Findings
from awards.payouts import Award
from awards.planned import Expected, Group, PlannedAwards, PlannedFunds, alike
from awards.plans import Plan, PlanLine
from awards.problems import OptionError, Place, Problem, problem
from awards.records import Result, Ruling, is_blank, result_of
from awards.schedule import Schedule
from awards.standards import hold
from awards.steps import Ruling as Asks
from awards.terms import terms

MOST = 100_000
"""Rows of a result list that one scenario may stand for."""


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
    rulings: Sequence[Ruling] = (),
    given: Mapping[str, Any] | None = None,
    year: int | None = None,
) -> Estimate:
    """What *plan* comes to under each of the *schedules*, for all or for some *scenarios*.

    Nobody is taken to win twice, and every award to be won in an event of its own. A schedule
    takes the *readings* that it has, answers to its questions in *rulings*, and *given* figures;
    *year* is that of awards which state none. Faults of the plan are returned as ``.problems``;
    OptionError is raised for a scenario, a reading or a question that does not exist, and where
    no schedule has rules for what is planned.
    """
    documents = (schedules,) if isinstance(schedules, Schedule) else tuple(schedules)
    chosen = readings or {}
    faults = [*_unknown(plan, documents, scenarios, chosen, rulings)]
    if faults := [*faults, *_without_rules(plan, documents)]:
        raise OptionError(faults)
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
                outcome = assess(
                    written_out(own.lines),
                    document,
                    readings=mine,
                    rulings=[each for each in rulings if _asks(document, each)],
                    given=given,
                    year=year,
                )
                groups = tuple(_groups(own.lines, outcome))
                awards.append(PlannedAwards(scenario, document, outcome, groups))
                problems += _once(outcome.problems)
            if own.figures and document.rules:
                found = hold(own.figures, document, given=given, readings=mine)
                funds.append(PlannedFunds(scenario, document, found, tuple(_expected(found))))
                problems += found.problems
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


def _asks(document: Schedule, ruling: Ruling) -> bool:
    return any(each.ruling(ruling.question) for each in (document, *document.earlier))


def _unknown(
    plan: Plan,
    documents: Sequence[Schedule],
    scenarios: Sequence[str],
    readings: Mapping[str, str],
    rulings: Sequence[Ruling],
) -> Iterator[Problem]:
    """What was asked for and does not exist: a scenario, a reading, a question."""
    named = ", ".join(each for each in plan.scenarios() if each) or "-"
    for name in scenarios:
        if name not in plan.scenarios():
            yield problem("unknown-scenario", found=name, known=named)
    ids = ", ".join(each.id for each in documents)
    offered = ", ".join(each for document in documents for each in document.readings) or "-"
    for name in readings:
        if not any(_has(document, name) for document in documents):
            yield problem("unknown-reading", found=name, schedule=ids, known=offered)
    steps = [step for document in documents for step in document.steps]
    asked = ", ".join(step.question for step in steps if isinstance(step, Asks)) or "-"
    for ruling in rulings:
        if not any(_asks(document, ruling) for document in documents):
            yield problem("unknown-question", ruling.place, found=ruling.question, known=asked)


def _without_rules(plan: Plan, documents: Sequence[Schedule]) -> Iterator[Problem]:
    """What is planned and no schedule has rules for."""
    ids = ", ".join(each.id for each in documents)
    if plan.lines and not any(document.steps for document in documents):
        yield problem("no-award-steps", plan.lines[0].place, schedule=ids)
    if plan.figures and not any(document.rules for document in documents):
        yield problem("no-fund-rules", plan.figures[0].place, schedule=ids)


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
        found.setdefault((order[_home(award, order)], *alike(award)), []).append(index)
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
