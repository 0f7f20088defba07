"""docs/funding-guide.md: its document loads, and its sheet comes out as the page says."""

import re
from fractions import Fraction
from pathlib import Path

import awards
from awards.loading import parse
from awards.workbook import read_figures
from tests.sheets import workbook

PAGE = Path(__file__).parents[1] / "docs/funding-guide.md"


def sheet(text: str) -> str:
    """The table of the page as the table of a test."""
    rows = [line.strip().strip("|") for line in text.splitlines() if line.startswith("| ")]
    return "\n".join(rows)


def test_the_guide_is_true(tmp_path: Path) -> None:
    """The figures of the assertions are those of the page, worked out there in words."""
    text = PAGE.read_text("utf-8")
    block = re.search(r"```toml\n(.*?)```", text, re.DOTALL)
    assert block
    schedule = parse(block[1], "guide")
    read = read_figures(workbook(tmp_path, sheet(text)), schedules=[schedule])
    assert read.problems == ()
    found = {
        (each.rule, each.subject["year"]): each
        for each in awards.hold(read.figures, schedule).findings
    }
    before, after = found["floor", 2024], found["floor", 2025]
    names = ("required", "counted", "not_counted", "shortfall")
    assert [before.values[n] for n in names] == [3_000_000, 2_950_000, 900_000, 50_000]
    assert before.paid_by == {"city": Fraction(30_000), "county": Fraction(20_000)}
    assert (before.status, after.status) == ("not_met", "met")
    assert after.values["required"] == after.values["counted"] == 3_250_000
    assert found["dual_qualified", 2024].status == "met"
    assert found["dual_qualified", 2025].status == "not_met"
