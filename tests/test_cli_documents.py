"""The commands for documents and the ledger, as an office types them."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.dossiers import CARD, IDENTITY
from tests.sheets import workbook
from tests.test_cli import EXAMPLE, GOOD, JILIN, roster, run

APPROVAL = ("--approval", "某人社批〔2024〕5号,2024-03-05")
TAX = ("--tax", "incidental")
SET = {
    *("发放表.xlsx", "转账发放表.xlsx", "汇总表.xlsx", "个税表.xlsx", "计算明细.xlsx"),
    *("公示.docx", "请示.docx", "报告.html", "清单.txt"),
}


def test_the_whole_set_in_one_command(tmp_path: Path) -> None:
    folder = tmp_path / "文件夹"
    code, out, err = run("pay", EXAMPLE, *JILIN, "--out-dir", folder)
    assert code == 0
    assert "合计 634,500 元" in out
    assert {path.name for path in folder.iterdir()} == SET
    assert f"已写入 {folder / '发放表.xlsx'}" in err
    code, _, err = run("pay", EXAMPLE, *JILIN, "--out-dir", folder)
    assert code == 2
    assert "folder-not-empty" in err
    assert run("pay", EXAMPLE, *JILIN, "--out-dir", folder, "--force")[0] == 0


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_our_own_documents_are_no_lists(tmp_path: Path, lang: str) -> None:
    folder = tmp_path / "x"
    run("pay", EXAMPLE, *JILIN, "--out-dir", folder, "--lang", lang)
    for path in folder.glob("*.xlsx"):
        code, out, err = run("pay", path, *JILIN)
        assert code == 1
        assert "共 0 人次" in out
        assert "own-document" in err or "payout-workbook" in err


def test_a_bank_file_needs_approval_and_tax(tmp_path: Path) -> None:
    path = roster(tmp_path, GOOD)
    accounts = tmp_path / "x"
    accounts.mkdir()
    accounts = workbook(accounts, f"姓名 | 学校 | 银行卡号\n赵甲 | 甲校 | '{CARD}")
    common = ("pay", path, *JILIN, "--accounts", accounts, "--bank", "example-csv")
    steps: tuple[tuple[tuple[str, ...], int, list[str]], ...] = (
        ((), 1, ["not-approved", "tax-undecided"]),
        (APPROVAL, 1, ["tax-undecided"]),
        ((*APPROVAL, *TAX), 0, []),
    )
    for number, (more, expected, codes) in enumerate(steps):
        folder = tmp_path / str(number)
        code, _, err = run(*common, *more, "--out-dir", folder)
        assert code == expected
        assert all(each in err for each in codes)
        assert (folder / "银行代发.csv").exists() == (not codes)
    assert f"{CARD},,8000.00" in (tmp_path / "2" / "银行代发.csv").read_text("gb18030")
    code, _, err = run(*common, "--out-dir", tmp_path / "3", "--force")
    assert "强制生成" in err
    assert (tmp_path / "3" / "银行代发（强制）.csv").exists()


def test_the_workbook_of_an_approved_run_says_so(tmp_path: Path) -> None:
    path = tmp_path / "发放表.xlsx"
    run("pay", roster(tmp_path, GOOD), *JILIN, "-o", path, *APPROVAL)
    cells = [cell for row in load_workbook(path)["发放明细"].values for cell in row]
    assert "已批准：某人社批〔2024〕5号（2024-03-05）。" in cells
    assert "待批准" not in cells


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--tax", "maybe"), "unknown-tax"),
        (("--tax", "exempt"), "tax-no-document"),
        (("--tax", "incidental@无此人"), "tax-of-nobody"),
        (("--tax", "incidental", "--tax", "wages"), "tax-twice"),
        (("--approval", "5号"), "unknown-approval"),
        (("--submitted", "2024-03-06", *APPROVAL), "out-of-order"),
        (("--noticed", "soon"), "--noticed"),
        (("--noticed", "2999-01-01"), "day-to-come"),
        (("--approval", "5号,2999-01-01"), "day-to-come"),
        (("--tax", "incidental@"), "KIND@WHO"),
        (("--bank", "example-csv"), "bank-needs-folder"),
        (("--bank", "no-bank", "--out-dir", "x"), "unknown-bank"),
        (("--office", "none.toml", "--report", "x.html"), "no-file"),
    ],
)
def test_what_cannot_be_meant_ends_with_2(
    options: tuple[str, ...], code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = roster(tmp_path, GOOD)
    monkeypatch.chdir(tmp_path)
    ended, _, err = run("pay", path, *JILIN, *options)
    assert (ended, code in err) == (2, True)
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_a_page(tmp_path: Path) -> None:
    path = tmp_path / "报告.html"
    assert run("pay", EXAMPLE, *JILIN, "--report", path)[0] == 0
    assert "634,500" in path.read_text("utf-8")
    assert run("pay", EXAMPLE, *JILIN, "--report", path)[0] == 2


def test_the_life_of_a_ledger(tmp_path: Path) -> None:
    """Entered, set off, refused twice, exported, taken back, due again."""
    path, ledger = roster(tmp_path, GOOD), tmp_path / "台账.db"
    record = ("ledger", "record", ledger, path, *JILIN, *TAX, *APPROVAL, "--by", "张会计")
    assert run(*record)[0] == 2  # a ledger is begun on purpose
    assert not ledger.exists()
    assert run(*record, "--new")[0] == 0
    assert run(*record, "--new")[0] == 2
    code, _, err = run(*record)
    assert code == 2
    assert "ledger-same-input" in err

    code, out, _ = run("pay", path, *JILIN, "--ledger", ledger)
    assert "合计 0 元" in out
    code, out, _ = run("ledger", "show", ledger)
    assert code == 0
    assert "张会计" in out
    assert "有效 1 批，合计 10,000 元" in out
    assert "赵甲" in run("ledger", "show", ledger, "--batch", "1")[1]
    assert run("ledger", "show", ledger, "--batch", "7")[0] == 2

    export = tmp_path / "台账.xlsx"
    assert run("ledger", "export", ledger, "-o", export)[0] == 0
    assert run("ledger", "import", tmp_path / "b.db", export, "--by", "李", "--new")[0] == 0
    assert "合计 0 元" in run("pay", path, *JILIN, "--ledger", tmp_path / "b.db")[1]
    again = run("ledger", "import", tmp_path / "b.db", export, "--by", "李")
    assert (again[0], "ledger-same-input" in again[2]) == (2, True)

    assert run("ledger", "reverse", ledger, "1", "--by", "张会计", "--remark", "发错")[0] == 0
    assert "有效 0 批" in run("ledger", "show", ledger)[1]
    assert "合计 10,000 元" in run("pay", path, *JILIN, "--ledger", ledger)[1]
    assert run(*record)[0] == 0


def test_a_ledger_takes_nothing_that_is_not_approved(tmp_path: Path) -> None:
    path, ledger = roster(tmp_path, GOOD), tmp_path / "台账.db"
    code, _, err = run("ledger", "record", ledger, path, *JILIN, "--by", "张", "--new")
    assert code == 2
    assert "not-approved" in err
    assert "tax-undecided" in err
    assert not ledger.exists()


@pytest.mark.parametrize("by", ["", "  "])
def test_a_ledger_is_told_who_and_why(tmp_path: Path, by: str) -> None:
    path, ledger = roster(tmp_path, GOOD), tmp_path / "台账.db"
    record = ("ledger", "record", ledger, path, *JILIN, *TAX, *APPROVAL)
    code, _, err = run(*record, "--by", by, "--new")
    assert (code, "option-blank" in err, ledger.exists()) == (2, True, False)
    code, _, err = run(*record, "--by", "张", "--new", "--on", "2999-01-01")
    assert (code, "day-to-come" in err, ledger.exists()) == (2, True, False)
    assert run(*record, "--by", "张", "--new")[0] == 0
    code, _, err = run("ledger", "reverse", ledger, "1", "--by", "张", "--remark", by)
    assert (code, "option-blank" in err) == (2, True)
    assert "有效 1 批" in run("ledger", "show", ledger)[1]


def test_an_import_is_whole_or_nothing(tmp_path: Path) -> None:
    path = workbook(
        tmp_path, "姓名 | 学校 | 赛项 | 金额\n赵甲 | 甲校 | 焊接 | 500\n钱乙 | 甲校 | 焊接 | 多"
    )
    code, _, err = run("ledger", "import", tmp_path / "b.db", path, "--by", "李", "--new")
    assert (code, "unknown-amount" in err) == (2, True)
    assert not (tmp_path / "b.db").exists()


@pytest.mark.parametrize("number", [CARD, CARD[:16], IDENTITY])
def test_a_number_that_went_astray_is_shown_nowhere(tmp_path: Path, number: str) -> None:
    """Typed into an event or a remark: not printed, not in the data, the page or the workbook."""
    path = workbook(
        tmp_path,
        f"""
        年度 | 竞赛名称 | 级别 | 赛项 | 奖次 | 学生姓名 | 学校 | 银行卡号
        2023 | 吉林省职业院校技能大赛 | 省级 | 焊接 {number} | 一等奖 | 赵甲 | 甲校 | '{number}
        """,
    )
    page, book = tmp_path / "报告.html", tmp_path / "计算明细.xlsx"
    told = [run("pay", path, *JILIN, "--report", page, "-o", book)[1:], run("read", path)[1:]]
    for form in ("json", "csv"):
        told += [run("pay", path, *JILIN, "-f", form)[1:], run("read", path, "-f", form)[1:]]
    assert all("赵甲" in out for out, _ in told)
    shown = [text for each in told for text in each] + [page.read_text("utf-8")]
    shown += [str(row) for sheet in load_workbook(book) for row in sheet.values]
    assert [text for text in shown if number in text] == []
    assert any(number[:6] + "*" in text for text in shown)
