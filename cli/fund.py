"""``awards fund`` and ``awards standards``: figures in, findings out."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from awards.words import Lang, say

from . import options, output
from .options import Format, both

if TYPE_CHECKING:
    from awards.rules import Rule
    from awards.standards import Finding, Findings

Schedules = Annotated[list[str], typer.Option("--schedule", "-s", help=both("help.schedules-many"))]
Given = Annotated[
    list[str] | None, typer.Option("--given", metavar="NAME=VALUE", help=both("help.given"))
]
OutputFile = Annotated[
    Path | None, typer.Option("--output", "-o", help=both("help.output"), show_default=False)
]
FiguresFile = Annotated[Path, typer.Argument(help=both("help.figures"), show_default=False)]


def fund(
    figures: FiguresFile,
    schedule: Schedules,
    output_file: OutputFile = None,
    reading: options.Readings = None,
    given: Given = None,
    schedules: options.Folders = None,
    format: options.OutputFormat = Format.TABLE,  # noqa: A002  # the name of the option
    lang: options.Language = "zh",
    force: options.Force = False,
) -> bool:
    """Hold money and headcounts against the floors, shares and ceilings of the schedules."""
    outcomes = held(figures, schedule, schedules, reading, given, lambda rule: is_money(rule))
    return _tell(outcomes, output_file, format, lang, force, _print_money)


def standards(
    figures: FiguresFile,
    schedule: Schedules,
    output_file: OutputFile = None,
    reading: options.Readings = None,
    given: Given = None,
    schedules: options.Folders = None,
    format: options.OutputFormat = Format.TABLE,  # noqa: A002  # the name of the option
    lang: options.Language = "zh",
    force: options.Force = False,
) -> bool:
    """Print the scorecard of ratios, counts and deadlines."""
    outcomes = held(figures, schedule, schedules, reading, given, lambda rule: not is_money(rule))
    return _tell(outcomes, output_file, format, lang, force, _print_scores)


def is_money(rule: "Rule") -> bool:
    """Whether *rule* is about yuan: a floor, a share, a ceiling, a credit."""
    return rule.sources is not None or rule.unit == "yuan"


def held(
    figures: Path,
    names: Sequence[str],
    folders: list[Path] | None,
    reading: list[str] | None,
    given: list[str] | None,
    wanted: Callable[["Rule"], bool],
) -> list["Findings"]:
    """The findings of the rules *wanted* of each schedule; each takes the readings it has."""
    from dataclasses import replace

    from awards import read_figures
    from awards.problems import OptionError, problem
    from awards.standards import findings

    read = read_figures(figures)
    known = [options.load(name, folders) for name in names]
    chosen, values = options.readings(reading), options.readings(given)
    for name in chosen:
        if not any(name in each.readings for each in known):
            raise OptionError(
                problem("unknown-reading", found=name, schedule=known[0].id, known="-")
            )
    outcomes = []
    for each in known:
        own = {name: option for name, option in chosen.items() if name in each.readings}
        outcome = findings(read.figures, each, given=values, readings=own)
        kept = tuple(found for found in outcome.findings if wanted(each.rules[found.rule]))
        problems = (*read.problems, *outcome.problems) if not outcomes else outcome.problems
        outcomes.append(replace(outcome, findings=kept, problems=problems))
    return outcomes


def _tell(
    outcomes: list["Findings"],
    output_file: Path | None,
    form: Format,
    lang: Lang,
    force: bool,
    printer: Callable[[list["Findings"], Lang], None],
) -> bool:
    """Write and print the outcomes; whether the data was clean."""
    from awards.accounts import fund_report

    if output_file:
        _write(outcomes, output_file, lang, force)
    if form is Format.JSON:
        output.json(fund_report(outcomes, lang))
    elif form is Format.CSV:
        output.line(output.as_csv(COLUMNS, _rows(outcomes, lang)).rstrip("\n"))
    else:
        printer(outcomes, lang)
    found = [each for outcome in outcomes for each in outcome.problems]
    output.problems(found, lang)
    if output_file:
        output.message(say("cli.written", lang, file=output_file))
    return not any(each.severity == "error" for each in found)


def _write(outcomes: list["Findings"], path: Path, lang: Lang, force: bool) -> None:
    from awards import write_findings
    from awards.accounts import fund_report
    from awards.problems import FileError, Place, problem

    ending = path.suffix.lower()
    if ending == ".xlsx":
        output.write(path, force, lambda temporary: write_findings(outcomes, temporary, lang))
    elif ending == ".json":
        output.write_text(path, force, output.as_json(fund_report(outcomes, lang)) + "\n")
    elif ending == ".csv":
        text = output.as_csv(COLUMNS, _rows(outcomes, lang))
        output.write_text(path, force, text, "utf-8-sig")
    else:
        raise FileError(problem("unknown-ending", Place(str(path)), found=ending or "-"))


COLUMNS = (
    *("schedule", "rule", "subject", "status", "required", "counted", "not_counted"),
    *("shortfall", "surplus", "per_student", "clause", "missing", "says"),
)


def _rows(outcomes: list["Findings"], lang: Lang) -> list[list[object]]:
    """One row for each finding; numbers exact."""
    from awards.accounts import exact, subject_of

    rows: list[list[object]] = []
    for outcome in outcomes:
        for each in outcome.findings:
            values = [exact(each.values.get(name)) for name in COLUMNS[4:10]]
            says = outcome.schedule.rules[each.rule].says[lang]
            head = [each.schedule, each.rule, subject_of(each), each.status]
            rows.append([*head, *values, each.clause, "; ".join(each.missing), says])
    return rows


def _print_money(outcomes: list["Findings"], lang: Lang) -> None:
    """Subjects × rules: what is required, what counts, the gap; the strictest; the readings."""
    names = ("required", "counted", "not_counted", "shortfall", "per_student")
    headings = ("subject", "rule", *names, "verdict", "clause")
    for outcome in outcomes:
        _title(outcome, lang)
        rows = [_money_row(outcome, each, names, lang) for each in outcome.findings]
        output.table([_heading(name, lang) for name in headings], rows)
    _print_strictest(outcomes, lang)
    _print_chosen(outcomes, lang)


def _money_row(
    outcome: "Findings", finding: "Finding", names: Sequence[str], lang: Lang
) -> list[str]:
    from awards.accounts import subject_of

    values = finding.values
    alias = {"required": ("required", "target", "ceiling", "credit", "amount")}
    cells = [_first(values, alias.get(name, (name,))) for name in names]
    if finding.status == "not_yet_binding":
        cells[3] = _first(values, ("gap_to_target",))
    verdict = say(f"standing.{finding.status}", lang)
    if finding.missing:
        verdict += f": {say('sentence.list', lang).join(finding.missing)}"
    says = outcome.schedule.rules[finding.rule].says[lang]
    return [subject_of(finding), says, *cells, verdict, finding.clause]


def _first(values: Any, names: Sequence[str]) -> str:
    """The first of the values *names* that is there, as printed to the fen."""
    from fractions import Fraction

    from awards import money

    for name in names:
        value = values.get(name)
        if isinstance(value, Fraction):
            return money.digits(value, 0 if value.denominator == 1 else 2)
    return ""


def _print_scores(outcomes: list["Findings"], lang: Lang) -> None:
    """The scorecard: what is there, what should be, by when, met or not."""
    from awards.accounts import subject_of
    from awards.quantities import shown

    headings = ("rule", "subject", "actual", "compare", "required", "due", "verdict", "clause")
    for outcome in outcomes:
        _title(outcome, lang)
        rows = []
        for finding in outcome.findings:
            says = outcome.schedule.rules[finding.rule].says[lang]
            for check in finding.checks or (None,):
                name = f"{says} {check.name}" if check and check.name else says
                cells = (
                    (shown(check.actual), say(f"sign.{check.compare}", lang), shown(check.required))
                    if check
                    else ("", "", "")
                )
                verdict = say(f"standing.{finding.status}", lang)
                due = str(finding.due or "")
                rows.append([name, subject_of(finding), *cells, due, verdict, finding.clause])
        output.table([_heading(name, lang) for name in headings], rows)
    _print_chosen(outcomes, lang)


def _title(outcome: "Findings", lang: Lang) -> None:
    document = outcome.schedule
    output.line()
    output.line(f"{document.title[lang]}  {document.number or document.id}")


def _heading(name: str, lang: Lang) -> str:
    from awards.accounts import value_name
    from awards.words import knows

    return say(f"heading.{name}", lang) if knows(f"heading.{name}") else value_name(name, lang)


def _print_strictest(outcomes: list["Findings"], lang: Lang) -> None:
    """Where several documents judge one subject: which asks for most."""
    from awards.accounts import strictest, subject_of

    found = strictest(each for outcome in outcomes for each in outcome.findings)
    if not found:
        return
    output.line()
    output.line(say("fund.strictest", lang))
    rows = [
        [subject_of(each), _first(each.values, ("required",)), each.schedule, each.clause]
        for each in found
    ]
    headings = ("subject", "required", "schedule", "clause")
    output.table([_heading(name, lang) for name in headings], rows)


def _print_chosen(outcomes: list["Findings"], lang: Lang) -> None:
    rows = [
        [name, reading.question[lang], f"{option}: {reading.options[option][lang]}"]
        for outcome in outcomes
        for name, option in outcome.chosen.items()
        if (reading := outcome.schedule.readings[name]) and _matters(outcome, name)
    ]
    if rows:
        output.line()
        output.line(say("cli.readings", lang))
        headings = ("reading", "question", "taken")
        output.table([_heading(name, lang) for name in headings], rows)


def _matters(outcome: "Findings", name: str) -> bool:
    """Whether the reading bears on a rule."""
    return any(name in rule.under for rule in outcome.schedule.rules.values())
