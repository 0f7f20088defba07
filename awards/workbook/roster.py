"""A result list in a workbook → a roster: one result for each person, with where it stands.

Every row with content ends as results, as a located problem or as a note on why it is skipped.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import get_args

from awards.problems import Place, Problem, Severity, problem
from awards.records import Result, Roster
from awards.terms import terms
from awards.words import LANGS, say
from awards.workbook.beside import blocks
from awards.workbook.extras import facts_of, kind_of, ledger_of, rulings_of
from awards.workbook.grid import Grid, letters
from awards.workbook.headings import is_heading
from awards.workbook.layout import Table, tables
from awards.workbook.limits import LIMITS, Limits
from awards.workbook.mapping import NO_MAPPING, Mappings, read_mapping
from awards.workbook.nature import Nature, is_own, nature
from awards.workbook.pause import no_collection
from awards.workbook.people import masked
from awards.workbook.progress import Progress, Steps, no_steps
from awards.workbook.results import read_row, source
from awards.workbook.rows import Kind, kinds
from awards.workbook.sections import miscounted, sections, unread
from awards.workbook.sources import Book, read_books
from awards.workbook.titles import known
from awards.workbook.usual import usual

SHOWN = 40
"""Letters of a cell shown in a message."""

_SKIPPED: Mapping[Kind, str] = {
    "header": "skipped-header",
    "total": "skipped-total",
    "note": "skipped-note",
    "example": "skipped-example",
    "number": "skipped-number",
}


def read_roster(
    *paths: str | Path,
    year: int | None = None,
    hidden: bool = False,
    mapping: str | Path | Mappings | None = None,
    limits: Limits = LIMITS,
    progress: Progress | None = None,
) -> Roster:
    """The results of files, and what they say of contests, earlier payments and rulings.

    A folder stands for the lists in it. FileError is raised where a file cannot be read at all.
    *year* holds for lists without a column of years. Faults of the data are in ``problems``
    and, where they make a result doubtful, in its ``faults``; ``notes`` say what was skipped
    and what was taken from titles and sheet names. *hidden* sheets are read where it is asked.
    *mapping*, a file or what ``read_mapping`` gave, goes before what is recognised.
    *progress* is called now and then with the name of a file, its rows read and all its rows.
    """
    parts = []
    told = mapping if isinstance(mapping, Mappings) else NO_MAPPING
    if isinstance(mapping, str | Path):
        told = read_mapping(mapping)
    sheets: list[str] = []
    with no_collection():
        for book in read_books(paths, limits):
            parts.append(about(book))
            names = {grid.sheet for grid in book.grids}
            if any(names >= own for own in _PAYOUT_SHEETS):
                parts.append(Roster((), (problem("payout-workbook", Place(book.label)),)))
            else:
                steps = Steps(book, progress, limits)
                grids = [replace(grid, said=told.of(grid.sheet)) for grid in book.grids]
                parts += (_read(grid, year, hidden, steps) for grid in grids)
            sheets += names
    parts.append(Roster((), tuple(told.idle(sheets))))
    return _something(together(parts))


_PAYOUT_SHEETS = tuple(
    {say(f"sheet.{name}", lang) for name in ("details", "unpaid", "basis")} for lang in LANGS
)
"""Sheets that only a payout workbook of our own has together, in each language."""


_OUR_SHEETS = tuple(
    say(f"sheet.{name}", lang)
    for lang in LANGS
    for name in (
        *("signed_students", "signed_teachers", "signed_others"),
        *("transfer_students", "transfer_teachers", "transfer_others"),
        *("award_summary", "award_schools", "award_tax", "batches"),
    )
)
"""The sheets of documents that are made from a result list, in each language."""


_NO_LIST = ("no-header", *get_args(Nature))


def _something(found: Roster) -> Roster:
    """*found*; where nothing at all was read from what looks like no list, that is an error."""
    if found.results or all(each.code not in _NO_LIST for each in found.problems):
        return found
    problems = (
        replace(each, severity="error") if each.code in _NO_LIST else each
        for each in found.problems
    )
    return replace(found, problems=tuple(problems))


def about(book: Book) -> Roster:
    """What there is to say of a file as a whole."""
    notes = tuple(each for each in book.problems if each.severity == "info")
    return Roster((), tuple(each for each in book.problems if each not in notes), notes)


def _read(grid: Grid, year: int | None, hidden: bool, steps: Steps) -> Roster:
    """What one sheet holds: results, or what its name says that it is."""
    if grid.sheet in _OUR_SHEETS:
        return Roster((), (problem("own-document", _sheet(grid), name=grid.sheet),))
    if grid.hidden and hidden:
        note = problem("hidden-sheet-read", _sheet(grid), "info")
        shown = _read(replace(grid, hidden=False), year, hidden, steps)
        return together([Roster((), (), (note,)), shown])
    if grid.said.kind == "skip":
        return Roster((), (), (problem("skipped-sheet", _sheet(grid), "info"),))
    kind = None if grid.hidden else kind_of(grid)
    if kind == "facts":
        return facts_of(grid)
    if kind == "ledger":
        return ledger_of(grid, read_sheet(grid) if tables(grid) else None)
    return rulings_of(grid, "sheet") if kind == "rulings" else read_sheet(grid, year, steps)


def read_sheet(grid: Grid, year: int | None = None, steps: Steps | None = None) -> Roster:
    """The results of one sheet; a hidden one is reported and left alone."""
    steps = steps or no_steps()
    if grid.hidden:
        return Roster((), (problem("hidden-sheet", _sheet(grid), "warning"),))
    found = [(part, tables(part)) for part in blocks(grid)]
    if not grid.said.kind and is_own(grid):
        return Roster((), (), (problem("own-sheet", _sheet(grid), "info"),))
    if not grid.said.kind and (code := nature(grid, [table for _, own in found for table in own])):
        return Roster((), (problem(code, _sheet(grid), "warning"),))
    if not found[0][1]:
        unread = _unread(grid)
        return replace(unread, problems=(*unread.problems, *_left_over(grid, unread.problems)))
    first = found[0][1][0]
    whole = together(
        [
            _read_table(part, each, year, steps, first if each is not first else None)
            for part, own in found
            for each in own
        ]
    )
    problems = (*whole.problems, *_left_over(grid, whole.problems))
    return replace(whole, problems=tuple(sorted(problems, key=_order)))


def _order(found: Problem) -> tuple[int, int, str]:
    """Down the sheet, and from the left in a row."""
    cell = found.place.cell or ""
    return (found.place.row or 0, len(cell), cell)


def _read_table(
    grid: Grid, table: Table, year: int | None, steps: Steps, above: Table | None
) -> Roster:
    """The results of one table, with a note or a problem for each row that gives none.

    *above* is the first table of the sheet, where this is another.
    """
    kind_of = kinds(grid, table)
    lines = {row: kind for row, kind in kind_of.items() if kind in ("section", "line")}
    within = sections(grid, table, lines)
    said = known(grid, table, year, within.fields(), above)
    reading = source(grid, table, said, within)
    at_once = usual(reading)
    parts = [Roster((), table.faults, (*table.problems, *said.notes, *within.notes))]
    alike: list[Result] = []
    for row in table.rows:
        steps.take()
        kind = kind_of[row]
        found = at_once(row) if kind == "result" else None
        if found:
            alike.append(found)
            continue
        parts.append(Roster(tuple(alike)))
        alike.clear()
        parts.append(read_row(reading, row) if kind == "result" else _skipped(grid, row, kind))
    parts.append(Roster(tuple(alike)))
    results = [result for part in parts for result in part.results]
    parts.append(Roster((), tuple(miscounted(grid, table, lines, results))))
    hidden = [row for row in table.rows if row in grid.hidden_rows and kind_of[row] == "result"]
    if hidden:
        place = replace(_sheet(grid), row=hidden[0])
        values = {"count": len(hidden), "row": hidden[0]}
        parts.append(Roster((), (problem("hidden-rows", place, "warning", **values),)))
    columns = [each.index for each in table.columns if each.index in grid.hidden_columns]
    if columns:
        told = {"count": len(columns), "column": letters(columns[0])}
        parts.append(Roster((), (problem("hidden-columns", _sheet(grid), "warning", **told),)))
    return together(parts)


def together(parts: Sequence[Roster]) -> Roster:
    """One roster from several, in order. What merged cells repeat in several rows is kept once;
    warnings that came as notes on columns are problems.
    """
    problems = [each for part in parts for each in part.problems]
    notes = [each for part in parts for each in part.notes]
    problems += (note for note in notes if note.severity != "info")
    return Roster(
        tuple(result for part in parts for result in part.results),
        _once(problems),
        _once([note for note in notes if note.severity == "info"]),
        tuple(fact for part in parts for fact in part.facts),
        tuple(payment for part in parts for payment in part.ledger),
        tuple(ruling for part in parts for ruling in part.rulings),
    )


def _once(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    kept: dict[tuple[object, ...], Problem] = {}
    for each in problems:
        key = (each.code, each.place, *each.values.items())
        if key not in kept or each.severity == "error":
            kept[key] = each
    return tuple(kept.values())


def _sheet(grid: Grid) -> Place:
    return Place(grid.file, grid.sheet)


def _shown(text: str) -> str:
    text = masked(text)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def _skipped(grid: Grid, row: int, kind: Kind) -> Roster:
    """Why *row* gives no result: a note; a problem for text across the table, which may matter."""
    if kind in ("blank", "section"):
        return Roster(())
    at = grid.own(row)[0]
    found = _shown(grid.text(at))
    if kind == "line":
        return Roster((), (unread(grid, at),))
    return Roster((), (), (problem(_SKIPPED[kind], grid.place(at), "info", found=found),))


def _unread(grid: Grid) -> Roster:
    """Why a sheet without a header is not read: an error if it looks like a list.

    Empty sheets and plain text only get a warning, and one that explains the headings a note.
    """
    if not grid.rows:
        return Roster((), (problem("empty-sheet", _sheet(grid), "warning"),))
    if _explains(grid):
        return Roster((), (), (problem("guide-sheet", _sheet(grid), "info"),))
    is_text = all(len(grid.own(row)) < 2 for row in grid.rows)
    wanted = [terms().columns[name][0] for name in ("person", "competitor", "event", "prize")]
    severity: Severity = "warning" if is_text else "error"
    return Roster((), (problem("no-header", _sheet(grid), severity, expected="、".join(wanted)),))


def _explains(grid: Grid) -> bool:
    """Whether headings stand one under another without a prize beside them, as in a guide."""
    texts = {at: grid.text(at) for row in grid.rows for at in grid.own(row)}
    headings = Counter(column for (_, column), text in texts.items() if is_heading(text))
    has_prize = any(terms().canonical("prize", text) for text in texts.values())
    return not has_prize and max(headings.values(), default=0) > 2


def _left_over(grid: Grid, problems: Sequence[Problem]) -> list[Problem]:
    """A warning at each broken cell outside the results: in a title, a total or a note."""
    said = {each.place.cell for each in problems}
    left = [fault for fault in grid.broken.values() if fault.place.cell not in said]
    return [replace(fault, severity="warning") for fault in left]
