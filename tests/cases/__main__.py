"""Hold schedules against worked cases: a line for each that differs, then the count."""

import argparse
import sys
from pathlib import Path

import awards
from awards import Schedule
from tests.cases import Case, load, run


def main(arguments: list[str]) -> int:
    """Print a line for each case that differs, then ``N passed, N failed``; 1 if any failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.cases", description=__doc__)
    parser.add_argument("folder", type=Path, help="folder of case files (*.yaml)")
    parser.add_argument("--schedules", type=Path, help="folder of further schedules")
    parser.add_argument("--only", help="one document or one case, by its id")
    chosen = parser.parse_args(arguments)
    folders = (chosen.schedules,) if chosen.schedules else ()
    by_cases = {name: each for each in awards.schedules(folders).values() for name in each.cases}
    passed = failed = 0
    for case in load(chosen.folder):
        if chosen.only not in (None, case.id, case.document):
            continue
        schedule = by_cases.get(case.document)
        lines = _lines(case, schedule)
        passed += not lines
        failed += bool(lines)
        for line in lines:
            print(f"{case.document} {case.id}: {line}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


def _lines(case: Case, schedule: Schedule | None) -> list[str]:
    """What differs; a case that breaks the run differs too, and the others still count."""
    if schedule is None:
        return [f"no schedule has cases = {case.document!r}"]
    try:
        return run(case, schedule)
    except Exception as error:  # whatever it is, it is this case's
        return [f"{type(error).__name__}: {error}"]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
