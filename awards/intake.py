"""What comes in, made ready for the rules: rows under their document, with all that is known.

A row that cannot be taken on (no year, no document in force, said twice, facts that differ) ends
here as a problem; the others go to the steps with their columns filled.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from awards.facts import Facts
from awards.identity import Found, identities
from awards.ledger import enter
from awards.problems import Problem, problem
from awards.reading import columns_of, doubled, fill_blanks
from awards.records import Columns, Result, Roster, Ruling, Value, frozen, is_blank, roster
from awards.rulings import Ruled, columns, decide
from awards.runner import Line
from awards.schedule import Schedule
from awards.steps import End, Rate


def everything(
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


def lines_of(
    results: Sequence[Result], paid: Sequence[Result], schedule: Schedule, year: int | None
) -> tuple[list[Line], list[tuple[int, Problem]]]:
    """A line for each result and earlier payment, under its document, and what is doubtful."""
    everybody = (*results, *paid)
    who, doubts = identities(everybody)
    again = repeats(results)
    lines = []
    for number, result in enumerate(everybody):
        columns = columns_of(result, schedule)
        columns["person"] = who[number]
        columns["payee"], columns["kind"] = _payee(result, columns)
        if columns.get("year") is None and year is not None and number < len(results):
            columns["year"] = year
        line = Line(number, result, columns)
        if number >= len(results):
            columns["earlier"] = None
        _in_force(line, schedule)
        if number >= len(results):
            enter(line)
        lines.append(line)
    doubts += again
    for number, doubt in doubts:
        if doubt.severity == "error":
            lines[number].end = End("problem", doubt.code)
    for number, result in enumerate(everybody):
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


def give(lines: Iterable[Line], given: Mapping[str, Any], document: Schedule) -> None:
    """Write the tables and figures given into the rows, as the columns that steps read."""
    names = {step.given for step in document.steps if isinstance(step, Rate) and step.given}
    for name in names:
        if name in given:
            table = frozen(given[name])
            for line in lines:
                line.columns[f"given.{name}"] = table


def _in_force(line: Line, schedule: Schedule) -> None:
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


def repeats(results: Sequence[Result]) -> list[tuple[int, Problem]]:
    """An error at every row that says again exactly what an earlier one says."""
    seen: dict[object, Result] = {}
    found = []
    for number, result in enumerate(results):
        if result.person is None:
            continue
        said = sorted(result.columns().items(), key=lambda item: item[0])
        same = tuple((name, value.__class__, value) for name, value in said)  # True is not 1
        first = seen.setdefault(same, result)
        if first is not result:
            place = result.place
            fault = problem("repeated-row", place, person=result.person, where=first.place)
            found.append((number, fault))
    return found


def demand(lines: Iterable[Line], needs: Sequence[str]) -> None:
    """End every row that leaves blank what its document needs in each."""
    for line in lines:
        missing = tuple(name for name in needs if is_blank(line.columns.get(name)))
        if missing and line.end is None and "earlier" not in line.columns:
            line.end = End("problem", "blank", blank=missing)


def inform(lines: Sequence[Line], known: Facts, document: Schedule) -> list[Found]:
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


def answer(
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
    kept: dict[Problem, int] = {}
    for number, fault in found:
        kept.setdefault(fault, number)
    return [(number, fault) for fault, number in kept.items()]
