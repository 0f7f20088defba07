"""Findings as data: the JSON of ``awards fund`` and ``awards standards`` and its schema.

Numbers are exact text: whole (``8000``), decimal (``0.125``) or a reduced fraction (``62000/9``).
"""

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from pydantic import Field

from awards import closing
from awards.accounts import exact
from awards.closing import Gap, RuleTotal
from awards.findings import Checked, Finding, Findings
from awards.problems import Problem
from awards.records import Unread
from awards.report import DocumentPart, Part, ProblemPart, document, problems
from awards.schedule import Schedule
from awards.words import Lang


class CheckPart(Part):
    """One comparison; where days are compared, the gap is a number of them."""

    name: str | None
    compare: str
    required: str | None
    actual: str | None
    met: bool | None
    gap: str | None
    clause: str


class MoneyPart(Part):
    """One amount of money in yuan, and whether it counts; null where it is not known."""

    source: str | None
    amount: str | None
    counts: bool | None
    clause: str | None = Field(description="the clause that forbids it, if one does")
    place: str


class InputPart(Part):
    """One cell that the finding rests on; the value is null where the cell cannot be read."""

    column: str
    value: Any
    place: str


class FindingPart(Part):
    """What one rule says of one subject."""

    schedule: str
    rule: str
    says: str
    clause: str
    subject: dict[str, Any]
    status: str
    met: bool | None
    values: dict[str, Any]
    said: dict[str, str] = Field(description="how a value comes about, in figures")
    checks: list[CheckPart]
    money: list[MoneyPart]
    lines: list[dict[str, Any]] = Field(description="the rows of a table, such as one a major")
    paid_by: dict[str, str]
    labels: dict[str, str]
    missing: list[str]
    due: str | None
    unit: str
    topic: str | None
    inputs: list[InputPart]


class StrictestPart(Part):
    """Of several documents' requirements on one topic for one subject, the one that asks most."""

    topic: str
    subject: dict[str, Any]
    schedule: str
    rule: str
    required: str
    met: bool | None


class GapPart(Part):
    """The cost of closing one gap in yuan, and who pays; empty where the document does not say."""

    schedule: str
    rule: str
    subject: dict[str, Any]
    amount: str
    payers: dict[str, str]


class TotalPart(Part):
    """One rule over all its subjects; sums in yuan over those for which the amount is known."""

    schedule: str
    rule: str
    by_status: dict[str, int]
    known: int
    required: str
    counted: str
    shortfall: str


class OpenReading(Part):
    """A point that the text leaves open, and the reading taken."""

    schedule: str
    name: str
    option: str
    switched: bool = Field(description="whether the user chose it")
    question: str
    answer: str
    clause: str


class NotComputed(Part):
    """What a document says besides and nobody can compute."""

    schedule: str
    name: str
    clause: str
    says: str


class FundReport(Part):
    """The outcome of ``awards fund`` and ``awards standards``."""

    schedules: list[DocumentPart]
    findings: list[FindingPart]
    totals: list[TotalPart]
    strictest: list[StrictestPart]
    gaps: list[GapPart]
    readings: list[OpenReading]
    not_computed: list[NotComputed]
    problems: list[ProblemPart]


def fund_report(
    outcomes: Sequence[Findings], found: Iterable[Problem] = (), lang: Lang = "en"
) -> FundReport:
    """The *outcomes*, one for each schedule, and the problems *found* in the figures, as data."""
    known = [(each, outcome.schedule) for outcome in outcomes for each in outcome.findings]
    told = (*found, *(each for outcome in outcomes for each in outcome.problems))
    return FundReport(
        schedules=[document(outcome.schedule, lang) for outcome in outcomes],
        findings=[finding_part(each, schedule, lang) for each, schedule in known],
        totals=[_total(each) for each in closing.totals(outcomes)],
        strictest=[_strictest(each) for each in closing.strictest(outcomes)],
        gaps=[_gap(each) for each in closing.gaps(outcomes)],
        readings=[part for outcome in outcomes for part in open_readings(outcome, lang)],
        not_computed=[part for outcome in outcomes for part in _qualitative(outcome, lang)],
        problems=problems(tuple(dict.fromkeys(told)), lang),
    )


def schema() -> dict[str, Any]:
    """The JSON Schema of a fund report."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **FundReport.model_json_schema(),
    }


def finding_part(finding: Finding, schedule: Schedule, lang: Lang) -> FindingPart:
    """One finding as data."""
    return FindingPart(
        schedule=finding.schedule,
        rule=finding.rule,
        says=schedule.rules[finding.rule].says[lang],
        clause=finding.clause,
        subject=_data(finding.subject),
        status=finding.status,
        met=finding.met,
        values=_data(finding.values),
        said=dict(finding.said),
        checks=[_check(each) for each in finding.checks],
        money=[
            MoneyPart(
                source=each.source,
                amount=None if each.amount is None else str(exact(each.amount)),
                counts=each.counts,
                clause=each.clause,
                place=str(each.place),
            )
            for each in finding.money
        ],
        lines=[_data(each) for each in finding.lines],
        paid_by={payer: str(exact(amount)) for payer, amount in finding.paid_by.items()},
        labels=dict(finding.labels),
        missing=list(finding.missing),
        due=finding.due.isoformat() if finding.due else None,
        unit=finding.unit,
        topic=finding.topic,
        inputs=[
            InputPart(column=each.column, value=_plain(each.value), place=str(each.place))
            for each in finding.inputs
        ],
    )


def _check(each: Checked) -> CheckPart:
    return CheckPart(
        name=each.name,
        compare=each.compare,
        required=_side(each, each.required),
        actual=_side(each, each.actual),
        met=each.met,
        gap=exact(each.gap),
        clause=each.clause,
    )


def _side(check: Checked, value: Fraction | None) -> str | None:
    """One side of a comparison: exact text, a day as it is written."""
    if value is not None and check.of_days:
        return date.fromordinal(int(value)).isoformat()
    return exact(value)  # type: ignore[no-any-return]


def _data(values: Any) -> dict[str, Any]:
    return {str(name): _plain(value) for name, value in values.items()}


def _plain(value: Any) -> Any:
    """*value* as JSON has it: exact text for a fraction or a decimal, none for what is unread."""
    if isinstance(value, Unread):
        return None
    if value is None or isinstance(value, str | bool | int):
        return value
    return str(exact(value))


def _total(each: RuleTotal) -> TotalPart:
    return TotalPart(
        schedule=each.schedule.id,
        rule=each.rule,
        by_status=dict(each.by_status),
        known=each.known,
        required=str(exact(each.required)),
        counted=str(exact(each.counted)),
        shortfall=str(exact(each.shortfall)),
    )


def _strictest(finding: Finding) -> StrictestPart:
    return StrictestPart(
        topic=str(finding.topic),
        subject=_data(finding.subject),
        schedule=finding.schedule,
        rule=finding.rule,
        required=str(exact(closing.required(finding))),
        met=finding.met,
    )


def _gap(gap: Gap) -> GapPart:
    return GapPart(
        schedule=gap.finding.schedule,
        rule=gap.finding.rule,
        subject=_data(gap.finding.subject),
        amount=str(exact(gap.amount)),
        payers={payer: str(exact(part)) for payer, part in gap.payers.items()},
    )


def open_readings(outcome: Findings, lang: Lang) -> list[OpenReading]:
    """The readings that bear on *outcome*, as data."""
    schedule = outcome.schedule
    return [
        OpenReading(
            schedule=schedule.id,
            name=name,
            option=option,
            switched=option != (reading := schedule.readings[name]).default,
            question=reading.question[lang],
            answer=reading.options[option][lang],
            clause=schedule.clauses[reading.clause].number,
        )
        for name, option in outcome.chosen.items()
        if closing.bears(outcome, name)
    ]


def _qualitative(outcome: Findings, lang: Lang) -> list[NotComputed]:
    return [
        NotComputed(
            schedule=outcome.schedule.id,
            name=name,
            clause=outcome.schedule.clauses[each.clause].number,
            says=each.says[lang],
        )
        for name, each in outcome.schedule.qualitative.items()
    ]
