"""Rules of the house that a linter does not know: no policy in code, a light start."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import awards

ROOT = Path(__file__).parent.parent
SOURCES = sorted(path for room in ("awards", "cli") for path in (ROOT / room).rglob("*.py"))
NAMES = [str(path.relative_to(ROOT)) for path in SOURCES]
HEAVY = (
    *("pandas", "numpy", "openpyxl", "python_calamine", "rich", "jsonschema", "yaml"),
    *("docx", "lxml", "jinja2", "sqlite3"),
)

COMMANDS = (
    *("pay", "check", "read", "fund", "standards", "estimate", "compare", "explain", "template"),
    *("schedules", "schedules show", "ledger record"),
)
ENGINES = ("pandas", "numpy", "pyarrow", "dask", "pyspark", "rustpy_xlsxwriter")

PROVINCES = (
    *("北京", "天津", "河北", "山西", "内蒙古", "辽宁", "吉林", "黑龙江", "上海", "江苏", "浙江"),
    *("安徽", "福建", "江西", "山东", "河南", "湖北", "湖南", "广东", "广西", "海南", "重庆"),
    *("四川", "贵州", "云南", "西藏", "陕西", "甘肃", "青海", "宁夏", "新疆", "台湾", "香港"),
    "澳门",
)
DOCUMENTS = tuple(
    {
        name
        for each in awards.schedules().values()
        for name in (each.name, each.id, each.number, each.title["zh"], each.issuer["zh"])
        if name
    }
)
ALLOWED_NUMBERS = {
    ("awards/batch/distinct.py", 0x9E3779B97F4A7C15): "bits to mix codes with",
    ("awards/workbook/limits.py", 20_000_000): "cells",
    ("cli/large.py", 5_000): "rows of a small run",
    ("awards/batch/told.py", 1_000): "problems in words",
    ("awards/workbook/limits.py", 40_000_000): "area of a sheet",
    ("awards/workbook/limits.py", 20_000): "merged ranges",
    ("awards/workbook/limits.py", 2_000_000): "cells under merges",
    ("awards/estimates.py", 100_000): "rows that a plan may stand for",
    ("awards/workbook/limits.py", 32_767): "letters of a cell",
    ("awards/workbook/limits.py", 10_000): "parts of a file",
    ("awards/workbook/fields.py", 10_000): "a day as a spreadsheet counts them",
    ("awards/workbook/values.py", 1900): "the first year of a spreadsheet's calendar",
    ("awards/workbook/template.py", 2000): "rows with dropdowns",
}
ALLOWED_TEXTS = {
    "https://json-schema.org/draft/2020-12/schema": "the name of a standard",
    "808080": "grey",
    "0563C1": "the color of a link",
    "0123456789一二三四五六七八九十": "the digits",
    "Excel 2003 XML": "the name of a format",
}
AMOUNT = re.compile(r"(?<![\w\\])(?:\d{1,3}(,\d{3})+|\d{4,}|\d+\s*(元|万|yuan))")


def literals(path: Path) -> Iterator[tuple[int, str | int | float]]:
    """Every number and text of the module except docstrings, which may give examples."""
    tree = ast.parse(path.read_text("utf-8"))
    said = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or id(node) in said:
            continue
        if isinstance(node.value, str | int | float) and not isinstance(node.value, bool):
            yield node.lineno, node.value


@pytest.mark.parametrize("name", NAMES)
def test_no_policy_in_code(name: str) -> None:
    """No yuan, year, place or document name: those are for schedules/ to say."""
    found = []
    for line, value in literals(ROOT / name):
        if isinstance(value, str):
            place = next((each for each in (*PROVINCES, *DOCUMENTS) if each in value), None)
            if (place or AMOUNT.search(value)) and value not in ALLOWED_TEXTS:
                found.append((line, value))
        elif abs(value) >= 1000 and (name, value) not in ALLOWED_NUMBERS:
            found.append((line, str(value)))
    assert found == []


@pytest.mark.parametrize("name", NAMES)
def test_no_float_in_code(name: str) -> None:
    """Money never meets one; the two rooms that lay out a page and compare spellings may."""
    if name.startswith("awards/workbook/"):
        return
    floats = [(line, v) for line, v in literals(ROOT / name) if isinstance(v, float)]
    likeness = {"awards/terms.py": [0.6], "awards/catalog.py": [0.5]}
    assert [value for _, value in floats] == likeness.get(name, [])


@pytest.mark.parametrize("name", NAMES)
def test_modules_can_be_read_in_one_sitting(name: str) -> None:
    assert len((ROOT / name).read_text("utf-8").splitlines()) <= 400


IMPORT = re.compile(r"import time:\s+(\d+) \|\s+\d+ \|\s+\S+")
TELL = "\nimport sys\nprint(*(name for name, held in sys.modules.items() if held), sep='\\n')"


def loaded(program: str) -> set[str]:
    """The modules that a fresh Python has loaded after *program*; what they cost is printed.

    The milliseconds are those of ``-X importtime``, for a reader of ``pytest -rP``: that a module
    is there is a fact, how long it takes is not.
    """
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", program + TELL],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    costs = [int(cost) for cost in IMPORT.findall(done.stderr)]
    assert costs
    sys.stdout.write(f"{sum(costs) // 1000} ms for {len(costs)} modules\n")
    return set(done.stdout.split())


def test_decisions_are_numbered() -> None:
    """Each decision has a number of its own, in its name and its title."""
    found = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    numbers = [int(path.name.split("-")[0]) for path in found]
    titles = [path.read_text("utf-8").split(".")[0] for path in found]
    assert numbers == [*range(1, len(found) + 1)]
    assert titles == [f"# {number}" for number in numbers]


def test_import_awards_costs_nothing() -> None:
    assert loaded("import awards").isdisjoint({*HEAVY, "typer", "pydantic"})


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_loads_nothing_heavy(command: str) -> None:
    """The help of a command loads pydantic because Typer reads its options with it."""
    arguments = [*command.split(), "--help"]
    program = f"from cli.main import app\napp({arguments!r}, standalone_mode=False)"
    assert loaded(program).isdisjoint(HEAVY if command else {*HEAVY, "pydantic"})


def test_assessing_plain_rows_loads_nothing_heavy() -> None:
    program = """
import awards
row = {"year": 2023, "competition": "全省职业院校技能大赛", "level": "省级", "event": "焊接",
       "prize": "一等奖", "person": "赵甲", "role": "学生"}
outcome = awards.assess([row], awards.load_schedule("jilin-city"))
assert outcome.totals.paid == 10000, outcome.totals
"""
    assert loaded(program).isdisjoint({*HEAVY, "typer"})


def test_paying_fifty_rows_needs_no_engine(tmp_path: Path) -> None:
    """A school's list is printed and written without pandas, numpy or what else is for millions."""
    roster = ROOT / "examples" / "jilin-city-2023" / "获奖名单.xlsx"
    command = ["pay", str(roster), "-s", "jilin-city", "-o", str(tmp_path / "out.xlsx")]
    program = f"""
from contextlib import redirect_stdout, redirect_stderr, suppress
from io import StringIO
from cli.main import app
with redirect_stdout(StringIO()), redirect_stderr(StringIO()), suppress(SystemExit):
    app({command!r})
"""
    assert loaded(program).isdisjoint(ENGINES)
    assert (tmp_path / "out.xlsx").exists()


def test_a_frame_loads_no_cluster() -> None:
    program = "import awards, pandas\nawards.assess_frame\nawards.standards_frame"
    assert loaded(program).isdisjoint({"dask", "pyspark", "openpyxl", "rustpy_xlsxwriter"})


def test_the_public_names() -> None:
    assert sorted(awards.__all__) == awards.__all__
    for name in awards.__all__:
        assert getattr(awards, name).__doc__
    with pytest.raises(AttributeError, match="no attribute nothing"):
        awards.nothing  # noqa: B018
