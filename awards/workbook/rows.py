"""What each row under a header is: a result, or one of the lines that office tables have besides.

A row counts as a total or a note only where it cannot be a result; else it is read as one.
"""

import re
from collections.abc import Iterator, Mapping, Set
from functools import cache
from typing import Literal

from awards.terms import terms
from awards.workbook.grid import Grid, Position
from awards.workbook.headings import bare
from awards.workbook.layout import Table, is_wide, repeats
from awards.workbook.people import split_names
from awards.workbook.phrases import is_place
from awards.workbook.sections import begins, line

Kind = Literal["result", "header", "total", "note", "example", "number", "section", "line", "blank"]
"""``number``: only numbered, not filled in. ``section``: says something of the rows below.
``line``: text across the table that says nothing known. ``blank``: nothing.
"""


def kinds(grid: Grid, table: Table) -> Mapping[int, Kind]:
    """The kind of each row of *table*.

    Below the last result, after a total, a note or a blank row, single cells are notes too; where
    there is no result at all, they may be results without a name.
    """
    numbered = terms().marks["rows.number"]
    counting = {c.index for c in table.columns if bare(c.heading) in numbered}
    found = dict(_kinds(grid, table, counting))
    if "section" in found.values():
        unread = (row for row in found if found[row] == "result" and _is_unread(grid, table, row))
        found.update(dict.fromkeys(unread, "line"))
    upwards = (row for row in sorted(found, reverse=True) if found[row] == "result")
    last = next((row for row in upwards if not _is_single(grid, table, row)), 0)
    is_below = False
    for row in (row for row in sorted(found) if 0 < last < row):
        is_below = is_below or row - 1 not in table.rows
        if is_below and found[row] in ("line", "result") and _is_single(grid, table, row):
            found[row] = "note"
        is_below = is_below or found[row] in ("total", "note")
    covered = (row for row in table.rows if row not in found)
    return found | {row: _covered(grid, table, row, found) for row in covered}


def _kinds(grid: Grid, table: Table, counting: Set[int]) -> Iterator[tuple[int, Kind]]:
    """The kind of each row with content of its own; the usual row first: a number, and more."""
    most = max(1, len(counting))
    is_whole = not grid.broken
    for row in table.rows:
        line = grid.lines.get(row)
        if line and is_whole and line[0].__class__ is int and len(line) - line.count(None) > most:
            yield row, "result"
        elif grid.has_own(row):
            yield row, _kind(grid, table, row, counting)


def _kind(grid: Grid, table: Table, row: int, counting: Set[int]) -> Kind:
    """The kind of a row with content of its own, looked at alone; *counting* columns number."""
    own = grid.own(row)
    first = grid.text(own[0])
    if first.isdecimal() and len(own) > max(1, len(counting)) and not grid.broken:
        return "result"  # the usual row, first; a header or a remark begins with a word
    if repeats(grid, row, table.header):
        return "header"
    if not first.isdecimal():
        if says("rows.example", first):
            return "example"
        for kind in _REMARKS:
            if says(f"rows.{kind}", first) and not _is_result(grid, table, row):
                return kind
    if all(at[1] in counting and grid.text(at).isdecimal() for at in own):
        return "number"
    return "result" if len(own) > 1 else _of_one_cell(grid, table, own[0])


def _of_one_cell(grid: Grid, table: Table, at: Position) -> Kind:
    """The kind of a row whose only cell is *at*; the name of a place stands over its people."""
    if line(grid, table, at):
        return "section"
    if grid.said.line(grid.text(at)) is not None:
        return "note"
    if is_wide(grid, at):
        return "note" if is_place(grid.text(at)) else "line"
    return "result"


_REMARKS: tuple[Literal["total", "note"], ...] = ("total", "note")


def says(mark: str, text: str) -> bool:
    """Whether *text* begins with a word of *mark* and no other word.

    >>> says("rows.note", "注：1.本表"), says("rows.note", "注册会计"), says("rows.total", "合 计")
    (True, False, True)
    """
    return bool(_beginning(mark).match(bare(text)))


@cache
def _beginning(mark: str) -> re.Pattern[str]:
    words = sorted(map(bare, terms().marks[mark]), key=len, reverse=True)
    either = "|".join(map(re.escape, words))
    return re.compile(rf"[\[(【<]?(?:{either})(?:人|者|\(.*?\))?(?![^\W\d_])")


def _is_result(grid: Grid, table: Table, row: int) -> bool:
    """Whether *row* could be a result: a known prize, or a name with something known beside it."""
    has_name = has_more = False
    first = next(iter(grid.own(row)), None)
    for column in table.columns:
        at = grid.source((row, column.index))
        text = grid.text(at)
        if not text or column.meaning.field is None or says("rows.note", text):
            continue
        if column.meaning.field == "prize" and terms().canonical("prize", text):
            return True
        if column.meaning.is_names:
            names = split_names(text)
            has_name = has_name or bool(names.people and not names.unclear)
        else:
            has_more = has_more or not (at == first and says("rows.total", text))
    return has_name and has_more


def _is_single(grid: Grid, table: Table, row: int) -> bool:
    """Whether *row* has one cell only, and not where names stand."""
    own = grid.own(row)
    names = [column.index for column in table.names()]
    return len(own) == 1 and (own[0][1] not in names or is_wide(grid, own[0]))


def _is_unread(grid: Grid, table: Table, row: int) -> bool:
    """Whether *row*, among lines that say things, may be another such line that is not understood:
    its only cell is the first, and no name of a person.
    """
    own = grid.own(row)
    if len(own) != 1 or not begins(table, own[0]) or own[0] in grid.broken:
        return False
    if all(own[0][1] != column.index for column in table.names()):
        return True
    names = split_names(grid.text(own[0]))
    return bool(names.unclear or names.long)


def _covered(grid: Grid, table: Table, row: int, found: Mapping[int, Kind]) -> Kind:
    """The kind of a row that only merged ranges from above fill.

    With the names merged too it is the same result as above; without, its names are missing.
    """
    filled: dict[int, Position] = {}
    for column in table.columns:
        at = grid.source((row, column.index))
        if at[0] != row and grid.is_filled(at) and found.get(at[0]) == "result":
            filled[column.index] = at
    every = [column for column in table.names() if not column.meaning.second]
    names = [column for column in every if column.meaning.whose != "instructor"]
    has_names = any(column.index in filled for column in names or every)
    return "result" if filled and names and not has_names else "blank"
