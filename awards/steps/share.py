"""share: one lump for several rows, divided as the document says, or left to them as one sum.

Within the ``keys`` every row has the same amount, which is the lump. ``how`` it is divided:
``open`` leaves it to the payees (one line, kind ``unstated_split`` where several people share
it); ``equal`` gives equal parts, odd fen to the first; ``parts`` gives each role, or each name,
its exact fraction.

>>> from awards.terms import terms
>>> step = Share(do="share", clause="c", keys=["team"], how="equal")
>>> team = [{"amount": 10000, "team": "T", "payee": name} for name in ("赵甲", "钱乙", "孙丙")]
>>> [effect.set["amount"] for effect in step.effects(team, terms())]
[3334, 3333, 3333]

Rows of one group with different amounts are not a lump: they wait (``roster_error``). The part
of a role that nobody has is ``unclaimed``: nobody gets it, or the others do.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from awards import money
from awards.conditions import Model
from awards.records import Columns, Value
from awards.steps.base import NOTHING, Effect, End, Factor, Note, Step, Tally
from awards.steps.payees import Kind, Named
from awards.terms import Terms


class Part(Model):
    """A fraction of the lump: of the rows of some roles, or of people known by a name only."""

    part: Factor
    """The fraction of the lump."""
    roles: tuple[str, ...] = ()
    """The roles whose rows share this part."""
    suffix: str = ""
    """Put after the first key to name those who share it."""


class Share(Step):
    """Divide the lump of each group of equal ``keys``."""

    do: Literal["share"]
    keys: tuple[str, ...] = Field(min_length=1)
    """The rows of equal keys have one lump."""
    alone: tuple[str, ...] = ()
    """Keys whose blank means that the row stands alone."""
    how: Literal["open", "equal", "parts"]
    """Left to the payees as one sum, in equal parts, or in stated parts."""
    named: Named | None = None
    """With `open`: what the payees together are called; without it the first key."""
    kind: Kind | None = None
    """With `open`: the kind; without it `unstated_split` for people, else `team`."""
    parts: tuple[Part, ...] = ()
    """The parts; they add up to 1."""
    unclaimed: Literal["lost", "others"] = "lost"
    """Where the part of a role that nobody has goes."""

    sees_waiting: ClassVar[bool] = False

    @model_validator(mode="after")
    def _parts_make_a_whole(self) -> Self:
        if (self.how == "parts") != bool(self.parts):
            raise ValueError('say parts with how = "parts", and only then')
        if self.parts and sum((each.part for each in self.parts), start=Fraction(0)) != 1:
            raise ValueError("the parts do not add up to the whole")
        return self

    @property
    def group_keys(self) -> tuple[str, ...]:
        """As stated."""
        return self.keys

    @property
    def apart(self) -> tuple[str, ...]:
        """As stated."""
        return self.alone

    @property
    def adds(self) -> bool:
        """A line for each part."""
        return True

    def reads(self) -> frozenset[str]:
        """The lump, and who is there to share it."""
        named = self.named.reads() if self.named else ()
        return frozenset((*named, self.keys[0], "amount", "person", "payee", "role"))

    def glances(self) -> frozenset[str]:
        """Who is there, as far as the shared sum is not named after it."""
        asked = {self.keys[0]} if self.how == "parts" or not self.named else set[str]()
        named = self.named.reads() if self.named else frozenset[str]()
        if self.how == "equal":
            asked, named = set(), frozenset()
        return frozenset((self.keys[0], "person", "payee")) - asked - named

    def words(self) -> Sequence[tuple[str, Value]]:
        """The roles that have parts."""
        return [("role", role) for each in self.parts for role in each.roles]

    def effects(self, cases: Sequence[Columns], terms: Terms) -> Sequence[Effect]:
        """What each case gets of the lump."""
        amounts = {case.get("amount") for case in cases}
        lump = cases[0].get("amount")
        if len(amounts) != 1 or not isinstance(lump, int):
            end = End("needs_ruling", "roster_error")
            return [Effect(Note("trace.no_lump"), end=end)] * len(cases)
        if self.how == "equal":
            return self._equal(lump, range(len(cases)), cases)
        if self.how == "open":
            return self._open(lump, range(len(cases)), cases, self.named)
        if any(each.roles for each in self.parts):
            return self._by_role(lump, cases)
        return self._by_name(lump, cases)

    def keeps(self, tally: Tally) -> bool:
        """Only one lump is divided, and the parts add up to it; those of roles need not."""
        if not tally.due:
            return True
        if tally.lowest != tally.highest or tally.known != tally.cases:
            return False
        by_role = any(each.roles for each in self.parts)
        return by_role or tally.paid == tally.lowest

    def _equal(self, lump: int, members: Sequence[int], cases: Sequence[Columns]) -> list[Effect]:
        effects = [NOTHING] * len(cases)
        if len(members) > 1:
            each, extra = divmod(lump, len(members))
            for place, index in enumerate(members):
                part = each + (place < extra)
                values: dict[str, Value] = {"before": lump, "heads": len(members), "after": part}
                effects[index] = Effect(Note("trace.equal", values), set={"amount": part})
        return effects

    def _open(
        self, lump: int, members: Sequence[int], cases: Sequence[Columns], named: Named | None
    ) -> list[Effect]:
        """One line with the sum for all *members*; a single one has it as before."""
        effects = [NOTHING] * len(cases)
        people = {cases[index].get("person") for index in members} - {None}
        if len(members) < 2:
            return effects
        carrier, *others = members
        name = (named or Named(column=self.keys[0])).name([cases[index] for index in members])
        kind = self.kind or ("unstated_split" if people else "team")
        new: dict[str, Value] = {"payee": name, "kind": kind, "amount": lump}
        effects[carrier] = Effect(Note("trace.together", {"payee": name}), set=new)
        for index in others:
            note = Note("trace.within", {"payee": name})
            effects[index] = Effect(note, end=End("not_paid", "within_sum"), by=carrier)
        return effects

    def _by_role(self, lump: int, cases: Sequence[Columns]) -> list[Effect]:
        """Each role its part; several people of a role have theirs together.

        What somebody of another role has is not said, and waits.
        """
        roles = {role for each in self.parts for role in each.roles}
        waits = Effect(Note("trace.no_part"), end=End("needs_ruling", "no_match"))
        effects = [NOTHING if case.get("role") in roles else waits for case in cases]
        claimed = [(each, self._members(each, cases)) for each in self.parts]
        present = sum((each.part for each, members in claimed if members), start=Fraction(0))
        for each, members in claimed:
            if not members:
                continue
            whole = each.part / present if self.unclaimed == "others" else each.part
            part = money.times(lump, whole)
            note = Note("trace.part", {"before": lump, "times": str(whole), "after": part})
            for index in members:
                effects[index] = Effect(note, set={"amount": part})
            if len(members) > 1:
                named = Named(column=self.keys[0], suffix=each.suffix)
                together = self._open(part, members, cases, named)
                effects = [
                    t if t is not NOTHING else e for t, e in zip(together, effects, strict=True)
                ]
        return effects

    def _members(self, part: Part, cases: Sequence[Columns]) -> list[int]:
        return [index for index, case in enumerate(cases) if case.get("role") in part.roles]

    def _by_name(self, lump: int, cases: Sequence[Columns]) -> list[Effect]:
        """The first case becomes the first part, the other parts are lines beside it."""
        first, *others = [self._part(lump, each, cases[0]) for each in self.parts]
        within = Effect(
            Note("trace.within", {"payee": ""}), end=End("not_paid", "within_sum"), by=0
        )
        rest = [within] * (len(cases) - 1)
        return [Effect(first.note, set=first.set, more=tuple(others)), *rest]

    def _part(self, lump: int, each: Part, case: Columns) -> Effect:
        part = money.times(lump, each.part)
        note = Note("trace.part", {"before": lump, "times": str(each.part), "after": part})
        payee = f"{case[self.keys[0]]}{each.suffix}"
        return Effect(note, set={"payee": payee, "kind": "unstated_split", "amount": part})
