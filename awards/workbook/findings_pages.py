"""The further sheets of a results workbook: the scorecard, each amount of money, each input."""

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from awards import accounts, closing
from awards.findings import Finding, Findings
from awards.problems import Place, Problem
from awards.records import Unread
from awards.schedule import Schedule
from awards.vocabulary import vocabulary
from awards.words import Lang, say
from awards.workbook.page import Column, Page, Value
from awards.workbook.remainder import PROBLEMS

if TYPE_CHECKING:
    from openpyxl import Workbook

Numbered = Sequence[tuple[int, Finding, Schedule]]

MONEY = (
    Column("finding", 8, "center"),
    Column("whom", 26),
    Column("rule", 14),
    Column("fund_source", 30),
    Column("amount", 18, "amount"),
    Column("counts", 12, "center"),
    Column("clause", 22),
    Column("source", 26),
)
SCORES = (
    Column("number", 6, "center"),
    Column("rule", 50),
    Column("whom", 18),
    Column("actual", 14, "center"),
    Column("compare", 6, "center"),
    Column("required", 14, "center"),
    Column("due", 12, "center"),
    Column("verdict", 40),
    Column("clause", 18),
)
INPUTS = (
    Column("finding", 8, "center"),
    Column("whom", 30),
    Column("rule", 16),
    Column("input", 34),
    Column("value", 24),
    Column("source", 36),
)


def add_money(book: "Workbook", found: Numbered, lang: Lang) -> None:
    """Each amount under each finding: whether it counts, and if a clause forbids it, which."""
    page = Page(book, "money", MONEY, lang)
    page.title(say("document.money", lang))
    page.line(say("document.unit", lang), right=True)
    page.header()
    page.freeze(across=2)
    rows = 0
    for number, finding, schedule in found:
        for each in finding.money:
            key = {True: "fund.counts", False: "fund.counts_not", None: "fund.counts_unknown"}
            amount: Value = say("fund.unknown", lang)
            if each.amount is not None:
                amount = Decimal(each.amount.numerator) / Decimal(each.amount.denominator)
            page.row(
                [
                    number,
                    accounts.subject(finding, schedule, lang),
                    finding.rule,
                    vocabulary().shown("source", each.source or "?", lang),
                    amount,
                    say(key[each.counts], lang),
                    each.clause or finding.clause,
                    cell(each.place),
                ]
            )
            rows += 1
    page.filter()
    if not rows:
        page.row([say("document.none", lang)])


def add_untold(page: Page, outcomes: Sequence[Findings], lang: Lang, *, is_money: bool) -> None:
    """The rules for which nothing was given, each with what it would need, below a table."""
    lines = []
    for outcome in outcomes:
        schedule = outcome.schedule
        for rule, names in closing.untold(outcome).items():
            if closing.is_money(schedule, rule) == is_money:
                listed = (accounts.column_name(name, schedule, lang) for name in names)
                missing = say("fund.missing", lang, names=say("sentence.list", lang).join(listed))
                clause = schedule.clauses[schedule.rules[rule].clause].number
                title = accounts.rule_title(rule, schedule, lang)
                lines.append(f"{title}〔{clause}〕{missing}")
    if lines:
        page.blank()
        page.heading(say("fund.no_figures_for", lang))
        for line in lines:
            page.line(line)


def add_scores(book: "Workbook", found: Numbered, outcomes: Sequence[Findings], lang: Lang) -> None:
    """The scorecard: ratios, counts and deadlines; a line for each comparison."""
    page = Page(book, "scores", SCORES, lang)
    page.title(say("document.scores", lang))
    page.header()
    page.freeze(across=2)
    for number, finding, schedule in found:
        whom = accounts.subject(finding, schedule, lang) if finding.subject else ""
        due = finding.due.isoformat() if finding.due else ""
        for each in accounts.scores(finding, schedule, lang):
            sides = [each.actual, each.sign, each.required]
            page.row([number, each.what, whom, *sides, due, each.verdict, finding.clause])
    page.filter()
    add_untold(page, outcomes, lang, is_money=False)
    page.signatures(say("document.signatures", lang))


def add_inputs(book: "Workbook", found: Numbered, lang: Lang) -> None:
    """The cells that each finding rests on, with what was read there."""
    page = Page(book, "inputs", INPUTS, lang)
    page.title(say("document.inputs", lang))
    page.header()
    page.freeze(across=2)
    rows = 0
    for number, finding, schedule in found:
        for each in finding.inputs:
            if isinstance(each.value, Unread) or each.column not in finding.subject:
                page.row(
                    [
                        number,
                        accounts.subject(finding, schedule, lang),
                        finding.rule,
                        accounts.column_name(each.column, schedule, lang),
                        accounts.input_text(each, schedule, lang),
                        cell(each.place),
                    ]
                )
                rows += 1
    page.filter()
    if not rows:
        page.row([say("document.none", lang)])


def add_problems(book: "Workbook", problems: Sequence[Problem], lang: Lang) -> None:
    """Everything that is wrong or doubtful in the figures, with its cell and what to do."""
    page = Page(book, "problems", PROBLEMS, lang)
    page.title(say("document.figure_problems", lang))
    page.header()
    page.freeze()
    found = [each for each in problems if each.severity != "info"]
    for number, each in enumerate(found, 1):
        sheet = "!".join(part for part in (each.place.file, each.place.sheet) if part)
        severity = say(f"severity.{each.severity}", lang)
        at = each.place.cell or ""
        page.row([number, severity, sheet, at, each.message(lang), each.hint(lang)])
    page.filter()
    if not found:
        page.row([say("document.none", lang)])


def cell(place: Place) -> str:
    """A cell as ``file!sheet!D5``, as far as each is known."""
    return "!".join(part for part in (place.file, place.sheet, place.cell) if part)
