"""rate: what one row is worth, from a crosstab of any named columns.

``amounts`` nests one level for each column of ``by``; a whole-number column may use bands
(``"1"``, ``"2-3"``, ``"9-"``) and any column ``any`` for the rest.

>>> from awards.terms import terms
>>> step = Rate(do="rate", clause="c", by=["level", "placing"],
...     amounts={"national": {"1": 500, "2-3": 300}}, below=["4-"])
>>> [effect.set.get("amount") for effect in step.effects(
...     [{"level": "national", "placing": 3, "person": "x"}], terms())]
[30000]
>>> step.effects([{"level": "national", "placing": 9, "person": "x"}], terms())[0].end.reason
'below_lowest_prize'

A row that no cell fits is not zero: it waits for a ruling (``no_match``), unless ``below`` names
its prize as one under the lowest that is paid, or ``otherwise`` says what the rest get. A blank
column of ``by`` is a problem of the row. A row that already has an amount keeps it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema, model_validator

from awards import money
from awards.records import Columns, Value, is_blank
from awards.steps.base import NOTHING, Effect, End, Note, Reason, Step, blank, hundredths
from awards.terms import Terms

BAND = re.compile(r"(\d+)(?:(-)(\d*))?")


def _table(given: Any, path: str = "amounts") -> Any:
    """Nested tables with every figure in hundredths; ValueError with the path of a bad one."""
    if isinstance(given, Mapping):
        return {str(key): _table(entry, f"{path}.{key}") for key, entry in given.items()}
    try:
        return hundredths(given)
    except (ValueError, TypeError) as error:
        raise ValueError(f"{path}: {error}") from error


def _yuan(table: Any) -> Any:
    """The table as a file states it."""
    if isinstance(table, Mapping):
        return {key: _yuan(entry) for key, entry in table.items()}
    return str(money.yuan(table))


Table = Annotated[
    Mapping[str, Any],
    BeforeValidator(_table),
    PlainSerializer(_yuan),
    WithJsonSchema({"type": "object", "additionalProperties": {"type": ["number", "object"]}}),
]
"""Amounts nested by key, one level for each column of a crosstab."""


class Rate(Step):
    """An amount for each row, looked up by the columns ``by``."""

    do: Literal["rate"]
    clause: str | Mapping[str, str]  # type: ignore[assignment]  # one, or one for each first key
    by: tuple[str, ...] = Field(min_length=1)
    amounts: Table
    below: tuple[str, ...] = ()
    otherwise: Reason | None = None
    unit: str = "yuan"

    @model_validator(mode="after")
    def _is_a_crosstab(self) -> Self:
        for path, leaf in self.cells():
            if isinstance(leaf, Mapping) or len(path) != len(self.by):
                wanted = ", ".join(self.by)
                raise ValueError(f"amounts.{'.'.join(path)} does not nest as by says ({wanted})")
        if isinstance(self.clause, Mapping) and set(self.clause) != set(self.amounts):
            raise ValueError("a table of clauses has the same first keys as amounts")
        return self

    def cells(self) -> Iterator[tuple[tuple[str, ...], Any]]:
        """Each figure with its path of keys, in hundredths."""
        yield from _cells(self.amounts, (), len(self.by))

    def reads(self) -> frozenset[str]:
        """The columns of the crosstab, the payee, and an amount that may be there already."""
        return frozenset((*self.by, "person", "amount"))

    def effects(self, cases: Sequence[Columns], terms: Terms) -> Sequence[Effect]:
        """The amount of each case alone."""
        return [self._effect(case) for case in cases]

    def clauses(self) -> frozenset[str]:
        """Every clause that a figure cites."""
        return frozenset(
            self.clause.values() if isinstance(self.clause, Mapping) else (self.clause,)
        )

    def words(self) -> Sequence[tuple[str, Value]]:
        """The words that head its rows and columns."""
        heads = [pair for path, _ in self.cells() for pair in zip(self.by, path, strict=True)]
        return [(column, word) for column, word in heads if not _general(word)] + [
            (self.by[-1], word) for word in self.below if not _general(word)
        ]

    def _effect(self, case: Columns) -> Effect:
        if case.get("amount") is not None:
            return NOTHING
        missing = [column for column in ("person", *self.by) if is_blank(case.get(column))]
        if missing:
            return blank(*missing)
        values = {column: case[column] for column in self.by}
        first = _key(self.amounts, case[self.by[0]])
        clause = self.clause if isinstance(self.clause, str) else self.clause.get(first or "")
        note = Note("trace.rate", values)
        amount = self._look_up(case)
        if amount is not None:
            new: dict[str, Value] = {"amount": amount, "unit": self.unit}
            return Effect(note, set=new, clause=clause)
        if self._is_below(case[self.by[-1]]):
            end = End("not_paid", "below_lowest_prize")
        elif self.otherwise:
            end = End("not_paid", self.otherwise)
        else:
            end = End("needs_ruling", "no_match")
        return Effect(Note("trace.no_rate", values), end=end, clause=clause or self._any_clause())

    def _look_up(self, case: Columns) -> int | None:
        table: Any = self.amounts
        for column in self.by:
            key = _key(table, case[column])
            if key is None:
                return None
            table = table[key]
        return int(table)

    def _is_below(self, value: Value) -> bool:
        return _key(dict.fromkeys(self.below, 0), value) is not None

    def _any_clause(self) -> str:
        return sorted(self.clauses())[0]


def _cells(table: Any, path: tuple[str, ...], depth: int) -> Iterator[tuple[tuple[str, ...], Any]]:
    for key, entry in table.items():
        if isinstance(entry, Mapping) and depth > 1:
            yield from _cells(entry, (*path, key), depth - 1)
        else:
            yield (*path, key), entry


def _general(key: str) -> bool:
    return key == "any" or BAND.fullmatch(key) is not None


def _key(table: Mapping[str, object], value: Value) -> str | None:
    """The key of *table* that *value* falls under: itself, a band of numbers, or ``any``."""
    if isinstance(value, int):
        for key in table:
            if (band := BAND.fullmatch(key)) and _within(value, band):
                return key
    elif str(value) in table:
        return str(value)
    return "any" if "any" in table else None


def _within(value: int, band: re.Match[str]) -> bool:
    low, dash, high = band.groups()
    return value == int(low) if not dash else int(low) <= value <= (int(high) if high else value)
