"""Case tables in docstrings: read as rows, assessed, held against what they expect.

Columns named in :data:`EXPECTED` say what each row must come to; the others are the roster.
An empty cell of the roster is a blank; an empty expectation expects nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import awards
from awards import Assessment, Award

JILIN = "cn/jilin/jilin-city/2022-11-22"
EXPECTED = ("yuan", "status", "reason", "clause")
OFFICIAL = {
    "competition": "全省职业院校技能大赛",
    "organizer": "official",
    "role": "student",
    "year": 2023,
}
"""What a row of a table is taken to say where the table has no such column."""


def rows_of(text: str) -> list[dict[str, Any]]:
    """The rows of the table in *text*: lines with ``|``, the first of them the headings."""
    lines = [line.split("|") for line in text.splitlines() if "|" in line]
    headings, *body = [[cell.strip() for cell in line] for line in lines]
    return [
        {
            name: _cell(name, cell)
            for name, cell in zip(headings, cells, strict=True)
            if cell or name not in EXPECTED
        }
        for cells in body
    ]


def _cell(name: str, text: str) -> str | int | None:
    if not text:
        return None
    return int(text) if name in ("year", "amount") and text.isdigit() else text


def table(test: Callable[..., object]) -> list[dict[str, Any]]:
    """The rows of the table in the docstring of *test*."""
    return rows_of(test.__doc__ or "")


def roster(rows: Sequence[Mapping[str, Any]], **common: Any) -> list[dict[str, Any]]:
    """*rows* without what they expect, each with what all of them say."""
    return [
        {**OFFICIAL, **common, **{k: v for k, v in row.items() if k not in EXPECTED}}
        for row in rows
    ]


def check(rows: Sequence[Mapping[str, Any]], under: str = JILIN, **options: Any) -> Assessment:
    """Assess the *rows* and hold each against its ``yuan``, ``status`` and ``reason``."""
    outcome = awards.assess(roster(rows), awards.load_schedule(under), **options)
    got = [shown(award, row) for award, row in zip(outcome.awards, rows, strict=True)]
    assert got == [{name: row[name] for name in EXPECTED if name in row} for row in rows]
    return outcome


def shown(award: Award, row: Mapping[str, Any]) -> dict[str, Any]:
    """What *award* says of those things that *row* expects, in the words of a table."""
    amount = "-" if award.amount is None else str(award.amount).removesuffix(".00")
    said = {
        "yuan": amount,
        "status": award.status,
        "reason": award.reason,
        "clause": award.clause,
    }
    return {name: said[name] for name in EXPECTED if name in row}
