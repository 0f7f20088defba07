"""The usual row of a long list, read at once: one person, each cell as its field has it.

What there is to know of a table is worked out once, and what the types of a row's cells say of it
once for each pattern of types. A row then gives its values and no more. Where there is anything
else to see to (a merged cell, a broken one, two names in one, a prize that says its level) the
row is left to :mod:`awards.workbook.results`, which says the same of the usual ones.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from types import MappingProxyType
from typing import Any

from awards.problems import Place
from awards.records import Result, assembled, attribute_of, entries
from awards.workbook.fields import Slot, event_parts, nobody, prize_parts, year_of
from awards.workbook.grid import Line, letters
from awards.workbook.groups import POWER, Group, judged, unlawful
from awards.workbook.people import names_in
from awards.workbook.results import Source, role_of

Pick = Callable[[Line], tuple[Any, ...]]
Kinds = tuple[type, ...]
_SIMPLE = frozenset((str, int, type(None)))
_PARTED: Mapping[str, Callable[[str], object]] = {
    "prize": prize_parts,
    "event": event_parts,
    "school": lambda text: "\n" in text,
}
"""The fields whose text may say more than one thing, and what tells whether it does."""


class Cells(Mapping[str, str]):
    """The cell of each field of a row: all rows of a pattern share the ``columns``.

    What stands for the whole list, in a title, comes with its row.

    >>> dict(Cells({"person": "B", "level": "A1"}, 7))
    {'person': 'B7', 'level': 'A1'}
    """

    __slots__ = ("_columns", "_row")

    def __init__(self, columns: Mapping[str, str], row: int) -> None:
        self._columns = columns
        self._row = row

    def __getitem__(self, name: str) -> str:
        column = self._columns[name]
        return f"{column}{self._row}" if column.isalpha() else column

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)

    def __repr__(self) -> str:
        return repr(dict(self))


@dataclass(frozen=True, slots=True)
class _Pattern:
    """How rows are read whose cells have the same types, column by column."""

    fields: tuple[str, ...]
    pick: Pick
    facts: tuple[str, ...]
    pick_facts: Pick
    parted: tuple[tuple[int, Callable[[Any], object]], ...]
    """Where a text may say more than one thing."""
    turned: tuple[tuple[str, Callable[[Any], object]], ...]
    """The fields that do not keep the value of the cell, with what they make of it."""
    role: int | None
    columns: Mapping[str, str]
    headings: Mapping[str, str]


class _Patterns(dict[Kinds, _Pattern | None]):
    """The pattern of each row by the types of its cells, each worked out once."""

    def __init__(self, group: Group, slots: Sequence[Slot], over: Mapping[str, str]) -> None:
        self._group = group
        self._slots = slots
        self._over = over

    def __missing__(self, kinds: Kinds) -> _Pattern | None:
        self[kinds] = found = _pattern(self._group, self._slots, self._over, kinds)
        return found


@dataclass(frozen=True)
class _Table:
    """A table whose usual rows can be read at once."""

    source: Source
    group: Group
    patterns: _Patterns
    others: frozenset[int]
    """Rows that are not usual: something in them is merged or broken."""
    are_judged: bool
    """Whether the numbers may be of identity cards, which follow rules of their own."""
    base: Mapping[str, Any]
    """The attributes of a result that says no more than holds for the whole table."""
    facts: Mapping[str, Any]
    roles: dict[object, tuple[str | None, bool]] = field(default_factory=dict)

    def read(self, row: int) -> Result | None:
        """The result of *row*; None where it is not usual."""
        line = self.source.grid.lines.get(row)
        if line is None or row in self.others or not nobody().isdisjoint(line):
            return None
        pattern = self.patterns[tuple(map(type, line))]
        if pattern is None:
            return None
        for at, parts_of in pattern.parted:
            if parts_of(line[at]):
                return None
        return self._result(pattern, line, row)

    def _result(self, pattern: _Pattern, line: Line, row: int) -> Result | None:
        """The one person of *row*, with at most one number; None where there is more to see to."""
        name = self.group.names[0]
        found = names_in(line[name.index - 1])
        if len(found.people) != 1 or found.unclear or found.long:
            return None
        number = None
        if self.group.numbers and not (number := self._number(line, row)):
            return None
        known = dict(self.base)
        known.update(zip(pattern.fields, pattern.pick(line), strict=True))
        for each, turn in pattern.turned:
            known[each] = turn(known[each])
        written = known["role"] if pattern.role is None else line[pattern.role]
        if written not in self.roles:
            self.roles[written] = role_of(self.source, self.group.whose, written)
        role, is_other = self.roles[written]
        if is_other:
            return None
        grid, (who,) = self.source.grid, found.people
        known["person"], known["person_id"], known["role"] = who.name, number, who.role or role
        known["row"] = row
        known["place"] = Place(grid.file, grid.sheet, f"{letters(name.index)}{row}", row)
        known["cells"] = Cells(pattern.columns, row)
        known["headings"] = pattern.headings
        facts = dict(self.facts)
        if pattern.facts:
            facts.update(zip(pattern.facts, pattern.pick_facts(line), strict=True))
        return assembled(known, facts)

    def _number(self, line: Line, row: int) -> str | None:
        """The number of the person of *row*; None where it is blank, several or in doubt."""
        column = self.group.numbers[0]
        number = str(line[column.index - 1] or "")
        if not number.isalnum() or POWER.fullmatch(number):
            return None
        at = (row, column.index)
        if self.are_judged and any(unlawful(self.source.grid, column, at, (number,))):
            return None
        return number


def usual(source: Source) -> Callable[[int], Result | None]:
    """What reads a usual row of *source*: its result; None for a row that has to be looked at."""
    table = _table(source)
    return table.read if table else lambda _: None


def _table(source: Source) -> _Table | None:
    """*source* where its usual rows name one person each, in one column."""
    grid = source.grid
    group = source.groups[0] if len(source.groups) == 1 else Group()
    slots = (*source.shared, *group.fields)
    is_one = len(group.names) == 1 and len(group.numbers) < 2
    is_plain = group.part is None and not group.prize and not source.sections.parts
    are_distinct = len({slot.name for slot in slots}) == len(slots)
    is_faulty = any(fault.severity == "error" for fault in source.table.faults)
    held = entries(source.known.values)
    if not (is_one and is_plain and are_distinct) or is_faulty or held is None:
        return None
    others = frozenset(row for row, _ in (*grid.merged, *grid.broken))
    are_judged = any(any(judged(column.heading)) for column in group.numbers)
    patterns = _Patterns(group, slots, source.known.cells)
    return _Table(source, group, patterns, others, are_judged, *held)


def _pattern(
    group: Group, slots: Sequence[Slot], over: Mapping[str, str], kinds: Kinds
) -> _Pattern | None:
    """How a row with cells of these *kinds* is read; None where one cannot be taken as it is.

    *over* are the cells of what holds for the whole table.
    """
    of = dict(enumerate(kinds))
    names = [column.index - 1 for column in group.names]
    numbers = [column.index - 1 for column in group.numbers]
    if any(of.get(at) is not str for at in names) or not {of.get(at) for at in numbers} <= _SIMPLE:
        return None
    filled = [slot for slot in slots if of.get(slot.at - 1, type(None)) is not type(None)]
    turned: list[tuple[str, Callable[[Any], object]]] = []
    fields: dict[str, int] = {}
    facts: dict[str, int] = {}
    for slot in filled:
        kind = of[slot.at - 1]
        if kind not in _SIMPLE or (slot.field, kind) in _JUDGED:
            return None
        attribute = attribute_of(slot.name)
        (fields if attribute else facts)[attribute or slot.name] = slot.at - 1
        if attribute and slot.field == "year" and kind is str:
            turned.append((attribute, year_of))
        elif attribute and kind is int and slot.field not in ("year", "placing"):
            turned.append((attribute, str))
    texts = [slot for slot in filled if of[slot.at - 1] is str]
    role = next((slot.at - 1 for slot in filled if slot.name == "role"), None)
    shown = [slot for slot in slots if slot in filled or slot.field]
    return _Pattern(
        tuple(fields),
        _picker(fields),
        tuple(facts),
        _picker(facts),
        tuple((s.at - 1, _PARTED[s.name]) for s in texts if s.name in _PARTED),
        tuple(turned),
        role,
        {**over, **_columns(group, shown)},
        MappingProxyType({slot.name: slot.heading for slot in shown}),
    )


_JUDGED = frozenset((("date", int), ("placing", str)))
"""A number may be no day, a text no place: these are looked at one by one."""


def _columns(group: Group, shown: Sequence[Slot]) -> Mapping[str, str]:
    """The column of each field."""
    people = [("person", group.names[0]), *(("person_id", column) for column in group.numbers)]
    return {
        **{slot.name: slot.letters for slot in shown},
        **{name: letters(column.index) for name, column in people},
    }


def _picker(places: Mapping[str, int]) -> Pick:
    """What takes the values at *places* out of a line, as a tuple."""
    every = tuple(places.values())
    if len(every) > 1:
        return itemgetter(*every)
    return lambda line: tuple([line[at] for at in every])
