"""The payment list that people sign, and the one for a bank transfer, which nobody signs.

Students and teachers are paid from different budget lines, so each have a sheet of their own.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path

from openpyxl import Workbook

from awards import money
from awards.capitals import capitals
from awards.dossier import Dossier
from awards.payments import Group, Payment, Sums, sums
from awards.payouts import Award
from awards.words import Lang
from awards.workbook.page import Column, Page, Value, lines
from awards.workbook.saving import save
from awards.workbook.wording import Wording

EVENT = Column("event", 20)
LEVEL = Column("level", 8, "center")
PRIZE = Column("prize", 8, "center")
COLUMNS = (
    Column("number", 5, "center"),
    Column("payee", 9, "center"),
    Column("role", 9, "center"),
    Column("school", 22),
    EVENT,
    LEVEL,
    PRIZE,
    Column("identity", 20, "number"),
    Column("card", 22, "number"),
    Column("gross", 13, "amount"),
    Column("tax", 11, "amount"),
    Column("net", 13, "amount"),
)
SIGNATURE = Column("signature", 12, "center")
ROOM = 26
"""Points that a line needs for somebody to sign in it."""
BEFORE_MONEY = 9
"""Columns before the first of money."""


def write_payment_list(
    dossier: Dossier, path: Path, lang: Lang = "zh", *, signed: bool = True
) -> None:
    """Write the payment list of *dossier* to *path*; without *signed*, for a bank transfer."""
    wording = Wording(dossier.outcome, lang, dossier.release, dossier.doubts(lang))
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = "awards"
    book.properties.title = dossier.outcome.schedule.title[lang]
    for group, payments in dossier.groups or [("students", ())]:
        _add_sheet(book, group, payments, wording, signed)
    save(book, path)


def _add_sheet(
    book: Workbook, group: Group, payments: Sequence[Payment], wording: Wording, signed: bool
) -> None:
    kind = "signed" if signed else "transfer"
    columns = (*COLUMNS, SIGNATURE) if signed else COLUMNS
    page = Page(book, f"{kind}_{group}", columns, wording.lang)
    wording.heading(page, f"{kind}_{group}", money=True)
    page.header()
    page.freeze(across=2)
    more: list[Value] = [None] if signed else []
    number = 0
    for school, own in groupby(payments, key=lambda each: each.school):
        of_school = list(own)
        for payment in of_school:
            number += 1
            page.row([number, *_line(payment, wording), *more], at_least=ROOM if signed else 0)
        name = school or wording.say("document.no_school")
        label = wording.say("document.subtotal", school=name, count=len(of_school))
        page.total(label, BEFORE_MONEY, [*_money(of_school), *more])
    if not payments:
        page.row([wording.say("document.none")])
    label = wording.say("document.total_of", count=len(payments))
    page.total(label, BEFORE_MONEY, [*_money(payments), *more])
    for text in _in_words(sums(payments), wording):
        page.line(text, bold=True)
    page.signatures(wording.say("document.four_signatures"))


def _line(payment: Payment, wording: Wording) -> list[Value]:
    """The values of a payment between its number and its signature."""
    awards = [wording.outcome.awards[index] for index in payment.awards]
    roles = (wording.term("role", award.role, award) or "" for award in awards)
    return [
        payment.payee,
        "\n".join(dict.fromkeys(role for role in roles if role)),
        payment.school,
        *_won(awards, wording),
        payment.number,
        payment.account.card if payment.account else None,
        payment.gross,
        wording.say("document.by_payroll") if payment.decision.by_payroll else payment.tax,
        payment.net,
    ]


def _won(awards: Iterable[Award], wording: Wording) -> list[str]:
    """Event, level and prize, a line for each award; short ones keep beside a long event."""
    columns: tuple[list[str], ...] = ([], [], [])
    for award in awards:
        texts = (
            award.event or "",
            wording.term("level", award.level, award) or "",
            wording.term("prize", award.prize, award) or "",
        )
        widths = (EVENT.width, LEVEL.width, PRIZE.width)
        high = max(lines(text, width) for text, width in zip(texts, widths, strict=True))
        for column, text, width in zip(columns, texts, widths, strict=True):
            column.append(text + "\n" * (high - lines(text, width)))
    return ["\n".join(column) for column in columns]


def _money(payments: Iterable[Payment]) -> list[Value]:
    """Gross, tax and net of some payments.

    Tax and net are blank where a part is undecided or all is for the payroll.
    """
    found = sums(payments)
    if found.undecided or found.payroll == found.gross:
        return [found.gross, None, None]
    return [found.gross, found.tax, found.net]


def _in_words(found: Sums, wording: Wording) -> list[str]:
    """The sums in capitals, and what of the gross has no net here."""
    told = [wording.say("document.gross_in_words", amount=capitals(found.gross))]
    if not found.undecided and found.payroll < found.gross:
        told.append(wording.say("document.net_in_words", amount=capitals(found.net)))
    if found.payroll:
        amount = money.show(money.fen(found.payroll))
        told.append(wording.say("document.payroll_part", amount=amount))
    return told
