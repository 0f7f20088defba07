"""The always-on proof: after every step its promise is held against every group it touched.

What the lines have before and after is read from the lines themselves, and their keys are
compared anew, so a wrong order, a wrong broadcast or a mixed-up group breaks a promise. A run
that breaks one has no result.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from awards.batch.arrays import Bools, Hashes, Ints
from awards.batch.carry import Done
from awards.batch.distinct import MIX, Coded, Groups, all_kinds, distinct, mixed
from awards.batch.encoding import BLANK, Encoded
from awards.batch.precedents import Figures, Precedents
from awards.batch.table import NONE, Lines
from awards.batch.threads import side_by_side
from awards.problems import AwardsError, problem
from awards.steps import Step
from awards.steps.base import Tally

if TYPE_CHECKING:
    from awards.batch.runner import Run

CarryOut = Callable[[Precedents, Lines], Done]


class BrokenPromiseError(AwardsError):
    """A large run came to something that a step rules out: there is no result."""


@dataclass(frozen=True)
class Before:
    """The amounts of lines, or of states, before a step; ``known`` where there was one."""

    amounts: Ints
    known: Bools


def carried_out(precedents: Precedents, lines: Lines, carry_out: CarryOut) -> None:
    """Run the step of *precedents* over the *lines*.

    BrokenPromiseError where the outcome is not what it promises.
    """
    step = precedents.step
    amounts, known = lines.states.amounts()
    count, state, size = len(lines), lines.state, len(lines.states)
    done = carry_out(precedents, lines)
    check(len(lines) == count + len(done.parents), step.do, "lines")
    check(step.adds or not len(done.parents), step.do, "lines")
    if done.groups is None:
        mine = done.states
        units = Groups(mine, np.arange(len(mine)))
        before, after = Before(amounts[mine], known[mine]), _after(lines, mine)
        added, money = _added_to_states(lines, count, done.parents)
        told = _tallies(units, before, after, after["due"], (added[mine], money[mine]))
        _check_promise(precedents, told)
        return
    groups, by = done.groups, done.by
    about = np.zeros(size, np.bool_)
    about[done.states] = True
    check(np.count_nonzero(about[state]) == len(groups.rows), step.do, "lines")
    check_groups(step, lines, groups, by)
    units = groups
    if not len(done.parents) and not step.compares():
        units = _one_of_each(units, state, Before(amounts, known), lines)
    before = Before(amounts[state[units.rows]], known[state[units.rows]])
    after = _after(lines, lines.state[units.rows])
    beside = _added_to_groups(lines, units, count, done.parents)
    _check_promise(precedents, _tallies(units, before, after, _heads(step, lines, units), beside))


def _check_promise(precedents: Precedents, told: dict[str, Ints]) -> None:
    step = precedents.step
    tallies = precedents.unheard(_distinct(told))
    for each in tallies:
        check(step.keeps(Tally(*each)), step.do, "promise")
    precedents.kept(tallies)


def _one_of_each(units: Groups, state: Ints, before: Before, lines: Lines) -> Groups:
    """One of the groups that had the same figures and have the same, in whatever order.

    Groups are told apart by a sum over their members, each weighed by a number without a pattern
    that stands for its figures. *before* are those of the states that lines had in *state*.
    """
    had = _weights(before.amounts, before.known)
    has = _weights(*_after(lines, np.arange(len(lines.states))).values())
    if lines.state is state:  # nothing became of any
        weights = (had + has)[state]
    else:
        weights = had[state]
        weights += has[lines.state]
    sums = np.add.reduceat(weights[units.rows], units.starts) if len(units.starts) else weights[:0]
    chosen = all_kinds(mixed(sums))
    sizes = units.sizes[chosen]
    starts = np.cumsum(sizes) - sizes
    places = np.repeat(units.starts[chosen] - starts, sizes) + np.arange(int(sizes.sum()))
    return Groups(units.rows[places], starts)


def _weights(*figures: Ints | Bools) -> Hashes:
    """For each place a number without a pattern, equal where all *figures* are."""
    told = np.zeros(len(figures[0]), np.uint64)
    for each in figures:
        told = mixed(told + each.astype(np.uint64) + np.uint64(1))
    return told


def check(holds: bool, step: str, what: str) -> None:
    """BrokenPromiseError unless it *holds*."""
    if not holds:
        raise BrokenPromiseError(problem("broken-promise", step=step, what=what))


def check_groups(step: Step, lines: Lines, groups: Groups, by: Ints) -> None:
    """The lines of a group agree in the keys, no other group has them, each line is there once.

    What decided a line is a line of its group.
    """
    rows = groups.rows
    there = np.zeros(len(lines), np.bool_)
    there[rows] = True
    check(np.count_nonzero(there) == len(rows), step.do, "lines")
    key, whole = np.zeros(len(lines), np.uint64), np.ones(len(lines), np.bool_)
    for name in step.group_keys:
        codes, bound = lines.key(name)
        if bound <= 2 and codes.all():
            continue  # all have the same
        key *= MIX
        np.add(key, codes, out=key, dtype=np.uint64, casting="unsafe")  # none is negative
        if not codes.all():
            whole &= codes > 0
    keys, begins = key[rows], np.zeros(len(rows), np.bool_)
    begins[groups.starts] = True
    agree, begins = keys[1:] == keys[:-1], begins[1:]
    apart = begins & agree
    if apart.any() and not whole.all():
        apart &= whole[rows[1:]] & whole[rows[:-1]]
    check(bool((agree | begins).all()) and not apart.any(), step.do, "keys")
    decided = np.flatnonzero(by >= 0)
    winners = by[decided]
    same = (key[winners] == keys[decided]) & whole[winners] & there[winners]
    check(bool(same.all()), step.do, "superseded_by")


def check_whole(run: "Run") -> None:
    """Every row stands in one place, and what decided a line is another line.

    Where rows under one document were worked out apart, all of a person's are in one part.
    """
    there = np.zeros(len(run.rows), np.bool_)
    for part in run.parts:
        there[part.rows] = True
    told = sum(len(part.rows) for part in run.parts)
    check(told == len(there) and bool(there.all()), "-", "lines")
    for part in run.parts:
        by = part.lines.by
        decided = np.flatnonzero(by >= 0)
        is_other = (by[decided] != decided) & (by[decided] < len(by))
        check(bool(is_other.all()), "-", "superseded_by")
    for document in run.asked.documents:
        apart = [part.rows for part in run.parts if part.document is document]
        if len(apart) > 1:
            seen, *more = side_by_side(
                [partial(_there, run.who.keys, each) for each in apart], told
            )
            for here in more:
                check(not (seen & here).any(), "-", "keys")
                seen |= here


def _there(people: Encoded, rows: Ints) -> Bools:
    """Which of the *people* the *rows* are about."""
    there = np.zeros(len(people.held) + 1, np.bool_)
    there[people.codes[rows]] = True
    there[BLANK] = False
    return there


def _after(lines: Lines, states: Ints) -> dict[str, Ints]:
    """What lines in these *states* have after a step: due or not, how much, waiting or at fault."""
    held = lines.states
    amounts, known = held.amounts()
    due = known & (held.end == NONE)
    return {
        "due": due[states].astype(np.int64),
        "paid": np.where(due, amounts, 0)[states],
        "waiting": held.ended("needs_ruling")[states].astype(np.int64),
        "faulty": held.ended("problem")[states].astype(np.int64),
    }


def _added_to_states(lines: Lines, count: int, parents: Ints) -> tuple[Ints, Ints]:
    """For each state how many lines were added to a line of it, and their money."""
    size = len(lines.states)
    if not len(parents):
        return np.zeros(size, np.int64), np.zeros(size, np.int64)
    added = np.bincount(lines.state[parents], minlength=size)
    money = np.zeros(size, np.int64)
    np.add.at(money, lines.state[parents], _after(lines, lines.state[count:])["paid"])
    of_each = np.maximum(np.bincount(lines.state[:count], minlength=size), 1)
    return added // of_each, money // of_each


def _added_to_groups(lines: Lines, groups: Groups, count: int, parents: Ints) -> tuple[Ints, Ints]:
    """For each group how many lines were added to one of its lines, and their money."""
    size = len(groups.starts)
    if not len(parents):
        return np.zeros(size, np.int64), np.zeros(size, np.int64)
    there = np.full(len(lines), -1, np.int64)
    there[groups.rows] = groups.numbers
    money = np.zeros(size, np.int64)
    np.add.at(money, there[parents], _after(lines, lines.state[count:])["paid"])
    return np.bincount(there[parents], minlength=size), money


def _heads(step: Step, lines: Lines, groups: Groups) -> Ints:
    """1 at the first line due of each payee within its group; at every one if that is all one."""
    rows = groups.rows
    due = _after(lines, lines.state[rows])["due"]
    if not step.compares():
        return due
    (name,) = step.compares()
    codes, bound = lines.key(name)
    there = np.flatnonzero(due)
    columns: list[Coded] = [
        (groups.numbers[there], len(groups.starts)),
        (codes[rows[there]], bound),
    ]
    heads = np.zeros(len(rows), np.int64)
    heads[there[distinct(columns, len(there))[1]]] = 1
    return heads


def _tallies(
    units: Groups, before: Before, after: dict[str, Ints], heads: Ints, beside: tuple[Ints, Ints]
) -> dict[str, Ints]:
    """The figures of :class:`Tally` for each of the *units*."""
    starts = units.starts
    if not len(starts):
        return {}
    had = np.where(before.known, before.amounts, 0)
    most = np.iinfo(np.int64).max
    known = np.add.reduceat(before.known.astype(np.int64), starts)
    lowest = np.minimum.reduceat(np.where(before.known, before.amounts, most), starts)
    added, money = beside
    return {
        "cases": units.sizes,
        "known": known,
        "total": np.add.reduceat(had, starts),
        "lowest": np.where(known > 0, lowest, 0),
        "highest": np.maximum.reduceat(had, starts),
        "due": np.add.reduceat(after["due"], starts),
        "paid": np.add.reduceat(after["paid"], starts) + money,
        "most": np.maximum.reduceat(after["paid"], starts),
        "waiting": np.add.reduceat(after["waiting"], starts),
        "faulty": np.add.reduceat(after["faulty"], starts),
        "heads": np.add.reduceat(heads, starts),
        "added": added,
    }


def _distinct(told: dict[str, Ints]) -> set[Figures]:
    """The figures of each distinct tally once."""
    if not told:
        return set()
    figures = [told[name] for name in Tally._fields]
    first = all_kinds(_weights(*figures))
    return {*zip(*(each[first].tolist() for each in figures), strict=True)}
