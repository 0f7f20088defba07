"""Findings over frames: the answers of ``awards.standards``, equal schools judged once."""

from typing import Any

import pandas as pd
import pyarrow as pa
import pytest

import awards
from awards.batch import standards
from awards.batch.standards import standards_frame
from awards.figures import Figure
from awards.problems import Place
from awards.standards import hold
from tests.agreement import frame
from tests.cases import CASES, Case, load

FUNDING = [case for case in load(CASES) if case.is_funding and case.rows]
BY_CASES = {name: each for each in awards.schedules().values() for name in each.cases}


def expected(rows: list[dict[str, Any]], schedule: awards.Schedule, **options: Any) -> list[Any]:
    """The findings of the small way, in the order of the frame."""
    figures = [Figure(row, Place(row=number)) for number, row in enumerate(rows, 1)]
    order = list(schedule.rules)
    found = list(hold(figures, schedule, **options).findings)
    found.sort(key=lambda each: (order.index(each.rule), standards._first(each)))
    return [standards._line(each) for each in found]


def lines(held: pd.DataFrame) -> list[Any]:
    told = held.astype(object)
    rows: list[Any] = told.where(told.notna(), None).to_numpy().tolist()
    return rows


@pytest.mark.parametrize("case", FUNDING, ids=[f"{c.document}/{c.id}" for c in FUNDING])
def test_every_worked_case(case: Case) -> None:
    rows = [dict(row) for row in case.rows]
    schedule = BY_CASES[case.document]
    assert lines(standards_frame(frame(rows), schedule, given=case.given)) == expected(
        rows, schedule, given=case.given
    )


def test_figures_in_a_frame_of_another_library() -> None:
    case = FUNDING[0]
    held, schedule = frame(case.rows), BY_CASES[case.document]
    told = standards_frame(pa.Table.from_pandas(held), schedule, given=case.given)
    assert isinstance(told, pa.Table)
    assert lines(told.to_pandas()) == lines(standards_frame(held, schedule, given=case.given))


def test_equal_schools_are_judged_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three hundred schools with two kinds of figures: each kind is worked out once."""
    case = next(c for c in FUNDING if all("school" in row for row in c.rows))
    schedule = BY_CASES[case.document]
    rows = [
        {**row, "school": f"第{number}学校", "students": 1000 + number % 2}
        for number in range(300)
        for row in case.rows
    ]
    right, asked = expected(rows, schedule, given=case.given), []
    judged = standards._judged
    monkeypatch.setattr(standards, "_judged", lambda *g: asked.append(1) or judged(*g))  # type: ignore[func-returns-value]
    assert lines(standards_frame(frame(rows), schedule, given=case.given)) == right
    assert len(asked) <= 3
