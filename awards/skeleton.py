"""A schedule file to begin with: a few answers in, a commented file with holes out.

Every hole is a ``"?"``, which ``awards schedules check`` refuses with its line until it is filled.
"""

from collections.abc import Sequence
from datetime import date

HEAD = """\
# {title}
# Fill every "?" and check with: awards schedules check FILE
# Every key is described in docs/schedule-format.md.

id = "{id}"
cases = "{cases}"                     # the id of its worked cases
title = {{ zh = "{title}", en = "?" }}
number = "{number}"
issuer = {{ zh = "{issuer}", en = "?" }}
issued = {issued}
in_force_from = {issued}              # the day the document says; else the day of issue
# in_force_until = …                    # once it is repealed or superseded
checked_on = {today}
"""

APPROVAL = """
# Who must approve before payment.
[approval]
by = { zh = "?", en = "?" }
clause = "approval"

[clauses.approval]
number = "?"
says = { zh = "?", en = "?" }
"""

CLAUSES = """
# One entry for each clause that a step rests on: its number, and what it says in your own words.
[clauses.rates]
number = "?"
says = { zh = "?", en = "?" }
"""

ONCE_CLAUSE = """
[clauses.highest]
number = "?"
says = { zh = "?", en = "?" }

# Where the text can be read two ways: the reading taken, the others, and why.
[readings.highest]
question = { zh = "“最高”看金额还是看级别？", en = "Is the highest by amount or by level?" }
clause = "highest"
default = "amount"
options.amount = { zh = "看金额", en = "by amount" }
options.level = { zh = "先看级别，再看奖次", en = "by level, then prize" }
why = { zh = "?", en = "?" }
"""

HALF_CLAUSE = """
[clauses.associations]
number = "?"
says = { zh = "?", en = "?" }
"""

SCOPE = """
# Steps, in order. First what is not covered, and why.
[[steps]]
do = "exclude"
clause = "rates"
when = {{ level = {{ none_of = [{levels}] }} }}
reason = "not_covered"

[[steps]]
do = "exclude"
clause = "rates"
when = {{ prize = {{ none_of = [{prizes}] }} }}
reason = "below_lowest_prize"

# The figures, in yuan for each person: level down, prize across.
[[steps]]
do = "rate"
clause = "rates"
by = ["level", "prize"]
"""

HALF = """
[[steps]]
do = "scale"
clause = "associations"
when = { organizer = "association" }
times = "1/2"
"""

ONCE = """
# Highest only, for one person, event and year.
[[steps]]
do = "once"
clause = "highest"
under = { highest = "amount" }
keys = ["person", "event", "year"]
highest = ["amount"]
ties = ["level", "prize"]

[[steps]]
do = "once"
clause = "highest"
under = { highest = "level" }
keys = ["person", "event", "year"]
highest = ["level", "prize"]
ties = ["amount"]
"""


def skeleton(
    id: str,  # noqa: A002  # the key of the file
    title: str,
    issuer: str,
    issued: date,
    *,
    number: str = "?",
    levels: Sequence[str] = ("national", "provincial", "municipal"),
    prizes: Sequence[str] = ("first", "second", "third"),
    half: bool = False,
    once: bool = True,
    approval: bool = False,
    today: date | None = None,
) -> str:
    """The text of a schedule file with a hole for each figure, clause and reason."""
    parts = id.split("/")
    head = HEAD.format(
        id=id,
        cases="-".join(parts[-2:]),
        title=title,
        number=number,
        issuer=issuer,
        issued=issued,
        today=today or issued,
    )
    row = ", ".join(f'{prize} = "?"' for prize in prizes)
    rates = "".join(f"amounts.{level} = {{ {row} }}\n" for level in levels)
    scope = SCOPE.format(levels=_quoted(levels), prizes=_quoted(prizes))
    return "".join(
        [
            head,
            APPROVAL if approval else "",
            CLAUSES,
            HALF_CLAUSE if half else "",
            ONCE_CLAUSE if once else "",
            scope,
            rates,
            HALF if half else "",
            ONCE if once else "",
        ]
    )


def _quoted(words: Sequence[str]) -> str:
    return ", ".join(f'"{each}"' for each in words)
