"""What a run in partitions tells besides its awards: how many of each status, what is wrong.

Problems are bounded: the first of them in order of the rows, and how many there are of each kind.
They are those of one run, but for one warning: where steps share another key than the person, a row
is not warned of a fault in another row of its person that is in another partition.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from awards.batch.arrays import Ints
from awards.batch.problems import Found, besides, found_in, wrong_in
from awards.batch.runner import Run
from awards.problems import Problem, Severity

MOST = 1_000
"""So many problems are told in words; the others are counted."""
UNUSED = ("ruling-no-row", "fact-no-result")
"""What is only so where every partition says it."""
Kind = tuple[Severity, str]
"""How bad a problem is, and its code."""


@dataclass(frozen=True)
class Told:
    """What came of rows: ``statuses``, and ``found`` problems, the first of all that are counted.

    ``shared`` problems are about no row, or about one that every partition sees.
    """

    statuses: Counter[str] = field(default_factory=Counter)
    found: tuple[Found, ...] = ()
    kinds: Counter[Kind] = field(default_factory=Counter)
    shared: tuple[Problem, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The problems that are told in words: those about no row, then by rows."""
        return (*self.shared, *(fault for _, fault in self.found))

    @property
    def counts(self) -> Counter[Kind]:
        """How many problems there are of each kind, those included that are not in words."""
        return self.kinds + Counter(map(_kind, self.shared))


def of_rows(found: Iterable[Found]) -> Told:
    """What is *found* at rows, by their places among all."""
    every = sorted(found, key=lambda each: each[0])
    return Told(found=tuple(every[:MOST]), kinds=Counter(_kind(fault) for _, fault in every))


def of_run(run: Run, found: Iterable[Found], places: Ints, statuses: Counter[str]) -> Told:
    """What the *run* of a partition says, whose rows stand at *places*; *found* of its people."""
    every = [*found, *wrong_in(run), *found_in(run)]
    mine = of_rows((int(places[row]), fault) for row, fault in every if row < run.count)
    paid = [fault for row, fault in sorted(every, key=_row) if row >= run.count]
    shared = dict.fromkeys((*run.read.problems, *besides(run), *paid))
    return Told(statuses, mine.found, mine.kinds, tuple(shared))


def _row(found: Found) -> int:
    return found[0]


def _kind(fault: Problem) -> Kind:
    return fault.severity, fault.code


def summed(parts: Sequence[Told]) -> Told:
    """What the *parts* say together."""
    statuses, kinds = Counter[str](), Counter[Kind]()
    for each in parts:
        statuses += each.statuses
        kinds += each.kinds
    found = sorted((one for each in parts for one in each.found), key=_row)
    runs = [set(each.shared) for each in parts if each.statuses or each.shared]
    shared = [
        fault
        for fault in dict.fromkeys(one for each in parts for one in each.shared)
        if fault.code not in UNUSED or all(fault in each for each in runs)
    ]
    return Told(statuses, tuple(found[:MOST]), kinds, tuple(shared))
