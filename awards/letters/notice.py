"""The public notice: who is to be paid what, for how long it hangs, where to object."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from awards import money
from awards.capitals import capitals
from awards.dossier import Dossier, draft_mark
from awards.letters.paper import Letter
from awards.letters.request import titles_of
from awards.notice import NoticeRow, notice_rows
from awards.words import Lang, say
from awards.workbook.wording import Wording

COLUMNS = (
    *(("number", 11), ("payee", 17), ("role", 18), ("school", 34), ("event", 28)),
    *(("level", 14), ("prize", 14), ("amount", 23)),
)
"""The columns with their widths in millimetres."""


def write_notice(dossier: Dossier, path: Path, lang: Lang = "zh") -> None:
    """Write the public notice of *dossier* to *path*."""
    wording = Wording(dossier.outcome, lang, dossier.release)
    letter = Letter(lang, draft=draft_mark(dossier.outcome, dossier.release, lang))
    gap, notice = say("letter.gap", lang), dossier.office.notice
    rows = notice_rows(dossier, lang)
    total = sum((row.amount for row in rows), start=money.yuan(0))
    letter.title(say("letter.notice", lang, year=wording.years()))
    letter.text(say("letter.notice_basis", lang, titles=titles_of(wording), year=wording.years()))
    if dossier.release.approval:
        given = dossier.release.approval
        letter.text(say("document.approved", lang, number=given.number, on=given.on))
    period = {"begins": _day(notice.begins, lang), "ends": _day(notice.ends, lang)}
    letter.text(say("letter.period", lang, days=notice.working_days, **period))
    objections = {"to": notice.objections_to, "phone": notice.phone, "address": notice.address}
    filled = {name: text or gap for name, text in objections.items()}
    letter.text(say("letter.objections", lang, **filled))
    letter.text(say("letter.down", lang, on=_day(notice.down, lang)))
    shown = money.show(money.fen(total))
    letter.text(say("letter.sum", lang, count=len(rows), amount=shown, capitals=capitals(total)))
    letter.line(dossier.office.name or gap, right=True)
    letter.line(_day(notice.begins, lang), right=True)
    letter.page(say("letter.list", lang))
    headings = [(say(f"column.{name}", lang), width) for name, width in COLUMNS]
    letter.table(headings, [_line(number, row) for number, row in enumerate(rows, 1)])
    letter.save(path)


def _line(number: int, row: NoticeRow) -> list[str | Decimal]:
    return [
        str(number),
        row.name,
        row.role,
        row.school,
        row.event,
        row.level,
        row.prize,
        row.amount,
    ]


def _day(day: date | None, lang: Lang) -> str:
    """*day* in words; a gap where it is not known."""
    if day is None:
        return say("letter.day", lang)
    return say("letter.on", lang, year=day.year, month=day.month, day=day.day)
