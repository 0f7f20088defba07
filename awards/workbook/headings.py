"""What a column heading means: a field of a result, whose it is, or a fact of its own.

The words are data, in ``[columns]`` of ``schedules/terms.toml``; only how they are combined is
here: 学生1姓名 is the name of a student, 指导教师 over 工号 the number of an instructor.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from awards.records import FIELDS
from awards.terms import terms

PEOPLE = ("student", "competitor", "teacher", "instructor")
"""Column kinds that hold names of people in a role; plain 姓名 says no role."""
OF_PEOPLE = ("person", "person_id", "school", "department", "role")
"""Fields that each group of people may have for itself."""

_OTHERS = re.compile(r"[/\\、和及与(|]+(?P<rest>.+?)\)?")
"""Other people beside those who were named before."""
_COUNT = r"第?\(?(\d+|[一二三四五六七八九十])\)?"


@dataclass(frozen=True, slots=True)
class Meaning:
    """The *field* a column fills (None: a fact), *whose* it is, and its *number* in a list.

    ``prize`` is what all people of the column won, where the heading says it. ``second`` are the
    other people of a column that holds two kinds, the one below the other.
    """

    field: str | None = None
    whose: str | None = None
    number: str | None = None
    prize: str | None = None
    second: str | None = None

    @property
    def is_names(self) -> bool:
        """Whether the column holds names of people."""
        return self.field == "person"


FACT = Meaning()
LEADER = "0"
"""The number of the column of a team's leader, who may be among the members too."""


def meaning(lines: Sequence[str]) -> Meaning:
    """What the heading *lines* of one column mean, the upper line first.

    >>> meaning(["获奖学生", "学 号"]) == Meaning("person_id", "student")
    True
    >>> meaning(["赛项", "编号"]).field, meaning(["选手2姓名"]).number, meaning(["身高"]).field
    ('event_code', '2', None)
    >>> meaning(["获奖学生", "一等奖"]) == Meaning("person", "student", prize="一等奖")
    True
    """
    prizes = [line for line in lines if is_prize(line)]
    if len(prizes) == 1:
        return _under(prizes[0], [line for line in lines if line is not prizes[0]])
    joined = _one("".join(lines))
    if joined.field or len(lines) == 1:
        return joined
    last = _one(lines[-1])
    parents = [_one(line) for line in lines[:-1]]
    parent = next((each for each in reversed(parents) if each.is_names and each.whose), None)
    if parent is None or last.whose:
        return last
    number = parent.number or last.number
    if re.fullmatch(_COUNT, terms().plain(lines[-1])):
        return Meaning("person", parent.whose, terms().plain(lines[-1]))
    if last.field in OF_PEOPLE or last.field is None:
        return Meaning(last.field, parent.whose, number)
    return last


def _under(prize: str, lines: Sequence[str]) -> Meaning:
    """What a column means over which a *prize* stands and other *lines* besides."""
    rest = meaning(lines) if lines else Meaning("prize")
    prize = "".join(prize.split())
    if rest.field == "prize":
        return Meaning("person", "competitor", prize=prize)
    if rest.whose or rest.field in OF_PEOPLE:
        return replace(rest, whose=rest.whose or "competitor", prize=prize)
    return FACT


@lru_cache(maxsize=1 << 12)
def is_prize(text: str) -> bool:
    """Whether *text* is the name of a prize.

    >>> is_prize("一等奖"), is_prize("一等奖（名）"), is_prize("奖次")
    (True, False, False)
    """
    return terms().canonical("prize", text) is not None


@lru_cache(maxsize=1 << 12)
def bare(text: str) -> str:
    """A heading for comparison, without its padding and marks.

    >>> bare(" 姓　名* "), bare("奖次：")
    ('姓名', '奖次')
    """
    return terms().plain(text).strip(_MARKS)


_MARKS = "*:·._"
PADDING = f"{_MARKS}：＊ \t\u3000\n"
"""What may stand before a heading."""


_WIDER = ord("Ａ") - ord("A")
"""How far the full-width form of a character is from it."""


@cache
def first_letters() -> frozenset[str]:
    """How headings and prizes begin, in every spelling of a character."""
    prizes = (s for w in terms().words["prize"].values() for s in (w.zh, w.en, *w.also))
    first = {text[:1].lower() for text in (*_fields(), *prizes)}
    variants = {chr(old) for old, new in terms().variants.items() if chr(new) in first}
    wide = {chr(ord(letter) + _WIDER) for letter in first if letter.isascii() and letter}
    return frozenset(first | variants | wide | set(terms().words["prize"]))


@lru_cache(maxsize=1 << 12)
def _one(text: str) -> Meaning:
    """What one heading means by itself: as it stands, counted, compound, without its remark."""
    plain = bare(text)
    for attempt in (plain, re.sub(r"[(\[【].*?[)\]】]", "", plain)):
        found = _known(attempt) or _counted(attempt) or _compound(attempt)
        if found:
            return found
    return _both(bare(text.strip().replace("\n", "/"))) or FACT


@cache
def _fields() -> Mapping[str, str]:
    """The field of each heading, in comparison form."""
    names = {name: name for name in FIELDS}
    headings = {
        bare(heading): field for field, words in terms().columns.items() for heading in words
    }
    return names | headings


def _known(plain: str) -> Meaning | None:
    if plain in _leaders():
        return Meaning("person", "competitor", LEADER)
    field = _fields().get(plain)
    return (field and (Meaning("person", field) if field in PEOPLE else Meaning(field))) or None


def _counted(plain: str) -> Meaning | None:
    """选手1, 选手(一), 学生2姓名, 第一指导教师: names only."""
    before = re.fullmatch(rf"{_COUNT}(?P<rest>\D+)", plain)
    after = re.fullmatch(rf"(?P<rest>.+?){_COUNT}(?P<tail>姓名)?", plain)
    for match in (before, after):
        found = match and _known(match["rest"])
        if match and found and found.is_names:
            return Meaning("person", found.whose, match[1] if match is before else match[2])
    return None


@cache
def _leaders() -> frozenset[str]:
    """The headings of a column that names the leader of a team."""
    return frozenset(map(bare, terms().marks["people.leader"]))


def _both(plain: str) -> Meaning | None:
    """选手/指导教师: those who compete, and below them in each cell those who instruct."""
    for start in _people_words():
        if not plain.startswith(start):
            continue
        parts = _OTHERS.fullmatch(plain, len(start))
        whose, second = _fields()[start], _fields().get(parts["rest"]) if parts else None
        if second == "instructor" != whose:
            return Meaning("person", whose, second=second)
    return None


@cache
def _people_words() -> tuple[str, ...]:
    """The words for people, the longest first."""
    words = (word for word, field in _fields().items() if field in PEOPLE)
    return tuple(sorted(words, key=len, reverse=True))


def _compound(plain: str) -> Meaning | None:
    """学生学号, 指导教师1单位: a word for people, then a field they have for themselves."""
    for start in _people_words():
        if not plain.startswith(start) or plain == start:
            continue
        match = re.fullmatch(rf"(?:{_COUNT})?(?P<rest>.*)", plain[len(start) :])
        field = match and _fields().get(match["rest"])
        if match and field in OF_PEOPLE:
            return Meaning(field, _fields()[start], match[1])
    return None


@lru_cache(maxsize=1 << 16)
def is_heading(text: str) -> bool:
    """Whether *text* is a heading word as it stands.

    >>> is_heading("奖 次"), is_heading("一等奖")
    (True, False)
    """
    return field_of(text) is not None


def field_of(text: str) -> str | None:
    """The field that *text* is a heading of as it stands, be it of people."""
    return _fields().get(bare(text))


def names_people(text: str) -> bool:
    """Whether a heading has a word for people in it.

    >>> names_people("选手/指导教师"), names_people("奖次")
    (True, False)
    """
    return any(word in bare(text) for word in _people_words())


def rank(text: str) -> int:
    """Place of an id heading in the order of preference of ``[columns] person_id``; the lower wins.

    >>> rank("身份证号码") < rank("学号") < rank("工号")
    True
    """
    words = [bare(word) for word in terms().columns["person_id"]]
    return next((i for i, word in enumerate(words) if bare(text).endswith(word)), len(words))
