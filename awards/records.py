"""What one input row means: a result (one person's prize), an earlier payment, a decision.

Records hold what was written, spelled as written; ``awards.assess`` reads the words with the
terms of the schedule, so the same roster can be held against several documents.
"""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Annotated, Any, Literal, get_args

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SkipValidation,
    ValidationError,
)

from awards.problems import NOWHERE, Place, Problem, problem

Value = str | int | Decimal | datetime.date | bool | tuple["Value", ...] | None
Columns = Mapping[str, Value]


class Unread(str):
    """A word that the terms do not know: as good as blank, but a different problem."""


def is_blank(value: Value) -> bool:
    """Whether *value* says nothing that a rule could go by.

    >>> is_blank(None), is_blank(Unread("一等桨")), is_blank("first"), is_blank(0)
    (True, True, False, False)
    """
    return value is None or isinstance(value, Unread)


def plain(value: Any) -> Any:
    """*value*, and for a scalar or an array of numpy what it stands for in Python."""
    return value.tolist() if hasattr(value, "tolist") else value


def text_of(value: object) -> object:
    """*value* as a text field has it: numbers are meant as text (a student number, a team 3)."""
    if value.__class__ is str:
        return value.strip() or None  # the usual case, first
    value = plain(value)
    if isinstance(value, bool):
        raise ValueError("text")
    if isinstance(value, int | Decimal):
        return str(value)
    return (value.strip() or None) if isinstance(value, str) else value


Text = Annotated[str | None, BeforeValidator(text_of)]


class Result(BaseModel):
    """One person's result: who won which prize in what. Unknown columns are kept as facts.

    The field names are those of a roster as plain dicts. ``place`` is where the person's name
    stands, ``cells`` and ``headings`` have the cell of each field and the heading over it. A row
    without a person is a team's or a school's.
    """

    model_config = ConfigDict(frozen=True, extra="allow", populate_by_name=True)

    row: int | None = None
    year: int | Text = None
    date: datetime.date | Text = None
    competition: Text = None
    organizer: Text = None
    level: Text = None
    class_: Text = Field(None, alias="class")
    division: Text = None
    form: Text = None
    event: Text = None
    event_code: Text = None
    track: Text = None
    prize: Text = None
    placing: int | Text = None
    team: Text = None
    person: Text = None
    person_id: Text = None
    role: Text = None
    school: Text = None
    department: Text = None
    place: SkipValidation[Place] = Field(NOWHERE, exclude=True)
    cells: SkipValidation[Mapping[str, str]] = Field(default_factory=dict, exclude=True)
    headings: SkipValidation[Mapping[str, str]] = Field(default_factory=dict, exclude=True)
    faults: SkipValidation[tuple[Problem, ...]] = Field((), exclude=True)

    def columns(self) -> dict[str, Value]:
        """Every field that is filled, and the facts, by column name."""
        known = {
            column: getattr(self, name)
            for name, column in COLUMNS.items()
            if getattr(self, name) is not None
        }
        frozen_ = {name: frozen(value) for name, value in (self.model_extra or {}).items()}
        facts = {name: value for name, value in frozen_.items() if value not in (None, "")}
        return known | facts

    def at(self, *names: str) -> Place:
        """The place of the first of the fields *names* whose cell is known; else the person's."""
        cell = next((self.cells[name] for name in names if name in self.cells), self.place.cell)
        return Place(self.place.file, self.place.sheet, cell, self.place.row)


def made(values: Mapping[str, Any], **about: Any) -> Result:
    """The result that ``Result.model_validate(values)`` would give, in a fraction of the time.

    It is for a reader of long lists, which has stripped its texts: a text, a number or a date is
    entered as its field has it; any other value goes the usual way. *about* are row, place, cells,
    headings and faults.

    >>> made({"person": "赵甲", "team": 3, "class": "A", "班级": 2}, row=4).columns()
    {'class': 'A', 'team': '3', 'person': '赵甲', '班级': 2}
    """
    entered = entries(values)
    if entered is None:
        return Result.model_validate({**values, **about})
    known, extra = entered
    return assembled({**known, **about}, extra)


def entries(values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """Every attribute of the result that says *values*, by name, and its facts.

    None where there is a value that only the usual way can judge.
    """
    known = dict(_DEFAULTS)
    extra: dict[str, Any] = {}
    for name, value in values.items():
        attribute = _ATTRIBUTES.get(name)
        if attribute is None:
            extra[name] = value
        elif value.__class__ is str:
            known[attribute] = value or None
        elif value.__class__ is int or value is None:
            keeps = value is None or name in _WHOLE
            known[attribute] = value if keeps else str(value)
        else:
            return None
    return known, extra


def attribute_of(name: str) -> str | None:
    """The attribute of a result that holds the field *name*; None for a fact."""
    return _ATTRIBUTES.get(name)


def assembled(known: dict[str, Any], extra: dict[str, Any]) -> Result:
    """The result with the attributes *known*, all of them, and the facts *extra*."""
    result = Result.__new__(Result)
    _set(result, "__dict__", known)
    _set(result, "__pydantic_fields_set__", _ALL)
    _set(result, "__pydantic_extra__", extra)
    _set(result, "__pydantic_private__", None)
    return result


_set = object.__setattr__
_DEFAULTS: Mapping[str, Any] = {
    name: field_.get_default(call_default_factory=False) if name != "cells" else {}
    for name, field_ in Result.model_fields.items()
} | {"cells": {}, "headings": {}}
_ATTRIBUTES = {
    field_.alias or name: name
    for name, field_ in Result.model_fields.items()
    if name not in ("place", "cells", "headings", "faults", "row")
}
_WHOLE = ("year", "placing")
_ALL = set(Result.model_fields)
COLUMNS = {
    name: field_.alias or name
    for name, field_ in Result.model_fields.items()
    if name not in ("row", "place", "cells", "headings", "faults")
}
"""The column of each field of a result."""
FIELDS = tuple(COLUMNS.values())
"""The columns that have a meaning of their own, in the order of the case files."""


def frozen(value: Any) -> Value:
    """A fact as an immutable value; a mapping becomes pairs, a whole float an int.

    A set is put in order; a scalar of numpy becomes the plain value that it stands for.
    """
    if isinstance(value, str):
        return value
    value = plain(value)
    if isinstance(value, Mapping):
        return tuple((frozen(key), frozen(item)) for key, item in value.items())
    if isinstance(value, list | tuple):
        return tuple(frozen(item) for item in value)
    if isinstance(value, set | frozenset):
        return tuple(sorted((frozen(item) for item in value), key=repr))
    if isinstance(value, float):
        return int(value) if value.is_integer() else Decimal(repr(value))
    return value  # type: ignore[no-any-return]


Source = Literal["given", "file", "sheet", "column"]
SOURCES: tuple[Source, ...] = get_args(Source)
"""Where a ruling may come from, the strongest first: said outright (an argument, the command
line), a rulings file, a sheet of the roster, a column of it.
"""


@dataclass(frozen=True, slots=True)
class Ruling:
    """A decision on a case that the text leaves open: the answer to a question of the schedule.

    ``person`` or ``row`` narrow it to some rows (``row`` as ``sheet!12``, ``sheet!D12`` or
    ``12``); without them it holds wherever the question comes up. ``place`` is where it was
    written, ``source`` in what; of an outcome's rulings ``awards`` are the indexes of the awards
    that rest on it.
    """

    question: str
    answer: str
    person: str | None = None
    row: str | None = None
    by: str | None = None
    on: datetime.date | None = None
    place: Place = NOWHERE
    source: Source = "given"
    awards: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Roster:
    """Results in order, with every problem met on the way in, and what came along with them.

    ``facts`` say what is known of a contest, ``ledger`` what was paid earlier, ``rulings`` what
    was decided.
    """

    results: tuple[Result, ...]
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = field(default=())
    facts: tuple[Result, ...] = ()
    ledger: tuple[Result, ...] = ()
    rulings: tuple[Ruling, ...] = ()

    def __add__(self, other: "Roster") -> "Roster":
        """Both, this one first."""
        return Roster(
            self.results + other.results,
            self.problems + other.problems,
            self.notes + other.notes,
            self.facts + other.facts,
            self.ledger + other.ledger,
            self.rulings + other.rulings,
        )


def roster(rows: "Roster | Iterable[Result | Mapping[str, Any]]") -> Roster:
    """*rows* as a roster: dicts become results, and a value of the wrong type a problem.

    >>> roster([{"row": 1, "person": "张三", "prize": "一等奖"}]).results[0].prize
    '一等奖'
    >>> print(*roster([{"row": 2, "person": ["张三"]}]).problems)
    row 2: person is ['张三'], not text (wrong-type)
    """
    if isinstance(rows, Roster):
        return rows
    results: list[Result] = []
    problems: list[Problem] = []
    for number, row in enumerate(rows, 1):
        result = row if isinstance(row, Result) else result_of(row, number)
        results.append(result)
        problems.extend(result.faults)
    return Roster(tuple(results), tuple(problems))


def result_of(row: Mapping[str, Any], number: int, place: Place | None = None) -> Result:
    """The result of one dict; a field of the wrong type is left blank and becomes a fault."""
    place = place or Place(row=row.get("row") if isinstance(row.get("row"), int) else number)
    given = {"row": place.row, **row, "place": place}
    try:
        return Result.model_validate(given)
    except ValidationError as error:
        wrong = {str(fault["loc"][0]): fault["input"] for fault in error.errors()}
        faults = tuple(
            problem("wrong-type", place, field=name, found=value, expected=_kind(name))
            for name, value in wrong.items()
        )
        kept = {name: value for name, value in given.items() if name not in wrong}
        return Result.model_validate({**kept, "faults": faults})


def _kind(name: str) -> Literal["text", "a whole number or text", "a date or text"]:
    if name in ("year", "placing", "row"):
        return "a whole number or text"
    return "a date or text" if name == "date" else "text"
