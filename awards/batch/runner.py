"""A whole run over a frame: every row under its document, the steps, and what came of it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import takewhile
from typing import Any

import numpy as np
import pandas as pd

from awards.assessment import offered
from awards.batch import proof
from awards.batch.arrays import Bools, Ints
from awards.batch.carry import carry_out
from awards.batch.decided import answers
from awards.batch.encoding import BLANK, Encoded, Taken, constant
from awards.batch.entry import Entrants, Read, glimpsed, payees, prepare, read, weighed
from awards.batch.people import People, hashed, people, repeated
from awards.batch.precedents import Precedents
from awards.batch.rows import Rows, rows_of, rows_of_records
from awards.batch.split import Chunks, are_apart, chunks, together
from awards.batch.table import Lines
from awards.batch.threads import both, side_by_side
from awards.facts import Facts
from awards.intake import everything
from awards.ledger import paid
from awards.problems import OptionError, Problem, problem
from awards.reading import columns_of
from awards.records import Roster, Ruling
from awards.rulings import understood
from awards.schedule import Schedule
from awards.steps import End, Step


@dataclass(frozen=True)
class Part:
    """Lines under one document (None: under none), and the row of each of the first ones.

    ``doubled`` rows fill a column twice, ``amiss`` ones have a ruling that is at fault.
    """

    document: Schedule | None
    rows: Ints
    lines: Lines
    doubled: Bools
    amiss: Bools


@dataclass(frozen=True)
class Asked:
    """What a run is asked besides its rows."""

    documents: tuple[Schedule, ...]
    chosen: Mapping[str, Mapping[str, str]]
    steps: Mapping[str, tuple[Step, ...]]
    given: Mapping[str, Any]
    facts: Facts
    rulings: tuple[Ruling, ...]
    faults: tuple[Problem, ...]
    """Rulings that are not understood."""
    year: int | None


@dataclass(frozen=True)
class Run:
    """What became of the rows: ``count`` results, then lines that steps added, by document."""

    schedule: Schedule
    count: int
    rows: Rows
    parts: tuple[Part, ...]
    who: People
    payee: Encoded
    asked: Asked
    read: Roster
    """What was handed over beside the rows."""


def run(
    results: pd.DataFrame | Roster,
    schedule: Schedule,
    *,
    ledger: Any = (),
    facts: Any = (),
    given: Mapping[str, Any] | None = None,
    readings: Mapping[str, str] | None = None,
    rulings: Roster | Iterable[Ruling] = (),
    year: int | None = None,
    elsewhere: Collection[str] = (),
) -> Run:
    """Carry *schedule* out over the rows of *results*; the options are those of assess.

    *ledger* may be a frame too. Where *results* are a part of more rows, *elsewhere* are the
    numbers (as in comparison) that have another name in one of the others.
    """
    if not schedule.steps:
        raise OptionError(problem("no-award-steps", schedule=schedule.id))
    records = results if isinstance(results, Roster) else ()
    beside = everything(records, _records(ledger), facts, rulings)
    asked = ask(schedule, beside, given or {}, readings or {}, year)
    rows = rows_of_records(beside.results) if isinstance(results, Roster) else rows_of(results)
    earlier = rows_of(ledger) if isinstance(ledger, pd.DataFrame) else None
    if earlier is None and beside.ledger:
        earlier = rows_of_records(beside.ledger)
    if earlier is not None and len(earlier):
        rows = rows.followed_by(earlier)
    done = _carried_out(schedule, rows, asked, beside, elsewhere)
    proof.check_whole(done)
    return done


def ask(
    schedule: Schedule,
    beside: Roster,
    given: Mapping[str, Any],
    readings: Mapping[str, str],
    year: int | None,
) -> Asked:
    """The documents and their steps under the *readings*; OptionError for one not offered."""
    documents = (*schedule.earlier, schedule)
    chosen = {each.id: each.choose(offered(each, documents, readings)) for each in documents}
    decided, faults = understood(beside.rulings, documents)
    steps = {each.id: each.steps_under(chosen[each.id]) for each in documents}
    facts = Facts(beside.facts)
    return Asked(documents, chosen, steps, given, facts, tuple(decided), tuple(faults), year)


def _records(given: Any) -> Any:
    """What is given, where it is no frame."""
    return () if isinstance(given, pd.DataFrame) else given


def _carried_out(
    schedule: Schedule, rows: Rows, asked: Asked, beside: Roster, elsewhere: Collection[str]
) -> Run:
    (said, hashes), who = both(
        lambda: (read(rows, schedule), hashed(rows)), lambda: people(rows, elsewhere), len(rows)
    )
    cut = chunks(who.keys.codes)
    again = repeated(rows, cut, hashes)
    del hashes
    who = replace(who, doubts={**who.doubts, "repeated-row": again, **rows.doubts})
    year = said.column("year")
    if asked.year is not None:
        default = constant(asked.year, len(rows))
        year = year.over(Encoded(np.where(rows.paid, BLANK, default.codes), default.held))
    payee, kind = payees(rows, said)
    ours = {"person": who.keys, "payee": payee, "kind": kind, "year": year}
    home = _homes(year, schedule, asked.documents)
    parts: list[Part] = []
    for number, document in enumerate(asked.documents):
        mine = np.flatnonzero(home == number)
        if not len(mine):
            asked.facts.give((), document)  # what cannot be read in a fact is told all the same
            continue
        words = said if document is schedule else read(rows, document)
        parts += _under(document, rows, mine, words, ours, who, cut, asked)
    homeless = np.flatnonzero(home < 0)
    if len(homeless):
        lines = _under_none(schedule, rows, homeless, said, ours, who)
        nothing = np.zeros(len(homeless), np.bool_)
        parts.append(Part(None, homeless, lines, nothing, nothing))
    count = int(np.count_nonzero(~rows.paid))
    return Run(schedule, count, rows, tuple(parts), who, payee, asked, beside)


def _homes(year: Encoded, schedule: Schedule, documents: tuple[Schedule, ...]) -> Ints:
    """For each row the number of its document: the one in force in its year; -1 where none is."""
    homes = []
    for value in year.values:
        document = schedule.for_year(value) if isinstance(value, int) else None
        homes.append(-1 if document is None else [d.id for d in documents].index(document.id))
    return np.array([*homes, -1], np.min_scalar_type(-len(documents)))[year.codes]


def _ends(rows: Rows, mine: Ints, who: People, beside: Encoded) -> Encoded:
    """How each of the rows *mine* ends before any rule: at fault, or as *beside* says."""
    held = [*beside.values, *(End("problem", code) for code in who.doubts)]
    codes = beside.codes
    for number, doubtful in enumerate(who.doubts.values(), len(beside.values)):
        if doubtful.any():
            codes = np.where(doubtful[mine], np.int32(number), codes)
    return Encoded(codes, held)


def _earlier(rows: Rows, mine: Ints) -> tuple[Encoded, Encoded]:
    """The fen of each earlier payment among the rows *mine*, and the end of one without."""
    if not rows.paid.any():
        return constant(None, len(mine)), constant(None, len(mine))
    stated = rows.column("amount").take(mine)
    fen = stated.read(_paid)
    is_paid = rows.paid[mine]
    codes = np.where(is_paid, fen.codes, BLANK).astype(np.int32)
    missing = np.where(is_paid & (codes < 0), 0, BLANK).astype(np.int32)
    return Encoded(codes, fen.held), Encoded(missing, [End("problem", "blank", blank=("amount",))])


def _paid(stated: object) -> int | None:
    try:
        return paid(stated)  # type: ignore[arg-type]  # whatever stands there
    except ValueError:
        return None


def _under(
    document: Schedule,
    rows: Rows,
    mine: Ints,
    words: Read,
    ours: Mapping[str, Encoded],
    who: People,
    cut: Chunks,
    asked: Asked,
) -> list[Part]:
    """The rows *mine* under *document*, its steps carried out.

    Steps on rows alone are carried out once, on the states of all. What comes after them each
    chunk goes through apart, where the steps allow that.
    """
    steps = asked.steps[document.id]
    earlier, unpaid = _earlier(rows, mine)
    told, amiss = answers(rows, mine, ours["payee"], asked.rulings, document)
    entrants = Entrants(
        Taken({**words.columns, **ours}, mine, {"earlier": earlier}),
        _ends(rows, mine, who, unpaid),
        words.doubled[mine],
        told,
        amiss,
        rows.paid[mine],
    )
    facts = {name for fact in asked.facts.facts for name in columns_of(fact, document)}
    full, beside = weighed(document, steps, facts), glimpsed(document, steps)
    lines, first = entrants.lines(full, beside)
    prepare(lines.states, first, entrants, document, full | beside, asked.given, asked.facts)
    precedents = [Precedents(step, document.terms) for step in steps]
    alone = [*takewhile(lambda known: _is_alone(known.step), precedents)]
    for known in alone:
        proof.carried_out(known, lines, carry_out)
    apart = cut.among(mine) if are_apart(steps) else together(len(mine))
    part = partial(_part, document, mine, lines, entrants, precedents[len(alone) :], apart)
    return side_by_side([partial(part, number) for number in range(apart.count)], len(mine))


def _is_alone(step: Step) -> bool:
    """Whether *step* neither compares rows nor adds lines."""
    return not step.group_keys and not step.adds


def _part(
    document: Schedule,
    mine: Ints,
    lines: Lines,
    entrants: Entrants,
    precedents: Sequence[Precedents],
    apart: Chunks,
    number: int,
) -> Part:
    """The rows of one chunk of *mine*, the rest of the steps carried out."""
    chunk = apart[number]
    rows = chunk if mine[-1] + 1 == len(mine) else mine[chunk]  # these are all rows
    some = lines.some(chunk)
    for known in precedents:
        proof.carried_out(known, some, carry_out)
    some.forget()
    amiss = entrants.amiss.codes[chunk] >= 0
    return Part(document, rows, some, entrants.doubled[chunk], amiss)


def _under_none(
    schedule: Schedule,
    rows: Rows,
    mine: Ints,
    words: Read,
    ours: Mapping[str, Encoded],
    who: People,
) -> Lines:
    """The rows *mine*, for whose year there is no document: each a problem."""
    year = ours["year"].take(mine)
    no_year = np.array([*(not isinstance(each, int) for each in year.values), True], np.bool_)
    ends = [End("problem", "not-in-force"), End("problem", "blank", blank=("year",))]
    nothing: Bools = np.zeros(len(mine), np.bool_)
    none = constant(None, len(mine))
    entrants = Entrants(
        Taken({**words.columns, **ours}, mine),
        _ends(rows, mine, who, Encoded(no_year[year.codes].astype(np.int32), ends)),
        nothing,
        none,
        none,
        rows.paid[mine],
    )
    return entrants.lines(weighed(schedule, (), ()), glimpsed(schedule, ()))[0]
