"""Worked cases of funding rules: what a case expects, held against the findings.

Numbers are compared exactly, written as whole numbers, decimals or fractions; days as days. Two
findings on one subject (a floor and a target beside it) may answer one entry together.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from awards.findings import Checked, Finding
from awards.schedule import Schedule
from awards.standards import hold

DAY = re.compile(r"\d{4}-\d\d-\d\d")
Entry = Mapping[str, Any]


def differences(
    expect: Sequence[Entry],
    rows: Sequence[Mapping[str, Any]],
    schedule: Schedule,
    given: Mapping[str, Any],
    readings: Mapping[str, str],
    rule: str | None,
) -> list[str]:
    """A line for each expected entry that the rules, or the one *rule*, do not give."""
    found = hold(
        rows,
        schedule,
        given=given,
        readings=readings,
        unmentioned_counts_as_met=True,
        only=rule,
    ).findings
    if rule is not None:
        entries = [_plain(each) for each in found]
    else:
        entries = [*(_flat(each) for each in found), *_together(found)]
    return [
        f"expected {_show(entry)}, got {_nearest(entry, entries)}"
        for entry in expect
        if not any(_meets(entry, each) for each in entries)
    ]


def _plain(finding: Finding) -> dict[str, Any]:
    """Required, actual, met and gap; by name where a rule makes several comparisons.

    Of a draft: the outcome if it were adopted.
    """
    met = finding.values.get("would_meet", finding.met)
    named = {each.name: each for each in finding.checks if each.name}
    if not named:
        (only,) = finding.checks or (None,)
        return _answer(only, met) if only else {"met": met}
    return {
        key: {name: _answer(each, each.met)[key] for name, each in named.items()}
        for key in ("required", "actual", "met", "gap")
    }


def _answer(check: Checked, met: bool | None) -> dict[str, Any]:
    return {"required": check.required, "actual": check.actual, "met": met, "gap": check.gap}


def _flat(finding: Finding) -> dict[str, Any]:
    """A finding as one entry, by the words of the case files."""
    entry: dict[str, Any] = {**finding.subject, **finding.labels, **finding.values}
    if finding.status != "computed":
        entry |= {"status": finding.status, "met": finding.met}
    if finding.due:
        entry["due"] = finding.due.isoformat()
    if finding.lines:
        entry["lines"] = finding.lines
    if finding.paid_by:
        entry["paid_by"] = finding.paid_by
    beside = [each for each in finding.checks if each.name]
    if beside:
        entry["sub_tests"] = [
            {
                "name": each.name,
                "required": each.required,
                "counted": each.actual,
                "shortfall": each.gap,
                "met": each.met,
            }
            for each in beside
        ]
    return entry


def _together(found: Sequence[Finding]) -> Iterator[dict[str, Any]]:
    """The findings on each subject as one entry: a target beside a floor keeps its own status."""
    subjects: dict[tuple[Any, ...], list[Finding]] = {}
    for each in found:
        subjects.setdefault(tuple(sorted(each.subject.items(), key=str)), []).append(each)
    for group in subjects.values():
        merged: dict[str, Any] = {}
        for number, each in enumerate(group):
            entry = _flat(each)
            if number and each.status == "not_yet_binding":
                merged["target_status"] = each.status
            for name, value in entry.items():
                if merged.get(name) is None:
                    merged[name] = value
        yield merged


def _meets(expected: Entry, got: Entry) -> bool:
    return all(_same(value, got.get(name)) for name, value in expected.items())


def _same(expected: Any, got: Any) -> bool:
    if isinstance(expected, Mapping):
        return isinstance(got, Mapping) and _meets(expected, got)
    if isinstance(expected, list):
        return (
            isinstance(got, list | tuple)
            and len(got) == len(expected)
            and all(map(_same, expected, got))
        )
    if expected is None or isinstance(expected, bool):
        return expected is got or (expected is not None and got is not None and expected == got)
    if isinstance(expected, str) and isinstance(got, str) and DAY.fullmatch(got):
        return got.startswith(expected)  # a day, or the year of one
    left, right = _number(expected), _number(got)
    if left is not None and right is not None:
        return left == right
    return str(got or "").startswith(str(expected))


def _number(value: Any) -> Fraction | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, str) and DAY.fullmatch(value):
        return Fraction(date.fromisoformat(value).toordinal())
    try:
        return Fraction(str(value))
    except ValueError:
        return None


def _nearest(entry: Entry, entries: Sequence[Entry]) -> str:
    """What the likest of *entries* says where *entry* says something."""
    said = [{name: each.get(name) for name in entry} for each in entries]
    said.sort(key=lambda each: -sum(_same(entry[name], each[name]) for name in entry))
    return _show(said[0]) if said else "nothing"


def _show(entry: Entry) -> str:
    return " ".join(f"{name}={value}" for name, value in entry.items())
