"""Where each key of a TOML text stands, so that a fault in a policy file names line and column.

The standard library reads TOML but keeps no places. This reads only the structure (headers,
keys, inline tables, arrays) of a text that is known to be valid.

>>> positions('[a]\\nb = { c = 1 }\\n[[steps]]\\ndo = "x"\\n')["steps", 0, "do"]
(4, 1)
"""

import re
from collections.abc import Callable, Mapping

Path = tuple[str | int, ...]
Position = tuple[int, int]

KEY = re.compile(r"""[ \t]*("(?:\\.|[^"\\])*"|'[^']*'|[A-Za-z0-9_-]+)[ \t]*(\.?)""")
STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"""' "|'''.*?'''" r'|"(?:\\.|[^"\\])*"' "|'[^']*'", re.DOTALL
)
SPACE = re.compile(r"(?:[ \t\r\n,]|#[^\n]*)*")
PLAIN = re.compile(r"[^,\]}#\r\n]+")


def positions(text: str) -> Mapping[Path, Position]:
    """Line and column, from 1, of every key and array element of a valid TOML *text*, by path."""
    reader = _Reader(text)
    reader.document()
    return reader.found


def spans(text: str) -> Mapping[Path, tuple[int, int]]:
    """Where the value of every key and array element of a valid TOML *text* begins and ends.

    >>> text = "[a]\\nb = { c = 10 } # ten\\n"
    >>> start, end = spans(text)["a", "b", "c"]
    >>> text[start:end]
    '10'
    """
    reader = _Reader(text)
    reader.document()
    return reader.spans


def nearest(found: Mapping[Path, Position], path: Path) -> Position | None:
    """The position of *path*, or of the innermost part of it that stands in the text."""
    while path:
        if path in found:
            return found[path]
        path = path[:-1]
    return None


class _Reader:
    """One pass over a text; ``at`` is the place in it."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.found: dict[Path, Position] = {}
        self.spans: dict[Path, tuple[int, int]] = {}
        self.arrays: dict[Path, int] = {}

    def document(self) -> None:
        """Read all headers and keys."""
        table: Path = ()
        while self.skip() < len(self.text):
            if self.text.startswith("[", self.at):
                table = self.header()
            else:
                self.pair(table)

    def header(self) -> Path:
        start, is_array = self.at, self.text.startswith("[[", self.at)
        self.at += 1 + is_array
        path = self.path(self.key())
        if is_array:
            number = self.arrays.get(path, -1) + 1
            self.arrays[path] = number
            self.note(path, start)
            path = (*path, number)
        self.note(path, start)
        self.at = self.text.index("]", self.at) + 1 + is_array
        return path

    def path(self, key: Path) -> Path:
        """The full path of a header: through the last element of an array of tables."""
        path: Path = ()
        for part in key[:-1]:
            path = (*path, part)
            if path in self.arrays:
                path = (*path, self.arrays[path])
        return (*path, key[-1])

    def pair(self, table: Path) -> None:
        start = self.at
        key = self.key()
        for length in range(1, len(key) + 1):
            self.note((*table, *key[:length]), start)
        self.at = self.text.index("=", self.at) + 1
        self.value((*table, *key))

    def key(self) -> Path:
        parts: list[str | int] = []
        while match := KEY.match(self.text, self.at):
            self.at = match.end()
            word = match[1]
            parts.append(word[1:-1] if word[0] in "\"'" else word)
            if not match[2]:
                break
        return tuple(parts)

    def value(self, path: Path) -> None:
        start = self.skip()
        opening = self.text[start : start + 1]
        if opening == "{":
            self.inside("}", lambda _: self.pair(path))
        elif opening == "[":
            self.inside("]", lambda number: self.element((*path, number)))
        elif match := STRING.match(self.text, self.at) or PLAIN.match(self.text, self.at):
            self.at = match.end()
        read = self.text[start : self.at].rstrip()
        self.spans.setdefault(path, (start, start + len(read)))

    def element(self, path: Path) -> None:
        self.note(path, self.at)
        self.value(path)

    def inside(self, closing: str, read: Callable[[int], None]) -> None:
        self.at += 1
        number = 0
        while self.text[self.skip()] != closing:
            read(number)
            number += 1
        self.at += 1

    def skip(self) -> int:
        """The place after white space, comments and commas."""
        match = SPACE.match(self.text, self.at)
        self.at = match.end() if match else self.at
        return self.at

    def note(self, path: Path, start: int) -> None:
        line = self.text.count("\n", 0, start) + 1
        self.found.setdefault(path, (line, start - self.text.rfind("\n", 0, start)))
