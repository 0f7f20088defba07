"""What ``awards pay`` prints: paid, not paid and why, open, the readings, the totals."""

from typing import TYPE_CHECKING

from awards.words import Lang, say

from . import output

if TYPE_CHECKING:
    from awards import Assessment, Award
    from awards.release import Release


def show(outcome: "Assessment", lang: Lang, stages: "Release") -> None:
    """The tables that a finance officer reads: paid, not paid and why, open, the readings."""
    document = outcome.schedule
    output.line(f"{document.title[lang]}  {document.number or document.id}")
    _print_payouts(outcome, lang)
    not_paid = [award for award in outcome.awards if award.status == "not_paid"]
    _print_others(outcome, not_paid, "cli.not_paid", lang)
    waiting = [award for award in outcome.awards if award.status == "needs_ruling"]
    _print_others(outcome, waiting, "cli.needs_ruling", lang)
    _print_how_to_rule(outcome, waiting, lang)
    faulty = [award for award in outcome.awards if award.status == "problem"]
    _print_others(outcome, faulty, "cli.faulty", lang)
    output.line()
    print_readings(outcome, lang)
    _print_rulings(outcome, lang)
    output.line()
    _print_totals(outcome, lang, stages)


def _print_payouts(outcome: "Assessment", lang: Lang) -> None:
    from awards import explain, money

    output.line()
    output.line(say("cli.paid", lang))
    headings = ("name", "role", "school", "event", "won", "amount", "why", "clause")
    rows = []
    for payout in outcome.payouts:
        for index in payout.awards:
            award = outcome.awards[index]
            why = explain.why(award, outcome, lang)
            what = (*_who(award, outcome, lang), *_what(award, outcome, lang))
            rows.append([*what, explain.show(award), why, award.clause or ""])
        if len(payout.awards) > 1:
            total = money.show(money.fen(payout.amount))
            text = say("cli.together", lang, count=len(payout.awards))
            rows.append([payout.payee, "", payout.school or "", text, "", total, "", ""])
    output.table([say(f"heading.{name}", lang) for name in headings], rows, money=5)


def _print_others(outcome: "Assessment", awards: list["Award"], title: str, lang: Lang) -> None:
    from awards import explain

    if not awards:
        return
    output.line()
    output.line(say(title, lang, count=len(awards)))
    headings = ("name", "role", "school", "event", "won", "place", "why", "clause")
    rows = [
        [
            *_who(award, outcome, lang),
            *_what(award, outcome, lang),
            award.place.address,
            explain.why(award, outcome, lang),
            award.clause or "",
        ]
        for award in awards
    ]
    output.table([say(f"heading.{name}", lang) for name in headings], rows)


def _print_how_to_rule(outcome: "Assessment", waiting: list["Award"], lang: Lang) -> None:
    """For each question that waits, what to type, with its first row and answer."""
    from awards import explain

    asked: dict[str, Award] = {}
    for award in waiting:
        if award.question:
            asked.setdefault(award.question, award)
    if asked:
        output.line(say("cli.how_to_rule", lang))
    for question, award in asked.items():
        step = explain.document_of(award, outcome).ruling(question)
        answer = next(iter(step.options), None) if step else None
        example = f"{question}={answer or say('cli.amount', lang)}@{award.place.address}"
        output.line(f"  --ruling {example}")


def _print_rulings(outcome: "Assessment", lang: Lang) -> None:
    """The rulings that awards rest on: question, answer, by whom and when, the rows."""
    from awards import explain

    if not outcome.rulings:
        return
    output.line()
    output.line(say("cli.rulings", lang))
    rows = [
        [
            *explain.answers(ruling, outcome, lang),
            ruling.by or "",
            ruling.on.isoformat() if ruling.on else "",
            say("sentence.list", lang).join(explain.rests_on(ruling, outcome)),
        ]
        for ruling in outcome.rulings
    ]
    names = ("question", "answer", "by", "on", "rests_on")
    output.table([say(f"heading.{name}", lang) for name in names], rows)


def print_readings(outcome: "Assessment", lang: Lang) -> None:
    """The readings that an outcome rests on, each with the option taken."""
    if not outcome.readings:
        return
    output.line(say("cli.readings", lang))
    rows = [
        [
            taken.name,
            taken.reading.question[lang],
            f"{taken.option}: {taken.reading.options[taken.option][lang]}"
            + (say("cli.switched", lang) if taken.switched else ""),
        ]
        for taken in outcome.readings
    ]
    output.table([say(f"heading.{name}", lang) for name in ("reading", "question", "taken")], rows)


def _print_totals(outcome: "Assessment", lang: Lang, stages: "Release") -> None:
    from awards import money

    totals = outcome.totals
    counts = say("sentence.list", lang).join(
        say("cli.count", lang, status=say(f"status.{status}", lang), count=count)
        for status, count in totals.by_status.items()
        if count
    )
    paid = money.show(money.fen(totals.paid))
    values = {"rows": totals.rows, "counts": counts, "paid": paid}
    output.line(say("cli.totals", lang, payees=len(outcome.payouts), **values))
    if given := stages.approval:
        output.line(say("document.approved", lang, number=given.number, on=given.on))
    elif outcome.schedule.approval:
        output.line(say("explain.approval", lang, by=outcome.schedule.approval.by[lang]))


def _who(award: "Award", outcome: "Assessment", lang: Lang) -> tuple[str, str, str]:
    from awards import explain

    terms = explain.document_of(award, outcome).terms
    role = terms.name("role", award.role, lang) if award.role else ""
    return award.payee or "", role, award.school or ""


def _what(award: "Award", outcome: "Assessment", lang: Lang) -> tuple[str, str]:
    from awards import explain

    terms = explain.document_of(award, outcome).terms
    won = (
        terms.name("level", award.level or "", lang),
        terms.name("prize", award.prize or "", lang),
    )
    return award.event or "", " ".join(won).strip()
