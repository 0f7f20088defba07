"""The options that commands share, and how their text becomes what the library takes."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from awards.words import Lang, say

from . import output

if TYPE_CHECKING:
    from awards import Assessment, Roster, Ruling, Schedule
    from awards.workbook.limits import Limits


class Format(StrEnum):
    """How data is printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


def both(key: str) -> str:
    """The help sentence *key* in both languages."""
    return f"{say(key, 'zh')} / {say(key, 'en')}"


RosterFiles = Annotated[list[Path], typer.Argument(help=both("help.roster"), show_default=False)]
ScheduleName = Annotated[
    str, typer.Option("--schedule", "-s", help=both("help.schedule"), show_default=False)
]
OptionalScheduleName = Annotated[
    str | None, typer.Option("--schedule", "-s", help=both("help.schedule"), show_default=False)
]
Folders = Annotated[
    list[Path] | None,
    typer.Option("--schedules", help=both("help.folders"), show_default=False),
]
Readings = Annotated[
    list[str] | None,
    typer.Option("--reading", metavar="NAME=VALUE", help=both("help.reading")),
]
Rulings = Annotated[
    list[str] | None,
    typer.Option("--ruling", metavar="QUESTION=ANSWER[@WHO]", help=both("help.ruling")),
]
FactsFile = Annotated[
    Path | None, typer.Option("--facts", help=both("help.facts"), show_default=False)
]
LedgerFile = Annotated[
    Path | None, typer.Option("--ledger", help=both("help.ledger"), show_default=False)
]
RulingsFile = Annotated[
    Path | None, typer.Option("--rulings", help=both("help.rulings"), show_default=False)
]
Hidden = Annotated[bool, typer.Option("--hidden", help=both("help.hidden"))]
Mapping = Annotated[
    Path | None, typer.Option("--mapping", help=both("help.mapping"), show_default=False)
]
Limit = Annotated[
    list[str] | None,
    typer.Option("--limit", metavar="NAME=NUMBER", help=both("help.limit"), show_default=False),
]
Year = Annotated[int | None, typer.Option("--year", help=both("help.year"), show_default=False)]
Language = Annotated[Lang, typer.Option("--lang", help=both("help.lang"))]
OutputFormat = Annotated[Format, typer.Option("--format", "-f", help=both("help.format"))]
Force = Annotated[bool, typer.Option("--force", help=both("help.force"))]


@dataclass(frozen=True)
class Files:
    """The files beside the roster, as far as they are given."""

    facts: Path | None = None
    ledger: Path | None = None
    rulings: Path | None = None

    def read(self) -> "Roster":
        """What they say, as one roster without results."""
        from awards import Roster, read_facts, read_ledger, read_rulings

        readers = ((self.facts, read_facts), (self.ledger, read_ledger))
        found = Roster(())
        for path, reader in (*readers, (self.rulings, read_rulings)):
            found += reader(path) if path else Roster(())
        return found


def readings(given: list[str] | None) -> dict[str, str]:
    """``NAME=VALUE`` texts as a mapping; BadParameter for one without ``=``."""
    return dict(_pair(text, "--reading") for text in given or ())


def pairs(given: list[str] | None, option: str) -> list[tuple[str, str]]:
    """``NAME=VALUE`` texts in order; BadParameter for one without ``=``."""
    return [_pair(text, option) for text in given or ()]


def rulings(given: list[str] | None) -> list["Ruling"]:
    """``QUESTION=ANSWER`` texts as rulings; ``@WHO`` narrows one to a ``sheet!row`` or a name."""
    from awards import Ruling

    made = []
    for text in given or ():
        question, rest = _pair(text, "--ruling")
        answer, _, who = rest.partition("@")
        is_row = "!" in who or who.isdigit()
        made.append(
            Ruling(question, answer, who if who and not is_row else None, who if is_row else None)
        )
    return made


def assessed(
    roster: list[Path],
    schedule: "Schedule",
    reading: list[str] | None,
    ruling: list[str] | None,
    year: int | None,
    files: "Files",
    hidden: bool = False,
    mapping: Path | None = None,
) -> "Assessment":
    """The roster in the files *roster*, with what the other *files* say, under *schedule*."""
    from awards import assess

    return assess(
        read(roster, year, hidden, mapping) + files.read(),
        schedule,
        readings=readings(reading),
        rulings=rulings(ruling),
        year=year,
    )


def limits(given: list[str] | None) -> "Limits":
    """``NAME=NUMBER`` texts as the limits of a file; BadParameter for one there is not."""
    from awards.workbook.limits import Limits

    pairs = dict(_pair(text, "--limit") for text in given or ())
    names = [each.name for each in fields(Limits)]
    for name, value in pairs.items():
        if name not in names or not value.isdecimal():
            raise typer.BadParameter(f"{name}={value}: {', '.join(names)}", param_hint="--limit")
    return Limits(**{name: int(value) for name, value in pairs.items()})


def read(
    roster: list[Path],
    year: int | None,
    hidden: bool = False,
    mapping: Path | None = None,
    limit: list[str] | None = None,
) -> "Roster":
    """The roster in files and folders; how far it is shows on a terminal."""
    from awards import read_roster

    with output.progress() as progress:
        return read_roster(
            *roster,
            year=year,
            hidden=hidden,
            mapping=mapping,
            limits=limits(limit),
            progress=progress,
        )


def load(name: str, folders: Iterable[Path] | None) -> "Schedule":
    """The schedule called *name*."""
    from awards import load_schedule

    return load_schedule(name, folders=folders or ())


def _pair(text: str, option: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not (name and equals and value):
        raise typer.BadParameter(f"{text!r}: NAME=VALUE", param_hint=option)
    return name.strip(), value.strip()
