"""What is entered: only what may be, only once, and what comes back is set off by the rules."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

import awards
from awards.dossier import Dossier
from awards.ledger_batches import Batch
from awards.ledger_entries import already_paid, batch_from, batch_of, digests, input_of
from awards.ledger_file import batches, earlier, enter, reverse
from awards.problems import AwardsError, Place
from awards.records import Result, result_of
from awards.words import Lang
from awards.workbook.ledger_sheet import write_ledger
from tests.dossiers import APPROVED, CARD, IDENTITY, ROWS, dossier, listed, won

AT, DAY = "2024-03-06T09:00:00+08:00", date(2024, 3, 6)
INCIDENTAL = {"": "incidental"}


def batch(made: Dossier, paid: Sequence[Result] = ()) -> Batch:
    return batch_of(made, paid, files=[], person="张会计", at=AT, paid_on=DAY)


def again(ledger: Path, rows: Sequence[dict[str, object]] = ROWS) -> awards.Assessment:
    """The rows assessed with what the ledger has as paid."""
    return awards.assess(list(rows), awards.load_schedule("jilin-city"), ledger=earlier(ledger))


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "台账.db"
    enter(path, batch(dossier(tax=INCIDENTAL, release=APPROVED)))
    return path


def test_a_batch_says_what_it_rests_on(ledger: Path) -> None:
    [entered] = batches(ledger)
    assert (entered.person, entered.at, entered.paid_on) == ("张会计", AT, "2024-03-06")
    assert entered.schedule == "cn/jilin/jilin-city/2022-11-22"
    assert entered.readings["highest"] == "amount"
    assert (entered.approval, entered.approved_on) == ("某人社批〔2024〕5号", "2024-03-05")
    told = [(each.payee, each.gross, each.tax, each.treatment) for each in entered.receipts]
    assert told[0] == ("赵甲", 1_500_000, 300_000, "incidental")


def test_nothing_is_kept_that_no_rule_asks_for(ledger: Path) -> None:
    assert CARD.encode() not in ledger.read_bytes()


def test_what_was_paid_is_set_off_by_the_rule(ledger: Path) -> None:
    """Second time nothing; a higher prize later the difference: 20,000 − 15,000 (二(七)第4句)."""
    assert again(ledger).totals.paid == 0
    later = won("赵甲", "国家级", "一等奖", person_id=ROWS[0]["person_id"])
    assert again(ledger, [later]).totals.paid == 5000


def test_the_difference_may_be_entered_beside_the_first(ledger: Path) -> None:
    later = won("赵甲", "国家级", "一等奖", person_id=ROWS[0]["person_id"])
    outcome = again(ledger, [later])
    assert already_paid(outcome, earlier(ledger).ledger) == []


@pytest.mark.parametrize(
    ("made", "codes"),
    [
        (dossier(tax=INCIDENTAL), ["not-approved"]),
        (dossier(release=APPROVED), ["tax-undecided"]),
        (dossier([], release=APPROVED), ["ledger-nothing"]),
    ],
)
def test_what_may_not_be_entered(made: Dossier, codes: list[str]) -> None:
    with pytest.raises(AwardsError) as caught:
        batch(made)
    assert [each.code for each in caught.value.problems] == codes


def test_where_no_rule_sets_off_the_same_award_is_refused(tmp_path: Path) -> None:
    """A schedule without an offset: who is paid already is an error at the row, once by once."""
    first = dossier(ROWS[:2], tax=INCIDENTAL, release=APPROVED)
    path = tmp_path / "台账.db"
    enter(path, batch(first))
    paid = earlier(path).ledger
    second = dossier(
        [{**ROWS[0], "level": "国赛", "event": " 焊接 技术 "}, won("吴己", "省级", "一等奖")],
        tax=INCIDENTAL,
        release=APPROVED,
    )
    [fault] = already_paid(second.outcome, paid)
    assert (fault.code, fault.values["person"]) == ("ledger-already-paid", "赵甲")
    with pytest.raises(AwardsError, match="ledger-already-paid"):
        batch(second, paid)


@pytest.mark.parametrize(
    ("said", "code"),
    [({}, "which-person"), ({"person_id": "0001", "year": None}, "blank-year")],
)
def test_while_a_payment_cannot_be_matched_nothing_is_paid(
    said: dict[str, object], code: str
) -> None:
    """Neither the bank is told nor the ledger: what was paid might be this very award."""
    rows = [won("赵甲", "省级", "一等奖", person_id=n, event=f"项目{n}") for n in ("0001", "0002")]
    place = Place("台账.db", "#1", row=1)
    entered = won("赵甲", "省级", "一等奖", event="项目0001", amount=10_000, **said)
    paid = [result_of({k: v for k, v in entered.items() if v is not None}, 1, place)]
    made = dossier(rows, tax=INCIDENTAL, release=APPROVED, paid=paid)
    assert made.sums.gross == 20_000
    assert made.forbids()[0].code == "errors-first"
    with pytest.raises(AwardsError) as caught:
        batch(made, paid)
    assert {"errors-first", code} <= {each.code for each in caught.value.problems}


def test_a_payment_of_a_year_before_the_document_forbids_nothing() -> None:
    place = Place("台账.db", "#1", row=1)
    paid = [result_of(won("赵甲", "省级", "一等奖", amount=10_000, year=2010), 1, place)]
    assert dossier(tax=INCIDENTAL, release=APPROVED, paid=paid).forbids() == []


def test_the_same_rows_are_the_same_input_in_any_order() -> None:
    """And rulings and readings are part of it."""
    plain = dossier().outcome
    assert input_of(plain) == input_of(dossier(ROWS[::-1]).outcome)
    assert input_of(plain) != input_of(dossier(ROWS[1:]).outcome)
    schedule = awards.load_schedule("jilin-city")
    other = awards.assess(list(ROWS), schedule, readings={"highest": "level"})
    assert input_of(plain) != input_of(other)


def test_an_offices_own_list() -> None:
    rows = listed(
        {"person": "赵甲", "school": "甲校", "event": "焊接", "year": 2022, "amount": "1,200 元"},
        {"school": "乙校", "event": "焊接", "year": 2022, "amount": 800},
    )
    made = batch_from(rows, files=[], person="张", at=AT, remark="2022 年")
    assert [(each.payee, each.gross, each.tax) for each in made.receipts] == [
        ("赵甲", 120_000, None),
        ("乙校", 80_000, None),
    ]
    assert made.kind == "import"


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"person": "赵甲"}, "blank-amount"),
        ({"person": "赵甲", "amount": "很多"}, "unknown-amount"),
        ({"event": "焊接", "amount": 5}, "blank-person"),
        ({"person": "赵甲", "amount": 5}, "ledger-no-year"),
        ({"person": "赵甲", "year": 2022, "amount": 0}, "ledger-not-paid"),
        ({"person": "赵甲", "year": 2022, "amount": "-5"}, "ledger-not-paid"),
        (None, "ledger-nothing"),
    ],
)
def test_a_list_with_a_fault_is_not_entered(row: dict[str, object] | None, code: str) -> None:
    with pytest.raises(AwardsError, match=code):
        batch_from(listed(row) if row else [], files=[], person="张", at=AT, remark=None)


def test_the_workbook_of_a_ledger_is_a_list_of_earlier_payments(
    ledger: Path, tmp_path: Path
) -> None:
    """Export, import: the rules set the same off again."""
    path, other = tmp_path / "台账.xlsx", tmp_path / "另一台账.db"
    write_ledger(batches(ledger), path, ledger.name)
    read = awards.read_ledger(path)
    assert read.problems == ()
    enter(other, batch_from(read.ledger, files=[path], person="李", at=AT, remark=None))
    assert again(other).totals.paid == 0
    assert sum(each.gross for each in batches(other)) == 3_300_000
    assert awards.read_ledger(ledger).ledger == earlier(ledger).ledger


def test_english_export(ledger: Path, tmp_path: Path) -> None:
    path = tmp_path / "ledger.xlsx"
    write_ledger(batches(ledger), path, ledger.name, "en")
    assert len(awards.read_ledger(path).ledger) == len(earlier(ledger).ledger) == 4


def test_a_row_that_stands_twice_is_not_entered() -> None:
    row = {"person": "赵甲", "event": "焊接", "year": 2022, "amount": 500}
    with pytest.raises(AwardsError) as caught:
        batch_from(listed(row, row), files=[], person="张", at=AT, remark=None)
    assert [(e.code, e.place.row) for e in caught.value.problems] == [("ledger-row-twice", 2)]
    apart = [row, {**row, "event": "护理"}]
    assert batch_from(listed(*apart), files=[], person="张", at=AT, remark=None).gross == 100_000


@pytest.mark.parametrize(
    ("before", "now", "is_asked"),
    [
        ({"person_id": "0001"}, {"person_id": IDENTITY}, True),
        ({"person_id": IDENTITY}, {"person_id": "0001"}, True),
        ({"school": None}, {}, True),
        ({}, {"school": None, "person_id": IDENTITY}, True),
        ({"person_id": "0001"}, {"person_id": "0002"}, False),
        ({"school": "乙校"}, {}, False),
        ({"person_id": "0001"}, {"person_id": IDENTITY, "event": "护理"}, False),
        ({"person_id": "0001"}, {"person_id": IDENTITY, "year": 2024}, False),
    ],
)
def test_one_who_may_be_paid_already_is_asked_about(
    before: dict[str, object], now: dict[str, object], is_asked: bool
) -> None:
    """The same name under another kind of number is not paid in silence, nor entered."""
    paid = listed(won("赵甲", "省级", "一等奖", amount=10_000, **before))
    rows = [won("赵甲", "省级", "一等奖", **now)]
    made = dossier(rows, tax=INCIDENTAL, release=APPROVED, paid=paid)
    assert made.sums.gross == 10_000
    codes = ["ledger-may-be-paid"] if is_asked else []
    assert [each.code for each in made.forbids()] == codes
    if is_asked:
        with pytest.raises(AwardsError, match="ledger-may-be-paid"):
            batch(made, paid)


@pytest.mark.parametrize(
    ("numbers", "heading"),
    [
        ((IDENTITY, None), "身份证号"),
        (("0001", None), "学号/工号"),
        ((IDENTITY, "0001"), "证件号码"),
    ],
)
def test_numbers_are_exported_under_what_they_are(
    numbers: tuple[str | None, ...], heading: str, tmp_path: Path
) -> None:
    """So that the export reads back: the rules leave nothing to pay, as with the ledger itself."""
    people = zip("甲乙", numbers, strict=True)
    rows = [won(f"赵{name}", "省级", "一等奖", person_id=number) for name, number in people]
    ledger, path = tmp_path / "台账.db", tmp_path / "台账.xlsx"
    enter(ledger, batch(dossier(rows, tax=INCIDENTAL, release=APPROVED)))
    write_ledger(batches(ledger), path, ledger.name)
    headings = [cell.value for row in load_workbook(path)["已发奖励"].iter_rows() for cell in row]
    assert heading in headings
    read = awards.read_ledger(path)
    assert read.problems == ()
    schedule = awards.load_schedule("jilin-city")
    assert awards.assess(rows, schedule, ledger=read).totals.paid == 0


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_export_of_nothing_is_read_as_nothing(ledger: Path, tmp_path: Path, lang: Lang) -> None:
    path = tmp_path / "台账.xlsx"
    reverse(ledger, 1, "张会计", AT, "发错")
    write_ledger(batches(ledger), path, ledger.name, lang)
    read = awards.read_ledger(path)
    assert (read.ledger, read.problems) == ((), ())


def test_every_file_has_its_digest_whatever_it_is_called(tmp_path: Path) -> None:
    """SHA-256 of nothing, of ``a`` and of ``b``, as RFC 6234 and sha256sum have them."""
    for place, text in (("高职", "a"), ("中职", "b"), (".", "")):
        (tmp_path / place).mkdir(exist_ok=True)
        (tmp_path / place / "名单.txt").write_text(text, "utf-8")
    nothing, a, b = ("e3b0c442", "ca978112", "3e23e816")

    def begun(*given: str) -> dict[str, str]:
        return {n: d[:8] for n, d in digests([tmp_path / each for each in given]).items()}

    assert begun("高职", "中职", "名单.txt") == {
        "高职/名单.txt": a,
        "中职/名单.txt": b,
        "名单.txt": nothing,
    }
    same = begun("高职/名单.txt", "中职/名单.txt")
    assert list(same.values()) == [a, b]
    assert [name.rpartition("/")[0].rpartition("/")[2] for name in same] == ["高职", "中职"]
    root = tmp_path.name
    assert begun(".") == {
        f"{root}/名单.txt": nothing,
        f"{root}/高职/名单.txt": a,
        f"{root}/中职/名单.txt": b,
    }
