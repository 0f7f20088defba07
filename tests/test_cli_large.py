"""``awards pay`` on many rows: the same sums, a summary on the screen, everything in the file."""

import sys
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from typer.testing import CliRunner, Result

import awards
from awards.workbook import plain
from awards.workbook.plain import Plain, write_plain
from cli import large
from cli.main import app
from cli.pay import CSV
from tests.tables import JILIN
from tests.test_batch_spill import jilin_rows

HEADINGS = {"year": "年度", "competition": "竞赛名称", "level": "级别", "event": "赛项"}
HEADINGS |= {
    "prize": "奖次",
    "person": "姓名",
    "person_id": "学号",
    "role": "身份",
    "school": "学校",
}


def pay(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["pay", *map(str, arguments), "-s", JILIN])


@pytest.fixture
def roster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A list that counts as long."""
    monkeypatch.setattr(large, "SMALL", 10)
    path = tmp_path / "roster.xlsx"
    jilin_rows(40).rename(columns=HEADINGS).to_excel(path, index=False)
    return path


def test_a_long_list_into_a_workbook(roster: Path, tmp_path: Path) -> None:
    small = awards.assess(awards.read_roster(roster), awards.load_schedule(JILIN))
    target = tmp_path / "out.xlsx"
    done = pay(roster, "-o", target)
    assert done.exit_code == 1, done.output  # rows without a name are problems
    assert f"{int(small.totals.paid):,}" in done.stdout
    assert "共 40 行" in done.stdout
    book = openpyxl.load_workbook(target)
    _, details, unpaid, waiting, payees, problems = book.worksheets
    counts = small.totals.by_status
    assert details.max_row - 1 == counts["pending_approval"]
    assert unpaid.max_row - 1 == counts["not_paid"] + counts["problem"]
    assert waiting.max_row - 1 == max(counts["needs_ruling"], 1)
    for sheet, column in ((details, 9), (payees, 4)):
        sums = [row[column - 1] for row in sheet.iter_rows(min_row=2, values_only=True)]
        assert sum(Decimal(str(each)) for each in sums) == small.totals.paid
    assert problems.max_row - 1 == len(small.problems)


APPROVED = ("--submitted", "2024-03-01", "--approval", "某人社批〔2024〕5号,2024-03-05")


def basis(path: Path, *, below: str = "文件：") -> list[list[str]]:
    """What the sheet of the basis says, line by line, from the line that begins with *below*."""
    rows = openpyxl.load_workbook(path)["依据"].iter_rows(values_only=True)
    lines = [[str(cell) for cell in row if cell is not None] for row in rows]
    lines = [line for line in lines if line]
    return lines[next(i for i, line in enumerate(lines) if line[0].startswith(below)) :]


@pytest.mark.parametrize("quick", [True, False])
@pytest.mark.parametrize(
    "options",
    [
        (),
        ("--reading", "highest=level"),
        ("--reading", "medals=in_order", "--lang", "zh", *APPROVED),
        ("--ruling", "international=national"),
        ("--rulings", "rulings.xlsx", "--ruling", "prize=first"),
    ],
    ids=" ".join,
)
def test_the_basis_is_that_of_the_small_workbook(
    options: Sequence[str], quick: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Readings taken and switched, rulings with the rows that rest on them, both writers."""
    rows = jilin_rows(40)
    rows.loc[rows.index % 4 == 0, "level"] = "国际级"
    rows.loc[rows.index % 5 == 0, "prize"] = "特等奖"
    rows.rename(columns=HEADINGS).to_excel(tmp_path / "roster.xlsx", index=False)
    columns = ["待裁定事项", "裁定", "姓名", "裁定人", "日期"]
    ruled = [["international", "national", rows["person"][4], "张三", "2024-01-02"]]
    pd.DataFrame(ruled, columns=columns).to_excel(tmp_path / "rulings.xlsx", index=False)
    monkeypatch.chdir(tmp_path)
    done = pay("roster.xlsx", "-o", "small.xlsx", *options)
    assert done.exit_code == 1, done.output
    monkeypatch.setattr(large, "SMALL", 10)
    if not quick:
        monkeypatch.setitem(sys.modules, "rustpy_xlsxwriter", None)
    done = pay("roster.xlsx", "-o", "large.xlsx", *options)
    assert done.exit_code == 1, done.output
    assert basis(Path("large.xlsx")) == basis(Path("small.xlsx"))
    told = [line for line in basis(Path("large.xlsx"), below="已用的裁定") if "!" in line[-1]]
    assert bool(told) == any("rul" in option for option in options)


@pytest.mark.parametrize("options", [(), APPROVED], ids=["draft", "approved"])
def test_a_draft_is_marked_on_every_sheet(
    options: Sequence[str], roster: Path, tmp_path: Path
) -> None:
    target = tmp_path / "out.xlsx"
    pay(roster, "-o", target, *options)
    book = openpyxl.load_workbook(target)
    marks = {each.oddHeader.right.text if each.oddHeader else None for each in book.worksheets}
    (said,) = [line[0] for line in basis(target, below="依据：") if "批准" in line[0]][:1]
    status = {row[9] for row in book["发放明细"].iter_rows(min_row=2, values_only=True)}
    if options:
        assert (marks, said) == ({None}, "已批准：某人社批〔2024〕5号（2024-03-05）。")
        assert status == {"应发"}
    else:
        assert (marks, status) == ({"草稿"}, {"应发（待批准）"})
        assert said == "草稿：须经市人社局批准，填写批准文号前不得据此发放。"


def test_a_large_workbook_is_known_as_one_of_payouts(roster: Path, tmp_path: Path) -> None:
    """Who hands it in again by mistake is told."""
    pay(roster, "-o", tmp_path / "out.xlsx")
    read = awards.read_roster(tmp_path / "out.xlsx")
    assert [each.code for each in read.problems] == ["payout-workbook"]


def test_a_long_list_into_csv_is_what_the_small_runner_writes(
    roster: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pay(roster, "-o", tmp_path / "large.csv")
    monkeypatch.setattr(large, "SMALL", 1000)
    pay(roster, "-o", tmp_path / "small.csv")
    assert (tmp_path / "large.csv").read_text("utf-8-sig").startswith(",".join(CSV))
    assert (tmp_path / "large.csv").read_bytes() == (tmp_path / "small.csv").read_bytes()


def test_parquet_in_and_out(tmp_path: Path) -> None:
    jilin_rows(40).to_parquet(tmp_path / "in.parquet")
    done = pay(tmp_path / "in.parquet", "-o", tmp_path / "out.parquet")
    assert done.exit_code == 1, done.output
    held = pd.read_parquet(tmp_path / "out.parquet")
    rows = [row for _, row in jilin_rows(40).iterrows()]
    small = awards.assess(
        [{str(k): v if v == v else None for k, v in row.items()} for row in rows],
        awards.load_schedule(JILIN),
    )
    assert held["status"].tolist() == [award.status for award in small.awards]
    assert held["fen"].sum() == int(small.totals.paid * 100)


def test_a_file_that_is_no_parquet(tmp_path: Path) -> None:
    (tmp_path / "in.parquet").write_text("no")
    done = pay(tmp_path / "in.parquet")
    assert done.exit_code == 2
    assert "in.parquet" in done.stderr


def test_an_extra_that_is_not_installed(roster: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: object) -> None:
        raise ModuleNotFoundError("No module named 'pandas'")

    monkeypatch.setattr(large.Asked, "large", missing)
    done = pay(roster)
    assert done.exit_code == 2
    assert "awards[large]" in done.stderr


@pytest.mark.parametrize("quick", [True, False])
def test_text_stays_text_whatever_it_begins_with(
    tmp_path: Path, quick: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both writers; a formula would run on the reader's machine."""
    lines: list[list[str | float | None]] = [
        ["=1+1", 12.5],
        ["+赵甲\x07", None],
        ["220202200001010127", 0],
    ]
    path = tmp_path / "plain.xlsx"
    sheets = [Plain("表", {"甲": 10, "乙": 12}, lines)]
    if quick:
        write_plain(sheets, path)
    else:
        plain._row_by_row(sheets, path)
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert cells == [["甲", "乙"], ["=1+1", 12.5], ["+赵甲", None], ["220202200001010127", 0]]
    assert sheet["A2"].data_type == "s"
    assert sheet.freeze_panes == "C2"
