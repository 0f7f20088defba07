"""``awards ledger``: what was paid, entered batch by batch; shown, exported, taken back."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from awards.words import Lang, say

from . import documents, options, output
from .options import both

if TYPE_CHECKING:
    from datetime import date

    from awards.ledger_batches import Batch

LedgerPath = Annotated[Path, typer.Argument(help=both("help.ledger-path"), show_default=False)]
Lists = Annotated[list[Path], typer.Argument(help=both("help.roster"), show_default=False)]
By = Annotated[str, typer.Option("--by", help=both("help.by"), show_default=False)]
Remark = Annotated[
    str | None, typer.Option("--remark", help=both("help.remark"), show_default=False)
]
New = Annotated[bool, typer.Option("--new", help=both("help.ledger-new"))]
PaidOn = Annotated[
    str | None, typer.Option("--on", metavar="DATE", help=both("help.paid-on"), show_default=False)
]


def record(
    ledger: LedgerPath,
    roster: Lists,
    schedule: options.ScheduleName,
    by: By,
    on: PaidOn = None,
    remark: Remark = None,
    new: New = False,
    reading: options.Readings = None,
    ruling: options.Rulings = None,
    rulings: options.RulingsFile = None,
    facts: options.FactsFile = None,
    year: options.Year = None,
    hidden: options.Hidden = False,
    mapping: options.Mapping = None,
    schedules: options.Folders = None,
    tax: documents.Tax = None,
    accounts: documents.AccountsFile = None,
    submitted: documents.Submitted = None,
    approval: documents.ApprovalGiven = None,
    noticed: documents.Noticed = None,
    lang: options.Language = "zh",
) -> bool:
    """Work the roster out again and enter what is paid; whether the data was clean."""
    from awards.ledger_entries import batch_of, input_of
    from awards.ledger_file import earlier, enter, refuse_again

    _there(ledger, new)
    _stated(by, "--by")
    day = documents.day(on, "--on") or _today()
    stages = documents.release(submitted, approval, noticed, day)
    known = None if new else ledger
    files = options.Files(facts, known, rulings)
    document = options.load(schedule, schedules)
    outcome = options.assessed(roster, document, reading, ruling, year, files, hidden, mapping)
    refuse_again(ledger, input_of(outcome))
    dossier = documents.dossier(outcome, tax, accounts, None, stages, known)
    inputs = [each for each in (*roster, facts, rulings, mapping, accounts) if each]
    batch = batch_of(
        dossier,
        earlier(ledger).ledger,
        files=inputs,
        person=by,
        at=_now(),
        paid_on=day,
        remark=remark,
    )
    _told(enter(ledger, batch), lang)
    output.problems((*outcome.problems, *dossier.problems), lang)
    return not any(each.severity == "error" for each in outcome.problems)


def import_list(
    ledger: LedgerPath,
    lists: Lists,
    by: By,
    remark: Remark = None,
    new: New = False,
    lang: options.Language = "zh",
) -> bool:
    """Enter the office's own list of earlier payments; nothing where anything in it is wrong."""
    from awards import Roster, read_ledger
    from awards.ledger_entries import batch_from
    from awards.ledger_file import enter
    from awards.problems import FileError

    _there(ledger, new)
    _stated(by, "--by")
    read = Roster(())
    for path in lists:
        read += read_ledger(path)
    if faults := [each for each in read.problems if each.severity == "error"]:
        raise FileError(faults)
    batch = batch_from(read.ledger, files=lists, person=by, at=_now(), remark=remark)
    _told(enter(ledger, batch), lang)
    output.problems(read.problems, lang)
    return True


def show(
    ledger: LedgerPath,
    batch: Annotated[int | None, typer.Option("--batch", help=both("help.batch"))] = None,
    lang: options.Language = "zh",
) -> bool:
    """Print the batches, or the payments of one."""
    from awards import money
    from awards.ledger_batches import active, reversed_by
    from awards.ledger_file import batches
    from awards.problems import OptionError, problem

    listed = batches(ledger)
    if batch is not None:
        found = next((each for each in listed if each.number == batch), None)
        if found is None:
            known = ", ".join(str(each.number) for each in listed) or "-"
            raise OptionError(problem("ledger-no-batch", found=batch, known=known))
        _print_receipts(found, lang)
        return True
    gone = reversed_by(listed)
    names = (
        "batch",
        "kind",
        "at",
        "entered_by",
        "document",
        "approval",
        "lines",
        "amount",
        "remark",
    )
    rows = [[*_line(each, gone, lang), each.remark or ""] for each in listed]
    output.table([say(f"heading.{name}", lang) for name in names], rows, money=7)
    total = money.show(sum(each.gross for each in active(listed)))
    output.line(say("cli.ledger_total", lang, count=len(active(listed)), amount=total))
    return True


def export(
    ledger: LedgerPath,
    output_file: Annotated[
        Path, typer.Option("--output", "-o", help=both("help.output"), show_default=False)
    ],
    lang: options.Language = "zh",
    force: options.Force = False,
) -> bool:
    """Write the ledger as a workbook, whose payments can be read as earlier ones."""
    from awards.ledger_file import batches
    from awards.workbook.ledger_sheet import write_ledger

    listed = batches(ledger)
    output.spare(output_file, ledger)
    output.write(output_file, force, lambda path: write_ledger(listed, path, ledger.name, lang))
    output.message(say("cli.written", lang, file=output_file))
    return True


def reverse(
    ledger: LedgerPath,
    batch: Annotated[int, typer.Argument(help=both("help.batch"), show_default=False)],
    by: By,
    remark: Annotated[str, typer.Option("--remark", help=both("help.why"), show_default=False)],
    lang: options.Language = "zh",
) -> bool:
    """Take a batch back by a counter-entry."""
    from awards.ledger_file import reverse as take_back

    _stated(by, "--by")
    _stated(remark, "--remark")
    _told(take_back(ledger, batch, by, _now(), remark), lang)
    return True


def _there(ledger: Path, new: bool) -> None:
    """Refuse a ledger that is not there, or one that is where a new one is asked for."""
    from awards.problems import FileError, Place, problem

    if new and ledger.exists() and ledger.stat().st_size:
        raise FileError(problem("file-exists", Place(str(ledger))))
    if not new and not ledger.exists():
        raise FileError(problem("ledger-missing", Place(str(ledger))))


def _stated(text: str, option: str) -> None:
    """Refuse an *option* that says nothing: who did what and why is what a ledger is for."""
    from awards.problems import OptionError, problem

    if not text.strip():
        raise OptionError(problem("option-blank", option=option))


def _told(batch: "Batch", lang: Lang) -> None:
    from awards import money

    amount = money.show(batch.gross)
    values = {"number": batch.number, "count": len(batch.receipts), "amount": amount}
    output.message(say("cli.entered", lang, **values))


def _line(batch: "Batch", gone: dict[int, int], lang: Lang) -> list[str]:
    from awards import money

    told = [str(batch.number), batch.called(gone, lang), batch.at, batch.person]
    told += [batch.schedule or "", batch.approved]
    return [*told, str(len(batch.receipts)), money.show(batch.gross)]


def _print_receipts(batch: "Batch", lang: Lang) -> None:
    from awards import money

    rows = [
        [r.payee, r.school or "", money.show(r.gross), "" if r.tax is None else money.show(r.tax)]
        for r in batch.receipts
    ]
    names = ("name", "school", "amount", "tax")
    output.table([say(f"heading.{name}", lang) for name in names], rows, money=2)


def _now() -> str:
    """The moment, with its offset, to the second."""
    from datetime import datetime

    return datetime.now().astimezone().isoformat(timespec="seconds")


def _today() -> "date":
    from datetime import date

    return date.today()
