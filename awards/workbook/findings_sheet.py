"""The results workbook: what each rule asks of whom, what counts, what is short, and why.

Every number leads back to its cell on the sheet of inputs, and to its clause. Amounts are values,
not formulas.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from pathlib import Path

from openpyxl import Workbook

from awards import accounts, closing, money
from awards.context import shown
from awards.figures import Figures
from awards.findings import Finding, Findings
from awards.problems import Problem
from awards.schedule import Schedule, Taken
from awards.words import Lang, say
from awards.workbook.basis import BASIS, add_clauses, add_document, add_readings
from awards.workbook.findings_pages import (
    add_inputs,
    add_money,
    add_problems,
    add_scores,
    add_untold,
)
from awards.workbook.page import Column, Page, Value
from awards.workbook.saving import save
from awards.workbook.wording import titled

SUMMARY = (
    Column("rule", 44),
    Column("met", 8, "center"),
    Column("not_met", 8, "center"),
    Column("undetermined", 10, "center"),
    Column("others", 8, "center"),
    Column("required", 18, "amount"),
    Column("counted", 18, "amount"),
    Column("shortfall", 18, "amount"),
)
RESULTS = (
    Column("number", 5, "center"),
    Column("whom", 20),
    Column("rule", 26),
    Column("students", 9, "amount"),
    Column("required", 15, "amount"),
    Column("counted", 15, "amount"),
    Column("not_counted", 14, "amount"),
    Column("per_student", 11, "amount"),
    Column("shortfall", 14, "amount"),
    Column("verdict", 22),
    Column("how", 30),
    Column("clause", 14),
)


@dataclass(frozen=True)
class Outcomes:
    """Several documents' findings in the words of *lang*, numbered through the workbook."""

    outcomes: tuple[Findings, ...]
    figures: Figures
    lang: Lang

    @cached_property
    def money(self) -> Sequence[tuple[int, Finding, Schedule]]:
        """The findings about yuan that say something, numbered, in order."""
        found = [
            (each, outcome.schedule)
            for outcome in self.outcomes
            for each in outcome.findings
            if closing.is_money(outcome.schedule, each.rule) and closing.is_told(each)
        ]
        return [(number, each, schedule) for number, (each, schedule) in enumerate(found, 1)]

    @cached_property
    def scores(self) -> Sequence[tuple[int, Finding, Schedule]]:
        """The other findings, numbered on."""
        found = [
            (each, outcome.schedule)
            for outcome in self.outcomes
            for each in outcome.findings
            if not closing.is_money(outcome.schedule, each.rule) and closing.is_told(each)
        ]
        first = len(self.money) + 1
        return [(number, each, schedule) for number, (each, schedule) in enumerate(found, first)]

    @property
    def problems(self) -> list[Problem]:
        """Everything wrong or doubtful, each once."""
        told = (each for outcome in self.outcomes for each in outcome.problems)
        return list(dict.fromkeys((*self.figures.problems, *told)))

    def say(self, key: str, **values: object) -> str:
        """The sentence *key*."""
        return say(key, self.lang, **values)


def write_findings(
    outcomes: Iterable[Findings], figures: Figures, path: Path | str, lang: Lang = "zh"
) -> None:
    """Write the results workbook of *outcomes*, one for each schedule, to *path*.

    Whole or not at all; OSError is raised where it cannot be written.
    """
    told = Outcomes(tuple(outcomes), figures, lang)
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = "awards"
    book.properties.title = say("sheet.findings", lang)
    if told.money:
        _add_summary(book, told)
        _add_results(book, told)
        add_money(book, told.money, lang)
    if told.scores:
        add_scores(book, told.scores, told.outcomes, lang)
    add_inputs(book, (*told.money, *told.scores), lang)
    add_problems(book, told.problems, lang)
    _add_basis(book, told)
    save(book, Path(path))


def _heading(page: Page, name: str, told: Outcomes, *, unit: bool = False) -> None:
    page.title(told.say(f"document.{name}"))
    titles = told.say("sentence.list").join(titled(o.schedule, told.lang) for o in told.outcomes)
    page.line(told.say("document.basis", titles=titles))
    if unit:
        page.line(told.say("document.unit"), right=True)


def _add_summary(book: Workbook, told: Outcomes) -> None:
    """Each rule over all its subjects; the strictest of several; the gaps and who closes them."""
    page = Page(book, "summary", SUMMARY, told.lang)
    _heading(page, "summary", told, unit=True)
    page.header()
    page.freeze()
    before = None
    for each in closing.totals(told.outcomes):
        if closing.is_money(each.schedule, each.rule):
            before = _document(page, each.schedule, before, told)
            page.row(_total(each, told.lang))
    _add_strictest(page, told)
    _add_gaps(page, told)
    page.signatures(told.say("document.signatures"))


def _document(page: Page, schedule: Schedule, before: str | None, told: Outcomes) -> str:
    """A line with the name of the document where another one begins; its id."""
    if len(told.outcomes) > 1 and schedule.id != before:
        page.row([titled(schedule, told.lang)], bold=True)
    return schedule.id


def _total(each: closing.RuleTotal, lang: Lang) -> list[Value]:
    """A rule with how many meet it, and its sums where an amount is known."""
    known = ("met", "not_met", "undetermined")
    others = sum(n for status, n in each.by_status.items() if status not in known)
    counts: list[Value] = [each.by_status.get(status, 0) for status in known]
    sums = (each.required, each.counted, each.shortfall) if each.known else (None,) * 3
    name = accounts.rule_title(each.rule, each.schedule, lang)
    return [name, *counts, others, *(yuan(each) for each in sums)]


def _add_strictest(page: Page, told: Outcomes) -> None:
    found = closing.strictest(told.outcomes)
    if not found:
        return
    schedules = {outcome.schedule.id: outcome.schedule for outcome in told.outcomes}
    page.blank()
    page.heading(told.say("fund.strictest"))
    for each in found:
        schedule = schedules[each.schedule]
        whom = accounts.subject(each, schedule, told.lang)
        needs = shown(closing.required(each))
        verdict = accounts.verdict(each, schedule, told.lang)
        values = {"whom": whom, "document": titled(schedule, told.lang), "rule": each.rule}
        page.line(told.say("fund.strictest_line", **values, required=needs, verdict=verdict))


def _add_gaps(page: Page, told: Outcomes) -> None:
    """What it costs to close each gap; the payers where the document names them."""
    schedules = {outcome.schedule.id: outcome.schedule for outcome in told.outcomes}
    found = closing.gaps(told.outcomes)
    if not found:
        return
    blank: list[Value] = [None] * (len(SUMMARY) - 2)
    page.blank()
    page.heading(told.say("fund.gaps"))
    payers: dict[str, Fraction] = {}
    for gap in found:
        schedule = schedules[gap.finding.schedule]
        whom = accounts.subject(gap.finding, schedule, told.lang)
        named = {accounts.word("payer", n, schedule, told.lang): p for n, p in gap.payers.items()}
        for payer, part in (named or {told.say("fund.payer_unstated"): gap.amount}).items():
            text = told.say("fund.gap_line", whom=whom, rule=gap.finding.rule, payer=payer)
            page.row([text, *blank, yuan(part)])
            payers[payer] = payers.get(payer, Fraction(0)) + part
    for payer, amount in payers.items():
        text = told.say("fund.payer_total", payer=payer)
        page.row([text, *blank, yuan(amount)], bold=True)
    whole = sum((gap.amount for gap in found), Fraction(0))
    page.row([told.say("document.total"), *blank, yuan(whole)], bold=True)


def _add_results(book: Workbook, told: Outcomes) -> None:
    """Every finding about yuan: schools × standards."""
    page = Page(book, "findings", RESULTS, told.lang)
    _heading(page, "findings", told, unit=True)
    page.header()
    page.freeze(across=2)
    before = None
    for number, each, schedule in told.money:
        before = _document(page, schedule, before, told)
        says = accounts.rule_title(each.rule, schedule, told.lang)
        names = ("required", "counted", "not_counted")
        values = [yuan(closing.shown_under(name, each)) for name in names]
        values += [
            _per_head(each.values.get("per_student")),
            yuan(closing.shown_under("shortfall", each)),
        ]
        page.row(
            [
                number,
                accounts.subject(each, schedule, told.lang),
                says,
                plain(each.values.get("students")),
                *values,
                accounts.verdict(each, schedule, told.lang),
                _how(each),
                each.clause,
            ]
        )
    page.filter()
    add_untold(page, told.outcomes, told.lang, is_money=True)


def _how(finding: Finding) -> str:
    """How what is asked for comes about, with what it comes to."""
    how = accounts.how(finding)
    return f"{how} = {shown(closing.asked(finding))}" if how else ""


def yuan(value: Fraction | None) -> Value:
    """An amount as it is printed: exact to the fen, else rounded half up."""
    return None if value is None else Decimal(money.digits(value, 2).replace(",", ""))


def _per_head(value: object) -> Value:
    """An amount a head: a number, but text where two decimals would make a whole of it."""
    text = accounts.per_head(value)
    if not isinstance(value, Fraction) or text == money.digits(value, 2):
        return yuan(value if isinstance(value, Fraction) else None)
    return text


def plain(value: object) -> Value:
    """A count as a number, one with a fraction as text."""
    if not isinstance(value, Fraction):
        return None
    return int(value) if value.denominator == 1 else shown(value)


def _add_basis(book: Workbook, told: Outcomes) -> None:
    """The documents, their clauses, the readings taken, and what nobody can compute."""
    page = Page(book, "basis", BASIS, told.lang)
    page.title(told.say("document.basis_title"))
    for outcome in told.outcomes:
        document = outcome.schedule
        add_document(page, document, told.lang)
        add_clauses(page, document, told.lang)
        taken = [
            Taken(name, option, option != document.readings[name].default, document.readings[name])
            for name, option in outcome.chosen.items()
            if closing.bears(outcome, name)
        ]
        add_readings(page, taken, document, told.lang)
        page.blank()
        if document.qualitative:
            page.heading(told.say("fund.not_computed"))
            for name, each in document.qualitative.items():
                page.row([document.clauses[each.clause].number, f"{name} {each.says[told.lang]}"])
        page.blank()
