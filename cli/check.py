"""``awards check``: what the sheets of a roster are taken for, and every problem of it."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from awards.words import Lang, say

from . import options, output, seen
from .options import Format

if TYPE_CHECKING:
    from awards import Problem

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
    mapping: options.Mapping = None,
    save_mapping: Annotated[
        Path | None,
        typer.Option(help=options.both("help.save-mapping"), show_default=False),
    ] = None,
    annotate: Annotated[
        Path | None, typer.Option(help=options.both("help.annotate"), show_default=False)
    ] = None,
    schedules: options.Folders = None,
    format: options.OutputFormat = Format.TABLE,  # noqa: A002  # the name of the option
    lang: options.Language = "zh",
    force: options.Force = False,
) -> bool:
    """Print what the sheets are taken for and the problems of the roster, with a schedule also
    those that its rules meet.
    """
    from awards.report import problems
    from awards.survey import survey
    from awards.workbook.mapping import NO_MAPPING, read_mapping
    from awards.workbook.recognise import CheckReport, mapping_of, recognise

    files = options.Files(facts, ledger, rulings)
    if schedule:
        document = options.load(schedule, schedules)
        outcome = options.assessed(roster, document, reading, ruling, year, files, hidden, mapping)
        found, rows = (*outcome.problems, *outcome.notes), outcome.totals.rows
    else:
        given = options.read(roster, year, hidden, mapping) + files.read()
        found, rows = (*survey(given), *given.notes), len(given.results)
    sheets = recognise(*roster, mapping=read_mapping(mapping) if mapping else NO_MAPPING)
    if save_mapping:
        output.spare(save_mapping, *roster)
        output.write_text(save_mapping, force, mapping_of(sheets))
        output.message(say("cli.written", lang, file=save_mapping))
    if annotate:
        _annotate(roster, found, annotate, lang, force)
    parts = problems(found, lang)
    cells = [[str(getattr(part, name) or "") for name in COLUMNS] for part in parts]
    if format is Format.JSON:
        output.json(CheckReport(rows=rows, problems=parts, sheets=sheets))
    elif format is Format.CSV:
        output.line(output.as_csv(COLUMNS, cells).rstrip("\n"))
    else:
        seen.show(sheets, lang)
        for row in cells:
            row[0] = say(f"severity.{row[0]}", lang)
        if cells:
            output.table([say(f"heading.{name}", lang) for name in COLUMNS], cells)
    errors = sum(part.severity == "error" for part in parts)
    warnings = sum(part.severity == "warning" for part in parts)
    output.message(say("cli.checked", lang, rows=rows, errors=errors, warnings=warnings))
    return not errors


def _annotate(
    roster: list[Path], found: Iterable["Problem"], target: Path, lang: Lang, force: bool
) -> None:
    """Write the workbook back with its problems marked; there has to be one, and only one."""
    from awards.problems import FileError, OptionError, Place, problem
    from awards.workbook.annotate import annotate

    if len(roster) != 1 or not roster[0].is_file():
        raise OptionError(problem("annotate-one", count=len(roster)))
    if target.suffix.lower() not in (".xlsx", ".xlsm"):
        raise FileError(problem("annotate-ending", Place(str(target)), found=target.suffix or "-"))
    output.spare(target, *roster)
    notes: list[Problem] = []
    output.write(target, force, lambda path: notes.extend(annotate(roster[0], found, path, lang)))
    output.problems(notes, lang)
    output.message(say("cli.written", lang, file=target))
