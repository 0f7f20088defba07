"""The sheet of the basis: the documents, their clauses, the readings taken, the rulings used."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from awards import explain
from awards.schedule import Schedule, Taken
from awards.words import Lang, say
from awards.workbook.page import Column, Page, Paper, Value
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
    wording.mark(page)
    fill_basis(page, wording)


def fill_basis(page: Paper, wording: Wording) -> None:
    """Put on *page* what :func:`add_basis` says, below its title."""
    for document in wording.documents:
        add_document(page, document, wording.lang)
        add_clauses(page, document, wording.lang)
        mine = [each for each in wording.outcome.readings if _is_of(each, document)]
        add_readings(page, mine, document, wording.lang)
    _add_rulings(page, wording)


def add_document(page: Paper, document: Schedule, lang: Lang) -> None:
    """What there is to know of a document besides its text."""
    approval = document.approval
    facts = {
        "title": document.title[lang],
        "document_number": document.number,
        "issuer": document.issuer[lang],
        "issued": _day(document.issued),
        "in_force_from": _day(document.in_force_from),
        "in_force_until": _day(document.in_force_until),
        "approval": approval.by[lang] if approval else None,
        "checked_on": _day(document.checked_on),
        "document_source": document.source,
        "id": document.id,
    }
    page.heading(say("document.of_document", lang, name=named(document, lang)))
    for name, value in facts.items():
        if value:
            page.row([say(f"column.{name}", lang), value])


def add_clauses(page: Paper, document: Schedule, lang: Lang) -> None:
    """Every clause in our own words."""
    page.blank()
    page.heading(say("document.clauses", lang))
    page.line(say("document.own_words", lang))
    page.header(say(f"column.{name}", lang) for name in ("clause", "says"))
    for clause in document.clauses.values():
        page.row([clause.number, clause.says[lang]])


def add_readings(page: Paper, taken: Sequence[Taken], document: Schedule, lang: Lang) -> None:
    """The readings *taken*, each with the others and the reason."""
    page.blank()
    page.heading(say("document.readings", lang))
    page.header()
    for each in taken:
        page.row(_reading(each, document, lang))
    if not taken:
        page.row([say("document.none", lang)])


def _is_of(taken: Taken, document: Schedule) -> bool:
    return document.readings.get(taken.name) is taken.reading


def _reading(taken: Taken, document: Schedule, lang: Lang) -> list[Value]:
    reading = taken.reading
    options = {
        name: say("document.option", lang, text=says[lang], name=name)
        for name, says in reading.options.items()
    }
    return [
        document.clauses[reading.clause].number,
        say("document.question", lang, text=reading.question[lang], name=taken.name),
        options.pop(taken.option),
        "\n".join(options.values()),
        reading.why[lang],
        say("document.switched" if taken.switched else "document.not_switched", lang),
    ]


def _add_rulings(page: Paper, wording: Wording) -> None:
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
