"""The whole set of documents of a run in one folder: all of it, or nothing.

What is made is listed in the folder's own list of contents, with counts, sums and the digests of
the files that it was made from. A set is replaced only by a set: a folder that holds anything else
is left alone.
"""

import os
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from awards import money
from awards.banks import Profile, batches, text_of
from awards.dossier import Dossier
from awards.ledger_entries import digests
from awards.letters.notice import write_notice
from awards.letters.request import write_request
from awards.notice import notice_rows
from awards.payments import sums
from awards.problems import NOWHERE, FileError, Place, Problem, problem
from awards.webpage import page
from awards.words import Lang, say
from awards.workbook.bank_form import fill_form
from awards.workbook.payment_sheet import write_payment_list
from awards.workbook.payout_sheet import write_payouts
from awards.workbook.summary_sheet import write_summary
from awards.workbook.tax_sheet import write_tax_list


@dataclass(frozen=True)
class Bank:
    """What the bank wants to be told, where its form is, and whether a refusal is overruled."""

    profile: Profile
    folder: Path | None
    force: bool = False


@dataclass(slots=True)
class _Set:
    """What has been written so far: a line of the list of contents each."""

    folder: Path
    lang: Lang
    lines: list[tuple[str, int, Decimal]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def path(self, name: str, ending: str, count: int, amount: Decimal) -> Path:
        """The path of the document *name*, which holds *count* lines of *amount* yuan."""
        file = f"{say(f'file.{name}', self.lang)}.{ending}"
        self.lines.append((file, count, amount))
        return self.folder / file


def write_documents(
    dossier: Dossier,
    folder: Path,
    lang: Lang = "zh",
    *,
    bank: Bank | None = None,
    inputs: Iterable[Path] = (),
    replace: bool = False,
) -> tuple[list[str], list[Problem]]:
    """Write every document of *dossier* into *folder*: their names, and what was refused or left.

    *inputs* are the files whose digests are noted. FileError where the folder holds anything, or,
    with *replace*, anything but an earlier set; OSError where it cannot be written.
    """
    _free(folder, replace)
    beside = folder.parent / f".{folder.name}.{os.getpid()}.tmp"
    beside.mkdir()
    try:
        made = _Set(beside, lang)
        _write_all(dossier, made)
        problems = _write_bank(dossier, made, bank) if bank else []
        contents = say("file.contents", lang) + ".txt"
        (beside / contents).write_text(_contents(dossier, made, inputs), "utf-8-sig")
        names = [*(name for name, _, _ in made.lines), contents]
        _move_in(beside, folder, names)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return names, problems


def _write_all(dossier: Dossier, made: _Set) -> None:
    """Every document besides those for the bank."""
    lang, total = made.lang, dossier.sums
    whole = (total.count, total.gross)
    due = (len(dossier.due), total.gross)
    rows = notice_rows(dossier, lang)
    write_payment_list(dossier, made.path("payment_list", "xlsx", *whole), lang)
    write_payment_list(dossier, made.path("transfer_list", "xlsx", *whole), lang, signed=False)
    write_summary(dossier, made.path("summary", "xlsx", *due), lang)
    write_tax_list(dossier, made.path("tax", "xlsx", *whole), lang)
    write_notice(dossier, made.path("notice", "docx", len(rows), total.gross), lang)
    write_request(dossier, made.path("request", "docx", *whole), lang)
    calculation = made.path("calculation", "xlsx", *due)
    doubts = dossier.doubts(lang)
    write_payouts(dossier.outcome, calculation, lang, release=dossier.release, doubts=doubts)
    made.path("report", "html", *due).write_text(page(dossier, lang), "utf-8", newline="\n")


def _write_bank(dossier: Dossier, made: _Set, bank: Bank) -> list[Problem]:
    """The files for the bank, or why there are none; whom they leave out is told."""
    forbidden = dossier.forbids()
    if forbidden and not bank.force:
        made.remarks += (each.message(made.lang) for each in forbidden)
        return forbidden
    mark = _forced(forbidden, made.lang) if forbidden else None
    purpose = dossier.office.purpose or say("document.purpose", made.lang)
    parts, faults = batches(dossier.to_bank, bank.profile, purpose)
    name = say("file.bank", made.lang) + (say("file.forced", made.lang) if mark else "")
    for number, part in enumerate(parts, 1):
        stem = f"{name}-{number}" if len(parts) > 1 else name
        ending = "xlsx" if bank.profile.form else bank.profile.ending
        made.lines.append((f"{stem}.{ending}", part.count, part.total))
        path = made.folder / f"{stem}.{ending}"
        if bank.profile.form:
            fill_form(part, bank.profile, bank.folder or Path(), path, made.lang, mark)
        else:
            path.write_bytes(text_of(part, bank.profile, purpose, mark))
    left = [*dossier.missing_accounts(), *faults]
    made.remarks += [mark] if mark else []
    made.remarks += (each.message(made.lang) for each in left)
    if not parts and not left:
        left = [problem("bank-nobody")]
    told = [problem("forced", NOWHERE, "warning", mark=mark)] if mark else []
    return [*told, *left]


def _forced(forbidden: Sequence[Problem], lang: Lang) -> str:
    """The sentence that a bank file was forced, and against what."""
    reasons = say("sentence.join", lang).join(each.message(lang) for each in forbidden)
    return say("document.forced", lang, reasons=reasons)


def _contents(dossier: Dossier, made: _Set, inputs: Iterable[Path]) -> str:
    """The list of contents: state, sources with their digests, each file with count and sum."""
    lang, release = made.lang, dossier.release
    lines = [say("contents.title", lang, title=dossier.outcome.schedule.title[lang])]
    state = say(f"state.{'draft' if dossier.is_draft else release.state}", lang)
    if release.approval:
        values = {"number": release.approval.number, "on": release.approval.on}
        state += say("contents.approval", lang, **values)
    lines.append(say("contents.state", lang, state=state))
    for name, digest in digests(inputs).items():
        lines.append(say("contents.input", lang, name=name, digest=digest))
    lines += ["", "\t".join(say(f"contents.{name}", lang) for name in ("file", "count", "amount"))]
    lines += (
        f"{name}\t{count}\t{money.show(money.fen(amount))}" for name, count, amount in made.lines
    )
    for group, payments in dossier.groups:
        found = sums(payments)
        shown = money.show(money.fen(found.gross))
        values = {"group": say(f"group.{group}", lang), "count": found.count, "amount": shown}
        lines.append(say("contents.group", lang, **values))
    lines += ["", *dossier.doubts(lang), *made.remarks]
    return "\n".join(lines).rstrip() + "\n"


def _free(folder: Path, replace: bool) -> None:
    """Refuse a folder that holds anything, or, with *replace*, anything but an earlier set."""
    if not folder.parent.is_dir():
        raise FileError(problem("no-folder", Place(str(folder.parent))))
    if folder.exists() and not folder.is_dir():
        raise FileError(problem("no-folder", Place(str(folder))))
    if not folder.exists() or not any(folder.iterdir()):
        return
    if not replace:
        raise FileError(problem("folder-not-empty", Place(str(folder))))
    if not _earlier(folder):
        raise FileError(problem("folder-not-ours", Place(str(folder))))


def _earlier(folder: Path) -> list[Path]:
    """The files of an earlier set in *folder*, by its list of contents."""
    found = []
    for lang in ("zh", "en"):
        contents = folder / (say("file.contents", lang) + ".txt")
        if contents.is_file():
            lines = contents.read_text("utf-8-sig").splitlines()
            names = [line.partition("\t")[0] for line in lines if "\t" in line]
            found += [folder / name for name in names if Path(name).name == name]
            found.append(contents)
    return [path for path in found if path.is_file()]


def _move_in(beside: Path, folder: Path, names: Sequence[str]) -> None:
    """Put the new set where the old one was."""
    if not folder.exists():
        beside.rename(folder)
        return
    stale = [path for path in _earlier(folder) if path.name not in names]
    for name in names:
        os.replace(beside / name, folder / name)
    for path in stale:
        path.unlink()
