"""The payout workbook, written and opened again."""

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

import awards
from awards.words import Lang, say
from awards.workbook.payout_sheet import write_payouts

IDENTITY = "220202200001010127"
COMPETITION = "吉林省职业院校技能大赛"


def won(person: str | None, level: str, prize: str, **more: object) -> dict[str, object]:
    return {
        "year": 2023,
        "competition": COMPETITION,
        "level": level,
        "event": "焊接技术",
        "prize": prize,
        "person": person,
        "role": "学生",
        "school": "甲校",
        **more,
    }


ABROAD = {"competition": "国际焊接大赛", "organizer": "国际焊接协会", "event": "国际焊接"}
ROWS = (
    won("赵甲", "省级", "一等奖", person_id=IDENTITY),  # 1: a higher one is paid
    won("赵甲", "国家级", "二等奖", person_id=IDENTITY),  # 2: 15000
    won("钱乙", "国际级", "一等奖", **ABROAD),  # 3: needs a ruling
    won("孙丙", "省级", "优胜奖"),  # 4: under the lowest prize
    won("李丁", "省级", "一等桨"),  # 5: no such prize
    won("=HYPERLINK(1)\x07", "省级", "三等奖", event="@SUM", school="-乙校"),  # 6: 5000
    won("周戊", "市级", "二等奖", role="指导教师"),  # 7: 2000
)
PAID = Decimal(22000)


@pytest.fixture
def outcome() -> awards.Assessment:
    return awards.assess(ROWS, awards.load_schedule("jilin-city"))


def written(outcome: awards.Assessment, folder: Path, lang: Lang = "zh") -> Workbook:
    path = folder / "发放表.xlsx"
    write_payouts(outcome, path, lang)
    return openpyxl.load_workbook(path)


def table(sheet: Worksheet, lang: Lang = "zh") -> list[dict[str, object]]:
    """The numbered rows under the header of *sheet*, by heading."""
    rows = list(sheet.iter_rows(values_only=True))
    start = next(i for i, row in enumerate(rows) if row[0] == say("column.number", lang))
    return [
        {str(heading): cell for heading, cell in zip(rows[start], row, strict=True)}
        for row in rows[start + 1 :]
        if isinstance(row[0], int)
    ]


def texts(book: Workbook) -> list[str]:
    return [
        cell
        for sheet in book
        for row in sheet.iter_rows(values_only=True)
        for cell in row
        if isinstance(cell, str)
    ]


def total(sheet: Worksheet, lang: Lang = "zh") -> list[object]:
    word = say("document.total", lang)
    return next(list(row) for row in sheet.iter_rows(values_only=True) if row[0] == word)


def test_sheets_of_each_language(outcome: awards.Assessment, tmp_path: Path) -> None:
    names = ["发放明细", "发放汇总", "学校汇总", "未发放", "待裁定", "问题", "依据"]
    assert written(outcome, tmp_path).sheetnames == names
    english = written(outcome, tmp_path, "en")
    assert english.sheetnames[0] == "Details"
    assert table(english["Details"], "en")[0]["Level"] == "national"


def test_details_say_who_what_why_and_where(outcome: awards.Assessment, tmp_path: Path) -> None:
    first, *_, last = table(written(outcome, tmp_path)["发放明细"])
    names = ("姓名", "身份", "级别", "奖次", "年度", "金额（元）", "状态", "出处")
    expected = ["赵甲", "学生", "国家级", "二等奖", 2023, 15000, "待批准", "第2行"]
    assert [first[name] for name in names] == expected
    assert first["依据"] == "二(七)第1句·全国"
    assert "15,000" in str(first["说明"])
    assert last["姓名"] == "周戊"


def test_every_award_stands_on_one_sheet(outcome: awards.Assessment, tmp_path: Path) -> None:
    book = written(outcome, tmp_path)
    places = [row["出处"] for name in ("发放明细", "未发放", "待裁定") for row in table(book[name])]
    assert sorted(map(str, places)) == [f"第{number}行" for number in range(1, len(ROWS) + 1)]


def test_sums_are_values_and_equal(outcome: awards.Assessment, tmp_path: Path) -> None:
    """15000 + 5000 + 2000 (二(七)第1句); 赵甲's provincial prize falls to 第4句."""
    book = written(outcome, tmp_path)
    assert outcome.totals.paid == PAID
    for name in ("发放明细", "发放汇总", "学校汇总"):
        assert PAID in total(book[name])
        assert sum(Decimal(str(row["金额（元）"])) for row in table(book[name])) == PAID
    assert {row["单位（学校）"]: row["人数"] for row in table(book["学校汇总"])} == {
        "甲校": 2,
        "-乙校": 1,
    }


def test_not_paid_says_why_and_what_counts(outcome: awards.Assessment, tmp_path: Path) -> None:
    rows = {row["出处"]: row for row in table(written(outcome, tmp_path)["未发放"])}
    superseded = rows["第1行"]
    assert superseded["不发原因"] == say("reason.superseded", "zh")
    assert superseded["以哪一条为准"] == f"{COMPETITION} 国家级 二等奖\n见“发放明细”第1号"
    assert superseded["依据"] == "二(七)第4句"
    assert "一等桨" in str(rows["第5行"]["不发原因"])


def test_waiting_rows_show_question_and_answers(outcome: awards.Assessment, tmp_path: Path) -> None:
    (row,) = table(written(outcome, tmp_path)["待裁定"])
    assert "（international）" in str(row["待裁定事项"])
    assert str(row["可选答复"]).splitlines()[0] == "国家级（national）"


def test_problems_name_the_place(outcome: awards.Assessment, tmp_path: Path) -> None:
    rows = table(written(outcome, tmp_path)["问题"])
    assert [(row["程度"], row["单元格"]) for row in rows] == [("错误", "第5行")]


def test_basis_has_document_clauses_readings_and_rulings(tmp_path: Path) -> None:
    ruling = awards.Ruling("international", "provincial", person="钱乙", by="局务会")
    schedule = awards.load_schedule("jilin-city")
    outcome = awards.assess(ROWS, schedule, rulings=[ruling], readings={"highest": "level"})
    sheet = written(outcome, tmp_path)["依据"]
    cells = [cell for row in sheet.iter_rows(values_only=True) for cell in row]
    assert schedule.number in cells
    assert all(clause.says.zh in cells for clause in schedule.clauses.values())
    assert all(reading.why.zh in cells for reading in schedule.readings.values())
    assert cells.count(say("document.switched", "zh")) == 1
    assert {"钱乙", "省级", "局务会"} <= set(cells)


def test_text_stays_text(outcome: awards.Assessment, tmp_path: Path) -> None:
    book = written(outcome, tmp_path)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    name = next(cell for cell in cells if cell.value == "=HYPERLINK(1)")
    assert (name.data_type, name.quotePrefix) == ("s", True)


def test_no_identity_number_is_shown(tmp_path: Path) -> None:
    rows = [*ROWS, won(f"吴己{IDENTITY}", "省级", "二等奖"), won("郑庚", "省级", IDENTITY)]
    outcome = awards.assess(rows, awards.load_schedule("jilin-city"))
    found = texts(written(outcome, tmp_path))
    assert not [text for text in found if IDENTITY in text]
    assert any("吴己220202" in text for text in found)


def test_says_what_it_waits_for(outcome: awards.Assessment, tmp_path: Path) -> None:
    found = [cell for row in written(outcome, tmp_path)["发放明细"].values for cell in row]
    assert "待批准：须经市人社局批准后发放（二(七)第5句）。" in found
    assert "金额单位：元" in found


def test_print_setup(outcome: awards.Assessment, tmp_path: Path) -> None:
    book = written(outcome, tmp_path)
    for sheet in book:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr is not None
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert "第 &P 页 共 &N 页" in str(sheet.oddFooter)
    details = book["发放明细"]
    header = next(cell.row for cell in details["A"] if cell.value == "序号")
    assert details.print_title_rows == f"${header}:${header}"
    assert details.freeze_panes == f"C{header + 1}"
    assert details.auto_filter.ref == f"A{header}:N{header + 3}"
    assert details[f"J{header + 1}"].number_format == "#,##0.00"


def test_nothing_to_say_is_said(tmp_path: Path) -> None:
    outcome = awards.assess([], awards.load_schedule("jilin-city"))
    book = written(outcome, tmp_path)
    for sheet in book:
        assert "无" in [cell for row in sheet.values for cell in row]
    assert 0 in total(book["发放明细"])


def test_failure_leaves_the_folder_as_it_was(
    outcome: awards.Assessment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "发放表.xlsx"
    path.write_text("before")

    def fail(book: Workbook, file: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(Workbook, "save", fail)
    with pytest.raises(OSError, match="disk full"):
        write_payouts(outcome, path)
    assert [each.name for each in tmp_path.iterdir()] == ["发放表.xlsx"]
    assert path.read_text() == "before"


def test_no_folder_is_an_error(outcome: awards.Assessment, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_payouts(outcome, tmp_path / "none" / "发放表.xlsx")
