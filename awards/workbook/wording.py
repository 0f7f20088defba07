"""What the sheets of a payout workbook say of an award, and what stands above each table."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from awards import explain
from awards.assessment import Assessment
from awards.dossier import draft_mark
from awards.payouts import Award
from awards.problems import Place
from awards.release import NOTHING_YET, Release
from awards.schedule import Schedule
from awards.words import Lang, knows, say
from awards.workbook.page import Column, Page, Paper, Value

SHEET_OF = {
    "paid": "details",
    "pending_approval": "details",
    "not_paid": "unpaid",
    "problem": "unpaid",
    "needs_ruling": "waiting",
}
"""The sheet on which an award of each status stands; every award stands on one."""

WHO_AND_WHAT = (
    Column("number", 5, "center"),
    Column("payee", 9),
    Column("role", 9, "center"),
    Column("school", 16),
    Column("competition", 20),
    Column("event", 14),
    Column("level", 8, "center"),
    Column("prize", 8, "center"),
    Column("year", 6, "center"),
)


@dataclass(frozen=True)
class Wording:
    """An outcome in the words of *lang*."""

    outcome: Assessment
    lang: Lang
    release: Release = NOTHING_YET
    doubts: Sequence[str] = ()
    """What every sheet has to say besides whether it is a draft."""

    def say(self, key: str, **values: object) -> str:
        """The sentence *key*."""
        return say(key, self.lang, **values)

    def joined(self, parts: Iterable[str]) -> str:
        """*parts* as an enumeration."""
        return self.say("sentence.list").join(parts)

    def on(self, sheet: str) -> list[tuple[int, Award]]:
        """The awards of *sheet* in order of the rows, each with its number there."""
        mine = (award for award in self.outcome.awards if SHEET_OF[award.status] == sheet)
        return list(enumerate(mine, 1))

    @cached_property
    def spots(self) -> Sequence[tuple[str, int]]:
        """For each award of the outcome, in order, its sheet and its number there."""
        counts: dict[str, int] = {}
        found = []
        for award in self.outcome.awards:
            sheet = SHEET_OF[award.status]
            counts[sheet] = counts.get(sheet, 0) + 1
            found.append((sheet, counts[sheet]))
        return found

    @cached_property
    def files(self) -> Sequence[str]:
        """The files that the rows come from."""
        places = (award.place.file for award in self.outcome.awards)
        return tuple(dict.fromkeys(file for file in places if file))

    @cached_property
    def documents(self) -> Sequence[Schedule]:
        """The documents under which the rows stand; the schedule itself if none does."""
        known = (*self.outcome.schedule.earlier, self.outcome.schedule)
        used = {award.schedule for award in self.outcome.awards}
        return tuple(each for each in known if each.id in used) or (self.outcome.schedule,)

    def who_and_what(self, number: int, award: Award) -> list[Value]:
        """The values of the columns :data:`WHO_AND_WHAT`."""
        return [
            number,
            award.payee or self.say("explain.nobody"),
            self.term("role", award.role, award),
            award.school,
            award.competition,
            award.event,
            self.term("level", award.level, award),
            self.term("prize", award.prize, award),
            award.year,
        ]

    def term(self, kind: str, value: str | None, award: Award) -> str | None:
        """A word of the field as printed."""
        terms = explain.document_of(award, self.outcome).terms
        return terms.name(kind, value, self.lang) if value else None

    def clause(self, award: Award) -> str:
        """The deciding clause; with its document where the rows stand under several."""
        if not award.clause or len(self.documents) == 1:
            return award.clause or ""
        return f"{named(explain.document_of(award, self.outcome), self.lang)} {award.clause}"

    def source(self, place: Place) -> str:
        """Sheet and cell, ``高职组!D5``; with the file where the rows come from several."""
        at = self.cell(place)
        parts = [place.file if len(self.files) > 1 else None, place.sheet, at]
        return "!".join(part for part in parts if part)

    def cell(self, place: Place) -> str:
        """The cell, or the row where there are no cells."""
        if place.cell or place.row is None:
            return place.cell or ""
        return self.say("document.row", row=place.row)

    def reason(self, award: Award) -> str:
        """Why nothing is paid, or not yet; what :meth:`instead` says is left to it."""
        if award.status == "problem":
            faults = dict.fromkeys(
                problem.message(self.lang)
                for problem in self.outcome.problems
                if problem.severity == "error" and _same_row(problem.place, award.place)
            )
            if faults:
                return self.say("sentence.join").join(faults)
        if award.superseded_by is not None and knows(f"reason.{award.reason}"):
            return self.say(f"reason.{award.reason}")
        return explain.why(award, self.outcome, self.lang)

    def instead(self, award: Award) -> str:
        """The award that took the place of this one, and where it stands in the workbook."""
        if award.superseded_by is None:
            return ""
        other = self.outcome.awards[award.superseded_by]
        sheet, number = self.spots[award.superseded_by]
        level = self.term("level", other.level, other)
        prize = self.term("prize", other.prize, other)
        words = (other.competition, level, prize)
        return self.say(
            "document.instead",
            what=" ".join(word for word in words if word),
            sheet=self.say(f"sheet.{sheet}"),
            number=number,
        )

    def heading(self, page: Page, name: str, *, money: bool = False) -> None:
        """Title, basis and source; over a table of *money* also its unit and what it waits for."""
        page.title(self.say(f"document.{name}", year=self.years()))
        page.line(self.basis())
        self.mark(page)
        if money:
            for text in self.approvals():
                page.line(text, bold=True)
            page.line(self.say("document.unit"), right=True)

    def mark(self, page: Paper) -> None:
        """What every sheet has to say: that it is a draft, and what is doubtful."""
        if draft := draft_mark(self.outcome, self.release, self.lang):
            page.mark(self.say("document.draft"))
            page.line(draft, bold=True)
        for text in self.doubts:
            page.line(text, bold=True)

    def years(self) -> str:
        """The years of the awards, as they stand in a title; empty where none is known."""
        years = sorted({award.year for award in self.outcome.awards if isinstance(award.year, int)})
        return self.say("document.year", years=self.joined(map(str, years))) if years else ""

    def basis(self) -> str:
        """The documents, and the files that the rows come from."""
        titles = self.joined(titled(each, self.lang) for each in self.documents)
        if not self.files:
            return self.say("document.basis", titles=titles)
        return self.say("document.basis_and_files", titles=titles, files=self.joined(self.files))

    def status(self, award: Award) -> str:
        """The status of an award that is due: whether it waits for approval."""
        is_waiting = award.status == "pending_approval" and self.release.approval is None
        return self.say("document.pending_approval" if is_waiting else "document.paid")

    def approvals(self) -> list[str]:
        """What the money waits for, or the approval that was given."""
        if self.release.approval:
            given = self.release.approval
            return [self.say("document.approved", number=given.number, on=given.on)]
        waiting = {a.schedule for a in self.outcome.awards if a.status == "pending_approval"}
        return [
            self.say(
                "document.approval",
                by=each.approval.by[self.lang],
                clause=each.clauses[each.approval.clause].number,
            )
            for each in self.documents
            if each.approval and each.id in waiting
        ]


def titled(document: Schedule, lang: Lang) -> str:
    """A document by its title and number."""
    title = say("document.title", lang, title=document.title[lang])
    return say("document.numbered", lang, title=title, number=document.number or document.id)


def named(document: Schedule, lang: Lang) -> str:
    """A document by its number, or its title where it has none."""
    return document.number or say("document.title", lang, title=document.title[lang])


def _same_row(one: Place, other: Place) -> bool:
    return (one.file, one.sheet, one.row) == (other.file, other.sheet, other.row)
