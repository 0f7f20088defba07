"""``awards pay`` on many rows: a summary on the screen, everything in the file."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from awards.words import Lang, say

from . import output, parted

if TYPE_CHECKING:
    import pandas as pd

    from awards import Assessment, Problem, Roster, Ruling, Schedule
    from awards.batch.runner import Run
    from awards.release import Release

SMALL = 5_000
"""Up to so many rows the small runner is quick enough, and people read what is printed."""
TOLD = 50
"""So many problems are printed where a workbook holds all of them."""
SHEET = (1 << 20) - 1
"""The lines under a heading that a sheet can have."""
DETAILS = {
    "payee": 12, "role": 10, "school": 24, "competition": 24, "event": 16, "level": 8, "prize": 8,
    "year": 7, "amount": 12, "status": 10, "why": 48, "clause": 16, "source": 14,
}  # fmt: skip
"""The columns of the sheets of awards, with their widths."""
PAYEES = dict.fromkeys(("payee", "school", "awards", "amount"), 20)
PROBLEMS = dict.fromkeys(("severity", "source", "message", "hint"), 30)
AWARDS = {
    "details": ("paid", "pending_approval"),
    "unpaid": ("not_paid", "problem"),
    "waiting": ("needs_ruling",),
}
"""The sheets of awards, with the statuses of those that stand on each."""


def elsewhere(
    engine: str | None,
    address: str | None,
    roster: Sequence[Path],
    output_file: Path | None,
    asked: "Asked",
    lang: Lang,
    force: bool,
    *,
    is_plain: bool,
) -> bool | None:
    """Whether the data was clean, of a run on an engine or a frame; None where it is neither.

    OptionError is raised where documents of a roster are asked for besides.
    """
    from awards.problems import OptionError, problem

    if address and not engine:
        raise OptionError(problem("address-of-no-engine"))
    is_frame = [path.suffix.lower() for path in roster] == [".parquet"]
    if not (engine or is_frame):
        return None
    if not is_plain:
        raise OptionError(problem("documents-of-a-roster"))
    if engine:
        return parted.pay_on(engine, address, roster, output_file, asked, lang, force)
    if output_file and parted.is_long(roster[0], output_file):
        return parted.pay_parts(roster[0], output_file, asked, lang, force)
    return pay_frame(roster[0], output_file, asked, lang, force)


@dataclass(frozen=True)
class Asked:
    """What a run is asked, whatever its size."""

    schedule: "Schedule"
    readings: Mapping[str, str]
    rulings: Sequence["Ruling"]
    year: int | None
    beside: "Roster"
    """What the files beside the roster say."""
    release: "Release | None" = None
    """How far the awards are on their way out; None where nothing has happened yet."""

    def small(self, read: "Roster") -> "Assessment":
        """The outcome of the small runner."""
        from awards import assess

        return assess(read + self.beside, self.schedule, **self._options())

    def large(self, results: Any) -> "Run":
        """The run of the large runner over a frame or a roster."""
        from awards import Roster
        from awards.batch.runner import run

        if isinstance(results, Roster):
            return run(results + self.beside, self.schedule, **self._options())
        return run(results, self.schedule, **self.all())

    def all(self) -> dict[str, Any]:
        """Everything that is asked, by the names of the library."""
        from awards import Roster

        decided = Roster((), rulings=(*self.beside.rulings, *self.rulings))
        beside = {"ledger": self.beside.ledger, "facts": self.beside.facts, "rulings": decided}
        return {**self._options(), **beside}

    def _options(self) -> dict[str, Any]:
        return {"readings": self.readings, "rulings": self.rulings, "year": self.year}


def pay_records(read: "Roster", path: Path | None, asked: Asked, lang: Lang, force: bool) -> bool:
    """A long roster: assessed by the large runner; whether the data was clean."""
    from awards.workbook.pause import no_collection

    with output.extra("large"), no_collection():
        return _told(asked.large(read), asked, path, lang, force)


def pay_frame(source: Path, path: Path | None, asked: Asked, lang: Lang, force: bool) -> bool:
    """A Parquet file with the columns of the case files; whether the data was clean."""
    with output.extra("large"):
        from awards.batch.files import read_parquet

        return _told(asked.large(read_parquet(source)), asked, path, lang, force)


def _told(run: "Run", asked: Asked, path: Path | None, lang: Lang, force: bool) -> bool:
    """Print the summary of *run* and its problems, write it all to *path*."""
    from awards import money
    from awards.batch.listing import listing
    from awards.batch.problems import problems_of

    held = listing(run, lang)
    problems = problems_of(run)
    document = run.schedule
    output.line(f"{document.title[lang]}  {document.number or document.id}")
    output.line(say("cli.large", lang, rows=run.count))
    due = held[held["status"].isin(["paid", "pending_approval"]) & (held["unit"] == "yuan")]
    counts = _counts(held["status"][: run.count].value_counts().to_dict(), lang)
    paid = money.show(int(due["fen"].sum()))
    payees = int(due.loc[due["fen"] > 0, ["payee_id", "school"]].drop_duplicates().shape[0])
    output.line(say("cli.totals", lang, rows=run.count, counts=counts, payees=payees, paid=paid))
    if path:
        _write(Outcome(run, asked, held, due, problems), path, lang, force)
    shown = TOLD if path and path.suffix.lower() == ".xlsx" else len(problems)
    ranked = sorted(problems, key=lambda each: ("error", "warning", "info").index(each.severity))
    output.problems(ranked[:shown], lang)
    if len(ranked) > shown:
        output.message(say("cli.more_problems", lang, count=len(ranked) - shown))
    if path:
        output.message(say("cli.written", lang, file=path))
    return not any(each.severity == "error" for each in problems)


def _counts(counts: Mapping[Any, int], lang: Lang) -> str:
    return say("sentence.list", lang).join(
        say("cli.count", lang, status=say(f"status.{status}", lang), count=count)
        for status, count in counts.items()
        if count
    )


@dataclass(frozen=True)
class Outcome:
    """What a run came to: every award in ``held``, those to be paid in yuan in ``due``."""

    run: "Run"
    asked: Asked
    held: "pd.DataFrame"
    due: "pd.DataFrame"
    problems: Sequence["Problem"]


def _write(outcome: Outcome, path: Path, lang: Lang, force: bool) -> None:
    """Write the form that the ending of *path* asks for."""
    from awards.problems import FileError, Place, problem

    from .pay import CSV

    held = outcome.held
    ending = path.suffix.lower()
    if ending == ".csv":
        lines = held[list(CSV)].astype(object)
        rows = lines.where(lines.notna(), None).itertuples(index=False, name=None)
        output.write_text(path, force, output.as_csv(CSV, rows), "utf-8-sig")
    elif ending == ".parquet":
        output.write(path, force, lambda temporary: held.to_parquet(temporary, index=False))
    elif ending == ".xlsx":
        if len(held) > SHEET:
            values = {"found": f"{len(held):,}", "limit": f"{SHEET:,}"}
            raise FileError(problem("too-many-for-sheet", Place(str(path)), "error", **values))
        output.write(path, force, lambda temporary: _workbook(outcome, temporary, lang))
    else:
        raise FileError(problem("unknown-ending", Place(str(path)), found=ending or "-"))


def _workbook(outcome: Outcome, path: Path, lang: Lang) -> None:
    """The sheet of what it rests on, then every award, payee and problem on plain sheets."""
    from awards.batch.relied import outcome_of
    from awards.release import NOTHING_YET
    from awards.workbook.plain import Plain, write_plain
    from awards.workbook.plain_basis import basis_sheet
    from awards.workbook.wording import Wording

    held, asked = outcome.held, outcome.asked
    release = asked.release or NOTHING_YET
    told = outcome_of(outcome.run, held, asked.readings)
    basis = basis_sheet(Wording(told, lang, release))

    def plain(name: str, columns: Mapping[str, int], lines: Iterator[Sequence[Any]]) -> Plain:
        headings = {say(f"column.{column}", lang): width for column, width in columns.items()}
        return Plain(say(f"sheet.{name}", lang), headings, lines, basis.mark)

    awards = [
        plain(name, DETAILS, _details(held[held["status"].isin(mine)], release, lang))
        for name, mine in AWARDS.items()
    ]
    payees = plain("payees", PAYEES, _payees(outcome.due))
    problems = plain("problems", PROBLEMS, _problems(outcome.problems, lang))
    write_plain([basis, *awards, payees, problems], path)


def _details(held: "pd.DataFrame", release: "Release", lang: Lang) -> Iterator[Sequence[Any]]:
    """The lines of a sheet of awards; yuan as numbers, words as they are printed."""
    from awards.terms import terms

    shown = held.copy(deep=False)
    for kind in ("role", "level", "prize"):
        column = shown[kind].cat
        names = {each: terms().name(kind, each, lang) for each in column.categories}
        shown[kind] = shown[kind].map(names)
    now = {"pending_approval": "paid"} if release.approval else {}
    shown["status"] = shown["status"].map(lambda said: say(f"status.{now.get(said, said)}", lang))
    shown["amount"] = shown["fen"].astype("Float64") / 100
    shown["source"] = shown["cell"].where(shown["cell"].notna(), shown["address"])
    sheets = shown["sheet"].notna() & shown["cell"].notna()
    shown.loc[sheets, "source"] = shown["sheet"] + "!" + shown["cell"].astype(object)
    plain = shown[list(DETAILS)].astype(object)
    yield from plain.where(plain.notna(), None).itertuples(index=False, name=None)


def _payees(due: "pd.DataFrame") -> Iterator[list[Any]]:
    """What each payee is due at each school."""
    paid = due[due["fen"] > 0].groupby(
        ["payee_id", "school"], observed=True, dropna=False, sort=False
    )
    for name, school, count, fen in paid.agg(
        payee=("payee", "first"), at=("school", "first"), n=("fen", "size"), fen=("fen", "sum")
    ).itertuples(index=False, name=None):
        yield [name, school if isinstance(school, str) else None, count, int(fen) / 100]


def _problems(problems: Sequence["Problem"], lang: Lang) -> Iterator[list[Any]]:
    for each in problems:
        severity = say(f"severity.{each.severity}", lang)
        yield [severity, str(each.place), each.message(lang), each.hint(lang)]
