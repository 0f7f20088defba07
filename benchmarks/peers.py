"""The same job by other means: amounts by level and prize, half for associations, highest only.

Each works on the same rows and comes to yuan paid in all and for each row, which are compared.
The figures stand here once more on purpose: a peer that read them from the schedule would share
its mistakes.
"""

from typing import Any

import numpy as np
import pandas as pd

from benchmarks.rows import LEVELS, PRIZES

FEN = (
    (2_000_000, 1_500_000, 1_200_000),
    (1_000_000, 800_000, 500_000),
    (300_000, 200_000, 100_000),
)
KEYS = ["person_id", "event", "year"]


def by_sorting(frame: pd.DataFrame) -> pd.Series:
    """pandas as many write it: merge the rates, sort, drop duplicates."""
    rates = [(a, b, FEN[i][j]) for i, a in enumerate(LEVELS) for j, b in enumerate(PRIZES)]
    held = frame.merge(pd.DataFrame(rates, columns=["level", "prize", "fen"]), how="left")
    held["fen"] = held["fen"].where(held["organizer"] != "association", held["fen"] // 2)
    first = held.sort_values("fen", ascending=False, kind="stable").drop_duplicates(KEYS).index
    paid = pd.Series(0, index=held.index)
    paid[first] = held["fen"][first]
    return paid


def by_group(frame: pd.DataFrame) -> pd.Series:
    """pandas by a practised hand: look up, group, the place of the highest."""
    rates = pd.Series(
        {(a, b): FEN[i][j] for i, a in enumerate(LEVELS) for j, b in enumerate(PRIZES)}
    )
    found = rates.reindex(pd.MultiIndex.from_frame(frame[["level", "prize"]])).to_numpy()
    fen = pd.Series(found, index=frame.index)
    fen = fen.where(frame["organizer"] != "association", fen // 2)
    best = fen.groupby([frame[key] for key in KEYS], sort=False).transform("idxmax")
    return fen.where(best == frame.index, 0)


def encoded(frame: pd.DataFrame) -> dict[str, Any]:
    """The columns as whole numbers, which :func:`on_codes` is given ready made."""
    return {
        "level": pd.Categorical(frame["level"], categories=list(LEVELS)).codes,
        "prize": pd.Categorical(frame["prize"], categories=list(PRIZES)).codes,
        "half": (frame["organizer"] == "association").to_numpy(),
        "person": pd.factorize(frame["person_id"])[0],
        "event": pd.factorize(frame["event"])[0],
        "year": (frame["year"] - frame["year"].min()).to_numpy(),
    }


def on_codes(codes: dict[str, Any]) -> tuple[Any, Any]:
    """numpy on columns that are numbers already: what is paid, and which row took its place."""
    fen = np.array(FEN)[codes["level"], codes["prize"]]
    fen = np.where(codes["half"], fen // 2, fen)
    key = (codes["person"].astype(np.int64) * 64 + codes["event"]) * 4 + codes["year"]
    order = np.argsort(key, kind="stable")
    key, fen = key[order], fen[order]
    start = np.flatnonzero(np.append(True, key[1:] != key[:-1]))
    group = np.repeat(np.arange(len(start)), np.diff(np.append(start, len(key))))
    best = np.flatnonzero(fen == np.maximum.reduceat(fen, start)[group])
    first = np.full(len(start), len(key))
    np.minimum.at(first, group[best], best)
    paid, by = np.zeros(len(key), np.int64), np.full(len(key), -1)
    paid[order[first]] = fen[first]
    by[order] = order[first][group]
    by[order[first]] = -1
    return paid, by
