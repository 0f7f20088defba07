"""``awards pay`` on more rows than fit: the same columns, answers and problems, bounded."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from awards import cluster
from awards.batch import told
from cli import parted
from tests.test_batch_spill import mixed_rows
from tests.test_cli_large import pay

ROWS = mixed_rows(200)


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    """A list, and what one run makes of it."""
    ROWS.to_parquet(tmp_path / "in.parquet")
    pay(tmp_path / "in.parquet", "-o", tmp_path / "whole.parquet")
    return tmp_path / "in.parquet"


def plain(path: Path) -> pd.DataFrame:
    held = pd.read_parquet(path).astype(object)
    held["year"] = held["year"].map(lambda year: str(year) if year == year else None)
    return held.where(held.notna(), None)


def check(out: Path, whole: Path) -> None:
    """*out* is what one run writes, but the numbers of payees."""
    expected = plain(whole.parent / "whole.parquet").drop(columns="payee_id")
    pd.testing.assert_frame_equal(plain(out), expected, check_dtype=False)


def test_a_file_that_does_not_fit(whole: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is parted without being asked for: nothing else changes, in the file or on the screen."""
    out = whole.parent / "out.parquet"
    one = pay(whole)
    monkeypatch.setattr(parted, "WHOLE", len(ROWS) - 1)
    monkeypatch.setattr("awards.batch.spill.ROWS", 30)
    done = pay(whole, "-o", out)
    assert done.exit_code == one.exit_code == 1
    check(out, whole)
    assert "共 200 行" in done.stdout
    assert sorted(done.stderr.splitlines()[:-1]) == sorted(one.stderr.splitlines())
    monkeypatch.setattr(parted, "WHOLE", len(ROWS))
    monkeypatch.setattr(parted, "pay_parts", None)  # it would fail
    pay(whole, "-o", whole.parent / "again.parquet")
    assert "payee_id" in pd.read_parquet(whole.parent / "again.parquet")


def test_on_an_engine(whole: Path) -> None:
    out = whole.parent / "out.parquet"
    done = pay(whole, "-o", out, "--engine", "dask")
    assert done.exit_code == 1, done.output
    check(out, whole)
    assert "number-two-names" in done.stderr
    refused = pay(whole, "--engine", "dask")
    assert refused.exit_code == 2
    assert ".parquet" in refused.stderr


def test_the_first_problems_are_told_and_all_are_counted(
    whole: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(told, "MOST", 3)
    done = pay(whole, "-o", whole.parent / "out.parquet", "--engine", "dask", "--lang", "en")
    *first, rest, _ = done.stderr.splitlines()
    assert len(first) == 3
    one = [line for line in pay(whole, "--lang", "en").stderr.splitlines() if "row" in line]
    assert f"and {len(one) - 3} more" in rest
    assert f"error blank-person {sum('(blank-person)' in line for line in one)}" in rest


def test_the_address_of_an_engine(whole: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []

    def run(engine: str, source: Path, target: Path, *_: Any, **options: Any) -> told.Told:
        asked.append((engine, options["address"]))
        return told.Told()

    monkeypatch.setattr(cluster, "pay", run)
    out = whole.parent / "out.parquet"
    done = pay(whole, "-o", out, "--engine", "spark", "--address", "spark://here:7077")
    assert done.exit_code == 0, done.output
    assert asked == [("spark", "spark://here:7077")]
    refused = pay(whole, "-o", out, "--address", "spark://here:7077")
    assert refused.exit_code == 2
    assert "--engine" in refused.stderr


@pytest.mark.parametrize("engine", [(), ("--engine", "dask")])
def test_a_file_that_is_no_parquet(tmp_path: Path, engine: tuple[str, ...]) -> None:
    (tmp_path / "in.parquet").write_text("no")
    done = pay(tmp_path / "in.parquet", "-o", tmp_path / "out.parquet", *engine)
    assert done.exit_code == 2
    assert "in.parquet" in done.stderr
    assert not (tmp_path / "out.parquet").exists()
