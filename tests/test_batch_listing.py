"""The listing of a large outcome is the CSV that the small one prints."""

from typing import Any

import pandas as pd
import pytest

import awards
from awards import Schedule
from awards.batch.listing import listing
from awards.batch.runner import run
from awards.records import roster
from awards.report import report
from cli.pay import CSV
from tests.agreement import frame
from tests.test_batch import AWARDS, BY_CASES


def lines(held: pd.DataFrame) -> list[list[Any]]:
    told = held[list(CSV)].astype(object)
    rows: list[list[Any]] = told.where(told.notna(), None).to_numpy().tolist()
    return rows


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("document", sorted({case.document for case in AWARDS}))
def test_says_what_the_small_runner_prints(document: str, lang: Any) -> None:
    schedule = BY_CASES[document]
    rows: list[dict[str, Any]] = []
    for case in AWARDS:
        if case.document == document:
            rows += [dict(row) for row in case.rows]
    rows = [{**row, "row": number, "year": 2012} for number, row in enumerate(rows, 1)]
    check(rows, schedule, lang)


def check(rows: list[dict[str, Any]], schedule: Schedule, lang: Any) -> None:
    small = report(awards.assess(rows, schedule), lang)
    expected = [[getattr(award, name) for name in CSV] for award in small.awards]
    assert lines(listing(run(frame(rows), schedule), lang)) == expected
    assert lines(listing(run(roster(rows), schedule), lang)) == expected
