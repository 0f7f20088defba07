"""The sheets beside the result lists: contest facts, what was paid earlier, rulings.

They are known by their whole name, which is data, and by what they hold: a sheet of such a name
that is a result list all the same is an error, and is read as neither.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Literal, get_args

from awards.bank_accounts import heading_of
from awards.problems import Place, Problem, problem
from awards.reading import day_of
from awards.records import FIELDS, Result, Roster, Ruling, Source, result_of
from awards.terms import terms
from awards.words import LANGS, say
from awards.workbook.grid import Grid
from awards.workbook.headings import bare, meaning
from awards.workbook.layout import tables
from awards.workbook.lists import List, Record, headed, read_list

Kind = Literal["facts", "ledger", "rulings"]
KINDS: tuple[Kind, ...] = get_args(Kind)
YEAR = re.compile(r"^\d{4}年?度?|\(\d+\)$")
"""What may stand around the name of a sheet."""


def kind_of(grid: Grid) -> Kind | None:
    """What a sheet holds by its name; None for a result list or anything else.

    What the user says of it goes first.
    """
    if grid.said.kind is not None:
        return next((kind for kind in KINDS if kind == grid.said.kind), None)
    name = YEAR.sub("", terms().plain(grid.sheet))
    for kind in KINDS:
        if name in map(terms().plain, terms().marks[f"sheets.{kind}"]):
            return kind
    return None


def facts_of(grid: Grid) -> Roster:
    """The facts of a sheet: fields of results that they are about, other columns as they are."""
    if any(table.names() for table in tables(grid)):
        return _mistaken(grid)
    read = read_list(grid, _field, others=True)
    if read.header is None:
        return _no_header(grid, ("competition", "event", "year"))
    facts = tuple(_result(record) for record in read.records)
    return _roster(read, facts=facts, more=_faults(facts))


def ledger_of(grid: Grid, listed: Roster | None) -> Roster:
    """The earlier payments of a sheet; *listed* are its rows where it has columns of people."""
    if not any(headed(grid, terms().marks["ledger.amount"])):
        return _mistaken(grid) if tables(grid) else _no_header(grid, ("person", "event", "year"))
    if listed is None:
        read = read_list(grid, _payment, others=True)
        listed = _roster(read, facts=tuple(_result(record) for record in read.records))
        listed = Roster(listed.facts, listed.problems, listed.notes)
    payments = tuple(_as_payment(result) for result in listed.results)
    shared = list(_shared(payments))
    places = {each.place.row for each in shared}
    kept = tuple(each for each in payments if each.place.row not in places)
    problems = (*listed.problems, *shared, *_faults(kept))
    return Roster((), problems, listed.notes, ledger=kept)


def accounts_in(grid: Grid) -> Roster:
    """The bank accounts of a sheet, a payee each, as results with the fields of an account."""
    read = read_list(grid, _account)
    if read.header is None or not {"card", "tax"} & {*read.fields}:
        return _no_header(grid, ("person", "school"), ("accounts.card",))
    listed = tuple(_result(record) for record in read.records)
    roster = _roster(read, more=_faults(listed))
    return Roster(listed, roster.problems, roster.notes)


def rulings_of(grid: Grid, source: Source) -> Roster:
    """The rulings of a sheet, a row each; rows without an answer are still open and left out."""
    read = read_list(grid, _part_of_ruling)
    if "answer" not in read.fields or len(read.fields) == 1:
        return (
            _mistaken(grid)
            if tables(grid)
            else _no_header(grid, (), ("rulings.question", "rulings.answer"))
        )
    rulings: list[Ruling] = []
    problems: list[Problem] = []
    for record in read.records:
        if "answer" in record.values:
            ruling = ruling_from(record.values, record.place, source, record.cells)
            (problems if isinstance(ruling, Problem) else rulings).append(ruling)  # type: ignore[arg-type]
    return _roster(read, rulings=tuple(rulings), more=problems)


def ruling_from(
    values: Mapping[str, Any], place: Place, source: Source, cells: Mapping[str, str] | None = None
) -> Ruling | Problem:
    """The ruling that *values* state, or why not."""
    cells = cells or {}
    at = {n: Place(place.file, place.sheet, cell, place.row) for n, cell in cells.items()}
    day = values.get("on")
    on = day if isinstance(day, date) or day is None else day_of(str(day))
    if day is not None and on is None:
        return problem("unknown-date", at.get("on", place), found=day)
    person = _text(values.get("person"))
    nobody = [terms().plain(say("explain.nobody", lang)) for lang in LANGS]
    return Ruling(
        question=_text(values.get("question")) or "",
        answer=_text(values["answer"]) or "",
        person=None if person and terms().plain(person) in nobody else person,
        row=_text(values.get("row")),
        by=_text(values.get("by")),
        on=on,
        place=at.get("answer", place),
        source=source,
    )


def _text(value: object) -> str | None:
    return str(value).strip() or None if value is not None else None


def _field(heading: str) -> str | None:
    means = meaning([heading])
    return means.field if means.field in FIELDS and means.whose is None else None


def _payment(heading: str) -> str | None:
    return _named(heading, "ledger", ("amount", "payer")) or _field(heading)


def _account(heading: str) -> str | None:
    return heading_of(heading) or _field(heading)


def _part_of_ruling(heading: str) -> str | None:
    return _named(heading, "rulings", ("question", "answer", "person", "row", "by", "on"))


def _named(heading: str, section: str, names: Sequence[str]) -> str | None:
    """Which of the *names* of *section* in the vocabulary a heading is."""
    plain = bare(heading)
    for name in names:
        if plain in map(bare, terms().marks[f"{section}.{name}"]):
            return name
    return None


def _result(record: Record) -> Result:
    """A record as a result, its other columns as facts."""
    reserved = {*Result.model_fields} - {*FIELDS}
    values = {(f"{n} " if n in reserved else n): value for n, value in record.values.items()}
    where = {"cells": record.cells, "headings": record.headings, "row": record.place.row}
    return result_of({**values, **where}, record.place.row or 0, record.place)


def _as_payment(result: Result) -> Result:
    """*result* with the columns of the amount and its payer under their names."""
    extra = dict(result.model_extra or {})
    cells = dict(result.cells)
    for heading in list(extra):
        name = _named(heading, "ledger", ("amount", "payer"))
        if name and name not in extra:
            extra[name] = extra.pop(heading)
            cells[name] = cells.get(heading, result.place.cell or "")
    known = {n: getattr(result, n) for n in Result.model_fields if n not in ("cells",)}
    return Result.model_validate({**known, **extra, "cells": cells})


def _shared(payments: Sequence[Result]) -> list[Problem]:
    """An error at each amount that stands beside several people: whose it was is not clear."""
    found = []
    rows: dict[int | None, list[Result]] = {}
    for each in payments:
        rows.setdefault(each.place.row, []).append(each)
    for people in rows.values():
        if len(people) > 1:
            names = "、".join(each.person or "-" for each in people)
            found.append(problem("amount-of-several", people[0].at("amount"), people=names))
    return found


def _faults(results: Sequence[Result]) -> list[Problem]:
    return [fault for result in results for fault in result.faults]


def _roster(
    read: List,
    *,
    facts: tuple[Result, ...] = (),
    rulings: tuple[Ruling, ...] = (),
    more: Sequence[Problem] = (),
) -> Roster:
    problems = (*read.problems, *(each for each in more if each not in read.problems))
    return Roster((), problems, read.notes, facts=facts, rulings=rulings)


def _mistaken(grid: Grid) -> Roster:
    """The error of a sheet that is called one thing and is another."""
    place = Place(grid.file, grid.sheet)
    return Roster((), (problem("sheet-is-results", place),))


def _no_header(grid: Grid, names: Sequence[str], more: Sequence[str] = ()) -> Roster:
    """The error of a sheet whose columns are not recognised; a note where it is empty."""
    place = Place(grid.file, grid.sheet)
    if not grid.rows:
        return Roster((), (), (problem("empty-sheet", place, "info"),))
    words = [terms().columns[name][0] for name in names]
    words += [terms().marks[name][0] for name in more]
    return Roster((), (problem("no-header", place, expected="、".join(words)),))
