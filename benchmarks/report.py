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
    "openfisca": "OpenFisca-core: totals only",
    "policyengine": "PolicyEngine-core: totals only",
    "spill": "one machine, partitions on disk",
    "dask": "Dask, threads of this process",
    "spark": "Spark, local mode",
    "workbook": "awards pay, workbook to workbook",
    "workbook_pandas": "read_excel, pandas, to_excel: amounts only",
}
LESSONS = Path(__file__).parent / "lessons.md"


def document(told: Mapping[str, Any], path: Path) -> None:
    """Write the document of the figures *told*."""
    path.write_text("\n".join(_lines(told)) + "\n", "utf-8")


def _lines(told: Mapping[str, Any]) -> Iterator[str]:
    machine = told["machine"]
    libraries = ", ".join(f"{name} {number}" for name, number in machine["libraries"].items())
    yield "# Performance"
    yield ""
    yield "Made by `python -m benchmarks`; do not edit. Figures are the best of several runs,"
    yield "each way in a process of its own, on the same made-up rows; all came to one sum."
    yield "Seconds are those of the process (CPU time); of Dask and Spark, those on the wall."
    yield ""
    yield f"{machine['date']}, Python {machine['python']}, {machine['system']}, "
    yield f"{machine['cores']} cores, {machine['memory_gib']} GiB; {libraries}."
    yield f"Load of the machine before the run: {machine['load_before']} (0 is idle)."
    yield ""
    yield from _targets(told)
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


def _best(one: Mapping[str, Any]) -> float:
    return float(min(one["seconds"]))


def _table(ways: Mapping[str, Any]) -> Iterator[str]:
    yield "| | seconds | rows a second | most memory, MiB |"
    yield "|---|---|---|---|"
    for way, one in ways.items():
        count = 100_000 if way.startswith("workbook") else 1_000_000
        memory = one.get("memory", "")
        yield f"| {CALLED[way]} | {_best(one):.2f} | {count / _best(one):,.0f} | {memory} |"
    yield ""


def _targets(told: Mapping[str, Any]) -> Iterator[str]:
    """Each target with what was measured against it."""
    compared, growth, book = told["compared"], told["growth"], told.get("workbook")
    large = _best(compared["large"])
    asked = [
        ("pandas, merge and sort", large / _best(compared["pandas_sorting"]), 0.5, False),
        ("pandas, grouped", large / _best(compared["pandas_group"]), 0.5, False),
        (
            "numpy, both on encoded columns",
            _best(compared["large_encoded"]) / _best(compared["numpy_encoded"]),
            4.0,
            False,
        ),
    ]
    asked += [
        (f"{CALLED[name].split(':')[0]}, its time over ours", _best(one) / large, 3.0, True)
        for name, one in told["engines"].items()
    ]
    if "10000000" in growth:
        ten = _best(growth["10000000"]["large"]) / 10
        one = growth["10000000"]["large"]
        asked.append(("a row at ten million over one at a million", ten / large, 1.3, False))
        asked.append(
            (
                "most memory over the memory with the frame alone",
                one["memory"] / one["before"],
                3.0,
                False,
            )
        )
    if book:
        ratio = _best(book["workbook_pandas"]) / _best(book["workbook"])
        asked.append(("a workbook: pandas' time over ours", ratio, 4.0, True))
    yield "## Targets, as ratios in this run"
    yield ""
    yield "| ours over | measured | target | |"
    yield "|---|---|---|---|"
    for name, ratio, target, is_more in asked:
        met = ratio >= target if is_more else ratio <= target
        sign = "≥" if is_more else "≤"
        yield f"| {name} | {ratio:.2f} | {sign} {target} | {'met' if met else 'missed'} |"
    yield ""


def _growth(growth: Mapping[str, Any]) -> Iterator[str]:
    """The table and the picture of growth."""
    yield "## Growth"
    yield ""
    yield "| rows | small runner, s | large runner, s | large, µs a row | most memory, MiB |"
    yield "|---|---|---|---|---|"
    for count, ways in growth.items():
        small = f"{_best(ways['small']):.3f}" if "small" in ways else ""
        large = _best(ways["large"])
        micro = large / int(count) * 1_000_000
        memory = ways["large"]["memory"]
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
