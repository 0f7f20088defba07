"""The oracle of one clause against the runners for many rows, with no small runner in between."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings

import awards
from awards import cluster, money
from awards.batch import assess_frame
from awards.batch.spill import assess_file
from tests.tables import JILIN
from tests.test_cluster import SPARK
from tests.test_jilin_properties import ANY, Row, Said, hold_against_the_oracle, rosters

pytestmark = pytest.mark.filterwarnings("ignore")  # the engines warn about themselves
SCHEDULE = awards.load_schedule(JILIN)
ROSTERS = rosters(ANY, most=40).filter(bool)


def said(outcome: pd.DataFrame) -> list[Said]:
    """The outcome of a large run, row by row."""
    names = ["status", "amount_fen", "reason", "superseded_by"]
    held = outcome[names].astype(object)
    told = held.where(held.notna(), None).itertuples(index=False, name=None)
    return [
        Said(status, None if fen is None else money.yuan(int(fen)), reason, by)
        for status, fen, reason, by in told
    ]


@settings(max_examples=30)
@given(ROSTERS)
def test_the_large_runner(rows: list[Row]) -> None:
    hold_against_the_oracle(rows, said(assess_frame(pd.DataFrame(rows), SCHEDULE)))


FEW = settings(
    max_examples=3,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


@pytest.mark.parametrize("way", ["spill", "dask", SPARK])
def test_in_partitions(tmp_path_factory: pytest.TempPathFactory, way: str) -> None:
    @(settings(max_examples=20) if way != "spark" else FEW)
    @given(ROSTERS)
    def agrees(rows: list[Row]) -> None:
        folder = tmp_path_factory.mktemp(way)
        pd.DataFrame(rows).to_parquet(folder / "in.parquet", row_group_size=7)
        run(way, folder)
        hold_against_the_oracle(rows, said(pd.read_parquet(folder / "out.parquet")))

    agrees()


def run(way: str, folder: Path) -> Any:
    files = folder / "in.parquet", folder / "out.parquet"
    if way == "spill":
        return assess_file(*files, SCHEDULE, rows=9)
    return cluster.pay(way, *files, SCHEDULE, partitions=3)
