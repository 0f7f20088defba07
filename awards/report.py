"""The outcome as data: the JSON of ``awards pay`` and its schema. Money is text in yuan."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from awards import explain, money
from awards.assessment import Assessment
from awards.payouts import Award, Entry, Status
from awards.problems import Place, Problem, Severity
from awards.records import Source
from awards.schedule import Schedule, Taken
from awards.words import Lang


class Part(BaseModel):
    """Base of the parts of a report."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class DocumentPart(Part):
    """The schedule that was applied."""

    id: str
    title: str
    number: str | None
    issuer: str
    issued: str | None
    approval_by: str | None = Field(description="who must approve before payment, if anybody")


class TracePart(Part):
    """One step: what it did, the clause it rests on, the amount after it."""

    step: str
    clause: str
    text: str
    amount: str | None = Field(description="after the step, decimal text; null if not known yet")


class AwardPart(Part):
    """What one person-row is due. Words of the field have their canonical names."""

    file: str | None
    sheet: str | None
    row: int | None
    cell: str | None
    payee: str | None
    payee_kind: str
    role: str | None
    school: str | None
    competition: str | None
    event: str | None
    level: str | None
    prize: str | None
    year: int | str | None
    amount: str | None = Field(description="decimal text; 0.00 if not paid, null if not known")
    unit: str
    status: Status
    reason: str | None
    clause: str | None
    superseded_by: str | None = Field(description="sheet!row (or row) of the award that counts")
    why: str = Field(description="the reason in words")
    question: str | None = Field(description="the ruling that is needed, if one is")
    trace: list[TracePart]


class PayoutPart(Part):
    """What is paid to one payee."""

    payee: str
    kind: str
    school: str | None
    amount: str


class TotalsPart(Part):
    """``rows`` is the number of person-rows; the statuses add up to it."""

    paid: str
    rows: int
    by_status: dict[Status, int]


class ReadingPart(Part):
    """A point that the text leaves open, and the reading taken."""

    name: str
    option: str
    switched: bool = Field(description="whether the user chose it")
    question: str
    answer: str
    others: dict[str, str]
    why: str
    clause: str


class RulingPart(Part):
    """A decision that was used."""

    question: str
    answer: str
    person: str | None
    row: str | None
    by: str | None
    on: str | None
    source: Source = Field(description="said outright, or in a file, sheet or column")
    rows: list[str] = Field(description="sheet!row (or row) of the awards that rest on it")


class ProblemPart(Part):
    """One thing that is wrong or doubtful, and where."""

    code: str
    severity: Severity
    file: str | None
    sheet: str | None
    cell: str | None
    message: str
    hint: str | None


class PayReport(Part):
    """The outcome of ``awards pay``."""

    schedule: DocumentPart
    awards: list[AwardPart]
    payouts: list[PayoutPart]
    totals: TotalsPart
    readings: list[ReadingPart]
    rulings: list[RulingPart]
    problems: list[ProblemPart]


class ProblemList(Part):
    """Person-rows read, and everything wrong with them."""

    rows: int
    problems: list[ProblemPart]


class ScheduleList(Part):
    """The outcome of ``awards schedules list``."""

    schedules: list[DocumentPart]


def report(outcome: Assessment, lang: Lang = "en") -> PayReport:
    """*outcome* as data; sentences in *lang*."""
    return PayReport(
        schedule=document(outcome.schedule, lang),
        awards=[_award(award, outcome, lang) for award in outcome.awards],
        payouts=[
            PayoutPart(payee=p.payee, kind=p.kind, school=p.school, amount=str(p.amount))
            for p in outcome.payouts
        ],
        totals=TotalsPart(
            paid=str(outcome.totals.paid),
            rows=outcome.totals.rows,
            by_status=dict(outcome.totals.by_status),
        ),
        readings=[reading(taken, outcome.schedule, lang) for taken in outcome.readings],
        rulings=[
            RulingPart(
                question=ruling.question,
                answer=ruling.answer,
                person=ruling.person,
                row=ruling.row,
                by=ruling.by,
                on=ruling.on.isoformat() if ruling.on else None,
                source=ruling.source,
                rows=explain.rests_on(ruling, outcome),
            )
            for ruling in outcome.rulings
        ],
        problems=problems(outcome.problems, lang),
    )


def problems(found: tuple[Problem, ...], lang: Lang) -> list[ProblemPart]:
    """*found* as data."""
    return [
        ProblemPart(
            code=each.code,
            severity=each.severity,
            file=each.place.file,
            sheet=each.place.sheet,
            cell=_cell(each.place),
            message=each.message(lang),
            hint=each.hint(lang),
        )
        for each in found
    ]


def schema() -> dict[str, Any]:
    """The JSON Schema of a report."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **PayReport.model_json_schema(),
    }


def _cell(place: Place) -> str | None:
    return place.cell or (f"row {place.row}" if place.row is not None else None)


def document(schedule: Schedule, lang: Lang) -> DocumentPart:
    """*schedule* as data, without its rules."""
    return DocumentPart(
        id=schedule.id,
        title=schedule.title[lang],
        number=schedule.number,
        issuer=schedule.issuer[lang],
        issued=schedule.issued.isoformat() if schedule.issued else None,
        approval_by=schedule.approval.by[lang] if schedule.approval else None,
    )


def _award(award: Award, outcome: Assessment, lang: Lang) -> AwardPart:
    winner = outcome.awards[award.superseded_by] if award.superseded_by is not None else None
    return AwardPart(
        file=award.place.file,
        sheet=award.place.sheet,
        row=award.row,
        cell=award.place.cell,
        payee=award.payee,
        payee_kind=award.payee_kind,
        role=award.role,
        school=award.school,
        competition=award.competition,
        event=award.event,
        level=award.level,
        prize=award.prize,
        year=award.year,
        amount=str(award.amount) if award.amount is not None else None,
        unit=award.unit,
        status=award.status,
        reason=award.reason,
        clause=award.clause,
        superseded_by=winner.place.address or str(award.superseded_by) if winner else None,
        why=explain.why(award, outcome, lang),
        question=award.question,
        trace=[_entry(entry, award, outcome, lang) for entry in award.trace],
    )


def _entry(entry: Entry, award: Award, outcome: Assessment, lang: Lang) -> TracePart:
    rules = explain.document_of(award, outcome)
    return TracePart(
        step=entry.step,
        clause=rules.clauses[entry.clause].number,
        text=explain.entry(entry, award, outcome, lang),
        amount=str(money.yuan(entry.amount)) if entry.amount is not None else None,
    )


def reading(taken: Taken, schedule: Schedule, lang: Lang) -> ReadingPart:
    """A reading that an outcome under *schedule* rests on, as data."""
    point = taken.reading
    clause = next(
        each.clauses[point.clause].number
        for each in (schedule, *schedule.earlier)
        if each.readings.get(taken.name) is point
    )
    return ReadingPart(
        name=taken.name,
        option=taken.option,
        switched=taken.switched,
        question=point.question[lang],
        answer=point.options[taken.option][lang],
        others={n: says[lang] for n, says in point.options.items() if n != taken.option},
        why=point.why[lang],
        clause=clause,
    )
