"""Find schedules: the shipped ones and the user's, by id, short name, region or path."""

import difflib
import os
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path

from awards import lint
from awards.loading import parse, read, text_of
from awards.problems import NOWHERE, Place, Problem, ScheduleError, UnknownScheduleError, problem
from awards.schedule import Schedule
from awards.terms import policy_root

Folder = str | os.PathLike[str]


def load_schedule(
    name: str | os.PathLike[str], *, year: int | None = None, folders: Iterable[Folder] = ()
) -> Schedule:
    """The schedule called *name*: an id, a short name such as ``jilin-city``, or a path.

    A short name stands for all documents of that name: each result is held against the one in
    force for its year, and a year that none covers is a problem, never zero. With *year* it is
    the document in force then. *folders* are searched beside the shipped schedules.

    UnknownScheduleError where there is none; ScheduleError where the file is broken.
    """
    text = os.fspath(name)
    if text.endswith(".toml"):
        return read(Path(text))
    folders = tuple(folders)
    named = _called(text, folders)
    if text in named:
        return named[text]
    if not named:
        known = schedules(folders)
        names = sorted({each.name for each in known.values()})
        raise UnknownScheduleError(
            problem("unknown-schedule", found=text, near=_near(text, names), known=", ".join(names))
        )
    *earlier, last = sorted(named.values(), key=lambda each: each.in_force_from or date.min)
    latest = last.after(tuple(earlier))
    if year is None:
        return latest
    if (covering := latest.for_year(year)) is None:
        raise UnknownScheduleError(not_in_force(latest, year))
    return covering


def text_called(name: str, folders: Iterable[Folder] = ()) -> tuple[str, str]:
    """The file and the TOML text of the one document called *name*; the latest of a short name."""
    if name.endswith(".toml"):
        return name, text_of(Path(name))
    wanted = load_schedule(name, folders=folders).id
    for folder in folders:
        for path in sorted(Path(folder).rglob("*.toml")):
            if f'"{wanted}"' in text_of(path):
                return str(path), text_of(path)
    file = f"{wanted}.toml"
    return file, policy_root().joinpath(file).read_text("utf-8")


def clashes(schedule: Schedule, file: str, folders: Iterable[Folder] = ()) -> list[Problem]:
    """The documents of the same name that are in force with *schedule*, neither superseding."""
    others = [each for each in schedules(folders).values() if each.id != schedule.id]
    return [
        Problem("two-in-force", Place(file), values=values)
        for _, values in lint.together((*others, schedule))
        if schedule.id in values.values()
    ]


def not_in_force(schedule: Schedule, year: int, place: Place = NOWHERE) -> Problem:
    """The problem that no document of *schedule* covers *year*, with the days that each does."""
    spans = (
        f"{each.id} ({each.in_force_from or ''}–{each.in_force_until or ''})"
        for each in (*schedule.earlier, schedule)
    )
    return problem("not-in-force", place, year=year, spans=", ".join(spans))


VOCABULARIES = ("terms.toml", "figures.toml")
"""Files of words beside the schedules."""


def schedules(folders: Iterable[Folder] = ()) -> dict[str, Schedule]:
    """Every schedule by id, shipped ones first; one of *folders* replaces a shipped one."""
    return {id_: _shipped(path) for path, id_ in _ids().items()} | dict(_in(folders))


def _called(text: str, folders: Iterable[Folder]) -> dict[str, Schedule]:
    """The documents that *text* may mean, by id; of the shipped ones no other is read."""
    shipped = {id_: _shipped(path) for path, id_ in _ids().items() if _is_called(id_, text)}
    return shipped | {id_: each for id_, each in _in(folders) if _is_called(id_, text)}


def _is_called(id_: str, text: str) -> bool:
    """Whether *text* is the id, its region, or its short name."""
    region = id_.rpartition("/")[0] or id_
    return text in (id_, region, region.rpartition("/")[2])


def _in(folders: Iterable[Folder]) -> Iterator[tuple[str, Schedule]]:
    """The schedules of *folders*, each with its id."""
    for folder in folders:
        root = Path(folder)
        if not root.is_dir():
            raise UnknownScheduleError(problem("no-folder", Place(str(root))))
        for path in sorted(root.rglob("*.toml")):
            if path.name not in VOCABULARIES:
                schedule = read(path)
                yield schedule.id, schedule


@cache
def _ids() -> dict[str, str]:
    """The id of each shipped file: its path."""
    return {path: path.removesuffix(".toml") for path in _paths(policy_root(), "")}


@cache
def _shipped(path: str) -> Schedule:
    schedule = parse(policy_root().joinpath(path).read_text("utf-8"), path)
    if schedule.id != path.removesuffix(".toml"):
        raise ScheduleError(problem("id-not-path", Place(path), found=schedule.id))
    return schedule


def shipped_files() -> Iterator[tuple[str, str]]:
    """The path below the policy folder and the text of every shipped schedule."""
    root = policy_root()
    return ((path, root.joinpath(path).read_text("utf-8")) for path in _ids())


def _paths(folder: Traversable, path: str) -> Iterator[str]:
    for entry in sorted(folder.iterdir(), key=lambda each: each.name):
        here = f"{path}/{entry.name}" if path else entry.name
        if entry.is_dir():
            yield from _paths(entry, here)
        elif entry.name.endswith(".toml") and path:
            yield here


def _near(text: str, names: list[str]) -> str:
    return next(iter(difflib.get_close_matches(text, names, 1, 0.5)), "")
