"""Whatever the software writes, it reads back, or names."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.main import app

EXAMPLE = Path(__file__).parents[1] / "examples" / "jilin-city-2023" / "获奖名单.xlsx"


def run(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(app, [*map(str, arguments)])
    return done.exit_code, done.stdout


def read(path: Path) -> tuple[list[dict[str, object]], list[str]]:
    """The records of a file, and the codes of what is wrong or done about it."""
    report = json.loads(run("read", path, "--format", "json")[1])
    return report["records"], [each["code"] for each in report["problems"]]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("ending", "code"), [("xlsx", "payout-workbook"), ("csv", "sheet-is-payouts")]
)
def test_payouts_are_named(tmp_path: Path, lang: str, ending: str, code: str) -> None:
    path = tmp_path / f"发放.{ending}"
    run("pay", EXAMPLE, "-s", "jilin-city", "-o", path, "--lang", lang)
    records, told = read(path)
    assert (records, code in told) == ([], True)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_empty_roster_has_nothing_in_it(tmp_path: Path, lang: str) -> None:
    run("template", "-s", "jilin-city", "-o", tmp_path / "空.xlsx", "--lang", lang)
    records, told = read(tmp_path / "空.xlsx")
    assert records == []
    assert set(told) <= {"skipped-example", "guide-sheet", "empty-sheet"}


def test_records_as_text_are_the_records(tmp_path: Path) -> None:
    path = tmp_path / "记录.csv"
    path.write_text(run("read", EXAMPLE, "--format", "csv")[1], "utf-8")
    before, after = read(EXAMPLE)[0], read(path)[0]
    where = ("facts", "cell", "file")
    assert [{k: v for k, v in each.items() if k not in where} for each in after] == [
        {k: v for k, v in each.items() if k not in where} for each in before
    ]
