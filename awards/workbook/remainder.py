"""The sheets of what is not paid: refused, waiting for a ruling, or at fault."""

from typing import TYPE_CHECKING

from awards import explain
from awards.payouts import Award
from awards.workbook.page import Column, Page
from awards.workbook.wording import WHO_AND_WHAT, Wording

if TYPE_CHECKING:
    from openpyxl import Workbook

UNPAID = (
    *WHO_AND_WHAT,
    Column("status", 10, "center"),
    Column("reason", 26),
    Column("instead", 29),
    Column("clause", 13),
    Column("source", 12),
)
WAITING = (
    *WHO_AND_WHAT,
    Column("question", 30),
    Column("options", 22),
    Column("clause", 13),
    Column("source", 12),
    Column("decision", 16),
)
PROBLEMS = (
    Column("number", 6, "center"),
    Column("severity", 8, "center"),
    Column("sheet", 24),
    Column("cell", 10, "center"),
    Column("message", 56),
    Column("hint", 44),
)


def add_unpaid(book: "Workbook", wording: Wording) -> None:
    """Every award that is not paid: why, by which clause, and which one counts instead."""
    page = Page(book, "unpaid", UNPAID, wording.lang)
    wording.heading(page, "unpaid")
    page.header()
    page.freeze(across=2)
    unpaid = wording.on("unpaid")
    for number, award in unpaid:
        page.row(
            [
                *wording.who_and_what(number, award),
                wording.say(f"status.{award.status}"),
                wording.reason(award),
                wording.instead(award),
                wording.clause(award),
                wording.source(award.place),
            ]
        )
    page.filter()
    if not unpaid:
        page.row([wording.say("document.none")])


def add_waiting(book: "Workbook", wording: Wording) -> None:
    """Every award that waits for a ruling: the question, the answers, room to write one."""
    page = Page(book, "waiting", WAITING, wording.lang)
    wording.heading(page, "waiting")
    page.header()
    page.freeze(across=2)
    waiting = wording.on("waiting")
    for number, award in waiting:
        page.row(
            [
                *wording.who_and_what(number, award),
                *_question(award, wording),
                wording.clause(award),
                wording.source(award.place),
                None,
            ]
        )
    if not waiting:
        page.row([wording.say("document.none")])
    page.signatures(wording.say("document.signatures"))


def _question(award: Award, wording: Wording) -> tuple[str, str]:
    """What has to be decided, and the answers to choose from, a line each."""
    document = explain.document_of(award, wording.outcome)
    ruling = document.ruling(award.question) if award.question else None
    if ruling is None:
        reason, instead = wording.reason(award), wording.instead(award)
        return (f"{reason}\n{instead}" if instead else reason), ""
    ask = wording.say("document.question", text=ruling.ask[wording.lang], name=ruling.question)
    options = [
        wording.say("document.option", text=option.says[wording.lang], name=name)
        for name, option in ruling.options.items()
    ]
    if ruling.amount:
        options.append(wording.say("document.any_amount"))
    return ask, "\n".join(options)


def add_problems(book: "Workbook", wording: Wording) -> None:
    """Everything that is wrong or doubtful in the roster, with its cell and what to do."""
    page = Page(book, "problems", PROBLEMS, wording.lang)
    wording.heading(page, "problems")
    page.header()
    page.freeze()
    found = [problem for problem in wording.outcome.problems if problem.severity != "info"]
    for number, problem in enumerate(found, 1):
        place = problem.place
        named = (place.file if len(wording.files) != 1 else None, place.sheet)
        page.row(
            [
                number,
                wording.say(f"severity.{problem.severity}"),
                "!".join(part for part in named if part),
                wording.cell(place),
                problem.message(wording.lang),
                problem.hint(wording.lang),
            ]
        )
    page.filter()
    if not found:
        page.row([wording.say("document.none")])
