"""The sheet of the basis: the documents, their clauses, the readings taken, the rulings used."""

from datetime import date
from typing import TYPE_CHECKING

from awards import explain
from awards.schedule import Schedule, Taken
from awards.workbook.page import Column, Page, Value
from awards.workbook.wording import Wording, named

if TYPE_CHECKING:
    from openpyxl import Workbook

BASIS = (
    Column("clause", 22),
    Column("reading", 34),
    Column("taken", 26),
    Column("others", 34),
    Column("because", 44),
    Column("switched", 9, "center"),
)


def add_basis(book: "Workbook", wording: Wording) -> None:
    """The documents with every clause, the readings with their reasons, and the rulings."""
    page = Page(book, "basis", BASIS, wording.lang)
    page.title(wording.say("document.basis_title"))
    for document in wording.documents:
        _add_document(page, document, wording)
        _add_clauses(page, document, wording)
        _add_readings(page, document, wording)
    _add_rulings(page, wording)


def _add_document(page: Page, document: Schedule, wording: Wording) -> None:
    approval = document.approval
    facts = {
        "title": document.title[wording.lang],
        "document_number": document.number,
        "issuer": document.issuer[wording.lang],
        "issued": _day(document.issued),
        "in_force_from": _day(document.in_force_from),
        "in_force_until": _day(document.in_force_until),
        "approval": approval.by[wording.lang] if approval else None,
        "checked_on": _day(document.checked_on),
        "document_source": document.source,
        "id": document.id,
    }
    page.heading(wording.say("document.of_document", name=named(document, wording.lang)))
    for name, value in facts.items():
        if value:
            page.row([wording.say(f"column.{name}"), value])


def _add_clauses(page: Page, document: Schedule, wording: Wording) -> None:
    page.blank()
    page.heading(wording.say("document.clauses"))
    page.line(wording.say("document.own_words"))
    page.header(wording.say(f"column.{name}") for name in ("clause", "says"))
    for clause in document.clauses.values():
        page.row([clause.number, clause.says[wording.lang]])


def _add_readings(page: Page, document: Schedule, wording: Wording) -> None:
    page.blank()
    page.heading(wording.say("document.readings"))
    page.header()
    mine = [each for each in wording.outcome.readings if _is_of(each, document)]
    for taken in mine:
        page.row(_reading(taken, document, wording))
    if not mine:
        page.row([wording.say("document.none")])


def _is_of(taken: Taken, document: Schedule) -> bool:
    return document.readings.get(taken.name) is taken.reading


def _reading(taken: Taken, document: Schedule, wording: Wording) -> list[Value]:
    reading = taken.reading
    options = {
        name: wording.say("document.option", text=says[wording.lang], name=name)
        for name, says in reading.options.items()
    }
    return [
        document.clauses[reading.clause].number,
        wording.say("document.question", text=reading.question[wording.lang], name=taken.name),
        options.pop(taken.option),
        "\n".join(options.values()),
        reading.why[wording.lang],
        wording.say("document.switched" if taken.switched else "document.not_switched"),
    ]


def _add_rulings(page: Page, wording: Wording) -> None:
    page.blank()
    page.heading(wording.say("document.rulings"))
    names = ("ruled_for", "question", "answer", "by", "on", "rests_on")
    page.header(wording.say(f"column.{name}") for name in names)
    for ruling in wording.outcome.rulings:
        narrowed = [part for part in (ruling.person, ruling.row) if part]
        page.row(
            [
                wording.joined(narrowed) or wording.say("document.everywhere"),
                *explain.answers(ruling, wording.outcome, wording.lang),
                ruling.by,
                _day(ruling.on),
                wording.joined(explain.rests_on(ruling, wording.outcome)),
            ]
        )
    if not wording.outcome.rulings:
        page.row([wording.say("document.none")])
    page.blank()


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
