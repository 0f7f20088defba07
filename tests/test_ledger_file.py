"""The ledger on disk: nothing lost, nothing twice, whenever the power goes."""

import os
import signal
import sqlite3
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from awards.ledger_batches import Batch, Entry, Receipt, active
from awards.ledger_file import batches, earlier, enter, is_ledger, refuse_again, reverse
from awards.problems import AwardsError

PEOPLE = 20
BY, AT = "张会计", "2024-03-06T09:00:00+08:00"


def batch(name: str, people: int = 2, fen: int = 100_000) -> Batch:
    receipts = [Receipt(f"{name}{n}", "甲校", fen + n, n, "incidental") for n in range(people)]
    entries = [
        Entry(n + 1, each.gross, {"person": each.payee, "event": "焊接", "remark": "长" * 2000})
        for n, each in enumerate(receipts)
    ]
    return Batch("payment", f"digest of {name}", BY, AT, receipts, entries, paid_on="2024-03-06")


def refused(act: Callable[[], object]) -> list[str]:
    with pytest.raises(AwardsError) as caught:
        act()
    return [each.code for each in caught.value.problems]


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "台账.db"
    enter(path, batch("赵"))
    return path


def test_what_is_entered_is_there(ledger: Path) -> None:
    entered = enter(ledger, replace(batch("钱", 3), approval="5号", files={"名单.xlsx": "ab"}))
    first, second = batches(ledger)
    assert (first.number, second.number) == (1, 2)
    assert second == entered
    assert second.receipts == batch("钱", 3).receipts
    assert second.awards == batch("钱", 3).awards
    assert second.gross == 300_003
    assert is_ledger(ledger)


def test_earlier_payments_come_back_as_results(ledger: Path) -> None:
    rows = earlier(ledger).ledger
    assert [(each.person, each.event, each.columns()["amount"]) for each in rows] == [
        ("赵0", "焊接", "1000.00"),
        ("赵1", "焊接", "1000.01"),
    ]
    assert str(rows[0].place) == "台账.db [#1] row 1"


def test_no_file_yet_is_no_payment(tmp_path: Path) -> None:
    assert earlier(tmp_path / "none.db").ledger == ()
    (tmp_path / "empty.db").touch()
    assert earlier(tmp_path / "empty.db").ledger == ()


def test_the_same_input_is_refused(ledger: Path) -> None:
    assert refused(lambda: enter(ledger, batch("赵"))) == ["ledger-same-input"]
    assert refused(lambda: refuse_again(ledger, "digest of 赵")) == ["ledger-same-input"]
    refuse_again(ledger, "digest of 钱")
    assert len(batches(ledger)) == 1


def test_a_batch_is_taken_back_by_a_counter_entry(ledger: Path) -> None:
    """Both stay; together they come to nothing; then the same input may be entered again."""
    counter = reverse(ledger, 1, "李", AT, "发错")
    assert (counter.number, counter.reverses, counter.remark) == (2, 1, "发错")
    assert [each.gross for each in batches(ledger)] == [200_001, -200_001]
    assert [each.tax for each in counter.receipts] == [0, -1]
    assert active(batches(ledger)) == []
    assert earlier(ledger).ledger == ()
    assert enter(ledger, batch("赵")).number == 3


def test_what_cannot_be_taken_back(ledger: Path) -> None:
    assert refused(lambda: reverse(ledger, 9, "李", AT, "x")) == ["ledger-no-batch"]
    reverse(ledger, 1, "李", AT, "x")
    for number in (1, 2):
        assert refused(lambda n=number: reverse(ledger, n, "李", AT, "x")) == [  # type: ignore[misc]
            "ledger-not-reversible"
        ]


@pytest.mark.parametrize("table", ["batch", "receipt", "award"])
@pytest.mark.parametrize("act", ["UPDATE {0} SET rowid = 9", "DELETE FROM {0}"])
def test_nothing_is_changed_or_deleted(ledger: Path, table: str, act: str) -> None:
    with sqlite3.connect(ledger) as file, pytest.raises(sqlite3.IntegrityError, match="append"):
        file.execute(act.format(table))


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE receipt SET gross = gross + 1 WHERE line = 1",
        "UPDATE batch SET person = '别人'",
        "DELETE FROM award WHERE line = 2",
        "INSERT INTO award VALUES (1, 3, 1, 5, '{}')",
    ],
)
def test_a_change_from_outside_shows(ledger: Path, change: str) -> None:
    enter(ledger, batch("钱"))
    with sqlite3.connect(ledger) as file:
        for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            file.execute(f"DROP TRIGGER {name}")
        file.execute(change)
    assert refused(lambda: batches(ledger)) == ["ledger-changed"]
    assert refused(lambda: enter(ledger, batch("孙"))) == ["ledger-changed"]


def test_other_files_are_left_alone(tmp_path: Path) -> None:
    text, other = tmp_path / "名单.txt", tmp_path / "other.db"
    text.write_text("不是数据库" * 100, "utf-8")
    with sqlite3.connect(other) as file:
        file.execute("CREATE TABLE batch (number)")
    for path in (text, other):
        before = path.read_bytes()
        assert refused(lambda p=path: enter(p, batch("赵"))) == ["not-a-ledger"]  # type: ignore[misc]
        assert refused(lambda p=path: batches(p)) == ["not-a-ledger"]  # type: ignore[misc]
        assert path.read_bytes() == before
    assert refused(lambda: batches(tmp_path / "none.db")) == ["file-missing"]
    assert not (tmp_path / "none.db").exists()


def test_another_writer_is_waited_for_and_then_told(
    ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("awards.ledger_file.WAIT", 0.1)
    with sqlite3.connect(ledger, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        assert refused(lambda: enter(ledger, batch("钱"))) == ["ledger-busy"]
        other.execute("ROLLBACK")
    assert enter(ledger, batch("钱")).number == 2


def killed(act: Callable[[], object], after: float | None = None) -> bool:
    """Do *act* in a process of its own; with *after*, kill it so many seconds later.

    Whether it was killed, by itself or from here.
    """
    child = os.fork()
    if not child:
        try:
            act()
        finally:
            os._exit(0)
    if after is not None:
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def dying(step: int) -> Callable[..., sqlite3.Connection]:
    """A ``sqlite3.connect`` whose process kills itself at the step *step*.

    A step is the start of a statement, or some instructions within one. So little is kept in
    memory that what is not yet committed is in the file already when the process dies.
    """
    genuine, taken = sqlite3.connect, 0

    def tick(*_: object) -> int:
        nonlocal taken
        taken += 1
        if taken == step:
            os.kill(os.getpid(), signal.SIGKILL)
        return 0

    def connect(*where: str, **how: object) -> sqlite3.Connection:
        made: sqlite3.Connection = genuine(*where, **how)  # type: ignore[call-overload]
        made.execute("PRAGMA cache_size = 1")
        made.set_trace_callback(tick)
        made.set_progress_handler(tick, 60)
        return made

    return connect


needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a process to kill")


@needs_fork
@pytest.mark.parametrize("is_new", [True, False])
@pytest.mark.parametrize("act", ["enter", "reverse"])
def test_killed_at_every_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, act: str, is_new: bool
) -> None:
    """Afterwards the ledger is as before or has the batch whole, and work can go on."""
    if act == "reverse" and is_new:
        pytest.skip("a new ledger has nothing to take back")
    outcomes = set()
    for step in range(1, 10_000):
        path = tmp_path / f"{step}.db"
        if not is_new:
            enter(path, batch("赵", PEOPLE))
        before = batches(path) if not is_new else []

        def work(path: Path = path) -> None:
            if act == "enter":
                enter(path, batch("钱", PEOPLE))
            else:
                reverse(path, 1, "李", AT, "发错")

        with monkeypatch.context() as patch:
            patch.setattr(sqlite3, "connect", dying(step))
            was_killed = killed(work)
        found = batches(path) if path.exists() else []
        assert found[: len(before)] == before, step
        assert len(found) in (len(before), len(before) + 1), step
        is_whole = len(found) > len(before)
        outcomes.add((was_killed, is_whole))
        if is_whole:
            assert len(found[-1].awards) == len(found[-1].receipts) == PEOPLE
            assert refused(work), step  # not a second time
        else:
            work()
        assert len(batches(path)) == len(before) + 1, step
        if not was_killed:
            break
    assert step > 50
    assert outcomes == {(True, False), (False, True)} | (outcomes & {(True, True)})


@needs_fork
def test_killed_at_any_moment(tmp_path: Path) -> None:
    """From outside, after ever more microseconds: while it commits, too."""
    for number in range(120):
        path = tmp_path / f"{number}.db"
        enter(path, batch("赵", 3))
        killed(lambda p=path: enter(p, batch("钱", PEOPLE)), after=number * 1e-4)  # type: ignore[misc]
        found = batches(path)
        assert len(found) in (1, 2)
        if len(found) == 1:
            enter(path, batch("钱", PEOPLE))
        assert [len(each.awards) for each in batches(path)] == [3, PEOPLE]
