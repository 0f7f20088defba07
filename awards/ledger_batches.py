"""What a ledger holds, in memory: batches, what each payee was handed, for which awards."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Literal

from awards import money
from awards.problems import Place
from awards.records import Result, result_of
from awards.words import Lang, say

Kind = Literal["payment", "import", "reversal"]


@dataclass(frozen=True, slots=True)
class Receipt:
    """What one payee was handed, in fen; ``tax`` is None where the payroll works it out."""

    payee: str
    school: str | None
    gross: int
    tax: int | None
    treatment: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One award of a batch: its receipt, its fen, and the fields of the result it was for."""

    receipt: int
    amount: int
    fields: Mapping[str, str]


@dataclass(frozen=True)
class Batch:
    """One batch: what it was made from, who entered it and when, and all its lines.

    ``number`` is 0 and ``digest`` empty until it is entered.
    """

    kind: Kind
    input: str
    person: str
    at: str
    receipts: Sequence[Receipt]
    awards: Sequence[Entry]
    files: Mapping[str, str] = field(default_factory=dict)
    schedule: str | None = None
    readings: Mapping[str, str] = field(default_factory=dict)
    approval: str | None = None
    approved_on: str | None = None
    paid_on: str | None = None
    remark: str | None = None
    reverses: int | None = None
    number: int = 0
    digest: str = ""

    @property
    def gross(self) -> int:
        """Fen in all."""
        return sum(each.gross for each in self.receipts)

    @property
    def approved(self) -> str:
        """The number and the day of its approval, as far as they are known."""
        return " ".join(part for part in (self.approval, self.approved_on) if part)

    def called(self, gone: Mapping[int, int], lang: Lang) -> str:
        """Its kind in words, what it takes back, and what took it back (:func:`reversed_by`)."""
        kind = say(f"batch.{self.kind}", lang)
        if self.reverses is not None:
            kind += say("batch.of", lang, number=self.reverses)
        if self.number in gone:
            kind += say("batch.gone", lang, number=gone[self.number])
        return kind


def reversed_by(listed: Sequence[Batch]) -> dict[int, int]:
    """The number of the batch that took each batch back."""
    return {each.reverses: each.number for each in listed if each.reverses is not None}


def active(listed: Sequence[Batch]) -> list[Batch]:
    """The batches that count: no counter-entries, and none that was taken back."""
    gone = reversed_by(listed)
    return [each for each in listed if each.kind != "reversal" and each.number not in gone]


def paid_in(listed: Sequence[Batch], file: str) -> Iterator[Result]:
    """Every award that counts, as an earlier payment with its ``amount`` in yuan."""
    for batch in active(listed):
        for line, entry in enumerate(batch.awards, 1):
            place = Place(file, f"#{batch.number}", row=line)
            values = {**entry.fields, "amount": str(money.yuan(entry.amount))}
            yield result_of(values, line, place)


def digest_of(batch: Batch, before: str) -> str:
    """The digest of *batch* and of the one *before* it."""
    told = json.dumps({**asdict(batch), "digest": before}, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()
