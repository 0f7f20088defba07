"""What was paid earlier, here or by others: rows with an amount that the rules set off."""

from collections.abc import Iterable, Iterator, Sequence

from awards import money
from awards.problems import Problem, problem
from awards.records import Unread, Value, is_blank
from awards.runner import Line
from awards.steps import End, Step
from awards.terms import terms


def enter(line: Line) -> None:
    """Enter the amount of an earlier payment, or end the line where it states none."""
    stated = line.result.columns().get("amount")
    try:
        line.columns["earlier"] = paid(stated)
    except ValueError:
        line.columns["amount"] = None if stated is None else Unread(stated)
        line.end = line.end or End("problem", "blank", blank=("amount",))


def paid(stated: Value) -> int:
    """The fen of an earlier payment as it is *stated* in yuan; ValueError where it is no amount."""
    return money.fen(terms().yuan(str(stated)))


def unmatched(lines: Sequence[Line], steps: Iterable[Step]) -> Iterator[Problem]:
    """A note at each earlier payment of *lines* that none of the *steps* could set off.

    Within the keys of a step there is no row, or no step asks for what was paid.
    """
    keys = [step.group_keys for step in steps if step.sees_earlier and "earlier" in step.reads()]
    due = [line for line in lines if "earlier" not in line.columns]
    known = {(names, _values(line, names)) for line in due for names in keys}
    for line in lines:
        if "earlier" not in line.columns or line.end is not None:
            continue
        code = "ledger-no-result" if keys else "ledger-not-asked"
        if not any((names, _values(line, names)) in known for names in keys):
            yield problem(code, line.result.place, "info", person=line.columns.get("payee") or "-")


def _values(line: Line, names: Sequence[str]) -> tuple[object, ...]:
    """The values of *names*; a blank is like no other."""
    values = (line.columns.get(name) for name in names)
    return tuple(object() if is_blank(value) else value for value in values)
