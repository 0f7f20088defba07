"""The commands: what they print, what they write, and the code they end with."""

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from cli.main import app
from tests.sheets import workbook

ROOT = Path(__file__).parents[1]
EXAMPLE = str(ROOT / "examples/jilin-city-2023/获奖名单.xlsx")
JILIN = ("--schedule", "jilin-city")
HEAD = "年度 | 竞赛名称 | 级别 | 赛项 | 奖次 | 姓名 | 身份 | 学校\n"
GOOD = "2023 | 吉林省职业院校技能大赛 | 省级 | 焊接 | 一等奖 | 赵甲 | 学生 | 甲校\n"


def run(*arguments: str | Path) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of the command."""
    result = CliRunner().invoke(app, [str(each) for each in arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr


def roster(folder: Path, *rows: str) -> Path:
    return workbook(folder, HEAD + "".join(rows))


def test_pay_prints_the_example() -> None:
    """Totals worked out by hand in examples/jilin-city-2023/README.md."""
    code, out, err = run("pay", EXAMPLE, *JILIN)
    assert code == 0
    assert "共 125 人次：应发（待批准） 92 条、不发 31 条、待裁定 2 条。" in out
    assert "合计 634,500 元" in out
    assert "须经市人社局批准后发放" in out
    assert "same-name" in err
    assert "same-name" not in out


def test_pay_in_english() -> None:
    code, out, _ = run("pay", EXAMPLE, *JILIN, "--lang", "en")
    assert code == 0
    assert "634,500 yuan in all" in out
    assert "NOT PAID: 31" in out


def test_pay_as_json_accounts_for_every_row() -> None:
    code, out, _ = run("pay", EXAMPLE, *JILIN, "--format", "json")
    report = json.loads(out)
    assert code == 0
    assert report["totals"]["rows"] == len(report["awards"]) == 125
    assert sum(report["totals"]["by_status"].values()) == 125
    assert report["totals"]["paid"] == "634500.00"
    assert report["schedule"]["id"] == "cn/jilin/jilin-city/2022-11-22"


def test_pay_as_csv() -> None:
    code, out, _ = run("pay", EXAMPLE, *JILIN, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert code == 0
    assert len(rows) == 125
    assert sum(float(row["amount"] or 0) for row in rows) == 634500


def test_good_rows_are_paid_beside_bad_ones(tmp_path: Path) -> None:
    """One good row of 10,000; a blank prize and a level that is no word, each with its cell."""
    path = roster(
        tmp_path,
        GOOD,
        GOOD.replace("一等奖", "").replace("赵甲", "钱乙"),
        GOOD.replace("省级", "省圾").replace("赵甲", "孙丙"),
    )
    code, out, err = run("pay", path, *JILIN)
    assert code == 1
    assert "合计 10,000 元" in out
    assert "E3: 钱乙 没有奖次 (blank-prize)" in err
    assert "C4: 不认识的级别“省圾”" in err
    assert "是否为“省级”？" in err


def test_pay_writes_each_form_and_keeps_what_is_there(tmp_path: Path) -> None:
    path = roster(tmp_path, GOOD)
    for name in ("发放表.xlsx", "out.json", "out.csv"):
        code, _, err = run("pay", path, *JILIN, "-o", tmp_path / name)
        assert (code, "已写入" in err) == (0, True)
    assert load_workbook(tmp_path / "发放表.xlsx").sheetnames[0] == "发放明细"
    before = (tmp_path / "out.json").read_bytes()
    code, _, err = run("pay", path, *JILIN, "-o", tmp_path / "out.json", "--reading", "year=school")
    assert code == 2
    assert "文件已存在" in err
    assert (tmp_path / "out.json").read_bytes() == before
    assert run("pay", path, *JILIN, "-o", tmp_path / "out.json", "--force")[0] == 0
    assert run("pay", path, *JILIN, "-o", tmp_path / "out.pdf")[0] == 2
    assert sorted(each.name for each in tmp_path.iterdir() if each.name.startswith(".")) == []


def test_a_reading_and_a_ruling_switch_the_outcome() -> None:
    """International as national, halved: 2 × 10,000 more; by ruling for one of the two, 10,000."""
    _, out, _ = run("pay", EXAMPLE, *JILIN, "--reading", "international_level=national")
    assert "合计 654,500 元" in out
    _, out, _ = run("pay", EXAMPLE, *JILIN, "--ruling", "international=national@贾思琪")
    assert "合计 644,500 元" in out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("pay", EXAMPLE, "--schedule", "jilin"), "没有叫“jilin”的办法"),
        (("pay", "nowhere.xlsx", *JILIN), "nowhere.xlsx"),
        (("pay", EXAMPLE, *JILIN, "--reading", "highest=most"), "没有“most”这一项"),
        (("pay", EXAMPLE, *JILIN, "--ruling", "moon=first"), "没有叫“moon”的裁定事项"),
        (("pay", EXAMPLE, "--schedule", "ezhou"), "没有奖励步骤"),
        (("explain", EXAMPLE, *JILIN), "--row"),
        (("explain", EXAMPLE, *JILIN, "--person", "无此人"), "名单里没有 无此人"),
        (("schedules", "show", "nowhere"), "没有叫“nowhere”的办法"),
        (("schedules", "check", "nowhere.toml"), "nowhere.toml"),
    ],
)
def test_what_could_not_run_ends_with_2_and_a_sentence(
    arguments: tuple[str, ...], words: str
) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert words in err
    assert "Traceback" not in err


def test_a_list_is_never_overwritten(tmp_path: Path) -> None:
    path = roster(tmp_path, GOOD)
    before = path.read_bytes()
    code, _, err = run("pay", path, *JILIN, "-o", path, "--force")
    assert (code, path.read_bytes()) == (2, before)
    assert "不能覆盖" in err


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_payout_workbook_is_no_list(tmp_path: Path, lang: str) -> None:
    written = ("-o", tmp_path / "发放表.xlsx", "--lang", lang)
    assert run("pay", roster(tmp_path, GOOD), *JILIN, *written)[0] == 0
    code, out, err = run("pay", tmp_path / "发放表.xlsx", *JILIN)
    assert code == 1
    assert "共 0 人次" in out
    assert "payout-workbook" in err


def test_a_due_row_beside_a_faulty_one_of_the_person_is_told(tmp_path: Path) -> None:
    """The provincial row has no prize: the municipal 3,000 is due, and may not stay."""
    faulty = GOOD.replace("一等奖", "")
    lower = GOOD.replace("吉林省", "吉林市").replace("省级", "市级")
    code, out, err = run("pay", roster(tmp_path, faulty, lower), *JILIN)
    assert code == 1
    assert "合计 3,000 元" in out
    assert "row-beside-fault" in err


def test_check_without_a_schedule_tells_blanks_and_words(tmp_path: Path) -> None:
    faults = (
        GOOD.replace("一等奖", ""),
        GOOD.replace("省级", "省圾").replace("赵甲", "钱乙"),
        GOOD.replace("赵甲", ""),
    )
    code, out, _ = run("check", roster(tmp_path, *faults), "--format", "json")
    assert code == 1
    codes = [each["code"] for each in json.loads(out)["problems"]]
    assert codes == ["blank-prize", "unknown-level", "blank-person"]


def test_two_documents_are_compared() -> None:
    code, out, _ = run("schedules", "diff", "worldskills-43", "worldskills-44")
    assert code == 0
    assert "2015-09-14 → 2017-11-21" in out


def test_check(tmp_path: Path) -> None:
    assert run("check", EXAMPLE)[0] == 0
    path = roster(tmp_path, GOOD.replace("一等奖", ""))
    code, out, err = run("check", path, *JILIN, "--format", "json")
    assert code == 1
    assert [each["code"] for each in json.loads(out)["problems"]] == ["blank-prize"]
    assert "1 处错误" in err


def test_explain_one_row_and_one_person() -> None:
    code, out, _ = run("explain", EXAMPLE, *JILIN, "--row", "行业协会竞赛!6")
    assert code == 0
    assert "12,000 元 × 1/2 = 6,000 元" in out
    assert "中职组!13" in out
    _, out, _ = run("explain", EXAMPLE, *JILIN, "--person", "马骁")
    assert out.count("结果：") == 3


def test_schedules(tmp_path: Path) -> None:
    assert "cn/jilin/jilin-city/2022-11-22" in run("schedules", "list")[1]
    assert "20,000  15,000  12,000" in run("schedules", "show", "jilin-city")[1]
    draft = tmp_path / "draft.toml"
    given = ("--id", "cn/x/town/2024-01-01", "--title", "某镇办法", "--issuer", "某镇")
    assert run("schedules", "new", *given, "--issued", "2024-01-01", "-o", draft)[0] == 0
    code, _, err = run("schedules", "check", draft)
    assert code == 1
    assert f"{draft}:" in err
    file = ROOT / "schedules/cn/jilin/jilin-city/2022-11-22.toml"
    assert run("schedules", "check", file)[0] == 0
    dearer = tmp_path / "dearer.toml"
    dearer.write_text(file.read_text("utf-8").replace("20_000", "25_000"), "utf-8")
    assert "20,000 → 25,000 元 (+5,000)" in run("schedules", "diff", "jilin-city", dearer)[1]
    cases = ("--cases", ROOT / "tests/cases")
    assert run("schedules", "coverage", "jilin-city", *cases)[0] == 0
    assert run("schedules", "check", file, *cases)[0] == 0
    code, _, err = run("schedules", "check", dearer, *cases)
    assert code == 1
    assert "jl-1-student-national-first" in err


def test_template_is_an_empty_roster(tmp_path: Path) -> None:
    path = tmp_path / "空表.xlsx"
    assert run("template", "-o", path, *JILIN)[0] == 0
    assert run("check", path)[0] == 0
    assert run("template", "-o", path)[0] == 2


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "utf-8"])
def test_output_survives_the_terminal(encoding: str) -> None:
    """A name outside the terminal's letters is escaped, and JSON stays JSON."""
    environment: Mapping[str, str] = {**os.environ, "PYTHONIOENCODING": encoding, "NO_COLOR": "1"}
    program = "from cli.main import run; run()"
    for form in ("table", "json"):
        command = [sys.executable, "-c", program, "pay", EXAMPLE, *JILIN, "--format", form]
        done = subprocess.run(command, capture_output=True, cwd=ROOT, env=environment, check=False)
        assert done.returncode == 0, done.stderr
        if form == "json":
            assert json.loads(done.stdout.decode(encoding))["totals"]["rows"] == 125
