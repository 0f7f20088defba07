"""Files of their own for contest facts, earlier payments and rulings: the same sheets, apart.

In a workbook the sheets of the right name are read, or all where none has it.
"""

import datetime
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from awards.ledger_file import earlier, is_ledger
from awards.positions import nearest, positions
from awards.problems import FileError, Place, Problem, problem
from awards.records import Roster, Ruling
from awards.workbook.extras import (
    Kind,
    accounts_in,
    facts_of,
    kind_of,
    ledger_of,
    ruling_from,
    rulings_of,
)
from awards.workbook.grid import Grid
from awards.workbook.layout import tables
from awards.workbook.roster import about, read_sheet, together
from awards.workbook.sources import read_book

KEYS = ("question", "answer", "person", "row", "by", "on")
NEEDED = ("question", "answer")


def read_facts(path: str | Path) -> Roster:
    """What a workbook says of contests, as ``facts``; FileError where it cannot be read."""
    problems, grids = _sheets(Path(path), "facts")
    return together([problems, *(facts_of(grid) for grid in grids)])


def read_ledger(path: str | Path) -> Roster:
    """The earlier payments in a workbook or a ledger file, as ``ledger``.

    FileError where it cannot be read.
    """
    if is_ledger(Path(path)):
        return earlier(Path(path))
    problems, grids = _sheets(Path(path), "ledger")
    listed = ((grid, read_sheet(grid) if tables(grid) else None) for grid in grids)
    return together([problems, *(ledger_of(grid, rows) for grid, rows in listed)])


def read_accounts(path: str | Path) -> Roster:
    """The bank accounts in a workbook, as ``results``; FileError where it cannot be read."""
    book = read_book(Path(path), Path(path).name)
    grids = (grid for grid in book.grids if not grid.hidden)
    return together([about(book), *(accounts_in(grid) for grid in grids if grid.rows)])


def read_rulings(path: str | Path) -> Roster:
    """The rulings in a workbook or a .toml, as ``rulings``; FileError where it cannot be read.

    The workbook may be the one that ``write_payouts`` made, its decisions filled in.
    """
    path = Path(path)
    if path.suffix.lower() == ".toml":
        return _from_toml(path)
    problems, grids = _sheets(path, "rulings")
    return together([problems, *(rulings_of(grid, "file") for grid in grids)])


def _sheets(path: Path, kind: Kind) -> tuple[Roster, Sequence[Grid]]:
    """The sheets of *path* to be read as *kind*, and what there is to say of the file.

    Those called so are read, else all without such a name.
    """
    book = read_book(path, path.name)
    grids = [grid for grid in book.grids if not grid.hidden]
    named = [grid for grid in grids if kind_of(grid) == kind]
    others = [grid for grid in grids if kind_of(grid) is None and grid.rows]
    return about(book), named or others


def _from_toml(path: Path) -> Roster:
    """The ``[[rulings]]`` of a file; each fault with its line."""
    try:
        text = path.read_text("utf-8")
        tables = tomllib.loads(text)
    except (OSError, UnicodeDecodeError) as error:
        raise FileError(problem("no-file", Place(str(path)), fault=error)) from error
    except tomllib.TOMLDecodeError as error:
        raise FileError(problem("bad-toml", Place(str(path)), fault=error)) from error
    found = positions(text)

    def at(*keys: str | int) -> Place:
        line, column = nearest(found, keys) or (1, 1)
        return Place(path.name, row=line, column=column)

    problems = [problem("unknown-key", at(key), key=key) for key in tables if key != "rulings"]
    rulings: list[Ruling] = []
    listed = tables.get("rulings", [])
    if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
        listed, where = [], at("rulings")
        problems.append(problem("bad-schedule", where, key="rulings", fault="[[rulings]]"))
    for number, entry in enumerate(listed):
        places = {key: at("rulings", number, key) for key in entry}
        ruling = _entry(entry, places, at("rulings", number))
        if isinstance(ruling, Ruling):
            rulings.append(ruling)
        else:
            problems += ruling
    return Roster((), tuple(problems), rulings=tuple(rulings))


def _entry(
    entry: Mapping[str, Any], places: Mapping[str, Place], place: Place
) -> Ruling | list[Problem]:
    """One ruling of a file, or what is wrong with it."""
    faults = [problem("unknown-key", places[key], key=key) for key in entry if key not in KEYS]
    faults += [problem("missing-key", place, key=key) for key in NEEDED if key not in entry]
    for key, value in entry.items():
        if isinstance(value, bool | list | dict | datetime.time):
            told = {"field": key, "found": value, "expected": "text"}
            faults.append(problem("wrong-type", places[key], "error", **told))
    if faults:
        return faults
    day = entry.get("on")
    on = day.date() if isinstance(day, datetime.datetime) else day
    ruling = ruling_from({**entry, "on": on}, places["answer"], "file")
    return [ruling] if isinstance(ruling, Problem) else ruling
