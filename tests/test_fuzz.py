"""Random lists, made with their truth: layout × content × noise × format. The reader returns the
truth, or a located problem at the cell that was spoilt; nobody wins what they did not win.

A small budget by default; ``pytest tests/test_fuzz.py --hypothesis-profile=long`` searches for
about ten minutes.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from awards.records import Result, Roster
from awards.survey import doubts
from awards.terms import terms
from awards.workbook import read_roster
from awards.workbook.grid import cell_name
from tests import layouts
from tests.layouts import Contest, Entry, Sheet, Style, save

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"
GIVEN = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"
ODD_NAMES = ("古丽·买买提", "阿依•吐尔逊", "欧阳小甲", "诸葛乙", "Anna Lee", "买买提‧艾力")
SCHOOLS = ("江城第一职业学校", "松花职业学校", "雾凇职业技术学院", "某某县职教中心", "一中")
EVENTS = ("数控车工", "焊接技术", "护理技能", "Web 技术与应用", "中式烹饪（热菜）", "沙盘模拟")
PRIZES = ("一等奖", "二等奖", "三等奖", "优秀奖", "金奖", "特等奖")
SPELLED = {
    "一等奖": ("一等奖", "壹等奖", "1等奖", "一等", "一　等　奖", "一等獎"),
    "二等奖": ("二等奖", "贰等奖", "二等", "Ⅱ等奖"),
    "三等奖": ("三等奖", "叁等奖", "3等奖"),
    "金奖": ("金奖", "金牌"),
    "特等奖": ("特等奖", "特等"),
}
BETWEEN = ("、", "，", ",", ";", "；", "  ", "\n", "/", "、\n", " 、 ")
FORMATS = (".xlsx", ".xls", ".ods", ".csv", ".gb.csv")

Won = tuple[str, str, str, str, str, str, int]
"""Person, role, event, prize, school, level and year."""


@dataclass(frozen=True)
class Case:
    """A list with what it says."""

    entries: tuple[Entry, ...]
    contest: Contest
    layout: layouts.Layout
    style: Style
    format: str


def name(chance: Random) -> str:
    """A name that may be read in one way only."""
    if chance.randrange(10) == 0:
        return chance.choice(ODD_NAMES)
    given_ = "".join(chance.choices(GIVEN, k=chance.randint(1, 2)))
    return chance.choice(SURNAMES) + given_


def names(chance: Random) -> Iterator[str]:
    """Names without end, none of them twice."""
    seen: set[str] = set()
    while True:
        found = name(chance)
        if plain(found) not in seen:
            seen.add(plain(found))
            yield found


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A list of one to eight entries in which nobody is named twice. What is in it comes from a
    number, as hypothesis is slow at texts; its shape is drawn, so that it shrinks.
    """
    chance = Random(draw(st.integers(0, 1 << 32)))
    people = names(chance)
    entries = tuple(
        Entry(
            chance.choice(("中职组", "高职组")),
            chance.choice(EVENTS),
            chance.choice(PRIZES),
            chance.choice(SCHOOLS),
            tuple(next(people) for _ in range(chance.randint(1, 4))),
            tuple(next(people) for _ in range(chance.randint(0, 2))),
        )
        for _ in range(draw(st.integers(1, 8)))
    )
    place, level = chance.choice((("某某省", "省级"), ("全国", "国家级"), ("某某市", "市级")))
    contest = Contest(f"{place}职业院校技能大赛", level, chance.randint(2015, 2024))
    layout = draw(st.sampled_from(layouts.LAYOUTS))
    between = draw(st.sampled_from(BETWEEN))
    if layout in (layouts.two_lines, layouts.two_rows):
        between = between.replace("\n", "") or "、"  # there a line break says more
    style = Style(
        between,
        {prize: chance.choice(spelled) for prize, spelled in SPELLED.items()},
        chance.choice(("选手", "学生", "参赛选手", "获奖学生姓名", "參賽選手")),
        chance.choice(("指导教师", "指导老师", "辅导教师")),
        draw(st.booleans()),
        draw(st.booleans()),
    )
    return Case(entries, contest, layout, style, draw(st.sampled_from(FORMATS)))


def made(case: Case) -> list[Sheet]:
    return case.layout(case.entries, case.contest, case.style)


def written(folder: Path, case: Case, sheets: list[Sheet]) -> Path:
    """The file; a workbook where the format asked for has no sheets or no merged cells."""
    has_areas = any(right - left < 2 for sheet in sheets for _, left, _, right in sheet.areas)
    is_text = case.format.endswith("csv")
    is_named = len(sheets) > 1 or sheets[0].name != "Sheet1"
    if (is_named and case.format not in (".xlsx", ".xls")) or (is_text and has_areas):
        return save(folder / "a.xlsx", sheets)
    codec = "gb18030" if case.format == ".gb.csv" else "utf-8"
    return save(folder / f"a{case.format.removeprefix('.gb')}", sheets, codec)


def truth(case: Case) -> Counter[Won]:
    """What everybody won."""
    contest = case.contest
    return Counter(
        (name, role, each.event, each.prize, each.school, contest.level, contest.year)
        for each in case.entries
        for people, role in ((each.students, "student"), (each.instructors, "instructor"))
        for name in people
    )


def plain(text: object) -> str:
    return terms().plain(str(text)).replace("•", "·").replace("‧", "·")


def said(result: Result) -> Won:
    """What a result says, words in their one spelling."""

    def word(kind: Any, value: str | None) -> str:
        name = terms().canonical(kind, value or "")
        return terms().words[kind][name].zh if name else str(value)

    role = terms().canonical("role", result.role or "") or str(result.role)
    return (
        str(result.person),
        role,
        str(result.event),
        word("prize", result.prize),
        str(result.school),
        word("level", result.level),
        result.year if isinstance(result.year, int) else -1,
    )


def sound(roster: Roster) -> list[Result]:
    """The results that nothing is wrong with."""
    faulty = {index for index, each in doubts(roster) if each.severity == "error"}
    return [
        result
        for index, result in enumerate(roster.results)
        if index not in faulty and all(each.severity != "error" for each in result.faults)
    ]


def key(won: Won) -> tuple[str, ...]:
    return tuple(map(plain, won))


@given(cases())
def test_the_truth_comes_back(case: Case) -> None:
    with TemporaryDirectory() as folder:
        found = read_roster(written(Path(folder), case, made(case)))
    errors = [str(each) for each in found.problems if each.severity == "error"]
    assert errors == []
    assert Counter(map(key, map(said, found.results))) == Counter(
        {key(won): n for won, n in truth(case).items()}
    )


Spoilt = tuple[Sheet, int, int]


KINDS = ("cell-error", "run-together", "prize", "blank-name", "ditto")


def spoil(chance: Random, kind: str, case: Case, sheets: list[Sheet]) -> Spoilt | None:
    """Spoil one cell of *sheets*, if there is one to spoil in that way: which it is."""
    entry = chance.choice(case.entries)
    person = chance.choice((*entry.students, *entry.instructors))
    text = entry.school if kind == "ditto" else person
    spots = [(sheet, *at) for sheet in sheets for at in sheet.find(text)]
    if kind == "prize":
        spelled = case.style.prize(entry.prize).replace("\u3000", "")
        spots = [
            (sheet, row, column)
            for sheet in sheets
            for row, column in sheet.find(spelled)
            if str(sheet.rows[row - 1][column - 1]).replace("\u3000", "") == spelled
            and len(sheet.rows[row - 1]) > 2
            and row > 3  # no heading
        ]
    if not spots:
        return None
    sheet, row, column = spot = chance.choice(spots)
    cell = str(sheet.rows[row - 1][column - 1])
    new = {
        "cell-error": "#REF!",
        "run-together": cell + "孙悟空猪八戒",
        "prize": "一等桨",
        "blank-name": None,
        "ditto": "同上",
    }[kind]
    sheet.rows[row - 1][column - 1] = new
    return spot


@given(cases(), st.sampled_from(KINDS), st.integers(0, 99))
def test_a_spoilt_cell_is_told_and_nobody_wins_by_it(case: Case, kind: str, seed: int) -> None:
    """At the cell there is a problem, or everybody of it is missed where they were; whoever is
    read without a fault won just that.
    """
    sheets = made(case)
    spot = spoil(Random(seed), kind, case, sheets)
    if spot is None:
        return
    sheet, row, column = spot
    with TemporaryDirectory() as folder:
        found = read_roster(written(Path(folder), case, sheets))
    right = {key(won) for won in truth(case)}
    wrong = [won for won in map(key, map(said, sound(found))) if won not in right]
    assert wrong == [], kind
    every = [*found.problems, *(each for _, each in doubts(found))]
    cells = {each.place.cell for each in every if each.severity == "error"}
    if kind == "blank-name":
        missed = right - set(map(key, map(said, sound(found))))
        named = {each.place.row for each in every if each.severity == "error"}
        people = {name for entry in case.entries for name in entry.students}
        lost = {won[0] for won in missed} & set(map(plain, people))
        assert not lost or row in named or _is_member(case, sheet, row)
    else:
        assert cell_name((row, column)) in cells, (kind, cells)


def _is_member(case: Case, sheet: Sheet, row: int) -> bool:
    """Whether others stand in the row, so that a blank is only a smaller team."""
    cells = [plain(cell) for cell in sheet.rows[row - 1] if cell]
    people = [
        plain(name) for entry in case.entries for name in (*entry.students, *entry.instructors)
    ]
    return any(name in cell for cell in cells for name in people)


@given(cases())
def test_every_row_is_accounted_for(case: Case) -> None:
    """Each filled row below the header has a result, a note or a problem, or is a section."""
    sheets = made(case)
    with TemporaryDirectory() as folder:
        found = read_roster(written(Path(folder), case, sheets))
    told: dict[str | None, set[int]] = {}
    for place in _places(found):
        told.setdefault(place.sheet, set()).add(place.row or 0)
    for sheet in sheets:
        names = {sheet.name} if len(sheets) > 1 else {sheet.name, "", "名单", "Sheet1"}
        rows = set().union(*(told.get(name, set()) for name in names))
        filled = {n for n, row in enumerate(sheet.rows, 1) if any(c not in (None, "") for c in row)}
        header = min(rows & filled, default=0)
        missing = {row for row in filled - rows if row > header and not _is_head(sheet, row)}
        assert missing == set()


def _places(found: Roster) -> Iterator[Any]:
    yield from (each.place for each in found.results)
    yield from (each.place for each in (*found.problems, *found.notes))


def _is_head(sheet: Sheet, row: int) -> bool:
    """Whether *row* is one of the header's: it holds no name, school or prize that was won."""
    cells = {plain(cell) for cell in sheet.rows[row - 1] if cell}
    return not cells.intersection(map(plain, SCHOOLS))
