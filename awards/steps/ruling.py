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
from awards.steps.base import Effect, End, Note, Open, Reason, Step
from awards.terms import Terms


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
        """The answer."""
        return frozenset((f"ruling.{self.question}",))

    def effects(self, cases: Sequence[Columns], terms: Terms) -> Sequence[Effect]:
        """For each case its answer carried out, or the wait."""
        return [self._effect(case.get(f"ruling.{self.question}")) for case in cases]

    def words(self) -> Sequence[tuple[str, Value]]:
        """The words that its answers set."""
        return [item for option in self.options.values() for item in option.set.items()]

    def answer(self, text: str) -> str:
        """*text* as an answer it takes; ValueError where it is none."""
        if text in self.options:
            return text
        if self.amount:
            return str(money.yuan(money.fen(text)))
        raise ValueError(text)

    def _effect(self, answer: Value) -> Effect:
        if answer is None:
            wait = End("needs_ruling", self.reason, self.question)
            return Effect(Note("trace.wait", {"question": self.question}), end=wait)
        note = Note("trace.ruled", {"question": self.question, "answer": answer})
        option = self.options.get(str(answer))
        if option is None:
            return Effect(note, set={"amount": money.fen(str(answer)), "unit": self.unit})
        if option.not_paid:
            return Effect(note, end=End("not_paid", option.not_paid))
        return Effect(note, set=option.set)
