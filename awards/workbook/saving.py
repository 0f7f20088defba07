"""A workbook on disk: whole or not at all."""

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl import Workbook


def save(book: "Workbook", path: Path) -> None:
    """Write *book* to *path*, over what is there; OSError where that cannot be done.

    It is written beside *path* under another name first, so that whatever happens *path* holds
    the old file or the new one, and nothing else is left in the folder.
    """
    beside = path.parent / f".{path.name}.{os.getpid()}.tmp"
    with beside.open("xb") as file:
        try:
            book.save(file)
            file.flush()
            os.fsync(file.fileno())
            os.replace(beside, path)
        except BaseException:
            with suppress(OSError):
                beside.unlink()
            raise
