"""What makes a schedule contradict itself, or leaves a hole in it, with the key where it shows.

Errors keep a schedule from being loaded. Warnings are for the person who writes one: a clause
that nothing cites, bands that leave a gap, a cell that no rate fills, prizes that do not fall.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, product
from typing import Any, NamedTuple

from awards.conditions import Condition
from awards.problems import Severity
from awards.rules import Changes, Rule
from awards.schedule import Schedule
from awards.steps import AnyStep, Cap, Rate, Recode
from awards.steps.tables import ANY, BAND, is_general
from awards.terms import KINDS

Path = tuple[str | int, ...]


class Fault(NamedTuple):
    """Something wrong at the key *path* of a schedule: a problem's code, values and severity."""

    path: Path
    code: str
    values: dict[str, str]
    severity: Severity = "error"


def faults(schedule: Schedule) -> Iterator[Fault]:
    """Everything that is wrong or doubtful in *schedule*."""
    yield from _dates(schedule)
    yield from _clauses(schedule)
    yield from _readings(schedule)
    yield from _restated(schedule)
    yield from _words(schedule)
    for number, step in enumerate(schedule.steps):
        if isinstance(step, Rate | Cap):
            yield from _tables(("steps", number), step, schedule)
        if isinstance(step, Recode) and step.bands:
            yield from _bands(("steps", number, "bands", "words"), list(step.bands.words))


def _dates(schedule: Schedule) -> Iterator[Fault]:
    issued, start, end = schedule.issued, schedule.in_force_from, schedule.in_force_until
    if start and end and end < start:
        values = {"end": str(end), "start": str(start)}
        yield Fault(("in_force_until",), "ends-before-start", values)
    if start and issued and start.year < issued.year:
        values = {"start": str(start), "issued": str(issued)}
        yield Fault(("in_force_from",), "starts-before-issue", values)
    if issued and schedule.checked_on < issued:
        values = {"checked": str(schedule.checked_on), "issued": str(issued)}
        yield Fault(("checked_on",), "checked-before-issue", values)


def _clauses(schedule: Schedule) -> Iterator[Fault]:
    cited: list[tuple[Path, str]] = [
        (("readings", name, "clause"), each.clause) for name, each in schedule.readings.items()
    ]
    if schedule.approval:
        cited.append((("approval", "clause"), schedule.approval.clause))
    for number, step in enumerate(schedule.steps):
        cited += ((("steps", number, "clause"), clause) for clause in sorted(step.clauses()))
    cited += _cited_by_rules(schedule)
    known = ", ".join(schedule.clauses)
    for path, clause in cited:
        if clause not in schedule.clauses:
            yield Fault(path, "no-clause", {"found": clause, "known": known})
    used = {clause for _, clause in cited}
    for name in schedule.clauses:
        if name not in used:
            yield Fault(("clauses", name), "unused-clause", {"clause": name}, "warning")


def _cited_by_rules(schedule: Schedule) -> Iterator[tuple[Path, str]]:
    for name, rates in schedule.rates.items():
        yield from ((("rates", name, "clause"), clause) for clause in sorted(rates.clauses()))
    for name, rule in schedule.rules.items():
        yield ("rules", name, "clause"), rule.clause
        yield from ((("rules", name, "rests_on"), clause) for clause in rule.rests_on)
        for path, part in _forms(rule, ("rules", name)):
            for number, check in enumerate(part.checks or ()):
                if check.clause:
                    yield (*path, "checks", number, "clause"), check.clause
            for source, clause in (part.sources.never if part.sources else {}).items():
                yield (*path, "sources", "never", source), clause
    for name, said in schedule.qualitative.items():
        yield ("qualitative", name, "clause"), said.clause


def _forms(rule: Rule, path: Path) -> Iterator[tuple[Path, Rule | Changes]]:
    """The rule itself, and what stands instead under each reading."""
    yield path, rule
    for reading, options in rule.changed_by.items():
        for option, changes in options.items():
            yield (*path, "changed_by", reading, option), changes


def _restated(schedule: Schedule) -> Iterator[Fault]:
    """Rules said to restate one that is not there."""
    known = ", ".join(schedule.rules)
    for name, rule in schedule.rules.items():
        if rule.restates is not None and rule.restates not in schedule.rules:
            values = {"found": rule.restates, "known": known}
            yield Fault(("rules", name, "restates"), "no-rule", values)


def _readings(schedule: Schedule) -> Iterator[Fault]:
    used: set[tuple[str, str]] = set()
    guards: list[tuple[Path, Iterable[tuple[str, str]]]] = [
        (("steps", number), step.under.items()) for number, step in enumerate(schedule.steps)
    ]
    guards += ((("rules", name), rule.options()) for name, rule in schedule.rules.items())
    for where, under in guards:
        for name, option in under:
            path = (*where, "under", name)
            if name not in schedule.readings:
                known = ", ".join(schedule.readings) or "-"
                yield Fault(path, "no-reading", {"found": name, "known": known})
            elif option not in schedule.readings[name].options:
                known = ", ".join(schedule.readings[name].options)
                values = {"found": option, "reading": name, "known": known}
                yield Fault(path, "no-option", values)
            used.add((name, option))
    for name in schedule.readings:
        if not any(reading == name for reading, _ in used):
            yield Fault(("readings", name), "idle-reading", {"reading": name}, "warning")


def _words(schedule: Schedule) -> Iterator[Fault]:
    for number, step in enumerate(schedule.steps):
        for path, column, word in dict.fromkeys(_mentioned(step)):
            if column in KINDS and word not in schedule.terms.words[column]:
                near = schedule.terms.canonical(column, word) or ""
                near = near or next(iter(schedule.terms.close(column, word)), "")
                values = {"kind": column, "found": word, "near": near}
                yield Fault(("steps", number, *path), "unknown-word", values)


def _mentioned(step: AnyStep) -> Iterator[tuple[Path, str, str]]:
    """The words of the field in *step*, with the key where each stands."""
    if step.when:
        yield from _in_condition(step.when, ("when",))
    if isinstance(step, Rate | Cap):
        for keys, _ in step.cells():
            for depth, (column, key) in enumerate(zip(step.by, keys, strict=True), 1):
                if not is_general(key):
                    yield ("amounts", *keys[:depth]), column, key
    if isinstance(step, Rate):
        yield from ((("below",), step.by[-1], word) for word in step.below if not is_general(word))
    else:
        yield from (((), column, str(word)) for column, word in step.words())


def _in_condition(condition: Condition, path: Path) -> Iterator[tuple[Path, str, str]]:
    for column, match in condition.tests.items():
        yield from (((*path, column), column, str(value)) for value in match.values())
    for number, each in enumerate(condition.any_):
        yield from _in_condition(each, (*path, "any", number))
    if condition.not_:
        yield from _in_condition(condition.not_, (*path, "not"))


def _tables(path: Path, step: Rate | Cap, schedule: Schedule) -> Iterator[Fault]:
    """Gaps, overlaps and prizes out of order in a crosstab."""
    rows: dict[tuple[str, ...], dict[str, int]] = {}
    for keys, amount in step.cells():
        rows.setdefault(keys[:-1], {})[keys[-1]] = amount
    where = (*path, "amounts")
    for keys, row in rows.items():
        below = step.below if isinstance(step, Rate) else ()
        yield from _bands((*where, *keys), [*row, *below])
        if isinstance(step, Rate) and not step.not_falling:
            yield from _falling((*where, *keys), step.by[-1], row, schedule)
    if isinstance(step, Rate) and step.otherwise is None:
        yield from _empty_cells(where, step, rows)


def _empty_cells(
    where: Path, step: Rate, rows: dict[tuple[str, ...], dict[str, int]]
) -> Iterator[Fault]:
    """Cells of a table of words that no figure and no ``below`` fills."""
    heads = [list(dict.fromkeys(keys[i] for keys in rows)) for i in range(len(step.by) - 1)]
    across = list(dict.fromkeys(key for row in rows.values() for key in row))
    for keys in product(*heads):
        row = rows.get(keys, {})
        if not row and len(keys) > 1:
            continue  # a combination that the document does not have at all
        for key in across:
            banded = BAND.fullmatch(key) or key == ANY or ANY in row
            if key not in row and key not in step.below and not banded:
                cell = ", ".join((*keys, key))
                yield Fault((*where, *keys), "empty-cell", {"cell": cell}, "warning")


def _bands(path: Path, keys: Sequence[str]) -> Iterator[Fault]:
    """Overlaps (errors) and gaps (warnings) between the bands among *keys*."""
    bands = sorted((_span(key), key) for key in keys if BAND.fullmatch(key))
    for (first, one), (second, other) in pairwise(bands):
        values = {"one": one, "other": other}
        if second[0] <= first[1]:
            yield Fault(path, "bands-overlap", values)
        elif second[0] > first[1] + 1:
            yield Fault(path, "bands-gap", values, "warning")


def _span(key: str) -> tuple[float, float]:
    match = BAND.fullmatch(key)
    low, dash, high = match.groups() if match else (0, "", "")
    return int(low), (int(high) if high else float("inf")) if dash else int(low)


def _falling(path: Path, column: str, row: dict[str, int], schedule: Schedule) -> Iterator[Fault]:
    """Prizes, or placings, of which a lower one pays more."""
    order: list[str] = []
    if column == "prize":
        order = [prize for prize in schedule.terms.words["prize"] if prize in row]
    elif column == "placing":
        order = sorted((key for key in row if BAND.fullmatch(key)), key=_span)
    for higher, lower in pairwise(order):
        if row[lower] > row[higher]:
            values = {"higher": higher, "lower": lower}
            yield Fault((*path, lower), "prize-not-falling", values)


def together(schedules: Iterable[Schedule]) -> Iterator[tuple[Schedule, dict[str, str]]]:
    """Documents of one name in force at once where neither supersedes the other."""
    known: dict[str, list[Schedule]] = {}
    for each in schedules:
        for other in known.setdefault(each.id.rpartition("/")[0], []):
            if _overlap(each, other) and not _settled(each, other):
                yield each, {"one": each.id, "other": other.id}
        known[each.id.rpartition("/")[0]].append(each)


def _settled(one: Schedule, other: Schedule) -> bool:
    return other.id in one.supersedes or one.id in other.supersedes


def _overlap(one: Schedule, other: Schedule) -> bool:
    def starts(each: Schedule) -> Any:
        return each.in_force_from or one.checked_on.min

    def ends(each: Schedule) -> Any:
        return each.in_force_until or one.checked_on.max

    return bool(starts(one) <= ends(other) and starts(other) <= ends(one))
