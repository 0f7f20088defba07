"""``awards estimate``: a plan in, what awards and funding it comes to out."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from awards.words import Lang, say

from . import estimate_tables, options, output
from .fund import BlankZero, Given, OutputFile
from .options import Format, both

if TYPE_CHECKING:
    from awards.estimates import Estimate
    from awards.plans import Plan
    from awards.schedule import Schedule

PlanFiles = Annotated[list[Path] | None, typer.Argument(help=both("help.plan"), show_default=False)]
Documents = Annotated[
    list[str],
    typer.Option("--schedule", "-s", help=both("help.schedules-each"), show_default=False),
]
Scenarios = Annotated[
    list[str] | None,
    typer.Option("--scenario", metavar="NAME[=FILE[!SHEET]]", help=both("help.scenario")),
]
CSV = (
    *("schedule", "scenario", "place", "school", "competition", "level", "prize", "role", "count"),
    *("each", "total", "unit", "status", "rule", "subject", "amount", "change", "how", "clause"),
)


def estimate(
    schedule: Documents,
    plan: PlanFiles = None,
    scenario: Scenarios = None,
    output_file: OutputFile = None,
    reading: options.Readings = None,
    ruling: options.Rulings = None,
    given: Given = None,
    year: options.Year = None,
    blank_zero: BlankZero = False,
    hidden: options.Hidden = False,
    schedules: options.Folders = None,
    format: options.OutputFormat = Format.TABLE,  # noqa: A002  # the name of the option
    lang: options.Language = "zh",
    force: options.Force = False,
) -> bool:
    """Work out what a plan comes to under each schedule, scenario by scenario."""
    from awards.estimates import estimate as made_of

    documents = [options.load(name, schedules) for name in schedule]
    planned, wanted, files = _read(plan or [], scenario or [], documents, year, blank_zero, hidden)
    made = made_of(
        planned,
        documents,
        scenarios=wanted,
        readings=options.readings(reading),
        rulings=options.rulings(ruling),
        given=options.readings(given),
        year=year,
    )
    if output_file:
        output.spare(output_file, *files)
        _write(made, output_file, lang, force)
    if format is Format.JSON:
        output.json(_report(made, lang))
    elif format is Format.CSV:
        output.line(output.as_csv(CSV, _rows(made, lang)).rstrip("\n"))
    else:
        estimate_tables.tables(made, lang)
    shown = [each for each in made.problems if each.severity != "info"]
    output.problems(shown, lang)
    if len(shown) < len(made.problems):
        output.message(say("fund.notes", lang, count=len(made.problems) - len(shown)))
    if output_file:
        output.message(say("cli.written", lang, file=output_file))
    return not any(each.severity == "error" for each in made.problems)


def _read(
    files: Sequence[Path],
    scenarios: Sequence[str],
    documents: "Sequence[Schedule]",
    year: int | None,
    blank_zero: bool,
    hidden: bool,
) -> "tuple[Plan, list[str], list[Path]]":
    """The plan in all files, the scenarios asked for, and the files.

    ``NAME=FILE`` and ``NAME=FILE!SHEET`` say what is in a scenario; a name alone asks for it.
    """
    from awards.plans import Plan
    from awards.problems import OptionError, problem
    from awards.workbook import read_plan

    if not files and not any("=" in each for each in scenarios):
        raise OptionError(problem("no-plan-file"))

    def read(*paths: str | Path, sheet: str | None = None) -> Plan:
        return read_plan(
            *paths,
            schedules=documents,
            sheet=sheet,
            year=year,
            hidden=hidden,
            blank_is_zero=blank_zero,
        )

    whole = read(*files) if files else Plan()
    wanted: list[str] = []
    named: list[Path] = []
    for each in scenarios:
        name, equals, rest = each.partition("=")
        if equals:
            path, _, sheet = rest.partition("!")
            whole += read(path, sheet=sheet or None).called(name)
            named.append(Path(path))
        else:
            wanted.append(name)
    return whole, wanted, [*files, *named]


def _write(made: "Estimate", path: Path, lang: Lang, force: bool) -> None:
    from awards.workbook import write_estimate

    output.save(
        path,
        force,
        lambda temporary: write_estimate(made, temporary, lang),
        lambda: _report(made, lang),
        lambda: output.as_csv(CSV, _rows(made, lang)),
    )


def _report(made: "Estimate", lang: Lang) -> Any:
    from awards.estimate_report import estimate_report

    return estimate_report(made, lang)


def _rows(made: "Estimate", lang: Lang) -> list[list[object]]:
    """One row for each group of awards, then one for each amount of funding; numbers exact."""
    from awards.accounts import exact, how, subject

    rows: list[list[object]] = []
    for planned in made.awards:
        for each in planned.groups:
            award = planned.outcome.awards[each.award]
            said = [each.line.columns.get(name) for name in ("competition", "level", "prize")]
            head = [planned.schedule.id, planned.scenario, str(each.line.place), each.school]
            worth = [each.count, each.each, each.total, each.unit, award.status]
            rows.append([*head, *said, each.role, *worth, *[None] * 5, award.clause])
    for funds in made.funds:
        for one in (each for each in funds.expected if each.is_told):
            finding = one.finding
            whom = subject(finding, funds.schedule, lang)
            head = [funds.schedule.id, funds.scenario, *[None] * 6]
            told = [finding.rule, whom, exact(one.amount), exact(one.change), how(finding)]
            rows.append([*head, *[None] * 4, finding.status, *told, finding.clause])
    return rows
