"""The documents: generated ones are fresh, links lead somewhere, what they show really works."""

import re
import shutil
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import typer
import yaml
from typer.testing import CliRunner

from awards.cases import Case, run
from awards.contract import figures
from awards.loading import checked, parse
from awards.steps import STEPS
from awards.words import catalog
from cli.main import app
from docs import commands, generate, problem_pages, reference
from docs.schema import parts_of, schedule_schema

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("examples/**/*.md")])
PAGE_NAMES = [str(page.relative_to(ROOT)) for page in PAGES]
FILES = [str(path.relative_to(ROOT)) for path in generate.schedule_files()]
README = (ROOT / "README.md").read_text("utf-8")
GUIDE = (ROOT / "docs" / "schedule-guide.md").read_text("utf-8")
ROSTER = "examples/jilin-city-2023/获奖名单.xlsx"
SCHEMA = schedule_schema()


def blocks(text: str, language: str = "") -> list[str]:
    """The code blocks of *language* in a page."""
    found = re.findall(r"^```(\w*)\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    return [block for name, block in found if name == language]


def plain(value: Any) -> Any:
    """A TOML *value* as an editor sees it: dates are text."""
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


def faults(tables: Any) -> list[str]:
    validator = jsonschema.Draft7Validator(SCHEMA)
    return [error.message for error in validator.iter_errors(plain(tables))]


def test_generated_documents_are_fresh(capsys: pytest.CaptureFixture[str]) -> None:
    code = generate.main(["--check"])
    assert (code, capsys.readouterr().out) == (0, ""), "run python -m docs.generate"


def test_check_names_what_is_stale(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(generate, "cli", lambda: "another page\n")
    assert generate.main(["--check"]) == 1
    assert capsys.readouterr().out == "docs/cli.md is stale\n"


@pytest.mark.parametrize("name", PAGE_NAMES)
def test_links_lead_somewhere(name: str) -> None:
    page = ROOT / name
    text = re.sub(r"^```.*?^```$", "", page.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
    anchors = {anchor(title) for title in re.findall(r"^#+ (.+)$", text, re.MULTILINE)}
    if name == "docs/schedule-guide.md":  # its reference stands in the page that it heads
        whole = (ROOT / "docs" / "schedule-format.md").read_text("utf-8")
        anchors |= {anchor(title) for title in re.findall(r"^#+ (.+)$", whole, re.MULTILINE)}
    links = re.findall(r"\]\(([^)\s]+)\)", text)
    assert [link for link in links if not leads(link, page, anchors)] == []


def leads(link: str, page: Path, anchors: set[str]) -> bool:
    path, _, place = link.partition("#")
    return (page.parent / path).exists() if path else place in anchors


def anchor(title: str) -> str:
    """The anchor that a page on the web gives to *title*."""
    return re.sub(r"[^\w\- ]", "", title.strip().lower()).replace(" ", "-")


@pytest.mark.parametrize("name", FILES)
def test_the_schema_takes_every_schedule(name: str) -> None:
    assert faults(tomllib.loads((ROOT / name).read_text("utf-8"))) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('do = "once"', 'do = "twice"'),
        ("checked_on", "checked"),
        ('keys = ["person", "event", "year"]', 'key = ["person"]'),
        ("first = 5_000", 'first = "5000"'),
        ("checked_on = 2024-03-05", 'checked_on = 2024-03-05\nmotto = "x"'),
        ('times = "1/2"', 'times = "half"'),
        ('reason = "not_covered"', 'reason = "dull"'),
        ('{ not = "student" }', '{ nor = "student" }'),
    ],
)
def test_the_schema_refuses_what_the_loader_refuses(old: str, new: str) -> None:
    [text] = blocks(GUIDE, "toml")
    assert faults(tomllib.loads(text)) == []
    broken = text.replace(old, new, 1)
    assert broken != text
    assert faults(tomllib.loads(broken)) != []
    assert checked(broken, "guide")[1] != []


def test_every_key_has_a_meaning() -> None:
    def unsaid(part: dict[str, Any], name: str) -> list[str]:
        keys = part.get("properties", {})
        return [f"{name}.{key}" for key, value in keys.items() if "description" not in value]

    parts = {"Schedule": SCHEMA, **parts_of(SCHEMA)}
    assert [key for name, part in parts.items() for key in unsaid(part, name)] == []


def test_every_step_has_an_example() -> None:
    assert set(reference.examples()) == set(STEPS)


def test_the_guide_shows_a_schedule_that_keeps_the_contract() -> None:
    [text], [told] = blocks(GUIDE, "toml"), blocks(GUIDE, "yaml")
    schedule, found = checked(text, "guide")
    assert schedule is not None
    assert found == []
    document = yaml.safe_load(told)
    cases = [
        Case(
            document["id"],
            case["id"],
            case["rows"],
            case.get("given", {}),
            case["expect"],
            [(each["reading"], each["expect"]) for each in case["alternatives"]],
        )
        for case in document["cases"]
    ]
    assert document["id"] in schedule.cases
    assert [line for case in cases for line in run(case, schedule)] == []
    assert [each.name for each in figures(text, cases) if not each.noticed_by] == []


def test_the_small_pieces_of_the_guide_are_valid() -> None:
    """Each ``when`` and each table of the guide, put into its schedule."""
    [text] = blocks(GUIDE, "toml")
    pieces = [piece for piece in blocks(GUIDE) if "=" in piece and "awards" not in piece]
    conditions = [line for piece in pieces for line in piece.splitlines() if line[:4] == "when"]
    assert len(conditions) > 5
    for line in conditions:
        parse(text.replace('when = { level = "international" }', line, 1), "guide")
    for piece in pieces:
        if piece.startswith("["):
            parse(f"{text}\n{piece}", "guide")


def test_an_undocumented_command_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def secret(depth: int = 0) -> None: ...

    other = typer.Typer()
    other.command("secret", help="x")(secret)
    monkeypatch.setattr(commands, "app", other)
    with pytest.raises(commands.UndocumentedError, match="awards secret"):
        commands.cli()


def test_the_two_commands_of_the_readme(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first really runs, as far as it is ours; the second is how this test is run."""
    commands = [line for block in blocks(README) for line in block.splitlines()]
    first = next(line for line in commands if line.startswith("pip install . && "))
    assert "pip install -e '.[dev]' && pytest" in commands
    monkeypatch.chdir(with_examples(tmp_path))
    arguments = first.removeprefix("pip install . && awards ").split()
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code == 0
    assert "634,500" in done.stdout
    assert (tmp_path / "发放表.xlsx").exists()


def test_the_five_lines_of_the_readme(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    [program] = blocks(README, "python")
    assert len([line for line in program.splitlines() if line]) == 5
    monkeypatch.chdir(with_examples(tmp_path))
    exec(program, {})  # the point is that it runs as printed
    assert capsys.readouterr().out.startswith("634500.00\n")
    assert (tmp_path / "发放表.xlsx").exists()


def with_examples(folder: Path) -> Path:
    (folder / ROSTER).parent.mkdir(parents=True)
    shutil.copy(ROOT / ROSTER, folder / ROSTER)
    return folder


def test_the_look_in_the_readme_is_real() -> None:
    """Each line, up to where it is cut (…), is the beginning of a line that is printed."""
    done = CliRunner().invoke(
        app, ["pay", str(ROOT / ROSTER), "--schedule", "jilin-city", "--lang", "en"]
    )
    printed = done.stdout.splitlines()
    shown = next(block for block in blocks(README) if block.startswith("DUE"))
    lines = [line.removesuffix("…").rstrip() for line in shown.splitlines()]
    assert [line for line in lines if not any(each.startswith(line) for each in printed)] == []


def test_the_totals_of_the_chinese_readme_are_real() -> None:
    done = CliRunner().invoke(app, ["pay", str(ROOT / ROSTER), "--schedule", "jilin-city"])
    text = (ROOT / "README.zh-CN.md").read_text("utf-8")
    shown = next(block for block in blocks(text) if block.startswith("共 "))
    assert done.stdout.endswith(shown)


def test_every_problem_has_a_page_and_no_page_is_left_over() -> None:
    """The pages are those of the codes that the library can say; a stray one would be missed."""
    codes = {key.removeprefix("problem.") for key in catalog("en") if key.startswith("problem.")}
    pages = {page.stem for page in (ROOT / "docs" / "problems").glob("*.md")}
    assert pages == {*codes, "README"}


@pytest.mark.parametrize("missing", ["example", "cure"])
def test_a_code_without_an_example_or_a_cure_is_refused(
    missing: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    said = problem_pages.SAID.read_text("utf-8")
    line = next(each for each in said.splitlines() if each.startswith(f"name-long.{missing}"))
    (tmp_path / "problems.toml").write_text(said.replace(line, ""), "utf-8")
    monkeypatch.setattr(problem_pages, "SAID", tmp_path / "problems.toml")
    with pytest.raises(problem_pages.UndocumentedProblemError, match="name-long"):
        list(problem_pages.problem_pages())
