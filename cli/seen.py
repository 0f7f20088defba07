"""What the sheets of a list were taken for, as ``awards check`` prints it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from awards.words import Lang, say

from . import output

if TYPE_CHECKING:
    from awards.workbook.recognise import SeenSheet, SeenTable

HEADINGS = ("column", "heading", "means", "sure", "fits")


def show(sheets: Iterable["SeenSheet"], lang: Lang) -> None:
    """Print each sheet: what it is, its titles, what each column means, what the rows are."""
    for sheet in sheets:
        name = f"{sheet.file} [{sheet.sheet}]" if sheet.sheet else sheet.file
        output.line(say("seen.sheet", lang, sheet=name, kind=say(f"seen.{sheet.kind}", lang)))
        for cell, text in sheet.titles:
            shown = " ".join(text.split())
            output.line("  " + say("seen.title", lang, cell=cell, text=shown))
        for table in sheet.tables:
            _table(table, sheet.sheet, lang)
        output.line()


def _table(table: "SeenTable", sheet: str, lang: Lang) -> None:
    for name, (value, cell) in table.stated.items():
        told = {"field": _means(name, lang), "value": value, "cell": cell or sheet}
        output.line("  " + say("seen.stated", lang, **told))
    output.line("  " + say("seen.header", lang, rows=_run(table.header)))
    rows = [
        (
            column.letters,
            column.heading,
            _means(column.means, lang),
            say(f"seen.is-{column.sure}", lang),
            f"{column.fits}/{column.filled}",
        )
        for column in table.columns
    ]
    output.table([say(f"seen.{name}", lang) for name in HEADINGS], rows)
    kinds = (
        say("seen.rows", lang, kind=say(f"seen.row-{kind}", lang), rows=_runs(runs))
        for kind, runs in table.rows.items()
    )
    output.line("  " + say("sentence.join", lang).join(kinds))


def _means(means: str, lang: Lang) -> str:
    """A meaning in words, as far as there is a word: ``student.person_id`` stays as it is."""
    from awards.words import knows

    return f"{say(f'field.{means}', lang)} ({means})" if knows(f"field.{means}") else means


def _runs(runs: Iterable[tuple[int, int]]) -> str:
    return ", ".join(map(_run, runs))


def _run(run: tuple[int, int]) -> str:
    return str(run[0]) if run[0] == run[1] else f"{run[0]}-{run[1]}"
