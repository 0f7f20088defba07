"""Partitions on disk: the answers of one run, in order, whatever the partitions."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import awards
from awards.batch import assess_frame
from awards.batch.parts import ROW, plan
from awards.batch.spill import assess_file
from awards.records import roster
from tests.tables import JILIN
from tests.test_batch import AWARDS, BY_CASES

SAME = ("status", "reason", "question", "clause", "unit", "payee", "level", "prize", "trace")


def same(outcome: pd.DataFrame, rows: pd.DataFrame, schedule: Any, **options: Any) -> None:
    """*outcome*, which was read from a file, is what one run says of the *rows*."""
    whole = assess_frame(rows, schedule, **options)
    place = whole.index.to_numpy()
    by = whole["superseded_by"]
    told = whole.reset_index(drop=True)
    told[ROW] = place
    winner = pd.Series(place[by.fillna(0).astype(int)]).where(by.notna().to_numpy())
    told["superseded_by"] = winner.astype("Int64")
    told = told.sort_values(["derived", ROW], kind="stable").reset_index(drop=True)
    assert outcome[ROW].tolist() == told[ROW].tolist()
    for name in ("amount_fen", "superseded_by", *SAME):
        left, right = outcome[name].astype(object), told[name].astype(object)
        left, right = left.where(left.notna(), None), right.where(right.notna(), None)
        assert left.tolist() == right.tolist(), name


def jilin_rows(count: int) -> pd.DataFrame:
    """Rows with few people, some without a number, one number with two names, some nameless."""
    people = ("赵甲", "钱乙", "孙 丙", None, "李丁")
    return pd.DataFrame(
        {
            "year": [2022 + n % 3 for n in range(count)],
            "competition": "全省职业院校技能大赛",
            "level": [("省级", "国家级", "市级")[n % 7 % 3] for n in range(count)],
            "event": [f"赛项{n % 11}" for n in range(count)],
            "prize": [("一等奖", "二等奖", "三等奖", "特等奖")[n % 13 % 4] for n in range(count)],
            "person": [people[n % 5] for n in range(count)],
            "person_id": [f"N{n % 17}" if n % 3 else None for n in range(count)],
            "role": "学生",
            "school": [f"{n % 2}校" for n in range(count)],
        }
    )


@pytest.mark.parametrize("size", [7, 40, 1000])
def test_parted_by_name(tmp_path: Path, size: int) -> None:
    rows = jilin_rows(300)
    rows.to_parquet(tmp_path / "in.parquet")
    schedule = awards.load_schedule(JILIN)
    assert plan(schedule, {}, "zh").keys == ("person",)
    counts = assess_file(tmp_path / "in.parquet", tmp_path / "out.parquet", schedule, rows=size)
    outcome = pd.read_parquet(tmp_path / "out.parquet")
    same(outcome, rows, schedule)
    assert counts == outcome["status"].value_counts().to_dict()
    assert sum(counts.values()) == 300
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.parquet", "out.parquet"]


@pytest.mark.parametrize("document", sorted({case.document for case in AWARDS}))
def test_every_schedule(tmp_path: Path, document: str) -> None:
    """By shared keys where there are any, with derived lines, and in one part where there are none."""
    schedule = BY_CASES[document]
    rows: list[dict[str, Any]] = []
    for case in AWARDS:
        if case.document == document and not case.given:
            rows += [{k: v for k, v in row.items() if k != "row"} for row in case.rows]
    texts = {name for row in rows for name, value in row.items() if isinstance(value, str)}
    held = pd.DataFrame(
        [{k: v for k, v in row.items() if k in texts and isinstance(v, str)} for row in rows]
    ).assign(year=2023)
    held.to_parquet(tmp_path / "in.parquet")
    assess_file(tmp_path / "in.parquet", tmp_path / "out.parquet", schedule, rows=5, year=2023)
    same(pd.read_parquet(tmp_path / "out.parquet"), held, schedule, year=2023)


def test_a_ledger_is_seen_by_every_part(tmp_path: Path) -> None:
    rows = jilin_rows(60)
    rows.to_parquet(tmp_path / "in.parquet")
    schedule = awards.load_schedule(JILIN)
    said = rows.iloc[[1, 4, 7]].assign(amount=1000, person_id=["N1", "N4", "N9"])
    paid = roster([dict(row) for _, row in said.iterrows()]).results
    assess_file(tmp_path / "in.parquet", tmp_path / "out.parquet", schedule, rows=9, ledger=paid)
    same(pd.read_parquet(tmp_path / "out.parquet"), rows, schedule, ledger=paid)
