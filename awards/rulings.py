"""Rulings on what the text leaves open: understood, weighed against each other, laid on the rows.

What is said outright goes before a rulings file, that before a sheet of the roster, that before
a column in it; within one of these a ruling on some rows goes before one on all. Two that are
equal and differ decide nothing.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from awards.problems import NOWHERE, OptionError, Place, Problem, problem
from awards.reading import day_of
from awards.records import SOURCES, Result, Ruling, Value
from awards.runner import Line
from awards.schedule import Schedule
from awards.steps import Ruling as Question
from awards.terms import terms
from awards.words import LANGS, say

Ruled = dict[Line, dict[str, Ruling]]
"""For each line the ruling on each question."""


def understood(
    rulings: Iterable[Ruling], documents: Sequence[Schedule]
) -> tuple[list[Ruling], list[Problem]]:
    """The rulings with question and answer by name; an error for each that is not understood.

    OptionError is raised for those said outright: who gave them is there to correct them.
    """
    read = [_understood(ruling, documents) for ruling in rulings]
    faults = [each for each in read if isinstance(each, Problem)]
    if outright := [each for each in faults if each.place == NOWHERE]:
        raise OptionError(outright)
    return [each for each in read if isinstance(each, Ruling)], faults


def decide(
    lines: Iterable[Line], rulings: Sequence[Ruling], document: Schedule
) -> tuple[Ruled, list[tuple[Line, Problem]]]:
    """The ruling on each question for each of *lines*, and what the roster rules amiss."""
    ruled: Ruled = {}
    faults: list[tuple[Line, Problem]] = []
    for line in lines:
        own, wrong = understood(in_column(line.result), (document,))
        faults += ((line, fault) for fault in wrong)
        mine = [*(each for each in rulings if _is_about(each, line)), *own]
        for question in dict.fromkeys(each.question for each in mine):
            weighed = _strongest([each for each in mine if each.question == question])
            if len({each.answer for each in weighed}) > 1:
                faults.append((line, _differ(weighed, line.result.place)))
            elif document.ruling(question):
                ruled.setdefault(line, {})[question] = weighed[0]
    return ruled, faults


def columns(ruled: Mapping[str, Ruling]) -> Iterator[tuple[str, Value]]:
    """The columns that the steps read: the answer to each question, who gave it and when."""
    for question, ruling in ruled.items():
        yield f"ruling.{question}", ruling.answer
        yield f"ruling.{question}.by", ruling.by
        yield f"ruling.{question}.on", ruling.on.isoformat() if ruling.on else None


def used(ruled: Ruled, index: Mapping[Line, int]) -> tuple[Ruling, ...]:
    """The rulings that some award rests on, each with the indexes of these awards."""
    found: dict[Ruling, list[int]] = {}
    answers = {line.place: mine for line, mine in ruled.items()}
    for line, number in index.items():
        asked = [e.note.values["question"] for e in line.trace if e.note.key == "trace.ruled"]
        for question in dict.fromkeys(map(str, asked)):
            found.setdefault(answers[line.place][question], []).append(number)
    ranked = sorted(found, key=lambda each: SOURCES.index(each.source))
    return tuple(replace(ruling, awards=tuple(found[ruling])) for ruling in ranked)


def unused(rulings: Iterable[Ruling], lines: Sequence[Line]) -> Iterator[Problem]:
    """A warning for each ruling on a person or a row that is not there."""
    for ruling in rulings:
        narrowed = ruling.person or ruling.row
        if narrowed and not any(_is_about(ruling, line) for line in lines):
            who = " ".join(part for part in (ruling.person, ruling.row) if part)
            values = {"question": ruling.question, "answer": ruling.answer}
            yield problem("ruling-no-row", ruling.place, "warning", who=who, **values)


def in_column(result: Result) -> Iterator[Ruling]:
    """The rulings in the roster's own column: ``question=answer``, or the answer alone."""
    stated = result.columns().get("ruling")
    if stated is None:
        return
    about = {terms().plain(name): value for name, value in (result.model_extra or {}).items()}
    by = next((about[each] for each in _headings("by") if each in about), None)
    on = next((about[each] for each in _headings("on") if each in about), None)
    for part in re.split(r"[;\n]", unicodedata.normalize("NFKC", str(stated))):
        if part.strip():
            question, equals, answer = part.rpartition("=")
            yield Ruling(
                question.strip() if equals else "",
                answer.strip(),
                row=result.place.address or None,
                by=str(by) if by else None,
                on=on if isinstance(on, date) else day_of(str(on)) if on else None,
                place=result.at("ruling"),
                source="column",
            )


def _headings(name: str) -> list[str]:
    """The headings for who ruled or when that say so themselves, in comparison form."""
    words = map(terms().plain, terms().marks[f"rulings.{name}"])
    return [word for word in words if word not in map(terms().plain, terms().columns["date"])]


def _understood(ruling: Ruling, documents: Sequence[Schedule]) -> Ruling | Problem:
    """*ruling* with the names of its question and answer, or why it is not understood."""
    steps = [step for each in documents for step in each.steps if isinstance(step, Question)]
    asked = [step for step in steps if _is_called(step, ruling.question)]
    answers: dict[str, str] = {}
    for step in asked:
        try:
            answers[step.question] = step.answer(ruling.answer)
        except ValueError:
            if ruling.question:
                known, question = _known(step), step.question
                values = {"found": ruling.answer, "question": question, "known": known}
                return problem("unknown-answer", ruling.place, "error", **values)
    if len(answers) == 1:
        ((question, answer),) = answers.items()
        return replace(ruling, question=question, answer=answer)
    known = ", ".join(dict.fromkeys(answers or (step.question for step in steps))) or "-"
    if answers:
        return problem("which-question", ruling.place, found=ruling.answer, known=known)
    if ruling.question:
        return problem("unknown-question", ruling.place, found=ruling.question, known=known)
    return problem("answer-to-nothing", ruling.place, found=ruling.answer, known=known)


def _is_called(step: Question, text: str) -> bool:
    """Whether *text* is the question by name, in words, or both, as it is printed; or blank."""
    plain = terms().plain(text)
    name = terms().plain(step.question)
    asks = [terms().plain(step.ask[lang]) for lang in LANGS]
    return plain in ("", name, *asks) or plain in [f"{ask}({name})" for ask in asks]


def _known(step: Question) -> str:
    amount = ("0.00",) if step.amount else ()
    return ", ".join((*step.options, *amount))


def _is_about(ruling: Ruling, line: Line) -> bool:
    """Whether *ruling* holds for *line*, by person and by row, as far as it says."""
    people = (line.result.person, line.columns.get("payee"))
    is_person = ruling.person is None or _plain(ruling.person) in map(_plain, people)
    return is_person and (ruling.row is None or _plain(ruling.row) in _addresses(line.result))


def _addresses(result: Result) -> list[str]:
    """The ways to name the row of *result*."""
    place = result.place
    at = [place.address, str(result.row or ""), f"{place.sheet}!{place.cell}"]
    at += [f"{place.file}!{each}" for each in at]
    at += [say("document.row", lang, row=result.row) for lang in LANGS if result.row]
    return [_plain(each) for each in at if each]


def _plain(text: object) -> str:
    return terms().plain(str(text)) if text else ""


def _strongest(rulings: Sequence[Ruling]) -> list[Ruling]:
    """Those of *rulings* that go before the others."""

    def rank(ruling: Ruling) -> tuple[int, int]:
        narrowed = (ruling.person is not None) + (ruling.row is not None)
        return SOURCES.index(ruling.source), -narrowed

    best = min(map(rank, rulings))
    return [each for each in rulings if rank(each) == best]


def _differ(rulings: Sequence[Ruling], place: Place) -> Problem:
    """The problem of rulings that contradict each other, where the last of them stands."""
    at = rulings[-1].place if rulings[-1].place != NOWHERE else place
    answers = ", ".join(dict.fromkeys(each.answer for each in rulings))
    return problem("rulings-differ", at, question=rulings[0].question, answers=answers)
