"""``awards schedules``: which documents there are, what one says, whether a file is sound."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from awards.words import say

from . import options, output
from .options import Format, both

if TYPE_CHECKING:
    from awards import Problem


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
    name: Annotated[str, typer.Argument(help=both("help.schedule"), show_default=False)],
    schedules: options.Folders = None,
    lang: options.Language = "zh",
) -> bool:
    """Print the document as a person would write it: rates, steps in words, readings."""
    from awards.outline import outline

    output.line(outline(options.load(name, schedules), lang))
    return True


def check(
    file: Annotated[Path, typer.Argument(help=both("help.schedule-file"), show_default=False)],
    cases: Annotated[
        Path | None, typer.Option("--cases", help=both("help.cases"), show_default=False)
    ] = None,
    schedules: options.Folders = None,
    lang: options.Language = "zh",
) -> bool:
    """Say what is wrong with a schedule file, and with it among the others; whether it is sound.

    With a folder of worked cases also those that come out otherwise, and what none checks.
    """
    from awards import catalog
    from awards.loading import checked, text_of

    text = text_of(file)
    schedule, found = checked(text, str(file))
    if schedule:
        found += catalog.clashes(schedule, str(file), schedules or ())
        found += _unchecked(text, str(file), cases) if cases and not found else []
    output.problems(found, lang)
    if schedule and not found:
        output.message(say("cli.sound", lang, id=schedule.id))
    return not found


def _unchecked(text: str, file: str, folder: Path) -> list["Problem"]:
    """Each case in *folder* that comes out otherwise; if none, each figure that none notices."""
    from awards.cases import load, run
    from awards.contract import figures
    from awards.loading import parse
    from awards.positions import nearest, positions
    from awards.problems import Place, problem

    places = positions(text)
    schedule = parse(text, file)
    own = [each for each in load(folder) if each.document in schedule.cases]
    found = [
        problem("case-differs", Place(file), case=case.id, line=line)
        for case in own
        for line in run(case, schedule)
    ]
    for each in figures(text, own) if not found else ():
        if not each.noticed_by:
            line, column = nearest(places, each.keys) or (None, None)
            place = Place(file, row=line, column=column)
            values = {"key": each.name, "value": each.before}
            found.append(problem("figure-not-hit", place, "warning", **values))
    return found


def diff(
    old: Annotated[str, typer.Argument(help=both("help.schedule"), show_default=False)],
    new: Annotated[str, typer.Argument(help=both("help.schedule"), show_default=False)],
    schedules: options.Folders = None,
    lang: options.Language = "zh",
) -> bool:
    """Print what changed from one document to another."""
    from awards.changes import changes

    found = changes(options.load(old, schedules), options.load(new, schedules), lang)
    for each in found:
        output.line(each)
    if not found:
        output.message(say("cli.same", lang))
    return True


def coverage(
    name: Annotated[str, typer.Argument(help=both("help.schedule"), show_default=False)],
    cases: Annotated[Path, typer.Option("--cases", help=both("help.cases"))] = Path("tests/cases"),
    schedules: options.Folders = None,
    lang: options.Language = "zh",
) -> bool:
    """Print, clause by clause, which figures the worked cases check; whether all are checked."""
    from awards.cases import load
    from awards.catalog import text_called
    from awards.contract import figures
    from awards.loading import parse

    file, text = text_called(name, schedules or ())
    schedule = parse(text, file)
    found = figures(text, [each for each in load(cases) if each.document in schedule.cases])
    rows = []
    for clause, each in schedule.clauses.items():
        own = [figure for figure in found if figure.clause == clause]
        noticed = [figure for figure in own if figure.noticed_by]
        by = dict.fromkeys(case for figure in noticed for case in figure.noticed_by)
        missing = ", ".join(figure.name for figure in own if not figure.noticed_by)
        rows.append([each.number, f"{len(noticed)}/{len(own)}", ", ".join(by), missing])
    headings = ("clause", "figures", "cases", "unchecked")
    output.table([say(f"heading.{heading}", lang) for heading in headings], rows)
    return all(figure.noticed_by for figure in found)


def new(
    output_file: Annotated[
        Path, typer.Option("--output", "-o", help=both("help.output"), show_default=False)
    ],
    id: Annotated[  # noqa: A002  # the key of the file
        str, typer.Option("--id", prompt=both("help.new-id"), help=both("help.new-id"))
    ],
    title: Annotated[str, typer.Option(prompt=both("help.new-title"), help=both("help.new-title"))],
    issuer: Annotated[
        str, typer.Option(prompt=both("help.new-issuer"), help=both("help.new-issuer"))
    ],
    issued: Annotated[
        datetime,
        typer.Option(
            formats=["%Y-%m-%d"], prompt=both("help.new-issued"), help=both("help.new-issued")
        ),
    ],
    number: Annotated[str, typer.Option(help=both("help.new-number"))] = "?",
    levels: Annotated[
        str, typer.Option(help=both("help.new-levels"))
    ] = "national,provincial,municipal",
    prizes: Annotated[str, typer.Option(help=both("help.new-prizes"))] = "first,second,third",
    half: Annotated[bool, typer.Option(help=both("help.new-half"))] = False,
    once: Annotated[bool, typer.Option(help=both("help.new-once"))] = True,
    approval: Annotated[bool, typer.Option(help=both("help.new-approval"))] = False,
    lang: options.Language = "zh",
    force: options.Force = False,
) -> bool:
    """Write a schedule file to begin with, every figure and clause a hole to be filled."""
    from awards.skeleton import skeleton

    text = skeleton(
        id,
        title,
        issuer,
        issued.date(),
        number=number,
        levels=levels.split(","),
        prizes=prizes.split(","),
        half=half,
        once=once,
        approval=approval,
        today=datetime.now().astimezone().date(),
    )
    output.write_text(output_file, force, text)
    output.message(say("cli.written", lang, file=output_file))
    return True
