"""The runner: carries the steps of a document out over the rows, each distinct group once.

A step sees only the columns it reads, one group of equal keys at a time. Rows come out settled
or open; a step may also add lines of its own, such as the school's award beside the student's.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import count

from awards.payouts import Entry
from awards.records import Result, Value, is_blank
from awards.steps import Effect, End
from awards.steps.base import NOTHING, Step
from awards.terms import Terms

EVERY_PART = "*"
"""As the ``part`` of a step: the rows and all lines added to them."""


@dataclass(slots=True, eq=False)
class Line:
    """One row on its way through the steps, or a line that a step added to it.

    ``place`` is the place of its row among all rows; ``by`` the line that decided it.
    """

    place: int
    result: Result
    columns: dict[str, Value]
    end: End | None = None
    by: "Line | None" = None
    clause: str | None = None
    trace: list[Entry] = field(default_factory=list)

    @property
    def waits(self) -> bool:
        """Whether it waits for a ruling."""
        return self.end is not None and self.end.status == "needs_ruling"


def carry_out(step: Step, lines: Sequence[Line], terms: Terms) -> list[Line]:
    """Run *step* over the *lines* it is about; the lines that it adds, in order."""
    added: list[Line] = []
    reads = sorted(step.reads())
    known: dict[object, Sequence[Effect]] = {}
    for group in _groups(step, lines):
        cases = [{name: line.columns.get(name) for name in reads} for line in group]
        said = tuple(tuple((type(value), value) for value in case.values()) for case in cases)
        if said not in known:  # 1 and True are two
            known[said] = step.effects(cases, terms)
        for line, effect in zip(group, known[said], strict=True):
            _apply(step, effect, line, group)
            for more in effect.more:
                extra = Line(line.place, line.result, {**line.columns, "amount": None})
                _apply(step, more, extra, group)
                added.append(extra)
    return added


def _groups(step: Step, lines: Sequence[Line]) -> Iterable[list[Line]]:
    """The lines that *step* is about, by its keys; one that cannot be placed becomes a fault."""
    groups: dict[object, list[Line]] = {}
    alone = count()
    for line in lines:
        if not _is_about(step, line):
            continue
        holds = step.when.holds(line.columns) if step.when else True
        keys = tuple(line.columns.get(name) for name in step.group_keys)
        missing = set() if isinstance(holds, bool) else set(holds)
        if holds is False or (missing and (line.end or _is_earlier(line))):
            continue
        blank = {n for n, key in zip(step.group_keys, keys, strict=True) if is_blank(key)}
        if missing or blank - set(step.apart):
            line.end = End("problem", "blank", blank=tuple(sorted(missing | blank)))
        elif blank or not keys:
            groups[next(alone)] = [line]
        else:
            groups.setdefault(keys, []).append(line)
    return groups.values()


def _is_about(step: Step, line: Line) -> bool:
    """Whether *line* is open to *step*; a settled one is only where the step looks at all."""
    if step.part not in (line.columns.get("part"), EVERY_PART):
        return False
    if _is_earlier(line):
        return step.sees_earlier and line.end is None
    return line.end is None or (line.waits and step.sees_waiting) or _is_looked_at(step, line)


def _is_looked_at(step: Step, line: Line) -> bool:
    return step.sees_settled and line.end is not None and line.end.status == "not_paid"


def _is_earlier(line: Line) -> bool:
    return "earlier" in line.columns


def _apply(step: Step, effect: Effect, line: Line, group: Sequence[Line]) -> None:
    """Carry out *effect* on *line*: columns, end, trace."""
    if effect is NOTHING:
        return
    line.columns.update(effect.set)
    clause = effect.clause or step.clause
    if effect.end:
        line.end = effect.end
        line.clause = clause
        line.columns["amount"] = None
    if effect.by is not None:
        line.by = group[effect.by]
    if effect.note:
        amount = line.columns.get("amount")
        after = amount if isinstance(amount, int) and not effect.end else None
        line.trace.append(Entry(step.do, clause, effect.note, after))
