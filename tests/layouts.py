"""Result lists as offices lay them out, all made from one truth: entries in, sheets out.

Every layout says everything of every entry: some in columns, some in titles, names of sheets,
lines between the rows or headings. ``save`` writes them as the formats there are.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

import xlwt  # type: ignore[import-untyped]  # it has no types
from openpyxl import Workbook

from tests.attacks import ods_parts, packed

Cell = str | int | None
Area = tuple[int, int, int, int]
"""First row, first column, last row, last column, from 1."""


@dataclass(frozen=True)
class Entry:
    """What one team won. Competition, level and year are the same in a list."""

    division: str
    event: str
    prize: str
    school: str
    students: tuple[str, ...]
    instructors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Contest:
    """What the entries were won in. The name says the level."""

    name: str = "吉林省职业院校技能大赛"
    level: str = "省级"
    year: int = 2023

    @property
    def title(self) -> str:
        return f"{self.year}年{self.name}获奖名单"


@dataclass(frozen=True)
class Style:
    """How an office writes: between names, prizes, headings, and what stands around the rows."""

    between: str = "、"
    prizes: Mapping[str, str] = field(default_factory=dict)
    student: str = "选手"
    instructor: str = "指导教师"
    is_padded: bool = False
    has_extras: bool = False
    """Numbers of rows, a column nobody knows, a total, notes, blank lines, the header again."""

    def names(self, people: Iterable[str]) -> str:
        return self.between.join(map(self.name, people))

    def name(self, name: str) -> str:
        return "\u3000".join(name) if self.is_padded and len(name) == 2 else name

    def prize(self, prize: str) -> str:
        return self.prizes.get(prize, prize)


@dataclass
class Sheet:
    """Rows of cells, and the merged ranges."""

    name: str = "Sheet1"
    rows: list[list[Cell]] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)

    def add(self, *cells: Cell) -> int:
        """The number of the new row."""
        self.rows.append(list(cells))
        return len(self.rows)

    def across(self, text: str, width: int) -> None:
        """A line over *width* columns."""
        row = self.add(text)
        if width > 1:
            self.areas.append((row, 1, row, width))

    def down(self, first: int, columns: Iterable[int]) -> None:
        """Merge the *columns* from the row *first* to the last one."""
        last = len(self.rows)
        if last > first:
            self.areas += [(first, column, last, column) for column in columns]

    def find(self, text: str) -> list[tuple[int, int]]:
        """The cells that hold *text* among others."""
        return [
            (r, c)
            for r, row in enumerate(self.rows, 1)
            for c, cell in enumerate(row, 1)
            if text in str(cell or "").replace("\u3000", "")
        ]


Layout = Callable[[Sequence[Entry], Contest, Style], list[Sheet]]


def _end(sheet: Sheet, style: Style, header: Sequence[Cell]) -> Sheet:
    """What stands below the rows."""
    if style.has_extras:
        sheet.add(*header)
        sheet.add("合计", *([None] * (len(header) - 2)), "略")
        sheet.add()
        sheet.add("注：以证书为准")
        sheet.add("制表人：某某")
    return sheet


def plain(entries: Sequence[Entry], contest: Contest, style: Style) -> list[Sheet]:
    """One row a person, everything in columns."""
    sheet = Sheet()
    header = ("年度", "竞赛名称", "级别", "组别", "赛项", "奖次", "姓名", "身份", "学校")
    sheet.add(*header)
    for each in entries:
        about = (contest.year, contest.name, contest.level, each.division, each.event)
        for people, role in ((each.students, "学生"), (each.instructors, "指导教师")):
            for name in people:
                row = (style.prize(each.prize), style.name(name), role, each.school)
                sheet.add(*about, *row)
    return [_end(sheet, style, header)]


def teams(entries: Sequence[Entry], contest: Contest, style: Style) -> list[Sheet]:
    """One row a team under a title, several names in a cell, columns in another order."""
    sheet = Sheet()
    header = ("序号", style.instructor, style.student, "学校", "组别", "赛项", "奖项", "备注")
    sheet.across(contest.title, len(header))
    sheet.add(*header)
    for number, each in enumerate(entries, 1):
        people = (style.names(each.instructors), style.names(each.students))
        sheet.add(number, *people, each.school, each.division, each.event, style.prize(each.prize))
    return [_end(sheet, style, header)]


def merged(entries: Sequence[Entry], contest: Contest, style: Style) -> list[Sheet]:
    """One row a student, the rest merged down."""
    sheet = Sheet()
    header = ("学校", "赛项名称", style.student, "获奖等级", style.instructor, "参赛组别")
    sheet.across(contest.title, len(header))
    sheet.add(*header)
    for each in entries:
        first = len(sheet.rows) + 1
        for number, name in enumerate(each.students):
            shared = (style.prize(each.prize), style.names(each.instructors), each.division)
            own = (each.school, each.event, style.name(name), *shared)
            sheet.add(*(own if number == 0 else (None, None, style.name(name))))
        sheet.down(first, (1, 2, 4, 5, 6))
    return [_end(sheet, style, header)]


def members(entries: Sequence[Entry], contest: Contest, style: Style) -> list[Sheet]:
    """A column for each student and each instructor, and a two-line header."""
    sheet = Sheet()
    most = max(len(each.students) for each in entries)
    guides = max(max(len(each.instructors) for each in entries), 1)
    upper = ["学校", "赛项", *(f"学生{n}" for n in range(1, most + 1))]
    width = len(upper) + guides + 1
    sheet.across(contest.title, width)
    sheet.add(*upper, "指导教师", *([None] * (guides - 1)), "奖次")
    sheet.add(*([None] * len(upper)), *range(1, guides + 1))
    sheet.areas += [(2, n, 3, n) for n in (*range(1, len(upper) + 1), width)]
    if guides > 1:
        sheet.areas.append((2, len(upper) + 1, 2, len(upper) + guides))
    for each in entries:
        students = [*map(style.name, each.students), *(["无"] * (most - len(each.students)))]
        teachers = [*map(style.name, each.instructors)]
        teachers += [""] * (guides - len(teachers))
        sheet.add(each.school, each.event, *students, *teachers, style.prize(each.prize))
    return [sheet]


def by_prize(entries: Sequence[Entry], contest: Contest, style: Style) -> list[Sheet]:
    """A column for each prize, and under each one for students and one for instructors."""
    sheet = Sheet()
    prizes = list(dict.fromkeys(each.prize for each in entries))
    if len(prizes) < 2:
        prizes += [prize for prize in ("一等奖", "三等奖") if prize not in prizes]
    sheet.across(contest.title, 2 + 2 * len(prizes))
    upper: list[Cell] = ["学校", "赛项"]
    for prize in prizes:
        upper += [style.prize(prize), None]
    sheet.add(*upper)
    sheet.add(None, None, *([style.student, style.instructor] * len(prizes)))
    sheet.areas += [(2, 1, 3, 1), (2, 2, 3, 2)]
    sheet.areas += [(2, 3 + 2 * n, 2, 4 + 2 * n) for n in range(len(prizes))]
    for each in entries:
        cells: list[Cell] = [each.school, each.event, *([None] * 2 * len(prizes))]
        at = 2 + 2 * prizes.index(each.prize)
        cells[at : at + 2] = [style.names(each.students), style.names(each.instructors)]
        sheet.add(*cells)
    return [sheet]


def prize_lines(entries: Sequence[Entry], contest: Contest, style: Style) -> list[Sheet]:
    """A line over the teams that won a prize, with their number."""
    sheet = Sheet()
    header = ("学校", "赛项", style.student, style.instructor)
    sheet.across(contest.title, len(header))
    sheet.add(*header)
    for number, (prize, won) in enumerate(_by(entries, lambda each: each.prize)):
        ordinal = "（1）" if number == 0 and prize != "一等奖" else f"{'一二三四五六'[number]}、"
        sheet.across(f"{ordinal}{style.prize(prize)}（{len(won)}项）", len(header))
        for each in won:
            people = (style.names(each.students), style.names(each.instructors))
            sheet.add(each.school, each.event, *people)
    return [_end(sheet, style, header)]


def event_lines(entries: Sequence[Entry], contest: Contest, style: Style) -> list[Sheet]:
    """Lines for the events, and below them lines for the prizes; nothing is merged."""
    sheet = Sheet()
    header = ("学校", style.student, style.instructor)
    sheet.add(contest.title)
    sheet.add(*header)
    for event, of_event in _by(entries, lambda each: each.event):
        sheet.add(f"{event}赛项")
        for number, (prize, won) in enumerate(_by(of_event, lambda each: each.prize), 1):
            sheet.add(f"（{number}）{style.prize(prize)}")
            for each in won:
                people = (style.names(each.students), style.names(each.instructors))
                sheet.add(each.school, *people)
    return [sheet]


def two_lines(entries: Sequence[Entry], contest: Contest, style: Style) -> list[Sheet]:
    """Students and instructors in one cell, on two lines."""
    sheet = Sheet()
    sheet.across(contest.title, 4)
    sheet.add("赛项", "奖次", f"{style.student}/{style.instructor}", "学校")
    for each in entries:
        lower = style.names(each.instructors) or "无"
        people = f"{style.names(each.students)}\n{lower}"
        sheet.add(each.event, style.prize(each.prize), people, each.school)
    return [sheet]


def two_rows(entries: Sequence[Entry], contest: Contest, style: Style) -> list[Sheet]:
    """Students and instructors in one column, in two rows of one team."""
    sheet = Sheet()
    sheet.across(contest.title, 4)
    sheet.add("赛项", "奖次", f"{style.student}\n{style.instructor}", "学校")
    for each in entries:
        students, teachers = style.names(each.students), style.names(each.instructors)
        first = sheet.add(each.event, style.prize(each.prize), students, each.school)
        sheet.add(None, None, teachers or None, None)
        sheet.down(first, (1, 2, 4))
    return [sheet]


def by_division(entries: Sequence[Entry], contest: Contest, style: Style) -> list[Sheet]:
    """A sheet for each group."""
    sheets = []
    for division, own in _by(entries, lambda each: each.division):
        (sheet,) = teams(own, contest, style)
        cut = [[cell for n, cell in enumerate(row) if n != 4] for row in sheet.rows]
        sheets.append(Sheet(division, cut, [(r, c, e, min(w, 7)) for r, c, e, w in sheet.areas]))
    return sheets


def by_event(entries: Sequence[Entry], contest: Contest, style: Style) -> list[Sheet]:
    """A sheet for each event."""
    sheets = []
    for event, own in _by(entries, lambda each: each.event):
        sheet = Sheet(event)
        header = ("学校", style.student, "奖次", style.instructor)
        sheet.across(contest.title, len(header))
        sheet.add(*header)
        for each in own:
            people = (style.names(each.students), style.names(each.instructors))
            sheet.add(each.school, people[0], style.prize(each.prize), people[1])
        sheets.append(_end(sheet, style, header))
    return sheets


def beside(entries: Sequence[Entry], contest: Contest, style: Style) -> list[Sheet]:
    """Two tables side by side."""
    sheet = Sheet()
    header = ("学校", "赛项", style.student, style.instructor, "奖次")
    sheet.across(contest.title, 2 * len(header) + 1)
    sheet.add(*header, None, *header)
    half = (len(entries) + 1) // 2
    for index in range(half):
        left = _line(entries[index], style)
        right = _line(entries[half + index], style) if half + index < len(entries) else []
        sheet.add(*left, None, *right)
    return [sheet]


def again(entries: Sequence[Entry], contest: Contest, style: Style) -> list[Sheet]:
    """A second table below the first, with its columns in another order."""
    sheet = Sheet()
    sheet.across(contest.title, 5)
    sheet.add("学校", "赛项", style.student, style.instructor, "奖次")
    half = (len(entries) + 1) // 2
    for each in entries[:half]:
        sheet.add(*_line(each, style))
    sheet.add()
    if entries[half:]:
        sheet.add("奖次", style.instructor, "赛项", "学校", style.student)
    for each in entries[half:]:
        school, event, students, teachers, prize = _line(each, style)
        sheet.add(prize, teachers, event, school, students)
    return [sheet]


def three_lines(entries: Sequence[Entry], contest: Contest, style: Style) -> list[Sheet]:
    """A header of three lines, and labels above it."""
    sheet = Sheet()
    sheet.add(f"竞赛名称：{contest.name}", None, f"级别：{contest.level}")
    sheet.add("年度：", contest.year)
    sheet.add("获奖情况", None, "获奖人员", None, None)
    sheet.add("赛项", "奖次", "学校", "学生", "指导教师")
    sheet.add(None, None, None, "姓名", "姓名")
    sheet.areas += [(3, 1, 3, 2), (3, 3, 3, 5), (4, 1, 5, 1), (4, 2, 5, 2), (4, 3, 5, 3)]
    for each in entries:
        school, event, students, teachers, prize = _line(each, style)
        sheet.add(event, prize, school, students, teachers)
    return [sheet]


def brackets(entries: Sequence[Entry], contest: Contest, style: Style) -> list[Sheet]:
    """Everybody in one cell, instructors marked in brackets; group and level beside other words."""
    sheet = Sheet()
    sheet.add("年度", "竞赛名称", "赛项", "奖次", "姓名", "身份", "单位")
    for each in entries:
        marked = [f"{style.name(name)}（指导教师）" for name in each.instructors]
        people = "、".join([*map(style.name, each.students), *marked])
        event, prize = (
            f"{each.event}（{each.division}）",
            f"{contest.level}{style.prize(each.prize)}",
        )
        sheet.add(f"{contest.year}年", contest.name, event, prize, people, "学生", each.school)
    return [sheet]


LAYOUTS: tuple[Layout, ...] = (
    *(plain, teams, merged, members, by_prize, prize_lines, event_lines, two_lines, two_rows),
    *(by_division, by_event, beside, again, three_lines, brackets),
)


def _line(each: Entry, style: Style) -> list[Cell]:
    people = (style.names(each.students), style.names(each.instructors))
    return [each.school, each.event, *people, style.prize(each.prize)]


def _by(entries: Iterable[Entry], key: Callable[[Entry], str]) -> Iterator[tuple[str, list[Entry]]]:
    """The entries of each value, prizes from the highest."""
    found: dict[str, list[Entry]] = {}
    for each in entries:
        found.setdefault(key(each), []).append(each)
    rank = {"特等奖": 0, "一等奖": 1, "二等奖": 2, "三等奖": 3, "优秀奖": 4}
    yield from sorted(found.items(), key=lambda pair: rank.get(pair[0], 0))


# ---- formats


def save(path: Path, sheets: Sequence[Sheet], codec: str = "utf-8") -> Path:
    """Write *sheets* in the format that the ending of *path* asks for."""
    {".xlsx": _xlsx, ".xls": _xls, ".ods": _ods}.get(path.suffix, _text(codec))(path, sheets)
    return path


def _xlsx(path: Path, sheets: Sequence[Sheet]) -> None:
    book = Workbook()
    book.remove(book.worksheets[0])
    for each in sheets:
        sheet = book.create_sheet(each.name)
        for row in each.rows:
            sheet.append(row)
        for top, left, bottom, right in each.areas:
            sheet.merge_cells(None, top, left, bottom, right)
    book.save(path)


def _xls(path: Path, sheets: Sequence[Sheet]) -> None:
    book = xlwt.Workbook()
    for each in sheets:
        sheet = book.add_sheet(each.name)
        for row, cells in enumerate(each.rows):
            for column, cell in enumerate(cells):
                if cell not in (None, ""):
                    sheet.write(row, column, cell)
        for top, left, bottom, right in each.areas:
            sheet.merge(top - 1, bottom - 1, left - 1, right - 1)
    book.save(str(path))


def _ods(path: Path, sheets: Sequence[Sheet]) -> None:
    (only,) = sheets
    ends = {(top, left): (bottom, right) for top, left, bottom, right in only.areas}
    rows = []
    for r, cells in enumerate(only.rows, 1):
        made = "".join(_ods_cell(cell, ends.get((r, c)), (r, c)) for c, cell in enumerate(cells, 1))
        rows.append(f"<table:table-row>{made or '<table:table-cell/>'}</table:table-row>")
    packed(path, ods_parts("".join(rows)))


def _ods_cell(cell: Cell, end: tuple[int, int] | None, at: tuple[int, int]) -> str:
    span = ""
    if end:
        high, wide = end[0] - at[0] + 1, end[1] - at[1] + 1
        span = f' table:number-rows-spanned="{high}" table:number-columns-spanned="{wide}"'
    if cell in (None, ""):
        return f"<table:table-cell{span}/>"
    if isinstance(cell, int):
        return (
            f'<table:table-cell{span} office:value-type="float" office:value="{cell}">'
            f"<text:p>{cell}</text:p></table:table-cell>"
        )
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in str(cell).split("\n"))
    return f'<table:table-cell{span} office:value-type="string">{lines}</table:table-cell>'


def _text(codec: str) -> Callable[[Path, Sequence[Sheet]], None]:
    def write(path: Path, sheets: Sequence[Sheet]) -> None:
        (only,) = sheets
        width = max(map(len, only.rows))
        text = io.StringIO()
        writer = csv.writer(text)
        for row in only.rows:
            writer.writerow(
                [*("" if cell is None else cell for cell in row), *[""] * (width - len(row))]
            )
        path.write_bytes(text.getvalue().encode(codec))

    return write
