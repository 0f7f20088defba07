"""Worked cases: real policies as rules in words, with what each roster must come to.

The expected amounts were worked out by hand from the documents. A case names rows, what is
expected, and, where the text can be read two ways, the alternatives; each of these has to be
reached by switching one named reading of the schedule.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

import awards
from awards import Assessment, Schedule

FOLDER = Path(__file__).parent / "awards"
Entry = Mapping[str, Any]
"""One payee's outcome: payee, kind, amount, status, and what else the case speaks of."""


@dataclass(frozen=True)
class Case:
    """One worked case of a document."""

    document: str
    id: str
    rows: Sequence[Mapping[str, Any]]
    given: Mapping[str, Any]
    expect: Sequence[Entry]
    alternatives: Sequence[tuple[str, Sequence[Entry]]]


def load(folder: Path) -> Iterator[Case]:
    """Every case of the files in *folder*, in order."""
    for path in sorted(folder.rglob("*.yaml")):
        document = yaml.safe_load(path.read_text("utf-8"))
        for case in document["cases"]:
            yield Case(
                document["id"],
                case["id"],
                case["rows"],
                case.get("given", {}),
                case["expect"],
                [(each["reading"], each["expect"]) for each in case["alternatives"]],
            )


def run(case: Case, schedule: Schedule) -> list[str]:
    """What differs, one line for each expectation that was not met; nothing if all were."""
    got = outcome(case, schedule, {})
    lines = differences(case.expect, got)
    for words, expect in case.alternatives:
        others = {
            f"{name}={option}": outcome(case, schedule, {name: option})
            for name, reading in schedule.readings.items()
            for option in reading.options
            if option != reading.default
        }
        if all(differences(expect, other) for other in others.values()):
            lines.append(f"no reading gives the alternative: {words}")
    return lines


def outcome(case: Case, schedule: Schedule, readings: Mapping[str, str]) -> list[Entry]:
    """What the schedule makes of the rows of *case*, in the form of its expectations."""
    year = schedule.in_force_from.year
    return entries(awards.assess(case.rows, schedule, readings=readings, year=year))


def entries(outcome: Assessment) -> list[Entry]:
    """One entry for each payee and unit: the sum that is due, or why there is none."""
    groups: dict[tuple[str | None, str, str], list[awards.Award]] = {}
    for award in outcome.awards:
        groups.setdefault((award.payee, award.payee_kind, award.unit), []).append(award)
    return [_entry(key, group) for key, group in groups.items()]


def _entry(key: tuple[str | None, str, str], group: Sequence[awards.Award]) -> Entry:
    payee, kind, unit = key
    due = [award for award in group if award.status in ("paid", "pending_approval")]
    waiting = [award for award in group if award.status in ("needs_ruling", "problem")]
    entry: dict[str, Any] = {"payee": payee, "kind": kind}
    if unit != "yuan":
        entry["unit"] = unit
    if waiting or not due:
        last = (waiting or group)[0]
        return {**entry, "amount": last.amount, "status": last.status, "reason": last.reason}
    amount = sum((award.amount for award in due if award.amount), start=Decimal(0))
    rows = [award.row for award in due]
    return {**entry, "amount": amount, "status": due[0].status, "from_rows": rows}


def differences(expect: Iterable[Entry], got: Sequence[Entry]) -> list[str]:
    """A line for each expected entry that *got* does not have, and for each entry too many."""
    left = list(got)
    lines = []
    for entry in expect:
        found = next((each for each in left if _meets(entry, each)), None)
        if found:
            left.remove(found)
        else:
            near = [_show(each) for each in got if each["payee"] == entry["payee"]]
            lines.append(f"expected {_show(entry)}, got {' and '.join(near) or 'nothing'}")
    return lines + [f"not expected: {_show(each)}" for each in left if each["amount"] != 0]


def _meets(expected: Entry, got: Entry) -> bool:
    """Whether *got* says everything that *expected* says."""
    if ("unit" in expected) != ("unit" in got):
        return False
    return all(_same(value, got.get(name)) for name, value in expected.items())


def _same(expected: Any, got: Any) -> bool:
    if isinstance(expected, float):
        expected = Decimal(str(expected))
    return bool(expected == got)


def _show(entry: Entry) -> str:
    return " ".join(f"{name}={value}" for name, value in entry.items() if value is not None)
