"""Figures × schedule → findings: what each rule requires, what counts, the gap, met or not.

A figure is a row: a headcount, an amount of money with its source, or a description of a school,
a place or an enterprise. Comparisons are exact; rounding is for print.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from awards.context import Context
from awards.doubling import doubled
from awards.figures import Figure, figure_columns
from awards.findings import Finding, Findings
from awards.holding import Holding, columns_read
from awards.problems import Problem
from awards.records import is_blank
from awards.schedule import Schedule
from awards.subjects import filled, subjects_of


def hold(
    figures: Iterable[Figure | Mapping[str, Any]],
    schedule: Schedule,
    *,
    given: Mapping[str, Any] | None = None,
    readings: Mapping[str, str] | None = None,
    unmentioned_counts_as_met: bool = False,
    only: str | None = None,
) -> Findings:
    """What every rule of *schedule* says of the *figures*.

    *given* holds figures that the document leaves to another list. A condition on a column that
    the figures leave blank makes a finding undetermined; with *unmentioned_counts_as_met* it
    counts as met, as in worked cases that leave out what does not matter. A figure that names a
    rule (column ``rule``) is for that rule alone. With *only* just the rule of that name is held.
    """
    read = filled([_read(each, schedule) for each in figures], schedule)
    known = figure_columns(given or {}, schedule)
    chosen = schedule.choose(readings or {})
    found: list[Finding] = []
    problems: list[Problem] = []
    for name, rule in schedule.rules_under(chosen).items():
        if only not in (None, name):
            continue
        mine = [each for each in read if _is_for(each, name)]
        subjects, faults = subjects_of(rule, mine, partial(columns_read, rule, schedule, chosen))
        problems += faults
        before: dict[object, Mapping[str, Any]] = {}
        for subject in subjects:
            twice = tuple(doubled(rule, subject))
            if twice:
                problems += twice
                subject = replace(subject, unclear=(*subject.unclear, "amount"))
            others = tuple(subject.keys[key] for key in rule.per[:-1])
            context = Context(
                rows=tuple(each.columns for each in subject.figures),
                rates=schedule.rates,
                given=known,
                lines=rule.lines,
                chosen=chosen,
                previous=before.get(others),
            )
            holding = Holding(name, rule, schedule, subject, context, unmentioned_counts_as_met)
            finding = holding.finding()
            if finding:
                if finding.values or finding.status == "undetermined":
                    before[others] = finding.values
                found.append(finding)
    return Findings(schedule, tuple(found), tuple(dict.fromkeys(problems)), chosen)


def _read(figure: Figure | Mapping[str, Any], schedule: Schedule) -> Figure:
    if isinstance(figure, Figure):
        return replace(figure, columns=figure_columns(figure.columns, schedule))
    return Figure(figure_columns(figure, schedule))


def _is_for(figure: Figure, rule: str) -> bool:
    """Whether *figure* is there for the rule of that name."""
    named = figure.columns.get("rule")
    return is_blank(named) or named == rule
