"""``awards explain``: the account of one row or one person, clause by clause."""

from typing import Annotated

import typer

from . import options, output


def explain(
    roster: options.RosterFiles,
    schedule: options.ScheduleName,
    row: Annotated[
        str | None, typer.Option("--row", metavar="SHEET!ROW", help=options.both("help.row"))
    ] = None,
    person: Annotated[
        str | None, typer.Option("--person", metavar="NAME", help=options.both("help.person"))
    ] = None,
    reading: options.Readings = None,
    ruling: options.Rulings = None,
    rulings: options.RulingsFile = None,
    facts: options.FactsFile = None,
    ledger: options.LedgerFile = None,
    year: options.Year = None,
    hidden: options.Hidden = False,
    schedules: options.Folders = None,
    lang: options.Language = "zh",
) -> bool:
    """Print each step of the awards asked for, with figures, factors, and clauses in words."""
    from awards.explain import steps
    from awards.problems import OptionError, problem

    if (row is None) == (person is None):
        raise OptionError(problem("row-or-person"))
    document, files = options.load(schedule, schedules), options.Files(facts, ledger, rulings)
    outcome = options.assessed(roster, document, reading, ruling, year, files, hidden)
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
