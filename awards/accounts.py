"""A finding in words: what is asked, each amount of money, the gap, the verdict, the clause."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from awards import money
from awards.closing import ASKS
from awards.context import ending, shown
from awards.findings import Checked, Finding, Findings, Input
from awards.records import Unread
from awards.schedule import Schedule
from awards.vocabulary import vocabulary
from awards.words import Lang, knows, say

AMOUNTS = ("required", "target", "ceiling", "counted", "not_counted", "per_student")
"""Values in the order in which an account gives them; the others follow."""
GAPS = ("shortfall", "surplus", "gap_to_target")
ADDED = ("amount", "students", "source")
"""Columns of which a subject has several rows, to be added up."""
HIDDEN = ("ratio", "would_meet")
"""Values that go without saying beside the others."""


@dataclass(frozen=True, slots=True)
class Score:
    """One line of a scorecard, as printed."""

    what: str
    actual: str
    sign: str
    required: str
    verdict: str


def account(finding: Finding, outcome: Findings, lang: Lang = "zh") -> list[str]:
    """The account of one finding, a line for each thing there is to say.

    Amounts are exact: yuan, or the unit of the rule.
    """
    schedule = outcome.schedule
    rule = schedule.rules[finding.rule]
    title = rule_title(finding.rule, schedule, lang)
    lines = [f"{subject(finding, schedule, lang)}  {title}"]
    lines += _values(finding, schedule, lang)
    lines += _money(finding, lang)
    for check in finding.checks:
        if check.name or "required" not in finding.values:
            lines.append(f"  {comparison(check, schedule, lang)}")
    for payer, amount in finding.paid_by.items():
        values = {"payer": word("payer", payer, schedule, lang), "amount": shown(amount)}
        lines.append(f"  {say('fund.pays', lang, **values)}")
    lines += (f"  {each}" for each in _from(finding, schedule, lang))
    lines.append(f"  {verdict(finding, schedule, lang, due=True)}")
    for clause in dict.fromkeys((rule.clause, *rule.rests_on)):
        stated = schedule.clauses[clause]
        text = say("explain.clause", lang, number=stated.number, says=stated.says[lang])
        lines.append(f"  {text}")
    return lines


def _values(finding: Finding, schedule: Schedule, lang: Lang) -> Iterator[str]:
    first = [name for name in (*AMOUNTS, *GAPS) if name in finding.values]
    others = [n for n in finding.values if n not in (*AMOUNTS, *GAPS, *HIDDEN)]
    for name in (*others, *first):
        value, how = finding.values[name], finding.said.get(name)
        text = plain(value, lang)
        if how and how != text:
            text = f"{how} = {text}"
        yield f"  {value_name(name, schedule, lang)}: {text}"


def _money(finding: Finding, lang: Lang) -> Iterator[str]:
    """Each amount with whether it counts, the clause that forbids it, and its cell."""
    for each in finding.money:
        key = {True: "fund.counts", False: "fund.counts_not", None: "fund.counts_unknown"}
        why = f"〔{each.clause}〕" if each.clause else ""
        source = vocabulary().shown("source", each.source or "?", lang)
        yield f"  {source} {shown(each.amount)} {say(key[each.counts], lang)}{why} {each.place}"


def _from(finding: Finding, schedule: Schedule, lang: Lang) -> Iterator[str]:
    """The cells with numbers that the finding rests on, besides those of the money."""
    for each in finding.inputs:
        is_number = isinstance(each.value, Unread) or not isinstance(each.value, str | bool)
        if is_number and each.column not in ("amount", *finding.subject) and str(each.place):
            name = column_name(each.column, schedule, lang)
            yield f"{name} {input_text(each, schedule, lang)} {each.place}"


def verdict(finding: Finding, schedule: Schedule, lang: Lang, *, due: bool = False) -> str:
    """Met, not met, or why there is no verdict, with what is missing; its last day if *due*."""
    text = say(f"standing.{finding.status}", lang)
    told = [*_failing(finding, schedule, lang), *_computed(finding, schedule, lang)]
    if told:
        text = say("fund.told", lang, verdict=text, told=say("sentence.join", lang).join(told))
    if finding.status in ("draft", "not_yet_binding") and "would_meet" in finding.values:
        met = finding.values["would_meet"]
        key = "fund.would_meet" if met else "fund.would_not_meet"
        text += say(key, lang) if met is not None else ""
    if finding.due and due:
        text += say("fund.due", lang, day=finding.due)
    if finding.missing:
        names = (_lacking(name, finding, schedule, lang) for name in finding.missing)
        text += say("fund.missing", lang, names=say("sentence.list", lang).join(names))
        unread = dict.fromkeys(
            each.place.cell_of for each in finding.inputs if isinstance(each.value, Unread)
        )
        if unread:
            cells = say("sentence.list", lang).join(each for each in unread if each)
            text += say("fund.unread_cells", lang, cells=cells)
    return text


def _failing(finding: Finding, schedule: Schedule, lang: Lang) -> Iterator[str]:
    """The comparisons beside the main one that fail, each with its clause."""
    if finding.met is False:
        for check in finding.checks:
            if check.name and check.met is False:
                yield f"{comparison(check, schedule, lang)}〔{check.clause}〕"


def _computed(finding: Finding, schedule: Schedule, lang: Lang) -> Iterator[str]:
    """What a rule without a comparison comes to, and who pays how much of it."""
    if finding.status == "computed":
        for name, value in finding.values.items():
            if name not in HIDDEN:
                yield f"{value_name(name, schedule, lang)} {plain(value, lang)}"
        for payer, amount in finding.paid_by.items():
            values = {"payer": word("payer", payer, schedule, lang), "amount": shown(amount)}
            yield say("fund.pays", lang, **values)


def _lacking(name: str, finding: Finding, schedule: Schedule, lang: Lang) -> str:
    """What is missing by its name; a column in which the rows differ is there, but not as one."""
    text = column_name(name, schedule, lang)
    stated = {each.value for each in finding.inputs if each.column == name}
    several = len({each for each in stated if not isinstance(each, Unread)}) > 1
    return say("fund.differs", lang, name=text) if several and name not in ADDED else text


def comparison(check: Checked, schedule: Schedule, lang: Lang) -> str:
    """One comparison as a sentence."""
    name = value_name(check.name, schedule, lang) if check.name else say("fund.actual", lang)
    actual, required = sides(check)
    return say(f"compare.{check.compare}", lang, name=name, actual=actual, required=required)


def sides(check: Checked) -> tuple[str, str]:
    """What is there and what should be, as printed: days as days."""
    if not check.of_days:
        return shown(check.actual), shown(check.required)
    actual, required = (
        shown(None) if side is None else date.fromordinal(int(side)).isoformat()
        for side in (check.actual, check.required)
    )
    return actual, required


def scores(finding: Finding, schedule: Schedule, lang: Lang) -> Iterator[Score]:
    """The lines of a finding on a scorecard: one a comparison, else one a value."""
    title = rule_title(finding.rule, schedule, lang)
    several = len(finding.checks) > 1
    whole = verdict(finding, schedule, lang)
    for check in finding.checks:
        name = f" / {value_name(check.name, schedule, lang)}" if check.name else ""
        actual, required = sides(check)
        sign = say(f"sign.{check.compare}", lang)
        told = whole
        if several and finding.met is not None and check.met is not None:
            told = say("standing.met" if check.met else "standing.not_met", lang)
        yield Score(f"{title}{name}", actual, sign, required, told)
    if not finding.checks:
        listed = [(n, v) for n, v in finding.values.items() if n not in HIDDEN]
        for value, number in listed:
            name = f"{title} / {value_name(value, schedule, lang)}"
            yield Score(name, plain(number, lang), "", "", whole)
        if not listed:
            yield Score(title, "", "", "", whole)


def rule_title(name: str, schedule: Schedule, lang: Lang) -> str:
    """A rule by its name and what it asks; a second wording of another says so."""
    rule = schedule.rules[name]
    again = say("fund.restates", lang, rule=rule.restates) if rule.restates else ""
    return f"{name} {rule.says[lang]}{again}"


def how(finding: Finding) -> str:
    """How what is asked for comes about, in figures; empty where there is nothing to add.

    It is that of the value that ``closing.asked`` gives: ``6,000 × 450``.
    """
    name = next((n for n in ASKS if isinstance(finding.values.get(n), Fraction)), None)
    said = finding.said.get("required" if name == "target" else name or "", "")
    return "" if name is None or said == shown(finding.values[name]) else said


def subject(finding: Finding, schedule: Schedule, lang: Lang = "zh") -> str:
    """The school, place or enterprise with its year, as one name."""
    parts = [
        word(column, value, schedule, lang)
        for column, value in finding.subject.items()
        if value is not None
    ]
    return " ".join(parts) or say("fund.everything", lang)


def value_name(name: str, schedule: Schedule, lang: Lang) -> str:
    """The name in print of a value or a column."""
    if knows(f"value.{name}"):
        return say(f"value.{name}", lang)
    return schedule.vocabulary.name(name, lang)


def column_name(name: str, schedule: Schedule, lang: Lang) -> str:
    """The name in print of a column of figures, or of a value that would be needed."""
    words = schedule.vocabulary
    return words.name(name, lang) if name in words.columns else value_name(name, schedule, lang)


def word(column: str, value: object, schedule: Schedule, lang: Lang) -> str:
    """A word of *column* as printed."""
    if column == "payer" and knows(f"payer.{value}"):
        return say(f"payer.{value}", lang)
    return schedule.vocabulary.shown(column, value, lang)


def input_text(each: Input, schedule: Schedule, lang: Lang) -> str:
    """The value of a cell as printed; one that could not be read says so."""
    if isinstance(each.value, Unread):
        return say("fund.unread", lang, found=str(each.value) or "-")
    return (
        plain(each.value, lang)
        if not isinstance(each.value, str)
        else word(each.column, each.value, schedule, lang)
    )


def per_head(value: Any) -> str | None:
    """An amount a head as printed: with so many decimals that it is not whole unless it is.

    >>> per_head(Fraction(7199999, 900)), per_head(Fraction(62000, 9)), per_head(Fraction(8004))
    ('7,999.9989', '6,888.89', '8,004.00')
    """
    if not isinstance(value, Fraction):
        return None
    texts = [money.digits(value, places) for places in (2, 4, 6)]
    is_whole = value.denominator == 1
    return next((text for text in texts if is_whole or int(text.partition(".")[2])), texts[-1])


def plain(value: Any, lang: Lang) -> str:
    """A number, a day, yes or no as printed."""
    if isinstance(value, bool):
        return say("sentence.yes" if value else "sentence.no", lang)
    if isinstance(value, int | Fraction):
        return shown(Fraction(value))
    return str(value)


def exact(value: Any) -> Any:
    """*value* for data: a fraction as exact text, anything else as it is.

    >>> exact(Fraction(8000)), exact(Fraction("0.125")), exact(Fraction(62000, 9)), exact(True)
    ('8000', '0.125', '62000/9', True)
    """
    if isinstance(value, bool) or not isinstance(value, Fraction):
        return value
    digits = ending(value)
    if digits is None:
        return f"{value.numerator}/{value.denominator}"
    return money.digits(value, digits).replace(",", "")
