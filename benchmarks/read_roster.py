"""How long a long list takes to read, against calamine's time for its cells alone.

``python benchmarks/read_roster.py [ROWS]`` makes a list of one person a row (12 columns, shared
texts as Excel writes them), reads it both ways in turn, each in a process of its own, and prints
the best CPU time of each, the most memory, and the ratio.
"""

import random
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

RUNS = 3
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
HEADINGS = (
    *("序号", "年度", "竞赛名称", "级别", "主办单位", "组别", "赛项", "奖次", "姓名", "身份"),
    *("学校", "学号"),
)
MEASURE = """
import resource, sys, time
{prepare}
start = time.process_time()
count = {read}
taken = time.process_time() - start
print(count, taken, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10)
"""
WAYS = {
    "calamine": (
        "from python_calamine import CalamineWorkbook",
        "sum(1 for _ in CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0).iter_rows())",
    ),
    "awards": ("from awards import read_roster", "len(read_roster(sys.argv[1]).results)"),
}


def rows(count: int) -> Iterator[tuple[str | int, ...]]:
    """The rows of the list; the people and schools are made up."""
    chance = random.Random(1)
    family, given = "赵钱孙李周吴郑王冯陈", "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"
    yield HEADINGS
    for number in range(1, count + 1):
        yield (
            *(number, 2023, "职业院校技能大赛", "省级", "教育厅"),
            chance.choice(("中职组", "高职组")),
            f"赛项{chance.randrange(60)}号",
            chance.choice(("一等奖", "二等奖", "三等奖")),
            chance.choice(family) + chance.choice(given) + chance.choice(given),
            *("学生", f"第{chance.randrange(300)}学校", f"2023{number:06}"),
        )


def write(path: Path, count: int) -> None:
    """An .xlsx of *count* rows."""
    texts: dict[str, int] = {}
    lines = []
    for number, row in enumerate(rows(count), 1):
        cells = []
        for column, value in enumerate(row):
            at = f"{chr(65 + column)}{number}"
            if isinstance(value, int):
                cells.append(f'<c r="{at}"><v>{value}</v></c>')
            else:
                index = texts.setdefault(value, len(texts))
                cells.append(f'<c r="{at}" t="s"><v>{index}</v></c>')
        lines.append(f'<row r="{number}">{"".join(cells)}</row>')
    shared = "".join(f"<si><t>{escape(text)}</t></si>" for text in texts)
    one = '<Relationship Id="rId1" Type="{}" Target="{}"/>'
    related = f'<Relationships xmlns="{PACKAGE}">{one}</Relationships>'
    parts = {
        "_rels/.rels": related.format(f"{RELATIONS}/officeDocument", "xl/workbook.xml"),
        "xl/_rels/workbook.xml.rels": related.format(
            f"{RELATIONS}/worksheet", "worksheets/sheet1.xml"
        ),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>'
        '<sheet name="名单" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{"".join(lines)}'
        "</sheetData></worksheet>",
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{shared}</sst>',
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def measure(way: str, path: Path) -> tuple[int, float, int]:
    """How many there were, CPU seconds, and MiB at most."""
    prepare, read = WAYS[way]
    program = MEASURE.format(prepare=prepare, read=read)
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True
    )
    count, seconds, memory = done.stdout.split()
    return int(count), float(seconds), int(memory)


def main() -> None:
    """Make the list, read it in turn, print the best of each."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with TemporaryDirectory() as folder:
        path = Path(folder) / "list.xlsx"
        write(path, count)
        taken = {way: [measure(way, path) for _ in range(RUNS)] for way in WAYS}
    best = {way: min(seconds for _, seconds, _ in runs) for way, runs in taken.items()}
    for way, runs in taken.items():
        print(f"{way:9} {runs[0][0]:>9,} {best[way]:6.2f} s {max(m for *_, m in runs):>6} MiB")
    print(f"ratio     {best['awards'] / best['calamine']:.1f}")


if __name__ == "__main__":
    main()
