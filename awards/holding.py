"""One rule held against one subject: standing, values, money, comparisons, the finding."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from awards.conditions import Condition
from awards.context import Context, Number, number, shown
from awards.findings import Checked, Finding, Input, Money, as_target, derive, judge
from awards.leaves import Named, Quantity
from awards.problems import NOWHERE
from awards.quantities import Selection
from awards.records import is_blank
from awards.rules import Check, Rule, Status
from awards.schedule import Schedule
from awards.subjects import Subject

VERDICTS: tuple[Status, ...] = ("met", "not_met")


@dataclass(frozen=True)
class Holding:
    """One rule held against one subject."""

    name: str
    rule: Rule
    schedule: Schedule
    subject: Subject
    context: Context
    lenient: bool

    def finding(self) -> Finding | None:
        """The finding; None where the rule does not concern the subject."""
        rule = self.rule
        concerns = self._holds(rule.when)
        if concerns is False:
            return None
        if self.subject.unclear:
            self.context.lacks(*self.subject.unclear)
            return self._make("undetermined", {}, ())
        status = "undetermined" if concerns is None else self._standing()
        if status == "undetermined":
            return self._make(status, {}, ())
        if status in ("not_applicable", "not_in_force") and not rule.orientation:
            return self._make(status, {}, ())
        values = self._values()
        checks = tuple(self._checks(values))
        verdict = self._verdict(checks, values)
        if status is not None:
            met = {True: True, False: False}.get(verdict == "met") if verdict in VERDICTS else None
            values["would_meet"] = met
            if status == "not_yet_binding":
                as_target(values)
            return self._make(status, values, checks)
        return self._make(verdict, values, checks)

    def _standing(self) -> Status | None:
        """Why there can be no verdict, before any figure is looked at; None if there can."""
        rule = self.rule
        asked: tuple[tuple[Condition | None, Status], ...] = (
            (rule.scope, "not_applicable"),
            (rule.in_force or self._by_days(), "not_in_force"),
        )
        for condition, status in asked:
            holds = self._holds(condition)
            if holds is False:
                return status
            if holds is None:
                return "undetermined"
        if rule.unless is not None and rule.unless.holds(self.context.columns()) is True:
            return "not_applicable"
        if rule.draft:
            return "draft"
        binding = self._holds(rule.binding)
        if binding is None:
            return "undetermined"
        return None if binding else "not_yet_binding"

    def _by_days(self) -> Condition | None:
        """The years in which the document is in force, as a condition, for rules that judge."""
        start, end = self.schedule.in_force_from, self.schedule.in_force_until
        if not self.rule.checks or "year" not in self.rule.per or not (start or end):
            return None
        years: dict[str, int] = {}
        if start:
            years["at_least"] = start.year
        if end:
            years["at_most"] = end.year
        return Condition.model_validate({"year": years})

    def _holds(self, condition: Condition | None) -> bool | None:
        """Whether *condition* holds of the subject; None, and missing, where a blank decides."""
        if condition is None:
            return True
        holds = condition.holds(self.context.columns())
        if isinstance(holds, bool):
            return holds
        if self.lenient:
            return True
        self.context.lacks(*sorted(holds))
        return None

    def _values(self) -> dict[str, Any]:
        """The named values, and what follows from them."""
        rule, values = self.rule, self.context.values
        if rule.students is not None:
            values["students"] = rule.students.value(self.context)
        if rule.sources:
            values["counted"], values["not_counted"] = self._counted(values.get("students"))
        for name, quantity in rule.values.items():
            inner = replace(self.context, missing=[])
            values[name] = quantity.value(inner)
            self.context.lacked[name] = inner.missing
        derive(values)
        return dict(values)

    def _counted(self, students: Number) -> tuple[Fraction | None, Fraction | None]:
        """Money that counts and money that does not; missing where one is not known, or none is."""
        money = self._money()
        if any(each.counts is None for each in money):
            self.context.lacks("source")
            return None, None
        is_there = any(each.counts for each in money) or students == 0
        if not is_there or any(each.counts and each.amount is None for each in money):
            self.context.lacks("amount")
            return None, None
        counted = sum((each.amount or Fraction(0) for each in money if each.counts), Fraction(0))
        others = [each.amount for each in money if not each.counts]
        known = [each for each in others if each is not None]
        return counted, sum(known, Fraction(0)) if len(known) == len(others) else None

    def _money(self) -> tuple[Money, ...]:
        """Every amount of the subject, with whether it counts."""
        sources = self.rule.sources
        if sources is None:
            return ()
        found = []
        for figure in self.subject.figures:
            amount, source = figure.columns.get("amount"), figure.columns.get("source")
            if amount is None:
                continue
            worth = number(amount)
            exact = worth if isinstance(worth, Fraction) else None
            known = None if is_blank(source) else str(source)
            clause = sources.never.get(known or "")
            numbered = self.schedule.clauses[clause].number if clause else None
            counts = None if known is None else sources.counts(known)
            found.append(Money(known, exact, counts, numbered, figure.at("amount")))
        return tuple(found)

    def _inputs(self) -> Iterator[Input]:
        """The cells that the rule reads of the subject, each once."""
        reads = columns_read(self.rule, self.schedule, self.context.chosen)
        seen = set()
        for figure in self.subject.figures:
            for column, value in figure.columns.items():
                if column in reads and (column, figure.at(column)) not in seen:
                    if figure.place != NOWHERE:
                        seen.add((column, figure.at(column)))
                    yield Input(column, value, figure.at(column))

    def _checks(self, values: Mapping[str, Any]) -> Iterator[Checked]:
        for check in self.rule.checks:
            if check.when is None or check.when.holds(self.context.columns()) is True:
                yield self._check(check)

    def _check(self, check: Check) -> Checked:
        required = check.required.value(self.context)
        actual = check.actual.value(self.context)
        clause = self.schedule.clauses[check.clause or self.rule.clause].number
        of_days = check.of_days
        said = check.required.said(self.context), check.actual.said(self.context)
        if required is None or actual is None:
            sides = (_exact(required), _exact(actual))
            return Checked(check.name, check.compare, *sides, None, None, clause, *said, of_days)
        need, there = Fraction(required), Fraction(actual)
        met, gap = judge(check.compare, there, need, self.context)
        return Checked(check.name, check.compare, need, there, met, gap, clause, *said, of_days)

    def _verdict(self, checks: Sequence[Checked], values: Mapping[str, Any]) -> Status:
        rule = self.rule
        if not checks:
            return self._computed(values)
        if values.get("students") == 0:
            self.context.lacks("students")
            return rule.no_students
        answers = [each.met for each in checks]
        if rule.also is not None:
            also = rule.also.holds(self.context.columns())
            if isinstance(also, frozenset):
                self.context.lacks(*sorted(also))
            answers.append(also if isinstance(also, bool) else None)
        if any(answer is False for answer in answers):
            return "not_met"
        return "undetermined" if None in answers else "met"

    def _computed(self, values: Mapping[str, Any]) -> Status:
        """What a rule without a comparison comes to: nothing where its requirement is open."""
        if "required" not in self.rule.values or values.get("required") is not None:
            return "computed"
        self.context.lacks(*self.context.lacked.get("required", ()))
        return "undetermined"

    def _make(self, status: Status, values: dict[str, Any], checks: tuple[Checked, ...]) -> Finding:
        rule = self.rule
        values = {**values, **rule.instead.get(status, {})}
        computes = bool(values)
        return Finding(
            rule=self.name,
            schedule=self.schedule.id,
            clause=self.schedule.clauses[rule.clause].number,
            subject=self.subject.keys,
            status=status,
            met={"met": True, "not_met": False}.get(status),
            values={name: value for name, value in values.items() if value is not None},
            checks=checks,
            money=self._money(),
            lines=tuple(self._lines()) if computes else (),
            paid_by=self._paid_by() if computes else {},
            labels=rule.labels,
            missing=tuple(self._missing(status)),
            inputs=tuple(self._inputs()),
            topic=rule.topic,
            due=rule.due,
            unit=rule.unit,
            said={name: self._how(name) for name in rule.values} if computes else {},
        )

    def _missing(self, status: Status) -> list[str]:
        """What would be needed: for a verdict, or for the values of a rule that has none."""
        if status == "undetermined":
            return self.context.missing
        if status != "computed":
            return []
        lacked = (self.context.lacked.get(name, ()) for name in self.rule.values)
        return list(dict.fromkeys(each for names in lacked for each in names))

    def _how(self, name: str) -> str:
        """How the value *name* comes about; of one that is another by its name, how that does."""
        quantity: Quantity | None = self.rule.values[name]
        inner = replace(self.context, missing=[])
        while isinstance(quantity, Selection):
            quantity = quantity.picked(inner)
        if isinstance(quantity, Named) and quantity.name in _before(name, self.rule.values):
            return self._how(quantity.name)
        return quantity.said(self.context) if quantity else shown(None)

    def _lines(self) -> Iterator[Mapping[str, Any]]:
        """One line for each row with a headcount."""
        if not self.rule.lines:
            return
        for figure in self.subject.figures:
            if is_blank(figure.columns.get("students")):
                continue
            inner = replace(self.context, row=figure.columns, missing=[])
            worth = {name: each.value(inner) for name, each in self.rule.lines.items()}
            yield {**figure.columns, **worth}

    def _paid_by(self) -> dict[str, Fraction]:
        """What each payer pays."""
        found: dict[str, Fraction] = {}
        for payer, quantity in self.rule.paid_by.items():
            if (part := quantity.value(self.context)) is not None:
                found[payer] = Fraction(part)
        if self.rule.pays is None:
            return found
        for figure in self.subject.figures:
            names = (figure.columns.get(name) for name in self.rule.payers)
            payer_name = next((str(name) for name in names if not is_blank(name)), None)
            inner = replace(self.context, row=figure.columns, missing=[])
            part = self.rule.pays.value(inner)
            if payer_name and part is not None:
                found[payer_name] = found.get(payer_name, Fraction(0)) + Fraction(part)
        return found


def columns_read(rule: Rule, schedule: Schedule, chosen: Mapping[str, str]) -> frozenset[str]:
    """The columns of figures that *rule* goes by under *chosen*, its keys among them."""
    looked_up = (schedule.rates[name].by for name in rule.looks_up(chosen))
    return rule.reads(chosen).union(rule.per, *looked_up)


def _before(name: str, values: Mapping[str, object]) -> list[str]:
    """The names of *values* that come before *name*."""
    return list(values)[: list(values).index(name)]


def _exact(value: Number) -> Fraction | None:
    return None if value is None else Fraction(value)
