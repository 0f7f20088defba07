"""The field's words: each way to write a level, prize, role, organizer or form, and its one name.

The words are data, in ``schedules/terms.toml``; a schedule may add its own. Spelling is
settled here, meaning is not: 壹等奖 is 一等奖, but whether 金奖 pays like it is for a schedule.
"""

import difflib
import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import ClassVar, Literal, get_args

from awards.words import Lang

Kind = Literal["level", "prize", "role", "organizer", "form"]
KINDS: tuple[Kind, ...] = get_args(Kind)
MARKS = (
    *("rows", "sheets", "lines", "natures", "placings"),
    "people",
    *("answers", "amounts", "ledger", "rulings", "payees", "accounts"),
)
"""The sections of words that tell what a row, a sheet, a line or part of a cell is."""
_ANSWERS = (("answers.yes", True), ("answers.no", False))


@dataclass(frozen=True, slots=True)
class Word:
    """One word of the field: its names in print, other spellings, endings that give it away."""

    zh: str
    """Its name in Chinese."""
    en: str
    """Its name in English."""
    also: tuple[str, ...] = ()
    """Other ways to write it."""
    ends: tuple[str, ...] = ()
    """Endings that give it away: a name that ends in 协会 is an association."""
    above: str | None = None
    """The word that it ranks directly above, in a schedule; without it it ranks last."""

    # a schedule file is read into it, and a key that it does not know is refused
    __pydantic_config__: ClassVar[Mapping[str, str]] = {"extra": "forbid"}

    def name(self, lang: Lang) -> str:
        """The word as printed in *lang*."""
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True)
class Terms:
    """Words by kind, in rank order where the kind has one (level, prize: highest first)."""

    words: Mapping[Kind, Mapping[str, Word]]
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    variants: Mapping[int, int] = field(default_factory=dict)
    marks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Words that tell what a row, a sheet or part of a name is, such as ``rows.total``."""

    def canonical(self, kind: Kind, text: str) -> str | None:
        """The one name of *text*, or None where no such word is known.

        >>> terms().canonical("prize", "壹等奖"), terms().canonical("level", "国赛")
        ('first', 'national')
        >>> terms().canonical("organizer", "中国焊接协会"), terms().canonical("prize", "一等桨")
        ('association', None)
        """
        plain = self.plain(text)
        if (name := self._spellings[kind].get(plain)) is not None:
            return name
        for name, word in self.words[kind].items():
            if word.ends and plain.endswith(word.ends):
                return name
        return None

    def near(self, kind: Kind, text: str) -> str | None:
        """The known word in print that looks most like *text*, if any looks like it."""
        return next((self.words[kind][name].zh for name in self.close(kind, text)), None)

    def close(self, kind: Kind, text: str) -> list[str]:
        """The names of the known words that look like *text*, the likest first."""
        spellings = self._spellings[kind]
        found = difflib.get_close_matches(self.plain(text), list(spellings), 3, 0.6)
        return list(dict.fromkeys(spellings[each] for each in found))

    def name(self, kind: str, value: object, lang: Lang) -> str:
        """*value* as printed: a known word of *kind* by its name, anything else as it is."""
        word = self.words.get(kind, {}).get(str(value)) if kind in KINDS else None
        return word.name(lang) if word else str(value)

    def rank(self, kind: Kind, name: str) -> int:
        """Place of *name* among its kind, 0 the highest; KeyError where it is no such word."""
        return self._ranks[kind][name]

    def answer(self, text: str) -> bool | None:
        """Whether *text* says yes or no; None where it says neither.

        >>> terms().answer("是"), terms().answer("No"), terms().answer("也许")
        (True, False, None)
        """
        plain = self.plain(text)
        return next(
            (said for word, said in _ANSWERS if plain in map(self.plain, self.marks[word])), None
        )

    def plain(self, text: str) -> str:
        """*text* for comparison: NFKC, no white space, lower case, simplified variants.

        >>> terms().plain(" 一 等 獎 ")
        '一等奖'
        """
        folded = unicodedata.normalize("NFKC", text).lower().translate(self.variants)
        return "".join(folded.split())

    def number(self, text: str) -> int | Decimal | None:
        """The number in *text*, grouped by thousands or not; None where it is none.

        >>> terms().number("１,200"), terms().number("0.5"), terms().number("12节")
        (1200, Decimal('0.5'), None)
        """
        plain = self.plain(text)
        if not re.fullmatch(r"(\d+|\d{1,3}(,\d{3})+)(\.\d+)?", plain):
            return None
        value = Decimal(plain.replace(",", ""))
        return int(value) if value == value.to_integral_value() else value

    def placing(self, text: str) -> int | None:
        """The place that *text* names; None where it names none.

        >>> [terms().placing(each) for each in ("第1名", "第十二名", "亚军", "3", "一等奖")]
        [1, 12, 2, 3, None]
        """
        plain = self.plain(text)
        podium = self.marks["placings.podium"]
        if plain in podium:
            return podium.index(plain) + 1
        match = _PLACING.fullmatch(plain)
        if match is None:
            return None
        return int(match[1]) if match[1].isdecimal() else _counted(match[1])

    def yuan(self, text: str) -> str:
        """*text* as the plain number of yuan it states; as it is where it states none.

        >>> terms().yuan("￥5,000.00 元"), terms().yuan("五千元")
        ('5000', '五千元')
        """
        plain = self.plain(text)
        for unit in map(self.plain, self.marks["amounts.unit"]):
            plain = plain.removeprefix(unit).removesuffix(unit)
        number = self.number(plain)
        return text if number is None else str(number)

    def with_words(self, more: Mapping[Kind, Mapping[str, Word]]) -> "Terms":
        """These terms and a schedule's own words; a word given again replaces the general one.

        Own words rank last, in order, unless they say what they rank above.

        >>> town = terms().with_words({"level": {"town": Word("镇级", "town", above="school")}})
        >>> town.rank("level", "county") < town.rank("level", "town") < town.rank("level", "school")
        True
        """
        merged = {kind: _ranked(self.words[kind], more.get(kind, {})) for kind in KINDS}
        return Terms(merged, self.columns, self.variants, self.marks)

    @cached_property
    def _ranks(self) -> Mapping[str, Mapping[str, int]]:
        return {kind: {n: i for i, n in enumerate(words)} for kind, words in self.words.items()}

    @cached_property
    def _spellings(self) -> Mapping[str, Mapping[str, str]]:
        return {
            kind: {
                self.plain(spelling): name
                for name, word in words.items()
                for spelling in (name, word.zh, word.en, *word.also)
            }
            for kind, words in self.words.items()
        }


_PLACING = re.compile(r"第?(\d{1,4}|[一二三四五六七八九]?十?[一二三四五六七八九]?)名?")


def _counted(numeral: str) -> int | None:
    """A Chinese numeral below a hundred; None where it is none."""
    tens, ten, ones = numeral.rpartition("十")
    if not ten:
        return _DIGITS.index(ones) if len(ones) == 1 else None
    return 10 * (_DIGITS.index(tens) if tens else 1) + (_DIGITS.index(ones) if ones else 0)


_DIGITS = "〇一二三四五六七八九"


def _ranked(general: Mapping[str, Word], own: Mapping[str, Word]) -> Mapping[str, Word]:
    """*general* words and *own* ones, each of these in the place that it states."""
    order = [*general, *(name for name in own if name not in general)]
    for name, each in own.items():
        if each.above is not None:
            if each.above == name or each.above not in order:
                raise ValueError(f"{name} is to rank above {each.above}, which is no such word")
            order.remove(name)
            order.insert(order.index(each.above), name)
    words = {**general, **own}
    return {name: words[name] for name in order}


def policy_root() -> Traversable:
    """The folder of shipped policy data: ``terms.toml`` and the tree of schedules."""
    return files("awards_schedules")


@cache
def terms() -> Terms:
    """The general words, from ``schedules/terms.toml``."""
    tables = tomllib.loads(policy_root().joinpath("terms.toml").read_text("utf-8"))
    return Terms(
        {kind: {name: word(entry) for name, entry in tables[kind].items()} for kind in KINDS},
        {name: tuple(headings) for name, headings in tables["columns"].items()},
        str.maketrans(tables["variants"]["from"], tables["variants"]["to"]),
        {
            f"{section}.{name}": tuple(marks)
            for section in MARKS
            for name, marks in tables[section].items()
        },
    )


def word(entry: Mapping[str, str | list[str]]) -> Word:
    """A word from its table: ``zh``, ``en``, and optionally ``also`` and ``ends``."""
    return Word(
        str(entry["zh"]),
        str(entry["en"]),
        tuple(entry.get("also", ())),
        tuple(entry.get("ends", ())),
    )
