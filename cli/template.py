"""``awards template``: an empty roster, or an empty workbook of figures, to fill in."""

from pathlib import Path
from typing import Annotated

import typer

from awards.words import say

from . import options, output


def template(
    output_file: Annotated[
        Path,
        typer.Option("--output", "-o", help=options.both("help.output"), show_default=False),
    ],
    schedule: Annotated[
        list[str] | None,
        typer.Option("--schedule", "-s", help=options.both("help.schedule"), show_default=False),
    ] = None,
    funding: Annotated[bool, typer.Option("--funding", help=options.both("help.funding"))] = False,
    schedules: options.Folders = None,
    lang: options.Language = "zh",
    force: options.Force = False,
) -> bool:
    """Write an empty roster with dropdowns and an example row that the reader ignores.

    With --funding the sheets of figures that the funding rules of the schedules ask for.
    """
    from awards.problems import OptionError, problem
    from awards.workbook import write_figures_template, write_template

    documents = [options.load(name, schedules) for name in schedule or ()]
    if funding:
        if not any(each.rules for each in documents):
            raise OptionError(problem("no-funding-rules"))
        output.write(output_file, force, lambda path: write_figures_template(path, documents, lang))
    else:
        if len(documents) > 1:
            raise OptionError(problem("one-schedule"))
        document = documents[0] if documents else None
        output.write(output_file, force, lambda path: write_template(path, document, lang))
    output.message(say("cli.written", lang, file=output_file))
    return True
