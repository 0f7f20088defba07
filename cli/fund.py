"""``awards fund`` and ``awards standards``: figures in, findings out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from awards.words import Lang, say

from . import fund_tables, options, output
from .options import Format, both

if TYPE_CHECKING:
    from awards.figures import Figures
    from awards.findings import Findings
    from awards.schedule import Schedule

FigureFiles = Annotated[list[Path], typer.Argument(help=both("help.figures"), show_default=False)]
Schedules = Annotated[
    list[str],
    typer.Option("--schedule", "-s", help=both("help.schedules-many"), show_default=False),
]
Given = Annotated[
    list[str] | None, typer.Option("--given", metavar="NAME=VALUE", help=both("help.given"))
]
OutputFile = Annotated[
    Path | None,
    typer.Option("--output", "-o", help=both("help.output"), show_default=False),
]
BlankZero = Annotated[bool, typer.Option("--blank-zero", help=both("help.blank-zero"))]

TOLD = ("no-unit", "unknown-figure")
"""Notes that are printed with the problems: they may change what is counted."""
CSV = (
    *("schedule", "rule", "subject", "status", "required", "counted", "not_counted"),
    *("shortfall", "surplus", "per_student", "clause", "missing", "says"),
)


@dataclass(frozen=True)
class Held:
    """The figures that were read and what each schedule says of them."""

    figures: "Figures"
    outcomes: "tuple[Findings, ...]"

    @property
    def problems(self) -> list[Any]:
        """Everything wrong or doubtful, each once."""
        found = [*self.figures.problems]
        found += (each for outcome in self.outcomes for each in outcome.problems)
        return list(dict.fromkeys(found))


def fund(
    figures: FigureFiles,
    schedule: Schedules,
    output_file: OutputFile = None,
    reading: options.Readings = None,
    given: Given = None,
    year: options.Year = None,
    blank_zero: BlankZero = False,
    hidden: options.Hidden = False,
    schedules: options.Folders = None,
    format: options.OutputFormat = Format.TABLE,  # noqa: A002  # the name of the option
    lang: options.Language = "zh",
    force: options.Force = False,
) -> bool:
    """Hold money and headcounts against the floors, shares and ceilings of the schedules."""
    from awards.closing import is_money

    documents = [options.load(name, schedules) for name in schedule]
    held = hold_files(figures, documents, reading, given, year, blank_zero, hidden)
    held = _only(held, is_money)
    return _tell(held, figures, output_file, format, lang, force, fund_tables.money)


def standards(
    figures: FigureFiles,
    schedule: Schedules,
    output_file: OutputFile = None,
    reading: options.Readings = None,
    given: Given = None,
    year: options.Year = None,
    blank_zero: BlankZero = False,
    hidden: options.Hidden = False,
    schedules: options.Folders = None,
    format: options.OutputFormat = Format.TABLE,  # noqa: A002  # the name of the option
    lang: options.Language = "zh",
    force: options.Force = False,
) -> bool:
    """Print the scorecard of ratios, counts and deadlines."""
    from awards.closing import is_money

    documents = [options.load(name, schedules) for name in schedule]
    held = hold_files(figures, documents, reading, given, year, blank_zero, hidden)
    held = _only(held, lambda document, rule: not is_money(document, rule))
    return _tell(held, figures, output_file, format, lang, force, fund_tables.scores)


def hold_files(
    figures: Sequence[Path],
    documents: "Sequence[Schedule]",
    reading: list[str] | None,
    given: list[str] | None,
    year: int | None,
    blank_zero: bool,
    hidden: bool,
) -> Held:
    """The figures in files and the findings of each schedule; each takes the readings it has."""
    from awards.problems import OptionError, problem
    from awards.standards import hold
    from awards.workbook import read_figures

    chosen, known = options.readings(reading), stated(given, documents)
    for name in chosen:
        if not any(name in each.readings for each in documents):
            offered = ", ".join(each for document in documents for each in document.readings)
            listed = ", ".join(each.id for each in documents)
            raise OptionError(
                problem("unknown-reading", found=name, schedule=listed, known=offered or "-")
            )
    read = read_figures(
        *figures, schedules=documents, year=year, hidden=hidden, blank_is_zero=blank_zero
    )
    refuse_scenarios(read)
    outcomes = []
    for document in documents:
        own = {name: option for name, option in chosen.items() if name in document.readings}
        outcomes.append(hold(read.figures, document, given=known, readings=own))
    return Held(read, tuple(outcomes))


def stated(given: list[str] | None, documents: "Sequence[Schedule]") -> dict[str, Any]:
    """The figures given on the command line; OptionError for one that no document asks for.

    Each is a number that is not negative (9000, 9,000), or a day.
    """
    from awards.leaves import Given as Asked
    from awards.problems import OptionError, problem
    from awards.quantities import instances
    from awards.reading import day_of
    from awards.terms import terms

    asked = {each.given for d in documents for each in instances(d.rules, Asked)}
    asked |= {name for document in documents for name in document.columns}
    found: dict[str, Any] = {}
    for name, text in options.readings(given).items():
        if name not in asked:
            known = ", ".join(sorted(asked)) or "-"
            raise OptionError(problem("unknown-given", found=name, known=known))
        value = terms().number(text)
        found[name] = day_of(text) if value is None else value
        if found[name] is None:
            raise OptionError(problem("given-not-a-number", found=text, name=name))
    return found


def refuse_scenarios(figures: "Figures") -> None:
    """OptionError where the figures are several plans: added up they would count many times."""
    from awards.plans import Plan
    from awards.problems import OptionError, problem

    named = Plan((), figures.figures).scenarios()
    if len(named) > 1:
        raise OptionError(problem("several-scenarios", known=", ".join(map(str, named))))


def _only(held: Held, wanted: "Callable[[Schedule, str], bool]") -> Held:
    """*held* with the findings of the rules *wanted*."""
    outcomes = tuple(
        replace(
            outcome,
            findings=tuple(f for f in outcome.findings if wanted(outcome.schedule, f.rule)),
        )
        for outcome in held.outcomes
    )
    return replace(held, outcomes=outcomes)


def _tell(
    held: Held,
    figures: Sequence[Path],
    output_file: Path | None,
    form: Format,
    lang: Lang,
    force: bool,
    printer: "Callable[[Sequence[Findings], Lang], None]",
) -> bool:
    """Write and print the outcomes; whether the figures were clean."""
    if output_file:
        output.spare(output_file, *figures)
        _write(held, output_file, lang, force)
    if form is Format.JSON:
        output.json(_report(held, lang))
    elif form is Format.CSV:
        output.line(output.as_csv(CSV, _rows(held, lang)).rstrip("\n"))
    else:
        printer(held.outcomes, lang)
    shown = [e for e in held.problems if e.severity != "info" or e.code in TOLD]
    output.problems(shown, lang)
    if len(shown) < len(held.problems):
        output.message(say("fund.notes", lang, count=len(held.problems) - len(shown)))
    if output_file:
        output.message(say("cli.written", lang, file=output_file))
    return not any(each.severity == "error" for each in held.problems)


def _write(held: Held, path: Path, lang: Lang, force: bool) -> None:
    from awards.workbook import write_findings

    output.save(
        path,
        force,
        lambda temporary: write_findings(held.outcomes, held.figures, temporary, lang),
        lambda: _report(held, lang),
        lambda: output.as_csv(CSV, _rows(held, lang)),
    )


def _report(held: Held, lang: Lang) -> Any:
    from awards.fund_report import fund_report

    return fund_report(held.outcomes, held.figures.problems, lang)


def _rows(held: Held, lang: Lang) -> list[list[object]]:
    """One row for each finding; numbers exact."""
    from awards.accounts import exact, subject

    rows: list[list[object]] = []
    for outcome in held.outcomes:
        for each in outcome.findings:
            values = [exact(each.values.get(name)) for name in CSV[4:10]]
            says = outcome.schedule.rules[each.rule].says[lang]
            head = [each.schedule, each.rule, subject(each, outcome.schedule, lang), each.status]
            rows.append([*head, *values, each.clause, "; ".join(each.missing), says])
    return rows
