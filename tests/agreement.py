"""Hold the large runner against the small one: the same rows, award by award."""

from collections.abc import Mapping, Sequence
from typing import Any
from unittest.mock import patch

import pandas as pd

import awards
from awards import Assessment, Award, Problem, Schedule, explain, money
from awards.batch import split, threads
from awards.batch.outcome import frame_of
from awards.batch.problems import problems_of
from awards.batch.runner import run

Row = Mapping[str, Any]
TOLD = (
    *("amount_fen", "unit", "status", "reason", "question", "clause", "superseded_by"),
    *("schedule", "payee", "payee_kind", "role", "level", "prize", "year", "derived", "trace"),
)


def frame(rows: Sequence[Row]) -> pd.DataFrame:
    """*rows* as a frame whose values are those of the rows, a missing one None."""
    names = dict.fromkeys(name for row in rows for name in row)
    return pd.DataFrame(
        {name: pd.Series([row.get(name) for row in rows], dtype=object) for name in names},
        index=range(len(rows)),
    )


def agree(rows: Sequence[Row], schedule: Schedule, **options: Any) -> None:
    """Both runners say the same of *rows*, and of what steps add to them.

    The large one does so too where it takes a few rows apart and works at them at the same time.
    """
    small = awards.assess(rows, schedule, **options)
    frames = []
    for least in (split.LEAST, 1):
        with patch.object(split, "LEAST", least), patch.object(threads, "MANY", least):
            done = run(frame(rows), schedule, **options)
            large = frame_of(done)
            frames.append(large)
            assert table(large) == expected(small)
            assert payees(large) == same_payees(small)
            assert told(problems_of(done)) == told(small.problems)
    one, other = frames
    pd.testing.assert_frame_equal(one, other)


def told(problems: Sequence[Problem]) -> list[str]:
    """The problems as they are printed, in one order."""
    return sorted(f"{each.severity} {each.line('en')}" for each in problems)


def table(outcome: pd.DataFrame) -> list[dict[str, Any]]:
    """The awards of the large runner as plain values."""
    held = outcome[list(TOLD)].astype(object)
    return held.where(held.notna(), None).to_dict("records")  # type: ignore[return-value]


def expected(outcome: Assessment) -> list[dict[str, Any]]:
    """The awards of the small runner in the same words."""
    return [_award(award, outcome) for award in outcome.awards]


def _award(award: Award, outcome: Assessment) -> dict[str, Any]:
    rules = explain.document_of(award, outcome)
    said = [
        f"{rules.clauses[entry.clause].number} {explain.entry(entry, award, outcome, 'zh')}"
        for entry in award.trace
    ]
    told = {name: getattr(award, name) for name in TOLD if hasattr(award, name)}
    fen = None if award.amount is None else money.fen(award.amount)
    return {
        name: {**told, "amount_fen": fen, "trace": "\n".join(said) or None}[name] for name in TOLD
    }


def payees(outcome: pd.DataFrame) -> list[int]:
    """For each award the first one that is for the same payee."""
    held = outcome["payee_id"].tolist()
    return [held.index(each) if each >= 0 else -1 for each in held]


def same_payees(outcome: Assessment) -> list[int]:
    """The same, of the small runner."""
    held = [award.who if award.payee is not None else None for award in outcome.awards]
    return [-1 if each is None else held.index(each) for each in held]
