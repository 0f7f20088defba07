"""The words of figures: how offices head the columns of their sheets, and the words in those.

They are data, in ``schedules/figures.toml``. A schedule adds the columns that it declares.
"""

import difflib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cache, cached_property
from typing import Literal

from awards.terms import Word, policy_root, terms
from awards.words import Lang

Holds = Literal["text", "number", "money", "per_head", "share", "date", "yes_or_no"]
"""What a column holds: money is yuan, per_head yuan a student, a share 0.7 or 70%."""
NUMBERS: tuple[Holds, ...] = ("number", "money", "per_head", "share")
"""What is a number."""
DESCRIBES = (
    *("year", "date", "competition", "organizer", "level", "class", "division", "form", "event"),
    *("track", "prize", "placing", "school", "department"),
)
"""Columns of a result list that a plan may have too: what says of an award which it is."""
ROLES_PLANNED = ("student", "teacher", "competitor", "instructor", "coach", "head_coach")
"""Roles that a plan may count people of."""
CLOSED = 2
"""From so many coded words on a column is a list of words; a blank or another one is no answer."""
BRACKET = re.compile(r"[(\[【][^()\[\]【】]*[)\]】]")


@dataclass(frozen=True, slots=True)
class Named:
    """One column of figures: its names in print, other headings, what it holds."""

    word: Word
    holds: Holds = "text"


@dataclass(frozen=True)
class Vocabulary:
    """Columns by name, words of each column by name, units by what stands for them."""

    columns: Mapping[str, Named]
    words: Mapping[str, Mapping[str, Word]]
    units: Mapping[str, Fraction] = field(default_factory=dict)
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Sources of money that are part of another."""
    of_students: tuple[str, ...] = ()
    """Columns that describe students, of whom a school has several kinds."""
    marks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Words that tell a row that adds others up (``sums``) or breaks one down (``parts``);
    the sources that are ``usual``; columns whose words are a ``closed`` list."""

    def column(self, heading: str) -> str | None:
        """The column that *heading* names, its remark in brackets aside; None for another one.

        >>> vocabulary().column("在校生数（人）"), vocabulary().column("身高")
        ('students', None)
        """
        plain = terms().plain(heading)
        return self._headings.get(plain) or self._headings.get(BRACKET.sub("", plain))

    def known(self, column: str, text: str) -> str | None:
        """The name of the word *text* of *column*; None where it is none.

        >>> vocabulary().known("stage", "中 职"), vocabulary().known("stage", "小学")
        ('secondary', None)
        """
        plain = terms().plain(text)
        spellings = self._spellings.get(column, {})
        return spellings.get(plain) or spellings.get(BRACKET.sub("", plain))

    def near(self, column: str, text: str) -> str:
        """The name in print of the word of *column* most like *text*; empty where none is."""
        spellings = self._spellings.get(column, {})
        found = difflib.get_close_matches(terms().plain(text), list(spellings), 1)
        return self.words[column][spellings[found[0]]].zh if found else ""

    def unit(self, text: str) -> Fraction | None:
        """What one of the unit *text* is in yuan, persons or whatever is counted."""
        return self.units.get(terms().plain(text))

    def is_sum(self, text: str) -> bool:
        """Whether *text* says that its row adds others up: 合计, 全市合计, 上半年累计.

        >>> vocabulary().is_sum("公办学校合计"), vocabulary().is_sum("合江职业中专")
        (True, False)
        """
        plain = BRACKET.sub("", terms().plain(text))
        return plain.endswith(self.marks["sums"])

    def is_part(self, text: str) -> bool:
        """Whether *text* says that its row breaks one above it down: 其中：女生."""
        return terms().plain(text).startswith(self.marks["parts"])

    def is_open(self, column: str) -> bool:
        """Whether other words than the known ones may stand in *column*.

        >>> vocabulary().is_open("stage"), vocabulary().is_open("scenario")
        (False, True)
        """
        coded = [name for name in self.words.get(column, {}) if name.isascii()]
        is_list = len(coded) >= CLOSED or column in self.marks.get("closed", ())
        return not is_list or self.holds(column) != "text"

    def holds(self, column: str) -> Holds:
        """What *column* holds; text where nothing is said."""
        named = self.columns.get(column)
        return named.holds if named else "text"

    def name(self, column: str, lang: Lang) -> str:
        """*column* as printed."""
        named = self.columns.get(column)
        return named.word.name(lang) if named else column

    def shown(self, column: str, value: object, lang: Lang) -> str:
        """*value* of *column* as printed: a known word by its name, anything else as it is."""
        word = self.words.get(column, {}).get(str(value))
        return word.name(lang) if word else str(value)

    def with_columns(
        self, columns: Mapping[str, Named], words: Mapping[str, Mapping[str, Word]]
    ) -> "Vocabulary":
        """This one and further *columns* and *words*; one given again keeps its headings.

        A heading that both know is one of *columns*.
        """
        merged: dict[str, Named] = {}
        for name, named in columns.items():
            before = self.columns.get(name)
            if before is not None:
                also = (*named.word.also, before.word.zh, before.word.en, *before.word.also)
                word = Word(named.word.zh, named.word.en, also)
                named = Named(word, before.holds if named.holds == "text" else named.holds)
            merged[name] = named
        others = {name: each for name, each in self.columns.items() if name not in merged}
        both = {name: {**self.words.get(name, {}), **more} for name, more in words.items()}
        return replace(self, columns={**merged, **others}, words={**self.words, **both})

    @cached_property
    def _headings(self) -> Mapping[str, str]:
        """The column of each heading in comparison form; the codes themselves go first."""
        spelled = {
            terms().plain(heading): name
            for name, each in reversed(list(self.columns.items()))
            for heading in (each.word.zh, each.word.en, *each.word.also)
        }
        return spelled | {name: name for name in self.columns}

    @cached_property
    def _spellings(self) -> Mapping[str, Mapping[str, str]]:
        return {
            column: {
                terms().plain(spelling): name
                for name, word in words.items()
                for spelling in (name, word.zh, word.en, *word.also)
            }
            for column, words in self.words.items()
        }


@cache
def vocabulary() -> Vocabulary:
    """The general words, from ``schedules/figures.toml``."""
    tables = tomllib.loads(policy_root().joinpath("figures.toml").read_text("utf-8"))
    columns = {
        name: Named(_word(entry), entry.get("holds", "text"))
        for name, entry in tables["columns"].items()
    }
    words = {
        column: {name: _word(entry) for name, entry in listed.items()}
        for column, listed in tables["words"].items()
    }
    units = {terms().plain(name): Fraction(worth) for name, worth in tables["units"].items()}
    parts = {whole: tuple(listed) for whole, listed in tables["parts"].items()}
    marks = {**tables["rows"], "usual": tables["money"]["usual"], **tables["lists"]}
    return Vocabulary(
        columns,
        words,
        units,
        parts,
        tuple(tables["students"]["described_by"]),
        {name: tuple(listed) for name, listed in marks.items()},
    )


@cache
def plan_words() -> Vocabulary:
    """The words of a sheet of planned awards: counts, and the headings of result lists.

    >>> plan_words().column("每项指导教师数"), plan_words().column("竞赛名称")
    ('instructor', 'competition')
    """
    tables = tomllib.loads(policy_root().joinpath("figures.toml").read_text("utf-8"))
    general = vocabulary()
    columns = {name: Named(_word(entry), "number") for name, entry in tables["plan"].items()}
    columns["scenario"] = general.columns["scenario"]
    for name in DESCRIBES:
        first, *others = terms().columns[name]
        columns[name] = Named(Word(first, name, tuple(others)))
    return Vocabulary(
        columns, {"scenario": general.words["scenario"]}, general.units, marks=general.marks
    )


def _word(entry: Mapping[str, str | list[str]]) -> Word:
    return Word(str(entry["zh"]), str(entry["en"]), tuple(entry.get("also", ())))
