"""One outcome beside another: who gains, who loses, by how much, and where the accounts part.

Every row of both sides is in it. Where a side does not know what a row comes to (a ruling is
needed, a figure is missing, the row is at fault) there is no difference, and it is not nought.
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import TypeVar, overload

from awards import closing
from awards.assessment import Assessment
from awards.award_pairs import AwardComparison, AwardPair
from awards.finding_pairs import FindingComparison, FindingPair
from awards.findings import Finding, Findings
from awards.payouts import Award
from awards.problems import OptionError, problem


@overload
def compare(one: Assessment, other: Assessment) -> AwardComparison: ...


@overload
def compare(one: Findings, other: Findings) -> FindingComparison: ...


def compare(
    one: Assessment | Findings, other: Assessment | Findings
) -> AwardComparison | FindingComparison:
    """*other* beside *one*: differences are what the other side has more.

    Two outcomes of one roster are paired row by row, two of the same figures by subject, and by
    rule within one document, by topic between two. OptionError where the two are not of a kind,
    or not of one roster.
    """
    if isinstance(one, Assessment) and isinstance(other, Assessment):
        if [each.place for each in one.results] != [each.place for each in other.results]:
            raise OptionError(problem("compare-not-one-roster"))
        return AwardComparison(one, other, tuple(_award_pairs(one, other)))
    if isinstance(one, Findings) and isinstance(other, Findings):
        return FindingComparison(one, other, tuple(_finding_pairs(one, other)))
    raise OptionError(problem("compare-not-of-a-kind"))


def _award_pairs(one: Assessment, other: Assessment) -> Iterator[AwardPair]:
    """The awards of each row, then the lines that a document gives beside the rows."""
    rows = len(one.results)
    yield from map(AwardPair, one.awards[:rows], other.awards[:rows])
    for before, after in _matched(one.awards[rows:], other.awards[rows:], _line):
        yield AwardPair(before, after)


def _line(award: Award) -> Hashable:
    """What makes a line beside the rows the same under both documents."""
    return award.place, award.who, award.role, award.unit


def _finding_pairs(one: Findings, other: Findings) -> Iterator[FindingPair]:
    is_same = one.schedule.id == other.schedule.id

    def key(finding: Finding) -> Hashable:
        if is_same:
            return finding.rule, tuple(finding.subject.items())
        return finding.topic or finding.rule, closing.whom(finding)

    for before, after in _matched(one.findings, other.findings, key):
        yield FindingPair(before, after)


Item = TypeVar("Item")


def _matched(
    one: Sequence[Item], other: Sequence[Item], key: Callable[[Item], Hashable]
) -> Iterator[tuple[Item | None, Item | None]]:
    """The items of both sides with the same key, the first with the first; every one is in it."""
    waiting: dict[Hashable, list[Item]] = {}
    for each in other:
        waiting.setdefault(key(each), []).append(each)
    for each in one:
        mine = waiting.get(key(each))
        yield each, mine.pop(0) if mine else None
    left = {id(each) for each in (item for items in waiting.values() for item in items)}
    yield from ((None, each) for each in other if id(each) in left)
