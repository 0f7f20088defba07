"""Twenty lists of the same results, each laid out in another way: the same payouts for all."""

import json
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.main import app
from tests import layouts
from tests.layouts import Contest, Entry, Sheet, Style, save

ENTRIES = (
    Entry("中职组", "数控车工", "一等奖", "江城第一职业学校", ("赵一鸣", "钱小乙"), ("周师傅",)),
    Entry("中职组", "焊接技术", "二等奖", "江城第一职业学校", ("孙丙",), ("周师傅", "吴老")),
    Entry("中职组", "焊接技术", "三等奖", "松花职业学校", ("李丁", "郑小己", "王庚辛"), ("冯陈",)),
    Entry("高职组", "软件测试", "一等奖", "江城职业技术学院", ("褚卫", "蒋沈"), ("韩杨", "朱秦")),
    Entry("高职组", "软件测试", "二等奖", "雾凇职业技术学院", ("尤许",), ("何吕",)),
    Entry("高职组", "护理技能", "三等奖", "雾凇职业技术学院", ("施张", "孔曹"), ("严华",)),
)
YUAN = {"一等奖": 10_000, "二等奖": 8_000, "三等奖": 5_000}
"""二(七): what a provincial prize pays each student and each instructor."""
ODD = Style(
    between="\n",
    prizes={"一等奖": "壹等奖", "二等奖": "2等奖", "三等奖": "三　等"},
    student="參賽選手姓名",
    instructor="指导老师",
    is_padded=True,
    has_extras=True,
)
SPACED = Style(between="  ", student="获奖学生", has_extras=True)
LISTS = (
    ("01.xlsx", layouts.plain, Style(), "utf-8"),
    ("02.xlsx", layouts.teams, Style(), "utf-8"),
    ("03.xlsx", layouts.merged, Style(), "utf-8"),
    ("04.xlsx", layouts.members, Style(), "utf-8"),
    ("05.xlsx", layouts.by_prize, Style(), "utf-8"),
    ("06.xlsx", layouts.prize_lines, Style(), "utf-8"),
    ("07.xlsx", layouts.event_lines, Style(), "utf-8"),
    ("08.xlsx", layouts.two_lines, Style(), "utf-8"),
    ("09.xlsx", layouts.two_rows, Style(), "utf-8"),
    ("10.xlsx", layouts.by_division, Style(), "utf-8"),
    ("11.xlsx", layouts.by_event, Style(), "utf-8"),
    ("12.xlsx", layouts.beside, Style(), "utf-8"),
    ("13.xlsx", layouts.again, Style(), "utf-8"),
    ("14.xlsx", layouts.three_lines, Style(), "utf-8"),
    ("15.xlsx", layouts.brackets, Style(), "utf-8"),
    ("16.xls", layouts.merged, ODD, "utf-8"),
    ("17.ods", layouts.prize_lines, ODD, "utf-8"),
    ("18.csv", layouts.teams, SPACED, "gb18030"),
    ("19.csv", layouts.event_lines, ODD, "utf-8-sig"),
    ("20.xls", layouts.by_division, SPACED, "utf-8"),
)
NAMES = [each[0] for each in LISTS]


def made(name: str) -> list[Sheet]:
    _, layout, style, _ = LISTS[NAMES.index(name)]
    return layout(ENTRIES, Contest(), style)


def written(folder: Path, name: str, sheets: Sequence[Sheet]) -> Path:
    return save(folder / name, sheets, LISTS[NAMES.index(name)][3])


def due() -> dict[tuple[str, str], Decimal]:
    """What each person is due, worked out from the rates and the entries by themselves."""
    found: dict[tuple[str, str], Decimal] = {}
    for each in ENTRIES:
        for person in (*each.students, *each.instructors):
            key = (person, each.school)
            found[key] = found.get(key, Decimal(0)) + YUAN[each.prize]
    return found


def pay(path: Path) -> tuple[int, dict[tuple[str, str], Decimal], list[tuple[str, str]]]:
    """Exit code, payouts, and code and cell of each error."""
    done = CliRunner().invoke(app, ["pay", str(path), "-s", "jilin-city", "--format", "json"])
    report = json.loads(done.stdout)
    paid = {(p["payee"], p["school"]): Decimal(p["amount"]) for p in report["payouts"]}
    errors = [(p["code"], p["cell"]) for p in report["problems"] if p["severity"] == "error"]
    return done.exit_code, paid, errors


@pytest.mark.parametrize("name", NAMES)
def test_the_same_payouts(name: str, tmp_path: Path) -> None:
    code, paid, errors = pay(written(tmp_path, name, made(name)))
    assert (code, errors) == (0, [])
    assert paid == due()


def test_a_folder_of_all_twenty_pays_everybody_once(tmp_path: Path) -> None:
    """Whoever is in twenty lists with the same prize is in them once; the rest are told."""
    for name in NAMES:
        written(tmp_path, name, made(name))
    code, paid, errors = pay(tmp_path)
    assert code == 1
    assert {each for each, _ in errors} == {"repeated-row"}
    assert {key: paid[key] for key in due()} == due()


FAULTS = (
    ("孙丙", "孙丙李丁王庚", "names-unclear"),
    ("尤许", "#REF!", "cell-error"),
    ("朱秦", "朱秦2", "names-unclear"),
)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("person", "fault", "code"), FAULTS)
def test_a_planted_fault_is_found_at_its_cell(
    name: str, person: str, fault: str, code: str, tmp_path: Path
) -> None:
    """Nobody but whom the cell is about loses a payment, and nobody gains one."""
    sheets = made(name)
    sheet, (row, column) = next((s, s.find(person)[0]) for s in sheets if s.find(person))
    cell = str(sheet.rows[row - 1][column - 1])
    padded = "\u3000".join(person) if "\u3000".join(person) in cell else person
    sheet.rows[row - 1][column - 1] = fault if fault[0] == "#" else cell.replace(padded, fault)
    exit_code, paid, errors = pay(written(tmp_path, name, sheets))
    assert exit_code == 1
    assert (code, f"{'ABCDEFGHIJKLMN'[column - 1]}{row}") in errors
    assert all(amount <= due().get(who, Decimal(0)) for who, amount in paid.items())
    alone = {who for who in due() if not _is_with(who[0], cell.replace("\u3000", ""))}
    assert {who: paid.get(who) for who in alone} == {who: due()[who] for who in alone}


def _is_with(person: str, cell: str) -> bool:
    """Whether *person* is in an entry of which *cell* names somebody."""
    teams = [(*each.students, *each.instructors) for each in ENTRIES]
    return any(person in team and any(name in cell for name in team) for team in teams)
