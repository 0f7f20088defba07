"""Results × schedule → awards: the runner of the steps, and the outcome as one value.

Each step sees only the columns it reads, one group of equal keys at a time; equal groups are
worked out once. Every row ends in exactly one place: due, not paid for a reason, waiting for a
ruling, or a located problem.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from awards import money, payouts
from awards.catalog import not_in_force
from awards.identity import identities
from awards.payouts import Award, Entry, Payout, Status, Totals
from awards.problems import OptionError, Problem, problem
from awards.reading import blank_problem, columns_of, with_facts
from awards.records import Columns, Result, Roster, Ruling, Value, is_blank, roster
from awards.schedule import Schedule, Taken
from awards.steps import Effect, End
from awards.steps.base import NOTHING, Step
from awards.terms import Terms


@dataclass(frozen=True)
class Assessment:
    """The outcome of a run: one award for each person-row in order, and all that bears on it.

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


@dataclass(slots=True)
class Line:
    """One row on its way through the steps. ``number`` is its place among all rows."""

    number: int
    result: Result
    columns: dict[str, Value]
    end: End | None = None
    by: int | None = None
    clause: str | None = None
    trace: list[Entry] = field(default_factory=list)

    @property
    def waits(self) -> bool:
        """Whether the row waits for a ruling."""
        return self.end is not None and self.end.status == "needs_ruling"


def assess(
    results: Roster | Iterable[Result | Mapping[str, Any]],
    schedule: Schedule,
    *,
    ledger: Iterable[Mapping[str, Any]] = (),
    facts: Iterable[Mapping[str, Any]] = (),
    readings: Mapping[str, str] | None = None,
    rulings: Iterable[Ruling] = (),
    year: int | None = None,
) -> Assessment:
    """What each row of *results* is due under *schedule*, with reasons, clauses and problems.

    *ledger* holds earlier payments (fields of a result and ``amount`` in yuan); *facts* what is
    known of a contest beyond the roster; *readings* switches readings of the schedule by name;
    *rulings* answers its questions; *year* is the year of results that state none.

    Faults of the data are returned as ``.problems``; OptionError is raised for a reading or an
    answer that the schedule does not offer.
    """
    given = roster(results)
    rulings = tuple(rulings)
    documents = (*schedule.earlier, schedule)
    chosen = {each.id: each.choose(_offered(each, documents, readings or {})) for each in documents}
    _check(rulings, documents)
    paid = roster(ledger)
    lines, problems = _lines(given.results, paid.results, schedule, year)
    for document in documents:
        own = [line for line in lines if line.columns.get("schedule") == document.id]
        with_facts((line.columns for line in own), facts, document)
        _answer(own, rulings)
        for step in document.steps_under(chosen[document.id]):
            _carry_out(step, own, document.terms)
    for line in lines:
        problems.extend((line.number, fault) for fault in _faults_of(line, schedule))
    lines = lines[: len(given.results)]
    problems.sort(key=lambda found: found[0])
    return Assessment(
        schedule,
        given.results,
        tuple(_award(line, schedule) for line in lines),
        (*_unplaced(given), *paid.problems, *(fault for _, fault in problems)),
        given.notes,
        _taken(documents, chosen, readings or {}),
        rulings,
    )


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
        if columns.get("year") is None and year is not None:
            columns["year"] = year
        line = Line(number, result, columns)
        if number >= len(results):
            columns["earlier"] = money.fen(str(columns.pop("amount")))
        in_force(line, schedule)
        lines.append(line)
    doubts += repeats
    for number, doubt in doubts:
        if doubt.severity == "error":
            lines[number].end = End("problem", doubt.code)
    for number, result in enumerate(results):
        if any(fault.severity == "error" for fault in result.faults):
            lines[number].end = End("problem", result.faults[0].code)
    return lines, [(number, doubt) for number, doubt in doubts if number < len(results)]


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
    return {name: columns[name] for name in ("person", "year", "earlier") if name in columns}


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


def _answer(lines: Iterable[Line], rulings: Iterable[Ruling]) -> None:
    """Write each ruling into the rows it is about, as the column its question reads."""
    for line in lines:
        for ruling in rulings:
            if ruling.person not in (None, line.result.person):
                continue
            if ruling.row not in (None, line.result.place.address, str(line.result.row)):
                continue
            line.columns[f"ruling.{ruling.question}"] = ruling.answer


def _check(rulings: Iterable[Ruling], documents: Sequence[Schedule]) -> None:
    """OptionError for every ruling on a question not asked, or with an answer not offered."""
    faults = []
    for ruling in rulings:
        asked = [step for each in documents if (step := each.ruling(ruling.question))]
        questions = [s.question for each in documents for s in each.steps if s.do == "ruling"]
        if not asked:
            known = ", ".join(questions) or "-"
            faults.append(problem("unknown-question", found=ruling.question, known=known))
        for step in asked:
            try:
                step.answer(ruling.answer)
            except ValueError:
                known = ", ".join(step.options)
                answer, question = ruling.answer, step.question
                faults.append(
                    problem("unknown-answer", found=answer, question=question, known=known)
                )
    if faults:
        raise OptionError(faults)


def _carry_out(step: Step, lines: Sequence[Line], terms: Terms) -> None:
    """Run *step* over the rows still open, each distinct group once."""
    groups = _groups(step, lines)
    reads = sorted(step.reads())
    known: dict[tuple[tuple[Value, ...], ...], Sequence[Effect]] = {}
    for group in groups:
        cases = tuple(tuple(line.columns.get(name) for name in reads) for line in group)
        if cases not in known:
            known[cases] = step.effects(
                [dict(zip(reads, case, strict=True)) for case in cases], terms
            )
        for line, effect in zip(group, known[cases], strict=True):
            _apply(step, effect, line, group)


def _groups(step: Step, lines: Sequence[Line]) -> Iterable[list[Line]]:
    """The rows that *step* is about, by its keys; a row that cannot be placed becomes a fault."""
    groups: dict[object, list[Line]] = {}
    for line in lines:
        if not _is_about(step, line):
            continue
        holds = step.when.holds(line.columns) if step.when else True
        keys = tuple(line.columns.get(name) for name in step.group_keys)
        missing = set() if isinstance(holds, bool) else set(holds)
        missing |= {n for n, key in zip(step.group_keys, keys, strict=True) if is_blank(key)}
        if holds is False or (missing and step.do == "recode" and "earlier" in line.columns):
            continue
        if missing:
            line.end = End("problem", "blank", blank=tuple(sorted(missing)))
        else:
            groups.setdefault(keys if step.group_keys else line.number, []).append(line)
    return groups.values()


def _is_about(step: Step, line: Line) -> bool:
    if "earlier" in line.columns:
        return step.sees_earlier and line.end is None
    return line.end is None or (step.sees_waiting and line.waits)


def _apply(step: Step, effect: Effect, line: Line, group: Sequence[Line]) -> None:
    if effect is NOTHING:
        return
    line.columns.update(effect.set)
    clause = effect.clause or step.clause
    if effect.end:
        line.end = effect.end
        line.clause = clause
        if effect.end.status == "needs_ruling":
            line.columns["amount"] = None
    elif "amount" in effect.set and line.clause is None:
        line.clause = clause
    if effect.by is not None:
        line.by = group[effect.by].number
    if effect.note:
        amount = line.columns.get("amount")
        after = amount if isinstance(amount, int) and not effect.end else None
        line.trace.append(Entry(step.do, clause, effect.note, after))


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


def _award(line: Line, schedule: Schedule) -> Award:
    """What *line* came to."""
    document = _document(line, schedule)
    result, columns = line.result, line.columns
    amount = columns.get("amount")
    end = line.end
    if end is None and not isinstance(amount, int):
        end = End("needs_ruling", "no_match")
    due: Status = "pending_approval" if document.approval else "paid"
    status: Status = end.status if end else due
    money_due = money.yuan(amount) if end is None and isinstance(amount, int) else None
    clause = document.clauses.get(line.clause or "")
    return Award(
        place=result.place,
        row=result.row,
        payee=result.person,
        payee_kind="person",
        who=_text(columns.get("person")),
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
        clause=clause.number if clause else None,
        superseded_by=line.by if end else None,
        question=end.question if end else None,
        schedule=document.id if "schedule" in columns else None,
        trace=tuple(line.trace),
    )


def _text(value: Value) -> str | None:
    return None if value is None else str(value)


def _year(value: Value) -> int | str | None:
    return value if isinstance(value, int) else _text(value)


def _unplaced(given: Roster) -> tuple[Problem, ...]:
    """The problems of reading *given*, each once."""
    return tuple(dict.fromkeys(given.problems))


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
