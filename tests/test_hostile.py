"""Hostile files end in one sentence: no crash, no hang, no gigabyte. Each runs in its own process
with limits of time and memory, as a reader that fails may take the process with it.
"""

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from awards.problems import FileError
from awards.workbook import read_roster
from awards.workbook.grid import letters
from awards.workbook.limits import Limits
from tests.attacks import ATTACKS, MAIN, NAMES, sheet, xlsx

MEMORY = 1 << 30
"""Bytes of address space for one reading, the interpreter and its libraries included."""
SECONDS = 30

PROGRAM = """
import json, sys
from awards import read_roster
from awards.problems import FileError
try:
    found = read_roster(sys.argv[1])
    told = [[each.code, each.place.cell] for each in found.problems]
    print(json.dumps({"people": [each.person for each in found.results], "problems": told}))
except FileError as error:
    print(json.dumps({"refused": [each.code for each in error.problems]}))
"""


def _bound() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def outcome(path: Path) -> dict[str, list[object]]:
    """What reading *path* comes to, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(path)],
        capture_output=True,
        text=True,
        timeout=SECONDS,
        preexec_fn=_bound,
        env={**os.environ, "PYTHONUTF8": "1", "OPENBLAS_NUM_THREADS": "1"},
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, list[object]] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("name", ATTACKS)
def test_refused_in_one_sentence(name: str, tmp_path: Path) -> None:
    code, make = ATTACKS[name]
    assert outcome(make(tmp_path / "名单.xlsx")) == {"refused": [code]}


def _text(cell: str, text: str) -> str:
    return f'<c r="{cell}" t="inlineStr"><is><t>{text}</t></is></c>'


def _third(cell: str) -> str:
    """A list with one more row, whose prize is *cell*."""
    return sheet(f'{NAMES}<row r="3">{_text("A3", "钱乙")}{cell}</row>')


def _wide(columns: int) -> str:
    """A list with as many columns, most without a heading."""
    more = "".join(_text(f"{letters(column)}2", "x") for column in range(3, columns + 1))
    return sheet(NAMES.replace("一等奖</t></is></c>", f"一等奖</t></is></c>{more}"))


Outcome = tuple[str, list[str | None], list[list[str | None]]]
BOTH: list[str | None] = ["赵甲", "钱乙"]
READ: dict[str, Outcome] = {
    "a declared size of everything": (
        sheet(before='<dimension ref="A1:XFD1048576"/>'),
        ["赵甲"],
        [],
    ),
    "a declared size of one cell": (sheet(before='<dimension ref="A1"/>'), ["赵甲"], []),
    "a far cell that is only formatted": (
        sheet(NAMES + '<row r="1048576"><c r="XFD1048576" s="0"/></row>'),
        ["赵甲"],
        [],
    ),
    "1,990 columns": (
        _wide(1_990),
        ["赵甲"],
        [["no-heading", f"{letters(column)}1"] for column in range(3, 1_991)],
    ),
    "rows out of order": (
        sheet(f'<row r="3">{_text("A3", "钱乙")}{_text("B3", "二等奖")}</row>{NAMES}'),
        BOTH,
        [],
    ),
    "a cell written twice": (
        sheet(NAMES.replace("赵甲</t></is></c>", f"赵甲</t></is></c>{_text('A2', '钱乙')}")),
        [None],
        [["cell-twice", "A2"]],
    ),
    "an error value": (_third('<c r="B3" t="e"><v>#REF!</v></c>'), BOTH, [["cell-error", "B3"]]),
    "a formula without a result": (
        _third('<c r="B3"><f>B2</f></c>'),
        BOTH,
        [["formula-no-value", "B3"]],
    ),
    "a formula with one": (_third('<c r="B3" t="str"><f>B2</f><v>二等奖</v></c>'), BOTH, []),
    "a number beyond all numbers": (
        _third('<c r="B3"><v>1E400</v></c>'),
        BOTH,
        [["cell-error", "B3"]],
    ),
    "ranges that overlap": (
        sheet(after='<mergeCells><mergeCell ref="B2:B3"/><mergeCell ref="A2:B2"/></mergeCells>'),
        ["赵甲", None],
        [["merges-overlap", "B2"]],
    ),
    "strict Open XML": (
        sheet().replace(MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main"),
        ["赵甲"],
        [],
    ),
}


@pytest.mark.parametrize("name", READ)
def test_read_or_told_at_its_cell(name: str, tmp_path: Path) -> None:
    content, people, problems = READ[name]
    found = outcome(xlsx(tmp_path / "名单.xlsx", content))
    assert found == {"people": people, "problems": problems}


def test_a_million_shared_texts(tmp_path: Path) -> None:
    texts = "".join(f"<si><t>字{number}</t></si>" for number in range(1_000_000))
    found = outcome(xlsx(tmp_path / "名单.xlsx", strings=texts))
    assert found == {"people": ["赵甲"], "problems": []}


@pytest.mark.parametrize(
    ("name", "limits", "code"),
    [
        ("64 MiB in one cell", Limits(ratio=10**9), "file-long-cell"),
        ("a picture that unpacks to 300 MiB", Limits(ratio=10**9), None),
        ("a picture that unpacks to 300 MiB", Limits(ratio=10**9, part=9 << 20), "file-too-large"),
        ("22 million cells", Limits(ratio=10**9, cells=10**6), "file-cells"),
    ],
)
def test_each_limit_holds_by_itself(
    name: str, limits: Limits, code: str | None, tmp_path: Path
) -> None:
    """A bomb packed less well meets the limit of its own kind."""
    assert refusal(ATTACKS[name][1](tmp_path / "名单.xlsx"), limits) == code


def refusal(path: Path, limits: Limits) -> str | None:
    """The code with which a file is refused."""
    try:
        read_roster(path, limits=limits)
    except FileError as error:
        return error.problems[0].code
    return None


def test_the_clock_is_a_limit_too(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "名单.xlsx")
    assert refusal(path, Limits()) is None
    assert refusal(path, Limits(seconds=-1)) == "file-too-slow"


def test_a_wide_area_within_the_limits_fits_into_memory(tmp_path: Path) -> None:
    """19.8 million blank cells between two filled ones."""
    far = '<row r="9999"><c r="BXX9999"><v>1</v></c></row>'
    assert "people" in outcome(xlsx(tmp_path / "名单.xlsx", sheet(NAMES + far)))
