"""The request for approval: basis, what was worked out, totals for students and teachers, annexes.

A skeleton to be edited: what the office file does not say is a gap.
"""

from pathlib import Path

from awards import money
from awards.capitals import capitals
from awards.dossier import Dossier, approvers, draft_mark
from awards.letters.paper import Letter
from awards.payments import sums
from awards.words import Lang, say
from awards.workbook.wording import Wording, titled

ANNEXES = ("payment_list", "summary", "calculation")


def write_request(dossier: Dossier, path: Path, lang: Lang = "zh") -> None:
    """Write the request of *dossier* to *path*."""
    wording = Wording(dossier.outcome, lang, dossier.release)
    letter = Letter(lang, draft=draft_mark(dossier.outcome, dossier.release, lang))
    gap = say("letter.gap", lang)
    bodies = [each.approval.by[lang] for each in approvers(dossier.outcome) if each.approval]
    to = dossier.office.addressee or wording.joined(dict.fromkeys(bodies)) or gap
    letter.title(say("letter.request", lang, year=wording.years()))
    letter.line(say("letter.to", lang, to=to))
    letter.text(say("letter.basis", lang, titles=titles_of(wording), year=wording.years()))
    letter.text(_worked_out(dossier, lang))
    for group, payments in dossier.groups:
        found = sums(payments)
        values = {"group": say(f"group.{group}", lang), "count": found.count}
        shown = money.show(money.fen(found.gross))
        letter.text(say("letter.group", lang, amount=shown, **values))
    total = dossier.sums
    shown, said = money.show(money.fen(total.gross)), capitals(total.gross)
    letter.text(say("letter.total", lang, count=total.count, amount=shown, capitals=said))
    for doubt in dossier.doubts(lang):
        letter.text(doubt)
    letter.text(say("letter.please", lang))
    for number, annex in enumerate(ANNEXES, 1):
        name = say(f"file.{annex}", lang)
        letter.text(
            say("letter.annex" if number == 1 else "letter.more", lang, n=number, name=name)
        )
    letter.line("")
    letter.line(dossier.office.name or gap, right=True)
    letter.line(say("letter.day", lang), right=True)
    values = {"contact": dossier.office.contact or gap, "phone": dossier.office.phone or gap}
    letter.text(say("letter.contact", lang, **values))
    letter.save(path)


def titles_of(wording: Wording) -> str:
    """The documents that the awards rest on, by title and number."""
    return wording.joined(titled(each, wording.lang) for each in wording.documents)


def _worked_out(dossier: Dossier, lang: Lang) -> str:
    """How many rows of the roster came to what."""
    totals = dossier.outcome.totals
    counts = totals.by_status
    return say(
        "letter.worked_out",
        lang,
        rows=totals.rows,
        due=counts["paid"] + counts["pending_approval"],
        not_paid=counts["not_paid"],
        waiting=counts["needs_ruling"],
        faulty=counts["problem"],
    )
