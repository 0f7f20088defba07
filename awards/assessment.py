"""Results × schedule → awards: rows in, the outcome of the steps out, as one value.

Every row ends in exactly one place: due, not paid for a reason, waiting for a ruling, or a
located problem. Lines that steps add (the school's award, a component) follow after the rows.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from awards import money, payouts
from awards.catalog import not_in_force
from awards.facts import Facts
from awards.intake import answer, demand, everything, give, inform, lines_of
from awards.ledger import unmatched
from awards.payouts import Award, Entry, Payout, Status, Totals
from awards.problems import OptionError, Problem, problem
from awards.reading import blank_problem
from awards.records import Columns, Result, Roster, Ruling, Value
from awards.rulings import Ruled, understood, unused, used
from awards.runner import Line, carry_out
from awards.schedule import Schedule, Taken
from awards.steps import End


@dataclass(frozen=True)
class Assessment:
    """The outcome of a run: one award for each row in order, and all that bears on it.

    Awards that a document gives beside the rows (to a school, as a component) come after them
    and are ``derived``.

    ``problems`` are those of the reading and of the rules, errors and warnings, in order of the
    rows; ``readings`` the points where the text is open, with the option taken; ``rulings`` the
    decisions that were used.
    """

    schedule: Schedule
    results: tuple[Result, ...]
    awards: tuple[Award, ...]
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...]
    readings: tuple[Taken, ...]
    rulings: tuple[Ruling, ...]
    earlier: tuple[Result, ...] = ()
    """The earlier payments that the rules were told of."""

    @cached_property
    def payouts(self) -> tuple[Payout, ...]:
        """What each payee is due, in yuan."""
        return payouts.payouts(self.awards)

    @cached_property
    def totals(self) -> Totals:
        """Yuan due in all, the number of person-rows, and how many have each status."""
        return payouts.totals(self.awards, self.payouts)


@dataclass(frozen=True, slots=True)
class Settled:
    """What a line came to: ``amount`` in hundredths, None where it is not known."""

    status: Status
    reason: str | None
    amount: int | None
    clause: str | None
    question: str | None


def assess(
    results: Roster | Iterable[Result | Mapping[str, Any]],
    schedule: Schedule,
    *,
    ledger: Roster | Iterable[Result | Mapping[str, Any]] = (),
    facts: Roster | Iterable[Result | Mapping[str, Any]] = (),
    given: Mapping[str, Any] | None = None,
    readings: Mapping[str, str] | None = None,
    rulings: Roster | Iterable[Ruling] = (),
    year: int | None = None,
) -> Assessment:
    """What each row of *results* is due under *schedule*, with reasons, clauses and problems.

    *ledger* holds earlier payments (fields of a result and ``amount`` in yuan); *facts* what is
    known of a contest beyond the roster; *rulings* answers the questions of the schedule. A
    roster that was read brings its own; these come on top. *given* are the tables and figures
    that a document leaves to another list, by name; *readings* switches readings of the schedule
    by name; *year* is the year of results that state none.

    Faults of the data are returned as ``.problems``; OptionError is raised for a reading or an
    answer that the schedule does not offer.
    """
    read = everything(results, ledger, facts, rulings)
    if not schedule.steps:
        raise OptionError(problem("no-award-steps", schedule=schedule.id))
    documents = (*schedule.earlier, schedule)
    chosen = {each.id: each.choose(offered(each, documents, readings or {})) for each in documents}
    decided, faults = understood(read.rulings, documents)
    known = Facts(read.facts)
    lines, problems = lines_of(read.results, read.ledger, schedule, year)
    derived: list[Line] = []
    ruled: Ruled = {}
    notes = list(read.notes)
    for document in documents:
        own = [line for line in lines if line.columns.get("schedule") == document.id]
        rows = len(own)
        give(own, given or {}, document)
        problems += inform(own, known, document)
        problems += answer(own, decided, document, ruled)
        demand(own, document.needs)
        steps = document.steps_under(chosen[document.id])
        for step in steps:
            own += carry_out(step, own, document.terms)
        notes += unmatched(own, steps)
        derived += own[rows:]
    for line in (*lines, *derived):
        problems.extend((line.place, fault) for fault in faults_of(line, schedule))
    problems += beside_faults(lines[: len(read.results)])
    faults += [*known.problems, *known.unused(schedule), *unused(decided, lines)]
    lines = [*lines[: len(read.results)], *derived]
    index = {line: number for number, line in enumerate(lines)}
    problems.sort(key=lambda found: found[0])
    return Assessment(
        schedule,
        read.results,
        tuple(
            _award(line, schedule, index, derived=number >= len(read.results))
            for number, line in enumerate(lines)
        ),
        (*dict.fromkeys(read.problems), *faults, *(fault for _, fault in problems)),
        tuple(notes),
        taken(documents, chosen, readings or {}),
        used(ruled, index),
        read.ledger,
    )


def _may_be_one_year(line: Line, other: Line) -> bool:
    """Whether both rows are of one year, as far as both state it."""
    years = (line.columns.get("year"), other.columns.get("year"))
    return years[0] == years[1] or not all(isinstance(year, int) for year in years)


def beside_faults(lines: Sequence[Line]) -> list[tuple[int, Problem]]:
    """A warning at each row that is due while another of the person's for the event is at fault."""
    faulty: dict[tuple[Value, Value], Line] = {}
    for line in lines:
        if line.end and line.end.status == "problem" and line.columns.get("person"):
            faulty.setdefault((line.columns["person"], line.columns.get("event")), line)
    found = []
    for line in lines:
        other = faulty.get((line.columns.get("person"), line.columns.get("event")))
        if line.end is None and other is not None and _may_be_one_year(line, other):
            values = {"person": line.result.person or "", "where": str(other.result.place)}
            doubt = Problem("row-beside-fault", line.result.place, "warning", values)
            found.append((line.place, doubt))
    return found


def offered(
    document: Schedule, documents: Sequence[Schedule], readings: Mapping[str, str]
) -> dict[str, str]:
    """The *readings* for *document*: where several documents are held, each takes its own."""
    if len(documents) == 1:
        return dict(readings)
    known = {name for each in documents for name in each.readings}
    return {n: option for n, option in readings.items() if n in document.readings or n not in known}


def faults_of(line: Line, schedule: Schedule) -> Iterable[Problem]:
    """The problems that ended *line* in the rules."""
    document = document_of(line, schedule)
    if line.end is None or line.end.status != "problem":
        return
    yield from (blank_problem(line.result, line.columns, n, document) for n in line.end.blank)
    if line.end.reason == "not-in-force":
        year = line.columns["year"]
        assert isinstance(year, int)  # a blank year is a problem of its own
        yield not_in_force(schedule, year, line.result.at("year"))


def document_of(line: Line, schedule: Schedule) -> Schedule:
    """The document under which *line* stands; *schedule* where it stands under none."""
    documents = {each.id: each for each in (*schedule.earlier, schedule)}
    return documents.get(str(line.columns.get("schedule")), schedule)


def _award(line: Line, schedule: Schedule, index: Mapping[Line, int], *, derived: bool) -> Award:
    """What *line* came to; *index* tells where each line is among the awards."""
    document = document_of(line, schedule)
    result, columns, end = line.result, line.columns, line.end
    came = settled(columns, end, line.clause, line.trace, document)
    return Award(
        place=result.place,
        row=result.row,
        payee=_text(columns.get("payee")),
        payee_kind=str(columns["kind"]),
        who=_who(columns),
        role=_text(columns.get("role")),
        school=result.school,
        competition=result.competition,
        event=result.event,
        level=_text(columns.get("level")),
        prize=_text(columns.get("prize")),
        year=_year(columns.get("year")),
        amount=None if came.amount is None else money.yuan(came.amount),
        unit=_text(columns.get("unit")) or "yuan",
        status=came.status,
        reason=came.reason,
        clause=came.clause,
        superseded_by=index[line.by] if end and line.by else None,
        question=came.question,
        schedule=document.id if "schedule" in columns else None,
        trace=tuple(line.trace),
        labels={
            name: columns[name]
            for name, column in document.columns.items()
            if column.shown and columns.get(name) is not None
        },
        derived=derived,
    )


def settled(
    columns: Columns,
    end: End | None,
    clause: str | None,
    trace: Sequence[Entry],
    document: Schedule,
) -> Settled:
    """What a line comes to that has these *columns* after the steps, this *end* and *trace*."""
    amount = columns.get("amount")
    if end is None and not isinstance(amount, int):
        end = End("needs_ruling", "no_match")
    cited = [clause or ""] if end else _worked_out_by(trace)
    numbers = [document.clauses[name].number for name in cited if name in document.clauses]
    told = "、".join(numbers) or None
    if end:
        nothing = 0 if end.status == "not_paid" else None
        return Settled(end.status, end.reason, nothing, told, end.question)
    assert isinstance(amount, int)  # one without an amount waits
    return Settled("pending_approval" if document.approval else "paid", None, amount, told, None)


def _worked_out_by(trace: Iterable[Entry]) -> list[str]:
    """The clauses of the steps that changed the amount, in order."""
    before, cited = None, []
    for entry in trace:
        if entry.amount is not None and entry.amount != before:
            cited.append(entry.clause)
            before = entry.amount
    return list(dict.fromkeys(cited))


def _who(columns: Columns) -> str | None:
    """The key that tells this payee from others."""
    if columns["kind"] == "person" and columns.get("part") is None:
        return _text(columns.get("person"))
    return f"{columns['kind']}:{columns['payee']}"


def _text(value: Value) -> str | None:
    return None if value is None else str(value)


def _year(value: Value) -> int | str | None:
    return value if isinstance(value, int) else _text(value)


def taken(
    documents: Sequence[Schedule],
    chosen: Mapping[str, Mapping[str, str]],
    switched: Mapping[str, str],
) -> tuple[Taken, ...]:
    """Every reading of the *documents* with the option taken."""
    return tuple(
        Taken(name, chosen[document.id][name], name in switched, reading)
        for document in documents
        for name, reading in document.readings.items()
    )
