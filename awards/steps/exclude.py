"""exclude: rows that the document does not pay, with the reason.

>>> from awards.terms import terms
>>> Exclude(do="exclude", clause="c", when={"form": "team"}, reason="not_covered").effects(
...     [{}], terms())[0].end
End(status='not_paid', reason='not_covered', question=None, blank=())
"""

from collections.abc import Sequence
from typing import Literal

from awards.conditions import Condition
from awards.records import Columns
from awards.steps.base import Effect, End, Note, Reason, Step, Tally
from awards.terms import Terms


class Exclude(Step):
    """Rows for which ``when`` holds get nothing, for ``reason``."""

    do: Literal["exclude"]
    when: Condition
    """The rows that get nothing."""
    reason: Reason
    """Why."""

    def reads(self) -> frozenset[str]:
        """Nothing besides ``when``."""
        return frozenset()

    def keeps(self, tally: Tally) -> bool:
        """Nothing is paid."""
        return tally.due == 0

    def effects(self, cases: Sequence[Columns], terms: Terms) -> Sequence[Effect]:
        """The end of each case."""
        effect = Effect(Note("trace.exclude"), end=End("not_paid", self.reason))
        return [effect] * len(cases)
