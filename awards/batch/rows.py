"""A frame as rows: its columns read as the fields of a result, each distinct value once."""

import operator
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from awards.batch.arrays import Bools
from awards.batch.encoding import Encoded, constant, encode, of_objects
from awards.batch.threads import side_by_side
from awards.problems import OptionError, problem
from awards.records import COLUMNS, FIELDS, Result, Value, frozen, result_of, text_of

OURS = ("place", "cells", "headings", "faults")
"""What a result knows of its cells; a frame has none."""
TYPED = ("year", "date", "placing", "row")
"""The fields that are not simply text."""


@dataclass(frozen=True)
class Rows:
    """Rows by column: ``columns`` as stated, by heading; ``numbers`` are those of the rows.

    ``wrong`` marks rows with a value of the wrong type, which is left blank; ``paid`` earlier
    payments, which come after the results.
    """

    columns: Mapping[str, Encoded]
    numbers: Encoded
    wrong: Bools
    paid: Bools
    refused: Mapping[str, Encoded] = field(default_factory=dict)
    """The columns with values of a wrong type as they were, by heading."""
    records: tuple[Result, ...] = ()
    """The records that they were made of, where they were."""
    faults: Mapping[str, Bools] = field(default_factory=dict)
    """Of records, those that came with an error, by the code of their first fault."""

    @property
    def doubts(self) -> Mapping[str, Bools]:
        """The rows that were at fault before any rule, by code."""
        return self.faults or {"wrong-type": self.wrong}

    def __len__(self) -> int:
        return len(self.wrong)

    def stated(self, row: int) -> dict[str, Any]:
        """What *row* says, by heading."""
        said = {name: column.value(row) for name, column in self.columns.items()}
        if self.wrong[row]:
            said |= {name: column.value(row) for name, column in self.refused.items()}
        return {name: value for name, value in said.items() if value is not None}

    def result(self, row: int) -> Result:
        """The record of *row*."""
        if row < len(self.records):
            return self.records[row]
        number = self.numbers.value(row)
        given = self.stated(row) if number is None else {"row": number, **self.stated(row)}
        before = np.count_nonzero(~self.paid) if self.paid[row] else 0
        return result_of(given, row + 1 - int(before))  # payments are counted for themselves

    def column(self, name: str) -> Encoded:
        """The column *name*; blank in every row where there is none."""
        return self.columns.get(name) or constant(None, len(self))

    def followed_by(self, paid: "Rows") -> "Rows":
        """These rows, then earlier payments."""
        names = dict.fromkeys((*self.columns, *paid.columns))
        refused, later = self.refused, paid.refused
        return Rows(
            {name: self.column(name).beside(paid.column(name)) for name in names},
            self.numbers.beside(paid.numbers),
            np.concatenate((self.wrong, paid.wrong)),
            np.concatenate((self.paid, np.ones(len(paid), np.bool_))),
            {name: column.beside(constant(None, len(paid))) for name, column in refused.items()}
            | {name: constant(None, len(self)).beside(column) for name, column in later.items()},
            (*self.records, *paid.records) if len(self.records) == len(self) else (),
            {
                code: np.concatenate(
                    [each.doubts.get(code, np.zeros(len(each), np.bool_)) for each in (self, paid)]
                )
                for code in dict.fromkeys((*self.doubts, *paid.doubts))
            },
        )


def rows_of(frame: pd.DataFrame) -> Rows:
    """The rows of *frame*, whose columns are named as in the case files.

    OptionError is raised where two columns have one name: which counts is not known.
    """
    names = [str(name) for name in frame.columns]
    double = sorted({name for name in names if names.count(name) > 1})
    if double:
        raise OptionError(problem("two-columns-in-frame", found=", ".join(double)))
    places = {name: place for place, name in enumerate(names) if name not in OURS}
    columns = {name: frame.iloc[:, place] for name, place in places.items()}
    longest_first = sorted(columns, key=lambda name: -columns[name].nbytes)
    tasks = (partial(encode, columns[name]) for name in longest_first)
    read = dict(zip(longest_first, side_by_side(tasks, len(frame)), strict=True))
    return _typed({name: read[name] for name in columns}, len(frame))


def rows_of_records(records: Sequence[Result]) -> Rows:
    """The rows of *records*, which stay at hand."""
    columns: dict[str, Encoded] = {}
    known = [record.__dict__ for record in records]
    for name, column in COLUMNS.items():
        columns[column] = of_objects([each[name] for each in known])
    more = [record.model_extra or {} for record in records]
    for name in dict.fromkeys(name for each in more for name in each):
        columns[name] = of_objects([each.get(name) for each in more]).read(_fact)
    columns = {name: column for name, column in columns.items() if len(column.held)}
    numbers = of_objects([each["row"] for each in known])
    faulty = np.array([bool(record.faults) for record in records], np.bool_)
    nothing = np.zeros(len(records), np.bool_)
    return Rows(columns, numbers, faulty, nothing, {}, tuple(records), _faults(records))


def _faults(records: Sequence[Result]) -> dict[str, Bools]:
    """The records that came with an error, by the code of their first fault."""
    found: dict[str, Bools] = {}
    for place, record in enumerate(records):
        if record.faults and any(fault.severity == "error" for fault in record.faults):
            code = record.faults[0].code
            found.setdefault(code, np.zeros(len(records), np.bool_))[place] = True
    return found or {"wrong-type": np.zeros(len(records), np.bool_)}


def _fact(value: object) -> Value:
    said = frozen(value)
    return None if said in (None, "") else said


def _typed(read: Mapping[str, Encoded], count: int) -> Rows:
    """*read* columns as the fields of results."""
    columns: dict[str, Encoded] = {}
    refused: dict[str, Encoded] = {}
    wrong = np.zeros(count, np.bool_)
    numbers = constant(None, count)
    for heading, column in read.items():
        name, typed, faulty = _field(heading, column)
        if faulty.any():
            wrong |= faulty[column.codes]
            refused[heading] = column
        if name == "row":
            numbers = typed
        else:
            columns[name] = columns[name].over(typed) if name in columns else typed
    known = {name: columns.pop(name) for name in FIELDS if name in columns}
    return Rows({**known, **columns}, numbers, wrong, np.zeros(count, np.bool_), refused)


def _field(heading: str, column: Encoded) -> tuple[str, Encoded, Bools]:
    """The name and the values that *heading* has in a result, and which values are wrong."""
    name = "row" if heading == "row" else next(iter(_parsed(heading, "-")), heading)
    faulty = np.zeros(len(column.held) + 1, np.bool_)
    if column.is_text and name not in TYPED:
        if column.is_as_written:
            return name, column, faulty
        return name, column.read(_text if name in FIELDS else _filled), faulty
    if heading == "row" and all(value.__class__ is int for value in column.values):
        return name, column, faulty
    values: list[Value] = []
    for index, value in enumerate(column.values):
        said = _parsed(heading, value)
        values.append(said.get(name))
        faulty[index] = _IS_WRONG in said
    if name == heading and all(map(operator.is_, values, column.values)):
        return name, column, faulty
    return name, column.recoded(values), faulty


_IS_WRONG = ""
"""The heading that no column has."""


def _parsed(heading: str, value: object) -> dict[str, Value]:
    """What a result says that has *value* under *heading*."""
    result = result_of({heading: value}, 1)
    wrong: dict[str, Value] = {_IS_WRONG: True} if result.faults else {}
    if heading == "row":
        return {"row": result.row if isinstance(value, int) else None, **wrong}
    return {**result.columns(), **wrong}


def _text(value: object) -> Value:
    text = text_of(value)
    assert text is None or isinstance(text, str)  # a text is read as a text
    return text


def _filled(value: object) -> Value:
    return str(value) or None
