"""Where the money goes: each payee's bank account, from the roster or a list of accounts.

A card is taken only where it is clear whose it is. One that stands beside several people, two
that differ, or a number that is none is a problem at its cell, and the payee is left without.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from awards.assessment import Assessment
from awards.identity import identities, mask
from awards.problems import OptionError, Place, Problem, Severity, problem
from awards.records import Result
from awards.resident import fault
from awards.tax import UNDECIDED, Decision, decision
from awards.terms import terms

FIELDS = ("card", "bank", "bank_code", "tax", "tax_document")
SHORTEST, LONGEST = 8, 32
"""Digits of an account number, of a person or an organisation."""
CARD = range(16, 20)
"""Digits of a bank card, which end in a check digit."""
LEAVE_OUT = ("unknown-card", "card-is-identity", "card-check", "cards-differ", "card-of-several")
"""Errors that leave a payee without an account, so that nobody is paid wrongly."""


@dataclass(frozen=True, slots=True)
class Account:
    """A bank account, and where it was stated."""

    card: str
    bank: str | None
    bank_code: str | None
    place: Place


@dataclass(frozen=True)
class Accounts:
    """By payee: the account, and how tax is treated where the list says so; and what is wrong."""

    by_payee: Mapping[str, Account]
    tax: Mapping[str, Decision]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Stated:
    """What one row says of one payee."""

    who: str
    name: str
    values: Mapping[str, str]
    result: Result

    def at(self, field: str) -> Place:
        """The cell of *field*."""
        heading = next((h for h in self.result.cells if heading_of(h) == field), field)
        return self.result.at(heading)


def heading_of(text: str) -> str | None:
    """The field of an account that a heading means; None where it means none.

    >>> heading_of("银行 卡号"), heading_of("开户行（必填）"), heading_of("身高")
    ('card', None, None)
    """
    if text in FIELDS:
        return text
    plain = terms().plain(text).strip("*:")
    return next(
        (n for n in FIELDS if plain in map(terms().plain, terms().marks[f"accounts.{n}"])), None
    )


def accounts_of(outcome: Assessment, listed: Sequence[Result] = ()) -> Accounts:
    """The accounts of the payees of *outcome*, from its rows and from a list of accounts."""
    rows = len(outcome.results)
    keys, doubts = identities((*outcome.results, *listed))
    faults = {n: each for n, each in doubts if n >= rows and each.severity == "error"}
    holders = _holders(outcome)
    for n, result in enumerate(listed, rows):
        if result.person and not (result.school or result.person_id):
            bearers = holders.get(terms().plain(result.person), [])
            faults.pop(n, None)
            keys[n] = bearers[0] if len(bearers) == 1 else None
            if len(bearers) > 1:
                faults[n] = problem(
                    "which-account", result.place, person=result.person, count=len(bearers)
                )
    told = list(faults.values())
    sure = [(keys[n], result) for n, result in enumerate(listed, rows) if n not in faults]
    own = (
        (award.who, award.payee, result)
        for award, result in zip(outcome.awards, outcome.results, strict=False)
    )
    others = (
        (_payee(key, result), result.person or result.team or result.school, result)
        for key, result in sure
    )
    stated = [
        _Stated(who, name or "", values, result)
        for who, name, result in (*own, *others)
        if who and (values := _values(result))
    ]
    shared = list(_of_several(stated))
    unclear = {each.place for each in shared}
    stated = [each for each in stated if each.at("card") not in unclear]
    found = _Found()
    for each in stated:
        found.take(each)
    for n in faults:
        result = listed[n - rows]
        if "tax" in _values(result):
            found.leave_open(holders.get(terms().plain(result.person or ""), ()))
    unknown = _nobody(sure, outcome)
    return Accounts(
        found.accounts, found.tax, (*told, *shared, *found.problems, *unknown, *found.twice())
    )


def _holders(outcome: Assessment) -> dict[str, list[str]]:
    """The keys of the people who bear each name."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for award in outcome.awards:
        if award.payee_kind == "person" and award.payee and award.who:
            found[terms().plain(award.payee)][award.who] = None
    return {name: list(keys) for name, keys in found.items()}


def _payee(key: str | None, result: Result) -> str | None:
    """The key of the payee of a row of the list; a person who is not known has none."""
    return key if result.person else _organisation(result)


def _organisation(result: Result) -> str | None:
    """The key of a team or an organisation, as an award has it."""
    if result.team:
        return f"team:{result.team}"
    return f"org:{result.school}" if result.school else None


def _values(result: Result) -> dict[str, str]:
    """The fields of an account that *result* fills."""
    found = {}
    for heading, value in (result.model_extra or {}).items():
        name = heading_of(heading)
        if name and value not in (None, "") and name not in found:
            found[name] = str(value).strip()
    return found


def _of_several(stated: Iterable[_Stated]) -> Iterator[Problem]:
    """An error at each card cell that stands beside several people."""
    beside: dict[Place, dict[str, str]] = defaultdict(dict)
    for each in stated:
        if "card" in each.values:
            beside[each.at("card")][each.who] = each.name
    for place, people in beside.items():
        if len(people) > 1:
            yield problem("card-of-several", place, people="、".join(people.values()))


def _nobody(listed: Iterable[tuple[str | None, Result]], outcome: Assessment) -> Iterator[Problem]:
    """What is said of each payee of the list who is not in the roster.

    An error where it has a card or a decision on tax, which then went nowhere; else a note.
    """
    known = {award.who for award in outcome.awards}
    for key, result in listed:
        if _payee(key, result) not in known:
            name = result.person or result.school or "-"
            severity: Severity = "error" if {"card", "tax"} & _values(result).keys() else "info"
            yield problem("account-of-nobody", result.place, severity, person=name)


class _Found:
    """What has been found so far, row by row."""

    def __init__(self) -> None:
        self.accounts: dict[str, Account] = {}
        self.tax: dict[str, Decision] = {}
        self.problems: list[Problem] = []
        self._unsure: set[str] = set()

    def take(self, stated: _Stated) -> None:
        """Enter what one row says."""
        if "card" in stated.values:
            self._card(stated)
        if "tax" in stated.values:
            try:
                said = decision(stated.values["tax"], stated.values.get("tax_document"))
            except OptionError as error:
                place = stated.at("tax")
                self.problems += (
                    Problem(each.code, place, "error", each.values) for each in error.problems
                )
                self.tax[stated.who] = UNDECIDED
                return
            before = self.tax.setdefault(stated.who, said)
            if before != said:
                place = stated.at("tax")
                self.problems.append(problem("tax-differs", place, person=stated.name))
                self.tax[stated.who] = UNDECIDED

    def leave_open(self, payees: Iterable[str]) -> None:
        """Leave the tax of *payees* undecided: it is not clear which of them a decision is of."""
        self.tax.update(dict.fromkeys(payees, UNDECIDED))

    def _card(self, stated: _Stated) -> None:
        """Enter the card, unless it is no account of a person or another than before."""
        place = stated.at("card")
        card = "".join(c for c in terms().plain(stated.values["card"]) if c not in "-·")
        if not (card.isascii() and card.isdecimal() and SHORTEST <= len(card) <= LONGEST):
            hidden = mask(stated.values["card"])
            self._refuse(stated, "unknown-card", hidden)
            return
        is_person = not stated.who.startswith(("team:", "org:"))
        if card == terms().plain(stated.result.person_id or "") or fault(card) in (
            None,
            "id-region",
        ):
            self._refuse(stated, "card-is-identity", mask(card))
            return
        if len(card) in CARD and not checks(card):
            if is_person:
                self._refuse(stated, "card-check", mask(card))
                return
            told = {"person": stated.name, "found": mask(card)}
            self.problems.append(problem("card-check", place, "warning", **told))
        values = stated.values
        account = Account(card, values.get("bank"), values.get("bank_code"), place)
        before = self.accounts.get(stated.who)
        if stated.who in self._unsure:
            return
        if before and before.card != card:
            told = {"person": stated.name, "found": mask(card), "other": mask(before.card)}
            self.problems.append(
                problem("cards-differ", place, "error", where=before.place, **told)
            )
            self._unsure.add(stated.who)
            del self.accounts[stated.who]
        elif before is None or not before.bank:
            self.accounts[stated.who] = account

    def _refuse(self, stated: _Stated, code: str, found: str) -> None:
        """Leave the payee without an account: what is *stated* is none."""
        place = stated.at("card")
        self.problems.append(problem(code, place, person=stated.name, found=found))
        self._unsure.add(stated.who)
        self.accounts.pop(stated.who, None)

    def twice(self) -> Iterator[Problem]:
        """A warning at each card that two payees share."""
        first: dict[str, Account] = {}
        for account in self.accounts.values():
            before = first.setdefault(account.card, account)
            if before is not account:
                told = {"found": mask(account.card), "where": before.place}
                yield problem("card-of-two", account.place, "warning", **told)


def checks(card: str) -> bool:
    """Whether the last digit of *card* fits the others (ISO/IEC 7812-1, annex B).

    >>> checks("6222020000112223334"), checks("6222020000112223335")
    (True, False)
    """
    digits = [int(digit) for digit in reversed(card)]
    doubled = (sum(divmod(2 * digit, 10)) for digit in digits[1::2])
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0
