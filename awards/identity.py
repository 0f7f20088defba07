"""Who is the same person: by identity or student number where there is one, else name and school.

A name is not a person. Where two rows might be one person or two, the user is told, with both
cells; where a row fits two known persons, or a number two names, it is a problem, not a guess.
"""

import re
from collections import defaultdict
from collections.abc import Sequence

from awards.problems import Place, Problem, problem
from awards.records import Result
from awards.terms import terms

Found = tuple[int, Problem]
"""A problem with the index of the result it is about."""


def identities(results: Sequence[Result]) -> tuple[list[str | None], list[Found]]:
    """A key for each result's person (None where no name is given), and what is doubtful."""
    names = [terms().plain(result.person) if result.person else None for result in results]
    schools = [terms().plain(result.school or "") for result in results]
    numbers = [_number(result.person_id) for result in results]
    holders: dict[tuple[str, str], set[str]] = defaultdict(set)
    for name, school, number in zip(names, schools, numbers, strict=True):
        if name and number:
            holders[name, school].add(number)
    keys: list[str | None] = []
    problems = _two_names(results, names, numbers)
    for index, (name, school, number) in enumerate(zip(names, schools, numbers, strict=True)):
        if name is None:
            keys.append(None)
            continue
        known = holders[name, school]
        if not number and len(known) > 1:
            place, person = results[index].place, results[index].person
            fault = problem("which-person", place, person=person, count=len(known))
            problems.append((index, fault))
        keys.append(number or (next(iter(known)) if len(known) == 1 else f"{name}@{school}"))
    problems += _same_names(results, names, schools, numbers)
    return keys, problems + _close_schools(results, schools)


def _number(text: str | None) -> str | None:
    return terms().plain(text).upper() if text else None


def _two_names(
    results: Sequence[Result], names: Sequence[str | None], numbers: Sequence[str | None]
) -> list[Found]:
    """An error at every row whose number stands beside another name elsewhere."""
    by_number: dict[str, dict[str, Result]] = defaultdict(dict)
    for result, name, number in zip(results, names, numbers, strict=True):
        if name and number:
            by_number[number].setdefault(name, result)
    found = []
    for index, (name, number) in enumerate(zip(names, numbers, strict=True)):
        if name and number and len(by_number[number]) > 1:
            other = next(each for n, each in by_number[number].items() if n != name)
            fault = problem(
                "number-two-names",
                results[index].at("person_id"),
                person=results[index].person,
                number=mask(number),
                other=other.person,
                where=other.place,
            )
            found.append((index, fault))
    return found


def _same_names(
    results: Sequence[Result],
    names: Sequence[str | None],
    schools: Sequence[str],
    numbers: Sequence[str | None],
) -> list[Found]:
    """A warning where a name comes twice and no number tells whether it is one person."""
    first: dict[str, dict[tuple[str, str | None], Place]] = defaultdict(dict)
    found = []
    told: set[str] = set()
    for index, (name, school, number) in enumerate(zip(names, schools, numbers, strict=True)):
        result = results[index]
        if name is None:
            continue
        seen = first[name]
        for (other_school, other_number), place in seen.items():
            if name in told or (number and other_number and other_school != school):
                continue
            if number and other_number:
                code = "same-name-two-numbers"
                if number == other_number:
                    continue
            else:
                code = "same-name" if other_school == school else "same-name-other-school"
            doubt = problem(code, result.place, "warning", person=result.person, where=place)
            found.append((index, doubt))
            told.add(name)
            break
        seen.setdefault((school, number), result.place)
    return found


def _close_schools(results: Sequence[Result], schools: Sequence[str]) -> list[Found]:
    """A question where two schools differ by a character: they are two until somebody says no.

    A number in the name tells schools apart: the first school is not the second.
    """
    first: dict[str, int] = {}
    for index, school in enumerate(schools):
        if len(school) >= _SHORTEST:
            first.setdefault(school, index)
    near: dict[str, list[str]] = defaultdict(list)
    found: list[Found] = []
    for school, index in first.items():
        shorter = {school[:at] + school[at + 1 :] for at in range(len(school))}
        others = dict.fromkeys(other for key in (school, *sorted(shorter)) for other in near[key])
        other = next((each for each in others if _differ_by_more(each, school)), None)
        if other is not None:
            told = {"found": results[index].school, "other": results[first[other]].school}
            where = results[first[other]].at("school")
            place = results[index].at("school")
            found.append((index, problem("close-schools", place, "warning", where=where, **told)))
        for key in (school, *shorter):
            near[key].append(school)
    return found


_SHORTEST = 4
"""Letters of the name of a school that is compared: a shorter one differs by a letter too often."""


def _differ_by_more(one: str, other: str) -> bool:
    """Whether two names differ in something that is no number."""
    numerals = "0123456789一二三四五六七八九十"
    return "".join(c for c in one if c not in numerals) != "".join(
        c for c in other if c not in numerals
    )


def hidden(text: str) -> str:
    """*text* with the numbers of identity and bank cards in it masked.

    >>> hidden("张三 22020220000101012X，卡 6222020000112223334"), hidden("20230001")
    ('张三 220202********012X，卡 622202*********3334', '20230001')
    """
    return _LONG.sub(lambda found: mask(found[0]), text)


_LONG = re.compile(r"(?<![0-9A-Za-z])(?:\d{17}[Xx]|\d{16,19})(?![0-9A-Za-z])", re.ASCII)
"""What an identity card or a bank card may bear."""


def mask(number: str) -> str:
    """*number* with its middle hidden.

    >>> mask("220202200001010127"), mask("20210317"), mask("0412")
    ('220202********0127', '20****17', '****')
    """
    head, tail = (6, 4) if len(number) >= 15 else (2, 2)
    if len(number) <= head + tail:
        return "*" * len(number)
    return number[:head] + "*" * (len(number) - head - tail) + number[-tail:]
