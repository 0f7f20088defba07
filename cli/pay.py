"""``awards pay``: a roster in, what everybody is due out."""

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from awards.words import Lang, say

from . import documents, large, options, output, printed
from .options import Format

if TYPE_CHECKING:
    from awards import Assessment, Problem
    from awards.release import Release


class Engine(StrEnum):
    """What carries out a run that is too much for one process."""

    DASK = "dask"
    SPARK = "spark"


CSV = (
    *("file", "sheet", "row", "cell", "payee", "payee_kind", "role", "school", "competition"),
    *("event", "level", "prize", "year", "amount", "unit", "status", "reason", "clause"),
    *("superseded_by", "why"),
)


def pay(
    roster: options.RosterFiles,
    schedule: options.ScheduleName,
    output_file: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            help=f"{say('help.output', 'zh')} / {say('help.output', 'en')}",
            show_default=False,
        ),
    ] = None,
    reading: options.Readings = None,
    ruling: options.Rulings = None,
    rulings: options.RulingsFile = None,
    facts: options.FactsFile = None,
    ledger: options.LedgerFile = None,
    year: options.Year = None,
    hidden: options.Hidden = False,
    mapping: options.Mapping = None,
    schedules: options.Folders = None,
    format: options.OutputFormat = Format.TABLE,  # noqa: A002  # the name of the option
    lang: options.Language = "zh",
    force: documents.Force = False,
    out_dir: documents.OutDir = None,
    page: documents.Page = None,
    tax: documents.Tax = None,
    submitted: documents.Submitted = None,
    approval: documents.ApprovalGiven = None,
    noticed: documents.Noticed = None,
    accounts: documents.AccountsFile = None,
    office: documents.OfficeFile = None,
    bank: documents.BankName = None,
    engine: Annotated[
        Engine | None, typer.Option("--engine", help=options.both("help.engine"))
    ] = None,
    address: Annotated[
        str | None,
        typer.Option("--address", help=options.both("help.address"), show_default=False),
    ] = None,
) -> bool:
    """Work out the roster, print it, and write what is asked for; whether the data was clean."""
    document, files = options.load(schedule, schedules), options.Files(facts, ledger, rulings)
    stages = documents.release(submitted, approval, noticed)
    wanted = documents.Wanted(out_dir, page, bank, force)
    inputs = [each for each in (*roster, facts, ledger, rulings, mapping, accounts, office) if each]
    if output_file:
        output.spare(output_file, *inputs)
    asked = large.Asked(
        document, options.readings(reading), options.rulings(ruling), year, files.read(), stages
    )
    is_plain = not (wanted or tax or accounts)
    done = large.elsewhere(
        engine, address, roster, output_file, asked, lang, force, is_plain=is_plain
    )
    if done is not None:
        return done
    read = options.read(roster, year, hidden, mapping)
    if len(read.results) > large.SMALL and format is Format.TABLE and is_plain:
        return large.pay_records(read, output_file, asked, lang, force)
    outcome = asked.small(read)
    if output_file:
        _write(outcome, output_file, lang, force, stages)
    written: list[Path] = []
    found: list[Problem] = []
    if not is_plain:
        dossier = documents.dossier(outcome, tax, accounts, office, stages, ledger)
        written, found = wanted.write(dossier, inputs, lang)
    if format is Format.JSON:
        output.json(_report(outcome, lang))
    elif format is Format.CSV:
        output.line(output.as_csv(CSV, _rows(outcome, lang)).rstrip("\n"))
    else:
        printed.show(outcome, lang, stages)
    found = [*outcome.problems, *found]
    output.problems(found, lang)
    if outcome.notes:
        output.message(say("cli.notes", lang, count=len(outcome.notes)))
    for file in ([output_file] if output_file else []) + written:
        output.message(say("cli.written", lang, file=file))
    return not any(each.severity == "error" for each in found)


def _write(outcome: "Assessment", path: Path, lang: Lang, force: bool, stages: "Release") -> None:
    if path.suffix.lower() == ".xlsx":
        output.load_openpyxl()
    from awards import write_payouts

    output.save(
        path,
        force,
        lambda temporary: write_payouts(outcome, temporary, lang, release=stages),
        lambda: _report(outcome, lang),
        lambda: output.as_csv(CSV, _rows(outcome, lang)),
    )


def _report(outcome: "Assessment", lang: Lang) -> Any:
    from awards.report import report

    return report(outcome, lang)


def _rows(outcome: "Assessment", lang: Lang) -> Iterator[list[object]]:
    for award in _report(outcome, lang).awards:
        yield [getattr(award, name) for name in CSV]
