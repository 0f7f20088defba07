"""Write 获奖名单.xlsx beside this script: a city's list of contest winners for 2023.

All persons, schools and associations are invented. Two runs write the same bytes. The amounts
that the list should lead to are worked out by hand in README.md, not here.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from io import BytesIO
from itertools import groupby
from math import ceil
from pathlib import Path
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.functions import tostring

WORKBOOK = Path(__file__).with_name("获奖名单.xlsx")
WRITTEN_ON = dt.datetime(2024, 2, 26, 9, 30)
FILED_ON = "填报日期：2024年2月26日"

SCHOOLS = {
    "松江": "松江市第一职业中专",
    "雾凇": "雾凇工贸职业学校",
    "江湾": "江湾卫生职业学校",
    "江城": "江城职业技术学院",
    "松湖": "松湖医药职业学院",
}

# Student and staff numbers by school. Whoever is not here had none when the list was made; a
# cell of numbers is filled only where everyone in the cell of names has one.
NUMBERS = {
    "松江": """
        孟子昂 20210103  李娜   20210108  袁梦洁 20210109  高俊峰 20210112  马骁   20210115
        蔡宇航 20220104  方睿   20220121  江一鸣 20220122  钟浩   20220123  龚文博 20220131
        贾思琪 20220140
        薛建国 J0103     沈志远 J0108     葛春梅 J0109     尹丽华 J0115     谭志强 J0120
        汪海涛 J0121     程立群 J0131     陆晓燕 J0140     戴明轩 J0141     武丹   J0142
        """,
    "雾凇": """
        石天宇 20210201  卢浩然 20210202  李娜   20210226  丁可欣 20210227  邢家乐 20220213
        乔一凡 20220230  温静怡 20220231  倪晓彤 20220232  景辰   20220233
        秦永刚 J0203     顾秀兰 J0211     樊大伟 J0215     祁美玲 J0216     苏婷   J0220
        """,
    "江湾": """
        罗佳怡 20210317  田雨欣 20210318  苗语桐 20210322  白若溪 20220305  雷诗雨 20220306
        冯雅琴 J0412     邹文静 J0415     崔颖   J0418     殷乐   J0421     鲍晓峰 J0422
        """,
    "江城": """
        段云飞 20220601  曹睿哲 20220602  俞佳宁 20220603  万志豪 20220611  邵雪   20220612
        骆晨曦 20220621  翟雨桐 20220622  童博   20220631  颜子轩 20220632  甘霖   20220633
        牛佳   20220634  耿凯   20220641  费翔宇 20220642
        庄严   G0607     洪立新 G0611     麦晓东 G0615     伍建军 G0621     阮梦   G0631
        毕海波 G0632
        """,
    "松湖": """
        鲁欣怡 20220701  柯宇轩 20220702  符雅婷 20220711  裴佳音 20220712  尚可   20220721
        詹秋月 Y0703     关志明 Y0704     屈红   Y0711     桑雨   Y0721     盛国栋 Y0722
        """,
}

# Each sheet: (competition, level, organizer, year), then its lines:
# event, prize, team, winners, instructors, school, and on the last sheet a remark.

SECONDARY = (
    (
        ("全国职业院校技能大赛", "国家级", "教育部", 2023),
        ("数控综合应用", "一等奖", "", "孟子昂", "薛建国", "松江"),
        ("护理技能", "三等奖", "", "罗佳怡", "冯雅琴", "江湾"),
        ("汽车维修", "二等奖", "雾凇队", "石天宇、卢浩然", "秦永刚", "雾凇"),
    ),
    (
        ("吉林省职业院校技能大赛", "省级", "吉林省教育厅", 2023),
        ("护理技能", "二等奖", "", "罗佳怡", "冯雅琴", "江湾"),
        ("护理技能", "一等奖", "江湾一队", "田雨欣、苗语桐", "邹文静", "江湾"),
        ("护理技能", "3等奖", "江湾二队", "白若溪、雷诗雨", "邹文静", "江湾"),
        ("英语口语", "三等奖", "", "田雨欣", "郝明", "江湾"),
        ("汽车维修", "二等奖", "松江一队", "钟　浩、方　睿、江一鸣", "沈志远、葛春梅", "松江"),
        ("焊接技术", "一 等 奖", "松江焊接队", "高俊峰、马骁", "谭志强", "松江"),
        ("中餐热菜", "优秀奖", "", "邢家乐", "樊大伟", "雾凇"),
    ),
    (
        ("吉林市职业院校技能大赛", "市级", "吉林市教育局", 2023),
        ("护理技能", "一等奖", "", "罗佳怡", "冯雅琴", "江湾"),
        ("幼儿保育", "一等奖", "江湾幼保队", "施　念，何苗苗", "简玉梅，文　慧", "江湾"),
        ("电子商务", "1等奖", "松江电商队", "李娜、袁梦洁", "尹丽华", "松江"),
        ("电子商务", "二等奖", "雾凇电商队", "李娜、丁可欣", "顾秀兰", "雾凇"),
        ("汽车维修", "三等奖", "雾凇二队", "王磊、康乐", "侯德明", "雾凇"),
        ("会计技能", "三等奖", "", "王　磊", "游佳", "雾凇"),
        ("中餐热菜", "优秀奖", "", "柴源", "樊大伟", "雾凇"),
        ("焊接技术", "三等奖", "松江焊接队", "马　骁、龚文博", "谭志强", "松江"),
        ("数控综合应用", "二等奖", "松江数控队", "孟子昂、蔡宇航", "薛建国", "松江"),
    ),
    (
        ("吉林省职业院校技能大赛", "省级", "吉林省教育厅", 2024),
        ("护理技能", "二等奖", "", "田雨欣", "邹文静", "江湾"),
    ),
)

HIGHER = (
    (
        ("全国职业院校技能大赛", "国家级", "教育部", 2023),
        ("软件测试", "三等奖", "江城一队", "段云飞、曹睿哲、俞佳宁", "庄严", "江城"),
        ("药学技能", "一等奖", "松湖药学队", "鲁欣怡、柯宇轩", "詹秋月、关志明", "松湖"),
    ),
    (
        ("吉林省职业院校技能大赛", "省级", "吉林省教育厅", 2023),
        ("软件测试", "二等奖", "江城一队", "段云飞、曹睿哲", "庄　严", "江城"),
        ("软件测试", "三等奖", "江城二队", "万志豪、邵　雪", "庄严", "江城"),
        ("供应链管理", "一等奖", "江城供应链队", "骆晨曦、翟雨桐", "洪立新", "江城"),
        ("老年护理", "二等奖", "—", "符雅婷", "屈红", "松湖"),
    ),
    (
        ("吉林市职业院校技能大赛", "市级", "吉林市教育局", 2023),
        ("建筑工程识图", "二等奖", "江城一队", "童博\n颜子轩", "麦晓东", "江城"),
        ("建筑工程识图", "优秀奖", "江城二队", "甘霖\n牛佳", "麦晓东", "江城"),
        ("老年护理", "一等奖", "—", "裴佳音", "柏青", "松湖"),
        ("英语口语", "一等奖", "—", "尚可", "", "松湖"),
    ),
)

TEACHING = (
    (
        ("全国职业院校教师教学能力比赛", "国家级", "教育部", 2023),
        ("专业课程二组", "三等奖", "", "洪立新、阮梦、毕海波", "", "江城"),
    ),
    (
        ("吉林省职业院校教师教学能力比赛", "省级", "吉林省教育厅", 2023),
        ("专业课程一组", "二等奖", "", "陆晓燕、戴明轩、尹丽华", "", "松江"),
        ("公共基础课程组", "三等奖", "", "殷　乐、鲍晓峰", "", "江湾"),
    ),
    (
        ("吉林市职业院校教师教学能力比赛", "市级", "吉林市教育局", 2023),
        ("专业课程一组", "一等奖", "", "陆晓燕、戴明轩、武丹", "", "松江"),
        ("专业课程一组", "三等奖", "", "冯雅琴、崔颖", "", "江湾"),
        ("公共基础课程组", "二 等 奖", "", "詹秋月、桑　雨、盛国栋", "", "松湖"),
        ("公共基础课程组", "优秀奖", "", "顾秀兰、苏婷", "", "雾凇"),
    ),
)

ASSOCIATIONS = (
    (
        ("全国焊接协会技能竞赛", "国家级", "中国联创焊接协会", 2023),
        ("焊接技术", "一等奖", "", "高俊峰", "汪海涛", "松江", ""),
        ("焊接技术", "三等奖", "", "马　骁", "谭志强", "松江", ""),
        ("焊接技术", "二等奖", "", "耿凯、费翔宇", "伍建军", "江城", "双人赛"),
    ),
    (
        ("全国软件学会程序设计竞赛", "国家级", "中国启明软件学会", 2023),
        ("程序设计", "二等奖", "", "段云飞", "庄严", "江城", ""),
    ),
    (
        ("全国烹饪协会技能竞赛吉林省选拔赛", "省级", "吉林省白桦烹饪协会", 2023),
        ("烘焙", "一等奖", "", "温静怡、景　辰", "祁美玲", "雾凇", "全国赛选拔"),
    ),
    (
        ("吉林省烹饪协会技能竞赛", "省级", "吉林省白桦烹饪协会", 2023),
        ("烘焙", "二等奖", "", "温静怡，倪晓彤", "祁美玲", "雾凇", ""),
        ("中餐热菜", "三等奖", "", "邢家乐", "樊大伟", "雾凇", ""),
        ("中餐热菜", "优秀奖", "", "乔一凡", "樊大伟", "雾凇", ""),
    ),
    (
        ("吉林市美发协会技能竞赛", "市级", "吉林市雪柳美发协会", 2023),
        ("美发", "二等奖", "", "池雨薇", "岑　丽", "松江", ""),
        ("美发", "三等奖", "", "蒲欣然、闵佳", "—", "松江", "自行组队"),
    ),
    (
        ("国际美发组织公开赛", "国际级", "国际新丝路美发联合会", 2023),
        ("美发", "一等奖", "", "贾思琪", "程立群", "松江", "国际赛事"),
    ),
)


class Column(NamedTuple):
    """A column of a sheet: what stands in it, its heading (with one above, if two-line), width."""

    holds: str
    heading: str
    width: float
    above: str = ""
    merges_down: bool = False


class Layout(NamedTuple):
    """A sheet: its name, title, columns, lines, and the words around the table."""

    name: str
    title: str
    blocks: tuple
    columns: tuple[Column, ...]
    filed_by: str
    total: str
    note: str
    signed: str
    by_school: bool = False


SHEETS = (
    Layout(
        "中职组",
        "2023年吉林市职业院校技能竞赛获奖情况汇总表（中职组）",
        SECONDARY,
        (
            Column("serial", "序号", 5.5),
            Column("competition", "竞赛名称", 24),
            Column("level", "级别", 8),
            Column("organizer", "主办单位", 14),
            Column("event", "赛　项", 14, merges_down=True),
            Column("prize", "奖次", 9),
            Column("team", "参赛队", 12),
            Column("winners", "姓名", 22, "获奖学生"),
            Column("winner_numbers", "学号", 30, "获奖学生"),
            Column("instructors", "姓名", 16, "指导教师"),
            Column("instructor_numbers", "工号", 14, "指导教师"),
            Column("school", "学　校", 20, merges_down=True),
            Column("year", "年度", 7),
        ),
        "填报单位：吉林市某某职业教育服务中心",
        "合　计",
        "注：1. 级别按主办单位级别填写，奖次以获奖证书为准；2. 尚未核发学号、工号的暂空；"
        "3. 年度按获奖证书日期填写，2024年1月取得的证书列入2024年度。",
        "制表人：卓　然　　　　　　审核人：阎　平　　　　　　联系电话：（略）",
    ),
    Layout(
        "高职组",
        "2023年吉林市职业院校技能竞赛获奖情况汇总表（高职组）",
        HIGHER,
        (
            Column("serial", "序号", 5.5),
            Column("year", "年度", 7),
            Column("school", "学校名称", 20, merges_down=True),
            Column("competition", "大赛名称", 24, merges_down=True),
            Column("level", "竞赛级别", 10),
            Column("organizer", "主办单位", 14),
            Column("event", "赛项名称", 14, merges_down=True),
            Column("winners", "姓名", 22, "获奖学生"),
            Column("winner_numbers", "学号", 30, "获奖学生"),
            Column("team", "参赛队", 14),
            Column("prize", "获奖等次", 10),
            Column("instructors", "姓名", 16, "指导教师"),
            Column("instructor_numbers", "工号", 14, "指导教师"),
        ),
        "填报单位：吉林市某某职业教育服务中心",
        "合计",
        "注：个人赛项不填参赛队。",
        "制表人：卓　然　　　　　　审核人：阎　平　　　　　　联系电话：（略）",
        by_school=True,
    ),
    Layout(
        "教师教学能力比赛",
        "2023年吉林市职业院校教师教学能力比赛获奖情况汇总表",
        TEACHING,
        (
            Column("serial", "序号", 5.5),
            Column("school", "学校", 20),
            Column("competition", "比赛名称", 34, merges_down=True),
            Column("level", "级别", 8, merges_down=True),
            Column("organizer", "主办单位", 14, merges_down=True),
            Column("event", "参赛项目", 16, merges_down=True),
            Column("winners", "姓名", 24, "参赛教师"),
            Column("winner_numbers", "工号", 24, "参赛教师"),
            Column("prize", "获奖等级", 10),
            Column("year", "年度", 7),
        ),
        "填报单位：吉林市某某职业教育服务中心",
        "合计",
        "注：同一教学团队的教师填在同一单元格内，按证书所列顺序填写。",
        "制表人：卓　然　　　　　　　　审核人：阎　平",
    ),
    Layout(
        "行业协会竞赛",
        "2023年吉林市职业院校师生参加行业协会（学会）竞赛获奖情况汇总表",
        ASSOCIATIONS,
        (
            Column("serial", "序号", 5.5),
            Column("competition", "竞赛名称", 26, merges_down=True),
            Column("organizer", "主办单位", 22, merges_down=True),
            Column("level", "级别", 8),
            Column("year", "年度", 7),
            Column("event", "赛项", 12),
            Column("winners", "姓名", 22, "获奖学生"),
            Column("winner_numbers", "学号", 30, "获奖学生"),
            Column("school", "所在学校", 20, merges_down=True),
            Column("prize", "奖次", 9),
            Column("instructors", "姓名", 12, "指导教师"),
            Column("instructor_numbers", "工号", 12, "指导教师"),
            Column("remark", "备注", 12),
        ),
        "填报单位：吉林市某某职业教育服务中心",
        "合计",
        "注：1. 含各级协会、学会主办的竞赛及其选拔赛；2. 国际赛事的对应级别另行研究确定。",
        "制表人：卓　然　　　　　　审核人：阎　平　　　　　　联系电话：（略）",
    ),
)

# Where two lines may share a merged cell only if these are the same as well.
BOUND_BY = {
    "event": ("school", "competition", "year"),
    "level": ("competition",),
    "organizer": ("competition",),
    "competition": ("school_block",),
}

HEADER_ROWS = (3, 4)
FIRST_ROW = 5
THIN = Side(style="thin", color="000000")
BOX = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
CENTER = Alignment(horizontal="center", vertical="center", wrap_text=True)
LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
RIGHT = Alignment(horizontal="right", vertical="center")
TITLE, HEADING, BODY = Font("方正小标宋简体", 18), Font("黑体", 10.5), Font("宋体", 10.5)
SHADE = PatternFill("solid", fgColor="F2F2F2")


def main() -> None:
    """Write the workbook."""
    book = Workbook()
    book.remove(book.active)
    for layout in SHEETS:
        write_sheet(book.create_sheet(layout.name), layout)
    book.properties.creator = "吉林市某某职业教育服务中心"
    book.properties.title = "2023年吉林市职业院校技能竞赛获奖名单"
    book.properties.created = WRITTEN_ON
    WORKBOOK.write_bytes(stable_bytes(book))
    print(f"{WORKBOOK.name}: {', '.join(book.sheetnames)}")


def write_sheet(sheet: Worksheet, layout: Layout) -> None:
    """The whole sheet: title, filing line, header, lines, total, note, signatures."""
    width = len(layout.columns)
    lines = list(lines_of(layout))
    last = FIRST_ROW + len(lines) - 1
    span(sheet, 1, 1, width, layout.title, TITLE, CENTER, 36)
    span(sheet, 2, 1, width - 4, layout.filed_by, BODY, LEFT, 20)
    span(sheet, 2, width - 3, width, FILED_ON, BODY, RIGHT, 20)
    write_header(sheet, layout.columns)
    for row, line in enumerate(lines, FIRST_ROW):
        for col, column in enumerate(layout.columns, 1):
            write_value(sheet.cell(row, col), line[column.holds])
        sheet.row_dimensions[row].height = height(line, layout.columns)
    for col, column in enumerate(layout.columns, 1):
        if column.merges_down:
            merge_runs(sheet, col, [merge_key(line, column.holds) for line in lines])
    write_total(sheet, last + 1, layout, lines)
    span(sheet, last + 2, 1, width, layout.note, Font("宋体", 10), LEFT, 32)
    span(sheet, last + 3, 1, width, layout.signed, BODY, LEFT, 26)
    print_setup(sheet, layout.columns)


def lines_of(layout: Layout) -> Iterator[dict[str, str | int]]:
    """The lines of a sheet in the order printed, each with what every column may hold."""
    flat = [(block[0], line) for block in layout.blocks for line in block[1:]]
    if layout.by_school:
        flat.sort(key=lambda pair: list(SCHOOLS).index(pair[1][5]))
    for serial, (contest, line) in enumerate(flat, 1):
        competition, level, organizer, year = contest
        event, prize, team, winners, instructors, school, *remark = line
        yield {
            "serial": serial,
            "competition": competition,
            "level": level,
            "organizer": organizer,
            "year": year,
            "event": event,
            "prize": prize,
            "team": team,
            "winners": winners,
            "winner_numbers": numbers_like(winners, school),
            "instructors": instructors,
            "instructor_numbers": numbers_like(instructors, school),
            "school": SCHOOLS[school],
            "school_block": school if layout.by_school else "",
            "remark": "".join(remark),
        }


def numbers_like(people: str, school: str) -> str | int:
    """The numbers of *people* separated as they are; blank unless everyone has one.

    A student number that stands alone was typed as a number, as happens.
    """
    if people == "—":
        return people
    words = NUMBERS[school].split()
    known = dict(zip(words[::2], words[1::2], strict=True))
    found = [known.get(name) for name in names_in(people)]
    if not found or None in found:
        if any(found):
            raise ValueError(f"numbers for only some of {people}")
        return ""
    separator = (re.findall("[、，\n]", people) or [""])[0]
    text = separator.join(found)
    return int(text) if text.isdigit() and school == "松湖" else text


def names_in(people: str) -> list[str]:
    """The names in one cell, without the pads that line up short names."""
    return [name.replace("\u3000", "") for name in re.split("[、，\n]", people) if name]


def write_value(cell: Cell, value: str | int) -> None:
    """One cell of the table; blank stays blank, text stays text."""
    cell.value = value if value != "" else None
    cell.number_format = "@" if isinstance(value, str) else "0"
    cell.font, cell.border, cell.alignment = BODY, BOX, CENTER


def write_header(sheet: Worksheet, columns: tuple[Column, ...]) -> None:
    """The header in two lines: a heading over two columns, or one cell merged down."""
    top, low = HEADER_ROWS
    for col, column in enumerate(columns, 1):
        sheet.cell(top, col, column.above or column.heading)
        if column.above:
            sheet.cell(low, col, column.heading)
        for row in HEADER_ROWS:
            cell = sheet.cell(row, col)
            cell.font, cell.border, cell.alignment, cell.fill = HEADING, BOX, CENTER, SHADE
        if not column.above:
            sheet.merge_cells(start_row=top, end_row=low, start_column=col, end_column=col)
    for above, run in groupby(enumerate(columns, 1), key=lambda pair: pair[1].above):
        cols = [col for col, _ in run]
        if above:
            for col in cols[1:]:
                sheet.cell(top, col).value = None
            sheet.merge_cells(start_row=top, end_row=top, start_column=cols[0], end_column=cols[-1])
    for row in HEADER_ROWS:
        sheet.row_dimensions[row].height = 21


def merge_key(line: dict[str, str | int], holds: str) -> tuple:
    """What two neighbouring lines must share to share a cell of the column *holds*."""
    return line[holds], *(line[bound] for bound in BOUND_BY.get(holds, ()))


def merge_runs(sheet: Worksheet, col: int, keys: list[tuple]) -> None:
    """Merge the cells of a column down over neighbouring lines with one key."""
    row = FIRST_ROW
    for _, run in groupby(keys):
        end = row + len(list(run)) - 1
        if end > row:
            for below in range(row + 1, end + 1):
                sheet.cell(below, col).value = None
            sheet.merge_cells(start_row=row, end_row=end, start_column=col, end_column=col)
        row = end + 1


def write_total(
    sheet: Worksheet, row: int, layout: Layout, lines: list[dict[str, str | int]]
) -> None:
    """The total line: how many names stand in each column of names, counting repeats."""
    first = next(c for c, column in enumerate(layout.columns, 1) if column.above)
    for col in range(1, len(layout.columns) + 1):
        cell = sheet.cell(row, col)
        cell.font, cell.border, cell.alignment = HEADING, BOX, CENTER
    sheet.cell(row, 1).value = layout.total
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=first - 1)
    for col, column in enumerate(layout.columns, 1):
        if column.holds in ("winners", "instructors"):
            cells = [str(line[column.holds]) for line in lines if line[column.holds] != "—"]
            sheet.cell(row, col).value = f"{sum(len(names_in(cell)) for cell in cells)}人次"
    sheet.row_dimensions[row].height = 24


def span(
    sheet: Worksheet,
    row: int,
    left: int,
    right: int,
    text: str,
    font: Font,
    alignment: Alignment,
    points: float,
) -> None:
    """One text over several columns of one row."""
    cell = sheet.cell(row, left, text)
    cell.font, cell.alignment = font, alignment
    sheet.merge_cells(start_row=row, end_row=row, start_column=left, end_column=right)
    sheet.row_dimensions[row].height = points


def height(line: dict[str, str | int], columns: tuple[Column, ...]) -> float:
    """Points for a row in which no text is cut off."""
    return max(26.0, 14.5 * max(text_lines(str(line[c.holds]), c.width) for c in columns) + 6)


def text_lines(text: str, width: float) -> int:
    """How many lines *text* takes in a column of *width* digits."""
    parts = text.split("\n")
    wide = (sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in p) for p in parts)
    return sum(max(1, ceil(w / (width - 1))) for w in wide)


def print_setup(sheet: Worksheet, columns: tuple[Column, ...]) -> None:
    """Widths, frozen header, and one landscape page of A4."""
    for col, column in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(col)].width = column.width
    sheet.freeze_panes = sheet.cell(FIRST_ROW, 1)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 1
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_options.horizontalCentered = True
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
    margins = sheet.page_margins
    margins.left = margins.right = 0.5
    margins.top, margins.bottom, margins.footer = 0.6, 0.8, 0.4


def stable_bytes(book: Workbook) -> bytes:
    """The workbook as a file that does not depend on when it was written."""
    saved, stable = BytesIO(), BytesIO()
    book.save(saved)
    book.properties.modified = WRITTEN_ON
    with ZipFile(saved) as parts, ZipFile(stable, "w", ZIP_DEFLATED) as fixed:
        for name in parts.namelist():
            content = parts.read(name)
            if name == "docProps/core.xml":
                content = tostring(book.properties.to_tree())
            part = ZipInfo(name, WRITTEN_ON.timetuple()[:6])
            part.compress_type = ZIP_DEFLATED
            fixed.writestr(part, content)
    return stable.getvalue()


if __name__ == "__main__":
    main()
