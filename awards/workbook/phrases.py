"""What a line of text says outside the columns: a title, the name of a sheet, a section line.

*2023年某省职业院校技能大赛（中职组）焊接赛项获奖名单* says five things. What is not understood to
the last word says nothing: half of a line is not half true.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache

from awards.terms import terms
from awards.workbook.headings import field_of

ABOUT = (
    *("year", "competition", "level", "organizer", "division"),
    *("event", "event_code", "form", "prize"),
)
"""The fields that a title may fill."""
_DIVISIONS = ("secondary", "higher", "students", "teachers", "workers")
_PLACES = {"province": "provincial", "city": "municipal", "county": "county"}
"""The level of a place of each kind."""
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)(\s*年度?(?!\s*\d+\s*月))?")
_SCHOOL_YEAR = re.compile(r"(?:19|20)\d\d\s*[-—~至]+\s*(?:(?:19|20)?\d\d)\s*(?:学年|年)度?")
_ORDINAL = re.compile(
    r"\((?:[一二三四五六七八九十]{1,3}|\d{1,2})\)|(?:[一二三四五六七八九十]{1,3}|\d{1,2})(?:、|[.．](?!\d))"
)
_NUMERALS = "一二三四五六七八九十"
_CODE = re.compile(r"([A-Z]{2}-?\d{2,3})[\s\-—_:、.]*")
_EDGES = " \t\u3000\n-—·:,，、。;；《》“”\"'「」『』[]【】()"
_LONGEST = 30
"""Letters of the name of an event; more is a sentence."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a line says: fields, how many of what it counts, and what was not understood."""

    values: Mapping[str, str | int] = field(default_factory=dict)
    count: int | None = None
    unit: str | None = None
    """``people`` or ``rows``; None where only a number stands there."""
    rest: str = ""
    is_numbered: bool = False


def years_in(text: str) -> list[tuple[int, bool]]:
    """The years in a title, each with whether it is the year of something, not of a date.

    >>> years_in("2023年吉林省技能大赛"), years_in("〔2022〕32号")
    ([(2023, True)], [(2022, False)])
    >>> years_in("填表日期:2023年6月1日")
    [(2023, False)]
    """
    return [(int(match[1]), match[2] is not None) for match in _YEAR.finditer(_plain(text))]


@lru_cache(maxsize=1 << 10)
def title(text: str) -> Mapping[str, str]:
    """The fields, besides the year, that a title says; none where it is not understood.

    >>> said = title("2023年吉林省职业院校技能大赛（中职组）焊接赛项获奖名单")
    >>> said["competition"], said["level"], said["division"], said["event"]
    ('吉林省职业院校技能大赛', '省级', '中职组', '焊接')
    >>> dict(title("某市财政局文件")), dict(title("竞赛级别：省级  赛项：焊接"))
    ({}, {'level': '省级', 'event': '焊接'})
    """
    plain = _plain(text)
    if said := labelled(plain):
        return said
    plain = _ORDINAL.sub("", _YEAR.sub("", _SCHOOL_YEAR.sub("", plain)), count=1)
    plain = re.sub(r"^附件?\d*[:：、]?", "", plain.strip(_EDGES))
    for name, tail in _contests(plain):
        rest = _tail(tail)
        if rest is not None:
            level = level_of(name)
            known = {"level": terms().words["level"][level].zh} if level else {}
            return {"competition": name, **known, **rest}
    return _tail(plain) or {}


def labelled(plain: str) -> dict[str, str]:
    """The fields of a line such as ``竞赛级别：省级  赛项：焊接``; none where one is no field."""
    said: dict[str, str] = {}
    pieces = re.findall(
        r"([^\s:：]{1,8})[:：]\s*([^:：]*?)(?=\s+[^\s:：]{1,8}[:：]|$)", plain.strip()
    )
    for label, value in pieces:
        name = field_of(label)
        if name in ABOUT and value.strip():
            said |= coded(value.strip()) if name == "event" else {name: value.strip()}
    return said


def _contests(plain: str) -> Iterator[tuple[str, str]]:
    """Each way to cut *plain* behind the name of a contest: the name, and the rest."""
    ends = "|".join(terms().marks["lines.contest"])
    lead = "|".join(terms().marks["lines.besides"])
    plain = re.sub(rf"^(?:{lead})+", "", plain).strip(_EDGES)
    for match in re.finditer(ends, plain):
        name = "".join(plain[: match.end()].split()).strip(_EDGES)
        if len(name) > len(match[0]):
            yield name, plain[match.end() :]


def _tail(text: str) -> dict[str, str] | None:
    """What stands behind the name of a contest; None where part of it is not understood."""
    said: dict[str, str] = {}
    rest = text
    for name, division in _divisions():
        if name in rest and "division" not in said:
            said["division"] = division
            rest = rest.replace(name, "|", 1)
    prizes = [w for f, _, w in _spellings() if f == "prize" and len(w) > 2 and w in rest]
    if len(prizes) == 1:
        said["prize"] = prizes[0]
        rest = rest.replace(prizes[0], "|", 1)
    found = re.search(rf"[“\"「《](?P<event>[^”\"」》]+)[”\"」》]\s*(?:{_event_words()})?", rest)
    found = found or re.search(
        rf"(?:^|[\s|)\-—:：·])*(?P<event>[^\s|()]+?)(?:{_event_words()})", rest
    )
    if found and (event := trimmed(found["event"])) and event not in _besides():
        said |= coded(event)
        rest = rest.replace(found[0], "|", 1)
    place = re.match(rf"[\s|]*[^\s|]{{2,7}}?(?:{'|'.join(_places())})", rest)
    after = rest[place.end() :].lstrip(_EDGES + "|") if place else ""
    if place and after.startswith(terms().marks["lines.of_place"]):
        rest = rest[place.end() :]  # of the people of one place
    for word in _besides():
        rest = rest.replace(word, "")
    return None if rest.strip(_EDGES + "|") else said


def trimmed(text: str) -> str:
    """*text* without marks around it; brackets stay where they belong to it.

    >>> trimmed("—中式烹饪(热菜)"), trimmed("(焊接):"), trimmed("焊接)")
    ('中式烹饪(热菜)', '焊接', '焊接')
    """
    bare = text.strip(_EDGES)
    is_open = bare.count("(") > bare.count(")")
    return f"{bare})" if is_open and f"{bare})" in text else bare


def coded(text: str) -> dict[str, str]:
    """The name of an event, with its code where one stands before it.

    >>> coded("GZ001 数控综合应用"), coded("焊接")
    ({'event_code': 'GZ001', 'event': '数控综合应用'}, {'event': '焊接'})
    """
    match = _CODE.match(text)
    rest = text[match.end() :].strip() if match else ""
    return {"event_code": match[1], "event": rest} if match and rest else {"event": text}


def level_of(name: str) -> str | None:
    """The level of a contest as far as its name leaves no doubt.

    >>> level_of("全国职业院校技能大赛"), level_of("吉林省吉林市技能竞赛")
    ('national', 'municipal')
    >>> level_of("吉林省焊接协会竞赛"), level_of("全国技能大赛吉林省选拔赛")
    (None, None)
    """
    marks = terms().marks
    rest = re.sub(r"^第.{1,4}届", "", name)
    levels = terms().words["level"]
    if stated := next((n for n, word in levels.items() if rest.startswith(word.zh)), None):
        return stated
    found = next(((w, i) for i, w in enumerate(marks["lines.whole"]) if rest.startswith(w)), None)
    if found:
        level: str | None = ("national", "provincial", "municipal", "county")[found[1]]
        rest = rest[len(found[0]) :]
    else:
        level = None
        for kind, means in _PLACES.items():
            ends = "|".join(marks[f"lines.{kind}"])
            match = re.match(rf"[^级校院]{{0,7}}?(?:{ends})", rest)
            if match:
                level, rest = means, rest[match.end() :]
    audience = next((word for word in marks["lines.audience"] if rest.startswith(word)), "")
    rest = rest.removeprefix(audience)
    return None if any(word in rest for word in marks["lines.unsure"]) else level


@lru_cache(maxsize=1 << 10)
def section(text: str, is_next: bool = False) -> Phrase:
    """What a line between the rows says of those below.

    *一、二等奖* may be the first two prizes, unless it *is_next* in a row of numbered lines.

    >>> section("一、一等奖（12名）")
    Phrase(values={'prize': '一等奖'}, count=12, unit='people', rest='', is_numbered=True)
    >>> dict(section("（二）GZ001 数控赛项").values), section("一、二等奖（3名）").rest
    ({'event_code': 'GZ001', 'event': '数控'}, '一、二等奖')
    """
    plain = _plain(text).strip()
    whole = title(plain)
    if "competition" in whole:
        found = [year for year, is_year in years_in(plain) if is_year]
        return Phrase({**({"year": found[0]} if len(found) == 1 else {}), **whole})
    plain, count, unit = _counted(plain)
    ordinal = _ORDINAL.match(plain)
    rest = plain[ordinal.end() :] if ordinal else plain
    if said := labelled(rest):
        return Phrase(said, count, unit, is_numbered=bool(ordinal))
    values, left = _words(rest)
    if left and not (padded := _words("".join(rest.split())))[1]:
        values, left = padded  # 三　等　奖
    if not is_next and _is_enumeration(ordinal[0] if ordinal else "", rest):
        return Phrase({}, count, unit, plain, bool(ordinal))
    event = re.fullmatch(rf"(?P<event>.+?)(?:{_event_words()})", left)
    if event and len(event["event"]) <= _LONGEST:
        return Phrase({**values, **coded(trimmed(event["event"]))}, count, unit, "", bool(ordinal))
    return Phrase(values, count, unit, left, bool(ordinal))


def ordinal_of(text: str) -> int | None:
    """The number that a line begins with; None where it begins with none.

    >>> ordinal_of("二、三等奖"), ordinal_of("（3）焊接"), ordinal_of("焊接")
    (2, 3, None)
    """
    match = _ORDINAL.match(_plain(text).strip())
    return terms().placing(match[0].strip("()、.．")) if match else None


def _is_enumeration(ordinal: str, rest: str) -> bool:
    """Whether a line may be *一、二等奖*, the first and second prize, and no first section."""
    if not ordinal.endswith("、") or ordinal[0] not in _NUMERALS or len(ordinal) != 2:
        return False
    return rest[:1] in _NUMERALS and _NUMERALS.index(ordinal[0]) < _NUMERALS.index(rest[:1])


def _words(text: str) -> tuple[dict[str, str], str]:
    """The words of the field that *text* begins with, one of a kind, and what is left."""
    values: dict[str, str] = {}
    rest = trimmed(text)
    while rest:
        found = next(((n, v, w) for n, v, w in _spellings() if rest.startswith(w)), None)
        if found is None or found[0] in values or _is_cut(rest, found[2]):
            break
        values[found[0]] = found[1]
        rest = trimmed(rest[len(found[2]) :])
    return values, rest


def _is_cut(rest: str, word: str) -> bool:
    """Whether a short *word* is only the beginning of another: 省 of 省会."""
    after = rest[len(word) :].strip(_EDGES)
    return len(word) == 1 and bool(after)


@cache
def _spellings() -> tuple[tuple[str, str, str], ...]:
    """Field, value and spelling of each word that a section may begin with, the longest first."""
    found = [("division", division, name) for name, division in _divisions()]
    for kind in ("level", "prize", "form"):
        for word in terms().words[kind].values():
            found += [(kind, word.zh, each) for each in (word.zh, *word.also)]
    plain = dict.fromkeys((name, value, _plain(spelling)) for name, value, spelling in found)
    return tuple(sorted(plain, key=lambda each: -len(each[2])))


@cache
def _divisions() -> tuple[tuple[str, str], ...]:
    """Each way to write a group, with its name; the longest first."""
    groups = [terms().marks[f"lines.{name}"] for name in _DIVISIONS]
    found = [(spelling, words[0]) for words in groups for spelling in words]
    return tuple(sorted(found, key=lambda each: -len(each[0])))


def division_of(text: str) -> str | None:
    """The group that *text* names and nothing else; None where it names none.

    >>> division_of("中职"), division_of("中职组名单")
    ('中职组', None)
    """
    return dict(_divisions()).get(_plain(text).strip())


def is_place(text: str) -> bool:
    """Whether *text* is the name of a place and nothing else.

    >>> is_place("长春市"), is_place("（一）松原地区"), is_place("长春市第一中学")
    (True, True, False)
    """
    plain = _ORDINAL.sub("", _plain(text).strip(), count=1).strip(_EDGES)
    return bool(re.fullmatch(rf"\w{{1,7}}(?:{'|'.join(_places())})", plain))


@cache
def _places() -> tuple[str, ...]:
    """How the names of places end."""
    return tuple(end for kind in _PLACES for end in terms().marks[f"lines.{kind}"])


@cache
def _besides() -> tuple[str, ...]:
    return tuple(sorted(terms().marks["lines.besides"], key=len, reverse=True))


@cache
def _event_words() -> str:
    return "|".join(terms().marks["lines.event"])


def _counted(plain: str) -> tuple[str, int | None, str | None]:
    """*plain* without the count at its end, the number, and what is counted."""
    people, rows = (terms().marks[f"lines.{kind}"] for kind in ("people", "rows"))
    match = re.search(rf"[(:：\s]*共?计?\s*(\d+)\s*({'|'.join((*people, *rows))})?\s*\)?$", plain)
    if not match or not (match[2] or match[0].endswith(")")):
        return plain, None, None
    unit = "people" if match[2] in people else "rows" if match[2] else None
    return plain[: match.start()].strip(), int(match[1]), unit


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).translate(terms().variants)
