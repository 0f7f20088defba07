"""The always-on proof: a large run that was spoiled, in each way, has no result."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

import awards
from awards.batch import assess_frame, carry, effects, runner
from awards.batch.distinct import Groups
from awards.batch.proof import BrokenPromiseError
from awards.batch.split import Chunks
from awards.batch.table import Lines
from awards.steps import STEPS, Step
from awards.steps.base import Tally
from tests.agreement import frame
from tests.tables import JILIN
from tests.test_batch import AWARDS, BY_CASES

ROWS = [
    {
        "person": person,
        "event": "焊接",
        "year": 2023,
        "organizer": "official",
        "competition": "全省职业院校技能大赛",
        "level": "省级",
        "prize": prize,
        "role": "学生",
    }
    for person in ("赵甲", "钱乙")
    for prize in ("三等奖", "一等奖", "二等奖")
]


def spoiled() -> None:
    assess_frame(frame(ROWS), awards.load_schedule(JILIN))


def test_nothing_is_refused_as_it_is() -> None:
    spoiled()


def grouped_as(monkeypatch: pytest.MonkeyPatch, change: Callable[[Groups], Groups]) -> None:
    """Have the lines grouped otherwise than by their keys."""
    right = Lines.grouped
    monkeypatch.setattr(Lines, "grouped", lambda lines, names: change(right(lines, names)))


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (lambda groups: Groups(groups.rows, groups.starts[:1]), "keys"),
        (lambda groups: Groups(groups.rows[[0, 1, 3, 2, 4, 5]], groups.starts), "keys"),
        (lambda groups: Groups(groups.rows, np.array([0, 2, 3])), "keys"),
        (lambda groups: Groups(groups.rows[1:], np.array([0, 2])), "lines"),
        (lambda groups: Groups(groups.rows[[0, 0, 2, 3, 4, 5]], groups.starts), "lines"),
    ],
    ids=["two groups in one", "a line of another group", "a group in two", "lost", "twice"],
)
def test_wrong_groups(
    monkeypatch: pytest.MonkeyPatch, change: Callable[[Groups], Groups], what: str
) -> None:
    grouped_as(monkeypatch, change)
    with pytest.raises(BrokenPromiseError, match=rf"once promises \({what}\)"):
        spoiled()


@pytest.mark.parametrize("shift", [1, 2])
def test_results_of_another_row(monkeypatch: pytest.MonkeyPatch, shift: int) -> None:
    """The right effects, each given to a neighbour."""
    right = carry._grouped

    def wrong(*given: Any) -> Any:
        groups, effect, by = right(*given)
        return groups, np.roll(effect, shift), by

    monkeypatch.setattr(carry, "_grouped", wrong)
    with pytest.raises(BrokenPromiseError, match=r"once promises \(promise\)"):
        spoiled()


def test_a_row_that_another_group_decided(monkeypatch: pytest.MonkeyPatch) -> None:
    right = carry._grouped

    def wrong(*given: Any) -> Any:
        groups, effect, by = right(*given)
        return groups, effect, np.where(by >= 0, (by + 3) % 6, by)

    monkeypatch.setattr(carry, "_grouped", wrong)
    with pytest.raises(BrokenPromiseError, match="superseded_by"):
        spoiled()


def test_an_amount_that_no_step_gave(monkeypatch: pytest.MonkeyPatch) -> None:
    """A state whose amount was written over after the steps on rows."""
    right = effects.apply

    def wrong(step: Step, states: Any, numbers: Any, told: Any) -> None:
        right(step, states, numbers, told)
        if step.do == "rate":
            states.put("amount", np.array([0]), 1)

    monkeypatch.setattr(carry, "apply", wrong)
    with pytest.raises(BrokenPromiseError, match=r"rate promises \(promise\)"):
        spoiled()


def part_with(monkeypatch: pytest.MonkeyPatch, change: Callable[[runner.Part], Any]) -> None:
    """Have each part changed when its steps are done."""
    right = runner._part
    monkeypatch.setattr(runner, "_part", lambda *given: change(right(*given)))


@pytest.mark.parametrize(
    "rows",
    [
        lambda rows: rows[:-1],
        lambda rows: np.append(rows, rows[-1]),
        lambda rows: np.append(rows[:-1], rows[0]),
    ],
    ids=["nowhere", "in two places", "in the place of another"],
)
def test_a_row_that_is_not_in_one_place(
    monkeypatch: pytest.MonkeyPatch, rows: Callable[[Any], Any]
) -> None:
    part_with(monkeypatch, lambda part: replace(part, rows=rows(part.rows)))
    with pytest.raises(BrokenPromiseError, match="lines"):
        spoiled()


@pytest.mark.parametrize("winner", [0, 6])
def test_a_line_that_nobody_else_decided(monkeypatch: pytest.MonkeyPatch, winner: int) -> None:
    """A line is said to have been decided by itself, or by one that there is not."""

    def decided(part: runner.Part) -> runner.Part:
        part.lines.by[0] = winner
        return part

    part_with(monkeypatch, decided)
    with pytest.raises(BrokenPromiseError, match="superseded_by"):
        spoiled()


FAIR = Tally(2, 2, 300, 100, 200, 1, 200, 200, 0, 0, 1, 0)
"""Two had 100 and 200 fen; one is left with 200."""
EVEN = FAIR._replace(total=200, lowest=100, highest=100, paid=100, most=50, due=2, heads=2)
"""A lump of 100 fen for two, divided."""
ONE = Tally(1, 1, 100, 100, 100, 1, 100, 100, 0, 0, 1, 0)
"""One case alone, as it was."""


@pytest.mark.parametrize(
    ("said", "good", "bad"),
    [
        ({"do": "once", "keys": ["k"]}, FAIR, FAIR._replace(due=2, paid=300)),
        ({"do": "once", "keys": ["k"]}, FAIR, FAIR._replace(paid=100, most=100)),
        (
            {"do": "once", "keys": ["k"], "rest": "1/2"},
            FAIR._replace(due=2, paid=250),
            FAIR._replace(due=2, paid=301),
        ),
        ({"do": "share", "keys": ["k"], "how": "equal"}, EVEN, EVEN._replace(paid=99)),
        ({"do": "share", "keys": ["k"], "how": "equal"}, EVEN, EVEN._replace(highest=101)),
        ({"do": "cap", "keys": ["k"], "most": 2}, FAIR, FAIR._replace(paid=201)),
        ({"do": "cap", "keys": ["k"], "payees": 1}, FAIR, FAIR._replace(heads=2)),
        ({"do": "cap", "keys": ["k"], "payees": 1}, FAIR, FAIR._replace(most=201)),
        ({"do": "offset", "keys": ["k"], "pay": "difference"}, FAIR, FAIR._replace(paid=301)),
        (
            {"do": "scale", "times": "1/2"},
            ONE._replace(paid=50, most=50),
            ONE._replace(paid=51, most=51),
        ),
        (
            {"do": "exclude", "when": {"level": "county"}, "reason": "excluded"},
            ONE._replace(due=0, paid=0),
            ONE,
        ),
        (
            {"do": "rate", "by": ["prize"], "amounts": {"first": 1}},
            ONE._replace(known=0, total=0),
            ONE._replace(known=0, total=0, paid=99),
        ),
        (
            {"do": "rate", "by": ["p"], "amounts": {"x": 1}, "keys": ["k"], "new_part": "n"},
            ONE._replace(paid=200, added=1),
            ONE._replace(paid=300, added=2),
        ),
        (
            {"do": "ruling", "question": "q", "ask": "?", "reason": "no_match"}
            | {"options": {"yes": {"says": "yes", "set": {"x": 1}}}},
            ONE,
            ONE._replace(paid=101),
        ),
        (
            {"do": "portion", "keys": ["k"], "to": {"r": "a"}, "of": {"r": "b"}}
            | {"times": "1/2", "less": True},
            FAIR,
            FAIR._replace(paid=301),
        ),
        ({"do": "recode", "set": {"level": "national"}}, ONE, ONE._replace(paid=101)),
        (
            {"do": "add", "terms": [{"money": 1, "times": ["days"]}]},
            ONE._replace(paid=101),
            ONE._replace(paid=99),
        ),
        (
            {"do": "quota", "column": "n", "new_part": "p", "prizes": {"first": {"count": 1}}},
            ONE._replace(due=0, paid=0, added=1),
            ONE._replace(due=0, paid=0, added=2),
        ),
        ({"do": "unfold", "column": "c", "new_part": "p"}, ONE, ONE._replace(paid=99)),
    ],
    ids=lambda each: each["do"] if isinstance(each, dict) else "",
)
def test_what_a_step_promises(said: dict[str, Any], good: Tally, bad: Tally) -> None:
    step = STEPS[said["do"]].model_validate({"clause": "c", **said})
    assert step.keeps(good)
    assert not step.keeps(bad)


def test_every_step_promises_something() -> None:
    assert [name for name, step in STEPS.items() if step.keeps is Step.keeps] == []


@pytest.mark.parametrize("chunks", [[0, 1, 1, 1, 1, 1], [1, 2, 2, 0, 0, 0]])
def test_rows_of_one_person_that_were_torn_apart(
    monkeypatch: pytest.MonkeyPatch, chunks: list[int]
) -> None:
    torn = Chunks(max(chunks) + 1, np.array(chunks, np.uint8))
    monkeypatch.setattr(runner, "chunks", lambda people: torn)
    monkeypatch.setattr(Chunks, "among", lambda chunks, rows: chunks)
    with pytest.raises(BrokenPromiseError, match="keys"):
        spoiled()


def test_a_line_of_a_step_that_adds_none(monkeypatch: pytest.MonkeyPatch) -> None:
    adding = 0
    for case in AWARDS:
        rows, schedule = frame(case.rows), BY_CASES[case.document]
        if assess_frame(rows, schedule)["derived"].any():
            adding += 1
            with monkeypatch.context() as changed:
                for step in STEPS.values():
                    changed.setattr(step, "adds", False)
                with pytest.raises(BrokenPromiseError, match=r"promises \(lines\)"):
                    assess_frame(rows, schedule)
    assert adding > 5
