"""A run made ready to be handed on: the dossier from which every document is written."""

from collections.abc import Mapping, Sequence

from awards.assessment import Assessment
from awards.bank_accounts import accounts_of
from awards.dossier import Dossier
from awards.ledger_entries import already_paid
from awards.office import UNKNOWN, Office
from awards.payments import payments_of
from awards.problems import Place, Problem
from awards.records import Result, Roster
from awards.release import NOTHING_YET, Release
from awards.tax import decisions

NOBODY = Roster(())


def prepare(
    outcome: Assessment,
    *,
    tax: Mapping[str, str] | None = None,
    accounts: Roster | Sequence[Result] = NOBODY,
    release: Release = NOTHING_YET,
    office: Office = UNKNOWN,
    earlier: Roster | Sequence[Result] = (),
) -> Dossier:
    """*outcome* with payments, accounts and stages.

    *tax* says how awards are taxed, by role, by a person's name, or under ``""`` for everybody:
    ``incidental``, ``exempt=BODY,NUMBER`` or ``wages``. *accounts* is a list of accounts as
    ``read_accounts`` reads it, *earlier* what the ledger has as paid. What is wrong with accounts
    is in ``.problems``, with earlier payments in ``.ledger_faults``; OptionError is raised for a
    decision on tax that cannot be meant.

    >>> from awards import assess, load_schedule
    >>> won = {"year": 2023, "competition": "吉林省职业院校技能大赛", "level": "省级",
    ...        "event": "焊接", "prize": "一等奖", "person": "赵甲", "role": "学生"}
    >>> dossier = prepare(assess([won], load_schedule("jilin-city")), tax={"": "incidental"})
    >>> [(each.payee, each.gross, each.tax, each.net) for each in dossier.payments]
    [('赵甲', Decimal('10000.00'), Decimal('2000.00'), Decimal('8000.00'))]
    """
    listed = accounts.results if isinstance(accounts, Roster) else accounts
    read = accounts.problems if isinstance(accounts, Roster) else ()
    known = accounts_of(outcome, listed)
    payments = payments_of(outcome, known, decisions(tax or {}))
    before = earlier.ledger if isinstance(earlier, Roster) else earlier
    paid = already_paid(outcome, before)
    told = (*read, *known.problems)
    return Dossier(outcome, payments, release, office, told, paid, _unmatched(outcome, earlier))


def _unmatched(outcome: Assessment, earlier: Roster | Sequence[Result]) -> list[Problem]:
    """The errors of *outcome* that are about an earlier payment, which the rules then lack.

    A payment of a year before the document is none of them: nothing is due for that year.
    """
    read = earlier if isinstance(earlier, Roster) else Roster((), ledger=tuple(earlier))
    rows = {_row(each.place) for each in (*outcome.earlier, *read.ledger)}
    return [
        each
        for each in dict.fromkeys((*outcome.problems, *read.problems))
        if each.severity == "error"
        and each.code != "not-in-force"
        and (_row(each.place) in rows or each in read.problems)
    ]


def _row(place: Place) -> tuple[str | None, str | None, int | None]:
    """The row on which *place* stands."""
    return (place.file, place.sheet, place.row)
