"""What the page shows, worked out: figures, bars, who is paid and why, who is not, what is open."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from awards import explain, money
from awards.dossier import Dossier, draft_mark
from awards.payments import Payment
from awards.payouts import Award
from awards.words import Lang, say
from awards.workbook.wording import Wording

WHOLE = 500
"""The length of the longest bar."""
BARS = 15
"""Bars of a chart; what comes after them is one bar."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart: its name, awards and yuan, and its length."""

    name: str
    count: int
    amount: str
    length: int


@dataclass(frozen=True, slots=True)
class Line:
    """One award in words."""

    who: str
    role: str
    school: str
    what: str
    amount: str
    why: str
    clause: str
    source: str
    status: str


@dataclass(frozen=True, slots=True)
class Payee:
    """What one payee is handed, and the awards that it is made of."""

    name: str
    role: str
    school: str
    gross: str
    tax: str
    net: str
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Remark:
    """A problem, a reading or a ruling: a word about it, where it stands, what it says."""

    mark: str
    place: str
    text: str
    more: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """The whole page."""

    title: str
    basis: str
    marks: Sequence[str]
    state: str
    tiles: Sequence[tuple[str, str]]
    charts: Sequence[tuple[str, Sequence[Bar]]]
    schools: Sequence[str]
    payees: Sequence[Payee]
    unpaid: Sequence[Line]
    waiting: Sequence[Line]
    problems: Sequence[Remark]
    readings: Sequence[Remark]
    rulings: Sequence[Remark]


def view(dossier: Dossier, lang: Lang) -> View:
    """What the page of *dossier* shows in *lang*."""
    wording = Wording(dossier.outcome, lang, dossier.release)
    draft = draft_mark(dossier.outcome, dossier.release, lang)
    lines = [_line(award, wording) for award in dossier.outcome.awards]
    given = dossier.release.approval
    state = say(f"state.{dossier.release.state}", lang)
    if given:
        state += say("contents.approval", lang, number=given.number, on=given.on)
    return View(
        title=dossier.outcome.schedule.title[lang],
        basis=wording.basis(),
        marks=[*([draft] if draft else []), *dossier.doubts(lang)],
        state=state,
        tiles=_tiles(dossier, lang),
        charts=_charts(dossier, wording),
        schools=list(dict.fromkeys(a.school for a in dossier.outcome.awards if a.school)),
        payees=[_payee(payment, lines, wording) for payment in dossier.payments],
        unpaid=_on("not_paid", lines, dossier),
        waiting=_on("needs_ruling", lines, dossier),
        problems=_problems(dossier, lang),
        readings=_readings(dossier, lang),
        rulings=_rulings(dossier, lang),
    )


def _tiles(dossier: Dossier, lang: Lang) -> list[tuple[str, str]]:
    """The figures at the head of the page, each with what it counts."""
    counts = dossier.outcome.totals.by_status
    due = counts["paid"] + counts["pending_approval"]
    figures = [
        ("total", money.show(money.fen(dossier.sums.gross))),
        ("payments", str(dossier.sums.count)),
        ("due", str(due)),
        ("not_paid", str(counts["not_paid"])),
        ("waiting", str(counts["needs_ruling"])),
        ("faulty", str(counts["problem"])),
    ]
    return [(say(f"page.tile_{name}", lang), value) for name, value in figures]


def _charts(dossier: Dossier, wording: Wording) -> list[tuple[str, Sequence[Bar]]]:
    """The charts: yuan by school, level, prize and event, each the largest first."""
    by: tuple[tuple[str, Callable[[Award], str | None]], ...] = (
        ("school", lambda award: award.school),
        ("level", lambda award: wording.term("level", award.level, award)),
        ("prize", lambda award: wording.term("prize", award.prize, award)),
        ("event", lambda award: award.event),
    )
    return [
        (wording.say(f"page.by_{name}"), _bars(dossier.due, key, wording.lang)) for name, key in by
    ]


def _bars(awards: Iterable[Award], key: Callable[[Award], str | None], lang: Lang) -> list[Bar]:
    found: dict[str, list[Decimal]] = {}
    for award in awards:
        name = key(award) or say("page.unnamed", lang)
        found.setdefault(name, []).append(award.amount or Decimal(0))
    ranked = sorted(((sum(each), len(each), n) for n, each in found.items()), reverse=True)
    shown, rest = ranked[:BARS], ranked[BARS:]
    if rest:
        name = say("page.others", lang, count=len(rest))
        shown.append((sum(amount for amount, *_ in rest), sum(n for _, n, _ in rest), name))
    longest = max((amount for amount, *_ in shown), default=Decimal(0)) or Decimal(1)
    return [
        Bar(name, count, _shown(Decimal(amount)), int(amount * WHOLE / longest))
        for amount, count, name in shown
    ]


def _payee(payment: Payment, lines: Sequence[Line], wording: Wording) -> Payee:
    own = [lines[index] for index in payment.awards]
    tax = wording.say("document.by_payroll") if payment.decision.by_payroll else ""
    return Payee(
        name=payment.payee,
        role=wording.joined(dict.fromkeys(line.role for line in own if line.role)),
        school=payment.school or "",
        gross=_shown(payment.gross),
        tax=tax if payment.tax is None else _shown(payment.tax),
        net="" if payment.net is None else _shown(payment.net),
        lines=own,
    )


def _line(award: Award, wording: Wording) -> Line:
    won = (
        str(award.year) if award.year is not None else None,
        award.competition,
        award.event,
        wording.term("level", award.level, award),
        wording.term("prize", award.prize, award),
    )
    is_due = award.status in ("paid", "pending_approval")
    return Line(
        who=award.payee or wording.say("explain.nobody"),
        role=wording.term("role", award.role, award) or "",
        school=award.school or "",
        what=" ".join(part for part in won if part),
        amount=explain.show(award) if is_due else "",
        why=explain.why(award, wording.outcome, wording.lang),
        clause=wording.clause(award),
        source=wording.source(award.place),
        status=award.status,
    )


def _on(status: str, lines: Iterable[Line], dossier: Dossier) -> list[Line]:
    """The lines with *status*; those at fault stand with those that are not paid."""
    wanted = (status, "problem") if status == "not_paid" else (status,)
    return [line for line in lines if line.status in wanted]


def _problems(dossier: Dossier, lang: Lang) -> list[Remark]:
    found = (*dossier.outcome.problems, *dossier.problems, *dossier.paid_already)
    return [
        Remark(
            say(f"severity.{each.severity}", lang),
            str(each.place),
            each.message(lang),
            each.hint(lang) or "",
            strong=each.severity == "error",
        )
        for each in dict.fromkeys(found)
        if each.severity != "info"
    ]


def _readings(dossier: Dossier, lang: Lang) -> list[Remark]:
    """Each reading taken: its clause, the question with the answer, why."""
    remarks = []
    for taken in dossier.outcome.readings:
        reading = taken.reading
        documents = (dossier.outcome.schedule, *dossier.outcome.schedule.earlier)
        document = next(each for each in documents if each.readings.get(taken.name) is reading)
        key = "document.switched" if taken.switched else "document.not_switched"
        said = say(
            "page.reading",
            lang,
            question=reading.question[lang],
            answer=reading.options[taken.option][lang],
        )
        clause = document.clauses[reading.clause].number
        told = reading.why[lang]
        remarks.append(Remark(say(key, lang), clause, said, told, strong=taken.switched))
    return remarks


def _rulings(dossier: Dossier, lang: Lang) -> list[Remark]:
    """Each ruling used: who ruled, the question with the answer, the rows that rest on it."""
    remarks = []
    for ruling in dossier.outcome.rulings:
        question, answer = explain.answers(ruling, dossier.outcome, lang)
        on = ruling.on.isoformat() if ruling.on else None
        rows = say("sentence.list", lang).join(explain.rests_on(ruling, dossier.outcome))
        by = " ".join(part for part in (ruling.by, on) if part)
        said = say("page.reading", lang, question=question, answer=answer)
        remarks.append(Remark(by, rows, said, ""))
    return remarks


def _shown(amount: Decimal) -> str:
    return money.show(money.fen(amount))
