"""Files → sheets: each opened once, judged by its content, and read by the reader of its kind."""

import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from awards.problems import FileError, Place, Problem, problem
from awards.workbook.delimited import read_delimited
from awards.workbook.files import TEXTS, find, labels
from awards.workbook.grid import Grid
from awards.workbook.limits import LIMITS, Gate, Limits
from awards.workbook.ods import read_ods
from awards.workbook.sheet import Shelf
from awards.workbook.sniff import Source, sniff
from awards.workbook.xls import read_xls
from awards.workbook.xlsx import read_xlsx

Reader = Callable[[Shelf, IO[bytes]], tuple[list[Grid], tuple[Problem, ...]]]

_READERS: Mapping[Source, Reader] = {
    "xlsx": read_xlsx,
    "xls": read_xls,
    "ods": read_ods,
    "csv": read_delimited,
}
_ENDINGS: Mapping[Source, tuple[str, ...]] = {
    "xlsx": (".xlsx", ".xlsm", ".xltx", ".xltm", ".et", ""),
    "xls": (".xls", ".xlt", ".et", ".ett", ""),
    "ods": (".ods", ".ots", ""),
    "csv": (*TEXTS, ""),
}
"""The endings that each kind of file may have without a warning; WPS puts either into an .et."""


@dataclass(frozen=True, slots=True)
class Book:
    """One file: the name it has in places, its sheets, and what there is to say of it."""

    label: str
    grids: tuple[Grid, ...]
    problems: tuple[Problem, ...] = ()


def read_books(paths: Iterable[str | Path], limits: Limits = LIMITS) -> Iterator[Book]:
    """The files of *paths* one by one, folders opened; at the end a FileError for all that
    cannot be read.
    """
    found = find(paths)
    if found.problems:
        yield Book("", (), found.problems)
    refused: list[Problem] = []
    for path, label in zip(found.files, labels(found.files), strict=True):
        try:
            yield read_book(path, label, limits)
        except FileError as error:
            refused += error.problems
    if refused:
        raise FileError(refused)


def read_grids(path: Path) -> tuple[Grid, ...]:
    """The sheets of one file in order; FileError where it cannot be read."""
    return read_book(path, path.name).grids


def read_book(path: Path, label: str, limits: Limits = LIMITS) -> Book:
    """One file; FileError says in one sentence why it cannot be read."""
    gate = Gate(path, limits)
    try:
        with path.open("rb") as file:
            kind = sniff(gate, file)
            grids, problems = _READERS[kind](Shelf(gate, label), file)
    except FileNotFoundError:
        gate.refuse("file-missing")
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        gate.refuse("file-damaged")
    except OSError as error:
        gate.refuse("file-unreadable", reason=error.strerror or type(error).__name__)
    return Book(label, tuple(grids), (*_misnamed(path, label, kind), *problems))


def _misnamed(path: Path, label: str, kind: Source) -> tuple[Problem, ...]:
    """A warning where the ending of a file is not that of its content."""
    if path.suffix.lower() in _ENDINGS[kind]:
        return ()
    values = {"ending": path.suffix, "format": kind}
    return (problem("file-misnamed", Place(label), "warning", **values),)
