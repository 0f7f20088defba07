"""Every problem of a large run, with its place, in the sentences of the small runner.

Which rows are doubtful is found by columns. Only these become records, and the functions of the
small runner say what is wrong with each.
"""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from awards.assessment import beside_faults, faults_of
from awards.batch.arrays import Bools
from awards.batch.decided import singled
from awards.batch.distinct import Coded, compact, distinct
from awards.batch.encoding import BLANK
from awards.batch.people import People, names, numbers
from awards.batch.rows import Rows
from awards.batch.runner import Part, Run
from awards.batch.table import NONE, States
from awards.identity import identities
from awards.intake import repeats
from awards.problems import Problem
from awards.reading import doubled
from awards.records import Result, Ruling, Unread
from awards.rulings import decide, unused
from awards.runner import Line
from awards.steps import End
from awards.terms import terms

Found = tuple[int, Problem]
"""A problem with the row that it is about."""


def problems_of(run: Run) -> tuple[Problem, ...]:
    """Every problem of *run*, errors and warnings, in order of the rows."""
    found = [*of_people(run.rows, run.who, run.count), *found_in(run)]
    found.sort(key=lambda each: each[0])
    first = [*run.read.problems, *(fault for _, fault in wrong_in(run))]
    return (*dict.fromkeys(first), *besides(run), *(fault for _, fault in found))


def besides(run: Run) -> Iterator[Problem]:
    """What is wrong with that which was handed over beside the rows."""
    known = run.asked.facts
    yield from (*run.asked.faults, *known.problems, *known.unused(run.schedule), *_unused(run))


def wrong_in(run: Run) -> Iterator[Found]:
    """The values of the wrong type, where the records have not told them already."""
    if not run.rows.records:
        for row in np.flatnonzero(run.rows.wrong).tolist():
            yield from ((row, fault) for fault in run.rows.result(row).faults)


def found_in(run: Run) -> Iterator[Found]:
    """The problems of rows, but those of who is who (:func:`of_people`) and of wrong types."""
    yield from _again(run)
    heard: dict[str, set[Problem]] = {}
    for part in run.parts:
        document = part.document.id if part.document else ""
        yield from _of_part(run, part, heard.setdefault(document, set()))
    yield from _beside(run)


def of_people(
    rows: Rows, who: People, count: int, strangers: Sequence[tuple[int, Result]] = ()
) -> Iterator[Found]:
    """What is doubtful about the people of *rows*, of which the first *count* are results.

    It is asked of the rows where a name or a number comes in several ways, and of the first row
    of each school. *strangers* are rows of other people that stand elsewhere, each with how many
    of these rows are before it.
    """
    several = _several(rows, who)
    chosen = [(row, 1, rows.result(row)) for row in np.flatnonzero(several).tolist()]
    chosen += [(row, 1, _nobody(rows.result(row))) for row in _schools(rows, several)]
    chosen += [(row, 0, stranger) for row, stranger in strangers]
    chosen.sort(key=lambda each: each[:2])
    for index, fault in identities([result for *_, result in chosen])[1]:
        row, is_ours, _ = chosen[index]
        if is_ours and (row < count or fault.severity == "error"):
            yield row, fault


def _nobody(result: Result) -> Result:
    """*result* of which only the school counts."""
    return result.model_copy(update={"person": None, "person_id": None})


def _schools(rows: Rows, several: Bools) -> list[int]:
    """The first row of each school as it is written, but those that *several* has."""
    school = rows.column("school")
    _, first = compact(school.codes.astype(np.int64) + 1, len(school.held) + 1)
    return [row for row in first.tolist() if school.codes[row] >= 0 and not several[row]]


def _several(rows: Rows, who: People) -> Bools:
    """Rows whose name may be two people's, as far as they are needed to say so.

    Where some row of a name that comes again has no number: those without, and the first of each
    school and number. Else the first that has another number than the first of its school, and
    that one. And all rows whose number stands beside two names.
    """
    name, number = names(rows), numbers(rows)
    school = rows.column("school").folded(terms().plain)
    columns: list[Coded] = [(each.codes + 1, len(each.held) + 1) for each in (name, school)]
    pair, pairs = distinct(columns, len(rows))
    chosen = who.doubts["number-two-names"].copy()
    named, without = name.codes >= 0, number.codes < 0
    again = np.bincount(name.codes[named], minlength=len(name.held)) > 1
    again &= np.bincount(name.codes[named & without], minlength=len(name.held)) > 0
    is_open = np.append(again, False)[name.codes]
    there = np.flatnonzero(is_open)
    cases: list[Coded] = [
        (pair[there], len(pairs)),
        (number.codes[there] + 1, len(number.held) + 1),
    ]
    chosen[there[distinct(cases, len(there))[1]]] = True
    chosen |= is_open & without
    there = np.flatnonzero(named & ~without & ~is_open)
    mine, first = compact(pair[there], len(pairs))
    differ = np.flatnonzero(number.codes[there] != number.codes[there[first]][mine])
    _, earliest = compact(name.codes[there[differ]].astype(np.int64), len(name.held))
    second = differ[earliest]
    chosen[there[second]] = chosen[there[first[mine[second]]]] = True
    return chosen


def _again(run: Run) -> Iterator[Found]:
    """An error at each row that is said again; the first of its kind goes along to be named."""
    again = run.who.doubts["repeated-row"]
    if not again.any():
        return
    columns: list[Coded] = [
        (each.codes + 1, len(each.held) + 1) for each in run.rows.columns.values()
    ]
    case, first = distinct(columns, len(run.rows))
    rows = np.unique(np.append(np.flatnonzero(again), first[case[again]]))
    rows = rows[~run.rows.paid[rows]]
    for index, fault in repeats([run.rows.result(row) for row in rows.tolist()]):
        yield int(rows[index]), fault


def _line(run: Run, part: Part, line: int) -> Line:
    """A line of *part* as the small runner has it."""
    lines = part.lines
    state, row = int(lines.state[line]), int(part.rows[lines.row_of(line)])
    columns = {name: lines.value(name, line) for name in {*lines.states.columns, *lines.own}}
    columns = {name: value for name, value in columns.items() if value is not None}
    if lines.states.paid[state]:
        stated = run.rows.column("amount").value(row)
        columns["amount"] = None if stated is None else Unread(stated)
    end = lines.states.ends.values[lines.states.end[state]]
    return Line(row, run.rows.result(row), columns, end if isinstance(end, End) else None)


def _of_part(run: Run, part: Part, heard: set[Problem]) -> Iterator[Found]:
    """The problems that ended lines in the rules, and cells that say a column twice.

    What is *heard* already of another part of the document is not told again of rulings and cells.
    """
    for line in np.flatnonzero(_is_told(part.lines.states)[part.lines.state]).tolist():
        held = _line(run, part, line)
        yield from ((held.place, fault) for fault in faults_of(held, run.schedule))
    document = part.document
    if document is None:
        return
    for row in part.rows[part.doubled].tolist():
        faults = [each for each in doubled(run.rows.result(row), document) if each not in heard]
        heard.update(faults)
        yield from ((row, fault) for fault in faults)
    amiss = [_line(run, part, int(line)) for line in np.flatnonzero(part.amiss)]
    for asked, fault in decide(amiss, run.asked.rulings, document)[1]:
        if fault not in heard:
            yield asked.place, fault
        heard.add(fault)


def _is_told(states: States) -> Bools:
    """The states whose end is told by the rules, not where the row was found at fault."""
    told = [
        isinstance(end, End)
        and end.status == "problem"
        and bool(end.blank or end.reason == "not-in-force")
        for end in states.ends.values
    ]
    return np.array(told, np.bool_)[states.end]


def _beside(run: Run) -> Iterable[Found]:
    """A warning at each row that is due while another of the person's for the event is at fault."""
    lines = []
    for part in run.parts:
        own = np.arange(len(part.rows))[part.rows < run.count]
        ended = part.lines.states.ended("problem")[part.lines.state[own]]
        keys = part.lines.own["person"].codes[own]
        open_ = (part.lines.states.end == NONE)[part.lines.state[own]]
        lines.append((part, own, np.where(ended | open_, keys, BLANK), keys[ended]))
    faulty = np.unique(np.concatenate([bad for *_, bad in lines] or [np.empty(0, np.int32)]))
    faulty = faulty[faulty >= 0]
    chosen = []
    for part, own, keys, _ in lines:
        chosen += [_line(run, part, int(line)) for line in own[np.isin(keys, faulty)]]
    chosen.sort(key=lambda line: line.place)
    return beside_faults(chosen)


def _unused(run: Run) -> Iterable[Problem]:
    """A warning for each ruling on a person or a row that is not there."""
    narrowed = [each for each in run.asked.rulings if each.person or each.row]
    if not narrowed:
        return ()
    lines = []
    for part in run.parts:
        chosen = singled(run.rows, run.payee, narrowed)[part.rows] | _became(part, narrowed)
        lines += [_line(run, part, line) for line in np.flatnonzero(chosen).tolist()]
    return unused(narrowed, lines)


def _became(part: Part, rulings: Sequence[Ruling]) -> Bools:
    """The rows whose award a step gave to somebody whom one of the *rulings* names."""
    states, rows = part.lines.states, len(part.rows)
    named = {terms().plain(each.person) for each in rulings if each.person}
    held = states.words["payee"].values if "payee" in states.words else [None]
    about = [isinstance(each, str) and terms().plain(each) in named for each in held]
    return np.array(about, np.bool_)[states.codes("payee")][part.lines.state[:rows]]
