"""The workbook of an estimate: awards and funding of a plan, one scenario beside another.

Every number leads back to the line of the plan and to the clause it rests on.
"""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook

from awards import accounts, closing, explain
from awards.estimate_report import assumed, documents, note, rest, whose, won
from awards.estimates import Estimate
from awards.payouts import PAYABLE, STATUSES
from awards.planned import AwardRow, Expected, PlannedAwards, PlannedFunds, beside, funds_beside
from awards.schedule import Schedule, Taken
from awards.words import Lang, say
from awards.workbook.basis import BASIS, add_clauses, add_document, add_readings
from awards.workbook.findings_pages import add_problems, cell
from awards.workbook.findings_sheet import plain, yuan
from awards.workbook.page import Column, Page, Value
from awards.workbook.saving import save
from awards.workbook.wording import titled

AWARDS = (
    *(Column("level", 10), Column("prize", 10), Column("plan_row", 26), Column("role", 16)),
    Column("each", 13, "amount"),
)
FUNDS = (Column("whom", 18), Column("rule", 34))


def write_estimate(made: Estimate, path: Path | str, lang: Lang = "zh") -> None:
    """Write the workbook of the estimate *made* to *path*.

    Whole or not at all; OSError is raised where it cannot be written.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = "awards"
    book.properties.title = say("sheet.estimate", lang)
    _add_summary(book, made, lang)
    for number, schedule in enumerate(documents(made), 1):
        awards = [each for each in made.awards if each.schedule is schedule]
        if awards:
            _add_awards(book, awards, number, lang)
        funds = [each for each in made.funds if each.schedule is schedule]
        if any(one.is_told for each in funds for one in each.expected):
            _add_funds(book, funds, number, lang)
    add_problems(book, made.problems, lang)
    _add_basis(book, made, lang)
    save(book, Path(path))


def named(scenario: str | None, lang: Lang) -> str:
    """A scenario as printed."""
    return scenario or say("estimate.only", lang)


def _add_summary(book: Workbook, made: Estimate, lang: Lang) -> None:
    """What is due in each scenario, by school; what each rule asks for; what it rests on."""
    columns = (Column("what", 60), *(Column("amount", 20, "amount") for _ in made.scenarios))
    page = Page(book, "estimate", columns, lang)
    page.title(say("document.estimate", lang))
    for sentence in assumed(made, lang):
        page.line(sentence)
    page.line(say("document.unit", lang), right=True)
    page.header((say("column.what", lang), *(named(each, lang) for each in made.scenarios)))
    page.freeze(across=1)
    for schedule in documents(made):
        page.line(titled(schedule, lang), bold=True)
        _award_sums(page, [each for each in made.awards if each.schedule is schedule], made, lang)
        _fund_sums(page, [each for each in made.funds if each.schedule is schedule], made, lang)
    page.signatures(say("document.signatures", lang))


def _award_sums(page: Page, awards: Sequence[PlannedAwards], made: Estimate, lang: Lang) -> None:
    """What is due in all and at each school, and how many person-rows are open."""
    if not awards:
        return
    of = {each.scenario: each for each in awards}

    def row(text: str, key: str | None = None, unit: str = "yuan", *, bold: bool = False) -> None:
        amounts: list[Value] = [
            of[each].due(key).get(unit) if each in of else None for each in made.scenarios
        ]
        page.row([text, *amounts], bold=bold)

    for unit in dict.fromkeys(unit for each in awards for unit in each.due()):
        row(say("estimate.due", lang, unit=explain.unit(unit, lang)), unit=unit, bold=True)
    schools = list(dict.fromkeys(name for each in awards for name in each.schools()))
    for school in schools:
        row(say("estimate.of_school", lang, school=school), school)
    approval = awards[0].schedule.approval
    if approval:
        page.row([say("explain.approval", lang, by=approval.by[lang])])
    for status in STATUSES:
        found: list[Value] = [
            of[each].outcome.totals.by_status[status] if each in of else None
            for each in made.scenarios
        ]
        if status not in PAYABLE and any(found):
            text = say("estimate.persons", lang, status=say(f"status.{status}", lang))
            page.row([text, *found])


def _fund_sums(page: Page, funds: Sequence[PlannedFunds], made: Estimate, lang: Lang) -> None:
    """What each rule asks for in each year over all subjects; how many are not known."""
    sums = {each.scenario: each.sums() for each in funds}
    for rule, year in dict.fromkeys(key for each in sums.values() for key in each):
        found = [sums.get(each, {}).get((rule, year)) for each in made.scenarios]
        says = f"{year or ''} {rule} {funds[0].schedule.rules[rule].says[lang]}".strip()
        unknown = say("estimate.unknown", lang)
        page.row([says, *(yuan(e[0]) if e and e[1] else unknown if e else None for e in found)])
        if any(each and each[2] for each in found):
            text = say("estimate.not_known", lang)
            page.row([text, *(each[2] if each else None for each in found)])


def _add_awards(book: Workbook, awards: Sequence[PlannedAwards], number: int, lang: Lang) -> None:
    """Level × prize × role, with how many and how much in each scenario, why, and the line."""
    scenarios = [each.scenario for each in awards]
    own = _PAIR * len(scenarios)
    columns = (*AWARDS, *own, Column("why", 40), Column("clause", 20), Column("source", 26))
    page = Page(book, "planned_awards", columns, lang)
    page.sheet.title = f"{page.sheet.title}{number if number > 1 else ''}"
    page.title(say("document.planned_awards", lang))
    page.line(say("document.basis", lang, titles=titled(awards[0].schedule, lang)))
    page.line(say("document.unit", lang), right=True)
    texts = [say(f"column.{each.name}", lang) for each in AWARDS]
    for scenario in scenarios:
        texts += [f"{named(scenario, lang)} {say(f'column.{each.name}', lang)}" for each in _PAIR]
    texts += [say(f"column.{name}", lang) for name in ("why", "clause", "source")]
    page.header(texts)
    page.freeze(across=2)
    for row in beside(awards):
        page.row(_award_row(row, scenarios, lang))
    page.filter()
    for unit in dict.fromkeys(unit for each in awards for unit in each.due()):
        cells: list[Value] = [say("estimate.due", lang, unit=explain.unit(unit, lang))]
        cells += [None] * 4
        for each in awards:
            cells += [None, each.due().get(unit)]
        page.row([*cells, None, None, None], bold=True)


_PAIR = (Column("number_of", 9, "center"), Column("together", 16, "amount"))
"""What stands in the columns of a scenario."""


def _award_row(row: AwardRow, scenarios: Sequence[str | None], lang: Lang) -> list[Value]:
    planned, group = row.shown
    terms, award = planned.schedule.terms, planned.outcome.awards[group.award]
    cells: list[Value] = [*won(row.columns, terms, lang)]
    cells.append(rest(row.columns))
    cells.append(whose(planned, group, lang))
    cells.append(_worth(group.each, group.unit, lang))
    for scenario in scenarios:
        mine = row.by_scenario.get(scenario)
        cells += [mine.count, _worth(mine.total, mine.unit, lang)] if mine else [None, None]
    status = say(f"status.{award.status}", lang)
    why = f"{status}；{explain.why(award, planned.outcome, lang)}"
    places = dict.fromkeys(cell(each.line.place) for each in row.by_scenario.values())
    return [*cells, why, award.clause, say("sentence.list", lang).join(places)]


def _worth(amount: Decimal | None, unit: str, lang: Lang) -> Value:
    """An amount of yuan; one in another unit as text; a word where it is not known."""
    if amount is None:
        return say("estimate.unknown", lang)
    return amount if unit == "yuan" else f"{amount.normalize():f} {explain.unit(unit, lang)}"


def _add_funds(book: Workbook, funds: Sequence[PlannedFunds], number: int, lang: Lang) -> None:
    """School and year × rule, with what is asked for in each scenario and how it comes about."""
    schedule = funds[0].schedule
    scenarios = [each.scenario for each in funds]
    own = _FUND * len(scenarios)
    columns = (*FUNDS, *own, Column("note", 26), Column("clause", 18), Column("source", 26))
    page = Page(book, "planned_funds", columns, lang)
    page.sheet.title = f"{page.sheet.title}{number if number > 1 else ''}"
    page.title(say("document.planned_funds", lang))
    page.line(say("document.basis", lang, titles=titled(schedule, lang)))
    page.line(say("document.unit", lang), right=True)
    texts = [say(f"column.{each.name}", lang) for each in FUNDS]
    for scenario in scenarios:
        texts += [f"{named(scenario, lang)} {say(f'column.{each.name}', lang)}" for each in _FUND]
    texts += [say(f"column.{name}", lang) for name in ("note", "clause", "source")]
    page.header(texts)
    page.freeze(across=2)
    for row in funds_beside(funds):
        if not any(each.is_told for each in row.values()):
            continue
        first = next(iter(row.values())).finding
        says = f"{first.rule} {schedule.rules[first.rule].says[lang]}"
        cells: list[Value] = [accounts.subject(first, schedule, lang), says]
        for scenario in scenarios:
            cells += _asked(row.get(scenario), lang)
        places = dict.fromkeys(
            cell(each.place)
            for one in row.values()
            for each in one.finding.inputs
            if each.column not in one.finding.subject and not isinstance(each.value, str | bool)
        )
        source = say("sentence.list", lang).join(places)
        page.row([*cells, note(first, schedule, lang), first.clause, source])
    page.filter()


_FUND = (
    *(Column("students", 9, "amount"), Column("asked", 16, "amount"), Column("how", 20)),
    Column("change", 15, "amount"),
)
"""What stands in the columns of a scenario."""


def _asked(each: Expected | None, lang: Lang) -> list[Value]:
    """Students, what is asked for, how that comes about, and the change in a year."""
    if each is None:
        return [None] * len(_FUND)
    students = plain(each.finding.values.get("students"))
    is_open = each.amount is None and each.finding.status == "undetermined"
    amount = say("estimate.unknown", lang) if is_open else yuan(each.amount)
    return [students, amount, accounts.how(each.finding), yuan(each.change)]


def _add_basis(book: Workbook, made: Estimate, lang: Lang) -> None:
    """The documents, their clauses, and the readings taken."""
    page = Page(book, "basis", BASIS, lang)
    page.title(say("document.basis_title", lang))
    for schedule in documents(made):
        for document in (*schedule.earlier, schedule):
            add_document(page, document, lang)
            add_clauses(page, document, lang)
            add_readings(page, _taken(made, schedule, document), document, lang)
        page.blank()


def _taken(made: Estimate, schedule: Schedule, document: Schedule) -> list[Taken]:
    """The readings of *document* that awards or funding under *schedule* rest on, each once."""
    found: dict[str, Taken] = {}
    for planned in made.awards:
        if planned.schedule is schedule:
            for taken in planned.outcome.readings:
                if document.readings.get(taken.name) is taken.reading:
                    found.setdefault(taken.name, taken)
    for funds in made.funds:
        if funds.schedule is schedule is document:
            for name, option in funds.outcome.chosen.items():
                if closing.bears(funds.outcome, name):
                    reading = schedule.readings[name]
                    switched = option != reading.default
                    found.setdefault(name, Taken(name, option, switched, reading))
    return list(found.values())
