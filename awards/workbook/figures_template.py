"""An empty workbook of figures: what ``awards template --funding`` writes.

Its sheets and columns are what the rules of the schedules read under their own readings.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from awards import accounts
from awards.holding import columns_read
from awards.leaves import Given
from awards.quantities import instances
from awards.rules import Rule
from awards.vocabulary import NUMBERS, Vocabulary, vocabulary
from awards.words import Lang, say
from awards.workbook.page import Column, Page
from awards.workbook.saving import save
from awards.workbook.template import ROWS, choices_over
from awards.workbook.wording import titled

if TYPE_CHECKING:
    from awards.schedule import Schedule

OWNERS = ("enterprise", "school", "region", "province")
"""Whom a sheet is about, the sheet of each in order of preference."""
KEYS = ("province", "city", "region", "enterprise", "group", "school", "year", "term")
"""The columns that begin a sheet, as far as it has them."""
STATED = ("rule", "asks", "whom", "year", "figure", "holds", "value")
"""The columns of the sheet of indicators: a line for each figure of each rule."""


@dataclass
class Sheet:
    """One sheet to fill in: whom it is about, what describes them, numbers, sources of money."""

    keys: dict[str, None] = field(default_factory=dict)
    described: dict[str, None] = field(default_factory=dict)
    numbers: dict[str, None] = field(default_factory=dict)
    sources: dict[str, None] = field(default_factory=dict)


def write_figures_template(
    path: Path | str, schedules: "Iterable[Schedule]", lang: Lang = "zh"
) -> None:
    """Write an empty workbook of the figures that *schedules* ask for, whole or not at all.

    OSError is raised where it cannot be written. What is at *path* already is replaced.
    """
    documents = tuple(schedules)
    words = vocabulary()
    for document in documents:
        words = document.vocabulary_over(words)
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = "awards"
    book.properties.title = say("sheet.figures", lang)
    for owner, sheet in _sheets(documents, words).items():
        _add_sheet(book, owner, sheet, words, lang)
    _add_stated(book, documents, words, lang)
    _add_guide(book, documents, words, lang)
    save(book, Path(path))


def rules_of(document: "Schedule") -> Iterator[tuple[str, Rule, frozenset[str]]]:
    """The rules of a document under its own readings, each with the columns it reads."""
    chosen = document.choose({})
    for name, stated in document.rules.items():
        rule = stated.read(chosen)
        if rule is not None and not rule.restates:
            yield name, rule, columns_read(rule, document, chosen)


def owner_of(rule: Rule) -> str | None:
    """Whom a rule is about; None where its figures are stated one by one."""
    return next((name for name in OWNERS if name in rule.per), None)


def _sheets(documents: "Sequence[Schedule]", words: Vocabulary) -> dict[str, Sheet]:
    """The sheet of each kind of owner, of the students of schools, and of the money of each."""
    found: dict[str, Sheet] = {}
    for document in documents:
        for _, rule, columns in rules_of(document):
            owner = owner_of(rule)
            if owner is None:
                continue
            own = found.setdefault(owner, Sheet())
            own.keys |= dict.fromkeys(rule.per)
            of_students = [name for name in words.of_students if name in columns]
            students = found.setdefault(f"{owner}-students", Sheet())
            students.keys |= own.keys
            asked = columns | {each.given for each in instances(rule, Given)}
            for name in _in_order(asked - {*rule.per, "amount", "source", "rule"}, words):
                if name in of_students:
                    home = students
                else:
                    home = students if name.startswith("students") else own
                is_number = words.holds(name) in NUMBERS and name not in of_students
                (home.numbers if is_number else home.described)[name] = None
            money = found.setdefault(f"{owner}-money", Sheet())
            money.keys |= own.keys
            money.sources |= dict.fromkeys(_apart(list(_sources(rule, columns, words)), words))
    return {name: each for name, each in found.items() if _is_needed(each)}


def _is_needed(sheet: Sheet) -> bool:
    return bool(sheet.described or sheet.numbers or sheet.sources)


def _apart(sources: Iterable[str], words: Vocabulary) -> Iterator[str]:
    """The *sources* that do not overlap: of a whole the parts, of parts within parts the larger."""
    offered = set(sources)
    wholes = {name for name in offered if offered & set(words.parts.get(name, ()))}
    largest = {name for name in wholes if offered & set(words.parts[name]) & wholes}
    kept = offered - largest
    inner = {part for name in kept for part in words.parts.get(name, ())}
    yield from (name for name in sources if name in kept - inner)


def _in_order(names: Iterable[str], words: Vocabulary) -> list[str]:
    """*names* in the order of the vocabulary: the start of a year before its end."""
    order = list(words.columns)
    return sorted(names, key=lambda name: order.index(name) if name in order else len(order))


def _sources(rule: Rule, columns: frozenset[str], words: Vocabulary) -> Iterator[str]:
    """The sources of money that *rule* counts, or says never count, or picks."""
    if rule.sources:
        counted = rule.sources.only or words.marks["usual"]
        yield from (*counted, *rule.sources.all_but, *rule.sources.never)
    if "source" in columns:
        yield from rule.picks("source")


def _add_sheet(book: Workbook, owner: str, sheet: Sheet, words: Vocabulary, lang: Lang) -> None:
    """A sheet with its headings, and lists of words where there are any."""
    keys = [name for name in KEYS if name in sheet.keys]
    keys += (name for name in sheet.keys if name not in KEYS)
    names = [*keys, *sheet.described, *sheet.numbers]
    headings = [_heading(name, words, lang) for name in names]
    unit = say("template.yuan", lang)
    headings += (f"{words.shown('source', name, lang)}{unit}" for name in sheet.sources)
    columns = [Column(name, max(12, len(text) * 2)) for name, text in _paired(names, headings)]
    page = Page(book, f"figures-{owner}", columns, lang)
    page.header(headings)
    page.freeze(across=1)
    for number, name in enumerate(names, 1):
        letter = get_column_letter(number)
        offered = [word.name(lang) for word in words.words.get(name, {}).values()]
        if words.holds(name) == "yes_or_no":
            offered = [say("sentence.yes", lang), say("sentence.no", lang)]
        if offered and words.holds(name) not in NUMBERS:
            validation = choices_over(offered, f"{letter}2:{letter}{ROWS}", lang)
            page.sheet.add_data_validation(validation)


def _paired(names: Sequence[str], headings: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each heading with the column it is of; sources are amounts."""
    for number, text in enumerate(headings):
        yield names[number] if number < len(names) else "amount", text


def _heading(name: str, words: Vocabulary, lang: Lang) -> str:
    unit = say("template.yuan", lang) if words.holds(name) in ("money", "per_head") else ""
    return f"{words.name(name, lang)}{unit}"


def _add_stated(
    book: Workbook, documents: "Sequence[Schedule]", words: Vocabulary, lang: Lang
) -> None:
    """The sheet of indicators: a line for each figure of each rule that has no owner's sheet."""
    widths = (14, 56, 16, 10, 34, 12, 16)
    lines = [
        [name, rule.says[lang], None, None, words.name(column, lang), _holds(column, words, lang)]
        for document in documents
        for name, rule, columns in rules_of(document)
        if owner_of(rule) is None
        for column in _in_order(columns - {"year", "rule", "source", *rule.per}, words)
    ]
    if not lines:
        return
    page = Page(book, "figures_stated", list(map(Column, STATED, widths)), lang)
    page.header(_stated(words, lang))
    page.freeze(across=1)
    for line in lines:
        page.row([*line, None])


def _stated(words: Vocabulary, lang: Lang) -> list[str]:
    """The headings of the sheet of indicators: what is no column of figures is a remark."""
    remarks = {"asks": "heading.asks", "whom": "heading.subject", "holds": "template.holds"}
    return [
        say(remarks[name], lang) if name in remarks else words.name(name, lang) for name in STATED
    ]


def _holds(column: str, words: Vocabulary, lang: Lang) -> str:
    return say(f"template.holds_{words.holds(column)}", lang)


def _add_guide(
    book: Workbook, documents: "Sequence[Schedule]", words: Vocabulary, lang: Lang
) -> None:
    """What each column is for: the rules that read it."""
    page = Page(book, "guide", (Column("filled", 34), Column("how", 110)), lang)
    page.title(say("sheet.guide", lang))
    for document in documents:
        page.line(say("template.for", lang, title=titled(document, lang)))
    for text in ("figures_blank", "figures_unit", "figures_readings"):
        page.line(say(f"template.{text}", lang))
    page.header()
    readers: dict[str, list[str]] = {}
    for document in documents:
        for name, _, columns in rules_of(document):
            for column in columns:
                readers.setdefault(column, []).append(accounts.rule_title(name, document, lang))
    for column, titles in sorted(readers.items()):
        declared = next((d.columns[column] for d in documents if column in d.columns), None)
        says = [declared.says[lang]] if declared else []
        page.row([words.name(column, lang), "\n".join((*says, *dict.fromkeys(titles)))])
