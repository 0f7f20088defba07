"""One measurement in a process of its own: ``python -m benchmarks.measure WAY FILE``.

Prints JSON: for each run the seconds on the wall and those the processor was busy, the most memory
of the process in MiB, that of the frame alone, and what is paid in all in fen.
"""

import json
import resource
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any

import pandas as pd

import awards
from benchmarks import peers

SCHEDULE = "cn/jilin/jilin-city/2022-11-22"
Way = Callable[[], int]
FRAME: dict[str, int] = {}
"""The bytes of the frame that a way works on, where it works on one."""
HEADINGS = {
    "year": "年度",
    "competition": "竞赛名称",
    "organizer": "主办单位",
    "level": "级别",
    "event": "赛项",
    "prize": "奖次",
    "person": "姓名",
    "person_id": "学号",
    "role": "身份",
    "school": "学校",
}
"""The columns of the rows as a workbook heads them."""


def small(path: Path) -> Way:
    rows = pd.read_parquet(path).to_dict("records")
    schedule = awards.load_schedule(SCHEDULE)
    return lambda: int(awards.assess(rows, schedule).totals.paid * 100)


def _large(path: Path, dtype: str) -> Way:
    from awards.batch import assess_frame

    frame = pd.read_parquet(path)
    texts = {name: dtype for name in frame.columns if name != "year"}
    frame = frame.astype(texts)
    FRAME["bytes"] = int(frame.memory_usage(deep=True).sum())
    schedule = awards.load_schedule(SCHEDULE)
    return lambda: int(assess_frame(frame, schedule)["amount_fen"].sum())


def large(path: Path) -> Way:
    return _large(path, "str")


def large_encoded(path: Path) -> Way:
    return _large(path, "category")


def pandas_sorting(path: Path) -> Way:
    frame = pd.read_parquet(path)
    return lambda: int(peers.by_sorting(frame).sum())


def pandas_group(path: Path) -> Way:
    frame = pd.read_parquet(path)
    return lambda: int(peers.by_group(frame).sum())


def numpy_encoded(path: Path) -> Way:
    codes = peers.encoded(pd.read_parquet(path))
    return lambda: int(peers.on_codes(codes)[0].sum())


def _to_file(path: Path, work: Callable[[Path, Path, Any], object]) -> Way:
    schedule = awards.load_schedule(SCHEDULE)

    def run() -> int:
        with TemporaryDirectory() as folder:
            target = Path(folder) / "out.parquet"
            work(path, target, schedule)
            return int(pd.read_parquet(target, columns=["amount_fen"])["amount_fen"].sum())

    return run


def spill(path: Path) -> Way:
    from awards.batch.spill import assess_file

    return _to_file(path, lambda source, target, schedule: assess_file(source, target, schedule))


def dask(path: Path) -> Way:
    from awards import cluster

    return _to_file(path, lambda *given: cluster.pay("dask", *given))


def spark(path: Path) -> Way:
    from awards import cluster

    return _to_file(path, lambda *given: cluster.pay("spark", *given))


def workbook(path: Path) -> Way:
    """``awards pay`` from a workbook to a workbook."""
    from cli.large import Asked, pay_records

    def run() -> int:
        read = awards.read_roster(path)
        asked = Asked(awards.load_schedule(SCHEDULE), {}, (), None, awards.Roster(()))
        with TemporaryDirectory() as folder:
            pay_records(read, Path(folder) / "out.xlsx", asked, "zh", False)
        return 0

    return run


def workbook_pandas(path: Path) -> Way:
    """What an office would write: read_excel, merge and sort, to_excel."""
    named = {heading: name for name, heading in HEADINGS.items()}

    def run() -> int:
        held = pd.read_excel(path).rename(columns=named)
        held["amount"] = peers.by_sorting(held) / 100
        with TemporaryDirectory() as folder:
            held.to_excel(Path(folder) / "out.xlsx", index=False)
        return 0

    return run


WAYS = {
    way.__name__: way
    for way in (
        *(small, large, large_encoded, pandas_sorting, pandas_group, numpy_encoded),
        *(spill, dask, spark, workbook, workbook_pandas),
    )
}


def main(name: str, path: str, runs: int) -> None:
    """Measure the way *name* on the file at *path*."""
    run = WAYS[name](Path(path))
    base = _memory()
    seconds, busy, paid = [], [], 0
    for _ in range(runs):
        start, worked = perf_counter(), process_time()
        paid = run()
        seconds.append(perf_counter() - start)
        busy.append(process_time() - worked)
    told = {"seconds": seconds, "busy": busy, "paid": paid, "memory": _memory(), "before": base}
    sys.stdout.write("\n" + json.dumps({**told, "frame": FRAME.get("bytes", 0) >> 20}) + "\n")


def _memory() -> int:
    """The most memory so far, in MiB; that of child processes too."""
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(each).ru_maxrss for each in who) >> 10


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
