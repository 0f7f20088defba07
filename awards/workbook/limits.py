"""How much a file may be: settings with generous defaults, and the gate that holds to them."""

from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import NoReturn

from awards.problems import FileError, Place, problem


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may hold. The defaults are far above any real list and far below harm."""

    unpacked: int = 1 << 30
    """Bytes that all parts together may unpack to; of a file that is not packed, its size."""
    part: int = 512 << 20
    """Bytes that one part may unpack to."""
    ratio: int = 200
    """Bytes unpacked for one byte of the file; looked at above ``ratio_from`` bytes."""
    ratio_from: int = 10 << 20
    cells: int = 20_000_000
    """Cells in all sheets, blank but formatted ones included."""
    area: int = 20_000_000
    """Rows times columns of one sheet, up to its last filled cell: each takes 24 bytes."""
    columns: int = 1 << 11
    """The last filled column of a sheet."""
    merges: int = 20_000
    """Merged ranges in one sheet."""
    merged: int = 2_000_000
    """Cells under the merged ranges of one sheet."""
    cell: int = 32_767
    """Characters in one cell."""
    text: int = 256 << 20
    """Characters in all cells together, a text in several cells counted for each."""
    parts: int = 10_000
    """Parts that a packed file may have."""
    seconds: int = 300
    """Time for the cells of one file, and as much again for its rows. It is looked at between
    pieces of work: a piece, at most one sheet in the hands of another library, is always finished.
    """


LIMITS = Limits()


class Gate:
    """One file on its way in: what it is called in messages, its limits, and since when."""

    def __init__(self, path: Path, limits: Limits = LIMITS) -> None:
        self.path = path
        self.limits = limits
        self._until = monotonic() + limits.seconds

    def refuse(self, code: str, **values: object) -> NoReturn:
        """Raise the FileError that says in one sentence why the file cannot be read."""
        raise FileError(problem(code, Place(str(self.path)), "error", **values)) from None

    def hold(self, found: int, limit: int, code: str) -> None:
        """Refuse the file where *found* is above *limit*; *code* says what there is too much of."""
        if found > limit:
            self.refuse(code, found=f"{found:,}", limit=f"{limit:,}")

    def tick(self) -> None:
        """Refuse the file where its time is up."""
        if monotonic() > self._until:
            self.refuse("file-too-slow", limit=self.limits.seconds)
