"""A roster as data, before any policy: the JSON of ``awards read`` and its schema."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import Field

from awards.identity import mask
from awards.records import Result, Roster, Value, frozen
from awards.report import Part, ProblemPart, problems
from awards.survey import doubts
from awards.terms import KINDS, Kind, terms
from awards.words import Lang

FIELDS = (
    *("person", "role", "school", "department", "competition", "organizer", "level", "division"),
    *("event", "event_code", "prize", "placing", "year", "team"),
)
COLUMNS = (*FIELDS, "facts", "cell", "file")
_NUMBER = re.compile(r"(?<!\d)\d{14,18}[\dXx](?!\d)")

Fact = str | int | bool | None


class RecordPart(Part):
    """What one person won, as the list says it; a blank is null.

    Words of level, prize and role are in their one spelling (壹等奖 is 一等奖); a word that nobody
    knows stays as it is written and is a problem.
    """

    person: str | None = Field(description="null in a list of teams or schools")
    role: str | None = Field(description="学生, 参赛教师, 指导教师 …")
    school: str | None
    department: str | None
    competition: str | None
    organizer: str | None
    level: str | None = Field(description="国家级, 省级 …")
    division: str | None
    event: str | None
    event_code: str | None
    prize: str | None = Field(description="一等奖, 金奖 …; what it is worth is not said here")
    placing: int | str | None
    year: int | str | None = Field(description="a school year is text")
    team: str | None
    facts: dict[str, Fact] = Field(description="every other column, by its heading")
    cell: str | None = Field(description="the cell of the name, as Sheet!B7")
    file: str | None


class ReadReport(Part):
    """The outcome of ``awards read``. Whoever an error concerns has no record."""

    records: list[RecordPart]
    problems: list[ProblemPart] = Field(description="errors, warnings, and notes (info)")


def listing(roster: Roster, lang: Lang = "en") -> ReadReport:
    """*roster* as data; the sentences of its problems in *lang*."""
    told = [
        (index, each) for index, each in doubts(roster) if _is_of_a_cell(roster, index, each.code)
    ]
    faulty = {index for index, each in told if each.severity == "error"}
    own = [each for each in dict.fromkeys(e for _, e in told) if each not in roster.problems]
    return ReadReport(
        records=[
            record(result)
            for index, result in enumerate(roster.results)
            if index not in faulty and not any(f.severity == "error" for f in result.faults)
        ],
        problems=problems((*roster.problems, *own, *roster.notes), lang),
    )


def _is_of_a_cell(roster: Roster, index: int, code: str) -> bool:
    """Whether a doubt is about what stands in the list; a column that is not there is none."""
    blank, _, name = code.partition("-")
    return blank != "blank" or name in roster.results[index].cells


def record(result: Result) -> RecordPart:
    """One result as data."""
    values: dict[str, Value] = {name: getattr(result, name) for name in FIELDS}
    for kind in KINDS:
        if kind in FIELDS and kind != "organizer":
            values[kind] = _word(kind, values[kind])
    place = result.place
    cell = f"{place.sheet}!{place.cell}" if place.sheet and place.cell else place.cell
    facts = {name: _fact(value) for name, value in _others(result).items()}
    return RecordPart.model_validate({**values, "facts": facts, "cell": cell, "file": place.file})


def schema() -> dict[str, Any]:
    """The JSON Schema of a listing."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **ReadReport.model_json_schema(),
    }


def _word(kind: Kind, written: Value) -> Value:
    """A word of the field in its one spelling; one that is not known as it is written."""
    name = terms().canonical(kind, written) if isinstance(written, str) else None
    return terms().words[kind][name].zh if name else written


def _others(result: Result) -> Mapping[str, Value]:
    """The columns that are none of the fields; the number of a person stays inside."""
    columns = result.columns()
    return {n: v for n, v in columns.items() if n not in (*FIELDS, "person_id") and v is not None}


def _fact(value: Value) -> Fact:
    """A fact as JSON has it: a fraction and a date as text, no full identity number."""
    value = frozen(value)
    if isinstance(value, str):
        return _NUMBER.sub(lambda found: mask(found[0]), value)
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, int) or value is None else str(value)
