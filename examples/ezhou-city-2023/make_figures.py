"""Write 数据.xlsx: a year of a city's vocational schools, as its offices keep it.

All schools and enterprises are invented. ``README.md`` beside this file works out by hand what
must come of it.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

HERE = Path(__file__).parent
FONT = "宋体"
THIN = Side(style="thin")
BOX = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
CENTER = Alignment(horizontal="center", vertical="center", wrap_text=True)

Cell = str | int | float | date | None
Rows = Sequence[Sequence[Cell]]

SCHOOLS: Rows = (
    ("序号", "学校名称", "办学性质", "学段", "隶属"),
    (1, "江滨中等职业学校", "公办", "中职", "市"),
    (2, "莲湖技工学校", "公办", "技工学校", "市"),
    (3, "南浦职业中专", "公办", "中职", "市"),
    (4, "星海职业高中", "民办", "中职", None),
    (5, "临江职业学院", "公办", "高职", "市"),
    (6, "楚泽工程职业学院", "公办", "高职", "省"),
)
STUDENTS: Rows = (
    ("学校", "专业大类", "学制", "年级", "学生类别", "在校生数", None, None),
    (None, None, None, None, None, "年初在校生数", "年末在校生数", "在校生数"),
    ("江滨中等职业学校", "加工制造类", "三年制", None, None, 600, 650, 640),
    (None, "信息技术类", "三年制", None, None, 600, 620, 610),
    ("莲湖技工学校", "加工制造类", "三年制", None, None, 450, 450, 450),
    ("南浦职业中专", "财经商贸类", "三年制", None, None, 780, 820, 800),
    (None, "教育类", "五年制", "四年级", None, 100, 100, 100),
    ("星海职业高中", "信息技术类", "三年制", None, None, 300, 310, 305),
    ("临江职业学院", "装备制造大类", "三年制", None, "普通本专科", 6900, 7100, 7000),
    ("楚泽工程职业学院", "土木建筑大类", "三年制", None, "普通本专科", 9600, 9600, 9600),
    ("合计", None, None, None, None, 19330, 19650, 19505),
)
MONEY: Rows = (
    ("学校", "财政拨款", None, None, "事业收入", None),
    (None, "基本支出", "项目支出", "免学费补助", "学费收入", "社会服务收入"),
    ("江滨中等职业学校", 800, 200.5, 0, 240, 60),
    ("莲湖技工学校", 310, 0, 0, 0, 50),
    ("南浦职业中专", 620, 60, 39.9999, 0, 0),
    ("星海职业高中", 0, 20, 30.5, 500, 0),
    ("临江职业学院", 8000, 400, 0, 3800, 0),
    ("楚泽工程职业学院", 10000, 1000, 200, 5000, 300),
    ("合计", 19730, 1680.5, 270.4999, 9540, 410),
)
TEACHERS: Rows = (
    ("学校", "教师类别", "教师数"),
    ("临江职业学院", "专任教师", 380),
    (None, "聘请校外教师", 40),
    ("楚泽工程职业学院", "专任教师", 520),
    (None, "聘请校外教师", 160),
)
SURCHARGE: Rows = (
    ("地区", "已普及九年义务教育", "教育费附加（万元）", "用于职业教育的附加（万元）"),
    ("鄂州市", "是", 2400, 600),
)
ENTERPRISES: Rows = (
    ("企业", "年度", "纳入培育范围", "职业教育投资（万元）", "应缴两项附加（万元）"),
    ("鄂东精工有限公司", 2022, "是", 1000, 200),
    ("鄂东精工有限公司", 2023, "是", 100, 200),
)
STATED: Rows = (
    ("规则", "指标", "年度", "数值"),
    ("EZ-T1", "毕业生数", 2023, 1000),
    ("EZ-T1", "升学人数", 2023, 720),
    ("EZ-T2", "毕业生数", 2023, 1000),
    ("EZ-T2", "升学人数", 2023, 720),
    ("EZ-T2", "升职业本科人数", 2023, 95),
    ("EZ-T3", "普通高中规模", 2023, 8000),
    ("EZ-T3", "中等职业教育规模", 2023, 7600),
    ("EZ-C1", "国家级高水平专业群数", None, 1),
    ("EZ-C1", "省级高水平专业群数", None, 1),
    ("EZ-C1", "职教本科专业数", None, 3),
    ("EZ-D01", "完成日期", None, date(2022, 8, 25)),
    ("EZ-D02", "完成日期", None, date(2022, 11, 3)),
)
SHEETS: tuple[tuple[str, str, str | None, Rows, int], ...] = (
    ("学校", "鄂州市职业学校基本情况（2023年）", None, SCHOOLS, 1),
    ("在校生", "2023年在校生情况表", "单位：人", STUDENTS, 2),
    ("拨款", "2023年经费收入情况表", "单位：万元", MONEY, 2),
    ("教师", "2023年高职院校教师情况表", "单位：人", TEACHERS, 1),
    ("教育费附加", "2023年教育费附加使用情况", None, SURCHARGE, 1),
    ("企业", "产教融合型企业抵免情况", None, ENTERPRISES, 1),
    ("指标", "职业教育发展指标", None, STATED, 1),
)


def main() -> None:
    """Write the workbook beside this file."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, title, unit, rows, header in SHEETS:
        lay_out(book.create_sheet(name), title, unit, rows, header)
    book.save(HERE / "数据.xlsx")


def lay_out(sheet: Worksheet, title: str, unit: str | None, rows: Rows, header: int) -> None:
    """Title, unit, header of *header* lines with merged cells, the rows, who filled it in."""
    width = len(rows[0])
    across(sheet, 1, width, title, Font(name=FONT, size=14, bold=True))
    top = 2
    if unit:
        sheet.cell(2, width, unit).font = Font(name=FONT, size=10)
        top = 3
    for number, row in enumerate(rows):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(top + number, column, value)
            cell.font = Font(name=FONT, size=10, bold=number < header)
            cell.border, cell.alignment = BOX, CENTER
            if isinstance(value, date):
                cell.number_format = "yyyy-mm-dd"
    if header == 2:
        merge_header(sheet, top, rows)
    merge_down(sheet, top + header, rows[header:])
    last = top + len(rows)
    sheet.cell(last, 1, "制表人：王小禾　　审核人：李晴川").font = Font(name=FONT, size=10)
    for column in range(1, width + 1):
        sheet.column_dimensions[get_column_letter(column)].width = 20


def across(sheet: Worksheet, row: int, width: int, text: str, font: Font) -> None:
    """One text over the whole table."""
    cell = sheet.cell(row, 1, text)
    cell.font, cell.alignment = font, CENTER
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=width)


def merge_header(sheet: Worksheet, top: int, rows: Rows) -> None:
    """Merge the cells of a two-line header: down where the second is blank, across otherwise."""
    upper, lower = rows[0], rows[1]
    for column, text in enumerate(upper, 1):
        if text is None:
            continue
        if lower[column - 1] is None:
            sheet.merge_cells(
                start_row=top, end_row=top + 1, start_column=column, end_column=column
            )
            continue
        end = column
        while end < len(upper) and upper[end] is None:
            end += 1
        sheet.merge_cells(start_row=top, end_row=top, start_column=column, end_column=end)


def merge_down(sheet: Worksheet, top: int, rows: Rows) -> None:
    """Merge the first cell of a school over the rows that are its own."""
    starts = [number for number, row in enumerate(rows) if row[0] is not None]
    for start, stop in zip(starts, [*starts[1:], len(rows)], strict=True):
        if stop - start > 1:
            sheet.merge_cells(
                start_row=top + start, end_row=top + stop - 1, start_column=1, end_column=1
            )


if __name__ == "__main__":
    main()
