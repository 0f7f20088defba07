"""Findings as tables on the terminal: schools × standards, a scorecard, gaps and who pays."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from awards.words import Lang, say

from . import output

if TYPE_CHECKING:
    from awards.findings import Finding, Findings
    from awards.schedule import Schedule

MONEY = ("subject", "rule", "required", "counted", "not_counted", "per_student", "shortfall")


def money(outcomes: "Sequence[Findings]", lang: Lang) -> None:
    """Subjects × rules: what is required, what counts, the gap; who pays; the readings."""
    from awards.closing import is_told

    for outcome in outcomes:
        title(outcome.schedule, lang)
        headings = [*MONEY, "verdict", "clause"]
        rows = [_money_row(outcome, each, lang) for each in outcome.findings if is_told(each)]
        output.table([say(f"heading.{name}", lang) for name in headings], rows)
        no_figures(outcome, lang)
    _print_totals(outcomes, lang)
    _print_strictest(outcomes, lang)
    _print_gaps(outcomes, lang)
    _ending(outcomes, lang)


def scores(outcomes: "Sequence[Findings]", lang: Lang) -> None:
    """The scorecard: what is there, what should be, by when, met or not; the readings."""
    from awards.closing import is_told

    headings = ("rule", "subject", "actual", "compare", "required", "due", "verdict", "clause")
    for outcome in outcomes:
        title(outcome.schedule, lang)
        rows = [
            row
            for each in outcome.findings
            if is_told(each)
            for row in _score_rows(outcome, each, lang)
        ]
        output.table([say(f"heading.{name}", lang) for name in headings], rows)
        no_figures(outcome, lang)
    _ending(outcomes, lang)


def _money_row(outcome: "Findings", finding: "Finding", lang: Lang) -> list[str]:
    from awards.accounts import per_head, rule_title, subject, verdict

    schedule = outcome.schedule
    cells = [
        per_head(finding.values.get(name)) or "" if name == "per_student" else under(name, finding)
        for name in MONEY[2:]
    ]
    says = rule_title(finding.rule, schedule, lang)
    told = verdict(finding, schedule, lang)
    return [subject(finding, schedule, lang), says, *cells, told, finding.clause]


def under(heading: str, finding: "Finding") -> str:
    """The value of *finding* under *heading*, as printed to the fen."""
    from awards.closing import shown_under

    return to_the_fen(shown_under(heading, finding))


def to_the_fen(value: Fraction | None) -> str:
    """An amount as printed; nothing where there is none."""
    return "" if value is None else printed(value)


def printed(value: Fraction) -> str:
    """*value* whole, or to the fen."""
    from awards import money as amounts

    return amounts.digits(value, 0 if value.denominator == 1 else 2)


def _score_rows(outcome: "Findings", finding: "Finding", lang: Lang) -> Iterator[list[str]]:
    """The lines of a finding, each with whom it is on, its last day and its clause."""
    from awards.accounts import scores, subject

    schedule = outcome.schedule
    whom = subject(finding, schedule, lang) if finding.subject else ""
    due = str(finding.due or "")
    for each in scores(finding, schedule, lang):
        sides = [each.actual, each.sign, each.required]
        yield [each.what, whom, *sides, due, each.verdict, finding.clause]


def title(document: "Schedule", lang: Lang) -> None:
    """The name of a document over its tables."""
    output.line()
    output.line(f"{document.title[lang]}  {document.number or document.id}")


def no_figures(outcome: "Findings", lang: Lang) -> None:
    """The rules for which nothing was given, each with what it would need."""
    from awards.accounts import column_name, rule_title
    from awards.closing import untold

    schedule = outcome.schedule
    rows = []
    for rule, names in untold(outcome).items():
        listed = (column_name(name, schedule, lang) for name in names)
        clause = schedule.clauses[schedule.rules[rule].clause].number
        missing = say("sentence.list", lang).join(listed)
        rows.append([rule_title(rule, schedule, lang), missing, clause])
    if rows:
        output.line()
        output.line(say("fund.no_figures_for", lang))
        output.table([say(f"heading.{name}", lang) for name in ("rule", "missing", "clause")], rows)


def _print_totals(outcomes: "Sequence[Findings]", lang: Lang) -> None:
    """Each rule over all its subjects."""
    from awards import money as amounts
    from awards.accounts import rule_title
    from awards.closing import totals

    rows = []
    for each in totals(outcomes):
        if not each.known:
            continue
        status = each.by_status
        others = sum(status.values()) - sum(
            status.get(name, 0) for name in ("met", "not_met", "undetermined")
        )
        counts = [status.get(name, 0) for name in ("met", "not_met", "undetermined")]
        sums = [amounts.digits(s, 2) for s in (each.required, each.counted, each.shortfall)]
        says = rule_title(each.rule, each.schedule, lang)
        rows.append([says, *map(str, (*counts, others)), *sums])
    if rows:
        output.line()
        output.line(say("fund.totals", lang))
        headings = ("rule", "met", "not_met", "open", "others", "required", "counted", "shortfall")
        output.table([say(f"heading.{name}", lang) for name in headings], rows)


def _print_strictest(outcomes: "Sequence[Findings]", lang: Lang) -> None:
    """Where several documents judge one subject: which asks for most."""
    from awards.accounts import subject, verdict
    from awards.closing import strictest

    schedules = {outcome.schedule.id: outcome.schedule for outcome in outcomes}
    rows = []
    for each in strictest(outcomes):
        schedule = schedules[each.schedule]
        told = verdict(each, schedule, lang)
        title = f"{schedule.title[lang]} {each.rule}"
        needs = under("required", each)
        rows.append([subject(each, schedule, lang), title, needs, told, each.clause])
    if rows:
        output.line()
        output.line(say("fund.strictest", lang))
        headings = ("subject", "schedule", "required", "verdict", "clause")
        output.table([say(f"heading.{name}", lang) for name in headings], rows)


def _print_gaps(outcomes: "Sequence[Findings]", lang: Lang) -> None:
    """What it costs to close each gap, and who pays, where the document says so."""
    from awards import money as amounts
    from awards.accounts import subject, word
    from awards.closing import gaps

    schedules = {outcome.schedule.id: outcome.schedule for outcome in outcomes}
    found = gaps(outcomes)
    if not found:
        return
    output.line()
    output.line(say("fund.gaps", lang))
    rows: list[list[str]] = []
    for gap in found:
        schedule = schedules[gap.finding.schedule]
        whom = subject(gap.finding, schedule, lang)
        payers = {
            word("payer", payer, schedule, lang): part for payer, part in gap.payers.items()
        } or {say("fund.payer_unstated", lang): gap.amount}
        rows += (
            [whom, gap.finding.rule, payer, amounts.digits(part, 2), gap.finding.clause]
            for payer, part in payers.items()
        )
    headings = ("subject", "rule", "payer", "amount", "clause")
    output.table([say(f"heading.{name}", lang) for name in headings], rows, money=3)
    whole = sum((gap.amount for gap in found), Fraction(0))
    output.line(say("fund.gap_total", lang, amount=amounts.digits(whole, 2)))


def readings(outcomes: "Sequence[Findings]", lang: Lang) -> None:
    """The readings that were taken where they bear on a finding."""
    from awards.closing import bears

    rows = [
        [name, reading.question[lang], f"{option}: {reading.options[option][lang]}"]
        for outcome in outcomes
        for name, option in outcome.chosen.items()
        if bears(outcome, name) and (reading := outcome.schedule.readings[name])
    ]
    if rows:
        output.line()
        output.line(say("cli.readings", lang))
        headings = ("reading", "question", "taken")
        output.table([say(f"heading.{name}", lang) for name in headings], rows)


def _ending(outcomes: "Sequence[Findings]", lang: Lang) -> None:
    """The readings that were taken, what nobody can compute, and how many findings there are."""
    from awards.closing import is_told

    readings(outcomes, lang)
    qualitative = [
        [name, each.says[lang], outcome.schedule.clauses[each.clause].number]
        for outcome in outcomes
        for name, each in outcome.schedule.qualitative.items()
    ]
    if qualitative:
        output.line()
        output.line(say("fund.not_computed", lang))
        headings = ("rule", "asks", "clause")
        output.table([say(f"heading.{name}", lang) for name in headings], qualitative)
    found = [each for outcome in outcomes for each in outcome.findings]
    statuses = [each.status for each in found if is_told(each)]
    counted = (
        f"{say(f'standing.{status}', lang)} {statuses.count(status)}"
        for status in dict.fromkeys(statuses)
    )
    listed = say("sentence.list", lang).join(counted)
    output.line()
    output.line(say("fund.summary", lang, count=len(statuses), statuses=listed))
    if len(statuses) < len(found):
        output.line(say("fund.untold", lang, count=len(found) - len(statuses)))
