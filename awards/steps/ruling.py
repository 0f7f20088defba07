"""ruling: a case that the text leaves open. It waits until somebody entitled to decides.

The answer arrives in the column ``ruling.<question>``; without one the row waits. An answer
sets columns, gives nothing for a reason, or is itself the amount in yuan.

>>> from awards.terms import terms
>>> step = Ruling(do="ruling", clause="c", question="abroad", ask="Which level?",
...     reason="no_match", options={"yes": {"says": "national", "set": {"level": "national"}}})
>>> step.effects([{}], terms())[0].end.status
'needs_ruling'
>>> step.effects([{"ruling.abroad": "yes"}], terms())[0].set
{'level': 'national'}
"""

from collections.abc import Mapping, Sequence
from typing import Literal, Self

from pydantic import Field, model_validator

from awards import money
from awards.conditions import Model, Scalar, Text
from awards.records import Columns, Value
from awards.steps.base import Effect, End, Note, Open, Reason, Step, Tally
from awards.terms import Terms, terms


class Option(Model):
    """One possible answer: the columns it sets, or the reason for which it gives nothing."""

    says: Text
    """The answer in words."""
    set: Mapping[str, Scalar] = Field(default_factory=dict)
    """The columns that it sets."""
    not_paid: Reason | None = None
    """The reason for which it gives nothing."""

    @model_validator(mode="after")
    def _does_one_thing(self) -> Self:
        if bool(self.set) == bool(self.not_paid):
            raise ValueError("an option either sets columns or says not_paid with a reason")
        return self


class Ruling(Step):
    """Rows for which ``when`` holds wait for an answer to ``question``."""

    do: Literal["ruling"]
    question: str
    """The name of the question, for `--ruling`."""
    ask: Text
    """The question in words."""
    reason: Open
    """Why the text does not settle it."""
    options: Mapping[str, Option] = Field(default_factory=dict)
    """The possible answers by name."""
    amount: bool = False
    """Whether an amount, in yuan or the ``unit``, is an answer too."""
    unit: str = "yuan"
    """The unit of that amount; only yuan are paid out."""

    @model_validator(mode="after")
    def _can_be_answered(self) -> Self:
        if not self.options and not self.amount:
            raise ValueError("a ruling needs options, or amount = true")
        return self

    def reads(self) -> frozenset[str]:
        """The answer, and who gave it when, for the trace."""
        answer = f"ruling.{self.question}"
        return frozenset((answer, f"{answer}.by", f"{answer}.on"))

    def effects(self, cases: Sequence[Columns], terms: Terms) -> Sequence[Effect]:
        """For each case its answer carried out, or the wait."""
        return [self._effect(case) for case in cases]

    def sets(self) -> frozenset[str]:
        """The columns that its answers set."""
        return frozenset(name for option in self.options.values() for name in option.set)

    def words(self) -> Sequence[tuple[str, Value]]:
        """The words that its answers set."""
        return [item for option in self.options.values() for item in option.set.items()]

    def answer(self, text: str) -> str:
        """*text* as an answer it takes, by name, in words or in yuan; ValueError where it is none.

        >>> national = {"says": {"zh": "国家级", "en": "national"}, "set": {"level": "national"}}
        >>> step = Ruling(do="ruling", clause="c", question="abroad", ask="Which level?",
        ...     reason="no_match", amount=True, options={"yes": national})
        >>> step.answer("国家级"), step.answer("国家级（yes）"), step.answer("5,000元")
        ('yes', 'yes', '5000.00')
        """
        plain = terms().plain(text)
        for name, option in self.options.items():
            for says in (name, option.says.zh, option.says.en):
                if plain in (terms().plain(says), terms().plain(f"{says}({name})")):
                    return name
        if self.amount and (amount := money.fen(terms().yuan(text))) >= 0:
            return str(money.yuan(amount))
        raise ValueError(text)

    def keeps(self, tally: Tally) -> bool:
        """Money appears only where an amount is an answer."""
        return self.amount or tally.paid <= tally.total

    def _effect(self, case: Columns) -> Effect:
        column = f"ruling.{self.question}"
        answer = case.get(column)
        if answer is None:
            wait = End("needs_ruling", self.reason, self.question)
            return Effect(Note("trace.wait", {"question": self.question}), end=wait)
        who = {name: case.get(f"{column}.{name}") for name in ("by", "on")}
        told = {name: value for name, value in who.items() if value is not None}
        note = Note("trace.ruled", {"question": self.question, "answer": answer, **told})
        option = self.options.get(str(answer))
        if option is None:
            return Effect(note, set={"amount": money.fen(str(answer)), "unit": self.unit})
        if option.not_paid:
            return Effect(note, end=End("not_paid", option.not_paid))
        return Effect(note, set=option.set)
