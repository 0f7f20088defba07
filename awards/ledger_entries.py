"""What is entered into the ledger: a run that was paid, or a list of earlier payments.

Only what the rules ask of an earlier payment is kept of each award, besides its payee: no account,
no phone, nothing that a roster happens to hold.
"""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from awards import money
from awards.assessment import Assessment
from awards.dossier import Dossier
from awards.explain import document_of
from awards.identity import identities
from awards.ledger_batches import Batch, Entry, Receipt
from awards.payouts import Award
from awards.problems import FileError, Problem, problem
from awards.records import FIELDS, Columns, Result
from awards.resident import LENGTH
from awards.terms import Kind, terms


def batch_of(
    dossier: Dossier,
    earlier: Sequence[Result],
    *,
    files: Iterable[Path],
    person: str,
    at: str,
    paid_on: date,
    remark: str | None = None,
) -> Batch:
    """The batch that *dossier* is once it is paid; FileError where it may not be entered.

    It may not where errors are open, approval is missing, tax is undecided, nothing is due, or an
    award stands in the ledger already (*earlier*) and no rule set it off.
    """
    told = (
        *dossier.forbids(),
        *dossier.open_errors,
        *already_paid(dossier.outcome, earlier),
    )
    faults = list({(each.code, each.place): each for each in told}.values())
    if not dossier.payments:
        faults.append(problem("ledger-nothing"))
    if faults:
        raise FileError(faults)
    receipts, awards = [], []
    for number, payment in enumerate(dossier.payments, 1):
        tax = None if payment.tax is None else money.fen(payment.tax)
        gross = money.fen(payment.gross)
        receipts.append(Receipt(payment.payee, payment.school, gross, tax, payment.decision.kind))
        for index in payment.awards:
            award = dossier.outcome.awards[index]
            fields = _fields(dossier.outcome, index)
            awards.append(Entry(number, money.fen(award.amount or 0), fields))
    given = dossier.release.approval
    return Batch(
        "payment",
        input_of(dossier.outcome),
        person,
        at,
        receipts,
        awards,
        files=digests(files),
        schedule=dossier.outcome.schedule.id,
        readings={taken.name: taken.option for taken in dossier.outcome.readings},
        approval=given.number if given else None,
        approved_on=given.on.isoformat() if given else None,
        paid_on=paid_on.isoformat(),
        remark=remark,
    )


def batch_from(
    listed: Sequence[Result], *, files: Iterable[Path], person: str, at: str, remark: str | None
) -> Batch:
    """The batch of an office's own list of earlier payments, one receipt for each row.

    FileError where the list is empty, or a row has no payee, no year, no amount above nothing, or
    says what another says.
    """
    faults: list[Problem] = list(_twice(listed))
    receipts, awards = [], []
    for each in listed:
        columns = each.columns()
        payee = each.person or each.team or each.school
        stated = columns.pop("amount", None)
        try:
            amount = money.fen(terms().yuan(str(stated)))
        except ValueError:
            code = "blank-amount" if stated is None else "unknown-amount"
            told = {"person": payee or "-", "found": stated}
            faults.append(problem(code, each.at("amount"), "error", **told))
            continue
        if payee is None:
            faults.append(problem("blank-person", each.place))
            continue
        if amount <= 0:
            told = {"person": payee, "found": stated}
            faults.append(problem("ledger-not-paid", each.at("amount"), "error", **told))
            continue
        if columns.get("year") is None and columns.get("date") is None:
            faults.append(problem("ledger-no-year", each.place, person=payee))
            continue
        receipts.append(Receipt(payee, each.school, amount, None, None))
        awards.append(Entry(len(receipts), amount, _texts(columns)))
    if faults or not receipts:
        raise FileError(faults or problem("ledger-nothing"))
    rows = sorted(json.dumps([e.amount, e.fields], sort_keys=True) for e in awards)
    return Batch(
        "import",
        _digest(["import", *rows]),
        person,
        at,
        receipts,
        awards,
        files=digests(files),
        remark=remark,
    )


def _twice(listed: Sequence[Result]) -> Iterator[Problem]:
    """An error at each row that says exactly what an earlier one says."""
    first: dict[tuple[tuple[str, str], ...], Result] = {}
    for each in listed:
        before = first.setdefault(tuple(sorted(_texts(each.columns()).items())), each)
        if before is not each:
            person = each.person or each.team or each.school or "-"
            told = {"person": person, "where": before.place}
            yield problem("ledger-row-twice", each.place, "error", **told)


def input_of(outcome: Assessment) -> str:
    """The digest of what an outcome was made from: rows, in any order, rulings, readings.

    It does not depend on the file that the rows came in, so that a list saved again is the same.
    """
    rows = sorted(
        json.dumps(_texts(each.columns()), ensure_ascii=False, sort_keys=True)
        for each in outcome.results
    )
    rulings = sorted(f"{r.question}={r.answer}@{r.person}@{r.row}" for r in outcome.rulings)
    readings = [f"{taken.name}={taken.option}" for taken in outcome.readings]
    return _digest([outcome.schedule.id, *rows, *rulings, *readings])


def digests(files: Iterable[Path]) -> dict[str, str]:
    """The SHA-256 of each of *files*, by name; a folder stands for the files in it.

    A file of a folder is called ``folder/file``, however deep; two of one name are called by their
    paths.
    """
    listed = {path: name for given in files for path, name in _named(given)}
    count = Counter(listed.values())
    return {
        name if count[name] == 1 else path.as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path, name in listed.items()
    }


def _named(given: Path) -> list[tuple[Path, str]]:
    """*given*, or the files in it, each with its name."""
    if not given.is_dir():
        return [(given, given.name)]
    folder = given.resolve().name
    return [(each, f"{folder}/{each.relative_to(given).as_posix()}") for each in _inside(given)]


def _inside(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def already_paid(outcome: Assessment, earlier: Sequence[Result]) -> list[Problem]:
    """An error at each award that is due though the very same one was paid earlier, or may be.

    Not where a rule of the schedule set the earlier payment off: then it is due beside it. It may
    be where somebody of that name has been paid for the contest under another kind of number.
    """
    rows = len(outcome.results)
    keys, _ = identities((*outcome.results, *earlier))
    paid = {
        _same(key or each.team or each.school, each.columns()): each
        for key, each in zip(keys[rows:], earlier, strict=True)
    }
    namesakes: dict[tuple[object, ...], list[tuple[str | None, Result]]] = defaultdict(list)
    for key, each in zip(keys[rows:], earlier, strict=True):
        namesakes[_about(each)].append((key, each))
    found = []
    for index, award in enumerate(outcome.awards):
        if not award.amount or award.status not in ("paid", "pending_approval"):
            continue
        own = outcome.results[index] if index < rows else None
        for key, each in namesakes[_about(own)] if own and own.person else ():
            if own and key != keys[index] and _may_be_same(own, each):
                told = {"person": award.payee or "-", "where": each.place}
                found.append(problem("ledger-may-be-paid", award.place, "error", **told))
                break
        if any(entry.note.key == "trace.offset" for entry in award.trace):
            continue
        who = keys[index] if index < rows else None
        before = paid.get(_same(who or award.payee, _columns(outcome, index)))
        if before is not None:
            told = {"person": award.payee or "-", "where": before.place}
            found.append(problem("ledger-already-paid", award.place, "error", **told))
    return found


def _about(result: Result) -> tuple[object, ...]:
    """The name, year and event of a row."""
    words = (terms().plain(each or "") for each in (result.person, result.event))
    return (*words, str(result.columns().get("year")))


def _may_be_same(one: Result, other: Result) -> bool:
    """Whether two namesakes with different keys may be one person after all.

    They are not where both have a number of the same kind, or the schools differ.
    """
    schools = [terms().plain(each.school or "") for each in (one, other)]
    if all(schools) and schools[0] != schools[1]:
        return False
    kinds = [each.person_id and len(each.person_id) == LENGTH for each in (one, other)]
    return None in kinds or kinds[0] != kinds[1]


_KINDS: tuple[Kind, ...] = ("level", "prize", "role")
_WORDS = ("competition", "event", "team", "school")


def _same(who: str | None, columns: Columns) -> tuple[object, ...]:
    """What makes two awards the very same: payee, year, what was won, in which role."""
    kinds = (_word(kind, columns.get(kind)) for kind in _KINDS)
    words = (terms().plain(str(columns.get(name) or "")) for name in _WORDS)
    return (who, str(columns.get("year")), *kinds, *words)


def _word(kind: Kind, value: object) -> str | None:
    """The one name of a word, or the word as it is where it has none."""
    return None if value is None else terms().canonical(kind, str(value)) or str(value)


def _columns(outcome: Assessment, index: int) -> Columns:
    """The fields of the result that an award was for; of an award beside the rows, its own."""
    award = outcome.awards[index]
    return outcome.results[index].columns() if index < len(outcome.results) else _own(award)


def _own(award: Award) -> Columns:
    values = {
        "year": award.year,
        "competition": award.competition,
        "event": award.event,
        "level": award.level,
        "prize": award.prize,
        "role": award.role,
        "school": award.school,
        "team" if award.payee_kind == "team" else "person": award.payee,
    }
    if award.payee_kind not in ("person", "team"):
        del values["person"]
    return {name: value for name, value in values.items() if value is not None}


def _fields(outcome: Assessment, index: int) -> Mapping[str, str]:
    """What is kept of an award: the fields of a result, and the columns that its rules read."""
    document = document_of(outcome.awards[index], outcome)
    wanted = {*FIELDS, *document.inputs} - {"amount"}
    return _texts({k: v for k, v in _columns(outcome, index).items() if k in wanted})


def _texts(columns: Columns) -> dict[str, str]:
    return {name: str(value) for name, value in columns.items() if value is not None}


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
