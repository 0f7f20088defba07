"""The contract that every schedule file keeps, and the mutations that show its cases bite.

``python -m tests.contract [ID or FILE …]`` prints, for each schedule, clauses that nothing cites and
figures or factors that can be moved without any worked case noticing.
"""

import sys
import tomllib
from collections.abc import Iterator, Mapping
from copy import deepcopy
from decimal import Decimal
from fractions import Fraction
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from awards.loading import parse
from awards.problems import AwardsError
from awards.schedule import Schedule
from awards.terms import policy_root
from tests.cases import CASES, Case, load, run

FIGURES = ("amounts", "money", "most")
FACTORS = ("times", "part", "rest", "share", "at_most")
COUNTS = ("payees", "count", "over")
Path_ = tuple[str | int, ...]


def files() -> Iterator[tuple[str, str]]:
    """The id and the text of every shipped schedule."""
    yield from _below(policy_root(), "")


def _below(folder: Traversable, path: str) -> Iterator[tuple[str, str]]:
    for entry in sorted(folder.iterdir(), key=lambda each: each.name):
        here = f"{path}/{entry.name}" if path else entry.name
        if entry.is_dir():
            yield from _below(entry, here)
        elif path and entry.name.endswith(".toml"):
            yield here.removesuffix(".toml"), entry.read_text("utf-8")


def cases_of(schedule: Schedule) -> list[Case]:
    """Every worked case of the document: those it came with and our own."""
    return [case for case in load(CASES) if case.document == schedule.cases]


def unused_clauses(schedule: Schedule) -> list[str]:
    """Clauses that no step, reading or approval cites."""
    cited = {reading.clause for reading in schedule.readings.values()}
    cited |= {schedule.approval.clause} if schedule.approval else set()
    for step in schedule.steps:
        cited |= step.clauses()
    return [name for name in schedule.clauses if name not in cited]


def survivors(text: str) -> list[str]:
    """Each figure or factor that can be moved without breaking a case, by its path in the file."""
    tables = tomllib.loads(text, parse_float=Decimal)
    cases = cases_of(parse(text, "schedule"))
    return [
        ".".join(map(str, path)) + f" = {old} → {new}"
        for path, old, new in mutations(tables)
        if not _is_noticed(tables, path, new, cases)
    ]


def mutations(tables: Mapping[str, Any]) -> Iterator[tuple[Path_, Any, Any]]:
    """Every figure one yuan higher, every factor and count a little higher, with its path."""
    for number, step in enumerate(tables["steps"]):
        for path, value in _leaves(step, ("steps", number)):
            names = [name for name in path if isinstance(name, str)]
            if set(FIGURES) & set(names) or names[-1] in COUNTS:
                if isinstance(value, int | Decimal) and not isinstance(value, bool):
                    yield path, value, value + 1
            elif set(FACTORS) & set(names) and _is_number(value):
                yield path, value, str(Fraction(str(value)) + Fraction(1, 50))


def _leaves(value: Any, path: Path_) -> Iterator[tuple[Path_, Any]]:
    pairs: Any = ()
    if isinstance(value, Mapping):
        pairs = value.items()
    elif isinstance(value, list):
        pairs = enumerate(value)
    else:
        yield path, value
    for key, each in pairs:
        yield from _leaves(each, (*path, key))


def _is_number(value: Any) -> bool:
    try:
        Fraction(str(value))
    except ValueError:
        return False
    return True


def _is_noticed(tables: Mapping[str, Any], path: Path_, new: Any, cases: list[Case]) -> bool:
    changed: Any = deepcopy(tables)
    place = changed
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = int(new) if path[-1] == "at_most" and "." not in str(new) else new
    try:
        schedule = Schedule.model_validate(changed)
    except ValueError:
        return True  # the file itself no longer agrees with itself
    for case in cases:
        try:
            if run(case, schedule):
                return True
        except (ValueError, AwardsError):
            return True  # a part of a fen, say
    return False


def main(wanted: list[str]) -> int:
    """Print what is wrong with the files, ids or case ids *wanted*; 1 if anything is."""
    found = 0
    drafts = [(each, Path(each).read_text("utf-8")) for each in wanted if each.endswith(".toml")]
    for name, text in drafts or files():
        schedule = parse(text, name)
        if wanted and not drafts and not {name, schedule.cases} & set(wanted):
            continue
        lines = [f"clause {each} is never cited" for each in unused_clauses(schedule)]
        lines += [f"no case notices {each}" for each in survivors(text)]
        lines += [
            f"{case.id}: {line}" for case in cases_of(schedule) for line in run(case, schedule)
        ]
        found += len(lines)
        print(f"{name}: {len(lines)} to mend")
        for line in lines:
            print(f"  {line}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
