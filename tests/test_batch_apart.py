"""What chunks of rows share and what each has for itself, in documents that no office has yet."""

from typing import Any

import numpy as np
import pytest

import awards
from awards.batch.problems import problems_of
from awards.batch.runner import run
from awards.batch.table import States
from tests.agreement import agree, frame, told
from tests.small import small
from tests.tables import JILIN

ONCE = '[[steps]]\ndo = "once"'
ROWS: list[dict[str, Any]] = [
    {"person": person, "event": event, "school": school, "level": level, "prize": prize}
    | {"year": 2023, "team_size": 2}
    for person, event, school, level, prize in (
        ("赵甲", "焊接", "甲校", "国家级", "一等奖"),
        ("钱乙", "烹饪", "乙校", "国家级", "二等奖"),
        ("孙丙", "烹饪", "乙校", "省级", "二等奖"),
        ("赵甲", "烹饪", "甲校", "省级", "二等奖"),
    )
]


def ruled(question: str, level: str, what: str) -> str:
    return f"""[[steps]]
do = "ruling"
clause = "money"
when = {{ level = "{level}" }}
question = "{question}"
ask = "哪里？"
reason = "no_match"
options.yes = {{ says = "是", set = {{ {what} }} }}

"""


@pytest.mark.parametrize("keys", ['["event", "school"]', '["person"]', '["school"]', '["event"]'])
def test_steps_that_write_columns_that_rows_have(keys: str) -> None:
    """Each column of the states is its own, though all say only that the row has a value."""
    steps = ruled("a", "national", 'event = "其他"') + ruled("b", "provincial", 'school = "外校"')
    schedule = small((ONCE, steps + ONCE), ('keys = ["person"]', f"keys = {keys}"))
    agree(ROWS, schedule, rulings=[awards.Ruling("a", "yes"), awards.Ruling("b", "yes")])


@pytest.mark.parametrize("keys", ['["school"]', '["person"]'])
def test_money_for_somebody_else_before_rows_are_compared(keys: str) -> None:
    added = """[[steps]]
do = "add"
clause = "money"
when = { level = "national" }
terms = [{ money = 1, times = ["team_size"] }]
payee = "某校"
kind = "org"

"""
    agree(ROWS, small((ONCE, added + ONCE), ('keys = ["person"]', f"keys = {keys}")))


def test_a_line_beside_a_line() -> None:
    """It belongs to the row to which the first was added."""
    lines = """[[steps]]
do = "unfold"
clause = "money"
column = "placings"
new_part = "winner"

[[steps]]
do = "rate"
clause = "money"
part = "winner"
by = ["placing"]
amounts = { 1 = 3, 2 = 2 }

[[steps]]
do = "add"
clause = "money"
part = "winner"
new_part = "coaching"
terms = [{ money = 1, times = ["team_size"] }]
payee = "某校"
kind = "org"

"""
    placings = [{"1": "李丁"}, {"1": "周戊", "2": "吴己"}, {}, {"2": "郑庚"}]
    rows = [{**row, "placings": each} for row, each in zip(ROWS, placings, strict=True)]
    schedule = small((ONCE, lines + ONCE))
    agree(rows, schedule)
    assert [len(part.lines.beside) for part in run(frame(rows), schedule).parts] == [8]


def test_the_rest_of_a_higher_award_is_not_its_end() -> None:
    agree(ROWS, small(('keys = ["person"]', 'keys = ["person"]\nrest = "1/2"')))


def test_one_and_true_are_two() -> None:
    recode = '[[steps]]\ndo = "recode"\nclause = "money"\ncopy = { role = "mark" }\n\n'
    rows = [{**row, "mark": mark} for row, mark in zip(ROWS, (1, True, "1", 1), strict=True)]
    agree(rows, small((ONCE, recode + ONCE)))


FULL = {"competition": "全省职业院校技能大赛", "organizer": "official", "role": "学生"}


def test_rows_that_differ_in_a_mark_only() -> None:
    """A second cell for one column tells a row from others like it."""
    rows = [{**row, **FULL, "skills_competition": "是"} for row in ROWS]
    twice = {**rows[0], "person": "李丁", "是否职业院校技能大赛": "是"}
    agree([*rows, twice], awards.load_schedule(JILIN))
    (part,) = run(frame([*rows, twice]), awards.load_schedule(JILIN)).parts
    assert part.doubled.tolist() == [False] * len(rows) + [True]


@pytest.mark.parametrize("amount", [100, "2万元", "五千x", None])
def test_earlier_payments_beside_results(amount: object) -> None:
    """They are told by their own numbers, however they are handed over."""
    rows, schedule = [{**row, **FULL} for row in ROWS], awards.load_schedule(JILIN)
    paid = [{**rows[0], "amount": amount}, {**rows[2], "amount": amount}]
    agree(rows, schedule, ledger=paid)
    small = awards.assess(rows, schedule, ledger=paid)
    done = run(frame(rows), schedule, ledger=frame(paid))
    assert told(problems_of(done)) == told(small.problems)


@pytest.mark.parametrize(
    "fact", [np.float64(1.5), np.int64(4), np.bool_(True), np.array([1, 2]), {2, 1}, np.str_("x")]
)
def test_facts_as_other_libraries_have_them(fact: Any) -> None:
    """A scalar of numpy is the value that it stands for, and a set has an order."""
    agree([{**row, **FULL, "fact": fact} for row in ROWS], awards.load_schedule(JILIN))


@pytest.mark.parametrize("people", [[None] * 4, [None, None, "赵甲", "钱乙"]])
def test_rows_of_nobody_may_be_anywhere(people: list[str | None]) -> None:
    rows = [{**row, "person": person} for row, person in zip(ROWS, people, strict=True)]
    agree(rows, awards.load_schedule(JILIN))


@pytest.mark.parametrize("more", [{"ruling": "xx"}, {}])
def test_a_fault_that_rows_of_two_chunks_share(more: dict[str, str]) -> None:
    """It is told once, as of one row: here both state the same number."""
    rulings = (
        [] if more else [awards.Ruling("prize", each, row="5") for each in ("first", "second")]
    )
    rows = [{**row, "row": 5, **more} for row in ROWS[:2]]
    agree(rows, awards.load_schedule(JILIN), rulings=rulings)


def test_states_that_go_on_apart() -> None:
    """A word, an end or a trace of the one is none of the other's."""
    (part,) = run(frame(ROWS), small()).parts
    states = part.lines.states
    apart = states.apart(np.arange(len(states)))
    assert said(apart) == said(states)
    before = said(states)
    apart.put("role", np.arange(len(apart)), "new")
    apart.ends.code("new")
    apart.clauses.code("new")
    apart.traces.longer(0, states.traces.entries(int(states.trace[0]))[0])
    assert said(states) == before
    assert said(apart) != before


def said(states: States) -> tuple[Any, ...]:
    words = {name: [*held.values] for name, held in states.words.items()}
    values = [states.values(state) for state in range(len(states))]
    return (values, words, [*states.ends.values], [*states.clauses.values], len(states.traces))
