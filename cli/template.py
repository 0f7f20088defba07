"""``awards template``: an empty roster to fill in."""

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
    schedule: options.OptionalScheduleName = None,
    schedules: options.Folders = None,
    lang: options.Language = "zh",
    force: options.Force = False,
) -> bool:
    """Write an empty roster with dropdowns and an example row that the reader ignores."""
    from awards import write_template

    document = options.load(schedule, schedules) if schedule else None
    output.write(output_file, force, lambda path: write_template(path, document, lang))
    output.message(say("cli.written", lang, file=output_file))
    return True
