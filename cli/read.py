"""``awards read``: what a list says, before any policy."""

from awards.words import say

from . import options, output
from .options import Format


def read(
    roster: options.RosterFiles,
    year: options.Year = None,
    hidden: options.Hidden = False,
    mapping: options.Mapping = None,
    limit: options.Limit = None,
    format: options.OutputFormat = Format.TABLE,  # noqa: A002  # the name of the option
    lang: options.Language = "zh",
) -> bool:
    """Print a record for each person and prize, and every problem met on the way."""
    from awards.listing import COLUMNS, listing

    given = options.read(roster, year, hidden, mapping, limit)
    found = listing(given, lang)
    errors = sum(each.severity == "error" for each in found.problems)
    if format is Format.JSON:
        output.json(found)
        return not errors
    rows = [[_text(getattr(each, name)) for name in COLUMNS] for each in found.records]
    if format is Format.CSV:
        output.line(output.as_csv(COLUMNS, rows).rstrip("\n"))
    else:
        filled = [n for n, name in enumerate(COLUMNS) if any(row[n] for row in rows)]
        headings = [say(f"heading.{COLUMNS[n]}", lang) for n in filled]
        output.table(headings, [[row[n] for n in filled] for row in rows])
    from awards.survey import survey

    output.problems((*survey(given), *given.notes), lang)
    output.message(say("cli.read", lang, records=len(found.records), errors=errors))
    return not errors


def _text(value: object) -> str:
    """A value of a record as text; facts as ``heading=value`` parted by semicolons."""
    if isinstance(value, dict):
        return "; ".join(f"{name}={each}" for name, each in value.items())
    return "" if value is None else str(value)
