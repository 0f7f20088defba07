"""Findings in words and as data: what is required, what counts, the gap, and what is missing."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from awards import money
from awards.problems import Place
from awards.quantities import ending, shown
from awards.report import DocumentPart, ProblemPart, document, problems
from awards.schedule import Schedule
from awards.standards import Finding, Findings
from awards.words import Lang, knows, say


class Part(BaseModel):
    """Base of the parts of a report."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class CheckPart(Part):
    """One comparison. Numbers are exact text: whole, decimal, or a reduced fraction."""

    name: str | None
    compare: str
    required: str | None
    actual: str | None
    met: bool | None
    gap: str | None
    clause: str


class MoneyPart(Part):
    """One amount of money, and whether it counts."""

    source: str
    amount: str
    counts: bool
    clause: str | None = Field(description="the clause that forbids it, if one does")
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
    lines: list[dict[str, Any]]
    paid_by: dict[str, str]
    labels: dict[str, str]
    missing: list[str]
    due: str | None
    unit: str
    topic: str | None
    places: list[str] = Field(description="the cells of the figures it rests on")


class StrictestPart(Part):
    """Of several requirements on one topic for one subject, the one that asks for most."""

    topic: str
    subject: dict[str, Any]
    schedule: str
    rule: str
    required: str
    met: bool | None


class FundReading(Part):
    """A point that the text leaves open, and the reading taken."""

    schedule: str
    name: str
    option: str
    question: str
    answer: str


class FundReport(Part):
    """The outcome of ``awards fund`` and ``awards standards``."""

    schedules: list[DocumentPart]
    findings: list[FindingPart]
    strictest: list[StrictestPart]
    totals: dict[str, int]
    readings: list[FundReading]
    problems: list[ProblemPart]


def fund_report(outcomes: Sequence[Findings], lang: Lang = "en") -> FundReport:
    """The *outcomes*, one for each schedule, as data; sentences in *lang*."""
    found = [(each, outcome.schedule) for outcome in outcomes for each in outcome.findings]
    statuses = [each.status for each, _ in found]
    return FundReport(
        schedules=[document(outcome.schedule, lang) for outcome in outcomes],
        findings=[_finding(each, schedule, lang) for each, schedule in found],
        strictest=[_strictest(each) for each in strictest(each for each, _ in found)],
        totals={status: statuses.count(status) for status in dict.fromkeys(statuses)},
        readings=[
            FundReading(
                schedule=outcome.schedule.id,
                name=name,
                option=option,
                question=outcome.schedule.readings[name].question[lang],
                answer=outcome.schedule.readings[name].options[option][lang],
            )
            for outcome in outcomes
            for name, option in outcome.chosen.items()
        ],
        problems=[part for outcome in outcomes for part in problems(outcome.problems, lang)],
    )


def schema() -> dict[str, Any]:
    """The JSON Schema of a fund report."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **FundReport.model_json_schema(),
    }


def strictest(found: Iterable[Finding]) -> list[Finding]:
    """Of the findings that judge one subject on one topic, the one that requires most.

    Only where several do; equal ones keep the first.
    """
    groups: dict[object, list[Finding]] = {}
    for each in found:
        if (
            each.topic
            and each.met is not None
            and isinstance(each.values.get("required"), Fraction)
        ):
            key = (each.topic, *sorted((name, str(v)) for name, v in each.subject.items()))
            groups.setdefault(key, []).append(each)
    several = (group for group in groups.values() if len({each.schedule for each in group}) > 1)
    return [max(group, key=lambda each: Fraction(each.values["required"])) for group in several]


def exact(value: Any) -> Any:
    """*value* for data: a fraction as exact text, anything else as it is.

    >>> exact(Fraction(8000)), exact(Fraction("0.125")), exact(Fraction(62000, 9)), exact(True)
    ('8000', '0.125', '62000/9', True)
    """
    if isinstance(value, bool) or not isinstance(value, Fraction):
        return value
    digits = ending(value)
    if digits is None:
        return f"{value.numerator}/{value.denominator}"
    return money.digits(value, digits).replace(",", "")


def words(finding: Finding, schedule: Schedule, lang: Lang = "zh") -> list[str]:
    """The account of one finding: what is asked, each amount, the gap, the verdict, the clause."""
    rule = schedule.rules[finding.rule]
    lines = [f"{subject_of(finding)} {rule.says[lang]}〔{finding.clause}〕"]
    for name in ("required", "target", "ceiling"):
        if name in finding.values:
            lines.append(_amount(name, finding, lang))
    for each in finding.money:
        verdict = say("fund.counts" if each.counts else "fund.counts_not", lang)
        why = f"〔{each.clause}〕" if each.clause else ""
        source = source_name(each.source, lang)
        lines.append(f"  {source} {shown(each.amount)} {verdict}{why} {each.place}".rstrip())
    for name in ("counted", "shortfall", "surplus", "per_student", "gap_to_target"):
        if name in finding.values:
            lines.append(_amount(name, finding, lang))
    for check in finding.checks:
        if check.name or "required" not in finding.values:
            lines.append(_comparison(check, lang))
    for payer, amount in finding.paid_by.items():
        lines.append(say("fund.pays", lang, payer=payer, amount=shown(amount)))
    if finding.missing:
        names = say("sentence.list", lang).join(finding.missing)
        lines.append(say("fund.missing", lang, names=names))
    lines.append(say("explain.outcome", lang, outcome=say(f"standing.{finding.status}", lang)))
    clause = schedule.clauses[rule.clause]
    lines.append(say("explain.clause", lang, number=clause.number, says=clause.says[lang]))
    return lines


def subject_of(finding: Finding) -> str:
    """The school, place or enterprise with its year, as one name."""
    return " ".join(str(value) for value in finding.subject.values() if value is not None) or "-"


def source_name(source: str, lang: Lang) -> str:
    """The name in print of a source of money."""
    return say(f"source.{source}", lang) if knows(f"source.{source}") else source


def value_name(name: str, lang: Lang) -> str:
    """The name in print of a value."""
    return say(f"value.{name}", lang) if knows(f"value.{name}") else name


def _amount(name: str, finding: Finding, lang: Lang) -> str:
    value, how = finding.values[name], finding.said.get(name)
    text = shown(value)
    if how and how != text:
        text = f"{how} = {text}"
    return f"{value_name(name, lang)}: {text}"


def _comparison(check: Any, lang: Lang) -> str:
    return say(
        f"compare.{check.compare}",
        lang,
        name=check.name or say("fund.actual", lang),
        actual=shown(check.actual),
        required=shown(check.required),
    )


def _finding(finding: Finding, schedule: Schedule, lang: Lang) -> FindingPart:
    return FindingPart(
        schedule=finding.schedule,
        rule=finding.rule,
        says=schedule.rules[finding.rule].says[lang],
        clause=finding.clause,
        subject=dict(finding.subject),
        status=finding.status,
        met=finding.met,
        values={name: exact(value) for name, value in finding.values.items()},
        said=dict(finding.said),
        checks=[
            CheckPart(
                name=each.name,
                compare=each.compare,
                required=exact(each.required),
                actual=exact(each.actual),
                met=each.met,
                gap=exact(each.gap),
                clause=each.clause,
            )
            for each in finding.checks
        ],
        money=[
            MoneyPart(
                source=each.source,
                amount=str(exact(each.amount)),
                counts=each.counts,
                clause=each.clause,
                place=str(each.place),
            )
            for each in finding.money
        ],
        lines=[_line(each) for each in finding.lines],
        paid_by={payer: str(exact(amount)) for payer, amount in finding.paid_by.items()},
        labels=dict(finding.labels),
        missing=list(finding.missing),
        due=finding.due.isoformat() if finding.due else None,
        unit=finding.unit,
        topic=finding.topic,
        places=_places(finding.places),
    )


def _line(line: Mapping[str, Any]) -> dict[str, Any]:
    return {name: exact(value) for name, value in line.items()}


def _places(places: Iterable[Place]) -> list[str]:
    return [text for place in places if (text := str(place))]


def _strictest(finding: Finding) -> StrictestPart:
    return StrictestPart(
        topic=str(finding.topic),
        subject=dict(finding.subject),
        schedule=finding.schedule,
        rule=finding.rule,
        required=str(exact(finding.values["required"])),
        met=finding.met,
    )
