"""Dask and Spark: the answers of one machine, whatever the partitions, and after a worker's death."""

import os
import shutil
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import awards
from awards import cluster
from awards.problems import OptionError
from tests.tables import JILIN
from tests.test_batch_spill import jilin_rows, same

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


def outcome(engine: str, folder: Path, schedule: Any, **options: Any) -> pd.DataFrame:
    counts = cluster.pay(engine, folder / "in.parquet", folder / "out.parquet", schedule, **options)
    held = pd.read_parquet(folder / "out.parquet")
    assert counts == held["status"][~held["derived"]].value_counts().to_dict()
    assert sorted(path.name for path in folder.iterdir()) == ["in.parquet", "out.parquet"]
    return held


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("partitions", [1, 5])
def test_the_answers_of_one_machine(tmp_path: Path, engine: str, partitions: int) -> None:
    rows = jilin_rows(400)
    written(tmp_path, rows)
    schedule = awards.load_schedule(JILIN)
    same(outcome(engine, tmp_path, schedule, partitions=partitions), rows, schedule)


@pytest.mark.parametrize("engine", ENGINES)
def test_steps_that_share_another_key(tmp_path: Path, engine: str) -> None:
    """With lines shared by a team, and people who have one key though they are in other parts."""
    rows = jilin_rows(60).assign(team=[f"{n % 9}队" for n in range(60)], level="国际级")
    written(tmp_path, rows)
    schedule = awards.load_schedule(BY_TEAM)
    same(outcome(engine, tmp_path, schedule, year=2015), rows, schedule, year=2015)


@pytest.mark.parametrize("engine", ENGINES)
def test_one_person_with_most_of_the_rows_and_many_without_a_name(
    tmp_path: Path, engine: str
) -> None:
    rows = jilin_rows(600)
    rows["person"] = rows["person"].where(rows.index % 3 == 0, "赵甲").mask(rows.index % 7 == 0)
    written(tmp_path, rows)
    schedule = awards.load_schedule(JILIN)
    same(outcome(engine, tmp_path, schedule, partitions=4), rows, schedule)


def test_a_worker_that_is_killed_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first partition to be worked out ends its process; Dask runs it again elsewhere."""
    from distributed import LocalCluster

    rows = jilin_rows(400)
    written(tmp_path, rows)
    schedule = awards.load_schedule(JILIN)
    marker = tmp_path.parent / f"{tmp_path.name}-killed"
    monkeypatch.setattr(cluster, "_written", Deadly(marker))
    with LocalCluster(  # type: ignore[no-untyped-call]
        n_workers=2, threads_per_worker=1, dashboard_address=None
    ) as workers:
        held = outcome("dask", tmp_path, schedule, partitions=4, address=workers.scheduler_address)
    assert marker.exists()
    same(held, rows, schedule)


class Deadly:
    """``_written``, which ends its process the first time that any worker calls it."""

    right = staticmethod(cluster._written)

    def __init__(self, marker: Path) -> None:
        self.marker = marker

    def __call__(self, *given: Any) -> int:
        if not self.marker.exists():
            self.marker.touch()
            os._exit(1)
        return self.right(*given)


def test_an_engine_that_is_not_there(tmp_path: Path) -> None:
    schedule = awards.load_schedule(JILIN)
    with pytest.raises(OptionError, match="no engine is called ray"):
        cluster.pay("ray", tmp_path / "in.parquet", tmp_path / "out.parquet", schedule)


def test_spark_without_java_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path, jilin_rows(3))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(OptionError, match="Spark needs Java"):
        outcome("spark", tmp_path, awards.load_schedule(JILIN))
