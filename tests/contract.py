"""Hold the shipped schedules, or draft files, against the contract: ``python -m tests.contract``."""

import sys
from collections.abc import Iterator
from pathlib import Path

from awards.cases import load, run
from awards.catalog import shipped_files
from awards.contract import figures
from awards.loading import checked
from tests.cases import CASES


def faults(text: str, file: str) -> Iterator[str]:
    """What keeps the schedule in *text* from the contract, a line each."""
    schedule, found = checked(text, file)
    yield from (each.line() for each in found)
    if schedule is None:
        return
    cases = [case for case in load(CASES) if case.document in schedule.cases]
    if not cases:
        yield "there are no worked cases"
    for case in cases:
        yield from (f"{case.id}: {line}" for line in run(case, schedule))
    for each in figures(text, cases):
        if not each.noticed_by:
            yield f"no case notices {each.name} = {each.before} → {each.after}"


def main(wanted: list[str]) -> int:
    """Print what is wrong with the files, ids or case ids *wanted*; 1 if anything is."""
    found = 0
    drafts = [(each, Path(each).read_text("utf-8")) for each in wanted if each.endswith(".toml")]
    for name, text in drafts or shipped_files():
        if wanted and not drafts and not any(f'"{each}"' in text for each in wanted):
            continue
        lines = list(faults(text, name))
        found += len(lines)
        print(f"{name}: {len(lines)} to mend")
        for line in lines:
            print(f"  {line}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
