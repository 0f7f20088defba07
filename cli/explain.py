"""``awards explain``: the account of a row, a person or a finding, clause by clause."""

from typing import TYPE_CHECKING, Annotated

import typer

from . import fund, options, output

if TYPE_CHECKING:
    from awards.words import Lang


def explain(
    roster: options.RosterFiles,
    schedule: options.ScheduleName,
    row: Annotated[
        str | None, typer.Option("--row", metavar="SHEET!ROW", help=options.both("help.row"))
    ] = None,
    person: Annotated[
        str | None, typer.Option("--person", metavar="NAME", help=options.both("help.person"))
    ] = None,
    rule: Annotated[
        str | None, typer.Option("--rule", metavar="NAME", help=options.both("help.rule"))
    ] = None,
    subject: Annotated[
        str | None, typer.Option("--subject", metavar="NAME", help=options.both("help.subject"))
    ] = None,
    reading: options.Readings = None,
    ruling: options.Rulings = None,
    rulings: options.RulingsFile = None,
    facts: options.FactsFile = None,
    ledger: options.LedgerFile = None,
    given: fund.Given = None,
    year: options.Year = None,
    blank_zero: fund.BlankZero = False,
    hidden: options.Hidden = False,
    mapping: options.Mapping = None,
    schedules: options.Folders = None,
    lang: options.Language = "zh",
) -> bool:
    """Print each step of what is asked for, with figures, factors, and clauses in words.

    A row or a person of a roster; or, with --rule or --subject, findings on figures.
    """
    from awards.explain import steps
    from awards.problems import OptionError, problem

    if sum(each is not None for each in (row, person, rule or subject)) != 1:
        raise OptionError(problem("row-or-person"))
    document, files = options.load(schedule, schedules), options.Files(facts, ledger, rulings)
    if rule or subject:
        held = fund.hold_files(roster, [document], reading, given, year, blank_zero, hidden)
        return _findings(held, rule, subject, lang)
    outcome = options.assessed(roster, document, reading, ruling, year, files, hidden, mapping)
    wanted = [
        award
        for award in outcome.awards
        if (person is not None and award.payee == person)
        or (row is not None and row in (award.place.address, str(award.row)))
    ]
    if not wanted:
        raise OptionError(problem("nobody-found", found=row or person))
    for number, award in enumerate(wanted):
        if number:
            output.line()
        for text in steps(award, outcome, lang):
            output.line(text)
    about = {award.place for award in wanted}
    output.problems([each for each in outcome.problems if each.place in about], lang)
    return not any(award.status == "problem" for award in wanted)


def _findings(held: fund.Held, rule: str | None, subject: str | None, lang: "Lang") -> bool:
    """Print the accounts of the findings under *rule*, on *subject*, or both."""
    from awards.accounts import account
    from awards.problems import OptionError, problem

    (outcome,) = held.outcomes
    rules = outcome.schedule.rules
    if rule is not None and rule not in rules:
        known = ", ".join(rules) or "-"
        raise OptionError(
            problem("unknown-rule", found=rule, schedule=outcome.schedule.id, known=known)
        )
    wanted = [
        each
        for each in outcome.findings
        if rule in (None, each.rule)
        and (subject is None or subject in map(str, each.subject.values()))
    ]
    if not wanted:
        raise OptionError(problem("nobody-found", found=subject or rule))
    for number, each in enumerate(wanted):
        if number:
            output.line()
        for text in account(each, outcome, lang):
            output.line(text)
    places = {each.place for finding in wanted for each in finding.inputs}
    output.problems([each for each in held.problems if each.place in places], lang)
    return True
