"""A funding rule: an amount that is there, compared with one that should be.

A floor, a share of a revenue, a ceiling, a ratio, a count and a deadline are the same thing: a
measured amount against a rate times a base. A credit and a cost share are rules too, without a
comparison. Each is worked out for each subject: the rows that agree in the columns ``per``.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Any, Literal, Self

from pydantic import Field, PrivateAttr, model_validator

from awards.conditions import Condition, Model, Text
from awards.leaves import Column, Constant, Rate, Sum
from awards.quantities import AnyQuantity, Each, Under, instances, within

Compare = Literal["at_least", "at_most", "above", "equal", "about"]
Status = Literal[
    "met",
    "not_met",
    "not_applicable",
    "not_in_force",
    "not_yet_binding",
    "draft",
    "undetermined",
    "computed",
]
"""The outcome of a rule; ``computed`` where it works out an amount and compares nothing."""


class Check(Model):
    """A comparison of two values. One without a name is the rule itself, others are beside it."""

    name: str | None = None
    """What the comparison is called, where a rule makes several."""
    actual: AnyQuantity
    """What is there."""
    compare: Compare
    """How it must stand to what is required."""
    required: AnyQuantity
    """What should be there."""
    clause: str | None = None
    """The clause, where it is another than the rule's."""
    when: Condition | None = None
    """When it is made at all."""

    @cached_property
    def of_days(self) -> bool:
        """Whether it compares days."""
        return any(isinstance(each.is_, date) for each in instances(self.required, Constant))


class Sources(Model):
    """Which money counts, by the column ``source``: the named ones, or all but the named ones."""

    only: tuple[str, ...] = ()
    """The sources that count."""
    all_but: tuple[str, ...] = ()
    """The sources that do not; everything else does."""
    never: Mapping[str, str] = Field(default_factory=dict)
    """Sources that never count, each with the clause that says so."""

    @model_validator(mode="after")
    def _in_one_way(self) -> Self:
        if self.only and self.all_but:
            raise ValueError("say which sources count with only or all_but, not both")
        return self

    def counts(self, source: str) -> bool:
        """Whether money of *source* counts."""
        if source in self.never:
            return False
        return source in self.only if self.only else source not in self.all_but


class Changes(Model):
    """The keys of a rule that stand instead of its own under a reading."""

    per: tuple[str, ...] | None = None
    """Other columns that make a subject."""
    when: Condition | None = None
    """Other subjects that it concerns."""
    scope: Condition | None = None
    """Other subjects that it covers."""
    in_force: Condition | None = None
    """Another time in which it exists."""
    draft: bool | None = None
    """Whether it is only planned."""
    due: date | None = None
    """Another last day."""
    no_students: Literal["undetermined", "met"] | None = None
    """Another verdict on a subject without students."""
    sources: Sources | None = None
    """Other money that counts."""
    checks: tuple[Check, ...] | None = None
    """Other comparisons."""
    orientation: bool | None = None
    """Whether values are worked out although the rule does not apply."""


class Rule(Model):
    """One computable rule of a document, with its clause."""

    clause: str
    """The clause it rests on."""
    says: Text
    """What it asks for, in our own words."""
    rests_on: tuple[str, ...] = ()
    """Further clauses it rests on: who is covered, which money counts, from when."""
    topic: str | None = None
    """What it is about; of several rules on one topic the strictest is named."""
    under: Mapping[str, str] = Field(default_factory=dict)
    """The readings under which it holds."""
    changed_by: Mapping[str, Mapping[str, Changes]] = Field(default_factory=dict)
    """By reading and option: the keys that stand instead under it."""
    restates: str | None = None
    """The rule of which it is a second wording: the two are not to be added up."""
    per: tuple[str, ...] = ()
    """The columns that make a subject, such as school and year; the year last."""
    when: Condition | None = None
    """The subjects it concerns at all; the others have no finding."""
    scope: Condition | None = None
    """The subjects it covers; the others are not_applicable."""
    in_force: Condition | None = None
    """When it exists; before, it is not_in_force. Without it the days of the document decide."""
    binding: Condition | None = None
    """From when it binds; before, it is not_yet_binding, with target and gap."""
    draft: bool = False
    """Whether it is only planned: it binds nobody."""
    due: date | None = None
    """The last day for reaching it."""
    unless: Condition | None = None
    """What lifts the rule: then there is no verdict."""
    also: Condition | None = None
    """What must hold besides."""
    students: AnyQuantity | None = None
    """The headcount, for amounts per student."""
    no_students: Literal["undetermined", "met"] = "undetermined"
    """The verdict on a subject without students: nothing can be divided by them."""
    sources: Sources | None = None
    """Which money counts; ``counted`` and ``not_counted`` are the sums of it."""
    values: Mapping[str, AnyQuantity] = Field(default_factory=dict)
    """Named amounts, in order; a later one may use an earlier one by its name."""
    checks: tuple[Check, ...] = ()
    """The comparisons; met only if all of them are."""
    paid_by: Mapping[str, AnyQuantity] = Field(default_factory=dict)
    """Payer and amount; the parts add up."""
    payers: tuple[str, ...] = ()
    """The columns of which the first that is filled names the payer of a row."""
    pays: AnyQuantity | None = None
    """What that payer pays for the row."""
    lines: Mapping[str, AnyQuantity] = Field(default_factory=dict)
    """For each row with a headcount: named amounts, as lines of a table."""
    labels: Mapping[str, str] = Field(default_factory=dict)
    """Fixed words of the finding, such as the basis of the headcount."""
    instead: Mapping[Status, Mapping[str, Any]] = Field(default_factory=dict)
    """Further values that hold under a status, such as an award that is withheld."""
    orientation: bool = False
    """Whether values are worked out although the rule does not apply, to go by."""
    unit: str = "yuan"
    """The unit of what is compared."""

    _reads: dict[tuple[tuple[str, str], ...], frozenset[str]] = PrivateAttr(default_factory=dict)
    _rates: dict[tuple[tuple[str, str], ...], frozenset[str]] = PrivateAttr(default_factory=dict)
    _added: list[frozenset[str]] | None = PrivateAttr(None)

    def read(self, chosen: Mapping[str, str]) -> "Rule | None":
        """The rule under the readings *chosen*; None where it does not hold under them."""
        if any(chosen[reading] != option for reading, option in self.under.items()):
            return None
        own: dict[str, Any] = {}
        for reading, options in self.changed_by.items():
            if changes := options.get(chosen[reading]):
                own |= {name: getattr(changes, name) for name in changes.model_fields_set}
        return self.model_copy(update=own)

    def reads(self, chosen: Mapping[str, str]) -> frozenset[str]:
        """The columns of figures that it goes by under *chosen*, besides those of its rates."""
        key = tuple(chosen.items())
        if key not in self._reads:
            self._reads[key] = self._columns(chosen)
        return self._reads[key]

    def _columns(self, chosen: Mapping[str, str]) -> frozenset[str]:
        rule = self.model_copy(update={"changed_by": {}})
        names = {each.column for each in instances(rule, Column, chosen)}
        names |= {each.sum for each in instances(rule, Sum, chosen)}
        names |= {each.having for each in instances(rule, Each, chosen) if each.having}
        for each in instances(rule, Condition, chosen):
            names |= each.columns()
        return frozenset(names | {"amount", "source"} if self.sources else names)

    def added_up(self) -> list[frozenset[str]]:
        """The sources of money that each of its sums adds up, where a sum names them."""
        if self._added is None:
            totals = (each for each in instances(self, Sum) if each.sum == "amount" and each.where)
            named = (each.where.tests.get("source") for each in totals if each.where)
            self._added = [frozenset(map(str, each.values())) for each in named if each]
        return self._added

    def looks_up(self, chosen: Mapping[str, str]) -> frozenset[str]:
        """The names of the rates that it looks up under *chosen*."""
        key = tuple(chosen.items())
        if key not in self._rates:
            self._rates[key] = self._looked_up(chosen)
        return self._rates[key]

    def _looked_up(self, chosen: Mapping[str, str]) -> frozenset[str]:
        named = {each.rate for each in instances(self, Rate, chosen) if not each.at}
        return frozenset(named | {s.weights for s in instances(self, Sum, chosen) if s.weights})

    def picks(self, column: str) -> Iterator[str]:
        """The words of *column* that its conditions speak of."""
        for each in instances(self, Condition):
            if match := each.tests.get(column):
                yield from (str(value) for value in match.values())

    def options(self) -> Iterator[tuple[str, str]]:
        """The readings that its outcome depends on, each with an option that it speaks of."""
        yield from self.under.items()
        for reading, options in self.changed_by.items():
            yield from ((reading, option) for option in options)
        for each in within(self):
            if isinstance(each, Under):
                yield from ((each.under, option) for option in each.options)


class Qualitative(Model):
    """A statement of the document that cannot be computed, so that a reader sees it is not."""

    clause: str
    """The clause."""
    says: Text
    """What it says, in our own words."""
