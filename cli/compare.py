"""``awards compare``: one list under two documents, or under one with something changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from awards.words import Lang, say

from . import compare_tables, options, output
from .fund import BlankZero, Given, OutputFile, refuse_scenarios
from .options import Format, both

if TYPE_CHECKING:
    from awards import Roster
    from awards.award_pairs import AwardComparison
    from awards.compare_report import WhatIf
    from awards.finding_pairs import FindingComparison
    from awards.problems import Problem
    from awards.schedule import Schedule


class Kind(StrEnum):
    """What the files hold."""

    ROSTER = "roster"
    FIGURES = "figures"


CompareFiles = Annotated[list[Path], typer.Argument(help=both("help.compared"), show_default=False)]
Sides = Annotated[
    list[str],
    typer.Option("--schedule", "-s", help=both("help.schedules-two"), show_default=False),
]
Settings = Annotated[
    list[str] | None, typer.Option("--set", metavar="PATH=VALUE", help=both("help.set"))
]
Switched = Annotated[
    list[str] | None,
    typer.Option("--reading", metavar="NAME=VALUE", help=both("help.reading-other")),
]
KindOf = Annotated[Kind | None, typer.Option("--kind", help=both("help.kind"), show_default=False)]

ROWS = (
    *("file", "sheet", "cell", "payee", "role", "school", "event", "one_status", "one_amount"),
    *("other_status", "other_amount", "difference", "unit", "one_clause", "other_clause", "why"),
)
FINDINGS = (
    *("rule", "other_rule", "subject", "one_status", "one_asked", "one_shortfall"),
    *("other_status", "other_asked", "other_shortfall", "asked", "counted", "shortfall"),
    *("one_clause", "other_clause", "why"),
)


@dataclass(frozen=True)
class Compared:
    """What came out, what was changed for it, and every problem of either side, each once."""

    result: "AwardComparison | FindingComparison"
    changed: "WhatIf"
    read: "tuple[Problem, ...]" = ()

    @property
    def problems(self) -> "list[Problem]":
        """Everything wrong or doubtful on either side, each once."""
        sides = (self.result.one, self.result.other)
        found = [*self.read, *(each for side in sides for each in side.problems)]
        return list(dict.fromkeys(found))


def compare(
    files: CompareFiles,
    schedule: Sides,
    reading: Switched = None,
    settings: Settings = None,
    kind: KindOf = None,
    output_file: OutputFile = None,
    ruling: options.Rulings = None,
    rulings: options.RulingsFile = None,
    facts: options.FactsFile = None,
    ledger: options.LedgerFile = None,
    given: Given = None,
    year: options.Year = None,
    blank_zero: BlankZero = False,
    hidden: options.Hidden = False,
    mapping: options.Mapping = None,
    schedules: options.Folders = None,
    format: options.OutputFormat = Format.TABLE,  # noqa: A002  # the name of the option
    lang: options.Language = "zh",
    force: options.Force = False,
) -> bool:
    """Hold one list against two documents, or one document as it is and as it might be."""
    one, other, changed = _sides(schedule, reading, settings, schedules)
    beside = options.Files(facts, ledger, rulings)
    roster = None if kind is Kind.FIGURES else _roster(files, year, hidden, mapping, kind)
    if roster is not None:
        compared = _rosters(roster + beside.read(), one, other, changed, ruling, given, year)
    else:
        compared = _figures(files, one, other, changed, given, year, blank_zero, hidden)
    if output_file:
        output.spare(output_file, *files, facts, ledger, rulings, mapping)
        _write(compared, output_file, lang, force)
    if format is Format.JSON:
        output.json(_report(compared, lang))
    elif format is Format.CSV:
        output.line(_csv(compared, lang).rstrip("\n"))
    else:
        compare_tables.tables(compared.result, compared.changed, lang)
    shown = [each for each in compared.problems if each.severity != "info"]
    output.problems(shown, lang)
    if output_file:
        output.message(say("cli.written", lang, file=output_file))
    return not any(each.severity == "error" for each in shown)


def _sides(
    names: Sequence[str],
    reading: list[str] | None,
    settings: list[str] | None,
    folders: list[Path] | None,
) -> "tuple[Schedule, Schedule, WhatIf]":
    """The two documents, and what is changed in the second."""
    from awards.catalog import text_called
    from awards.compare_report import WhatIf
    from awards.problems import OptionError, problem
    from awards.whatif import what_if

    changes = options.pairs(settings, "--set")
    switched = tuple(options.readings(reading).items())
    if len(names) > 2:
        raise OptionError(problem("compare-two", found=len(names)))
    if len(names) == 1 and not changes and not switched:
        raise OptionError(problem("nothing-to-compare"))
    one, other = options.load(names[0], folders), options.load(names[-1], folders)
    made: tuple[Any, ...] = ()
    if changes:
        file, text = text_called(names[-1], folders or ())
        changed, made = what_if(text, file, changes)
        other = changed.after(other.earlier)
    return one, other, WhatIf(made, switched)


def _roster(
    files: list[Path], year: int | None, hidden: bool, mapping: Path | None, kind: Kind | None
) -> "Roster | None":
    """The roster in *files*; None where they hold none, which is so without a single prize."""
    roster = options.read(files, year, hidden, mapping)
    prized = any(each.prize or each.placing for each in roster.results)
    return roster if prized or kind is Kind.ROSTER else None


def _rosters(
    roster: "Roster",
    one: "Schedule",
    other: "Schedule",
    changed: "WhatIf",
    ruling: list[str] | None,
    given: list[str] | None,
    year: int | None,
) -> Compared:
    from awards import assess
    from awards.comparison import compare as beside

    known, decided = options.readings(given), options.rulings(ruling)
    asked = [each for document in (one, other) for each in (document, *document.earlier)]

    def outcome(document: "Schedule", readings: dict[str, str]) -> Any:
        mine = (document, *document.earlier)
        own = [  # the question of one document is none to the other, but an unknown one is told
            each
            for each in decided
            if any(d.ruling(each.question) for d in mine)
            or not any(d.ruling(each.question) for d in asked)
        ]
        return assess(roster, document, readings=readings, rulings=own, given=known, year=year)

    return Compared(beside(outcome(one, {}), outcome(other, dict(changed.readings))), changed)


def _figures(
    files: Sequence[Path],
    one: "Schedule",
    other: "Schedule",
    changed: "WhatIf",
    given: list[str] | None,
    year: int | None,
    blank_zero: bool,
    hidden: bool,
) -> Compared:
    from awards.comparison import compare as beside
    from awards.standards import hold
    from awards.workbook import read_figures

    figures = read_figures(
        *files, schedules=(one, other), year=year, hidden=hidden, blank_is_zero=blank_zero
    )
    refuse_scenarios(figures)
    known = options.readings(given)
    before = hold(figures.figures, one, given=known)
    after = hold(figures.figures, other, given=known, readings=dict(changed.readings))
    return Compared(beside(before, after), changed, figures.problems)


def _write(compared: Compared, path: Path, lang: Lang, force: bool) -> None:
    from awards.workbook import write_comparison

    output.save(
        path,
        force,
        lambda temporary: write_comparison(
            compared.result, temporary, compared.changed, compared.problems, lang
        ),
        lambda: _report(compared, lang),
        lambda: _csv(compared, lang),
    )


def _report(compared: Compared, lang: Lang) -> Any:
    from awards.compare_report import compare_report

    return compare_report(compared.result, compared.changed, compared.read, lang)


def _csv(compared: Compared, lang: Lang) -> str:
    """A row for each award or finding of either side; numbers exact."""
    from awards.award_pairs import AwardComparison

    if isinstance(compared.result, AwardComparison):
        rows = [_award_row(each) for each in _report(compared, lang).rows]
        return output.as_csv(ROWS, rows)
    return output.as_csv(FINDINGS, _finding_rows(compared.result, lang))


def _award_row(row: Any) -> list[object]:
    sides: list[object] = []
    for side in (row.one, row.other):
        sides += [side.status, side.amount] if side else [None, None]
    head = [getattr(row, name) for name in ROWS[:7]]
    return [*head, *sides, row.difference, row.unit, *row.clauses, row.why]


def _finding_rows(compared: "FindingComparison", lang: Lang) -> list[list[object]]:
    from awards import closing, reasons
    from awards.accounts import exact, subject

    rows: list[list[object]] = []
    for pair in compared.pairs:
        both = (pair.one, pair.other)
        whose = compared.other if pair.other else compared.one
        cells: list[object] = [each.rule if each else None for each in both]
        cells.append(subject(pair.either, whose.schedule, lang))
        for each in both:
            told = [each.status, closing.asked(each), each.values.get("shortfall")] if each else []
            cells += [exact(value) for value in told] or [None] * 3
        cells += [exact(value) for value in (pair.asked, pair.counted, pair.shortfall)]
        cells += [each.clause if each else None for each in both]
        rows.append([*cells, reasons.of_finding(pair, compared, lang)])
    return rows
