from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awards.records import FIELDS
from awards.terms import KINDS, Kind, Word, terms

WORDS = [
    (kind, name, spelling)
    for kind in KINDS
    for name, word in terms().words[kind].items()
    for spelling in (name, word.zh, word.en, *word.also)
]


@pytest.mark.parametrize(("kind", "name", "spelling"), WORDS)
def test_every_spelling_leads_to_its_word(kind: Kind, name: str, spelling: str) -> None:
    """No spelling is given to two words, nor hidden behind an ending."""
    assert terms().canonical(kind, spelling) == name


@pytest.mark.parametrize(
    ("kind", "text", "name"),
    [
        ("level", " 国 家 级 ", "national"),
        ("level", "NATIONAL", "national"),
        ("level", "國家級", "national"),
        ("level", "国家级别", None),
        ("prize", "一等獎", "first"),
        ("prize", "１等奖", "first"),
        ("prize", "贰等奖", "second"),
        ("prize", "金牌", "gold"),
        ("prize", "一等", "first"),
        ("prize", "一等桨", None),
        ("prize", "", None),
        ("role", "指导老师", "instructor"),
        ("role", "教师", "teacher"),
        ("organizer", "某市教育局", "official"),
        ("organizer", "中国烹饪协会", "association"),
        ("organizer", "某某有限公司", "enterprise"),
        ("organizer", "某某职业学院", "school"),
        ("organizer", "某某委员会", None),
        ("form", "团体赛", "team"),
    ],
)
def test_spellings(kind: Kind, text: str, name: str | None) -> None:
    assert terms().canonical(kind, text) == name


def test_levels_and_prizes_stand_in_rank_order() -> None:
    levels = [
        *("international", "national", "provincial", "municipal", "county", "school"),
    ]
    assert [terms().rank("level", level) for level in levels] == [0, 1, 2, 3, 4, 5]
    prizes = ("special", "first", "second", "third", "excellence", "merit", "none")
    ranks = [terms().rank("prize", prize) for prize in prizes]
    assert ranks == sorted(ranks)
    with pytest.raises(KeyError):
        terms().rank("prize", "一等奖")


def test_near() -> None:
    assert terms().near("prize", "一等桨") == "一等奖"
    assert terms().near("level", "国家及") == "国家级"
    assert terms().near("prize", "完全不像") is None


def test_a_schedules_own_words_come_first() -> None:
    own = terms().with_words({"prize": {"excellence": Word("优胜奖", "fourth", ("四等奖",))}})
    assert own.canonical("prize", "四等奖") == "excellence"
    assert own.name("prize", "excellence", "en") == "fourth"
    assert own.canonical("prize", "一等奖") == "first"
    assert terms().canonical("prize", "四等奖") is None


def test_a_schedules_own_words_rank_last_or_where_they_say() -> None:
    """镇级 above 校级; 厅局级, which says nothing, after all general ones."""
    words = {"bureau": Word("厅局级", "bureau"), "town": Word("镇级", "town", above="school")}
    own = terms().with_words({"level": words})
    assert list(own.words["level"])[-4:] == ["county", "town", "school", "bureau"]
    with pytest.raises(ValueError, match="town is to rank above village, which is no such word"):
        terms().with_words({"level": {"town": Word("镇级", "town", above="village")}})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("是", True),
        (" 有 ", True),
        ("YES", True),
        ("也许", None),
        ("否", False),
        ("无", False),
        ("", None),
    ],
)
def test_yes_and_no(text: str, said: bool | None) -> None:
    assert terms().answer(text) is said


def test_names_in_print() -> None:
    assert terms().name("prize", "first", "zh") == "一等奖"
    assert terms().name("prize", "first", "en") == "first prize"
    assert terms().name("prize", "天字号", "zh") == "天字号"
    assert terms().name("event", "first", "zh") == "first"


@given(st.text())
def test_plain_is_settled(text: str) -> None:
    once = terms().plain(text)
    assert not any(each.isspace() for each in once)


@given(st.sampled_from(WORDS), st.sampled_from(("", " ", "　", "\n")))
def test_white_space_and_width_do_not_matter(word: tuple[Kind, str, str], gap: str) -> None:
    kind, name, spelling = word
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in spelling)
    assert terms().canonical(kind, gap.join(spelling)) == name
    assert terms().canonical(kind, wide) == name


def test_headings_lead_to_fields() -> None:
    """Every column of the vocabulary is a field, or a role whose names stand in it, or a ruling."""
    known = {*FIELDS, "ruling", *terms().words["role"]}
    assert set(terms().columns) <= known
    assert set(get_args(Kind)) == set(KINDS)


def test_no_heading_has_two_meanings() -> None:
    seen: dict[str, str] = {}
    for field, headings in terms().columns.items():
        for heading in headings:
            plain = terms().plain(heading)
            assert seen.setdefault(plain, field) == field, heading
