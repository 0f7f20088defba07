"""The large runner: frames of 10^5 to 10^7 rows, each distinct case worked out once.

The steps are those of the small runner. Columns are encoded, rows that agree in all that matters
share a state, a step runs on each distinct case, and the result goes to all that are equal. After
every step its promise is held against what came of each group (``awards.batch.proof``).

It needs pandas (the extra ``large``), and is imported only when it is used.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from awards.batch.outcome import frame_of
from awards.batch.runner import run
from awards.records import Roster, Ruling
from awards.schedule import Schedule
from awards.words import Lang


def assess_frame(
    results: pd.DataFrame,
    schedule: Schedule,
    *,
    ledger: Any = (),
    facts: Any = (),
    given: Mapping[str, Any] | None = None,
    readings: Mapping[str, str] | None = None,
    rulings: Roster | Iterable[Ruling] = (),
    year: int | None = None,
    lang: Lang = "zh",
) -> pd.DataFrame:
    """What each row of the frame *results* is due under *schedule*, in the same order.

    The columns of *results* are named as the fields of a result; the options are those of
    ``awards.assess``, and the answers are the same. *ledger* may be a frame.

    ``amount_fen`` is in hundredths of ``unit``: 0 where nothing is paid, missing where it is not
    known. ``superseded_by`` is the place, in the frame that comes back, of the award that took
    the place of this one; ``payee_id`` is equal for awards of one payee; ``trace`` says in *lang*
    what each step did. Lines that steps add come after the rows, ``derived``, each under the
    index of its row.

    BrokenPromiseError is raised, instead of a result, where the outcome breaks what a step
    promises.
    """
    done = run(
        results,
        schedule,
        ledger=ledger,
        facts=facts,
        given=given,
        readings=readings,
        rulings=rulings,
        year=year,
    )
    return frame_of(done, lang, results.index)
