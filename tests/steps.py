"""One step by itself: the cases of a group as a table in a docstring, and what each comes to.

Columns named ``amount`` or ``earlier`` are yuan in the table, whole numbers are numbers,
an empty cell is a blank. The column ``comes to`` holds the yuan after the step, or the reason for
which the case ends, or the columns that a fault is about.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from hypothesis import strategies as st

from awards import money
from awards.records import Value
from awards.steps import Effect, Step
from awards.terms import terms

COMES_TO = "comes to"
YUAN = ("amount", "earlier")
Case = Mapping[str, Any]
AMOUNTS = st.integers(1, 10**9)
"""Amounts in fen, above nothing."""


def effects(step: Step, cases: Sequence[Case]) -> Sequence[Effect]:
    """What *step* makes of the *cases* of one group: an effect for each, whatever it is."""
    found = step.effects(cases, terms())
    assert len(found) == len(cases)
    return found


def outcomes(step: Step, cases: Sequence[Case]) -> list[str]:
    """What each of the *cases* comes to, as a table says it."""
    return [_shown(case, effect) for case, effect in zip(cases, effects(step, cases), strict=True)]


def check(step: Step, test: Callable[..., object], *, apart: bool = False) -> None:
    """Hold *step* against the table in the docstring of *test*: one group, or each row *apart*."""
    cases, expected = table(test.__doc__ or "")
    groups = [[case] for case in cases] if apart else [cases]
    assert [each for group in groups for each in outcomes(step, group)] == expected


def table(text: str) -> tuple[list[Case], list[str]]:
    """The cases of the table in *text*, and what each must come to."""
    lines = [
        [cell.strip() for cell in line.split("|")] for line in text.splitlines() if "|" in line
    ]
    headings, *body = lines
    rows = [dict(zip(headings, cells, strict=True)) for cells in body]
    expected = [row.pop(COMES_TO) for row in rows]
    return [{name: _cell(name, text) for name, text in row.items()} for row in rows], expected


def _cell(name: str, text: str) -> Value:
    if not text:
        return None
    if name in YUAN:
        return money.fen(text)
    return int(text) if text.isdigit() else text


def _shown(case: Case, effect: Effect) -> str:
    if effect.end:
        return ", ".join(effect.end.blank) or effect.end.reason
    return yuan(effect.set.get("amount", case.get("amount")))


def yuan(amount: Value) -> str:
    """An amount in hundredths as a table says it; ``-`` where there is none."""
    return str(money.yuan(amount)).removesuffix(".00") if isinstance(amount, int) else "-"


def after(step: Step, cases: Sequence[Case]) -> list[int]:
    """The amount in hundredths that each of the *cases* has after *step*; nothing where it ends."""
    return [
        0 if effect.end else _amount(effect.set.get("amount", case.get("amount")))
        for case, effect in zip(cases, effects(step, cases), strict=True)
    ]


def _amount(value: Value) -> int:
    return value if isinstance(value, int) else 0


def group(amounts: Sequence[int], **same: Any) -> list[dict[str, Any]]:
    """A case for each of the *amounts*, each of another payee, the other columns the *same*."""
    return [
        {"payee": f"人{index}", "person": f"人{index}", **same, "amount": amount}
        for index, amount in enumerate(amounts)
    ]
