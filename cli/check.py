"""``awards check``: every problem of a roster, and nothing else."""

from awards.words import say

from . import options, output
from .options import Format

COLUMNS = ("severity", "file", "sheet", "cell", "code", "message", "hint")


def check(
    roster: options.RosterFiles,
    schedule: options.OptionalScheduleName = None,
    reading: options.Readings = None,
    ruling: options.Rulings = None,
    rulings: options.RulingsFile = None,
    facts: options.FactsFile = None,
    ledger: options.LedgerFile = None,
    year: options.Year = None,
    hidden: options.Hidden = False,
    schedules: options.Folders = None,
    format: options.OutputFormat = Format.TABLE,  # noqa: A002  # the name of the option
    lang: options.Language = "zh",
) -> bool:
    """Print the problems of the roster, with a schedule also those that its rules meet."""
    from awards.report import ProblemList, problems
    from awards.survey import survey

    files = options.Files(facts, ledger, rulings)
    if schedule:
        document = options.load(schedule, schedules)
        outcome = options.assessed(roster, document, reading, ruling, year, files, hidden)
        found, rows = (*outcome.problems, *outcome.notes), outcome.totals.rows
    else:
        given = options.read(roster, year, hidden) + files.read()
        found, rows = (*survey(given), *given.notes), len(given.results)
    parts = problems(found, lang)
    cells = [[str(getattr(part, name) or "") for name in COLUMNS] for part in parts]
    if format is Format.JSON:
        output.json(ProblemList(rows=rows, problems=parts))
    elif format is Format.CSV:
        output.line(output.as_csv(COLUMNS, cells).rstrip("\n"))
    elif cells:
        for row in cells:
            row[0] = say(f"severity.{row[0]}", lang)
        output.table([say(f"heading.{name}", lang) for name in COLUMNS], cells)
    errors = sum(part.severity == "error" for part in parts)
    warnings = sum(part.severity == "warning" for part in parts)
    output.message(say("cli.checked", lang, rows=rows, errors=errors, warnings=warnings))
    return not errors
