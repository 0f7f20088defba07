"""One measurement in a process of its own: ``python -m benchmarks.measure WAY FILE``.

Prints JSON: for each run the seconds on the wall and those the processor was busy, the most memory
of the process in MiB, that of the frame alone, and what is paid in all in fen.
"""

import json
import resource
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any

import pandas as pd

import awards
from benchmarks import peers

SCHEDULE = "cn/jilin/jilin-city/2022-11-22"
Way = Callable[[], "int | Callable[[], int]"]
"""One run: what is paid in all in fen, or what finds it out when the clock has stopped."""
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


def _to_workbook(work: Callable[[Path], object], amount: str) -> Way:
    """Runs *work* on the path of a workbook to write; the sum is read out of it afterwards."""
    folder = TemporaryDirectory()

    def run() -> Callable[[], int]:
        target = Path(folder.name) / "out.xlsx"
        work(target)
        return paid

    def paid() -> int:
        sheets = pd.read_excel(Path(folder.name) / "out.xlsx", sheet_name=None, engine="calamine")
        (yuan,) = (each[amount] for name, each in sheets.items() if name in ("发放明细", "Sheet1"))
        return round(float(yuan.sum()) * 100)

    return run


def workbook(path: Path) -> Way:
    """``awards pay`` from a workbook to a workbook."""
    from cli.large import Asked, pay_records

    asked = Asked(awards.load_schedule(SCHEDULE), {}, (), None, awards.Roster(()))

    def work(target: Path) -> None:
        pay_records(awards.read_roster(path), target, asked, "zh", True)

    return _to_workbook(work, "金额（元）")


def workbook_pandas(path: Path) -> Way:
    """What an office would write: read_excel and to_excel as they come, merge and sort."""
    return _by_pandas(path, "openpyxl", "openpyxl")


def workbook_quick(path: Path) -> Way:
    """The same with the quickest reader and writer that pandas has."""
    return _by_pandas(path, "calamine", "xlsxwriter" if find_spec("xlsxwriter") else "openpyxl")


def _by_pandas(path: Path, reader: Any, writer: Any) -> Way:
    named = {heading: name for name, heading in HEADINGS.items()}
    texts = {HEADINGS["person_id"]: "str"}  # else its 18 digits become a number and lose some

    def work(target: Path) -> None:
        held = pd.read_excel(path, dtype=texts, engine=reader).rename(columns=named)
        held["amount"] = peers.by_sorting(held) / 100
        held.to_excel(target, index=False, engine=writer)

    return _to_workbook(work, "amount")


WAYS = {
    way.__name__: way
    for way in (
        *(small, large, large_encoded, pandas_sorting, pandas_group, numpy_encoded),
        *(spill, dask, spark, workbook, workbook_pandas, workbook_quick),
    )
}


def main(name: str, path: str, runs: int) -> None:
    """Measure the way *name* on the file at *path*."""
    run = WAYS[name](Path(path))
    base = _memory()
    seconds, busy = [], []
    paid: int | Callable[[], int] = 0
    for _ in range(runs):
        start, worked = perf_counter(), process_time()
        paid = run()
        seconds.append(perf_counter() - start)
        busy.append(process_time() - worked)
    memory, frame = _memory(), FRAME.get("bytes", 0) >> 20
    total = paid if isinstance(paid, int) else paid()
    told = {"seconds": seconds, "busy": busy, "paid": total, "memory": memory, "before": base}
    sys.stdout.write("\n" + json.dumps({**told, "frame": frame}) + "\n")


def _memory() -> int:
    """The most memory so far, in MiB; that of child processes too.

    What the system tells of a process counts the one that started it; Linux knows better.
    """
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    status = Path("/proc/self/status")
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    if status.exists():
        own = int(status.read_text("utf-8").split("VmHWM:")[1].split()[0])
    return max(own, children) >> 10


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
