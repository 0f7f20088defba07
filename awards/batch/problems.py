"""Every problem of a large run, with its place, in the sentences of the small runner.

Which rows are doubtful is found by columns. Only these become records, and the functions of the
small runner say what is wrong with each.
"""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from awards.assessment import beside_faults, faults_of
from awards.batch.arrays import Bools
from awards.batch.decided import singled
from awards.batch.distinct import Coded, distinct
from awards.batch.runner import Part, Run
from awards.batch.texts import unchanged
from awards.identity import identities
from awards.intake import repeats
from awards.problems import Problem
from awards.reading import doubled
from awards.records import Ruling, Unread
from awards.rulings import decide, unused
from awards.runner import Line
from awards.steps import End
from awards.terms import terms

Found = tuple[int, Problem]


def problems_of(run: Run) -> tuple[Problem, ...]:
    """Every problem of *run*, errors and warnings, in order of the rows."""
    found = [*_of_people(run), *_again(run)]
    for part in run.parts:
        found += _of_part(run, part)
    found += _beside(run)
    found.sort(key=lambda each: each[0])
    known = run.asked.facts
    first = [*run.read.problems, *_wrong(run)]
    faults = [*run.asked.faults, *known.problems, *known.unused(run.schedule), *_unused(run)]
    return (*dict.fromkeys(first), *faults, *(fault for _, fault in found))


def _wrong(run: Run) -> Iterator[Problem]:
    """The values of the wrong type, where the records have not told them already."""
    if not run.rows.records:
        for row in np.flatnonzero(run.rows.wrong).tolist():
            yield from run.rows.result(row).faults


def _of_people(run: Run) -> Iterator[Found]:
    """What is doubtful about people: asked of rows whose name or number comes in several ways."""
    rows = np.flatnonzero(_several(run))
    for index, fault in identities([run.rows.result(row) for row in rows.tolist()])[1]:
        row = int(rows[index])
        if row < run.count or fault.severity == "error":
            yield row, fault


def _several(run: Run) -> Bools:
    """Rows with a name that comes with different schools or numbers, or twice without a number.

    Of rows that agree in name, school and number the first one is enough, unless every one of
    them is told of: those without a number, and those whose number has two names.
    """
    rows = run.rows
    name = rows.column("person")
    plain = unchanged(name.values, terms().plain)
    name = name if plain == name.values else name.recoded(plain)
    others = [
        (rows.column(n).codes + 1, len(rows.column(n).held) + 1) for n in ("school", "person_id")
    ]
    size = len(name.held) + 1
    _, first = distinct([(name.codes + 1, size), *others], len(rows))
    ways = np.bincount(name.codes[first] + 1, minlength=size)
    without = rows.column("person_id").codes < 0
    unnumbered = np.bincount(name.codes[without] + 1, minlength=size)
    doubtful = (ways > 1) | (unnumbered > 1)
    doubtful[0] = False
    asked = without.copy()
    asked[first] = True
    return (doubtful[name.codes + 1] & asked) | run.who.doubts["number-two-names"]


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
    state = int(lines.state[line])
    columns = {name: lines.value(name, line) for name in {*lines.states.columns, *lines.own}}
    columns = {name: value for name, value in columns.items() if value is not None}
    if lines.states.paid[state]:
        stated = run.rows.column("amount").value(int(part.rows[lines.row[line]]))
        columns["amount"] = None if stated is None else Unread(stated)
    end = lines.states.ends.values[lines.states.end[state]]
    row = int(part.rows[lines.row[line]])
    return Line(row, run.rows.result(row), columns, end if isinstance(end, End) else None)


def _of_part(run: Run, part: Part) -> Iterator[Found]:
    """The problems that ended lines in the rules, and cells that say a column twice."""
    ended = part.lines.states.ended("problem")[part.lines.state]
    for line in np.flatnonzero(ended).tolist():
        held = _line(run, part, line)
        yield from ((held.place, fault) for fault in faults_of(held, run.schedule))
    document = part.document
    if document is None:
        return
    seen: set[Problem] = set()
    for row in part.rows[part.doubled].tolist():
        faults = [each for each in doubled(run.rows.result(row), document) if each not in seen]
        seen.update(faults)
        yield from ((row, fault) for fault in faults)
    amiss = [_line(run, part, int(line)) for line in np.flatnonzero(part.amiss)]
    told: set[Problem] = set()
    for asked, fault in decide(amiss, run.asked.rulings, document)[1]:
        if fault not in told:
            yield asked.place, fault
        told.add(fault)


def _beside(run: Run) -> Iterable[Found]:
    """A warning at each row that is due while another of the person's for the event is at fault."""
    lines = []
    for part in run.parts:
        own = np.arange(len(part.rows))[part.rows < run.count]
        ended = part.lines.states.ended("problem")[part.lines.state[own]]
        keys = part.lines.own["person"].codes[own]
        lines.append((part, own, keys, keys[ended]))
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
