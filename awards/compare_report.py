"""One outcome beside another, as data: the JSON of ``awards compare`` and its schema.

Money is decimal text in yuan, numbers of funding exact text; null where a side does not know.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import Field

from awards import reasons
from awards.accounts import exact
from awards.award_pairs import AwardComparison, AwardPair, Change
from awards.finding_pairs import FindingComparison, FindingPair
from awards.findings import Findings
from awards.fund_report import FindingPart, OpenReading, finding_part, open_readings
from awards.payouts import Award
from awards.problems import Problem
from awards.report import (
    DocumentPart,
    Part,
    ProblemPart,
    ReadingPart,
    TotalsPart,
    document,
    problems,
    reading,
)
from awards.whatif import Setting
from awards.words import Lang


@dataclass(frozen=True)
class WhatIf:
    """What was changed on the other side, where it is not just another document."""

    settings: tuple[Setting, ...] = ()
    readings: tuple[tuple[str, str], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.settings or self.readings)


UNCHANGED = WhatIf()
"""Nothing was changed: the other side is just another document."""


class SettingPart(Part):
    """A figure of the schedule that was changed."""

    path: str
    before: str
    after: str


class SidePart(Part):
    """One side: its document, the readings taken, and what was changed in it."""

    schedule: DocumentPart
    what_if: bool = Field(description="whether figures or readings were changed")
    settings: list[SettingPart]
    award_readings: list[ReadingPart]
    fund_readings: list[OpenReading]
    totals: TotalsPart | None = Field(description="of a roster")
    problems: list[ProblemPart]


class SideOfRow(Part):
    """One row on one side."""

    amount: str | None
    unit: str
    status: str
    reason: str | None
    question: str | None
    clause: str | None


class RowPart(Part):
    """One award on both sides; null on the side that has no such line."""

    file: str | None
    sheet: str | None
    cell: str | None
    payee: str | None
    payee_kind: str
    role: str | None
    school: str | None
    event: str | None
    one: SideOfRow | None
    other: SideOfRow | None
    difference: str | None = Field(description="other less one; null if a side does not know")
    unit: str
    clauses: tuple[str | None, str | None] = Field(description="at which the accounts part")
    why: str


class ChangePart(Part):
    """What a payee, a school, or everybody has on both sides, in yuan."""

    name: str
    kind: str
    school: str | None
    one: str | None = Field(description="what is due; null if nothing is, and a row is open")
    other: str | None
    difference: str | None = Field(description="over the rows that both sides know")
    open: int = Field(description="rows that a side does not know, which are not in it")


class CausePart(Part):
    """The clauses at which accounts part, and what that comes to."""

    one: str | None
    other: str | None
    rows: int
    difference: str


class FindingRow(Part):
    """A finding on both sides; null on the side that says nothing of it."""

    one: FindingPart | None
    other: FindingPart | None
    asked: str | None = Field(description="more asked for on the other side, exact text")
    counted: str | None
    shortfall: str | None
    differs: bool
    why: str


class CompareReport(Part):
    """The outcome of ``awards compare``; of a roster or of figures, by ``kind``."""

    kind: Literal["roster", "figures"]
    one: SidePart
    other: SidePart
    total: ChangePart | None
    schools: list[ChangePart]
    payees: list[ChangePart]
    causes: list[CausePart]
    rows: list[RowPart]
    findings: list[FindingRow]


def compare_report(
    compared: AwardComparison | FindingComparison,
    changed: WhatIf = UNCHANGED,
    found: Iterable[Problem] = (),
    lang: Lang = "en",
) -> CompareReport:
    """*compared* as data, with what was *changed* and the problems *found* in the figures."""
    if isinstance(compared, AwardComparison):
        return _of_awards(compared, changed, lang)
    return _of_findings(compared, changed, tuple(found), lang)


def schema() -> dict[str, Any]:
    """The JSON Schema of a comparison."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **CompareReport.model_json_schema(),
    }


def _of_awards(compared: AwardComparison, changed: WhatIf, lang: Lang) -> CompareReport:
    sides = []
    for outcome, what in ((compared.one, UNCHANGED), (compared.other, changed)):
        totals = outcome.totals
        sides.append(
            SidePart(
                schedule=document(outcome.schedule, lang),
                what_if=bool(what),
                settings=_settings(what),
                award_readings=[
                    reading(taken, outcome.schedule, lang) for taken in outcome.readings
                ],
                fund_readings=[],
                totals=TotalsPart(
                    paid=str(totals.paid), rows=totals.rows, by_status=dict(totals.by_status)
                ),
                problems=problems(outcome.problems, lang),
            )
        )
    return CompareReport(
        kind="roster",
        one=sides[0],
        other=sides[1],
        total=_change(compared.total),
        schools=[_change(each) for each in compared.schools],
        payees=[_change(each) for each in compared.payees],
        causes=[
            CausePart(
                one=each.one, other=each.other, rows=each.rows, difference=str(each.difference)
            )
            for each in compared.causes
        ],
        rows=[_row(pair, compared, lang) for pair in compared.pairs],
        findings=[],
    )


def _of_findings(
    compared: FindingComparison, changed: WhatIf, found: Sequence[Problem], lang: Lang
) -> CompareReport:
    sides = [
        SidePart(
            schedule=document(outcome.schedule, lang),
            what_if=bool(what),
            settings=_settings(what),
            award_readings=[],
            fund_readings=open_readings(outcome, lang),
            totals=None,
            problems=problems((*found, *outcome.problems), lang),
        )
        for outcome, what in ((compared.one, UNCHANGED), (compared.other, changed))
    ]
    return CompareReport(
        kind="figures",
        one=sides[0],
        other=sides[1],
        total=None,
        schools=[],
        payees=[],
        causes=[],
        rows=[],
        findings=[_finding(pair, compared, lang) for pair in compared.pairs],
    )


def _settings(what: WhatIf) -> list[SettingPart]:
    return [
        SettingPart(path=each.name, before=each.before, after=each.after) for each in what.settings
    ]


def _change(each: Change) -> ChangePart:
    return ChangePart(
        name=each.name,
        kind=each.kind,
        school=each.school,
        one=None if each.one is None else str(each.one),
        other=None if each.other is None else str(each.other),
        difference=None if each.difference is None else str(each.difference),
        open=each.open,
    )


def _row(pair: AwardPair, compared: AwardComparison, lang: Lang) -> RowPart:
    award = pair.either
    return RowPart(
        file=award.place.file,
        sheet=award.place.sheet,
        cell=award.place.cell or (f"row {award.row}" if award.row is not None else None),
        payee=award.payee,
        payee_kind=award.payee_kind,
        role=award.role,
        school=award.school,
        event=award.event,
        one=_side(pair.one),
        other=_side(pair.other),
        difference=None if pair.difference is None else str(pair.difference),
        unit=pair.unit,
        clauses=compared.clauses(pair),
        why=reasons.of_award(pair, compared, lang),
    )


def _side(award: Award | None) -> SideOfRow | None:
    if award is None:
        return None
    return SideOfRow(
        amount=None if award.amount is None else str(award.amount),
        unit=award.unit,
        status=award.status,
        reason=award.reason,
        question=award.question,
        clause=award.clause,
    )


def _finding(pair: FindingPair, compared: FindingComparison, lang: Lang) -> FindingRow:
    def part(outcome: Findings, is_one: bool) -> FindingPart | None:
        finding = pair.one if is_one else pair.other
        return finding_part(finding, outcome.schedule, lang) if finding else None

    return FindingRow(
        one=part(compared.one, True),
        other=part(compared.other, False),
        asked=exact(pair.asked),
        counted=exact(pair.counted),
        shortfall=exact(pair.shortfall),
        differs=pair.differs,
        why=reasons.of_finding(pair, compared, lang),
    )
