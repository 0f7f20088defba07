"""The payout workbook: what is paid, what is not and why, what waits, and what all of it rests on.

Every award stands on exactly one of the sheets of details, of what is not paid and of what waits
for a ruling, and the sums of the three sheets of money are equal.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook

from awards import explain, money
from awards.assessment import Assessment
from awards.payouts import Award, Payout
from awards.release import NOTHING_YET, Release
from awards.words import Lang
from awards.workbook.basis import add_basis
from awards.workbook.page import Column, Page, Value
from awards.workbook.remainder import add_problems, add_unpaid, add_waiting
from awards.workbook.saving import save
from awards.workbook.wording import WHO_AND_WHAT, Wording

DETAILS = (
    *WHO_AND_WHAT,
    Column("amount", 12, "amount"),
    Column("status", 8, "center"),
    Column("why", 36),
    Column("clause", 13),
    Column("source", 12),
)
PAYEES = (
    Column("number", 6, "center"),
    Column("payee", 14),
    Column("role", 18, "center"),
    Column("school", 34),
    Column("awards", 8, "center"),
    Column("amount", 16, "amount"),
    Column("rows", 26),
)
SCHOOLS = (
    Column("number", 8, "center"),
    Column("school", 58),
    Column("people", 16, "center"),
    Column("awards", 16, "center"),
    Column("amount", 24, "amount"),
)


def write_payouts(
    assessment: Assessment,
    path: Path | str,
    lang: Lang = "zh",
    *,
    release: Release = NOTHING_YET,
    doubts: Sequence[str] = (),
) -> None:
    """Write the payout workbook of *assessment* to *path*, whole or not at all.

    Where approval is demanded, every sheet says that it is a draft unless *release* has one;
    *doubts* are said on every sheet too. OSError is raised where it cannot be written. What is
    at *path* already is replaced.
    """
    wording = Wording(assessment, lang, release, doubts)
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = "awards"
    book.properties.title = assessment.schedule.title[lang]
    _add_details(book, wording)
    _add_payees(book, wording)
    _add_schools(book, wording)
    add_unpaid(book, wording)
    add_waiting(book, wording)
    add_problems(book, wording)
    add_basis(book, wording)
    save(book, Path(path))


def _add_details(book: Workbook, wording: Wording) -> None:
    """Every award that is due, in order of the rows."""
    page = Page(book, "details", DETAILS, wording.lang)
    wording.heading(page, "details", money=True)
    page.header()
    page.freeze(across=2)
    due = wording.on("details")
    for number, award in due:
        page.row(
            [
                *wording.who_and_what(number, award),
                _amount(award, wording.lang),
                wording.status(award),
                explain.why(award, wording.outcome, wording.lang),
                wording.clause(award),
                wording.source(award.place),
            ]
        )
    page.filter()
    if not due:
        page.row([wording.say("document.none")])
    blank: list[Value] = [None] * (len(WHO_AND_WHAT) - 2)
    total = wording.outcome.totals.paid
    page.row([wording.say("document.total"), None, *blank, total, *[None] * 4], bold=True)
    page.signatures(wording.say("document.signatures"))


def _amount(award: Award, lang: Lang) -> Value:
    """Yuan as a number; an amount in another unit, which no sum takes in, as text."""
    return award.amount if award.unit == "yuan" else explain.amount(award, lang)


def _add_payees(book: Workbook, wording: Wording) -> None:
    """What each payee is due, and the numbers of the details it is made of."""
    page = Page(book, "payees", PAYEES, wording.lang)
    wording.heading(page, "payees", money=True)
    page.header()
    page.freeze(across=2)
    payouts = wording.outcome.payouts
    for number, payout in enumerate(payouts, 1):
        awards = [wording.outcome.awards[index] for index in payout.awards]
        roles = dict.fromkeys(wording.term("role", award.role, award) or "" for award in awards)
        rows = (str(wording.spots[index][1]) for index in payout.awards)
        page.row(
            [
                number,
                payout.payee,
                wording.joined(role for role in roles if role),
                payout.school,
                len(awards),
                payout.amount,
                wording.joined(rows),
            ]
        )
    if not payouts:
        page.row([wording.say("document.none")])
    counted = sum(len(payout.awards) for payout in payouts)
    total = wording.say("document.total")
    page.row([total, None, None, None, counted, _sum(payouts), None], bold=True)
    page.signatures(wording.say("document.signatures"))


def _add_schools(book: Workbook, wording: Wording) -> None:
    """The payees, awards and sum of each school."""
    page = Page(book, "schools", SCHOOLS, wording.lang)
    wording.heading(page, "schools", money=True)
    page.header()
    page.freeze()
    schools: dict[str, list[Payout]] = {}
    for payout in wording.outcome.payouts:
        schools.setdefault(payout.school or wording.say("document.no_school"), []).append(payout)
    for number, (school, payouts) in enumerate(schools.items(), 1):
        page.row([number, school, *_counts(payouts)])
    if not schools:
        page.row([wording.say("document.none")])
    total = wording.say("document.total")
    page.row([total, None, *_counts(wording.outcome.payouts)], bold=True)
    page.signatures(wording.say("document.signatures"))


def _counts(payouts: Iterable[Payout]) -> list[Value]:
    """How many people and awards, and the sum."""
    payouts = list(payouts)
    return [len(payouts), sum(len(payout.awards) for payout in payouts), _sum(payouts)]


def _sum(payouts: Iterable[Payout]) -> Decimal:
    return sum((payout.amount for payout in payouts), start=money.yuan(0))
