"""The set of documents: it cross-foots to the fen, and a folder holds all of it or nothing."""

import csv
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from docx import Document

import awards
from awards.banks import load_profile
from awards.capitals import capitals
from awards.dossier import Dossier
from awards.folder import Bank, write_documents
from awards.ledger_entries import batch_of
from awards.ledger_file import batches as batches_in
from awards.ledger_file import enter
from awards.problems import AwardsError
from awards.release import Release
from tests.dossiers import APPROVED, CARD, IDENTITY, ROWS, dossier, listed

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples/jilin-city-2023/获奖名单.xlsx"
MIXED = {
    "学生": "exempt=某省人民政府,某政发〔2023〕1号",
    "指导教师": "incidental",
    "参赛教师": "wages",
}


def csv_bank(force: bool = False) -> Bank:
    """The bank of the comma-separated example, 30 payments a file."""
    profile, _ = load_profile("example-csv")
    return Bank(profile.model_copy(update={"rows": 30}), None, force)


def example(tax: Mapping[str, str]) -> Dossier:
    """The example, approved, a card for every payee; 吉市政办发〔2022〕32号 makes it 634,500."""
    outcome = awards.assess(awards.read_roster(EXAMPLE), awards.load_schedule("jilin-city"))
    rows = (
        {
            "person": p.payee,
            "school": p.school,
            "person_id": next(
                (
                    r.person_id
                    for r in outcome.results
                    if r.person == p.payee and r.school == p.school
                ),
                None,
            ),
            "card": f"42{n:010}",
        }
        for n, p in enumerate(outcome.payouts)
    )
    made = awards.prepare(outcome, tax=tax, accounts=listed(*rows), release=APPROVED)
    assert [each for each in made.problems if each.severity != "info"] == []
    return made


def cells(path: Path) -> list[tuple[object, ...]]:
    return [row for sheet in openpyxl.load_workbook(path) for row in sheet.values]


def numbered(path: Path, *columns: int) -> list[Decimal]:
    """The sums of the *columns* over the numbered lines of a workbook."""
    rows = [row for row in cells(path) if isinstance(row[0], int)]
    return [sum((amount(row[c]) for row in rows), Decimal(0)) for c in columns]


def amount(cell: object) -> Decimal:
    return (
        Decimal(str(cell)).quantize(Decimal("0.01"))
        if isinstance(cell, int | float)
        else Decimal(0)
    )


def words(path: Path) -> str:
    letter = Document(str(path))
    return "\n".join(paragraph.text for paragraph in letter.paragraphs)


def stated(text: str, pattern: str) -> list[Decimal]:
    """The yuan that *text* states where *pattern* fits."""
    return [Decimal(found.replace(",", "")) for found in re.findall(pattern, text)]


@pytest.mark.parametrize("tax", [MIXED, {"": "incidental"}], ids=["mixed", "incidental"])
def test_every_document_adds_up_against_every_other(tmp_path: Path, tax: Mapping[str, str]) -> None:
    """Read back from the files: gross, tax, net, wages, by whom and where, down to the ledger."""
    made = example(tax)
    folder = tmp_path / "发放"
    names, problems = write_documents(made, folder, bank=csv_bank(), inputs=[EXAMPLE])
    assert problems == []
    assert sorted(names) == sorted(path.name for path in folder.iterdir())

    gross, withheld, net = numbered(folder / "发放表.xlsx", 9, 10, 11)
    assert gross == Decimal(634_500)
    wages = Decimal(81_000) if tax is MIXED else Decimal(0)  # 参赛教师, examples/…/README.md
    assert gross == net + withheld + wages
    if tax is MIXED:  # 20% of the 217,500 of instructors
        assert withheld == Decimal(43_500)
    else:
        assert withheld == Decimal(126_900)

    assert numbered(folder / "转账发放表.xlsx", 9, 10, 11) == [gross, withheld, net]
    assert numbered(folder / "个税表.xlsx", 4, 7, 8) == [gross, withheld, net]

    sheets = openpyxl.load_workbook(folder / "发放表.xlsx")
    by_group = {}
    for sheet in sheets:
        own = [row for row in sheet.values if isinstance(row[0], int)]
        by_group[sheet.title] = (len(own), sum((amount(row[9]) for row in own), Decimal(0)))
        subtotals = [amount(row[9]) for row in sheet.values if str(row[0]).startswith("小计")]
        [total] = [amount(row[9]) for row in sheet.values if str(row[0]).startswith("合计（")]
        assert sum(subtotals) == total == by_group[sheet.title][1]
        told = [str(row[0]) for row in sheet.values]
        assert f"应发合计（大写）：{capitals(total)}" in told
    students, teachers = by_group["发放表（学生）"], by_group["发放表（教师）"]
    assert (students[1], teachers[1]) == (Decimal(336_000), Decimal(298_500))

    full, schools = openpyxl.load_workbook(folder / "汇总表.xlsx").worksheets
    lines = [row for row in full.values if row[1] and isinstance(row[3], int)]
    assert sum(amount(row[4]) for row in lines) == gross
    people = sum(int(str(row[3])) for row in lines)
    by_school = {row[0]: amount(row[2]) for row in schools.values if isinstance(row[1], int)}
    assert by_school.pop("合计") == sum(by_school.values()) == gross
    by_hand = {
        "松江市第一职业中专": 162_000,
        "雾凇工贸职业学校": 80_000,
        "江湾卫生职业学校": 114_000,
    }
    by_hand |= {"江城职业技术学院": 167_500, "松湖医药职业学院": 111_000}
    assert by_school == by_hand

    [table] = Document(str(folder / "公示.docx")).tables
    shown = [cell.text for cell in table.column_cells(len(table.columns) - 1)][1:]
    assert len(shown) == people == 92
    assert sum(Decimal(text.replace(",", "")) for text in shown) == gross
    assert stated(words(folder / "公示.docx"), r"合计 ([\d,]+) 元") == [gross]

    request = words(folder / "请示.docx")
    assert stated(request, r"学生：\d+ 笔，([\d,]+) 元") == [students[1]]
    assert stated(request, r"教师：\d+ 笔，([\d,]+) 元") == [teachers[1]]
    assert stated(request, r"合计 \d+ 笔，([\d,]+) 元") == [gross]
    assert f"合计 {students[0] + teachers[0]} 笔" in request
    assert capitals(gross) in request

    details = openpyxl.load_workbook(folder / "计算明细.xlsx")
    for name, column in (("发放明细", 9), ("发放汇总", 5), ("学校汇总", 4)):
        own = [row for row in details[name].values if isinstance(row[0], int)]
        assert sum(amount(row[column]) for row in own) == gross, name

    files = sorted(folder.glob("银行代发*.csv"))
    assert len(files) == (len(made.to_bank) + 29) // 30
    paid = []
    for path in files:
        *rows, last = list(csv.reader(path.read_text("gb18030").splitlines()))[1:]
        paid += [Decimal(row[4]) for row in rows]
        assert (int(last[1]), Decimal(last[4])) == (len(rows), sum(Decimal(row[4]) for row in rows))
    assert sum(paid) == net

    page = (folder / "报告.html").read_text("utf-8")
    payees = stated(page, r"<dt>应发</dt><dd>([\d,.]+)</dd>")
    assert sum(payees) == gross
    assert sum(stated(page, r"<dt>实发</dt><dd>([\d,.]+)</dd>")) == net
    assert stated(page, r"<dt>应发合计（元）</dt><dd>([\d,.]+)</dd>") == [gross]

    contents = (folder / "清单.txt").read_text("utf-8-sig")
    listed_ = dict(re.findall(r"^(.+?)\t\d+\t([\d,.]+)$", contents, re.MULTILINE))
    of_bank = [Decimal(text.replace(",", "")) for name, text in listed_.items() if "银行" in name]
    assert sum(of_bank) == net
    others = {text for name, text in listed_.items() if "银行" not in name}
    assert others == {"634,500"}
    assert set(listed_) == set(names) - {"清单.txt"}

    at, day = "2024-03-06T09:00:00+08:00", APPROVED.approval.on  # type: ignore[union-attr]
    batch = batch_of(made, (), files=[EXAMPLE], person="张", at=at, paid_on=day)
    enter(tmp_path / "台账.db", batch)
    [entered] = batches_in(tmp_path / "台账.db")
    assert Decimal(entered.gross) / 100 == gross
    assert Decimal(sum(each.amount for each in entered.awards)) / 100 == gross
    assert Decimal(sum(each.tax or 0 for each in entered.receipts)) / 100 == withheld


def test_a_draft_has_no_bank_file_and_says_why(tmp_path: Path) -> None:
    made = dossier(tax={"": "incidental"})
    names, problems = write_documents(made, tmp_path / "x", bank=csv_bank())
    assert [each.code for each in problems] == ["not-approved"]
    assert not [name for name in names if "银行" in name]
    assert "尚未经市人社局批准" in (tmp_path / "x" / "清单.txt").read_text("utf-8-sig")


def test_undecided_tax_has_no_bank_file_either(tmp_path: Path) -> None:
    made = dossier(tax={"student": "incidental"}, release=APPROVED)
    _, problems = write_documents(made, tmp_path / "x", bank=csv_bank())
    assert [each.code for each in problems] == ["tax-undecided"]


def test_a_forced_bank_file_says_so_in_it_in_its_name_and_in_the_list(tmp_path: Path) -> None:
    """孙丙's 8,000 are undecided: gross goes to the bank, and everything says that it was forced."""
    made = dossier(tax={"student": "incidental"})
    names, problems = write_documents(made, tmp_path / "x", bank=csv_bank(force=True))
    assert [each.code for each in problems] == ["forced", "no-account"]
    name = "银行代发（强制）.csv"
    assert name in names
    first, *rows = (tmp_path / "x" / name).read_text("gb18030").splitlines()
    assert first.startswith("# 强制生成")
    assert "尚未经市人社局批准" in first
    assert "没有定个税" in first
    assert [row.split(",")[4] for row in rows[1:]] == ["12000.00", "8000.00", "20000.00"]
    assert "强制生成" in (tmp_path / "x" / "清单.txt").read_text("utf-8-sig")


def test_who_has_no_account_is_told_and_the_others_are_paid(tmp_path: Path) -> None:
    made = dossier(tax={"": "incidental"}, release=APPROVED)
    _, problems = write_documents(made, tmp_path / "x", bank=csv_bank())
    assert [(each.code, each.values["person"]) for each in problems] == [("no-account", "钱乙")]
    told = (tmp_path / "x" / "清单.txt").read_text("utf-8-sig")
    assert "钱乙 没有银行账号" in told


def test_what_the_ledger_has_as_paid_is_not_paid_again(tmp_path: Path) -> None:
    paid = awards.Problem("ledger-already-paid", values={"person": "赵甲", "where": "#1"})
    made = replace(dossier(tax={"": "incidental"}, release=APPROVED), paid_already=[paid])
    names, problems = write_documents(made, tmp_path / "x", bank=csv_bank())
    assert problems == [paid]
    assert not [name for name in names if "银行" in name]


def test_only_the_lists_of_payees_hold_numbers_and_cards(tmp_path: Path) -> None:
    made = dossier(tax={"": "incidental"}, release=APPROVED)
    write_documents(made, tmp_path / "x", bank=csv_bank())
    may = {
        "发放表.xlsx": (True, True),
        "转账发放表.xlsx": (True, True),
        "个税表.xlsx": (True, False),
        "银行代发.csv": (False, True),
    }
    for path in (tmp_path / "x").iterdir():
        if path.suffix == ".xlsx":
            text = str(cells(path))
        elif path.suffix == ".docx":
            text = words(path) + str([c.text for t in Document(str(path)).tables for c in t._cells])
        else:
            text = path.read_text("gb18030" if path.suffix == ".csv" else "utf-8")
        assert (IDENTITY in text, CARD in text) == may.get(path.name, (False, False)), path.name


def test_a_folder_is_not_written_over(tmp_path: Path) -> None:
    made, folder = dossier(), tmp_path / "x"
    write_documents(made, folder)
    for replaced, code in ((False, "folder-not-empty"), (True, "")):
        if code:
            with pytest.raises(AwardsError, match=code):
                write_documents(made, folder, replace=replaced)
        else:
            write_documents(made, folder, replace=replaced)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "照片.jpg").touch()
    with pytest.raises(AwardsError, match="folder-not-ours"):
        write_documents(made, tmp_path / "mine", replace=True)
    with pytest.raises(AwardsError, match="no-folder"):
        write_documents(made, tmp_path / "none" / "x")
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["照片.jpg"]


def test_an_earlier_set_leaves_nothing_stale_and_other_files_stay(tmp_path: Path) -> None:
    folder = tmp_path / "x"
    approved = dossier(tax={"": "incidental"}, release=APPROVED)
    write_documents(approved, folder, bank=csv_bank())
    (folder / "备忘.txt").write_text("我的", "utf-8")
    assert (folder / "银行代发.csv").exists()
    write_documents(dossier(), folder, bank=csv_bank(), replace=True)
    assert not (folder / "银行代发.csv").exists()
    assert (folder / "备忘.txt").read_text("utf-8") == "我的"


def test_failure_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("awards.folder.write_request", fail)
    with pytest.raises(OSError, match="disk full"):
        write_documents(dossier(), tmp_path / "x")
    assert list(tmp_path.iterdir()) == []


def test_a_set_in_english(tmp_path: Path) -> None:
    names, _ = write_documents(dossier(), tmp_path / "x", "en")
    assert {"payment-list.xlsx", "request.docx", "report.html", "contents.txt"} < set(names)


def test_without_a_demand_for_approval_nothing_is_a_draft(tmp_path: Path) -> None:
    schedule = awards.load_schedule("jilin-city").model_copy(update={"approval": None})
    outcome = awards.assess(list(ROWS), schedule)
    made = awards.prepare(outcome, tax={"": "incidental"})
    names, problems = write_documents(made, tmp_path / "x", bank=csv_bank())
    assert [each.code for each in problems] == ["no-account"]
    assert "银行代发.csv" in names
    for path in (tmp_path / "x").glob("*.xlsx"):
        assert "草稿" not in str(cells(path))


def test_every_sheet_of_a_draft_says_so(tmp_path: Path) -> None:
    write_documents(dossier(), tmp_path / "x")
    for path in (tmp_path / "x").glob("*.xlsx"):
        for sheet in openpyxl.load_workbook(path):
            told = str(list(sheet.values))
            assert "草稿" in told, (path.name, sheet.title)
            assert "个税未定" in told, (path.name, sheet.title)


def test_a_notice_without_approval_is_still_a_draft(tmp_path: Path) -> None:
    """The list of contents says what the sheets say."""
    made = dossier(release=Release(noticed=date(2024, 3, 6)))
    write_documents(made, tmp_path / "发放")
    contents = (tmp_path / "发放" / "清单.txt").read_text("utf-8-sig")
    assert "草稿" in contents
    assert "已公示" not in contents
