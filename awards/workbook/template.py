"""An empty roster to fill in, and how: what ``awards template`` writes."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from awards.records import FIELDS
from awards.terms import Kind, terms
from awards.words import Lang, say
from awards.workbook.extra_sheets import (
    OPTIONAL,
    Extra,
    Own,
    add_sheet,
    asked_for,
    columns_of,
    extra_sheets,
    grey,
    without,
)
from awards.workbook.page import Column, Page
from awards.workbook.saving import save
from awards.workbook.wording import titled

if TYPE_CHECKING:
    from awards.conditions import Condition
    from awards.schedule import Schedule

ALWAYS = (
    "year",
    "competition",
    "level",
    "organizer",
    "event",
    "prize",
    "team",
    "person",
    "role",
    "school",
    "person_id",
)
"""The fields of every roster; others are added where the schedule asks for them."""

WIDTHS = {
    "number": 8,
    "competition": 30,
    "organizer": 20,
    "event": 18,
    "school": 24,
    "person_id": 26,
}
CHOSEN: tuple[Kind, ...] = ("level", "prize", "role", "form")
"""The fields that are filled in from a list of words."""

ROWS = 2000
"""Down to this row the lists are offered."""
LONGEST = 255
"""Characters that a spreadsheet allows for a list."""


def write_template(path: Path | str, schedule: "Schedule | None" = None, lang: Lang = "zh") -> None:
    """Write an empty roster to *path*, whole or not at all; for *schedule* with its words only.

    OSError is raised where it cannot be written. What is at *path* already is replaced.
    """
    names = ("number", *ALWAYS, *_more(schedule))
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = "awards"
    book.properties.title = say("sheet.roster", lang)
    own = columns_of(schedule, lang) if schedule else ()
    declared = tuple(each for each in own if each.is_declared)
    names = without(names, declared)
    extras = extra_sheets(schedule, lang) if schedule else ()
    _add_roster(book, names, declared, schedule, lang)
    for extra in extras:
        add_sheet(book, extra, lang)
    _add_guide(book, names, own, extras, schedule, lang)
    save(book, Path(path))


def _more(schedule: "Schedule | None") -> tuple[str, ...]:
    """The further fields that the steps of *schedule* read under its own readings."""
    asked = asked_for(schedule) if schedule else frozenset()
    return tuple(name for name in FIELDS if name in asked and name not in ALWAYS)


def _add_roster(
    book: Workbook,
    names: tuple[str, ...],
    own: tuple[Own, ...],
    schedule: "Schedule | None",
    lang: Lang,
) -> None:
    """The sheet to fill in: header, an example that is not read, lists of words to choose from."""
    columns = [Column(name, WIDTHS.get(name, 12)) for name in (*names, *(o.key for o in own))]
    page = Page(book, "roster", columns, lang)
    page.header((*(say(f"template.{name}", lang) for name in names), *(o.name for o in own)))
    page.freeze()
    example = {name: say(f"template.{name}_example", lang) for name in names}
    shown = [int(text) if name == "year" else text for name, text in example.items()]
    page.row([*shown, *(o.example for o in own)])
    sheet = page.sheet
    grey(sheet, lang)
    for number, name in enumerate(names, 1):
        letter = get_column_letter(number)
        if name not in ("number", "year"):
            sheet.column_dimensions[letter].number_format = "@"
            sheet[f"{letter}2"].number_format = "@"
        if name in CHOSEN:
            choices = _choices(schedule, name, lang)
            sheet.add_data_validation(choices_over(choices, f"{letter}2:{letter}{ROWS}", lang))


def _choices(schedule: "Schedule | None", kind: Kind, lang: Lang) -> list[str]:
    """The words of *kind* as printed, the highest first: those *schedule* speaks of, or all."""
    known = schedule.terms if schedule else terms()
    spoken_of = set(_spoken_of(schedule, kind)) if schedule else set()
    words = known.words[kind].items()
    return [word.name(lang) for name, word in words if name in spoken_of or not spoken_of]


def _spoken_of(schedule: "Schedule", kind: Kind) -> Iterator[object]:
    for step in schedule.steps:
        yield from (word for column, word in step.words() if column == kind)
        if step.when:
            yield from _tested(step.when, kind)


def _tested(condition: "Condition", kind: Kind) -> Iterator[object]:
    if kind in condition.tests:
        yield from condition.tests[kind].values()
    for inner in (*condition.any_, *((condition.not_,) if condition.not_ else ())):
        yield from _tested(inner, kind)


def choices_over(choices: list[str], cells: str, lang: Lang) -> DataValidation:
    """A list to choose from over *cells*; other words are asked about, not refused."""
    words = [choice for choice in choices if "," not in choice]
    while len(",".join(words)) > LONGEST:
        words.pop()
    quoted = ",".join(words).replace('"', '""')
    return DataValidation(
        type="list",
        formula1=f'"{quoted}"',
        allow_blank=True,
        showErrorMessage=True,
        errorStyle="warning",
        errorTitle=say("template.not_listed_title", lang),
        error=say("template.not_listed", lang),
        sqref=cells,
    )


def _add_guide(
    book: Workbook,
    names: tuple[str, ...],
    own: tuple[Own, ...],
    extras: tuple[Extra, ...],
    schedule: "Schedule | None",
    lang: Lang,
) -> None:
    """How to fill it in: a line for each column, for each further sheet too."""
    columns = (Column("filled", 34), Column("needed", 14, "center"), Column("how", 92))
    page = Page(book, "guide", columns, lang)
    page.title(say("sheet.guide", lang))
    if schedule:
        page.line(say("template.for", lang, title=titled(schedule, lang)))
    for text in ("rows", "extra"):
        page.line(say(f"template.{text}", lang))
    page.header()
    for name in names:
        needed = say(f"template.{_needed(name)}", lang)
        heading = say(f"template.{name}", lang)
        page.row([heading, needed, say(f"template.{name}_how", lang)])
    for each in own:
        needed = say("template.may" if each.may_be_blank else "template.must", lang)
        page.row([each.name, needed, each.says])
    for extra in extras:
        page.heading(say(f"sheet.{extra.kind}", lang))
        page.line(say(f"template.{extra.kind}_sheet", lang))
        for name in extra.names:
            if name not in ("number", *names):
                needed = say("template.may" if name in OPTIONAL else "template.must", lang)
                page.row([say(f"template.{name}", lang), needed, say(f"template.{name}_how", lang)])


def _needed(name: str) -> str:
    """Whether a column has to be filled, should be, or may be."""
    if name in ("number", "team"):
        return "may"
    return "should" if name in ("organizer", "person_id") else "must"
