"""One run as the office hands it on: outcome, payments, how far it is, and what still forbids it.

Every document of a run is made from one dossier, so that all of them say the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from awards import explain, money
from awards.assessment import Assessment
from awards.bank_accounts import LEAVE_OUT
from awards.office import UNKNOWN, Office
from awards.payments import GROUPS, Group, Payment, Sums, sums
from awards.payouts import PAYABLE, Award
from awards.problems import Problem, problem
from awards.release import NOTHING_YET, Release
from awards.schedule import Schedule
from awards.words import Lang, say


@dataclass(frozen=True)
class Dossier:
    """A run with all that its documents need. ``problems`` are those of the payments."""

    outcome: Assessment
    payments: Sequence[Payment]
    release: Release = NOTHING_YET
    office: Office = UNKNOWN
    problems: Sequence[Problem] = ()
    paid_already: Sequence[Problem] = ()
    """An error at each award that the ledger has as paid, or may have."""
    ledger_faults: Sequence[Problem] = ()
    """The errors about earlier payments, which the rules could not set off then."""

    @cached_property
    def sums(self) -> Sums:
        """The sums over all payments."""
        return sums(self.payments)

    @cached_property
    def groups(self) -> Sequence[tuple[Group, Sequence[Payment]]]:
        """The payments of each budget line that has any."""
        split = ((name, [p for p in self.payments if p.group == name]) for name in GROUPS)
        return [(name, payments) for name, payments in split if payments]

    @cached_property
    def due(self) -> Sequence[Award]:
        """The awards that the payments are made of, in order of the rows."""
        indexes = sorted(index for each in self.payments for index in each.awards)
        return [self.outcome.awards[index] for index in indexes]

    @property
    def is_draft(self) -> bool:
        """Whether approval is demanded and there is none."""
        return self.release.is_draft(bool(approvers(self.outcome)))

    @property
    def to_bank(self) -> Sequence[Payment]:
        """The payments that the bank makes: those with a card and not left to the payroll."""
        return [each for each in self.payments if each.account and not each.decision.by_payroll]

    @property
    def without_account(self) -> Sequence[Payment]:
        """The payments that the bank would make if there were an account."""
        return [each for each in self.payments if not (each.account or each.decision.by_payroll)]

    @property
    def open_errors(self) -> list[Problem]:
        """The errors about accounts, tax and earlier payments that forbid to pay anybody.

        A card that is none is not among them: its payee alone is left out.
        """
        told = [each for each in self.problems if each.code not in LEAVE_OUT]
        return [each for each in (*told, *self.ledger_faults) if each.severity == "error"]

    def forbids(self) -> list[Problem]:
        """Why no bank may be told to pay: open errors, a draft, undecided tax, paid before."""
        found = []
        if self.open_errors:
            found.append(problem("errors-first", count=len(self.open_errors)))
        if self.is_draft:
            by = "、".join(each.approval.by.zh for each in approvers(self.outcome) if each.approval)
            found.append(problem("not-approved", by=by))
        if self.sums.undecided:
            count = sum(each.is_undecided for each in self.payments)
            found.append(problem("tax-undecided", count=count))
        return [*found, *self.paid_already]

    def missing_accounts(self) -> list[Problem]:
        """An error at each payee whom the bank cannot pay; one for all where it can pay nobody."""
        left = self.without_account
        if left and not self.to_bank:
            return [problem("no-accounts", count=len(left))]
        return [
            problem("no-account", self.outcome.awards[p.awards[0]].place, person=p.payee)
            for p in left
        ]

    def doubts(self, lang: Lang) -> list[str]:
        """What every sheet has to say besides whether it is a draft: that tax is undecided."""
        open_ = [each for each in self.payments if each.is_undecided]
        if not open_:
            return []
        amount = money.show(money.fen(self.sums.undecided))
        return [say("document.tax_undecided", lang, count=len(open_), amount=amount)]


def approvers(outcome: Assessment) -> list[Schedule]:
    """The documents that demand approval of something that is due."""
    documents = (*outcome.schedule.earlier, outcome.schedule)
    due = {award.schedule for award in outcome.awards if award.status in PAYABLE}
    return [each for each in documents if each.approval and each.id in due]


def draft_mark(outcome: Assessment, release: Release, lang: Lang) -> str | None:
    """The sentence that a document is a draft; None where it is none."""
    demand = [each.approval for each in approvers(outcome) if each.approval]
    if not release.is_draft(bool(demand)):
        return None
    by = say("sentence.list", lang).join(dict.fromkeys(each.by[lang] for each in demand))
    key = "document.not_approved" if release.submitted else "document.not_submitted"
    return say(key, lang, by=by, on=release.submitted)


@dataclass(frozen=True, slots=True)
class Cell:
    """What the awards of one school, level and prize come to."""

    school: str | None
    level: str
    prize: str
    count: int
    amount: Decimal


def table(dossier: Dossier, lang: Lang) -> list[Cell]:
    """Count and yuan by school, level and prize: schools as they appear, the others by rank."""
    cells: dict[tuple[str | None, str, str], list[Award]] = {}
    for award in dossier.due:
        cells.setdefault((award.school, award.level or "", award.prize or ""), []).append(award)
    schools = {school: n for n, school in enumerate(dict.fromkeys(key[0] for key in cells))}

    def order(key: tuple[str | None, str, str]) -> tuple[int, int, int]:
        words = explain.document_of(cells[key][0], dossier.outcome).terms.words
        ranks = [list(words["level"]), list(words["prize"])]
        at = [r.index(k) if k in r else len(r) for r, k in zip(ranks, key[1:], strict=True)]
        return (schools[key[0]], at[0], at[1])

    return [
        Cell(key[0], *_named(cells[key][0], dossier, lang), len(cells[key]), _amount(cells[key]))
        for key in sorted(cells, key=order)
    ]


def _named(award: Award, dossier: Dossier, lang: Lang) -> tuple[str, str]:
    terms = explain.document_of(award, dossier.outcome).terms
    return (
        terms.name("level", award.level, lang) if award.level else "",
        terms.name("prize", award.prize, lang) if award.prize else "",
    )


def _amount(awards: Sequence[Award]) -> Decimal:
    return sum((award.amount for award in awards if award.amount), start=money.yuan(0))
