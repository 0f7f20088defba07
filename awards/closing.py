"""What findings come to together: the strictest of several documents, the cost to close a gap."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from awards.findings import Finding, Findings
from awards.records import Value
from awards.schedule import Schedule

SUBJECT = ("school", "enterprise", "region", "year", "term")
"""What tells whom a finding is on, whatever else its rule tells apart."""


@dataclass(frozen=True, slots=True)
class Gap:
    """What is missing under one rule, in yuan, and who has to pay how much of it.

    ``payers`` is empty where the document does not say who pays.
    """

    finding: Finding
    amount: Fraction
    payers: Mapping[str, Fraction]


@dataclass(frozen=True, slots=True)
class RuleTotal:
    """One rule over all its subjects: how many there are by status, and sums in yuan.

    The sums are of the subjects for which the amount is known, ``known`` of them.
    """

    schedule: Schedule
    rule: str
    by_status: Mapping[str, int]
    known: int
    required: Fraction
    counted: Fraction
    shortfall: Fraction


def is_money(schedule: Schedule, rule: str) -> bool:
    """Whether a rule is about yuan: a floor, a share, a ceiling, a credit."""
    stated = schedule.rules[rule]
    return stated.sources is not None or stated.unit.startswith("yuan")


def is_measured(finding: Finding) -> bool:
    """Whether it rests on a number besides what it is about."""
    return any(
        each.column not in finding.subject and not isinstance(each.value, str | bool)
        for each in finding.inputs
    )


def is_told(finding: Finding) -> bool:
    """Whether a finding has something to say: an outcome, or a number that it rests on."""
    return finding.status != "undetermined" or is_measured(finding)


def untold(outcome: Findings) -> dict[str, list[str]]:
    """The rules for which nothing was given, each with what it would need."""
    found: dict[str, list[str]] = {}
    for each in outcome.findings:
        if not is_told(each):
            names = found.setdefault(each.rule, [])
            names += (name for name in each.missing if name not in names)
    return found


def whom(finding: Finding) -> tuple[Value, ...]:
    """Whom a finding is on: school, place or enterprise, and when."""
    return tuple(finding.subject.get(name) for name in SUBJECT)


def required(finding: Finding) -> Fraction | None:
    """What a finding asks for; of a rule that does not bind yet, its target."""
    for name in ("required", "target"):
        value = finding.values.get(name)
        if isinstance(value, Fraction):
            return value
    return None


ASKS = ("required", "target", "ceiling", "credit", "entitlement", "payable", "amount")
"""The values that say what a rule comes to, whichever it has."""


ALIKE = {"required": ("required", "target", "ceiling"), "shortfall": ("shortfall", "gap_to_target")}
"""The values that stand under one heading of a table, whichever a rule has."""


def first(finding: Finding, names: Iterable[str]) -> Fraction | None:
    """The first of the values *names* that *finding* has."""
    values = (finding.values.get(name) for name in names)
    return next((value for value in values if isinstance(value, Fraction)), None)


def shown_under(heading: str, finding: Finding) -> Fraction | None:
    """The value of *finding* that stands under *heading*: the first of those alike."""
    return first(finding, ALIKE.get(heading, (heading,)))


def asked(finding: Finding) -> Fraction | None:
    """What a rule comes to for a subject, whether or not it is there: the first of ``ASKS``."""
    return first(finding, ASKS)


def strictest(outcomes: Sequence[Findings]) -> list[Finding]:
    """Of the findings of several documents on one topic and subject, the one that asks most.

    Of those that ask for the same it is the one under which most is missing, then the first.
    Only rules that bind are held against each other. What a document says a second time does
    not count twice.
    """
    groups: dict[object, list[Finding]] = {}
    for outcome in outcomes:
        for each in outcome.findings:
            binds = each.met is not None and required(each) is not None
            if each.topic and binds and not outcome.schedule.rules[each.rule].restates:
                groups.setdefault((each.topic, *whom(each)), []).append(each)
    several = (group for group in groups.values() if len({each.schedule for each in group}) > 1)
    return [max(group, key=_asks) for group in several]


def _asks(finding: Finding) -> tuple[Fraction, Fraction]:
    """How much a finding asks for, and how much of it is missing."""
    missing = finding.values.get("shortfall")
    missed = missing if isinstance(missing, Fraction) else Fraction(0)
    return required(finding) or Fraction(0), missed


def gaps(outcomes: Sequence[Findings]) -> list[Gap]:
    """The cost of closing each gap, of the strictest rule where several ask for one thing.

    Where a rule says who pays, the gap is split as the whole is; the parts add up to it. What a
    document says a second time is left out.
    """
    strict = strictest(outcomes)
    groups = {(each.topic, *whom(each)): each for each in strict}
    found = []
    for outcome in outcomes:
        for each in outcome.findings:
            shortfall = each.values.get("shortfall")
            rule = outcome.schedule.rules[each.rule]
            if each.met is not False or not shortfall or rule.restates or rule.unit != "yuan":
                continue
            stricter = groups.get((each.topic, *whom(each)), each)
            if stricter is each:
                amount = Fraction(shortfall)
                found.append(Gap(each, amount, _split(amount, each.paid_by)))
    return found


def _split(amount: Fraction, paid_by: Mapping[str, Fraction]) -> Mapping[str, Fraction]:
    """*amount* split as *paid_by* is, exactly."""
    whole = sum(paid_by.values(), Fraction(0))
    return {payer: amount * part / whole for payer, part in paid_by.items() if part and whole}


def totals(outcomes: Iterable[Findings]) -> list[RuleTotal]:
    """Every rule that has a finding, over all its subjects, in order of the documents."""
    found = []
    for outcome in outcomes:
        for name in dict.fromkeys(each.rule for each in outcome.findings):
            mine = [each for each in outcome.findings if each.rule == name]
            statuses = [each.status for each in mine]
            known = [each for each in mine if isinstance(each.values.get("shortfall"), Fraction)]
            found.append(
                RuleTotal(
                    outcome.schedule,
                    name,
                    {status: statuses.count(status) for status in dict.fromkeys(statuses)},
                    len(known),
                    *(
                        sum((Fraction(each.values[value]) for each in known), Fraction(0))
                        for value in ("required", "counted", "shortfall")
                    ),
                )
            )
    return found


def bears(outcome: Findings, reading: str) -> bool:
    """Whether *reading* bears on a rule that has a finding."""
    rules = outcome.schedule.rules
    return any(
        reading in (name for name, _ in rules[rule].options())
        for rule in {each.rule for each in outcome.findings}
    )
