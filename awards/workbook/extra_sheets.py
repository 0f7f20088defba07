"""The further sheets of an empty roster: contest facts, what was paid earlier, rulings.

Which of them there are, and which columns of its own a roster has, is for the schedule to say:
what its steps ask for under its own readings.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from awards.records import FIELDS
from awards.steps import Offset, Ruling
from awards.terms import terms
from awards.words import Lang, say
from awards.workbook.headings import meaning, names_people
from awards.workbook.page import Column, Page

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from awards.schedule import Schedule

Kind = Literal["facts", "ledger", "rulings"]
WORKED_OUT = ("amount", "payee", "kind", "unit", "part", "earlier", "count", "person")
"""What steps read that is no input."""
ABOUT = ("year", "competition", "level", "division", "event")
PAID = ("year", "competition", "event", "team", "person", "school", "person_id", "amount", "payer")
RULED = ("question", "answer", "person", "where", "by", "on")
OPTIONAL = ("payer", "where", "by", "on", "team", "division", "level", "person_id")


@dataclass(frozen=True, slots=True)
class Own:
    """A column of the schedule's own, as it is printed; ``is_declared`` if it has a name there."""

    key: str
    name: str
    says: str
    example: str
    is_declared: bool
    may_be_blank: bool


@dataclass(frozen=True, slots=True)
class Extra:
    """A further sheet: its fields, the schedule's own columns, the example row."""

    kind: Kind
    names: tuple[str, ...]
    own: tuple[Own, ...] = ()
    examples: tuple[tuple[str, str], ...] = ()


def asked_for(schedule: "Schedule") -> frozenset[str]:
    """The columns that the steps of *schedule* read under its own readings."""
    steps = schedule.steps_under(schedule.choose({}))
    tested = (step.when.columns() for step in steps if step.when)
    read = (step.reads() | set(step.group_keys) for step in steps)
    return frozenset().union(*read, *tested)


def columns_of(schedule: "Schedule", lang: Lang) -> tuple[Own, ...]:
    """The columns beside the fields that a roster, or the facts of a contest, may fill.

    A column of names is none of them: the people of a workbook are its rows.
    """
    asked = asked_for(schedule) & schedule.inputs
    inner = (*FIELDS, *WORKED_OUT)
    names = [name for name in schedule.columns if name in asked and name not in inner]
    names += sorted(n for n in asked if n not in (*inner, *names) and "." not in n)
    own = (_own(name, schedule, lang) for name in names)
    return tuple(each for each in own if not names_people(each.name))


def extra_sheets(schedule: "Schedule", lang: Lang) -> tuple[Extra, ...]:
    """The further sheets that *schedule* has a use for."""
    steps = schedule.steps_under(schedule.choose({}))
    own = columns_of(schedule, lang)
    about = without(("number", *ABOUT), own)
    sheets = [Extra("facts", about, own)] if own else []
    offsets = [step for step in steps if isinstance(step, Offset) and step.column is None]
    if offsets:
        keys = {key for step in offsets for key in step.keys}
        more = [name for name in FIELDS if name in keys and name not in PAID]
        sheets.append(Extra("ledger", ("number", *PAID[:-2], *more, *PAID[-2:])))
    asked = next((step for step in steps if isinstance(step, Ruling)), None)
    if asked:
        option = next(iter(asked.options.values()), None)
        answer = option.says[lang] if option else say("template.answer_example", lang)
        examples = (("question", asked.question), ("answer", answer))
        sheets.append(Extra("rulings", ("number", *RULED), examples=examples))
    return tuple(sheets)


def without(names: tuple[str, ...], own: tuple[Own, ...]) -> tuple[str, ...]:
    """*names* without the fields whose heading a column of the schedule's own has too."""
    fields = {meaning([each.name]).field for each in own}
    return tuple(name for name in names if name not in fields)


def add_sheet(book: "Workbook", extra: Extra, lang: Lang) -> None:
    """Add the sheet with its header and an example that is not read."""
    widths = [Column(name, 10 if name in ("number", "year") else 18) for name in extra.names]
    page = Page(book, extra.kind, [*widths, *(Column(o.key, 16) for o in extra.own)], lang)
    page.header((*(say(f"template.{n}", lang) for n in extra.names), *(o.name for o in extra.own)))
    page.freeze()
    given = dict(extra.examples)
    shown = [given.get(name) or say(f"template.{name}_example", lang) for name in extra.names]
    page.row([*shown, *(own.example for own in extra.own)])
    grey(page.sheet, lang)
    for number, name in enumerate(extra.names, 1):
        if name not in ("number", "year", "amount"):
            page.sheet.column_dimensions[get_column_letter(number)].number_format = "@"


def grey(sheet: "Worksheet", lang: Lang) -> None:
    """Print the example row so that nobody takes it for one that counts."""
    for cell in sheet[2]:
        cell.font = Font(name=say("document.font", lang), size=10, italic=True, color="808080")


def _own(name: str, schedule: "Schedule", lang: Lang) -> Own:
    column = schedule.columns.get(name)
    if column is None:
        return Own(name, name, name, say("template.own_example", lang), False, False)
    words = [says[lang] for says in column.values.values()]
    listed = say("template.own_values", lang, words=say("sentence.list", lang).join(words))
    example = {
        "number": say("template.placing_example", lang),
        "date": say("template.date_example", lang),
        "yes_or_no": terms().marks["answers.yes"][0],
    }.get(column.holds, words[0] if words else say("template.own_example", lang))
    says = f"{column.says[lang]} {listed}" if words else column.says[lang]
    return Own(name, column.name[lang], says, example, True, column.blank is not None)
