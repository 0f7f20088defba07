"""Rulings on many rows: what each row's are, asked only of rows that a ruling may single out."""

import re
from collections.abc import Iterable, Sequence

import numpy as np

from awards.batch.arrays import Bools, Ints
from awards.batch.encoding import BLANK, Encoded, constant
from awards.batch.rows import Rows
from awards.records import Result, Ruling, Value
from awards.rulings import columns, decide
from awards.runner import Line
from awards.schedule import Schedule
from awards.terms import terms

NUMBER = re.compile(r"\d+")


def answers(
    rows: Rows, mine: Ints, payee: Encoded, rulings: Sequence[Ruling], document: Schedule
) -> tuple[Encoded, Encoded]:
    """For each of the rows *mine* the columns of its rulings, and the fault in one.

    Rulings narrowed to no row hold for all; the rows that others may be about, and those with a
    ruling in a column of their own, are asked one by one.
    """
    if not rulings and "ruling" not in rows.columns:
        return constant(None, len(mine)), constant(None, len(mine))
    told = np.full(len(mine), BLANK, np.int32)
    amiss = np.full(len(mine), BLANK, np.int32)
    held: list[object] = []
    faults: list[object] = []
    for places, line in _asked(rows, mine, payee, rulings):
        found, wrong = decide([line], rulings, document)
        told[places] = amiss[places] = BLANK
        if wrong:
            amiss[places] = len(faults)
            faults.append(wrong[0][1].code)
        if line in found:
            told[places] = len(held)
            held.append(tuple(columns(found[line])))
    told[rows.paid[mine]] = BLANK
    amiss[rows.paid[mine]] = BLANK
    return Encoded(told, held).recoded(held), Encoded(amiss, faults).recoded(faults)


def _asked(
    rows: Rows, mine: Ints, payee: Encoded, rulings: Sequence[Ruling]
) -> Iterable[tuple[Ints, Line]]:
    """The lines to ask, each with the places among *mine* that it speaks for; all of them first."""
    yield np.arange(len(mine)), Line(0, Result.model_validate({}), {"payee": None})
    for place in np.flatnonzero(singled(rows, payee, rulings)[mine]).tolist():
        row = int(mine[place])
        told = payee.value(row)
        columns_: dict[str, Value] = {"payee": None if told is None else str(told)}
        yield np.array([place]), Line(row, rows.result(row), columns_)


def singled(rows: Rows, payee: Encoded, rulings: Sequence[Ruling]) -> Bools:
    """The rows that one of the *rulings* may be about, or that have one in their own column."""
    found = rows.column("ruling").codes >= 0
    people = {terms().plain(each.person) for each in rulings if each.person}
    if people:
        plain = [terms().plain(str(value)) in people for value in payee.values]
        found |= np.array([*plain, False], np.bool_)[payee.codes]
    named = {int(each) for ruling in rulings for each in NUMBER.findall(ruling.row or "")}
    if named:
        found |= np.isin(_numbers(rows), list(named))
    return found


def _numbers(rows: Rows) -> Ints:
    """The number of each row: the one that it states, else its place, from 1."""
    stated = np.array([*rows.numbers.values, 0], np.int64)
    given = stated[rows.numbers.codes]
    return np.where(rows.numbers.codes < 0, np.arange(1, len(rows) + 1), given)
