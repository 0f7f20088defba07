"""What a step is: a pure function from the cases of one group to what becomes of each.

A step says which columns it ``reads`` and within which ``keys`` it works. The runner hands it
the cases (those columns, nothing else) of one group at a time and carries out the effects, so
equal cases have equal results and need be worked out only once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, ClassVar, Literal, NamedTuple, get_args

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema

from awards import money
from awards.conditions import Condition, Model
from awards.records import Columns, Value
from awards.terms import Terms

Reason = Literal[
    "not_covered",
    "below_lowest_prize",
    "excluded",
    "not_eligible",
    "superseded",
    "already_paid",
    "over_limit",
    "no_cash",
    "late_claim",
    "before_effective",
    "not_approved",
    "cancelled",
    "within_sum",
]
"""Why a row gets nothing."""

Open = Literal["no_match", "set_elsewhere", "text_cut", "roster_error", "awaits_row"]
"""Why a row waits for a ruling."""

REASONS: tuple[str, ...] = (*get_args(Reason), *get_args(Open))


@dataclass(frozen=True, slots=True)
class Note:
    """What a step did, for the trace: a sentence's key in ``awards/words`` and its values."""

    key: str
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class End:
    """A row is settled: not paid, or waiting for a ruling, with the reason; or a fault in it.

    ``question`` names the ruling that would open the row again; ``blank`` the columns that a
    fault is about.
    """

    status: Literal["not_paid", "needs_ruling", "problem"]
    reason: str
    question: str | None = None
    blank: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Effect:
    """What becomes of one case: columns that change, an end, the trace.

    ``by`` is the index, within the group, of the case that decided it; ``clause`` overrides
    the step's own where a figure cites a clause of its own. ``more`` are lines added beside
    the case: each begins with its columns, without the amount.
    """

    note: Note | None = None
    set: Mapping[str, Value] = field(default_factory=dict)
    end: End | None = None
    by: int | None = None
    clause: str | None = None
    more: tuple["Effect", ...] = ()


NOTHING = Effect()
WAITS: tuple[int, ...] = ()
"""The order of a case that waits for a ruling: it has no place among the others."""


class Tally(NamedTuple):
    """What a group had before a step and has after it, in hundredths: what a step promises about.

    ``cases`` it had, ``known`` of them with an amount, these ``total`` in all, the ``lowest`` and
    the ``highest``. After the step ``due`` are still open with an amount, ``paid`` in all, the
    ``most`` for one; ``waiting`` wait for a ruling, ``faulty`` are at fault; ``heads`` are the
    payees of those due, ``added`` the lines beside the cases (their money is in ``paid``).
    """

    cases: int
    known: int
    total: int
    lowest: int
    highest: int
    due: int
    paid: int
    most: int
    waiting: int
    faulty: int
    heads: int
    added: int


def blank(*columns: str) -> Effect:
    """The effect on a case that cannot be worked out because *columns* are blank."""
    return Effect(end=End("problem", "blank", blank=columns))


class Step(Model):
    """What every step has: its name, the clause it rests on, and the rows it is about.

    ``under`` names readings under which it holds. ``part`` picks lines that an earlier step
    added (a component, the school's award), ``*`` all; without it a step is about the rows.
    """

    do: str
    """The name of the step."""
    clause: str
    """The clause it rests on."""
    when: Condition | None = None
    """The rows it is about; without it all."""
    under: Mapping[str, str] = Field(default_factory=dict)
    """The readings under which it holds, each with its option."""
    part: str | None = None
    """The lines it is about, by name; `*` rows and lines; without it the rows."""

    sees_waiting: ClassVar[bool] = False
    """Whether rows that wait for a ruling are among its cases (their ``amount`` is None)."""

    sees_settled: ClassVar[bool] = False
    """Whether rows that get nothing are among its cases, to be looked at."""

    sees_earlier: ClassVar[bool] = False
    """Whether earlier payments are among its cases (their ``earlier`` is not None)."""

    @property
    def group_keys(self) -> tuple[str, ...]:
        """The columns whose equal values make a group; none: every row is a group."""
        return ()

    @property
    def apart(self) -> tuple[str, ...]:
        """The keys whose blank means that a row stands alone; any other blank is a fault."""
        return ()

    @property
    def needs_earlier(self) -> bool:
        """Whether nothing becomes of a group in which there is no earlier payment."""
        return False

    @property
    def adds(self) -> bool:
        """Whether it may add lines beside its cases."""
        return False

    def reads(self) -> frozenset[str]:
        """Every column that may influence it, besides ``when`` and the keys."""
        raise NotImplementedError

    def glances(self) -> frozenset[str]:
        """Those of the columns it reads of which only matters whether they are blank."""
        return frozenset()

    def compares(self) -> frozenset[str]:
        """Those of the columns it reads of which only matters which cases of a group agree."""
        return frozenset()

    def ranked_by(self, case: Columns, terms: Terms) -> tuple[int, ...] | None:
        """What the step puts the cases of a group in order by, the first first; WAITS apart.

        A step that has it sees nothing else: where the cases of two groups stand in the same
        order, equal ones and waiting ones in the same places, they have equal effects. None
        where it looks at more than their order.
        """
        return None

    def sets(self) -> frozenset[str]:
        """The columns besides amounts and payees that it may set, which are then not input."""
        return frozenset()

    def effects(self, cases: Sequence[Columns], terms: Terms) -> Sequence[Effect]:
        """One effect for each of the *cases* of a group, in order. Amounts are in hundredths."""
        raise NotImplementedError

    def keeps(self, tally: Tally) -> bool:
        """Whether what became of a group is what the step promises, whatever its cases were.

        It is asked of every group of a large run, apart from how the effects came about.
        """
        return True

    def clauses(self) -> frozenset[str]:
        """The clauses it cites."""
        return frozenset((self.clause,))

    def words(self) -> Sequence[tuple[str, Value]]:
        """Column and word, for each word of the field it mentions outside ``when``."""
        return []


def hundredths(value: Any) -> int:
    """The hundredths of an amount as a file states it; ValueError where it is none."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise ValueError(f"{value!r} is not an amount: a number, without quotes")
    if value < 0:
        raise ValueError(f"{value} is negative")
    return money.fen(value)


Amount = Annotated[
    int,
    BeforeValidator(hundredths),
    PlainSerializer(lambda amount: str(money.yuan(amount))),
    WithJsonSchema({"type": "number", "minimum": 0}),
]
"""An amount in a schedule file: yuan (or points, hours …) there, hundredths in memory."""


def exact(value: Any) -> Fraction:
    """An exact factor as a file states it; ValueError for a float or a negative one."""
    if isinstance(value, bool | float):
        raise ValueError('a factor is exact: "1/2", 0.5 or 2')
    factor = Fraction(str(value))
    if factor < 0:
        raise ValueError("a factor is not negative")
    return factor


FACTOR = WithJsonSchema(
    {"type": ["number", "string"], "minimum": 0, "pattern": r"^\d+(\.\d+|/[1-9]\d*)?$"}
)
"""What a factor looks like in a file."""

Factor = Annotated[Fraction, BeforeValidator(exact), PlainSerializer(str), FACTOR]
"""An exact factor: ``"1/2"``, ``0.5`` or ``2``."""
