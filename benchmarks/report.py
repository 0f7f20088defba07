"""From the figures to ``docs/performance.md``: no figure is typed."""

import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

CALLED = {
    "large": "large runner: every outcome column, and the proof",
    "large_encoded": "the same, on columns that are categories already",
    "pandas_sorting": "pandas, merge and sort: amounts only",
    "pandas_group": "pandas, grouped by a practised hand: amounts only",
    "numpy_encoded": "numpy on columns that are numbers already",
    "openfisca": "OpenFisca-core: from texts to totals",
    "policyengine": "PolicyEngine-core: from texts to totals",
    "spill": "one machine, partitions on disk",
    "dask": "Dask, threads of this process",
    "spark": "Spark, local mode",
    "workbook": "awards pay, workbook to workbook",
    "workbook_pandas": "read_excel, pandas, to_excel as they come: amounts only",
    "workbook_quick": "the same with the quickest reader and writer installed",
}
HEAD = """\
# Performance

Made by `python -m benchmarks --openfisca PYTHON --policyengine PYTHON`; do not edit. These two are
interpreters of environments with the engines, all else is `pip install '.[benchmarks]'`. Figures
are the best of several runs, each way in a process of its own, on the same made-up rows; all came
to one sum. Seconds are those on the wall; *busy* is the time of all cores together.

"""
LESSONS = Path(__file__).parent / "lessons.md"


def document(told: Mapping[str, Any], path: Path) -> None:
    """Write the document of the figures *told*."""
    path.write_text("\n".join(_lines(told)) + "\n", "utf-8")


def _lines(told: Mapping[str, Any]) -> Iterator[str]:
    machine = told["machine"]
    known = {**machine["libraries"]}
    known |= {f"{name}-core": one["version"] for name, one in told["engines"].items()}
    libraries = ", ".join(f"{name} {number}" for name, number in known.items())
    yield from HEAD.splitlines()
    yield f"{machine['date']}, Python {machine['python']}, {machine['system']},"
    yield f"{machine['cores']} cores, {machine['memory_gib']} GiB; {libraries}."
    yield f"Load of the machine before the run: {machine['load_before']} (0 is idle)."
    yield ""
    yield from _targets(told)
    yield from _start(told["start"])
    yield from _growth(told["growth"])
    yield "## A million rows"
    yield ""
    yield from _table({**told["compared"], **told["engines"]})
    titles = {
        "parted": "Larger than memory, and clusters: a million rows, Parquet to Parquet",
        "workbook": "A workbook of 100,000 rows, into a workbook",
    }
    for name, title in titles.items():
        if name in told:
            yield f"## {title}"
            yield ""
            yield from _table(told[name])
    yield LESSONS.read_text("utf-8").rstrip()


def _best(one: Mapping[str, Any], what: str = "seconds") -> float:
    return float(min(one[what]))


def _table(ways: Mapping[str, Any]) -> Iterator[str]:
    yield "| | seconds | busy | rows a second | most memory, MiB |"
    yield "|---|---|---|---|---|"
    for way, one in ways.items():
        count = 100_000 if way.startswith("workbook") else 1_000_000
        busy = f"{_best(one, 'busy'):.2f}" if "busy" in one else ""
        rate = f"{count / _best(one):,.0f}"
        yield f"| {CALLED[way]} | {_best(one):.2f} | {busy} | {rate} | {one.get('memory', '')} |"
        if "alone" in one:
            alone = _best(one, "alone")
            yield f"| of it the engine alone, on codes | {alone:.2f} | | {count / alone:,.0f} | |"
    yield ""


def _compared(told: Mapping[str, Any]) -> Iterator[tuple[str, float, str, float]]:
    """What is compared, the ratio, ``≤`` or ``≥`` and the target; 0 where there is none."""
    ways, engines, growth = told["compared"], told["engines"], told["growth"]
    large, codes = _best(ways["large"]), _best(ways["large_encoded"])
    yield "ours over pandas, merge and sort", large / _best(ways["pandas_sorting"]), "≤", 0.5
    yield (
        "ours over pandas, grouped by a practised hand",
        large / _best(ways["pandas_group"]),
        "",
        0,
    )
    yield "both on encoded columns: ours over numpy", codes / _best(ways["numpy_encoded"]), "≤", 4
    for name, one in engines.items():
        called = CALLED[name].split(":")[0]
        yield f"{called}, from texts to totals, over ours", _best(one) / large, "≥", 3
        yield f"{called} alone on codes over ours on codes", _best(one, "alone") / codes, "", 0
    if "10000000" in growth:
        (ten, kept), (one, kept_one) = (
            (growth[count]["large"], growth[count]["keeping"]) for count in ("10000000", "1000000")
        )
        yield "a row at ten million over one at a million", _best(ten) / 10 / _best(one), "≤", 1.3
        keeping = _best(kept) / 10 / _best(kept_one)
        yield "the same, where a process keeps the memory that it frees", keeping, "", 0
        yield (
            "most memory of the process over the frame alone",
            ten["memory"] / ten["frame"],
            "≤",
            3,
        )
    if "workbook" in told:
        books = told["workbook"]
        ours = _best(books["workbook"])
        yield (
            "workbooks: pandas as it comes over ours",
            _best(books["workbook_pandas"]) / ours,
            "≥",
            4,
        )
        if "workbook_quick" in books:
            quick = _best(books["workbook_quick"]) / ours
            yield "workbooks: pandas with the quickest engines over ours", quick, "", 0


def _targets(told: Mapping[str, Any]) -> Iterator[str]:
    """Each ratio with its target."""
    yield "## Targets, as ratios in this run"
    yield ""
    yield "| | measured | target | |"
    yield "|---|---|---|---|"
    for name, ratio, sign, target in _compared(told):
        met = ratio >= target if sign == "≥" else ratio <= target
        verdict = (
            f"{sign} {target:g} | {'met' if met else '**missed**'}" if sign else "| to compare"
        )
        yield f"| {name} | {ratio:.2f} | {verdict} |"
    yield ""


def _start(ways: Mapping[str, Any]) -> Iterator[str]:
    """What it costs to begin."""
    yield "## A process from start to end"
    yield ""
    yield "| | ms | of them imports, ms | the dearest of these |"
    yield "|---|---|---|---|"
    for name, one in ways.items():
        yield f"| {name} | {one['all']:.0f} | {one['imports']:.0f} | {one['dearest']} |"
    yield ""


def _growth(growth: Mapping[str, Any]) -> Iterator[str]:
    """The table and the picture of growth."""
    yield "## Growth"
    yield ""
    yield "| rows | small, s | large, s | large, µs a row | most memory, MiB | frame, MiB |"
    yield "|---|---|---|---|---|---|"
    for count, ways in growth.items():
        small = f"{_best(ways['small']):.3f}" if "small" in ways else ""
        large = _best(ways["large"])
        micro = large / int(count) * 1_000_000
        one = ways["large"]
        memory = f"{one['memory']} | {one['frame']}"
        yield f"| {int(count):,} | {small} | {large:.3f} | {micro:.2f} | {memory} |"
    yield ""
    yield "Log–log, a column for each tenfold of rows, a line for each half tenfold of seconds"
    yield "(`s` small, `L` large, `*` both):"
    yield ""
    yield "```"
    yield from _picture(growth)
    yield "```"
    yield ""


def _picture(growth: Mapping[str, Any]) -> Iterator[str]:
    def line(seconds: float) -> int:
        return round(2 * math.log10(seconds))

    spots: dict[tuple[int, int], str] = {}
    for column, ways in enumerate(growth.values()):
        for way, mark in (("small", "s"), ("large", "L")):
            if way in ways:
                at = (line(_best(ways[way])), column)
                spots[at] = "*" if at in spots else mark
    top, bottom = max(at[0] for at in spots), min(at[0] for at in spots)
    for level in range(top, bottom - 1, -1):
        marks = "".join(f"{spots.get((level, column), ''):^9}" for column in range(len(growth)))
        yield f"{10 ** (level / 2):>9.4g} s |{marks}".rstrip()
    yield " " * 12 + "".join(f"{'10^' + str(len(count) - 1):^9}" for count in growth)
