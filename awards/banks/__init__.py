"""Bank files: what a bank wants to be told, as a profile, and the files made by it.

A profile is data: which columns in which order, the separator and encoding, a line with count and
sum, how many payments go into one file; or the bank's own .xlsx form with the cells to fill.
Three examples are shipped, marked as such: no bank's real form. An office writes its own.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from string import ascii_uppercase, digits
from typing import Literal, Self

from pydantic import Field, model_validator

from awards import money
from awards.conditions import Model, Text
from awards.payments import Payment
from awards.problems import FileError, Place, Problem, problem
from awards.settings import parse_settings, read_settings

# fmt: off
FieldName = Literal[
    "number", "payee", "card", "bank", "bank_code", "identity", "school", "amount", "purpose",
    "count", "total",
]
# fmt: on
OF_FILE: tuple[FieldName, ...] = ("count", "total", "purpose")
"""Fields that are about a whole file."""
OF_PEOPLE: tuple[FieldName, ...] = ("payee", "bank", "school")
"""Fields that hold text from somebody's list."""
FORMULA = tuple("=+-@＝＋－＠")
"""How a text begins that a spreadsheet would run; no name does."""


class Cell(Model):
    """One value of a line: a field, or the same text everywhere."""

    field: FieldName | None = None
    """What stands there."""
    text: str | None = None
    """A text that is always the same."""
    heading: str = ""
    """The heading over it."""
    needed: bool = False
    """Whether it may not be blank."""
    most: int | None = Field(None, ge=1)
    """How many letters there may be."""

    @model_validator(mode="after")
    def _is_one_of_both(self) -> Self:
        if (self.field is None) == (self.text is None):
            raise ValueError("a cell has a field or a text")
        return self


class Trailer(Model):
    """The line about the whole file."""

    place: Literal["first", "last"] = "last"
    """Whether it comes before everything or after."""
    cells: tuple[Cell, ...] = Field(min_length=1)
    """Its values."""

    @model_validator(mode="after")
    def _is_about_the_file(self) -> Self:
        if any(cell.field and cell.field not in OF_FILE for cell in self.cells):
            raise ValueError(f"a trailer has the fields {', '.join(OF_FILE)}")
        return self


class Form(Model):
    """The bank's own .xlsx: where it is, and what goes where."""

    file: str
    """The form, beside the profile."""
    sheet: str | None = None
    """The sheet to fill; the first one if not said."""
    first_row: int = Field(ge=1)
    """The row of the first payment."""
    count_at: str | None = Field(None, pattern=r"^[A-Z]{1,3}[1-9]\d*$")
    """The cell for the number of payments."""
    total_at: str | None = Field(None, pattern=r"^[A-Z]{1,3}[1-9]\d*$")
    """The cell for their sum."""


class Profile(Model):
    """What one bank wants to be told."""

    name: Text
    """Its name."""
    example: bool = False
    """Whether it only shows how a profile is written."""
    columns: tuple[Cell, ...] = Field(min_length=1)
    """The values of each payment, in order."""
    header: bool = True
    """Whether the headings come first."""
    trailer: Trailer | None = None
    """The line with count and sum."""
    separator: str = Field(",", min_length=1, max_length=1)
    """What stands between two values."""
    quotes: bool = True
    """Whether a value with a separator in it is put in quotes; else it is refused."""
    encoding: Literal["utf-8", "utf-8-sig", "gb18030"] = "gb18030"
    """How text is written."""
    line_end: Literal["crlf", "lf"] = "crlf"
    """How a line ends."""
    money: Literal["yuan", "fen"] = "yuan"
    """What amounts are in: yuan with two places, or whole fen."""
    rows: int | None = Field(None, ge=1)
    """How many payments go into one file."""
    ending: str = Field("csv", pattern=r"^[a-z]{2,5}$")
    """How the file is called at the end."""
    form: Form | None = None
    """The bank's own form; then separator, encoding and ending do not count."""

    @model_validator(mode="after")
    def _pays_somebody(self) -> Self:
        fields = {cell.field for cell in self.columns}
        if not fields >= {"card", "amount"}:
            raise ValueError("columns need card and amount")
        return self

    @model_validator(mode="after")
    def _keeps_count_and_sum_apart(self) -> Self:
        form = self.form
        for address in (form.count_at, form.total_at) if form else ():
            if form and address and self._is_of_payments(address, form.first_row):
                raise ValueError(
                    f"{address} is where payments go: count_at and total_at may not be"
                )
        return self

    def _is_of_payments(self, address: str, first: int) -> bool:
        """Whether payments may stand at *address*, from the row *first* on."""
        letters = address.rstrip(digits)
        row = int(address.removeprefix(letters))
        column = 0
        for letter in letters:
            column = len(ascii_uppercase) * column + ascii_uppercase.index(letter) + 1
        ends = row < first or (self.rows is not None and row >= first + self.rows)
        return column <= len(self.columns) and not ends


@dataclass(frozen=True, slots=True)
class Batch:
    """The payments of one bank file: lines as text, and what they come to."""

    lines: Sequence[Sequence[str | Decimal]]
    count: int
    total: Decimal


def load_profile(name: str) -> tuple[Profile, Path | None]:
    """The profile called *name*, or in the file *name*, with the folder of its form.

    FileError where there is none of that name or the file is at fault.
    """
    if name.endswith(".toml"):
        return read_settings(Path(name), Profile), Path(name).parent
    found = files(__name__).joinpath(f"{name}.toml")
    if name not in known():
        raise FileError(problem("unknown-bank", found=name, known=", ".join(known())))
    return parse_settings(found.read_text("utf-8"), f"{name}.toml", Profile), None


def known() -> list[str]:
    """The names of the shipped profiles."""
    names = (each.name for each in files(__name__).iterdir() if each.name.endswith(".toml"))
    return sorted(name.removesuffix(".toml") for name in names)


def batches(
    payments: Sequence[Payment], profile: Profile, purpose: str
) -> tuple[list[Batch], list[Problem]]:
    """The files that *profile* makes of *payments*, and what cannot be put into one.

    A payment with a fault is left out, and the fault told. Amounts are net; gross where nobody
    decided on tax, which only happens where somebody forced the file.
    """
    good: list[Payment] = []
    faults: list[Problem] = []
    for payment in payments:
        found = list(_faults(payment, profile, purpose))
        faults += found
        if not found:
            good.append(payment)
    size = profile.rows or max(1, len(good))
    parts = [good[start : start + size] for start in range(0, len(good), size)]
    return [_batch(part, profile, purpose) for part in parts], faults


def paid(payment: Payment) -> Decimal:
    """The yuan that the bank hands over."""
    return payment.gross if payment.net is None else payment.net


def text_of(batch: Batch, profile: Profile, purpose: str, mark: str | None = None) -> bytes:
    """The file of *batch* as bytes; *mark* comes before everything where it was forced."""
    lines = [[_shown(value, profile) for value in line] for line in batch.lines]
    if profile.header:
        lines.insert(0, [cell.heading for cell in profile.columns])
    if profile.trailer:
        values: dict[str, str | Decimal] = {"total": batch.total, "purpose": purpose}
        values["count"] = str(batch.count)
        line = [_shown(_value(cell, values), profile) for cell in profile.trailer.cells]
        lines.insert(0 if profile.trailer.place == "first" else len(lines), line)
    end = "\r\n" if profile.line_end == "crlf" else "\n"
    told = [f"# {mark}"] if mark else []
    joined = end.join([*told, *(_joined(line, profile) for line in lines)]) + end
    return joined.encode(profile.encoding)


def _joined(line: Sequence[str], profile: Profile) -> str:
    if not profile.quotes:
        return profile.separator.join(line)
    special = (profile.separator, '"', "\n")
    return profile.separator.join(
        '"' + each.replace('"', '""') + '"' if any(c in each for c in special) else each
        for each in line
    )


def _shown(value: str | Decimal, profile: Profile) -> str:
    if isinstance(value, str):
        return value
    return str(money.fen(value)) if profile.money == "fen" else f"{value:.2f}"


def _batch(part: Sequence[Payment], profile: Profile, purpose: str) -> Batch:
    lines = [
        [_value(cell, _values(payment, number, purpose)) for cell in profile.columns]
        for number, payment in enumerate(part, 1)
    ]
    return Batch(lines, len(part), sum((paid(each) for each in part), start=money.yuan(0)))


def _values(payment: Payment, number: int, purpose: str) -> dict[str, str | Decimal]:
    """What the fields of a payment hold; blank where something is not known."""
    account = payment.account
    return {
        "number": str(number),
        "payee": payment.payee,
        "card": account.card if account else "",
        "bank": (account.bank if account else None) or "",
        "bank_code": (account.bank_code if account else None) or "",
        "identity": payment.number or "",
        "school": payment.school or "",
        "amount": paid(payment),
        "purpose": purpose,
    }


def _value(cell: Cell, values: dict[str, str | Decimal]) -> str | Decimal:
    return cell.text if cell.text is not None else values[str(cell.field)]


def _faults(payment: Payment, profile: Profile, purpose: str) -> Iterator[Problem]:
    """Why *payment* cannot stand in a file of *profile*."""
    place = payment.account.place if payment.account else Place()
    for cell in profile.columns:
        value = _shown(_value(cell, _values(payment, 1, purpose)), profile)
        told = {"person": payment.payee, "column": cell.heading or str(cell.field)}
        if cell.needed and not value:
            yield problem("bank-blank", place, "error", **told)
        elif cell.most and len(value) > cell.most:
            yield problem("bank-too-long", place, "error", most=cell.most, **told)
        elif cell.field in OF_PEOPLE and value.startswith(FORMULA):
            yield problem("bank-formula", place, "error", **told)
        elif not profile.quotes and profile.separator in value:
            yield problem("bank-separator", place, "error", found=profile.separator, **told)
        elif not _can_be_written(value, profile.encoding):
            yield problem("bank-encoding", place, "error", **told)


def _can_be_written(value: str, encoding: str) -> bool:
    try:
        value.encode(encoding)
    except UnicodeEncodeError:
        return False
    return value.isprintable()
