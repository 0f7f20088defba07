"""An estimate as tables on the terminal, one scenario beside another."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from awards.words import Lang, say

from . import fund_tables, output
from .printed import print_readings

if TYPE_CHECKING:
    from awards.estimates import Estimate
    from awards.planned import AwardRow, Expected, PlannedAwards, PlannedFunds
    from awards.schedule import Schedule


def tables(made: "Estimate", lang: Lang) -> None:
    """What is assumed; for each schedule its awards and its funding; the readings."""
    from awards.estimate_report import assumed, documents

    for sentence in assumed(made, lang):
        output.line(sentence)
    for schedule in documents(made):
        fund_tables.title(schedule, lang)
        awards = [each for each in made.awards if each.schedule is schedule]
        if awards:
            _print_awards(awards, schedule, lang)
        funds = [each for each in made.funds if each.schedule is schedule]
        if any(one.is_told for each in funds for one in each.expected):
            _print_funds(funds, schedule, lang)


def called(scenario: str | None, text: str) -> str:
    """*text* under the name of *scenario*, where it has one."""
    return f"{scenario} {text}" if scenario else text


def _print_awards(awards: "Sequence[PlannedAwards]", schedule: "Schedule", lang: Lang) -> None:
    """Level × prize × role: each, how many and how much in each scenario; what stays open."""
    from awards import money
    from awards.planned import beside

    output.line()
    output.line(say("estimate.awards", lang))
    scenarios = [each.scenario for each in awards]
    names = ("level", "prize", "what", "role", "each")
    headings = [say(f"heading.{name}", lang) for name in names]
    for scenario in scenarios:
        headings += [called(scenario, say(f"heading.{n}", lang)) for n in ("number", "together")]
    headings += [say(f"heading.{name}", lang) for name in ("why", "clause")]
    rows = [_award_row(row, scenarios, lang) for row in beside(awards)]
    units = list(dict.fromkeys(unit for each in awards for unit in each.due()))
    for unit in units:
        cells = [say("estimate.due", lang, unit=_unit(unit, lang)), *[""] * 4]
        for each in awards:
            cells += ["", money.show(money.fen(each.due().get(unit, money.yuan(0))))]
        rows.append([*cells, "", ""])
    output.table(headings, rows)
    _print_schools(awards, lang)
    for each in awards:
        output.line(called(each.scenario, counts(each, lang)))
    if awards[0].schedule.approval:
        output.line(say("explain.approval", lang, by=awards[0].schedule.approval.by[lang]))
    output.line()
    print_readings(awards[0].outcome, lang)


def _unit(unit: str, lang: Lang) -> str:
    from awards.explain import unit as unit_name

    return unit_name(unit, lang)


def counts(planned: "PlannedAwards", lang: Lang) -> str:
    """How many person-rows a scenario stands for, by what became of them."""
    totals = planned.outcome.totals
    told = say("sentence.list", lang).join(
        say("cli.count", lang, status=say(f"status.{status}", lang), count=count)
        for status, count in totals.by_status.items()
        if count
    )
    return say("estimate.counts", lang, rows=totals.rows, counts=told)


def _award_row(row: "AwardRow", scenarios: Sequence[str | None], lang: Lang) -> list[str]:
    from awards import explain
    from awards.estimate_report import rest, whose, won

    planned, group = row.shown
    terms, award = planned.schedule.terms, planned.outcome.awards[group.award]
    cells = won(row.columns, terms, lang)
    cells.append(rest(row.columns))
    cells.append(whose(planned, group, lang))
    cells.append(_amount(group.each, group.unit, lang))
    for scenario in scenarios:
        mine = row.by_scenario.get(scenario)
        cells.append(str(mine.count) if mine else "")
        cells.append(_amount(mine.total, mine.unit, lang) if mine else "")
    status = say(f"status.{award.status}", lang)
    why = explain.why(award, planned.outcome, lang)
    return [*cells, f"{status}：{why}" if lang == "zh" else f"{status}: {why}", award.clause or ""]


def _amount(amount: Any, unit: str, lang: Lang) -> str:
    """An amount, with its unit where that is not yuan; a mark where it is not known."""
    from awards import money

    if amount is None:
        return say("estimate.unknown", lang)
    shown = money.show(money.fen(amount))
    return shown if unit == "yuan" else f"{shown} {_unit(unit, lang)}"


def _print_schools(awards: "Sequence[PlannedAwards]", lang: Lang) -> None:
    """What is due at each school, where the plan names several."""
    from awards import money

    schools = list(dict.fromkeys(name for each in awards for name in each.schools()))
    if len(schools) < 2:
        return
    headings = [say("heading.school", lang)]
    headings += [called(each.scenario, say("heading.amount", lang)) for each in awards]
    rows = [
        [school, *(money.show(money.fen(each.due(school)["yuan"])) for each in awards)]
        for school in schools
    ]
    output.line()
    output.table(headings, rows)


def _print_funds(funds: "Sequence[PlannedFunds]", schedule: "Schedule", lang: Lang) -> None:
    """School, year × rule: what is asked for and how, and the change in a year; sums; open."""
    from awards.planned import funds_beside

    output.line()
    output.line(say("estimate.funds", lang))
    scenarios = [each.scenario for each in funds]
    headings = [say(f"heading.{name}", lang) for name in ("subject", "rule")]
    for scenario in scenarios:
        headings += [called(scenario, say(f"heading.{n}", lang)) for n in ("asked", "change")]
    headings += [say(f"heading.{name}", lang) for name in ("note", "clause")]
    told = [row for row in funds_beside(funds) if any(each.is_told for each in row.values())]
    output.table(headings, [_fund_row(row, scenarios, schedule, lang) for row in told])
    _print_sums(funds, schedule, lang)
    outcome = funds[0].outcome
    about_money = tuple(each.finding for each in funds[0].expected)
    fund_tables.no_figures(replace(outcome, findings=about_money), lang)
    fund_tables.readings([outcome], lang)


def _fund_row(
    row: "Mapping[str | None, Expected]",
    scenarios: Sequence[str | None],
    schedule: "Schedule",
    lang: Lang,
) -> list[str]:
    from awards.accounts import subject
    from awards.estimate_report import note

    first = next(iter(row.values())).finding
    says = f"{first.rule} {schedule.rules[first.rule].says[lang]}"
    cells = [subject(first, schedule, lang), says]
    for scenario in scenarios:
        each = row.get(scenario)
        cells += ["", ""] if each is None else [asked(each, lang), change(each)]
    return [*cells, note(first, schedule, lang), first.clause]


def asked(each: "Expected", lang: Lang) -> str:
    """What is asked for and how it comes about."""
    from awards.accounts import how

    if each.amount is None:
        return say("estimate.unknown", lang) if each.finding.status == "undetermined" else ""
    amount, made = fund_tables.printed(each.amount), how(each.finding)
    return f"{made} = {amount}" if made else amount


def change(each: "Expected") -> str:
    """By how much it is more than a year before, with its sign; empty where that is not known."""
    if each.change is None:
        return ""
    sign = "+" if each.change > 0 else ""
    return f"{sign}{fund_tables.printed(each.change)}"


def _print_sums(funds: "Sequence[PlannedFunds]", schedule: "Schedule", lang: Lang) -> None:
    """Each rule and year over all its subjects, in each scenario."""
    sums = [each.sums() for each in funds]
    keys = list(dict.fromkeys(key for each in sums for key in each))
    rows = []
    for rule, year in keys:
        found = [each.get((rule, year), (Fraction(0), 0, 0)) for each in sums]
        cells = [f"{rule} {schedule.rules[rule].says[lang]}", str(year or "")]
        for whole, known, unknown in found:
            cells += [
                fund_tables.printed(whole) if known else say("estimate.unknown", lang),
                str(known),
                str(unknown),
            ]
        rows.append(cells)
    headings = [say(f"heading.{name}", lang) for name in ("rule", "year")]
    for each in funds:
        names = ("together", "subjects", "open")
        headings += [called(each.scenario, say(f"heading.{name}", lang)) for name in names]
    if rows:
        output.line()
        output.line(say("estimate.sums", lang))
        output.table(headings, rows)
