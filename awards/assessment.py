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
from awards.identity import Found, identities
from awards.ledger import enter, unmatched
from awards.payouts import Award, Payout, Status, Totals
from awards.problems import Problem, problem
from awards.reading import blank_problem, columns_of, doubled, fill_blanks
from awards.records import Columns, Result, Roster, Ruling, Value, frozen, is_blank, roster
from awards.rulings import Ruled, columns, decide, understood, unused, used
from awards.runner import Line, carry_out
from awards.schedule import Schedule, Taken
from awards.steps import End, Rate


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

    @cached_property
    def payouts(self) -> tuple[Payout, ...]:
        """What each payee is due, in yuan."""
        return payouts.payouts(self.awards)

    @cached_property
    def totals(self) -> Totals:
        """Yuan due in all, the number of person-rows, and how many have each status."""
        return payouts.totals(self.awards, self.payouts)


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
    read = _everything(results, ledger, facts, rulings)
    documents = (*schedule.earlier, schedule)
    chosen = {each.id: each.choose(_offered(each, documents, readings or {})) for each in documents}
    decided, faults = understood(read.rulings, documents)
    known = Facts(read.facts)
    lines, problems = _lines(read.results, read.ledger, schedule, year)
    derived: list[Line] = []
    ruled: Ruled = {}
    notes = list(read.notes)
    for document in documents:
        own = [line for line in lines if line.columns.get("schedule") == document.id]
        rows = len(own)
        _give(own, given or {}, document)
        problems += _inform(own, known, document)
        problems += _answer(own, decided, document, ruled)
        _demand(own, document.needs)
        steps = document.steps_under(chosen[document.id])
        for step in steps:
            own += carry_out(step, own, document.terms)
        notes += unmatched(own, steps)
        derived += own[rows:]
    for line in (*lines, *derived):
        problems.extend((line.place, fault) for fault in _faults_of(line, schedule))
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
        (*_unplaced(read), *faults, *(fault for _, fault in problems)),
        tuple(notes),
        _taken(documents, chosen, readings or {}),
        used(ruled, index),
    )


def _everything(
    results: Roster | Iterable[Result | Mapping[str, Any]],
    ledger: Roster | Iterable[Result | Mapping[str, Any]],
    facts: Roster | Iterable[Result | Mapping[str, Any]],
    rulings: Roster | Iterable[Ruling],
) -> Roster:
    """One roster with all that was handed over, in records."""
    read = roster(results)
    known = facts if isinstance(facts, Roster) else roster(facts)
    paid = ledger if isinstance(ledger, Roster) else roster(ledger)
    decided = rulings if isinstance(rulings, Roster) else Roster((), rulings=tuple(rulings))
    own = known.facts if known is facts else known.results
    read += Roster((), known.problems, known.notes, facts=own)
    own = paid.ledger if paid is ledger else paid.results
    read += Roster((), paid.problems, paid.notes, ledger=own)
    return read + Roster((), decided.problems, decided.notes, rulings=decided.rulings)


def _offered(
    document: Schedule, documents: Sequence[Schedule], readings: Mapping[str, str]
) -> dict[str, str]:
    """The *readings* for *document*: where several documents are held, each takes its own."""
    if len(documents) == 1:
        return dict(readings)
    known = {name for each in documents for name in each.readings}
    return {n: option for n, option in readings.items() if n in document.readings or n not in known}


def _lines(
    results: Sequence[Result], paid: Sequence[Result], schedule: Schedule, year: int | None
) -> tuple[list[Line], list[tuple[int, Problem]]]:
    """A line for each result and earlier payment, under its document, and what is doubtful."""
    everybody = (*results, *paid)
    who, doubts = identities(everybody)
    repeats = _repeats(results)
    lines = []
    for number, result in enumerate(everybody):
        columns = columns_of(result, schedule)
        columns["person"] = who[number]
        columns["payee"], columns["kind"] = _payee(result, columns)
        if columns.get("year") is None and year is not None:
            columns["year"] = year
        line = Line(number, result, columns)
        if number >= len(results):
            columns["earlier"] = None
        in_force(line, schedule)
        if number >= len(results):
            enter(line)
        lines.append(line)
    doubts += repeats
    for number, doubt in doubts:
        if doubt.severity == "error":
            lines[number].end = End("problem", doubt.code)
    for number, result in enumerate(results):
        if any(fault.severity == "error" for fault in result.faults):
            lines[number].end = End("problem", result.faults[0].code)
    told = [
        (number, doubt)
        for number, doubt in doubts
        if number < len(results) or doubt.severity == "error"
    ]
    return lines, told


def _payee(result: Result, columns: Columns) -> tuple[str | None, str]:
    """Who a row is about and of which kind: its person, else its team, else an organisation."""
    if result.person:
        return result.person, "person"
    for name, kind in _OTHERS:
        if (value := columns.get(name)) is not None:
            return str(value), kind
    return None, "person"


_OTHERS = (("team", "team"), ("organisation", "org"), ("school", "org"), ("department", "org"))


def _give(lines: Iterable[Line], given: Mapping[str, Any], document: Schedule) -> None:
    """Write the tables and figures given into the rows, as the columns that steps read."""
    names = {step.given for step in document.steps if isinstance(step, Rate) and step.given}
    for name in names:
        if name in given:
            table = frozen(given[name])
            for line in lines:
                line.columns[f"given.{name}"] = table


def in_force(line: Line, schedule: Schedule) -> None:
    """Put *line* under the document in force for its year, or end it as a problem."""
    year = line.columns.get("year")
    if not isinstance(year, int):
        line.end = End("problem", "blank", blank=("year",))
    elif (document := schedule.for_year(year)) is None:
        line.end = End("problem", "not-in-force")
    else:
        if document is not schedule:
            line.columns = {**columns_of(line.result, document), **_kept(line.columns)}
        line.columns["schedule"] = document.id


def _kept(columns: Columns) -> dict[str, Value]:
    return {name: columns[name] for name in _OURS if name in columns}


_OURS = ("person", "payee", "kind", "year", "earlier")


def _repeats(results: Sequence[Result]) -> list[tuple[int, Problem]]:
    """An error at every row that says again exactly what an earlier one says."""
    seen: dict[object, Result] = {}
    found = []
    for number, result in enumerate(results):
        if result.person is None:
            continue
        same = tuple(sorted(result.columns().items(), key=lambda item: item[0]))
        first = seen.setdefault(same, result)
        if first is not result:
            place = result.place
            fault = problem("repeated-row", place, person=result.person, where=first.place)
            found.append((number, fault))
    return found


def _demand(lines: Iterable[Line], needs: Sequence[str]) -> None:
    """End every row that leaves blank what its document needs in each."""
    for line in lines:
        missing = tuple(name for name in needs if is_blank(line.columns.get(name)))
        if missing and line.end is None and "earlier" not in line.columns:
            line.end = End("problem", "blank", blank=missing)


def _inform(lines: Sequence[Line], known: Facts, document: Schedule) -> list[Found]:
    """Write what is known of each contest into its rows, then what a blank counts as.

    A row of which two facts say different things ends as a problem, told at the fact.
    """
    for number, code in known.give([line.columns for line in lines], document).items():
        lines[number].end = lines[number].end or End("problem", code)
    found = []
    for line in lines:
        fill_blanks(line.columns, document)
        for fault in doubled(line.result, document):
            line.end = line.end or End("problem", fault.code)
            found.append((line.place, fault))
    return _once(found)


def _answer(
    lines: Iterable[Line], rulings: Sequence[Ruling], document: Schedule, ruled: Ruled
) -> list[Found]:
    """Write each ruling into the rows it is about, as the columns its question reads.

    They are entered in *ruled* too. A row with a ruling that is amiss ends as a problem.
    """
    due = [line for line in lines if "earlier" not in line.columns]
    answers, faults = decide(due, rulings, document)
    for line, fault in faults:
        line.end = line.end or End("problem", fault.code)
    for line, mine in answers.items():
        line.columns.update(columns(mine))
    ruled.update(answers)
    return _once([(line.place, fault) for line, fault in faults])


def _once(found: Iterable[Found]) -> list[Found]:
    """Each problem once, though several people of a row share its cell."""
    kept: list[Found] = []
    for number, fault in found:
        if all(fault != other for _, other in kept):
            kept.append((number, fault))
    return kept


def _faults_of(line: Line, schedule: Schedule) -> Iterable[Problem]:
    """The problems that ended *line* in the rules."""
    document = _document(line, schedule)
    if line.end is None or line.end.status != "problem":
        return
    yield from (blank_problem(line.result, line.columns, n, document) for n in line.end.blank)
    if line.end.reason == "not-in-force":
        year = line.columns["year"]
        assert isinstance(year, int)  # a blank year is a problem of its own
        yield not_in_force(schedule, year, line.result.at("year"))


def _document(line: Line, schedule: Schedule) -> Schedule:
    documents = {each.id: each for each in (*schedule.earlier, schedule)}
    return documents.get(str(line.columns.get("schedule")), schedule)


def _award(line: Line, schedule: Schedule, index: Mapping[Line, int], *, derived: bool) -> Award:
    """What *line* came to; *index* tells where each line is among the awards."""
    document = _document(line, schedule)
    result, columns = line.result, line.columns
    amount = columns.get("amount")
    end = line.end
    if end is None and not isinstance(amount, int):
        end = End("needs_ruling", "no_match")
    due: Status = "pending_approval" if document.approval else "paid"
    status: Status = end.status if end else due
    money_due = money.yuan(amount) if end is None and isinstance(amount, int) else None
    cited = [line.clause or ""] if end else _worked_out_by(line)
    clauses = [document.clauses[name].number for name in cited if name in document.clauses]
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
        amount=money.yuan(0) if status == "not_paid" else money_due,
        unit=_text(columns.get("unit")) or "yuan",
        status=status,
        reason=end.reason if end else None,
        clause="、".join(clauses) or None,
        superseded_by=index[line.by] if end and line.by else None,
        question=end.question if end else None,
        schedule=document.id if "schedule" in columns else None,
        trace=tuple(line.trace),
        labels={
            name: columns[name]
            for name, column in document.columns.items()
            if column.shown and columns.get(name) is not None
        },
        derived=derived,
    )


def _worked_out_by(line: Line) -> list[str]:
    """The clauses of the steps that changed the amount, in order."""
    before, cited = None, []
    for entry in line.trace:
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


def _unplaced(given: Roster) -> tuple[Problem, ...]:
    """The problems of reading *given*, each once."""
    found: list[Problem] = []
    for each in given.problems:  # a problem holds a mapping, which has no hash
        if each not in found:
            found.append(each)
    return tuple(found)


def _taken(
    documents: Sequence[Schedule],
    chosen: Mapping[str, Mapping[str, str]],
    switched: Mapping[str, str],
) -> tuple[Taken, ...]:
    return tuple(
        Taken(name, chosen[document.id][name], name in switched, reading)
        for document in documents
        for name, reading in document.readings.items()
    )
