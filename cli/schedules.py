"""``awards schedules``: which documents there are, what one says, whether a file is sound."""

from pathlib import Path
from typing import Annotated

import typer

from awards.words import say

from . import options, output
from .options import Format


def list_schedules(
    schedules: options.Folders = None,
    format: options.OutputFormat = Format.TABLE,  # noqa: A002  # the name of the option
    lang: options.Language = "zh",
) -> bool:
    """Print every document: short name, id, number, title, days in force."""
    from awards import schedules as all_schedules
    from awards.report import ScheduleList, document

    found = list(all_schedules(schedules or ()).values())
    headings = ("name", "id", "number", "title", "in_force_from", "in_force_until")
    rows = [
        [
            each.name,
            each.id,
            each.number or "",
            each.title[lang],
            str(each.in_force_from or ""),
            str(each.in_force_until or ""),
        ]
        for each in found
    ]
    if format is Format.JSON:
        output.json(ScheduleList(schedules=[document(each, lang) for each in found]))
    elif format is Format.CSV:
        output.line(output.as_csv(headings, rows).rstrip("\n"))
    else:
        output.table([say(f"schedule.{name}", lang) for name in headings], rows)
    return True


def show(
    name: Annotated[str, typer.Argument(help=say("help.schedule", "zh"), show_default=False)],
    schedules: options.Folders = None,
    lang: options.Language = "zh",
) -> bool:
    """Print the document as a person would write it: rates, steps in words, readings."""
    from awards.outline import outline

    output.line(outline(options.load(name, schedules), lang))
    return True


def check(
    file: Annotated[Path, typer.Argument(help=say("help.schedule-file", "zh"), show_default=False)],
    lang: options.Language = "zh",
) -> bool:
    """Read a schedule file and say what is wrong with it; whether it is sound."""
    from awards.loading import checked, text_of

    schedule, found = checked(text_of(file), str(file))
    output.problems(found, lang)
    if schedule and not found:
        output.message(say("cli.sound", lang, id=schedule.id))
    return not found
