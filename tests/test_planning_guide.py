"""docs/planning-guide.md: its sheets come out as the page says in words."""

from pathlib import Path

import awards
from tests.sheets import workbook

PAGE = (Path(__file__).parents[1] / "docs/planning-guide.md").read_text("utf-8")


def sheets() -> list[str]:
    """The tables of the page as tables of a test."""
    blocks = [block for block in PAGE.split("\n\n") if block.startswith("| ")]
    return [
        "\n".join(line.strip().strip("|") for line in block.splitlines() if "---" not in line)
        for block in blocks
    ]


def test_the_plans_of_the_guide(tmp_path: Path) -> None:
    schedules = [awards.load_schedule(name) for name in ("jilin-city", "jiangxi-per-student")]
    plan = awards.read_plan(workbook(tmp_path, sheets()[0]), schedules=schedules)
    assert plan.problems == ()
    made = awards.estimate(plan, schedules)
    assert [each.due()["yuan"] for each in made.awards] == [102_000, 162_000]
    plan = awards.read_plan(workbook(tmp_path, sheets()[1]), schedules=schedules)
    assert plan.problems == ()
    made = awards.estimate(plan, schedules[1])
    [sums] = (each.sums() for each in made.funds)
    assert [sums["secondary", year][0] for year in (2020, 2021)] == [2_000_000, 2_700_000]
    told = [e for e in made.funds[0].expected if e.finding.subject["year"] == 2021]
    assert told[0].change == 700_000
