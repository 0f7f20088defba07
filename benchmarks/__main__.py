"""Measure the runners and their peers on one machine, in one run: ``python -m benchmarks``.

Each measurement is a process of its own; those that are compared take turns, and the best run of
each counts, by the clock on the wall: leave the machine alone meanwhile. All have to come to the
same sum. The figures go to ``benchmarks/results.json``, from which ``docs/performance.md`` is made.
With ``--quick`` up to a million rows only. ``--openfisca PYTHON`` and
``--policyengine PYTHON`` name interpreters that have those engines.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
from datetime import date
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks import start
from benchmarks.measure import HEADINGS
from benchmarks.report import document
from benchmarks.rows import roster

ROOT = Path(__file__).parent.parent
RESULTS = ROOT / "benchmarks" / "results.json"
LIBRARIES = ("pandas", "numpy", "pyarrow", "dask", "pyspark", "rustpy-xlsxwriter", "pydantic")
MILLION = 1_000_000
SMALL = 5
"""Up to ten to the power of it the small runner is measured too."""
KEEPS = dict.fromkeys(("MALLOC_MMAP_THRESHOLD_", "MALLOC_TRIM_THRESHOLD_"), str(1 << 34))
"""Has a process (of the GNU C library) keep what it frees instead of giving it back."""
COMPARED = ("large", "large_encoded", "pandas_sorting", "pandas_group", "numpy_encoded")


def measure(way: str, path: Path, runs: int = 3, **more: str) -> dict[str, Any]:
    """What ``benchmarks.measure`` says of *way*, with *more* in the surroundings of the process."""
    command = [sys.executable, "-m", "benchmarks.measure", way, str(path), str(runs)]
    surroundings = {**os.environ, **more}
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=True, env=surroundings
    )
    told: dict[str, Any] = json.loads(done.stdout.rstrip().rsplit("\n", 1)[-1])
    print(f"{way:16} {path.stem:>10} {min(told['seconds']):8.2f} s {told['memory']:>6} MiB")
    return told


def in_turn(ways: tuple[str, ...], path: Path, rounds: int = 3) -> dict[str, dict[str, Any]]:
    """The best of each of *ways* on the same rows, one after the other, *rounds* times."""
    told: dict[str, dict[str, Any]] = {}
    for _ in range(rounds):
        for way in ways:
            one = measure(way, path, 6)  # the first ones of a process are slower, of all ways
            best = told.setdefault(way, one)
            if best is not one:
                best["seconds"] += one["seconds"]
                best["busy"] += one["busy"]
    check_sums(told)
    return told


def check_sums(told: dict[str, dict[str, Any]]) -> None:
    """Stop unless all ways pay the same in all."""
    sums = {way: one["paid"] for way, one in told.items()}
    if len(set(sums.values())) != 1:
        raise SystemExit(f"they do not agree: {sums}")


def engines(found: dict[str, str | None], path: Path, paid: int) -> dict[str, dict[str, Any]]:
    """The microsimulation engines on the same rows, each in its own environment."""
    told = {}
    for name, python in found.items():
        if python is None:
            continue
        command = [python, "-m", "benchmarks.microsimulation", name, str(path)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        *lines, total = done.stdout.splitlines()
        if int(total) != paid:
            raise SystemExit(f"{name} pays {total}, the others {paid}")
        whole, alone = zip(*(map(float, line.split()) for line in lines), strict=True)
        ask = f"from importlib.metadata import version; print(version('{name}-core'))"
        number = subprocess.run([python, "-c", ask], capture_output=True, text=True, check=True)
        told[name] = {"seconds": whole, "alone": alone, "version": number.stdout.strip()}
        print(f"{name:16} {path.stem:>10} {min(whole):8.2f} s, {min(alone):.2f} s alone")
    return told


def machine() -> dict[str, Any]:
    """What the figures were measured on."""
    found = {}
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except Exception:  # not installed: it was not measured either
            continue
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >> 30
    load = round(os.getloadavg()[0], 1)
    return {
        "date": date.today().isoformat(),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "cores": os.cpu_count(),
        "memory_gib": memory,
        "load_before": load,
        "libraries": found,
    }


def main(arguments: list[str]) -> None:
    """Measure, save, and write the document."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="up to a million rows")
    parser.add_argument("--document", action="store_true", help="only write the document again")
    parser.add_argument("--without", nargs="*", default=[], help="parted, workbook: leave out")
    parser.add_argument("--openfisca", help="a Python with openfisca-core")
    parser.add_argument("--policyengine", help="a Python with policyengine-core")
    chosen = parser.parse_args(arguments)
    if not chosen.document:
        RESULTS.write_text(json.dumps(results(chosen), indent=1) + "\n", "utf-8")
    document(json.loads(RESULTS.read_text("utf-8")), ROOT / "docs" / "performance.md")


def growth(folder: Path, most: int) -> dict[str, dict[str, Any]]:
    """The runners on ten to the power of two rows up to *most*; the longest take turns."""
    told: dict[str, dict[str, Any]] = {}
    paths = {power: folder / f"{10**power}.parquet" for power in range(2, most + 1)}
    for power, path in paths.items():
        roster(10**power).to_parquet(path)
        told[str(10**power)] = {"large": measure("large", path)}
        if power <= SMALL:
            small = measure("small", path, 1 if power == SMALL else 3)
            told[str(10**power)]["small"] = small
    longest = [power for power in (6, 7) if power in paths]
    for power in longest * 2:
        again = measure("large", paths[power])
        told[str(10**power)]["large"]["seconds"] += again["seconds"]
    for power in longest:
        told[str(10**power)]["keeping"] = measure("large", paths[power], 5, **KEEPS)
    return told


def results(chosen: argparse.Namespace) -> dict[str, Any]:
    """Every measurement."""
    told: dict[str, Any] = {"machine": machine(), "start": start.results()}
    with TemporaryDirectory() as name:
        folder = Path(name)
        told["growth"] = growth(folder, 6 if chosen.quick else 7)
        path = folder / f"{MILLION}.parquet"
        told["compared"] = in_turn(COMPARED, path)
        peers = {"openfisca": chosen.openfisca, "policyengine": chosen.policyengine}
        told["engines"] = engines(peers, path, told["compared"]["large"]["paid"])
        if "parted" not in chosen.without:
            parted = ("spill", "dask", "spark")
            told["parted"] = {way: measure(way, path, 1) for way in parted}
            check_sums({**told["parted"], "large": told["compared"]["large"]})
        if "workbook" not in chosen.without:
            book = folder / "100000.xlsx"
            roster(100_000).rename(columns=HEADINGS).to_excel(book, index=False)
            books = ("workbook", "workbook_pandas", "workbook_quick")
            told["workbook"] = in_turn(books, book, rounds=1)
    return told


if __name__ == "__main__":
    main(sys.argv[1:])
