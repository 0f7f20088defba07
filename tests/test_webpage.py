"""The page: one file that asks nobody for anything, says everything, and runs nothing it is told."""

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest

import awards
from awards.dossier import Dossier
from awards.webpage import page
from tests.dossiers import APPROVED, CARD, IDENTITY, ROWS, dossier, won

ATTACK = '"><script>alert(1)</script><img src=x onerror=alert(2)>'


class Reader(HTMLParser):
    """Tags with their attributes, and the text of the whole page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._within = ""
        self.parts: dict[str, str] = {}
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._within = tag

    def handle_endtag(self, tag: str) -> None:
        self._within = ""

    def handle_data(self, data: str) -> None:
        if self._within in ("script", "style"):
            self.parts[self._within] = self.parts.get(self._within, "") + data
        else:
            self.text += data


def read(made: Dossier) -> Reader:
    return Reader(page(made))


def test_everything_is_said() -> None:
    rows = [
        *ROWS,
        won("吴己", "国际级", "一等奖", organizer="国际焊接协会"),
        won("郑庚", "省级", "一等桨"),
    ]
    text = read(dossier(rows, tax={"": "incidental"})).text
    for each in ("33,000", "赵甲", "12,000", "标准（国家级、二等奖）15,000 元", "二(七)第1句·全国"):
        assert each in text
    assert "低于奖励的最低奖次" in text  # 周戊
    assert "待裁定（1 条）" in text  # 吴己
    assert "不认识的奖次“一等桨”" in text  # 郑庚
    assert "草稿：须经市人社局批准" in text
    schedule = awards.load_schedule("jilin-city")
    assert all(reading.question.zh in text for reading in schedule.readings.values())


def test_an_approval_ends_the_draft() -> None:
    text = read(dossier(release=APPROVED)).text
    assert "草稿" not in text
    assert "已批准：某人社批〔2024〕5号（2024-03-05）" in text


def test_nothing_is_asked_of_the_network() -> None:
    """No address anywhere, no source, and a policy that would refuse one."""
    found = read(dossier())
    assert not re.search(r"https?:|//[a-z]|url\(|@import", page(dossier()))
    for tag, attributes in found.tags:
        assert tag not in ("link", "img", "iframe", "object", "embed", "base")
        assert not {"src", "href", "action", "style"} & {*attributes}
        assert not [name for name in attributes if name.startswith("on")]


def test_the_policy_lets_only_its_own_style_and_script_run() -> None:
    found = read(dossier([won(ATTACK, "省级", "一等奖", school=ATTACK)]))
    policy = next(
        str(a["content"]) for _, a in found.tags if a.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy.startswith("default-src 'none'; ")
    for name in ("script", "style"):
        digest = base64.b64encode(hashlib.sha256(found.parts[name].encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy
    assert "unsafe" not in policy
    assert [tag for tag, _ in found.tags].count("script") == 1
    assert "alert(1)" in found.text


def test_numbers_and_cards_are_not_in_it() -> None:
    rows = [*ROWS, won(f"王某{IDENTITY}", "省级", "一等奖")]
    text = page(dossier(rows))
    assert IDENTITY not in text
    assert CARD not in text


def test_bars_are_in_proportion() -> None:
    """甲校 23,000 and 乙校 10,000: 500 and 217 parts of a bar."""
    found = read(dossier())
    lengths = [a["width"] for tag, a in found.tags if tag == "rect"]
    assert lengths[:2] == ["500", "217"]


def test_every_row_can_be_found_by_its_name() -> None:
    found = read(dossier())
    names = [a.get("data-name") for _, a in found.tags if a.get("class") == "row"]
    assert names == ["赵甲", "孙丙", "钱乙", "周戊"]


@pytest.mark.parametrize("rows", [ROWS, ()])
def test_english(rows: tuple[dict[str, object], ...]) -> None:
    text = Reader(page(dossier(rows), "en")).text
    assert "State: draft" in text
    assert "{" not in text
