"""Which files are meant: paths and folders → files in order, each with the name used in places."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from awards.problems import FileError, Place, Problem, problem
from awards.workbook.sniff import kind_of

SHEETS = (".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlt", ".et", ".ett", ".ods", ".ots")
TEXTS = (".csv", ".txt", ".tsv")
SKIPPED = ("~$", ".~", ".")
"""How the names of files begin that programs put beside an open workbook, or hide."""


@dataclass(frozen=True, slots=True)
class Found:
    """The files to read, and what was left out of folders."""

    files: tuple[Path, ...]
    problems: tuple[Problem, ...] = ()


def find(paths: Iterable[str | Path]) -> Found:
    """The files of *paths*, the content of folders sorted; each file once.

    A folder gives what looks like a workbook or a list, at any depth. FileError where there is
    nothing in it, or nothing was asked for.
    """
    files: dict[Path, Path] = {}
    problems: list[Problem] = []
    for path in map(Path, paths):
        if not path.is_dir():
            files.setdefault(path.resolve(), path)
            continue
        inside = [each for each in sorted(path.rglob("*")) if each.is_file()]
        fits = [each for each in inside if _fits(each)]
        problems += (_left_out(each) for each in inside if each not in fits)
        if not fits:
            raise FileError(problem("no-lists", Place(str(path))))
        for each in fits:
            files.setdefault(each.resolve(), each)
    if not files:
        raise FileError(problem("no-files"))
    return Found(tuple(files.values()), tuple(problems))


def _fits(path: Path) -> bool:
    """Whether a file in a folder is to be read: by its name, or by its content."""
    if path.name.startswith(SKIPPED):
        return False
    ending = path.suffix.lower()
    return ending in (*SHEETS, *TEXTS) or kind_of(path) in ("xlsx", "xls", "ods")


def _left_out(path: Path) -> Problem:
    """A note on a file that a program left, a warning on one that might be a list."""
    place = Place(str(path))
    if path.name.startswith(SKIPPED):
        return problem("skipped-temporary", place, "info")
    return problem("skipped-file", place, "warning", format=kind_of(path) or "?")


def labels(files: Sequence[Path]) -> Iterator[str]:
    """The name of each file in places: its own, with as many folders as tell it from the others.

    >>> list(labels([Path("a/x/1.xlsx"), Path("a/y/1.xlsx"), Path("a/2.xlsx")]))
    ['x/1.xlsx', 'y/1.xlsx', '2.xlsx']
    """
    whole = [path.resolve().parts for path in files]
    for parts in whole:
        count = 1
        while count < len(parts) and Counter(p[-count:] for p in whole)[parts[-count:]] > 1:
            count += 1
        yield "/".join(parts[-count:])
