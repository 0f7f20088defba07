"""The generated documents: ``python -m docs.generate`` writes them, ``--check`` compares.

Also the first line of every schedule file, which tells an editor where its schema is.
"""

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from awards import compare_report, estimate_report, fund_report, listing, report
from docs.commands import cli
from docs.problem_pages import problem_pages
from docs.reference import schedule_format
from docs.schema import schedule_schema

HERE = Path(__file__).parent
SCHEDULES = HERE.parent / "schedules"
SCHEMA = HERE / "schedule.schema.json"
MARK = "#:schema "


def documents() -> dict[Path, str]:
    """What each generated file has to hold."""
    return {
        HERE / "schedule-format.md": schedule_format(),
        SCHEMA: _json(schedule_schema()),
        HERE / "pay.schema.json": _json(report.schema()),
        HERE / "fund.schema.json": _json(fund_report.schema()),
        HERE / "estimate.schema.json": _json(estimate_report.schema()),
        HERE / "compare.schema.json": _json(compare_report.schema()),
        HERE / "read.schema.json": _json(listing.schema()),
        HERE / "cli.md": cli(),
        **dict(problem_pages()),
        **{path: headed(path) for path in schedule_files()},
    }


def schedule_files() -> list[Path]:
    """Every schedule file of the checkout."""
    return sorted(path for path in SCHEDULES.rglob("*.toml") if path.parent != SCHEDULES)


def headed(path: Path) -> str:
    """The text of the schedule file *path* with the line that names its schema."""
    text = path.read_text("utf-8")
    if text.startswith(MARK):
        text = text.partition("\n")[2]
    schema = os.path.relpath(SCHEMA, path.parent).replace(os.sep, "/")
    return f"{MARK}{schema}\n{text}"


def main(arguments: list[str]) -> int:
    """Write what is stale; with ``--check`` only name it, 1 if there is any."""
    wanted = documents()
    found = [path for path, text in wanted.items() if _text(path) != text]
    for path in found:
        sys.stdout.write(f"{path.relative_to(HERE.parent)} is stale\n")
        if "--check" not in arguments:
            path.write_text(wanted[path], "utf-8", newline="\n")
    return 1 if found and "--check" in arguments else 0


def _text(path: Path) -> str | None:
    return path.read_text("utf-8") if path.exists() else None


def _json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
