"""What a user says of the sheets of a list: a mapping file, which goes before what is recognised.

It is TOML. ``awards check --save-mapping`` writes one as things were recognised; whoever finds a
column taken wrongly corrects it there, and the next file of the same office needs no help.
"""

import json
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, Literal, get_args

from awards.positions import nearest, positions
from awards.problems import FileError, Place, Problem, problem
from awards.records import FIELDS
from awards.workbook.headings import FACT, OF_PEOPLE, PEOPLE, Meaning, bare

SheetKind = Literal["results", "facts", "ledger", "rulings", "skip"]
IGNORE = "ignore"
_KEYS = ("sheet", "kind", "header", "columns", "title", "lines")
_NO_TITLE = ("person", "person_id", "role")
_MEANING = re.compile(
    r"(?P<one>[a-z_]+)(?:\.(?P<field>[a-z_]+))?(?: (?P<number>\w+))?"
    r"(?:\+(?P<second>instructor))?(?:: (?P<prize>.+))?"
)


@dataclass(frozen=True, slots=True)
class SheetMap:
    """What is said of the sheets called ``sheet`` (``*`` stands for anything; None: every sheet).

    ``columns`` are by heading, the lines of one parted by ``/``, or by letter in square brackets.
    ``lines`` between the rows say fields, or nothing.
    """

    sheet: str | None = None
    kind: SheetKind | None = None
    header: range | None = None
    columns: Mapping[str, Meaning] = field(default_factory=dict)
    title: Mapping[str, str | int] = field(default_factory=dict)
    lines: Mapping[str, Mapping[str, str | int]] = field(default_factory=dict)

    def is_about(self, sheet: str) -> bool:
        """Whether it is said of a sheet called *sheet*."""
        return self.sheet is None or fnmatchcase(sheet, self.sheet)

    def meaning(self, letters: str, texts: Sequence[str]) -> Meaning | None:
        """What the column is said to mean that has *texts* over it; None where nothing is said."""
        if not self.columns:
            return None
        for key in (f"[{letters}]", key_of(texts), key_of(texts[-1:])):
            if key in self.columns:
                return self.columns[key]
        return None

    def line(self, text: str) -> Mapping[str, str | int] | None:
        """What a line between the rows is said to say; nothing in it if it is to be ignored."""
        return self.lines.get(bare(text)) if self.lines else None


NO_MAP = SheetMap()


@dataclass(frozen=True, slots=True)
class Mappings:
    """A mapping file: what is said of each sheet; the first that is about a sheet holds."""

    file: str = ""
    sheets: tuple[SheetMap, ...] = ()

    def of(self, sheet: str) -> SheetMap:
        """What is said of the sheet called *sheet*."""
        return next((each for each in self.sheets if each.is_about(sheet)), NO_MAP)

    def idle(self, sheets: Iterable[str]) -> list[Problem]:
        """A warning for each part that is about none of *sheets*."""
        names = list(sheets)
        return [
            problem("mapping-no-sheet", Place(self.file), "warning", found=each.sheet)
            for each in self.sheets
            if not any(map(each.is_about, names))
        ]


NO_MAPPING = Mappings()


def key_of(texts: Sequence[str]) -> str:
    """The heading of a column as a key: its lines parted by a stroke.

    >>> key_of(["获奖学生", "姓　名"])
    '获奖学生/姓名'
    """
    return "/".join(bare(text) for text in texts)


def written(means: Meaning) -> str:
    """A meaning as it is written in a mapping file.

    >>> written(Meaning("person_id", "student", "2")), written(Meaning("person", "student"))
    ('student.person_id 2', 'student')
    >>> written(Meaning("person", "competitor", prize="一等奖")), written(FACT)
    ('competitor: 一等奖', 'fact')
    """
    if means.field is None:
        return "fact"
    one = means.whose if means.is_names and means.whose else means.field
    if means.whose and not means.is_names:
        one = f"{means.whose}.{means.field}"
    number = f" {means.number}" if means.number else ""
    second = f"+{means.second}" if means.second else ""
    return f"{one}{number}{second}" + (f": {means.prize}" if means.prize else "")


def parsed(text: str) -> Meaning | None:
    """The meaning that *text* writes; None where it writes none.

    >>> parsed("student.person_id 2") == Meaning("person_id", "student", "2")
    True
    >>> parsed("competitor+instructor").second, parsed("pupil"), parsed("fact") == FACT
    ('instructor', None, True)
    """
    match = _MEANING.fullmatch(text.strip())
    if text.strip() == "fact":
        return FACT
    if match is None:
        return None
    one, of, *more = (match[name] for name in ("one", "field", "number", "prize", "second"))
    if one in PEOPLE and (of is None or of in OF_PEOPLE):
        return Meaning(of or "person", one, *more)
    return Meaning(one, None, *more) if one in (*FIELDS, "ruling") and of is None else None


def read_mapping(path: str | Path) -> Mappings:
    """The mapping in a file; FileError with every fault of it, each with its line."""
    path = Path(path)
    try:
        text = path.read_text("utf-8")
        tables = tomllib.loads(text)
    except (OSError, UnicodeDecodeError) as error:
        raise FileError(problem("no-file", Place(str(path)), fault=error)) from error
    except tomllib.TOMLDecodeError as error:
        raise FileError(problem("bad-toml", Place(str(path)), fault=error)) from error
    reading = _Reading(path.name, positions(text))
    sheets = tables.pop("sheets", [])
    for key in tables:
        reading.fault((key,), "unknown-key", key=key)
    if not isinstance(sheets, list):
        reading.fault(
            ("sheets",), "mapping-word", key="sheets", found=sheets, expected="[[sheets]]"
        )
        sheets = []
    found = tuple(reading.sheet(number, each) for number, each in enumerate(sheets))
    if reading.faults:
        raise FileError(reading.faults)
    return Mappings(path.name, found)


class _Reading:
    """A mapping file on its way in, with the faults found so far."""

    def __init__(self, file: str, places: Mapping[Any, tuple[int, int]]) -> None:
        self.file = file
        self.places = places
        self.faults: list[Problem] = []

    def fault(self, keys: tuple[str | int, ...], code: str, **values: object) -> None:
        """One more fault, at the line of *keys*."""
        line, column = nearest(self.places, keys) or (1, 1)
        place = Place(self.file, row=line, column=column)
        self.faults.append(problem(code, place, "error", **values))

    def sheet(self, number: int, table: Mapping[str, Any]) -> SheetMap:
        """What one ``[[sheets]]`` says."""
        at = ("sheets", number)
        for key in table:
            if key not in _KEYS:
                self.fault((*at, key), "unknown-key", key=key)
        kind, header = table.get("kind"), table.get("header")
        if kind is not None and kind not in get_args(SheetKind):
            self._word((*at, "kind"), kind, "、".join(get_args(SheetKind)))
            kind = None
        rows = header if isinstance(header, list) else [header]
        if header is not None and not all(isinstance(row, int) and row > 0 for row in rows):
            self._word((*at, "header"), header, "[2, 3]")
            header = None
        name = table.get("sheet")
        return SheetMap(
            str(name) if name is not None else None,
            kind,
            range(min(rows), max(rows) + 1) if header is not None else None,
            dict(self._columns(at, table.get("columns", {}))),
            dict(self._fields((*at, "title"), table.get("title", {}))),
            {
                bare(text): {} if said == IGNORE else dict(self._fields((*at, "lines", text), said))
                for text, said in self._table((*at, "lines"), table.get("lines", {})).items()
            },
        )

    def _columns(self, at: tuple[str | int, ...], table: object) -> Iterable[tuple[str, Meaning]]:
        for heading, text in self._table((*at, "columns"), table).items():
            means = parsed(text) if isinstance(text, str) else None
            if means is None:
                words = (*PEOPLE, *FIELDS, "fact")
                self._word((*at, "columns", heading), text, "、".join(words))
            else:
                yield (heading if heading.startswith("[") else key_of(heading.split("/"))), means

    def _fields(self, at: tuple[str | int, ...], table: object) -> Iterable[tuple[str, str | int]]:
        for name, value in self._table(at, table).items():
            if name not in FIELDS or name in _NO_TITLE or not _is_word(value):
                expected = "、".join(each for each in FIELDS if each not in _NO_TITLE)
                self._word((*at, name), name, expected)
            else:
                yield name, value

    def _table(self, at: tuple[str | int, ...], table: object) -> Mapping[str, Any]:
        if isinstance(table, dict):
            return table
        self._word(at, table, "{ … }")
        return {}

    def _word(self, at: tuple[str | int, ...], found: object, expected: str) -> None:
        self.fault(at, "mapping-word", key=at[-1], found=found, expected=expected)


def text_of(sheets: Sequence[SheetMap], comments: Sequence[Sequence[str]], head: str) -> str:
    """A mapping file: *sheets*, each under its *comments*, the whole under *head*."""
    lines = [f"# {line}" for line in head.splitlines()]
    for each, said in zip(sheets, comments, strict=True):
        lines += ["", "[[sheets]]"]
        lines += [f"sheet = {_quoted(each.sheet)}"] if each.sheet is not None else []
        lines += [f"kind = {_quoted(each.kind)}"] if each.kind else []
        if each.header:
            lines.append(f"header = {sorted({each.header[0], each.header[-1]})}")
        lines += [f"# {line}" for line in said]
        if each.columns:
            lines.append("[sheets.columns]")
            lines += [f"{_quoted(k)} = {_quoted(written(m))}" for k, m in each.columns.items()]
    return "\n".join(lines) + "\n"


def _quoted(text: str | None) -> str:
    return json.dumps(text or "", ensure_ascii=False)


def _is_word(value: object) -> bool:
    return isinstance(value, str | int) and not isinstance(value, bool)
