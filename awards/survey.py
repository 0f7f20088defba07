"""What is wrong with a roster whatever document it is held against: blanks, words, people."""

from collections.abc import Iterator

from awards.identity import Found, identities
from awards.intake import repeats
from awards.problems import Problem, Severity, problem
from awards.records import Result, Roster
from awards.terms import KINDS, terms

NEEDED = ("person", "event", "prize", "level", "year")


def survey(roster: Roster) -> tuple[Problem, ...]:
    """The problems of reading *roster*, and those that any document would meet, by row."""
    more = dict.fromkeys(each for _, each in doubts(roster))
    return (*roster.problems, *(each for each in more if each not in roster.problems))


def doubts(roster: Roster) -> list[Found]:
    """What any document would object to, each with the index of its result, by row."""
    found = [*identities(roster.results)[1], *repeats(roster.results)]
    for number, result in enumerate(roster.results):
        found += ((number, each) for each in _of_row(result))
    return sorted(found, key=lambda pair: pair[0])


def _of_row(result: Result) -> Iterator[Problem]:
    """Fields that are blank, and words that nobody knows; a fault told before is not told again."""
    columns = result.columns()
    for name in NEEDED:
        other = {"year": "date", "prize": "placing"}.get(name, name)
        blank = columns.get(name) is None and not columns.get(other)
        if blank and not any(each.place == result.at(name) for each in result.faults):
            yield problem(f"blank-{name}", result.at(name), person=result.person or "", field=name)
    for kind in KINDS:
        text = columns.get(kind)
        is_place = kind == "prize" and bool(columns.get("placing"))
        if isinstance(text, str) and terms().canonical(kind, text) is None and not is_place:
            values = {"found": text, "near": terms().near(kind, text) or ""}
            severity: Severity = "warning" if kind in ("organizer", "form") else "error"
            code = f"unknown-{kind}"
            yield Problem(code, result.at(kind), severity, {**values, "schedule": "terms.toml"})
