"""What a plan comes to, as data: the JSON of ``awards estimate`` and its schema.

Money is text in yuan; numbers of funding are exact text, as in a fund report.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from pydantic import Field

from awards import accounts, explain
from awards.accounts import exact
from awards.estimates import Estimate
from awards.findings import Finding, Findings
from awards.fund_report import FindingPart, OpenReading, finding_part, open_readings
from awards.payouts import Status
from awards.planned import Expected, Group, PlannedAwards, PlannedFunds
from awards.report import DocumentPart, Part, ProblemPart, ReadingPart, document, problems, reading
from awards.schedule import Schedule
from awards.terms import Kind, Terms
from awards.words import Lang, say


class GroupPart(Part):
    """Awards of one line of the plan that came out alike."""

    place: str = Field(description="where the line stands in the plan")
    columns: dict[str, Any] = Field(description="what the plan says of the award, as written")
    school: str | None
    role: str | None
    payee_kind: str
    count: int = Field(description="how many persons (or teams, or schools) have such an award")
    each: str | None = Field(description="decimal text; 0.00 if not paid, null if not known")
    total: str | None
    unit: str
    status: Status
    reason: str | None
    question: str | None = Field(description="the ruling that is needed, if one is")
    why: str
    clause: str | None


class PlannedAwardsPart(Part):
    """The awards of one scenario under one schedule; the statuses add up to the rows."""

    scenario: str | None
    schedule: str
    groups: list[GroupPart]
    due: dict[str, str] = Field(description="what is due in all, by unit")
    due_by_school: dict[str, dict[str, str]]
    rows: int = Field(description="the person-rows that the plan stands for")
    by_status: dict[Status, int]
    readings: list[ReadingPart]


class ExpectedPart(Part):
    """What one rule asks for a subject, beside the year before."""

    finding: FindingPart
    amount: str | None = Field(description="in the unit of the rule; null if not known")
    before: str | None = Field(description="the same a year before, where the plan has that year")
    change: str | None


class SumPart(Part):
    """One rule over its subjects in one year; *unknown* of them are not in the sum."""

    rule: str
    year: int | str | None
    amount: str
    known: int
    unknown: int


class PlannedFundsPart(Part):
    """The funding of one scenario under one schedule."""

    scenario: str | None
    schedule: str
    expected: list[ExpectedPart]
    sums: list[SumPart]


class EstimateReport(Part):
    """The outcome of ``awards estimate``."""

    assumed: list[str] = Field(description="what the figures rest on besides the plan")
    schedules: list[DocumentPart]
    scenarios: list[str | None]
    awards: list[PlannedAwardsPart]
    funds: list[PlannedFundsPart]
    fund_readings: list[OpenReading]
    problems: list[ProblemPart]


def estimate_report(made: Estimate, lang: Lang = "en") -> EstimateReport:
    """*made* as data; sentences in *lang*."""
    funds = {each.schedule.id: each.outcome for each in made.funds}
    return EstimateReport(
        assumed=assumed(made, lang),
        schedules=[document(each, lang) for each in documents(made)],
        scenarios=list(made.scenarios),
        awards=[_awards(each, lang) for each in made.awards],
        funds=[_funds(each, lang) for each in made.funds],
        fund_readings=[part for each in funds.values() for part in open_readings(each, lang)],
        problems=problems(made.problems, lang),
    )


def assumed(made: Estimate, lang: Lang) -> list[str]:
    """The sentences on what an estimate rests on besides the plan."""
    keys = []
    if made.awards:
        keys.append("estimate.assumed_awards")
    if made.funds:
        keys.append("estimate.assumed_funds")
    return [say(key, lang) for key in keys]


def documents(made: Estimate) -> Iterator[Schedule]:
    """The schedules that were applied, each once."""
    every = [*(each.schedule for each in made.awards), *(each.schedule for each in made.funds)]
    yield from {each.id: each for each in every}.values()


def whose(planned: PlannedAwards, group: Group, lang: Lang) -> str:
    """Who the awards of *group* are for: the role, and the kind of payee where it is no person."""
    of_kind = say(f"payee.{group.kind}", lang)
    if group.role is None:
        return of_kind
    name = planned.schedule.terms.name("role", group.role, lang)
    return name if group.kind == "person" else f"{name} {of_kind}"


NAMED: tuple[Kind, ...] = ("level", "prize")
"""What a plan says of an award that has a column of its own in a table; ``rest`` is in one."""


def won(columns: Mapping[str, Any], terms: Terms, lang: Lang) -> list[str]:
    """Level and prize of a plan line in print; a word that is not known as it is written."""
    found = []
    for kind in NAMED:
        text = str(columns.get(kind) or "")
        found.append(terms.name(kind, terms.canonical(kind, text) or text, lang))
    return found


def rest(columns: Mapping[str, Any]) -> str:
    """What a plan says of an award besides level and prize."""
    return " ".join(str(value) for name, value in columns.items() if name not in NAMED)


def note(finding: Finding, schedule: Schedule, lang: Lang) -> str:
    """Why nothing is asked, or what would be needed for an amount; that money is not there is not
    said: a plan has none.
    """
    missing = tuple(name for name in finding.missing if name not in ("amount", "source"))
    if finding.status == "undetermined" and not missing:
        return ""
    return accounts.verdict(replace(finding, missing=missing), schedule, lang)


def schema() -> dict[str, Any]:
    """The JSON Schema of an estimate."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **EstimateReport.model_json_schema(),
    }


def _awards(planned: PlannedAwards, lang: Lang) -> PlannedAwardsPart:
    totals = planned.outcome.totals
    return PlannedAwardsPart(
        scenario=planned.scenario,
        schedule=planned.schedule.id,
        groups=[_group(each, planned, lang) for each in planned.groups],
        due={unit: str(amount) for unit, amount in planned.due().items()},
        due_by_school={
            school: {unit: str(amount) for unit, amount in planned.due(school).items()}
            for school in planned.schools()
        },
        rows=totals.rows,
        by_status=dict(totals.by_status),
        readings=[reading(taken, planned.schedule, lang) for taken in planned.outcome.readings],
    )


def _group(group: Group, planned: PlannedAwards, lang: Lang) -> GroupPart:
    award = planned.outcome.awards[group.award]
    return GroupPart(
        place=str(group.line.place),
        columns={name: str(value) for name, value in group.line.columns.items()},
        school=group.school,
        role=group.role,
        payee_kind=group.kind,
        count=group.count,
        each=None if group.each is None else str(group.each),
        total=None if group.total is None else str(group.total),
        unit=group.unit,
        status=award.status,
        reason=award.reason,
        question=award.question,
        why=explain.why(award, planned.outcome, lang),
        clause=award.clause,
    )


def _funds(planned: PlannedFunds, lang: Lang) -> PlannedFundsPart:
    return PlannedFundsPart(
        scenario=planned.scenario,
        schedule=planned.schedule.id,
        expected=[_expected(each, planned.outcome, lang) for each in planned.expected],
        sums=[
            SumPart(rule=rule, year=year, amount=exact(whole), known=known, unknown=unknown)
            for (rule, year), (whole, known, unknown) in planned.sums().items()
        ],
    )


def _expected(each: Expected, outcome: Findings, lang: Lang) -> ExpectedPart:
    return ExpectedPart(
        finding=finding_part(each.finding, outcome.schedule, lang),
        amount=exact(each.amount),
        before=exact(each.amount - each.change)
        if each.amount is not None and each.change is not None
        else None,
        change=exact(each.change),
    )
