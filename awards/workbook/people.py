"""A cell of people taken apart: names, their roles in brackets, their numbers.

The rules are stated, never tuned to a cell: what they do not settle is unclear and goes back to
the user. Names stay spelled as written.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from awards.terms import terms

_SEPARATORS = re.compile(r"[、,，;；/／|\n]")
_BRACKETS = re.compile(r"[(（\[【〔]([^()（）\[\]【】〔〕]*)[)）\]】〕]")
_DOTS = "·•‧・･∙⋅᛫●.．"
"""Ways to write the dot inside a name."""
_HAN = r"[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_SHORT = re.compile(rf"{_HAN}{{2,3}}")
"""What can only be one name; most cells hold it."""
_CHINESE = re.compile(rf"{_HAN}{{2,}}")
_DOTTED = re.compile(rf"(?:{_HAN}|[A-Za-z])+(?:[{_DOTS}](?:{_HAN}|[A-Za-z])+)+")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ.'’-]*(?: [A-Za-zÀ-ɏ][A-Za-zÀ-ɏ.'’-]*)*")
LONGEST = 5
"""Characters of a Chinese name without a dot; a longer one may be two names."""


@dataclass(frozen=True, slots=True)
class Named:
    """One name, and the role written behind it in brackets."""

    name: str
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Names:
    """The people of one cell in order; what is ``unclear`` in it; names that may be two."""

    people: tuple[Named, ...] = ()
    unclear: tuple[str, ...] = ()
    long: tuple[str, ...] = ()


def split_names(text: str) -> Names:
    """The people of a cell.

    >>> [each.name for each in split_names("赵　甲、钱乙 孙丙（队长）\\n古丽 · 买买提").people]
    ['赵甲', '钱乙', '孙丙', '古丽·买买提']
    >>> split_names("李丁(指导教师)").people
    (Named(name='李丁', role='instructor'),)
    >>> split_names("赵甲钱乙孙丙").unclear, split_names("欧 阳修 周").unclear
    (('赵甲钱乙孙丙',), ('欧 阳修 周',))
    """
    if _SHORT.fullmatch(text) and not _is_nobody(text) and not _is_thing(text):
        return Names((Named(text),))
    people: list[Named] = []
    unclear: list[str] = []
    for plain, remark in _pieces(re.sub(rf"[ \t\u3000]*([{_DOTS}])[ \t\u3000]*", r"\1", text)):
        for segment in _SEPARATORS.split(plain):
            names = [] if _is_nobody(segment) else _by_spaces(segment)
            if names is None:
                unclear.append(segment.strip())
            people.extend(Named(name) for name in names or ())
        if remark is not None and not _apply(people, remark):
            unclear.append(remark)
    unclear.extend(each.name for each in people if not _is_name(each.name))
    people = [each for each in people if _is_name(each.name)]
    return Names(tuple(people), tuple(unclear), tuple(n.name for n in people if _is_long(n.name)))


@lru_cache(maxsize=1 << 16)
def names_in(text: str) -> Names:
    """The people of a cell, as :func:`split_names` finds them, each text looked at once."""
    return split_names(text)


def split_numbers(text: str) -> tuple[str, ...]:
    """The numbers of a cell, in order.

    >>> split_numbers("2023001、2023002 2023003")
    ('2023001', '2023002', '2023003')
    """
    if text.isalnum():
        return (text,)
    return tuple(re.split(r"[、,，;；/／|\s]+", text.strip("、,，;；/／|\n\t ")))


def masked(text: object) -> str:
    """*text* for a message: the middle of long numbers hidden.

    >>> masked("证号 220202199001010127")
    '证号 220202********0127'
    """
    return re.sub(
        r"\d{11,}[\dXx]?", lambda m: f"{m[0][:6]}{'*' * 8}{m[0][-4:]}", " ".join(str(text).split())
    )


def _pieces(text: str) -> Iterator[tuple[str, str | None]]:
    """The text before each bracket with what is in the bracket; at last the rest with None."""
    start = 0
    for match in _BRACKETS.finditer(text):
        yield text[start : match.start()], match[1]
        start = match.end()
    yield text[start:], None


def _apply(people: list[Named], remark: str) -> bool:
    """Whether *remark* behind the last of *people* is understood; a role is given to them."""
    role = terms().canonical("role", remark)
    if people and role and role != "competitor":
        people[-1] = Named(people[-1].name, role)
    is_remark = remark.strip() in ("", *terms().marks["people.remark"])
    return bool(people) and (role is not None or is_remark)


def _is_nobody(segment: str) -> bool:
    return not segment.strip() or segment.strip() in terms().marks["people.nobody"]


def _by_spaces(segment: str) -> list[str] | None:
    """The names that spaces part in *segment*; single characters side by side are one padded
    name. None where it can be read in two ways.

    >>> _by_spaces("张 三 李小明"), _by_spaces("Anna Lee"), _by_spaces("张　三 李　四")
    (['张三', '李小明'], ['Anna Lee'], ['张三', '李四'])
    >>> _by_spaces("张 三 李 四"), _by_spaces("欧阳 修"), _by_spaces("张三 Anna Lee")
    (None, None, None)
    """
    if re.search(r"[A-Za-z]", segment):
        return _with_latin(segment)
    for gap in (r"\s+", r"\s{2,}", r"[ \t\xa0]+", r"\u3000+"):
        parts = [part for part in re.split(gap, segment) if part.strip()]
        names = _join(parts) if gap == r"\s+" else [_padded(part) for part in parts]
        if names is not None and all(names):
            return [name for name in names if name]
    return None


def _with_latin(segment: str) -> list[str] | None:
    """The names of a *segment* with Latin letters: a wide gap parts names, a single space parts
    the words of one; None where the two are not to be told apart.

    >>> _with_latin("Anna Lee  张三"), _with_latin("张三 Anna"), _with_latin("Anna  Lee")
    (['Anna Lee', '张三'], ['张三', 'Anna'], None)
    """
    words = segment.split()
    for gap in (r"\s{2,}", r"\u3000"):
        parts = [part for part in re.split(gap, segment.strip()) if part]
        if len(parts) > 1:
            names = [_one_of(part) for part in parts]
            return [name for name in names if name] if all(names) else None
    if all(map(_LATIN.fullmatch, words)):
        return [" ".join(words)]
    is_mixed = sum(bool(re.search(r"[A-Za-z]", word)) for word in words) > 1
    return None if is_mixed or any(len(word) == 1 for word in words) else words


def _one_of(part: str) -> str | None:
    """The one name in *part*; a Latin one has to have two words, or it may be half a name."""
    plain = " ".join(part.split())
    if _LATIN.fullmatch(plain):
        return plain if " " in plain else None
    return _padded(part)


def _padded(part: str) -> str | None:
    """The one name in *part*, be it padded; None where it is more or less than one."""
    names = _join(part.split())
    return names[0] if names and len(names) == 1 else None


def _join(parts: list[str]) -> list[str] | None:
    """*parts* with two single characters side by side joined, or three that are all there is;
    None for any other run of single characters.
    """
    names: list[str] = []
    run = ""
    for part in [*parts, ""]:
        if len(part) == 1:
            run += part
            continue
        if run and len(run) != 2 and not (len(run) == 3 == len(parts)):
            return None
        names.extend(name for name in (run, part) if name)
        run = ""
    return names


def _is_name(name: str) -> bool:
    """Whether *name* is written as a name of one person is.

    >>> [_is_name(name) for name in ("赵甲", "甲", "赵甲2", "买买提•艾力", "O'Neil")]
    [True, False, False, True, True]
    """
    if _CHINESE.fullmatch(name):
        return len(name) <= LONGEST and not _is_thing(name) and not _is_two(name)
    if _DOTTED.fullmatch(name):
        return not any(map(_is_too_long, re.split(f"[{_DOTS}]", name)))
    return bool(_LATIN.fullmatch(name) and len(name) > 1)


def _is_thing(name: str) -> bool:
    """Whether *name* is that of a school, a team, a prize or a sum, in the wrong column.

    >>> [_is_thing(name) for name in ("某市一中专", "一等奖", "合计", "赵甲")]
    [True, True, True, False]
    """
    marks = terms().marks
    return name.endswith(marks["people.things"]) or name in (*_prizes(), *marks["rows.total"])


def _is_too_long(part: str) -> bool:
    """Whether *part* of a name with a dot has the next name in it.

    >>> _is_too_long("买买提孙小甲"), _is_too_long("阿不都热合曼")
    (True, False)
    """
    (common,) = terms().marks["people.common"]
    has_surname = any(letter in common for letter in part[3 : len(part) - 1])
    return bool(_CHINESE.fullmatch(part)) and (len(part) > 2 * 3 + 1 or has_surname)


def _is_two(name: str) -> bool:
    """Whether *name* is long and a second surname stands where another name would begin.

    >>> _is_two("赵甲钱乙"), _is_two("赵小甲钱乙"), _is_two("古丽扎尔"), _is_two("欧阳小甲")
    (True, True, False, False)
    """
    (common,) = terms().marks["people.common"]
    if len(name) < 4 or name[0] not in common or name.startswith(terms().marks["people.surnames"]):
        return False
    return any(letter in common for letter in name[2 : len(name) - 1])


@cache
def _prizes() -> frozenset[str]:
    """Each way to write a prize."""
    words = terms().words["prize"].values()
    return frozenset(each for word in words for each in (word.zh, *word.also))


def _is_long(name: str) -> bool:
    """Whether *name* may be two: four or five characters, or parted by a plain full stop."""
    most = 4 if name.startswith(terms().marks["people.surnames"]) else 3
    has_stop = bool(re.search(rf"{_HAN}[.．]", name))
    return has_stop or (bool(_CHINESE.fullmatch(name)) and len(name) > most)
