"""What is handed to each payee: gross, tax withheld, net, and to which account.

One payment is one receipt: all that a payee is due at one school in this batch out of one budget
line and under one treatment of tax. The sums over payments are those over payouts, to the fen.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, get_args

from awards import money
from awards.assessment import Assessment
from awards.bank_accounts import Account, Accounts
from awards.payouts import Award
from awards.problems import OptionError, problem
from awards.tax import EVERYBODY, Decision, decided
from awards.terms import terms

Group = Literal["students", "teachers", "others"]
GROUPS: tuple[Group, ...] = get_args(Group)
"""Who is paid from which budget line."""


@dataclass(frozen=True, slots=True)
class Payment:
    """One line of a payment list, in yuan.

    ``tax`` is None where no figure is known: undecided, or left to the payroll; ``net`` then
    is None too. ``awards`` are indexes among the awards of the outcome.
    """

    group: Group
    payee: str
    kind: str
    school: str | None
    roles: tuple[str, ...]
    number: str | None
    account: Account | None
    awards: tuple[int, ...]
    gross: Decimal
    decision: Decision
    tax: Decimal | None
    net: Decimal | None

    @property
    def is_undecided(self) -> bool:
        """Whether nobody has said how it is taxed."""
        return self.decision.kind is None


@dataclass(frozen=True, slots=True)
class Sums:
    """Sums over some payments, in yuan; what has no tax figure stands apart.

    gross = net + tax + payroll + undecided, to the fen.
    """

    count: int
    gross: Decimal
    tax: Decimal
    net: Decimal
    payroll: Decimal
    undecided: Decimal


def payments_of(
    outcome: Assessment, accounts: Accounts, tax: Mapping[str, Decision]
) -> tuple[Payment, ...]:
    """The payments of *outcome*, by school in order of first appearance.

    *tax* holds decisions by role, by a person's name, or for everybody; what the list of accounts
    says of a payee goes before them. OptionError for a decision about nobody, or about a name
    that two payees bear.
    """
    _know_whom(outcome, tax)
    due: dict[tuple[str | None, str | None, Group, Decision], list[int]] = {}
    for payout in outcome.payouts:
        for index in payout.awards:
            award = outcome.awards[index]
            said = _decision(award, accounts, tax)
            key = (award.who, award.school, group_of(award), said)
            due.setdefault(key, []).append(index)
    numbers = _numbers(outcome)
    made = [
        _payment([outcome.awards[index] for index in indexes], indexes, said, accounts, numbers)
        for (*_, said), indexes in due.items()
    ]
    schools = {school: n for n, school in enumerate(dict.fromkeys(each.school for each in made))}
    return tuple(sorted(made, key=lambda each: schools[each.school]))


def sums(payments: Iterable[Payment]) -> Sums:
    """The sums over *payments*."""
    listed = list(payments)
    return Sums(
        count=len(listed),
        gross=_sum(each.gross for each in listed),
        tax=_sum(each.tax for each in listed if each.tax is not None),
        net=_sum(each.net for each in listed if each.net is not None),
        payroll=_sum(each.gross for each in listed if each.decision.by_payroll),
        undecided=_sum(each.gross for each in listed if each.is_undecided),
    )


def group_of(award: Award) -> Group:
    """The budget line of an award, by its role; teams, organisations and other roles are apart."""
    if award.payee_kind == "person":
        for group in GROUPS:
            if award.role in terms().marks.get(f"payees.{group}", ()):
                return group
    return "others"


def _payment(
    awards: Sequence[Award],
    indexes: Sequence[int],
    said: Decision,
    accounts: Accounts,
    numbers: Mapping[str | None, str],
) -> Payment:
    first = awards[0]
    gross = _sum(award.amount for award in awards if award.amount)
    withheld = said.withheld(gross)
    return Payment(
        group=group_of(first),
        payee=first.payee or "",
        kind=first.payee_kind,
        school=first.school,
        roles=tuple(dict.fromkeys(award.role for award in awards if award.role)),
        number=numbers.get(first.who),
        account=accounts.by_payee.get(first.who or ""),
        awards=tuple(indexes),
        gross=gross,
        decision=said,
        tax=withheld,
        net=None if withheld is None else gross - withheld,
    )


def _decision(award: Award, accounts: Accounts, tax: Mapping[str, Decision]) -> Decision:
    """How *award* is taxed: as the list of accounts says of its payee, else as *tax* does."""
    listed = accounts.tax.get(award.who or "")
    return listed or decided(tax, award.role, award.payee)


def _numbers(outcome: Assessment) -> dict[str | None, str]:
    """The number of each payee who has one."""
    found: dict[str | None, str] = {}
    for award, result in zip(outcome.awards, outcome.results, strict=False):
        if result.person and result.person_id:
            found.setdefault(award.who, result.person_id)
    return found


def _know_whom(outcome: Assessment, tax: Mapping[str, Decision]) -> None:
    """Refuse decisions about nobody and about names that two payees bear."""
    roles = {award.role for award in outcome.awards}
    holders: dict[str | None, set[str | None]] = {}
    for award in outcome.awards:
        holders.setdefault(award.payee, set()).add(award.who)
    faults = []
    for who in tax:
        if who == EVERYBODY or who in roles:
            continue
        if who not in holders:
            faults.append(problem("tax-of-nobody", found=who))
        elif len(holders[who]) > 1:
            faults.append(problem("tax-of-several", found=who, count=len(holders[who])))
    if faults:
        raise OptionError(faults)


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, start=money.yuan(0))
