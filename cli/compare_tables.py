"""A comparison as tables on the terminal: totals, causes, who gains and who loses, what is open."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from awards.words import Lang, say

from . import fund_tables, output
from .printed import print_readings

if TYPE_CHECKING:
    from decimal import Decimal

    from awards.award_pairs import AwardComparison, AwardPair, Change
    from awards.compare_report import WhatIf
    from awards.finding_pairs import FindingComparison


def tables(compared: "AwardComparison | FindingComparison", changed: "WhatIf", lang: Lang) -> None:
    """The two sides by name, then what differs between them."""
    from awards.award_pairs import AwardComparison
    from awards.reasons import called, changes

    one, other = compared.one.schedule, compared.other.schedule
    output.line(f"{say('compare.one', lang)}: {called(one, lang)}")
    output.line(f"{say('compare.other', lang)}: {called(other, lang)}")
    for each in changes(changed.settings, changed.readings, other, lang):
        output.line(f"  {each}")
    if isinstance(compared, AwardComparison):
        _print_awards(compared, lang)
    else:
        _print_findings(compared, lang)


def _headings(*names: str, lang: Lang) -> list[str]:
    return [say(f"heading.{name}", lang) for name in names]


def due(amount: "Decimal | None", lang: Lang) -> str:
    """An amount; a word where it is not known."""
    from awards import money

    return say("estimate.unknown", lang) if amount is None else money.show(money.fen(amount))


def signed(amount: "Decimal | None", lang: Lang) -> str:
    """A difference with its sign; a word where it is not known."""
    from awards import money

    if amount is None:
        return say("estimate.unknown", lang)
    return ("+" if amount > 0 else "") + money.show(money.fen(amount))


def _print_awards(compared: "AwardComparison", lang: Lang) -> None:
    from awards.reasons import called

    _print_total(compared, lang)
    _print_causes(compared, lang)
    if len(compared.schools) > 1:
        _print_schools(compared.schools, lang)
    _print_payees(compared, lang)
    _print_open(compared, lang)
    for outcome in (compared.one, compared.other)[_is_one_document(compared) :]:
        output.line()
        output.line(called(outcome.schedule, lang))
        print_readings(outcome, lang)


def _is_one_document(compared: "AwardComparison | FindingComparison") -> bool:
    """Whether both sides are of one document: then the readings of the second tell what differs."""
    return compared.one.schedule.id == compared.other.schedule.id


def _print_total(compared: "AwardComparison", lang: Lang) -> None:
    """What is due on both sides, and how many rows have each status."""
    total = compared.total
    rows = [
        [
            say("compare.due", lang),
            due(total.one, lang),
            due(total.other, lang),
            signed(compared.gain, lang),
        ]
    ]
    counts = [each.totals.by_status for each in (compared.one, compared.other)]
    for status in counts[0]:
        before, after = (each[status] for each in counts)
        if before or after:
            name = say("estimate.persons", lang, status=say(f"status.{status}", lang))
            rows.append([name, str(before), str(after), f"{after - before:+d}"])
    output.line()
    output.table(_headings("what", "one", "other", "difference", lang=lang), rows)
    if total.open:
        amount = signed(total.difference, lang)
        output.line(say("compare.known", lang, amount=amount, open=total.open))


def _print_causes(compared: "AwardComparison", lang: Lang) -> None:
    """The clauses that make the difference."""
    if not compared.causes:
        return
    output.line()
    output.line(say("compare.causes", lang))
    rows = [
        [each.one or "", each.other or "", str(each.rows), signed(each.difference, lang)]
        for each in compared.causes
    ]
    output.table(_headings("one_clause", "other_clause", "rows", "difference", lang=lang), rows)


def _print_schools(changes: "Sequence[Change]", lang: Lang) -> None:
    output.line()
    output.line(say("compare.schools", lang))
    rows = [
        [
            each.school or say("document.no_school", lang),
            due(each.one, lang),
            due(each.other, lang),
            signed(each.difference, lang),
            str(each.open or ""),
        ]
        for each in changes
    ]
    output.table(_headings("school", "one", "other", "difference", "open_rows", lang=lang), rows)


def _print_payees(compared: "AwardComparison", lang: Lang) -> None:
    """Who gains and who loses, the most first, with why; how many do neither."""
    from awards import reasons
    from awards.award_pairs import NOTHING

    for title, wanted in (("compare.gain", 1), ("compare.lose", -1)):
        found = [each for each in compared.payees if (each.difference or 0) * wanted > 0]
        found.sort(key=lambda each: -abs(each.difference or NOTHING))
        if not found:
            continue
        whole = sum((each.difference or NOTHING for each in found), start=NOTHING)
        output.line()
        output.line(say(title, lang, count=len(found), amount=signed(whole, lang)))
        rows = []
        for each in found:
            pairs = [compared.pairs[number] for number in each.pairs]
            why = dict.fromkeys(
                reasons.of_award(pair, compared, lang) for pair in pairs if pair.difference
            )
            amounts = [due(amount, lang) for amount in (each.one, each.other)]
            cells = [each.name, each.school or "", *amounts, signed(each.difference, lang)]
            rows.append([*cells, str(each.open or ""), say("sentence.join", lang).join(why)])
        names = ("name", "school", "one", "other", "difference", "open_rows", "why")
        output.table(_headings(*names, lang=lang), rows)
    same = sum(not each.difference and not each.open for each in compared.payees)
    output.line()
    output.line(say("compare.same", lang, count=same))


def _print_open(compared: "AwardComparison", lang: Lang) -> None:
    """The rows that a side does not know: in no difference, and not nought."""
    found = [pair for pair in compared.pairs if pair.is_open]
    if not found:
        return
    output.line()
    output.line(say("compare.open", lang, count=len(found)))
    rows = [
        [
            pair.either.payee or "",
            pair.either.school or "",
            pair.either.event or "",
            pair.either.place.address,
            *(_standing(pair, is_one, lang) for is_one in (True, False)),
        ]
        for pair in found
    ]
    names = ("name", "school", "event", "place", "one", "other")
    output.table(_headings(*names, lang=lang), rows)


def _standing(pair: "AwardPair", is_one: bool, lang: Lang) -> str:
    """What a row is on one side: its status, and what it comes to where that is known."""
    from awards import explain

    award = pair.one if is_one else pair.other
    if award is None:
        return say("compare.no_line", lang)
    status = say(f"status.{award.status}", lang)
    return f"{status} {explain.amount(award, lang)}".strip()


def _print_findings(compared: "FindingComparison", lang: Lang) -> None:
    """What is asked for and short on both sides, where they differ; how many do not."""
    from awards import reasons
    from awards.accounts import rule_title, subject
    from awards.closing import ASKS, first

    output.line()
    output.line(say("compare.findings", lang))
    rows = []
    for pair in compared.differing:
        whose = compared.other if pair.other else compared.one
        cells = [subject(pair.either, whose.schedule, lang)]
        cells.append(rule_title(pair.either.rule, whose.schedule, lang))
        for names in (ASKS, ("shortfall", "gap_to_target")):
            cells += [
                fund_tables.to_the_fen(first(e, names)) if e else "" for e in (pair.one, pair.other)
            ]
        for change in (pair.asked, pair.shortfall):
            sign = "+" if change and change > 0 else ""
            cells.append("" if change is None else f"{sign}{fund_tables.printed(change)}")
        rows.append([*cells, reasons.of_finding(pair, compared, lang)])
    names_ = ("subject", "rule", "one_asked", "other_asked", "one_short", "other_short")
    headings = _headings(*names_, "asked_more", "short_more", "why", lang=lang)
    output.table(headings, rows)
    output.line()
    same = len(compared.told) - len(rows)
    untold = len(compared.pairs) - len(compared.told)
    output.line(say("compare.same_findings", lang, count=same, untold=untold))
    fund_tables.readings((compared.one, compared.other)[_is_one_document(compared) :], lang)
