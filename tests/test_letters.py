"""The letters, written and read back; and what the public notice cannot say."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as Letter

from awards.dossier import Dossier
from awards.letters.notice import write_notice
from awards.letters.request import write_request
from awards.notice import NoticeRow, notice_rows
from awards.office import Notice, Office
from tests.dossiers import APPROVED, CARD, IDENTITY, ROWS, dossier, won

OFFICE = Office(
    name="某市教育局",
    notice=Notice(
        begins=date(2024, 3, 4), objections_to="局财务科", phone="000", address="某路1号"
    ),
)


def read(path: Path) -> Letter:
    return Document(str(path))


def said(letter: Letter) -> str:
    return "\n".join(paragraph.text for paragraph in letter.paragraphs)


def table(letter: Letter) -> list[list[str]]:
    [found] = letter.tables
    return [[cell.text for cell in row.cells] for row in found.rows]


def notice(made: Dossier, folder: Path) -> Letter:
    write_notice(made, folder / "公示.docx")
    return read(folder / "公示.docx")


def test_a_row_of_the_notice_has_no_room_for_what_is_private() -> None:
    names = {field.name for field in fields(NoticeRow)}
    assert names == {
        *("name", "role", "school", "competition", "event", "level", "prize", "amount"),
    }
    assert not hasattr(notice_rows(dossier(), "zh")[0], "__dict__")


def test_the_notice_names_payees_period_and_whom_to_tell(tmp_path: Path) -> None:
    letter = notice(dossier(office=OFFICE, release=APPROVED), tmp_path)
    text = said(letter)
    assert "公示期为 5 个工作日，自2024年3月4日起至2024年3月8日止" in text
    assert "向局财务科反映。电话：000；地址：某路1号" in text
    assert "于2024年3月11日撤下" in text
    assert "4 人次，合计 33,000 元（人民币叁万叁仟元整）" in text
    assert "草稿" not in text
    header, *rows = table(letter)
    assert header[0] == "序号"
    assert [row[1] for row in rows] == ["赵甲", "钱乙", "孙丙", "孙丙"]
    assert sum(Decimal(row[-1].replace(",", "")) for row in rows) == 33000


def test_nothing_private_is_in_the_notice(tmp_path: Path) -> None:
    path = tmp_path / "公示.docx"
    write_notice(dossier(office=OFFICE), path)
    letter = read(path)
    everything = said(letter) + str(table(letter))
    assert IDENTITY not in everything
    assert CARD not in everything
    assert IDENTITY[:6] not in everything


def test_names_are_masked_where_the_office_wants_it(tmp_path: Path) -> None:
    hidden = Office(notice=Notice(mask_names=True))
    rows = table(notice(dossier([*ROWS, won("李四光", "省级", "一等奖")], office=hidden), tmp_path))
    assert [row[1] for row in rows[1:]] == ["赵*", "钱*", "孙*", "孙*", "李*光"]


def test_the_request_has_totals_by_budget_line(tmp_path: Path) -> None:
    path = tmp_path / "请示.docx"
    write_request(dossier(office=OFFICE), path)
    text = said(read(path))
    assert "市人社局：" in text
    assert "学生：2 笔，25,000 元。" in text
    assert "教师：1 笔，8,000 元。" in text
    assert "合计 3 笔，33,000 元（人民币叁万叁仟元整）。" in text
    assert "应发 4 条，不发 1 条，待裁定 0 条，名单有误 0 条" in text
    assert "吉市政办发〔2022〕32号" in text
    assert "某市教育局" in text


@pytest.mark.parametrize("write", [write_request, write_notice])
def test_what_nobody_said_is_a_gap_and_a_draft_says_so(tmp_path: Path, write: object) -> None:
    assert callable(write)
    path = tmp_path / "x.docx"
    write(dossier(), path)
    letter = read(path)
    assert "＿＿＿" in said(letter)
    assert said(letter).startswith("草稿：须经市人社局批准")
    assert letter.sections[0].header.paragraphs[0].text == "草稿"


def test_a_blank_in_the_first_line(tmp_path: Path) -> None:
    letter = notice(dossier([won("赵甲", "省级", "一等奖", school=None), *ROWS[1:]]), tmp_path)
    header, first, *rest = table(letter)
    assert dict(zip(header, first, strict=True))["单位（学校）"] == ""
    assert len(rest) == 3


def test_paper(tmp_path: Path) -> None:
    section = notice(dossier(), tmp_path).sections[0]
    assert section.page_width is not None
    assert section.page_height is not None
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)


def test_english(tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    parts: Sequence[str] = ("In all 3 payments, 33,000 yuan", "DRAFT")
    write_request(dossier(), path, "en")
    assert all(part in said(read(path)) for part in parts)
