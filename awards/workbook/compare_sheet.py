"""The workbook of a comparison: what each side comes to, who gains and loses, and why.

Every row of both sides is in it; what a side does not know says so and is never nought.
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from openpyxl import Workbook

from awards import accounts, closing, explain, reasons
from awards.award_pairs import NOTHING, AwardComparison, AwardPair, Cause, Change
from awards.compare_report import UNCHANGED, WhatIf
from awards.finding_pairs import FindingComparison, FindingPair
from awards.findings import Finding
from awards.payouts import Award
from awards.problems import Problem
from awards.schedule import Schedule, Taken
from awards.words import Lang, say
from awards.workbook.basis import BASIS, add_clauses, add_document, add_readings
from awards.workbook.findings_pages import add_problems, cell
from awards.workbook.findings_sheet import yuan
from awards.workbook.page import Column, Page, Value
from awards.workbook.saving import save
from awards.workbook.wording import titled

SUMMARY = (
    Column("what", 46),
    *(Column(name, 16, "amount") for name in ("one", "other", "difference")),
    Column("open_rows", 10, "center"),
)
PAYEES = (
    *(Column("payee", 12), Column("school", 24)),
    *(Column(name, 14, "amount") for name in ("one", "other", "difference")),
    *(Column("open_rows", 10, "center"), Column("why", 70)),
)
ROWS = (
    *(Column("source", 24), Column("payee", 10), Column("role", 9, "center")),
    *(Column("event", 14), Column("won", 14)),
    *(Column("one_status", 13, "center"), Column("one", 12, "amount")),
    *(Column("other_status", 13, "center"), Column("other", 12, "amount")),
    *(Column("difference", 12, "amount"), Column("why", 56)),
)
FINDINGS = (
    *(Column("whom", 20), Column("rule", 34)),
    *(Column("one_verdict", 16), Column("one_asked", 15, "amount")),
    *(Column("one_short", 14, "amount"), Column("other_verdict", 16)),
    *(Column(name, 15, "amount") for name in ("other_asked", "other_short")),
    *(Column(name, 14, "amount") for name in ("asked_more", "short_more")),
    Column("why", 50),
)
SHORT = ("shortfall", "gap_to_target")


def write_comparison(
    compared: AwardComparison | FindingComparison,
    path: Path | str,
    changed: WhatIf = UNCHANGED,
    problems: Sequence[Problem] = (),
    lang: Lang = "zh",
) -> None:
    """Write the workbook of *compared* to *path*, with what was *changed* for the other side.

    Whole or not at all; OSError is raised where it cannot be written.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = "awards"
    book.properties.title = say("sheet.comparison", lang)
    if isinstance(compared, AwardComparison):
        _add_summary(book, compared, changed, lang)
        _add_payees(book, compared, changed, lang)
        _add_rows(book, compared, changed, lang)
    else:
        _add_findings(book, compared, changed, lang)
    add_problems(book, problems, lang)
    _add_basis(book, compared, lang)
    save(book, Path(path))


def _heading(
    page: Page,
    name: str,
    compared: AwardComparison | FindingComparison,
    changed: WhatIf,
    lang: Lang,
) -> None:
    """The title, the two sides, what was changed, the unit."""
    page.title(say(f"document.{name}", lang))
    for side, outcome in (("one", compared.one), ("other", compared.other)):
        page.line(f"{say(f'compare.{side}', lang)}: {titled(outcome.schedule, lang)}")
    other = compared.other.schedule
    for sentence in reasons.changes(changed.settings, changed.readings, other, lang):
        page.line(sentence, bold=True)
    page.line(say("document.unit", lang), right=True)


def _add_summary(book: Workbook, compared: AwardComparison, changed: WhatIf, lang: Lang) -> None:
    """What is due on both sides, the rows by status, the clauses that matter, the schools."""
    page = Page(book, "comparison", SUMMARY, lang)
    _heading(page, "comparison", compared, changed, lang)
    page.header()
    page.freeze(across=1)
    total = compared.total
    amounts = [_known(total.one, lang), _known(total.other, lang), compared.gain]
    page.row([say("compare.due", lang), *amounts, total.open or None], bold=True)
    page.row([say("compare.settled", lang), None, None, _known(total.difference, lang), None])
    counts = [each.totals.by_status for each in (compared.one, compared.other)]
    for status in counts[0]:
        before, after = (each[status] for each in counts)
        if before or after:
            name = say("estimate.persons", lang, status=say(f"status.{status}", lang))
            page.row([name, before, after, after - before, None])
    page.blank()
    page.heading(say("compare.causes", lang))
    names = ("clauses", "rows_of", "difference")
    texts = [say(f"column.{name}", lang) for name in names]
    page.header([*texts[:2], "", texts[2], ""])
    for cause in compared.causes:
        page.row([_clauses(cause, lang), cause.rows, None, cause.difference, None])
    if not compared.causes:
        page.row([say("document.none", lang)])
    page.blank()
    page.heading(say("compare.schools", lang))
    page.header(say(f"column.{each.name}", lang) for each in SUMMARY)
    for each in compared.schools:
        name = each.school or say("document.no_school", lang)
        page.row([name, *_amounts(each, lang)])
    page.signatures(say("document.signatures", lang))


def _clauses(cause: Cause, lang: Lang) -> str:
    """The clauses of both sides; one where it is the same."""
    one, other = (each or "-" for each in (cause.one, cause.other))
    return one if one == other else say("compare.why", lang, one=one, other=other)


def _known(amount: Decimal | None, lang: Lang) -> Value:
    return say("estimate.unknown", lang) if amount is None else amount


def _amounts(change: Change, lang: Lang) -> list[Value]:
    amounts = (change.one, change.other, change.difference)
    return [*(_known(each, lang) for each in amounts), change.open or None]


def _add_payees(book: Workbook, compared: AwardComparison, changed: WhatIf, lang: Lang) -> None:
    """Every payee, those who gain or lose most first, with why."""
    page = Page(book, "compared_payees", PAYEES, lang)
    _heading(page, "compared_payees", compared, changed, lang)
    page.header()
    page.freeze(across=1)
    for each in sorted(compared.payees, key=lambda change: -abs(change.difference or NOTHING)):
        pairs = (compared.pairs[number] for number in each.pairs)
        why = dict.fromkeys(
            reasons.of_award(pair, compared, lang) for pair in pairs if pair.differs
        )
        text = say("sentence.join", lang).join(why)
        page.row([each.name, each.school, *_amounts(each, lang), text])
    page.filter()


def _add_rows(book: Workbook, compared: AwardComparison, changed: WhatIf, lang: Lang) -> None:
    """Every award of both sides."""
    page = Page(book, "compared_rows", ROWS, lang)
    _heading(page, "compared_rows", compared, changed, lang)
    page.header()
    page.freeze(across=2)
    terms = compared.other.schedule.terms
    for pair in compared.pairs:
        award = pair.either
        won = (
            terms.name("level", award.level or "", lang),
            terms.name("prize", award.prize or "", lang),
        )
        cells: list[Value] = [cell(award.place), award.payee]
        cells += [terms.name("role", award.role or "", lang), award.event, " ".join(won).strip()]
        for side in (pair.one, pair.other):
            cells += _side(side, lang)
        page.row([*cells, *_difference(pair, lang), reasons.of_award(pair, compared, lang)])
    page.filter()


def _side(award: Award | None, lang: Lang) -> list[Value]:
    """The status of a row on one side, and what it comes to."""
    if award is None:
        return [say("compare.no_line", lang), None]
    status = say(f"status.{award.status}", lang)
    if award.amount is None:
        return [status, say("estimate.unknown", lang)]
    return [status, award.amount if award.unit == "yuan" else explain.amount(award, lang)]


def _difference(pair: AwardPair, lang: Lang) -> list[Value]:
    if pair.difference is None:
        return [say("estimate.unknown", lang)]
    if pair.unit == "yuan":
        return [pair.difference]
    return [f"{pair.difference.normalize():f} {explain.unit(pair.unit, lang)}"]


def _add_findings(book: Workbook, compared: FindingComparison, changed: WhatIf, lang: Lang) -> None:
    """Every finding of either side that there is something to say of; those that differ first."""
    page = Page(book, "compared_findings", FINDINGS, lang)
    _heading(page, "compared_findings", compared, changed, lang)
    page.header()
    page.freeze(across=2)
    for pair in sorted(compared.told, key=lambda each: not each.differs):
        whose = (compared.other if pair.other else compared.one).schedule
        cells: list[Value] = [accounts.subject(pair.either, whose, lang)]
        cells.append(accounts.rule_title(pair.either.rule, whose, lang))
        for finding, outcome in ((pair.one, compared.one), (pair.other, compared.other)):
            cells += _verdict(finding, outcome.schedule, lang)
        cells += [yuan(pair.asked), yuan(pair.shortfall)]
        page.row([*cells, _why(pair, compared, lang)])
    page.filter()
    untold = len(compared.pairs) - len(compared.told)
    page.line(say("compare.untold", lang, count=untold))
    page.signatures(say("document.signatures", lang))


def _why(pair: FindingPair, compared: FindingComparison, lang: Lang) -> str:
    return reasons.of_finding(pair, compared, lang) if pair.differs else say("compare.alike", lang)


def _verdict(finding: Finding | None, schedule: Schedule, lang: Lang) -> list[Value]:
    """The verdict of one side, what is asked for and what is short."""
    if finding is None:
        return [say("compare.no_rule", lang), None, None]
    short: Fraction | None = closing.first(finding, SHORT)
    return [accounts.verdict(finding, schedule, lang), yuan(closing.asked(finding)), yuan(short)]


def _add_basis(book: Workbook, compared: AwardComparison | FindingComparison, lang: Lang) -> None:
    """The documents of both sides with their clauses and the readings taken on each."""
    page = Page(book, "basis", BASIS, lang)
    page.title(say("document.basis_title", lang))
    sides = (("one", compared.one), ("other", compared.other))
    for name, outcome in sides:
        schedule = outcome.schedule
        page.heading(say(f"compare.{name}", lang))
        for document in (*schedule.earlier, schedule):
            add_document(page, document, lang)
            add_clauses(page, document, lang)
            add_readings(page, _taken(compared, name == "one", document), document, lang)
        page.blank()


def _taken(
    compared: AwardComparison | FindingComparison, is_one: bool, document: Schedule
) -> list[Taken]:
    """The readings of *document* that one side rests on."""
    if isinstance(compared, AwardComparison):
        side = compared.one if is_one else compared.other
        known = document.readings
        return [each for each in side.readings if known.get(each.name) is each.reading]
    found = compared.one if is_one else compared.other
    return [
        Taken(name, option, option != reading.default, reading)
        for name, option in found.chosen.items()
        if closing.bears(found, name) and (reading := document.readings.get(name))
    ]
