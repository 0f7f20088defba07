"""Where things go: tables and data to stdout, messages to stderr, files whole or not at all."""

import csv
import io
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from awards.words import Lang, say

if TYPE_CHECKING:
    from awards import Problem

FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def table(headings: Sequence[str], rows: Iterable[Sequence[str]], money: int | None = None) -> None:
    """Print *rows* under *headings*; the column *money* is set to the right."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    shown = Table(box=box.ASCII_DOUBLE_HEAD, show_edge=False, pad_edge=False)
    for index, heading in enumerate(headings):
        shown.add_column(heading, justify="right" if index == money else "left", no_wrap=False)
    for row in rows:
        shown.add_row(*map(_plain, row))
    width = None if sys.stdout.isatty() else 240
    Console(file=sys.stdout, width=width, highlight=False, markup=False).print(shown)


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], object] | None]:
    """What shows on a terminal how far each file is; None where stderr is none."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress, TaskID

    with Progress(console=Console(stderr=True), transient=True) as shown:
        tasks: dict[str, TaskID] = {}

        def show(name: str, done: int, whole: int) -> None:
            if name not in tasks:
                tasks[name] = shown.add_task(_plain(name), total=whole)
            shown.update(tasks[name], completed=done)

        yield show


def line(text: str = "") -> None:
    """Print one line of data."""
    sys.stdout.write(text + "\n")


def message(text: str) -> None:
    """Tell the user something that is not data."""
    sys.stderr.write(text + "\n")


def problems(found: Iterable["Problem"], lang: Lang) -> None:
    """Tell every problem, errors first."""
    ranked = sorted(found, key=lambda each: ("error", "warning", "info").index(each.severity))
    for each in ranked:
        message(f"{say(f'severity.{each.severity}', lang)} {each.line(lang)}")


def json(value: Any) -> None:
    """Print a pydantic *value* as JSON; escaped where the terminal is not Unicode."""
    sys.stdout.write(as_json(value, (sys.stdout.encoding or "").lower().startswith("utf")) + "\n")


def as_json(value: Any, unicode: bool = True) -> str:
    """A pydantic *value* as JSON text."""
    import json as writer

    return writer.dumps(_hidden(value.model_dump(mode="json")), ensure_ascii=not unicode, indent=2)


def _hidden(value: Any) -> Any:
    """*value* with the numbers of cards masked in every text of it."""
    from awards.identity import hidden

    if isinstance(value, dict):
        return {name: _hidden(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_hidden(each) for each in value]
    return hidden(value) if isinstance(value, str) else value


def as_csv(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """*rows* as CSV text; text that a spreadsheet would take for a formula begins with ``'``."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(headings)
    for row in rows:
        writer.writerow([_safe(cell) for cell in row])
    return text.getvalue()


def load_openpyxl() -> None:
    """Import openpyxl without numpy, which it would load only to know its types.

    That is for this process alone, in which no cell ever holds such a value on the small way.
    """
    if "openpyxl" in sys.modules or "numpy" in sys.modules:
        return
    sys.modules["numpy"] = None  # type: ignore[assignment]  # an import of it now fails
    try:
        import openpyxl  # noqa: F401  # it stays loaded
    finally:
        del sys.modules["numpy"]


@contextmanager
def extra(name: str) -> Iterator[None]:
    """Tell which extra to install where a library that it brings is not there."""
    from awards.problems import OptionError, problem

    try:
        yield
    except ModuleNotFoundError as error:
        raise OptionError(problem("no-extra", extra=name)) from error


def spare(path: Path, *inputs: Path | None) -> None:
    """Refuse *path* where it is one of the *inputs*: a list is never overwritten."""
    from awards.problems import FileError, Place, problem

    for each in inputs:
        if each is not None and path.exists() and each.exists() and path.samefile(each):
            raise FileError(problem("output-is-input", Place(str(path))))


def write(path: Path, force: bool, writer: Callable[[Path], None]) -> None:
    """Let *writer* make the file *path*: whole or not at all, over another only with *force*."""
    from awards.problems import FileError, Place, problem

    place = Place(str(path))
    if path.exists() and not force:
        raise FileError(problem("file-exists", place))
    if not path.parent.is_dir():
        raise FileError(problem("no-folder", Place(str(path.parent))))
    handle, name = tempfile.mkstemp(suffix=path.suffix, prefix=".", dir=path.parent)
    os.close(handle)
    temporary = Path(name)
    try:
        writer(temporary)
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
    except OSError as error:
        raise FileError(problem("cannot-write", place, fault=error.strerror or error)) from error
    finally:
        temporary.unlink(missing_ok=True)


def save(
    path: Path,
    force: bool,
    workbook: Callable[[Path], None],
    report: Callable[[], Any],
    rows: Callable[[], str],
) -> None:
    """Write the form that the ending of *path* asks for: a workbook, the report as JSON, or CSV."""
    from awards.problems import FileError, Place, problem

    ending = path.suffix.lower()
    if ending == ".xlsx":
        write(path, force, workbook)
    elif ending == ".json":
        write_text(path, force, as_json(report()) + "\n")
    elif ending == ".csv":
        write_text(path, force, rows(), "utf-8-sig")
    else:
        raise FileError(problem("unknown-ending", Place(str(path)), found=ending or "-"))


def write_text(path: Path, force: bool, text: str, encoding: str = "utf-8") -> None:
    """Write *text* to *path* under the same rules."""
    write(path, force, lambda temporary: _write_text(temporary, text, encoding))


def _write_text(path: Path, text: str, encoding: str) -> None:
    path.write_text(text, encoding, newline="\n")


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current


def _safe(cell: object) -> object:
    cell = _hidden(cell)
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def _plain(text: str) -> str:
    """*text* on one line, without control characters and numbers of cards."""
    return str(_hidden("".join(c if c.isprintable() else " " for c in text)))
