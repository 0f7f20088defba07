"""The tax list: each receipt, how it is treated, what is withheld, and by which article."""

from pathlib import Path

from openpyxl import Workbook

from awards import money
from awards.dossier import Dossier
from awards.payments import Payment
from awards.tax import treatments
from awards.words import Lang
from awards.workbook.page import Column, Page, Value
from awards.workbook.saving import save
from awards.workbook.wording import Wording

COLUMNS = (
    Column("number", 5, "center"),
    Column("payee", 10, "center"),
    Column("identity", 22, "number"),
    Column("school", 24),
    Column("gross", 14, "amount"),
    Column("treatment", 14, "center"),
    Column("rate", 8, "center"),
    Column("tax", 14, "amount"),
    Column("net", 14, "amount"),
    Column("tax_basis", 34),
)


def write_tax_list(dossier: Dossier, path: Path, lang: Lang = "zh") -> None:
    """Write the tax list of *dossier* to *path*."""
    wording = Wording(dossier.outcome, lang, dossier.release, dossier.doubts(lang))
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = "awards"
    page = Page(book, "award_tax", COLUMNS, lang)
    wording.heading(page, "tax", money=True)
    used = {payment.decision.kind for payment in dossier.payments}
    for treatment in (each for name, each in treatments().items() if name in used):
        said = wording.say(
            "document.treatment",
            name=treatment.name[lang],
            says=treatment.says[lang],
            clause=treatment.clause,
        )
        page.line(said)
    page.header()
    page.freeze(across=2)
    for number, payment in enumerate(dossier.payments, 1):
        page.row([number, *_line(payment, lang)])
    page.filter()
    if not dossier.payments:
        page.row([wording.say("document.none")])
    found = dossier.sums
    known: list[Value] = [None, None] if found.undecided else [found.tax, found.net]
    label = wording.say("document.total_of", count=found.count)
    page.total(label, 4, [found.gross, None, None, *known, None])
    for key, amount in (("payroll_part", found.payroll), ("undecided_part", found.undecided)):
        if amount:
            page.line(wording.say(f"document.{key}", amount=money.show(money.fen(amount))))
    page.signatures(wording.say("document.four_signatures"))
    save(book, path)


def _line(payment: Payment, lang: Lang) -> list[Value]:
    said = payment.decision
    treatment = treatments()[said.kind] if said.kind else None
    rate = f"{treatment.rate * 100}%" if treatment and treatment.rate is not None else None
    return [
        payment.payee,
        payment.number,
        payment.school,
        payment.gross,
        said.name(lang),
        rate,
        payment.tax,
        payment.net,
        said.document,
    ]
