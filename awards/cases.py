"""Worked cases: rows with what they must come to, worked out by hand from a document.

A case names rows, what is expected, and, where the text can be read two ways, the alternatives;
each of these has to be reached by switching one named reading of the schedule. There are three
forms of case file: awards (an entry for each payee), funding (an entry for each subject), and
the rules of a plan, each with its figures. Reading them needs PyYAML (the extra ``authoring``).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from awards import case_findings
from awards.assessment import Assessment, assess
from awards.payouts import Award
from awards.problems import FileError, Place, problem
from awards.schedule import Schedule

Entry = Mapping[str, Any]
"""One payee's outcome: payee, kind, amount, status, and what else the case speaks of."""


@dataclass(frozen=True)
class Case:
    """One worked case of a document; ``rule`` names the funding rule it is about, if one."""

    document: str
    id: str
    rows: Sequence[Mapping[str, Any]]
    given: Mapping[str, Any]
    expect: Sequence[Entry]
    alternatives: Sequence[tuple[str, Sequence[Entry]]]
    is_funding: bool = False
    rule: str | None = None


def load(folder: Path) -> Iterator[Case]:
    """Every case of the files below *folder*, in order; FileError for one that is no case file."""
    for path in sorted(folder.rglob("*.yaml")):
        document = _document(path)
        try:
            if "seed" in document:
                yield from _of_rules(document)
            else:
                yield from _of_rows(document)
        except (KeyError, TypeError) as error:
            raise FileError(problem("no-case-file", Place(str(path)), fault=error)) from error


def _of_rows(document: Any) -> Iterator[Case]:
    """The cases of a file of awards, or of funding (which has no payees)."""
    for case in document["cases"]:
        expect = _entries(case["expect"])
        yield Case(
            document["id"],
            case["id"],
            case["rows"],
            case.get("given", {}),
            expect,
            [(each["reading"], _entries(each["expect"])) for each in case["alternatives"]],
            is_funding="payee" not in expect[0],
        )


def _entries(expect: Any) -> Sequence[Entry]:
    return [expect] if isinstance(expect, Mapping) else expect


def _of_rules(document: Any) -> Iterator[Case]:
    """The cases of a file of rules: two for each that can be computed."""
    for rule in document["rules"]:
        for number, case in enumerate(rule.get("cases", ()), 1):
            expect = {name: case[name] for name in ("required", "actual", "met", "gap")}
            yield Case(
                document["seed"],
                f"{rule['id']}/{number}",
                [case["given"]],
                {},
                [expect],
                [],
                is_funding=True,
                rule=rule["id"],
            )


def _document(path: Path) -> Any:
    try:
        import yaml
    except ModuleNotFoundError as error:
        raise FileError(problem("no-yaml", Place(str(path)))) from error
    try:
        return yaml.safe_load(path.read_text("utf-8"))
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise FileError(problem("no-case-file", Place(str(path)), fault=error)) from error


def run(case: Case, schedule: Schedule) -> list[str]:
    """What differs, one line for each expectation that was not met; nothing if all were."""
    lines = _against(case, case.expect, schedule, {})
    for words, expect in case.alternatives:
        switched = (
            _against(case, expect, schedule, {name: option})
            for name, reading in schedule.readings.items()
            for option in reading.options
            if option != reading.default
        )
        if all(switched):
            lines.append(f"no reading gives the alternative: {words}")
    return lines


def _against(
    case: Case, expect: Sequence[Entry], schedule: Schedule, readings: Mapping[str, str]
) -> list[str]:
    """What differs from *expect* under *readings*."""
    if case.is_funding:
        return case_findings.differences(
            expect, case.rows, schedule, case.given, readings, case.rule
        )
    return differences(expect, outcome(case, schedule, readings))


def outcome(case: Case, schedule: Schedule, readings: Mapping[str, str]) -> Assessment:
    """What the schedule makes of the rows of *case*; a row without a year is of its first one."""
    year = (schedule.in_force_from or schedule.checked_on).year
    return assess(case.rows, schedule, readings=readings, given=case.given, year=year)


def differences(expect: Iterable[Entry], got: Assessment) -> list[str]:
    """A line for each expected entry that *got* does not give, and for what it gives besides."""
    left = list(got.awards)
    lines = []
    for entry in expect:
        group = [award for award in left if _is_about(entry, award)]
        found = _entry(group, entry)
        if all(_same(value, found.get(name)) for name, value in entry.items()):
            left = [award for award in left if not any(award is each for each in group)]
        else:
            lines.append(f"expected {_show(entry)}, got {_show(found)}")
    extra = [award for award in left if award.status != "not_paid"]
    return lines + [f"not expected: {_show(_entry([award], {}))}" for award in extra]


def _is_about(entry: Entry, award: Award) -> bool:
    """Whether *award* is one that *entry* speaks of: its payee, kind, unit and labels."""
    labels = {name: entry[name] for name in entry if name in award.labels}
    return (
        award.payee == entry["payee"]
        and award.payee_kind == entry["kind"]
        and (award.unit == entry.get("unit", "yuan") or not award.amount)
        and all(_same(value, award.labels[name]) for name, value in labels.items())
    )


def _entry(group: Sequence[Award], entry: Entry) -> Entry:
    """The awards of *group* as one entry: the sum that is due, or why there is none."""
    if not group:
        return {}
    due = [award for award in group if award.status in ("paid", "pending_approval")]
    waiting = [award for award in group if award.status in ("needs_ruling", "problem")]
    said: dict[str, Any] = {
        "payee": group[0].payee,
        "kind": group[0].payee_kind,
        **{name: group[0].labels.get(name) for name in entry if name in group[0].labels},
    }
    if waiting or not due:
        last = (waiting or list(group))[0]
        return {**said, "amount": last.amount, "status": last.status, "reason": last.reason}
    if due[0].unit != "yuan":
        said["unit"] = due[0].unit
    amount = sum((award.amount for award in due if award.amount), start=Decimal(0))
    rows = [award.row for award in due]
    return {**said, "amount": amount, "status": due[0].status, "from_rows": rows}


def _same(expected: Any, got: Any) -> bool:
    if isinstance(expected, float):
        expected = Decimal(str(expected))
    return bool(expected == got)


def _show(entry: Entry) -> str:
    return " ".join(f"{name}={value}" for name, value in entry.items()) or "nothing"
