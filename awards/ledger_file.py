"""The ledger on disk: what was paid, batch by batch, never changed and never deleted.

One SQLite file. A batch is entered in one transaction, so that after a crash at any moment the
ledger is as before or has the batch whole. Rows can be neither changed nor deleted (the file itself
refuses that); a batch is taken back by a counter-entry. Each batch carries a digest of itself and
of the one before it, so that a change from outside shows.
"""

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, Literal

from awards.ledger_batches import Batch, Entry, Receipt, active, digest_of, paid_in, reversed_by
from awards.problems import FileError, Place, problem
from awards.records import Roster

MAGIC = b"SQLite format 3\x00"
APPLICATION = int.from_bytes(b"AWRD")
"""By this number in its header a SQLite file says whose it is."""
WAIT = 10
"""Seconds to wait while another program writes."""

SHAPE = """
CREATE TABLE batch (
    number INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('payment', 'import', 'reversal')),
    reverses INTEGER UNIQUE REFERENCES batch (number),
    input TEXT NOT NULL,
    files TEXT NOT NULL,
    schedule TEXT,
    readings TEXT NOT NULL,
    approval TEXT,
    approved_on TEXT,
    paid_on TEXT,
    person TEXT NOT NULL,
    at TEXT NOT NULL,
    remark TEXT,
    digest TEXT NOT NULL,
    CHECK ((kind = 'reversal') = (reverses IS NOT NULL))
);
CREATE TABLE receipt (
    batch INTEGER NOT NULL REFERENCES batch (number),
    line INTEGER NOT NULL,
    payee TEXT NOT NULL,
    school TEXT,
    gross INTEGER NOT NULL,
    tax INTEGER,
    treatment TEXT,
    PRIMARY KEY (batch, line)
);
CREATE TABLE award (
    batch INTEGER NOT NULL,
    line INTEGER NOT NULL,
    receipt INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    fields TEXT NOT NULL,
    PRIMARY KEY (batch, line),
    FOREIGN KEY (batch, receipt) REFERENCES receipt (batch, line)
);
"""
"""Amounts are fen; ``files``, ``readings`` and ``fields`` are JSON."""
TABLES = ("batch", "receipt", "award")


def is_ledger(path: Path) -> bool:
    """Whether the file *path* is a database, as a ledger is."""
    try:
        with path.open("rb") as file:
            return file.read(len(MAGIC)) == MAGIC
    except OSError:
        return False


def batches(path: Path) -> list[Batch]:
    """Every batch in order; FileError where the file is no ledger, damaged, or was changed."""
    with _opened(path, "rw") as ledger:
        return _all(ledger, path)


def earlier(path: Path) -> Roster:
    """What was paid by the ledger *path*, as ``ledger``; nothing where there is no file yet."""
    if not path.exists() or not path.stat().st_size:
        return Roster(())
    return Roster((), ledger=tuple(paid_in(batches(path), path.name)))


def enter(path: Path, batch: Batch) -> Batch:
    """Enter *batch* into the ledger *path*, a new one where there is none; with its number.

    FileError where the same input was entered before and not taken back, or the file cannot be
    written; the ledger is then as it was.
    """
    with _opened(path, "rwc") as ledger, _whole(ledger):
        _shape(ledger)
        listed = _all(ledger, path)
        if batch.kind != "reversal":
            _refuse_again(batch.input, listed, path)
        last = listed[-1] if listed else None
        number = last.number + 1 if last else 1
        numbered = replace(batch, number=number)
        whole = replace(numbered, digest=digest_of(numbered, last.digest if last else ""))
        _insert(ledger, whole)
    return whole


def reverse(path: Path, number: int, person: str, at: str, remark: str) -> Batch:
    """Take the batch *number* back by a counter-entry: the same lines with the sign changed.

    FileError where there is no such batch, it is a counter-entry, or was taken back already.
    """
    listed = batches(path)
    found = next((each for each in listed if each.number == number), None)
    if found is None:
        known = ", ".join(str(each.number) for each in listed) or "-"
        raise FileError(problem("ledger-no-batch", Place(str(path)), found=number, known=known))
    if found.kind == "reversal" or number in reversed_by(listed):
        raise FileError(problem("ledger-not-reversible", Place(str(path)), found=number))
    return enter(
        path,
        Batch(
            "reversal",
            found.input,
            person,
            at,
            [replace(r, gross=-r.gross, tax=-r.tax if r.tax else r.tax) for r in found.receipts],
            [replace(each, amount=-each.amount) for each in found.awards],
            schedule=found.schedule,
            remark=remark,
            reverses=number,
        ),
    )


def refuse_again(path: Path, input: str) -> None:  # noqa: A002  # the name of the field
    """FileError where what has the digest *input* counts already in the ledger *path*."""
    if path.exists() and path.stat().st_size:
        _refuse_again(input, batches(path), path)


def _refuse_again(input: str, listed: Sequence[Batch], path: Path) -> None:  # noqa: A002
    for each in active(listed):
        if each.input == input:
            told = {"number": each.number, "person": each.person, "at": each.at}
            raise FileError(problem("ledger-same-input", Place(str(path)), "error", **told))


@contextmanager
def _opened(path: Path, mode: Literal["rw", "rwc"]) -> Iterator[sqlite3.Connection]:
    """A connection to the ledger *path*; what SQLite finds wrong becomes a FileError.

    Whoever reads may have to clear away what a crash left, so nobody opens it for reading only.
    """
    place = Place(str(path))
    if mode == "rw" and not path.is_file():
        raise FileError(problem("file-missing", place))
    try:
        uri = f"{path.resolve().as_uri()}?mode={mode}"
        with closing(sqlite3.connect(uri, timeout=WAIT, isolation_level=None, uri=True)) as ledger:
            ledger.execute("PRAGMA foreign_keys = ON")
            ledger.execute("PRAGMA synchronous = FULL")
            (owner,) = ledger.execute("PRAGMA application_id").fetchone()
            (size,) = ledger.execute("PRAGMA page_count").fetchone()
            if size and owner != APPLICATION:
                raise FileError(problem("not-a-ledger", place))
            yield ledger
    except sqlite3.OperationalError as error:
        is_busy = "locked" in str(error)
        code = "ledger-busy" if is_busy else "cannot-write"
        raise FileError(problem(code, place, fault=error)) from error
    except sqlite3.DatabaseError as error:
        raise FileError(problem("not-a-ledger", place)) from error


@contextmanager
def _whole(ledger: sqlite3.Connection) -> Iterator[None]:
    """What is done within is in the file whole or not at all; nobody else writes meanwhile."""
    ledger.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        ledger.execute("ROLLBACK")
        raise
    ledger.execute("COMMIT")


def _shape(ledger: sqlite3.Connection) -> None:
    """Give a new file its tables, each guarded against change."""
    if _has_tables(ledger):
        return
    ledger.execute(f"PRAGMA application_id = {APPLICATION}")
    for statement in SHAPE.split(";"):
        ledger.execute(statement)
    for table in TABLES:
        for act in ("UPDATE", "DELETE"):
            ledger.execute(
                f"CREATE TRIGGER no_{act.lower()}_{table} BEFORE {act} ON {table}"
                " BEGIN SELECT RAISE (ABORT, 'append-only'); END"
            )


def _has_tables(ledger: sqlite3.Connection) -> bool:
    """Whether anything was ever entered."""
    found = ledger.execute("SELECT 1 FROM sqlite_master WHERE name = 'batch'")
    return found.fetchone() is not None


def _insert(ledger: sqlite3.Connection, batch: Batch) -> None:
    values = asdict(batch)
    names = [name for name in values if name not in ("receipts", "awards")]
    row = [_json(values[name]) if name in ("files", "readings") else values[name] for name in names]
    marks = ", ".join("?" * len(names))
    ledger.execute(f"INSERT INTO batch ({', '.join(names)}) VALUES ({marks})", row)
    for line, each in enumerate(batch.receipts, 1):
        ledger.execute(
            "INSERT INTO receipt VALUES (?, ?, ?, ?, ?, ?, ?)",
            (batch.number, line, each.payee, each.school, each.gross, each.tax, each.treatment),
        )
    for line, entry in enumerate(batch.awards, 1):
        ledger.execute(
            "INSERT INTO award VALUES (?, ?, ?, ?, ?)",
            (batch.number, line, entry.receipt, entry.amount, _json(entry.fields)),
        )


def _all(ledger: sqlite3.Connection, path: Path) -> list[Batch]:
    """Every batch; FileError at the first whose digest does not fit."""
    found: list[Batch] = []
    if not _has_tables(ledger):
        return found
    rows = ledger.execute("SELECT * FROM batch ORDER BY number")
    names = [name for name, *_ in rows.description]
    receipts = _grouped(ledger, "SELECT * FROM receipt ORDER BY batch, line")
    awards = _grouped(ledger, "SELECT * FROM award ORDER BY batch, line")
    for row in rows.fetchall():
        values = dict(zip(names, row, strict=True))
        values["files"], values["readings"] = map(json.loads, (values["files"], values["readings"]))
        number = values["number"]
        batch = Batch(
            receipts=[Receipt(*each) for each in receipts.get(number, ())],
            awards=[Entry(n, amount, json.loads(f)) for n, amount, f in awards.get(number, ())],
            **values,
        )
        before = found[-1].digest if found else ""
        if digest_of(batch, before) != batch.digest:
            raise FileError(problem("ledger-changed", Place(str(path)), number=number))
        found.append(batch)
    return found


def _grouped(ledger: sqlite3.Connection, query: str) -> dict[int, list[tuple[Any, ...]]]:
    """The rows of *query* by batch, without batch and line."""
    found: dict[int, list[tuple[Any, ...]]] = {}
    for number, _, *rest in ledger.execute(query):
        found.setdefault(number, []).append(tuple(rest))
    return found


def _json(value: Mapping[str, str]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
