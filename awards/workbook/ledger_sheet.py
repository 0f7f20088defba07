"""The ledger as a workbook: its batches, and every payment that counts, to be read again."""

from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook

from awards import money
from awards.ledger_batches import Batch, active, reversed_by
from awards.records import FIELDS
from awards.resident import fault
from awards.terms import terms
from awards.words import Lang, say
from awards.workbook.page import Column, Page, Value
from awards.workbook.saving import save

BATCHES = (
    Column("number", 6, "center"),
    Column("kind", 14, "center"),
    Column("entered", 24, "center"),
    Column("entered_by", 12, "center"),
    Column("document_id", 30),
    Column("approval_number", 26),
    Column("paid_on", 12, "center"),
    Column("payments", 8, "center"),
    Column("amount", 16, "amount"),
    Column("remark", 24),
)
WIDTHS = {"competition": 24, "organizer": 18, "event": 18, "school": 22, "person_id": 22}
USUAL = 10


def write_ledger(listed: Sequence[Batch], path: Path, name: str, lang: Lang = "zh") -> None:
    """Write the batches *listed* of the ledger called *name* to *path*."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = "awards"
    _add_batches(book, listed, name, lang)
    _add_paid(book, active(listed), lang)
    save(book, path)


def _add_batches(book: Workbook, listed: Sequence[Batch], name: str, lang: Lang) -> None:
    page = Page(book, "batches", BATCHES, lang)
    page.title(say("document.batches", lang, name=name))
    page.line(say("document.unit", lang), right=True)
    page.header()
    page.freeze(across=1)
    gone = reversed_by(listed)
    for batch in listed:
        page.row(_line(batch, gone, lang))
    if not listed:
        page.row([say("document.none", lang)])
    total = sum((money.yuan(each.gross) for each in listed), start=money.yuan(0))
    page.total(say("document.total", lang), len(BATCHES) - 2, [total, None])


def _line(batch: Batch, gone: dict[int, int], lang: Lang) -> list[Value]:
    told: list[Value] = [batch.number, batch.called(gone, lang), batch.at, batch.person]
    told += [batch.schedule, batch.approved]
    return [
        *(each or None for each in told),
        batch.paid_on,
        len(batch.receipts),
        money.yuan(batch.gross),
        batch.remark,
    ]


def _add_paid(book: Workbook, listed: Sequence[Batch], lang: Lang) -> None:
    """One line for each award; its headings are those of a list of earlier payments."""
    entries = [(batch.number, entry) for batch in listed for entry in batch.awards]
    filled = {name for _, entry in entries for name in entry.fields}
    names = [*(name for name in FIELDS if name in filled), *sorted(filled - {*FIELDS})]
    columns = (
        Column("batch", 6, "center"),
        *(Column(n, WIDTHS.get(n, USUAL), "number" if n == "person_id" else "text") for n in names),
        Column("amount", 14, "amount"),
    )
    page = Page(book, "ledger", columns, lang)
    page.title(say("document.ledger", lang))
    amount = _heading(terms().marks["ledger.amount"], lang)
    numbers = [entry.fields["person_id"] for _, entry in entries if "person_id" in entry.fields]
    headings = (_field(name, lang, numbers) for name in names)
    page.header([say("column.batch", lang), *headings, amount])
    page.freeze(across=1)
    for number, entry in entries:
        fields = (entry.fields.get(name) for name in names)
        page.row([number, *fields, money.yuan(entry.amount)])
    total = money.yuan(sum(entry.amount for _, entry in entries))
    page.total(say("document.total", lang), len(columns) - 1, [total])


def _field(name: str, lang: Lang, numbers: Sequence[str]) -> str:
    """The heading of a field of a result; of another column, its own.

    That of the *numbers* of people is what they are, so that they are read back as such.
    """
    if name == "person_id" and lang == "zh":
        return terms().marks[f"ledger.{_kind(numbers)}"][0]
    return _heading(terms().columns[name], lang) if name in FIELDS else name


def _kind(numbers: Sequence[str]) -> str:
    """Whether *numbers* are of identity cards, none of them, or some."""
    resident = [fault(number) in (None, "id-region") for number in numbers]
    if all(resident):
        return "resident"
    return "any_number" if any(resident) else "other_number"


def _heading(known: Sequence[str], lang: Lang) -> str:
    """Of the headings *known*, the first in Chinese, or the first in English if there is one."""
    return next((text for text in known if text.isascii()), known[0]) if lang == "en" else known[0]
