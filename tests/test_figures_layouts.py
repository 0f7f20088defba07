"""The same figures in any layout give the same findings: rows as plain dicts are the truth."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

import awards
from awards.findings import Finding
from awards.workbook import read_figures

SOURCES = {
    "fiscal_basic": "基本支出",
    "fiscal_project": "项目支出",
    "tuition_waiver_subsidy": "免学费补助",
    "tuition": "学费收入",
    "social_service_income": "社会服务收入",
}
STAGES = {"secondary": "中职", "technician": "技工学校", "higher": "高职"}
OWNERSHIPS = {"public": "公办", "private": "民办"}
UNITS = {"元": Decimal(1), "千元": Decimal(1000), "万元": Decimal(10_000), "亿元": Decimal(10**8)}
EZHOU = awards.load_schedule("ezhou")

fen = st.integers(0, 10**11)
schools = st.lists(
    st.fixed_dictionaries(
        {
            "stage": st.sampled_from(list(STAGES)),
            "ownership": st.sampled_from(list(OWNERSHIPS)),
            "students": st.lists(st.integers(0, 9000), min_size=1, max_size=3, unique=True),
            "money": st.dictionaries(st.sampled_from(list(SOURCES)), fen, min_size=1),
        }
    ),
    min_size=1,
    max_size=4,
)
layout = st.fixed_dictionaries(
    {
        "unit": st.sampled_from(list(UNITS)),
        "unit_above": st.booleans(),
        "wide": st.booleans(),
        "as_text": st.booleans(),
        "title": st.booleans(),
        "reverse": st.booleans(),
    }
)


def truth(drawn: Sequence[dict[str, Any]], how: dict[str, Any]) -> list[dict[str, Any]]:
    """The figures as rows of the library; a column for each source states what is nothing too."""
    stated = sources(drawn) if how["wide"] else []
    rows: list[dict[str, Any]] = []
    for number, school in enumerate(drawn):
        own = {"school": f"第{number + 1}职业学校", "year": 2023}
        about = {"stage": school["stage"], "ownership": school["ownership"]}
        rows += ({**own, **about, "students": count} for count in school["students"])
        rows += (
            {**own, "source": source, "amount": Decimal(amount) / 100}
            for source, amount in (dict.fromkeys(stated, 0) | school["money"]).items()
        )
    return rows


def sources(drawn: Sequence[dict[str, Any]]) -> list[str]:
    """The sources that any school has money from, in the order of the columns."""
    return [source for source in SOURCES if any(source in each["money"] for each in drawn)]


def write(drawn: Sequence[dict[str, Any]], how: dict[str, Any], path: Path) -> None:
    """The same figures as an office might lay them out."""
    book = Workbook()
    students, money = book.worksheets[0], book.create_sheet("经费")
    students.append(["学校", "年度", "学段", "办学性质", "在校生数"])
    for number, school in enumerate(drawn):
        words = [STAGES[school["stage"]], OWNERSHIPS[school["ownership"]]]
        for count in school["students"]:
            students.append([f"第{number + 1}职业学校", 2023, *words, count])
    if how["title"]:
        money.append(["2023年经费收入情况表"])
    if how["unit_above"]:
        money.append([f"单位：{how['unit']}"])
    for row in laid_out(drawn, how):
        money.append(row)
    book.save(path)


def laid_out(drawn: Sequence[dict[str, Any]], how: dict[str, Any]) -> list[list[Any]]:
    """The table of money: a column for each source, or a line for each amount."""
    in_heading = "" if how["unit_above"] else f"（{how['unit']}）"
    year = [] if how["title"] else [2023]
    heads = ["学校"] if how["title"] else ["学校", "年度"]
    if not how["wide"]:
        rows: list[list[Any]] = [[*heads, "资金来源", f"金额{in_heading}"]]
        for number, school in enumerate(drawn):
            name = f"第{number + 1}职业学校"
            for source, amount in school["money"].items():
                rows.append([name, *year, SOURCES[source], shown(amount, how)])
        return rows
    used = sources(drawn)
    rows = [[*heads, *(f"{SOURCES[source]}{in_heading}" for source in used)]]
    for number, school in enumerate(drawn):
        cells = [shown(school["money"].get(source, 0), how) for source in used]
        rows.append([f"第{number + 1}职业学校", *year, *cells])
    return [row[::-1] for row in rows] if how["reverse"] else rows


def shown(amount: int, how: dict[str, Any]) -> Any:
    """An amount of fen in the unit, as a number that a spreadsheet keeps, or as text."""
    exact = Decimal(amount) / 100 / UNITS[how["unit"]]
    return f"{exact:,f}" if how["as_text"] else float(exact)


def plain(found: Finding) -> tuple[object, ...]:
    names = ("required", "counted", "students", "shortfall", "surplus", "per_student")
    values = tuple(found.values.get(name) for name in names)
    return (found.rule, tuple(found.subject.values()), found.status, *values)


@given(schools, layout)
def test_layouts_do_not_matter(drawn: list[dict[str, Any]], how: dict[str, Any]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "数据.xlsx"
        write(drawn, how, path)
        read = read_figures(path, schedules=[EZHOU])
    assert [each for each in read.problems if each.severity != "info"] == []
    expected = {plain(f) for f in awards.hold(truth(drawn, how), EZHOU).findings}
    assert {plain(f) for f in awards.hold(read.figures, EZHOU).findings} == expected
