"""Who a line is paid to, where that is not the person of the row."""

from collections.abc import Sequence
from typing import Literal, Self

from pydantic import model_validator

from awards.conditions import Model
from awards.records import Columns

Kind = Literal["person", "team", "org", "pool", "unstated_split"]


class Named(Model):
    """How a payee is called: by a column, by all members joined, or by a fixed name.

    >>> Named(column="team", suffix=" 学生").name([{"team": "T1"}])
    'T1 学生'
    >>> Named(join="及").name([{"payee": "赵甲"}, {"payee": "乙队"}])
    '赵甲及乙队'
    """

    column: str | None = None
    """The column that holds the name."""
    suffix: str = ""
    """Put after the value of the column."""
    join: str | None = None
    """All members, joined by this text."""
    fixed: str | None = None
    """This name."""

    @model_validator(mode="after")
    def _in_one_way(self) -> Self:
        if sum(each is not None for each in (self.column, self.join, self.fixed)) != 1:
            raise ValueError("a payee is named by one of column, join, fixed")
        return self

    def reads(self) -> frozenset[str]:
        """The columns that the name is made of."""
        return frozenset((self.column or "payee",))

    def name(self, cases: Sequence[Columns]) -> str:
        """The name for the payee of *cases*."""
        if self.fixed is not None:
            return self.fixed
        if self.join is not None:
            return self.join.join(dict.fromkeys(str(case.get("payee")) for case in cases))
        return f"{cases[0].get(self.column or 'payee')}{self.suffix}"
