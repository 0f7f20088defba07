"""Income tax on an award: what a person decided, and what is withheld then.

Whether an award is incidental income, exempt, or part of wages is for the payer and the tax office
to say, so there is no default: an award that nobody decided on is *undecided*, and has no figure.
The treatments with their rates and clauses are data, in ``schedules/tax.toml``. Where they stand:

- 个人所得税法 第二条, 第三条(三), 第六条(六): incidental income, one fifth of each receipt in full;
  实施条例 第十四条(四): each receipt is one time;
- 个人所得税法 第四条(一): prizes that are exempt, by who issues them;
- 个人所得税法 第九条: the payer withholds.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Self

from pydantic import model_validator

from awards import money
from awards.conditions import Model, Text
from awards.problems import OptionError, problem
from awards.terms import policy_root, terms
from awards.words import Lang, say

EVERYBODY = ""


class Treatment(Model):
    """One way to tax an award."""

    name: Text
    """Its name in print."""
    also: tuple[str, ...] = ()
    """Other ways to write it."""
    says: Text
    """What it means."""
    rate: Fraction | None = None
    """The share of each receipt that is withheld."""
    rounding: money.Rounding | None = None
    """Where a part of a fen goes."""
    needs_document: bool = False
    """Whether it rests on a document that has to be named."""
    by_payroll: bool = False
    """Whether the figure is left to the payroll."""
    clause: str
    """Where the law says so."""

    @model_validator(mode="after")
    def _says_what_is_withheld(self) -> Self:
        if (self.rate is not None) + self.needs_document + self.by_payroll != 1:
            raise ValueError("a treatment has a rate, or needs a document, or is for the payroll")
        return self


@cache
def treatments() -> Mapping[str, Treatment]:
    """The treatments that there are, by key."""
    tables = tomllib.loads(policy_root().joinpath("tax.toml").read_text("utf-8"))
    return {name: Treatment.model_validate(table) for name, table in tables.items()}


def called(text: str) -> str | None:
    """The key of the treatment that *text* names; None where it names none.

    >>> called("偶然所得"), called("exempt"), called("再说")
    ('incidental', 'exempt', None)
    """
    plain = terms().plain(text)
    for key, each in treatments().items():
        if plain in map(terms().plain, (key, each.name.zh, each.name.en, *each.also)):
            return key
    return None


@dataclass(frozen=True, slots=True)
class Decision:
    """How somebody's awards are taxed: ``kind`` is the key of a treatment, None if undecided.

    ``document`` is the body and number of the document that an exemption rests on.
    """

    kind: str | None = None
    document: str | None = None

    def withheld(self, receipt: Decimal) -> Decimal | None:
        """The yuan withheld of one *receipt*; None where there is no figure.

        >>> Decision("incidental").withheld(Decimal("2500.53"))
        Decimal('500.11')
        >>> Decision("exempt", "某省政府 某政发〔2023〕1号").withheld(Decimal(10000))
        Decimal('0.00')
        >>> Decision("wages").withheld(Decimal(10000)), Decision().withheld(Decimal(10000))
        (None, None)
        """
        treatment = treatments()[self.kind] if self.kind else None
        if treatment is None or treatment.by_payroll:
            return None
        share = treatment.rate or Fraction(0)
        return money.yuan(money.times(money.fen(receipt), share, treatment.rounding))

    @property
    def by_payroll(self) -> bool:
        """Whether the payroll pays and taxes it."""
        return self.kind is not None and treatments()[self.kind].by_payroll

    def name(self, lang: Lang) -> str:
        """The treatment in print."""
        return treatments()[self.kind].name[lang] if self.kind else say("treatment.undecided", lang)


UNDECIDED = Decision()


def decision(text: str, document: str | None = None) -> Decision:
    """The decision that *text* states; OptionError where it states none, or not on what it rests.

    >>> decision("免税", "某省政府，某政发〔2023〕1号").document
    '某省政府 某政发〔2023〕1号'
    """
    key = called(text)
    if key is None:
        known = ", ".join(f"{key}（{each.name.zh}）" for key, each in treatments().items())
        raise OptionError(problem("unknown-tax", found=text, known=known))
    body, _, number = (document or "").replace("，", ",").partition(",")
    if not treatments()[key].needs_document:
        if document:
            raise OptionError(problem("tax-needs-no-document", found=text))
        return Decision(key)
    if not (body.strip() and number.strip()):
        raise OptionError(problem("tax-no-document", found=text))
    return Decision(key, f"{body.strip()} {number.strip()}")


def decisions(given: Mapping[str, str]) -> dict[str, Decision]:
    """Decisions by whom they are about, from ``KIND`` or ``KIND=BODY,NUMBER`` texts.

    The key is a role, a person's name, or empty for everybody.
    """
    found = {}
    for who, text in given.items():
        kind, _, document = text.partition("=")
        role = terms().canonical("role", who) if who else None
        found[role or who] = decision(kind.strip(), document.strip() or None)
    return found


def decided(by: Mapping[str, Decision], role: str | None, person: str | None) -> Decision:
    """What *by* says of a person in a role: of the person first, of the role, of everybody."""
    for who in (person, role):
        if who and who in by:
            return by[who]
    return by.get(EVERYBODY, UNDECIDED)
