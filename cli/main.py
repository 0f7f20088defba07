"""The ``awards`` command: what there is, exit codes, and how a failure is told.

0 clean; 1 problems in the data; 2 could not run. Data goes to stdout, everything else to
stderr. Only what a command needs is imported, when it runs.
"""

import os
import sys
from collections.abc import Callable
from functools import wraps
from typing import Annotated, get_args

import typer

from awards.words import Lang, say

from . import check, compare, estimate, explain, fund, ledger, pay, read, schedules, template

PROBLEMS, COULD_NOT_RUN = 1, 2

app = typer.Typer(
    name="awards",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
)
group = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
books = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


def run() -> None:
    """The console script."""
    for stream in (sys.stdout, sys.stderr):
        # a name that the terminal's encoding lacks must not end the run
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    try:
        app()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(PROBLEMS)


def version(wanted: bool) -> None:
    """Print the version and stop."""
    if wanted:
        from importlib.metadata import version as version_of

        typer.echo(version_of("awards"))
        raise typer.Exit


@app.callback(help=f"{say('help.app', 'zh')}\n\n{say('help.app', 'en')}")
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=version, is_eager=True, help="print the version")
    ] = False,
) -> None:
    pass


def _add(home: typer.Typer, name: str, command: Callable[..., bool], help_key: str) -> None:
    """Register *command*: it returns whether the data was clean; AwardsError means 2."""

    @wraps(command)
    def with_exit_code(*args: object, **options: object) -> None:
        from awards.problems import AwardsError

        try:
            clean = command(*args, **options)
        except AwardsError as error:
            lang = options.get("lang", "zh")
            for each in error.problems:
                typer.echo(each.line("en" if lang == "en" else "zh"), err=True)
            raise typer.Exit(COULD_NOT_RUN) from error
        if not clean:
            raise typer.Exit(PROBLEMS)

    home.command(name, help=" / ".join(say(help_key, lang) for lang in get_args(Lang)))(
        with_exit_code
    )


_add(app, "pay", pay.pay, "help.pay")
_add(app, "check", check.check, "help.check")
_add(app, "fund", fund.fund, "help.fund")
_add(app, "standards", fund.standards, "help.standards")
_add(app, "read", read.read, "help.read")
_add(app, "estimate", estimate.estimate, "help.estimate")
_add(app, "compare", compare.compare, "help.compare")
_add(app, "explain", explain.explain, "help.explain")
_add(app, "template", template.template, "help.template")
_add(group, "list", schedules.list_schedules, "help.schedules-list")
_add(group, "show", schedules.show, "help.schedules-show")
_add(group, "check", schedules.check, "help.schedules-check")
_add(group, "new", schedules.new, "help.schedules-new")
_add(group, "diff", schedules.diff, "help.schedules-diff")
_add(group, "coverage", schedules.coverage, "help.schedules-coverage")
_add(books, "record", ledger.record, "help.ledger-record")
_add(books, "show", ledger.show, "help.ledger-show")
_add(books, "export", ledger.export, "help.ledger-export")
_add(books, "import", ledger.import_list, "help.ledger-import")
_add(books, "reverse", ledger.reverse, "help.ledger-reverse")
app.add_typer(books, name="ledger", help=f"{say('help.books', 'zh')} / {say('help.books', 'en')}")
app.add_typer(
    group, name="schedules", help=f"{say('help.schedules', 'zh')} / {say('help.schedules', 'en')}"
)
