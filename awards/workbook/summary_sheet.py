"""The summary: counts and yuan by school, level and prize, with a chart that stays editable."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.worksheet.pagebreak import Break

from awards import money
from awards.dossier import Cell, Dossier, table
from awards.words import Lang
from awards.workbook.page import Column, Page, Value
from awards.workbook.saving import save
from awards.workbook.wording import Wording

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

COLUMNS = (
    Column("school", 34),
    Column("level", 14, "center"),
    Column("prize", 14, "center"),
    Column("times", 14, "center"),
    Column("amount", 22, "amount"),
)
BY_SCHOOL = (Column("school", 60), Column("times", 24, "center"), Column("amount", 34, "amount"))
WIDTH, LOW, EACH, HIGH = 22, 4, 1.2, 15
"""Centimetres of the chart: its width, its height without bars, for each bar, and at most."""


def write_summary(dossier: Dossier, path: Path, lang: Lang = "zh") -> None:
    """Write the summary of *dossier* to *path*: a sheet in full, one by school with the chart."""
    wording = Wording(dossier.outcome, lang, dossier.release, dossier.doubts(lang))
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = "awards"
    book.properties.title = dossier.outcome.schedule.title[lang]
    cells = table(dossier, lang)
    _add_all(book, cells, wording)
    _add_schools(book, cells, wording)
    save(book, path)


def _add_all(book: Workbook, cells: Sequence[Cell], wording: Wording) -> None:
    """School × level × prize, with a subtotal for each school."""
    page = Page(book, "award_summary", COLUMNS, wording.lang)
    wording.heading(page, "award_summary", money=True)
    page.header()
    page.freeze()
    for school, own in _by_school(cells):
        name = school or wording.say("document.no_school")
        for cell in own:
            page.row([name, cell.level, cell.prize, cell.count, cell.amount])
        page.total(wording.say("document.subtotal_of", school=name), 3, _counts(own))
    if not cells:
        page.row([wording.say("document.none")])
    page.total(wording.say("document.total"), 3, _counts(cells))
    page.signatures(wording.say("document.four_signatures"))


def _add_schools(book: Workbook, cells: Sequence[Cell], wording: Wording) -> None:
    """A line for each school and the chart of them."""
    page = Page(book, "award_schools", BY_SCHOOL, wording.lang)
    wording.heading(page, "award_schools", money=True)
    page.header()
    page.freeze()
    schools = _by_school(cells)
    for school, own in schools:
        page.row([school or wording.say("document.no_school"), *_counts(own)])
    last = page.sheet.max_row
    page.total(wording.say("document.total"), 1, _counts(cells))
    if schools:
        _add_chart(page.sheet, last - len(schools), last, wording)


def _add_chart(sheet: "Worksheet", header: int, last: int, wording: Wording) -> None:
    """Bars of the yuan of each school, the first on top, on a page after the table."""
    chart = BarChart()
    chart.type = "bar"
    chart.title = wording.say("document.chart")
    chart.legend = None
    chart.gapWidth = 60
    chart.add_data(Reference(sheet, min_col=3, min_row=header, max_row=last), titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=1, min_row=header + 1, max_row=last))
    chart.series[0].graphicalProperties.solidFill = BAR
    chart.dataLabels = DataLabelList(showVal=True)
    chart.dataLabels.showSerName = chart.dataLabels.showCatName = False
    chart.dataLabels.showLegendKey = chart.dataLabels.showPercent = False
    chart.dataLabels.numFmt = "#,##0.00"
    chart.y_axis.numFmt = "#,##0"
    chart.y_axis.majorGridlines = None
    chart.y_axis.scaling.min = 0
    chart.x_axis.scaling.orientation = "maxMin"
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.width, chart.height = WIDTH, min(LOW + EACH * (last - header), HIGH)
    sheet.row_breaks.append(Break(id=last + 2))
    sheet.add_chart(chart, f"A{last + 3}")


BAR = "2F5D8A"


def _by_school(cells: Sequence[Cell]) -> list[tuple[str | None, list[Cell]]]:
    schools: dict[str | None, list[Cell]] = {}
    for cell in cells:
        schools.setdefault(cell.school, []).append(cell)
    return list(schools.items())


def _counts(cells: Sequence[Cell]) -> list[Value]:
    amount = sum((cell.amount for cell in cells), start=money.yuan(0))
    return [sum(cell.count for cell in cells), Decimal(amount)]
