"""How long a command takes to start: ``python -m benchmarks.start``.

Each is a process of its own, the best of several. What it imports is told by Python itself
(``-X importtime``): the milliseconds in all, and the library that costs most of them.
"""

import json
import os
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from benchmarks.measure import HEADINGS, SCHEDULE
from benchmarks.rows import roster

ROOT = Path(__file__).parent.parent
RUNS = 7
AWARDS = ["-c", "from cli.main import app; app()"]


def ways(folder: Path) -> dict[str, list[str]]:
    """The arguments of Python for each way."""
    book = folder / "fifty.xlsx"
    roster(50).rename(columns=HEADINGS).to_excel(book, index=False)
    out = str(folder / "out.xlsx")
    pay = [*AWARDS, "pay", str(book), "-s", SCHEDULE]
    return {
        "Python alone": ["-c", "pass"],
        "import typer, rich": ["-c", "import typer, rich.console"],
        "import awards": ["-c", "import awards"],
        "import pandas": ["-c", "import pandas"],
        "awards --help": [*AWARDS, "--help"],
        "awards pay --help": [*AWARDS, "pay", "--help"],
        "awards pay, 50 rows, printed": pay,
        "awards pay, 50 rows, to a workbook": [*pay, "-o", out, "--force"],
    }


def installed() -> dict[str, str]:
    """The surroundings of a process that may keep what it compiles, as an installation has it."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def measure(arguments: list[str]) -> dict[str, Any]:
    """The milliseconds of a process, of its imports, and of the dearest library among them."""
    taken = []
    for _ in range(RUNS):
        start = perf_counter()
        done = subprocess.run(
            [sys.executable, *arguments], cwd=ROOT, capture_output=True, env=installed()
        )
        if b"Traceback" in done.stderr:
            raise SystemExit(done.stderr.decode())
        taken.append((perf_counter() - start) * 1000)
    command = [sys.executable, "-X", "importtime", *arguments]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=installed()).stderr
    costs: dict[str, float] = defaultdict(float)
    for line in told.splitlines():
        parts = line.removeprefix("import time:").split("|")
        if len(parts) == 3 and parts[0].strip().isdigit():
            costs[parts[2].strip().split(".")[0]] += int(parts[0]) / 1000
    dearest = max(costs, key=lambda name: costs[name])
    return {"all": min(taken), "imports": sum(costs.values()), "dearest": dearest}


def results() -> dict[str, dict[str, Any]]:
    """Each way with its milliseconds."""
    told = {}
    with TemporaryDirectory() as folder:
        for name, arguments in ways(Path(folder)).items():
            told[name] = measure(arguments)
            print(f"{name:36} {told[name]['all']:7.0f} ms, imports {told[name]['imports']:6.0f}")
    return told


if __name__ == "__main__":
    print(json.dumps(results(), indent=1))
