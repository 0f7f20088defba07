"""The documents that leave the office: their options, and how they are written."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from awards.words import Lang

from . import output
from .options import both

if TYPE_CHECKING:
    from datetime import date

    from awards import Assessment, Problem
    from awards.dossier import Dossier
    from awards.folder import Bank
    from awards.release import Release

OutDir = Annotated[
    Path | None, typer.Option("--out-dir", help=both("help.out-dir"), show_default=False)
]
Page = Annotated[
    Path | None, typer.Option("--report", help=both("help.report"), show_default=False)
]
Tax = Annotated[
    list[str] | None,
    typer.Option("--tax", metavar="KIND[=BODY,NUMBER][@WHO]", help=both("help.tax")),
]
Submitted = Annotated[
    str | None,
    typer.Option("--submitted", metavar="DATE", help=both("help.submitted"), show_default=False),
]
ApprovalGiven = Annotated[
    str | None,
    typer.Option("--approval", metavar="NUMBER,DATE", help=both("help.approval")),
]
Noticed = Annotated[
    str | None,
    typer.Option("--noticed", metavar="DATE", help=both("help.noticed"), show_default=False),
]
AccountsFile = Annotated[
    Path | None, typer.Option("--accounts", help=both("help.accounts"), show_default=False)
]
OfficeFile = Annotated[
    Path | None, typer.Option("--office", help=both("help.office"), show_default=False)
]
BankName = Annotated[str | None, typer.Option("--bank", metavar="PROFILE", help=both("help.bank"))]

Force = Annotated[bool, typer.Option("--force", help=both("help.force-pay"))]


def release(
    submitted: str | None, approval: str | None, noticed: str | None, paid: "date | None" = None
) -> "Release":
    """How far the batch is; OptionError for a day that is none, out of order, or to come."""
    from datetime import date

    from awards.problems import OptionError
    from awards.release import Release, approval_of, out_of_order, to_come

    stages = Release(
        day(submitted, "--submitted"),
        approval_of(approval) if approval else None,
        day(noticed, "--noticed"),
        paid,
    )
    if faults := [*out_of_order(stages), *to_come(stages, date.today())]:
        raise OptionError(faults)
    return stages


def dossier(
    outcome: "Assessment",
    tax: list[str] | None,
    accounts: Path | None,
    office: Path | None,
    stages: "Release",
    ledger: Path | None,
) -> "Dossier":
    """The run with all that its documents need."""
    from awards import prepare, read_accounts, read_ledger
    from awards.office import UNKNOWN, read_office
    from awards.preparing import NOBODY

    return prepare(
        outcome,
        tax=_by_whom(tax),
        accounts=read_accounts(accounts) if accounts else NOBODY,
        release=stages,
        office=read_office(office) if office else UNKNOWN,
        earlier=read_ledger(ledger) if ledger else (),
    )


@dataclass(frozen=True)
class Wanted:
    """Which documents are asked for beside the workbook."""

    folder: Path | None
    page: Path | None
    bank: str | None
    force: bool

    def __bool__(self) -> bool:
        """Whether any is."""
        return bool(self.folder or self.page or self.bank)

    def write(
        self, dossier: "Dossier", inputs: Sequence[Path], lang: Lang
    ) -> tuple[list[Path], list["Problem"]]:
        """Write them: what was written, and what was refused or left out."""
        from awards.problems import FileError, OptionError, Place, problem

        if self.bank and not self.folder:
            raise OptionError(problem("bank-needs-folder"))
        written: list[Path] = []
        found: list[Problem] = []
        if self.folder:
            from awards.folder import write_documents

            try:
                names, found = write_documents(
                    dossier, self.folder, lang, bank=self._bank(), inputs=inputs, replace=self.force
                )
            except OSError as error:
                fault = error.strerror or error
                place = Place(str(self.folder))
                raise FileError(problem("cannot-write", place, fault=fault)) from error
            written += (self.folder / name for name in names)
            found = [*dossier.problems, *dict.fromkeys((*dossier.paid_already, *found))]
        if self.page:
            from awards.webpage import page

            output.spare(self.page, *inputs)
            output.write_text(self.page, self.force, page(dossier, lang))
            written.append(self.page)
        return written, found

    def _bank(self) -> "Bank | None":
        from awards.banks import load_profile
        from awards.folder import Bank

        return Bank(*load_profile(self.bank), self.force) if self.bank else None


def _by_whom(texts: list[str] | None) -> dict[str, str]:
    """``KIND[=BODY,NUMBER][@WHO]`` texts by whom they are about; one said twice is refused."""
    from awards.problems import OptionError, problem

    found: dict[str, str] = {}
    for text in texts or ():
        said, at, who = text.partition("@")
        if at and not who.strip():
            raise typer.BadParameter(f"{text!r}: KIND@WHO", param_hint="--tax")
        if who.strip() in found:
            raise OptionError(problem("tax-twice", found=who.strip() or "-"))
        found[who.strip()] = said.strip()
    return found


def day(text: str | None, option: str) -> "date | None":
    """The day that *text* states; None where nothing is said."""
    from awards.reading import day_of

    if text is None:
        return None
    if (found := day_of(text)) is None:
        raise typer.BadParameter(f"{text!r}: YYYY-MM-DD", param_hint=option)
    return found
