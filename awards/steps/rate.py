"""rate: what a row is worth, from a crosstab of any named columns.

``amounts`` nests one level for each column of ``by``; a whole-number column may use bands
(``"1"``, ``"2-3"``, ``"9-"``) and any column ``any`` for the rest.

>>> from awards.terms import terms
>>> step = Rate(do="rate", clause="c", by=["level", "placing"],
...     amounts={"national": {"1": 500, "2-3": 300}}, below=["4-"])
>>> [effect.set.get("amount") for effect in step.effects(
...     [{"level": "national", "placing": 3, "person": "x", "amount": None}], terms())]
[30000]
>>> step.effects([{"level": "national", "placing": 9, "person": "x"}], terms())[0].end.reason
'below_lowest_prize'

``to`` says who is paid: each ``person`` (a row without one is a fault), whoever the row is about
(``payee``), or a column such as ``school``: one award for each group of equal ``keys``, on a line
of its own called ``new_part``. A ``person`` with ``new_part`` gets a second component.

A row that no cell fits is not zero: it waits for a ruling (``no_match``), unless ``below`` names
its prize as one under the lowest that is paid, or ``otherwise`` says what the rest get. A blank
column of ``by`` is a problem of the row. A row that already has an amount keeps it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from awards.records import Columns, Value, is_blank
from awards.steps import tables
from awards.steps.base import NOTHING, Effect, End, Note, Reason, Step, Tally, blank
from awards.steps.payees import Named
from awards.steps.tables import Table
from awards.terms import KINDS, Terms


class Rate(Step):
    """An amount for each row or group, looked up by the columns ``by``."""

    do: Literal["rate"]
    clause: str | Mapping[str, str]  # type: ignore[assignment]  # one, or one for each first key
    """The clause, or one for each first key of `amounts`."""
    by: tuple[str, ...] = ()
    """The columns it is looked up by, outermost first."""
    amounts: Table = Field(default_factory=dict)
    """The figures, nested by the columns of `by`."""
    given: str | None = None
    """The name of a table, or of a figure, that the document leaves to another list."""
    below: tuple[str, ...] = ()
    """Values of the last column of `by` that are under the lowest paid."""
    otherwise: Reason | None = None
    """The reason for which a row that no figure fits gets nothing; without it the row waits."""
    unit: str = "yuan"
    """The unit of the figures; only yuan are paid out."""
    to: str = "person"
    """Who is paid: `person`, `payee` (whoever the row is about), or a column such as `school`."""
    keys: tuple[str, ...] = ()
    """One award for each group of equal keys, on a line of its own."""
    new_part: str | None = None
    """The name of that line."""
    named: Named | None = None
    """What the payee of that line is called."""
    not_falling: str | None = None
    """Why prizes do not fall with rank, where they do not."""

    @model_validator(mode="after")
    def _is_a_crosstab(self) -> Self:
        if bool(self.amounts) == bool(self.given):
            raise ValueError("a rate has either amounts or the name of a given table")
        if not self.given and not self.by:
            raise ValueError("a rate says by which columns it is looked up")
        tables.check_depth(self.amounts, self.by)
        if isinstance(self.clause, Mapping) and set(self.clause) != set(self.amounts):
            raise ValueError("a table of clauses has the same first keys as amounts")
        if self.keys and not self.new_part:
            raise ValueError("a rate with keys gives lines of their own: say new_part")
        return self

    def cells(self) -> Iterator[tuple[tuple[str, ...], Any]]:
        """Each figure with its path of keys, in hundredths."""
        yield from tables.cells(self.amounts, len(self.by))

    @property
    def group_keys(self) -> tuple[str, ...]:
        """As stated."""
        return self.keys

    @property
    def adds(self) -> bool:
        """Where the amounts are lines of their own."""
        return self.new_part is not None

    def reads(self) -> frozenset[str]:
        """The columns of the crosstab, the payee, and an amount that may be there already."""
        named = self.named.reads() if self.named else ()
        given = (f"given.{self.given}",) if self.given else ()
        return frozenset((*self.by, *given, *named, self.to, "person", "payee", "amount"))

    def glances(self) -> frozenset[str]:
        """Who the row is about, where the payee of a line of its own is not named after them."""
        named = self.named.reads() if self.named else frozenset[str]()
        return frozenset(("person", "payee")) - named - set(self.by)

    def effects(self, cases: Sequence[Columns], terms: Terms) -> Sequence[Effect]:
        """The amount of each case alone, or the lines of its own that the group gets."""
        if not self.new_part:
            return [self._effect(case, terms) for case in cases]
        if not self.keys:
            return [self._beside([case], self._worth(case, terms)) for case in cases]
        worth = [self._worth(case, terms) for case in cases]
        best = max(range(len(cases)), key=lambda i: (_amount(worth[i]), -i))
        effects = [NOTHING] * len(cases)
        effects[best] = self._beside(cases, worth[best])
        return effects

    def keeps(self, tally: Tally) -> bool:
        """A row has the amount it had, or a figure of the table; a group has one line beside it."""
        if self.given or tally.faulty:
            return True
        is_one = tally.added <= 1
        return is_one and (
            tally.due == 0 == tally.added or tally.paid - tally.total in self._figures()
        )

    def _figures(self) -> frozenset[int]:
        return frozenset((0, *(amount for _, amount in self.cells())))

    def clauses(self) -> frozenset[str]:
        """Every clause that a figure cites."""
        return frozenset(
            self.clause.values() if isinstance(self.clause, Mapping) else (self.clause,)
        )

    def words(self) -> Sequence[tuple[str, Value]]:
        """The words that head its rows and columns."""
        heads = [pair for path, _ in self.cells() for pair in zip(self.by, path, strict=True)]
        heads += [(self.by[-1], word) for word in self.below]
        return [(column, word) for column, word in heads if not tables.is_general(word)]

    def _effect(self, case: Columns, terms: Terms) -> Effect:
        return NOTHING if case.get("amount") is not None else self._worth(case, terms)

    def _worth(self, case: Columns, terms: Terms) -> Effect:
        """The amount that *case* comes to, or why it comes to none."""
        missing = [c for c in (*self._given(), self.to, *self.by) if is_blank(case.get(c))]
        if missing:
            return replace(blank(*missing), clause=sorted(self.clauses())[0])
        values = {column: case[column] for column in self.by}
        amount = tables.look_up(self._table(case, terms), list(values.values()))
        clause = self._clause(case)
        if amount is not None:
            new: dict[str, Value] = {"amount": amount, "unit": self.unit}
            return Effect(Note("trace.rate", values), set=new, clause=clause)
        if self.below and tables.find_key(dict.fromkeys(self.below), case[self.by[-1]]) is not None:
            end = End("not_paid", "below_lowest_prize")
        elif self.otherwise:
            end = End("not_paid", self.otherwise)
        else:
            end = End("needs_ruling", "no_match")
        return Effect(Note("trace.no_rate", values), end=end, clause=clause)

    def _beside(self, cases: Sequence[Columns], worth: Effect) -> Effect:
        """The effect of giving *cases* a line of their own; a fault stays with the row."""
        if worth.end and worth.end.status == "problem":
            return worth
        new: dict[str, Value] = {"part": self.new_part}
        if self.named:
            new |= {"payee": self.named.name(cases), "kind": "unstated_split"}
        elif self.to not in ("person", "payee"):
            new |= {"payee": cases[0][self.to], "kind": "org"}
        return Effect(more=(replace(worth, set={**new, **worth.set}),))

    def _given(self) -> tuple[str, ...]:
        return (f"given.{self.given}",) if self.given else ()

    def _table(self, case: Columns, terms: Terms) -> Any:
        if not self.given:
            return self.amounts
        return _from_pairs(case[f"given.{self.given}"], self.by, terms)

    def _clause(self, case: Columns) -> str:
        if isinstance(self.clause, str):
            return self.clause
        first = tables.find_key(self.amounts, case[self.by[0]])
        return self.clause[first] if first else sorted(self.clauses())[0]


def _amount(effect: Effect) -> int:
    amount = effect.set.get("amount")
    return amount if isinstance(amount, int) else -1


def _from_pairs(value: Value, by: Sequence[str], terms: Terms) -> Any:
    """A given table, frozen as pairs, with its words as the field has them, in hundredths.

    >>> from awards.terms import terms
    >>> _from_pairs((("国家级", (("一等奖", 5000),)),), ("level", "prize"), terms())
    {'national': {'first': 500000}}
    """
    if not isinstance(value, tuple):
        return tables.table(value)
    pairs = [(str(pair[0]), pair[1]) for pair in value if isinstance(pair, tuple)]
    column = next(iter(by), "")
    known = {key: terms.canonical(column, key) if column in KINDS else None for key, _ in pairs}
    return {known[key] or key: _from_pairs(entry, by[1:], terms) for key, entry in pairs}
