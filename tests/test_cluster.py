"""Dask and Spark: the answers of one machine, whatever the partitions, and after a worker's death."""

import os
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import awards
from awards import cluster
from awards.batch import spill
from awards.problems import OptionError
from tests.tables import JILIN
from tests.test_batch_spill import jilin_rows, mixed_rows, same, same_problems

JAVA = os.environ.get("JAVA_HOME") or shutil.which("java")
SPARK = pytest.param(
    "spark", marks=pytest.mark.skipif(not JAVA, reason="Spark needs Java; this machine has none")
)
ENGINES = ["dask", SPARK]
BY_TEAM = "cn/national/worldskills-43/2015-09-14"
"""Its steps share a key that is not the person: people are told apart before they are parted."""


pytestmark = pytest.mark.filterwarnings("ignore")  # the engines warn about themselves


def written(folder: Path, rows: pd.DataFrame) -> Path:
    """*rows* as a file of several row groups."""
    path = folder / "in.parquet"
    rows.to_parquet(path, row_group_size=max(len(rows) // 3, 1))
    return path


def checked(engine: str, folder: Path, rows: pd.DataFrame, schedule: Any, **options: Any) -> None:
    """The answers on *engine* are those of one run, problems included, and nothing else is left."""
    asked = {name: value for name, value in options.items() if name == "year"}
    heard = cluster.pay(engine, written(folder, rows), folder / "out.parquet", schedule, **options)
    held = pd.read_parquet(folder / "out.parquet")
    assert heard.statuses == Counter(held["status"][~held["derived"]])
    assert sorted(path.name for path in folder.iterdir()) == ["in.parquet", "out.parquet"]
    same(held, rows, schedule, **asked)
    same_problems(heard, rows, schedule, **asked)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("partitions", [None, 5])
def test_the_answers_of_one_machine(tmp_path: Path, engine: str, partitions: int | None) -> None:
    schedule = awards.load_schedule(JILIN)
    checked(engine, tmp_path, mixed_rows(400), schedule, partitions=partitions)


@pytest.mark.parametrize("engine", ENGINES)
def test_steps_that_share_another_key(tmp_path: Path, engine: str) -> None:
    """With lines shared by a team, and people who have one key though they are in other parts."""
    rows = mixed_rows(60).assign(team=[f"{n % 9}队" for n in range(60)], level="国际级")
    schedule = awards.load_schedule(BY_TEAM)
    checked(engine, tmp_path, rows, schedule, year=2015, partitions=4)


@pytest.mark.parametrize("engine", ENGINES)
def test_one_person_with_most_of_the_rows_and_many_without_a_name(
    tmp_path: Path, engine: str
) -> None:
    rows = jilin_rows(600)
    rows["person"] = rows["person"].where(rows.index % 3 == 0, "赵甲").mask(rows.index % 7 == 0)
    checked(engine, tmp_path, rows, awards.load_schedule(JILIN), partitions=4)


@pytest.mark.parametrize("engine", ENGINES)
def test_no_rows(tmp_path: Path, engine: str) -> None:
    checked(engine, tmp_path, mixed_rows(9).iloc[:0], awards.load_schedule(JILIN))


class Deadly:
    """A function that ends its process the first time that any worker calls it."""

    def __init__(self, right: Any, marker: Path) -> None:
        self.right, self.marker = right, marker

    def __call__(self, *given: Any) -> Any:
        if not self.marker.exists():
            self.marker.touch()
            os._exit(1)
        return self.right(*given)


@pytest.mark.parametrize("name", ["scatter", "settle"])
def test_a_worker_of_dask_that_is_killed_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """The first task to be carried out ends its process; Dask runs it again elsewhere."""
    from distributed import LocalCluster

    marker = tmp_path.parent / f"{tmp_path.name}-killed"
    monkeypatch.setattr(spill, name, Deadly(getattr(spill, name), marker))
    with LocalCluster(  # type: ignore[no-untyped-call]
        n_workers=2, threads_per_worker=1, dashboard_address=None
    ) as workers:
        address = workers.scheduler_address
        schedule = awards.load_schedule(JILIN)
        checked("dask", tmp_path, mixed_rows(400), schedule, partitions=4, address=address)
    assert marker.exists()


@pytest.mark.skipif(not JAVA, reason="Spark needs Java; this machine has none")
@pytest.mark.parametrize("name", ["_scatter", "_settle"])
def test_a_worker_of_spark_that_is_killed_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """The Python process that has the first piece of work ends; Spark runs the task again."""
    from pyspark.sql import SparkSession

    if session := SparkSession.getActiveSession():
        session.stop()  # it was made to give up at the first failure
    marker = tmp_path.parent / f"{tmp_path.name}-killed"
    monkeypatch.setattr(cluster, name, Deadly(getattr(cluster, name), marker))
    try:
        schedule = awards.load_schedule(JILIN)
        address = "local[2,4]"
        checked("spark", tmp_path, mixed_rows(400), schedule, partitions=4, address=address)
    finally:
        if session := SparkSession.getActiveSession():
            session.stop()
    assert marker.exists()


def test_an_engine_that_is_not_there(tmp_path: Path) -> None:
    schedule = awards.load_schedule(JILIN)
    with pytest.raises(OptionError, match="no engine is called ray"):
        cluster.pay("ray", tmp_path / "in.parquet", tmp_path / "out.parquet", schedule)


def test_spark_without_java_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(OptionError, match="Spark needs Java"):
        checked("spark", tmp_path, mixed_rows(3), awards.load_schedule(JILIN))
