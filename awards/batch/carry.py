"""A step over many lines: its own code on each distinct case once, the results broadcast.

The steps are those of the small runner, and so is what becomes of a line (``awards.runner``): a
line that cannot be placed becomes a fault, one whose key is blank may stand alone, a line that
a step adds begins with the columns of its own line.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from awards.batch.arrays import Bools, Codes, Ints
from awards.batch.distinct import Coded, Groups, compact, distinct, kinds, pack
from awards.batch.effects import Effects, apply
from awards.batch.precedents import Precedents
from awards.batch.table import NONE, Lines, States
from awards.records import Columns, Value
from awards.runner import EVERY_PART
from awards.steps import End
from awards.steps.base import WAITS, Step

NOBODY: Ints = np.empty(0, np.int64)
SKIP, ALONE, GROUP, FAULT = range(4)


@dataclass(frozen=True)
class Done:
    """What a step came to: for each line of the ``groups``, in order, who decided it.

    ``parents`` are the lines to which others were added, in order of these. A step that works row
    by row has no groups; ``states`` are those that it was about, as they were before.
    """

    groups: Groups | None
    states: Ints
    by: Ints
    parents: Ints


def carry_out(known: Precedents, lines: Lines) -> Done:
    """Run the step of *known* over the *lines*, and append those it adds; what it did."""
    step, states = known.step, lines.states
    verdict = _verdicts(step, states)
    about = (verdict == ALONE) | (verdict == GROUP)
    effects = Effects()
    if not step.group_keys:
        numbers = _row_by_row(known, states, verdict == ALONE, effects)
        apply(step, states, numbers, effects)
        parents = NOBODY
        if effects.adding.any():
            adding = np.flatnonzero(effects.adding[numbers][lines.state])
            parents = _append(step, lines, adding, numbers, effects) if len(adding) else NOBODY
        return Done(None, np.flatnonzero(about), NOBODY, parents)
    if step.needs_earlier and not (states.paid & about).any():
        return Done(None, np.flatnonzero(about), NOBODY, NOBODY)
    found, effect, by = _grouped(known, lines, verdict, effects)
    parents = _split(step, lines, found, effect, by, effects)
    return Done(found, np.flatnonzero(about), by, parents)


def _verdicts(step: Step, states: States) -> Ints:
    """For each state whether *step* is about it, alone or in a group; faults are ended here."""
    about = _is_about(step, states)
    asked = sorted(step.when.columns()) if step.when else []
    keys = step.group_keys
    blank = {name: states.is_blank(name) for name in keys}
    closed = (states.end != NONE) | states.paid
    verdict = np.full(len(states), SKIP, np.int64)
    there = np.flatnonzero(about)
    columns: list[Coded] = [(states.codes(name)[there], states.size(name)) for name in asked]
    columns += [(each[there].astype(np.int64), 2) for each in (*blank.values(), closed)]
    case, first = distinct(columns, len(there))
    told = np.empty(len(first), np.int64)
    ends = np.zeros(len(first), np.int32)
    for number, state in enumerate(there[first].tolist()):
        holds = step.when.holds(states.values(state, asked)) if step.when else True
        missing = set() if isinstance(holds, bool) else set(holds)
        empty = {name for name in keys if blank[name][state]}
        if holds is False or (missing and closed[state]):
            told[number] = SKIP
        elif missing or empty - set(step.apart):
            told[number] = FAULT
            end = End("problem", "blank", blank=tuple(sorted(missing | empty)))
            ends[number] = states.ends.code(end)
        else:
            told[number] = ALONE if empty or not keys else GROUP
    verdict[there] = told[case]
    faulty = there[told[case] == FAULT]
    states.end[faulty] = ends[case][told[case] == FAULT]
    return verdict


def _is_about(step: Step, states: States) -> Bools:
    """Which states are open to *step*."""
    part = states.codes("part")
    wanted = NONE if step.part is None else _known(states, "part", step.part)
    here = np.ones(len(part), np.bool_) if step.part == EVERY_PART else part == wanted
    seen = states.end == NONE
    if step.sees_waiting:
        seen |= states.ended("needs_ruling")
    if step.sees_settled:
        seen |= states.ended("not_paid")
    earlier = (states.end == NONE) if step.sees_earlier else np.zeros(len(part), np.bool_)
    return here & np.where(states.paid, earlier, seen)


def _known(states: States, name: str, value: Value) -> int:
    """The code of *value* in the column *name*; one that no state has where it is not there."""
    return states.words[name].code(value) if name in states.words else -1


def _cases(step: Step, states: States, there: Ints) -> tuple[Ints, list[Columns]]:
    """For each of the states *there* the number of its case, and the cases."""
    reads = sorted(step.reads() - step.compares())
    columns: list[Coded] = [(states.codes(name)[there], states.size(name)) for name in reads]
    case, first = distinct(columns, len(there))
    return case, [states.values(state, reads) for state in there[first].tolist()]


def _row_by_row(known: Precedents, states: States, among: Bools, effects: Effects) -> Ints:
    """The number of the effect on each state."""
    numbers = np.zeros(len(states), np.int64)
    there = np.flatnonzero(among)
    if len(there):
        case, cases = _cases(known.step, states, there)
        alone = [[number] for number in known.numbers(cases)]
        told = known.effects(alone, [[0]] * len(alone) if known.step.compares() else None)
        numbers[there] = np.array([effects.number(each) for (each,) in told])[case]
    return numbers


def _grouped(
    known: Precedents, lines: Lines, verdict: Ints, effects: Effects
) -> tuple[Groups, Codes, Ints]:
    """The effects on the lines of each group, each distinct group worked out once."""
    step, states = known.step, lines.states
    there = np.flatnonzero((verdict == ALONE) | (verdict == GROUP))
    case, cases = _cases(step, states, there)
    case_of = np.full(len(states), -1, np.int64)
    case_of[there] = case
    number_of = np.array([*known.numbers(cases), -1], np.int64)[case_of]
    found = _groups(step, lines, verdict)
    state = lines.state[found.rows]
    alike, size = _alike(step, lines, found)
    ranks = _ranks(known, cases)
    if ranks is not None:
        same = kinds(found, ranks[case_of][state], len(cases) + 1, is_order=True)
    else:
        same = kinds(found, _packed(case_of[state], alike, size), len(cases) * size)
    effect = np.zeros(len(found.rows), np.int32)
    by = np.full(len(found.rows), -1, np.int64)
    for kind in same:
        examples = kind.members(kind.first)
        members = number_of[state[examples]].tolist()
        told, decided = _told(
            known, members, None if alike is None else alike[examples].tolist(), effects
        )
        if not told.any():
            continue  # nothing became of any of them
        places = kind.members(kind.starts)
        effect[places] = told[kind.which]
        winners = decided[kind.which]
        winners += kind.starts[:, None]
        by[places] = np.where(decided[kind.which] < 0, -1, found.rows[winners])
    return found, effect, by


def _told(
    known: Precedents,
    groups_: Sequence[Sequence[int]],
    alike: Sequence[Sequence[int]] | None,
    effects: Effects,
) -> tuple[Codes, Ints]:
    """For each of *groups_* the numbers of its effects, and within it who decided each (or -1)."""
    told = known.effects(groups_, alike)
    numbers = np.array([[*map(effects.number, each)] for each in told], np.int32)
    by = np.array([[-1 if one.by is None else one.by for one in each] for each in told], np.int64)
    return numbers, by


def _packed(cases: Ints, alike: Ints | None, size: int) -> Ints:
    """One number for a case and whom it agrees with."""
    return cases if alike is None else cases * size + alike


def _ranks(known: Precedents, cases: Sequence[Columns]) -> Ints | None:
    """For each case its place among all in order, from 1, and 0 for one that waits, and for none.

    None where the step looks at more than the order of its cases.
    """
    orders = [known.step.ranked_by(case, known.terms) for case in cases]
    there = [order for order in orders if order is not None]
    if len(there) < len(orders):
        return None
    places = {order: place for place, order in enumerate(sorted({*there} - {WAITS}), 1)}
    return np.array([*(places.get(order, 0) for order in there), 0], np.int64)


def _groups(step: Step, lines: Lines, verdict: Ints) -> Groups:
    """The groups of the lines that *step* is about; lines that stand alone are groups of one."""
    grouped = lines.grouped(step.group_keys).among((verdict == GROUP)[lines.state])
    if not (verdict == ALONE).any():
        return grouped
    alone = np.flatnonzero((verdict == ALONE)[lines.state])
    starts = np.append(grouped.starts, len(grouped.rows) + np.arange(len(alone)))
    return Groups(np.append(grouped.rows, alone), starts)


def _alike(step: Step, lines: Lines, found: Groups) -> tuple[Ints | None, int]:
    """For each member which members of its group agree in what the step compares: the first.

    None where it compares nothing; and a bound.
    """
    names = sorted(step.compares())
    if not names:
        return None, 1
    (name,) = names
    codes, bound = lines.key(name)
    numbers = found.numbers
    pairs, _ = compact(
        *pack([(numbers, len(found.starts)), (codes[found.rows], bound)], len(numbers))
    )
    first = np.full(len(numbers), len(numbers), np.int64)
    np.minimum.at(first, pairs, np.arange(len(numbers)))
    place = first[pairs] - np.repeat(found.starts, found.sizes)
    return place, int(found.sizes.max(initial=1))


def _split(
    step: Step, lines: Lines, found: Groups, effect: Codes, by: Ints, effects: Effects
) -> Ints:
    """Give lines of one state that fared differently states of their own, and apply the effects.

    The lines to which others were added.
    """
    if len(effects.known) == 1:
        return NOBODY
    numbers = np.zeros(len(lines), np.int32)
    numbers[found.rows] = effect
    columns: list[Coded] = [(lines.state, len(lines.states)), (numbers, len(effects.known))]
    state, first = distinct(columns, len(lines))
    lines.states = lines.states.picked(lines.state[first])
    lines.state = state
    decided = by >= 0
    lines.by[found.rows[decided]] = by[decided]
    of_state = numbers[first].astype(np.int64)
    apply(step, lines.states, of_state, effects)
    if not effects.adding.any():
        return NOBODY
    adding = np.flatnonzero(effects.adding[effect])
    first_of = np.repeat(found.rows[found.starts], found.sizes)
    order = np.lexsort((found.rows[adding], first_of[adding]))
    return _append(step, lines, found.rows[adding][order], of_state, effects)


def _append(step: Step, lines: Lines, adders: Ints, of_state: Ints, effects: Effects) -> Ints:
    """Append the lines that a step adds to the *adders*, in that order; whose each is."""
    counts = effects.adding[of_state[lines.state[adders]]]
    parents = np.repeat(adders, counts)
    nth = np.arange(len(parents)) - np.repeat(np.cumsum(counts) - counts, counts)
    columns: list[Coded] = [(lines.state[parents], len(lines.states)), (nth, int(counts.max()) + 1)]
    state, first = distinct(columns, len(parents))
    states = lines.states.picked(lines.state[parents[first]])
    own = Effects()
    numbers = np.array(
        [
            own.number(effects.known[of_state[lines.state[parents[at]]]].more[nth[at]])
            for at in first.tolist()
        ],
        np.int64,
    )
    states.put("amount", np.arange(len(states)), None)
    for codes in (states.end, states.clause, states.trace):
        codes[:] = NONE
    apply(step, states, numbers, own)
    lines.beside = np.append(lines.beside, lines.row[parents])
    lines.state = np.append(lines.state, state + len(lines.states))
    lines.by = np.append(lines.by, np.full(len(parents), -1))
    lines.states.add(states)
    return parents
