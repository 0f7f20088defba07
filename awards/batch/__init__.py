"""The large runner: frames of 10^5 to 10^7 rows, each distinct case worked out once.

The steps are those of the small runner. Columns are encoded, rows that agree in all that matters
share a state, a step runs on each distinct case, and the result goes to all that are equal. After
every step its promise is held against what came of each group (``awards.batch.proof``).

It needs pandas (the extra ``large``), and is imported only when it is used.
"""

from collections.abc import Iterable, Mapping
from typing import Any, TypedDict, Unpack, overload

import pandas as pd
import pyarrow as pa

from awards.batch import arrow
from awards.batch.arrow import Streamed
from awards.batch.outcome import frame_of
from awards.batch.runner import run
from awards.records import Roster, Ruling
from awards.schedule import Schedule
from awards.words import Lang


class Options(TypedDict, total=False):
    """What a run is asked besides its rows, as ``awards.assess`` is."""

    ledger: Any
    facts: Any
    given: Mapping[str, Any] | None
    readings: Mapping[str, str] | None
    rulings: Roster | Iterable[Ruling]
    year: int | None


@overload
def assess_frame(  # type: ignore[overload-overlap]  # one of pandas hands itself over too
    results: pd.DataFrame, schedule: Schedule, *, lang: Lang = "zh", **options: Unpack[Options]
) -> pd.DataFrame: ...
@overload
def assess_frame(
    results: Streamed, schedule: Schedule, *, lang: Lang = "zh", **options: Unpack[Options]
) -> pa.Table: ...
def assess_frame(
    results: Streamed, schedule: Schedule, *, lang: Lang = "zh", **options: Unpack[Options]
) -> pd.DataFrame | pa.Table:
    """What each row of the frame *results* is due under *schedule*, in the same order.

    The columns of *results* are named as the fields of a result; the options are those of
    ``awards.assess``, and the answers are the same. *ledger* may be a frame. One of another library
    (Polars, DuckDB, Arrow: whatever has ``__arrow_c_stream__``) comes back as an Arrow table, with
    the place of each award's row as ``row_id`` in front.

    ``amount_fen`` is in hundredths of ``unit``: 0 where nothing is paid, missing where it is not
    known. ``superseded_by`` is the place, in the frame that comes back, of the award that took
    the place of this one; ``payee_id`` is equal for awards of one payee; ``trace`` says in *lang*
    what each step did. Lines that steps add come after the rows, ``derived``, each under the
    index of its row.

    TypeError is raised where *results* are no frame. BrokenPromiseError is raised, instead of a
    result, where the outcome breaks what a step promises.
    """
    frame = arrow.frame_of(results)
    if isinstance(ledger := options.get("ledger"), Streamed):
        options["ledger"] = arrow.frame_of(ledger)
    told = frame_of(run(frame, schedule, **options), lang, frame.index)
    return told if frame is results else arrow.table_of(told)
