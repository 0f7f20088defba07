"""Laws of 吉市政办发〔2022〕32号 二(七), and an oracle that is a second reading of the clause."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from hypothesis import given
from hypothesis import strategies as st

import awards
from awards import Assessment, Award
from tests.tables import JILIN

Row = dict[str, Any]
PLACES = ("year", "level", "prize", "person")
DUE = "pending_approval"

# The clause, once more and apart from the schedule: yuan for each person by level and prize.
YUAN = {
    "全国": {"一等奖": 20000, "二等奖": 15000, "三等奖": 12000},
    "全省": {"一等奖": 10000, "二等奖": 8000, "三等奖": 5000},
    "全市": {"一等奖": 3000, "二等奖": 2000, "三等奖": 1000},
}
LEVELS = {
    "国家级": "全国",
    "national": "全国",
    "国赛": "全国",
    "省级": "全省",
    "provincial": "全省",
    "省赛": "全省",
    "市级": "全市",
    "municipal": "全市",
    "全市": "全市",
}
PRIZES = {
    "一等奖": "一等奖",
    "first": "一等奖",
    "壹等奖": "一等奖",
    "二等奖": "二等奖",
    "second": "二等奖",
    "2等奖": "二等奖",
    "三等奖": "三等奖",
    "third": "三等奖",
    "三等": "三等奖",
}
LOW = ("优胜奖", "优秀奖", "merit", "未获奖", "鼓励奖")
UNRANKED = ("特等奖", "金奖", "silver", "铜牌", "获奖")
ELSEWHERE = ("县级", "校级", "school")
WINNERS = ("学生", "student", "参赛教师", "teacher", "指导教师", "instructor", "选手")
OTHERS = ("教练", "作者")
VOCATIONAL = ("全国职业院校技能大赛", "全省职业院校技能大赛", "全市职业院校教师教学能力比赛")
SOCIAL = ("焊接协会技能竞赛", "烹饪学会技能竞赛选拔赛")
FAMILIES = (
    *(("官方", name) for name in VOCATIONAL),
    *(("协会", name) for name in SOCIAL),
    ("官方", "全国大学生数学竞赛"),
    ("企业", "杯赛"),
)
"""Organizer and competition; the last two belong to neither family."""
PEOPLE = (
    {"person": "赵甲", "school": "甲校"},
    {"person": "赵甲", "school": "乙校"},
    {"person": "钱乙", "school": "甲校", "person_id": "20210001"},
    {"person": "钱乙", "school": "甲校", "person_id": "20210002"},
    {"person": "孙丙"},
)


def contests(
    levels: Sequence[str], prizes: Sequence[str], roles: Sequence[str], *, foreign: bool
) -> st.SearchStrategy[Row]:
    """What a row can say besides who it is about; with *foreign* also contests of neither kind."""
    families = FAMILIES if foreign else FAMILIES[:-2]
    return st.fixed_dictionaries(
        {
            "family": st.sampled_from(families),
            "level": st.sampled_from(levels),
            "prize": st.sampled_from(prizes),
            "role": st.sampled_from(roles),
            "event": st.sampled_from(("焊接", "护理技能")),
            "year": st.sampled_from((2023, 2024)),
        }
    )


def rows_of(contest: st.SearchStrategy[Row]) -> st.SearchStrategy[Row]:
    return st.builds(_row, contest, st.sampled_from(PEOPLE))


def _row(contest: Row, who: Mapping[str, str]) -> Row:
    organizer, competition = contest["family"]
    said = {name: value for name, value in contest.items() if name != "family"}
    return {**said, "organizer": organizer, "competition": competition, **who}


PAID = rows_of(contests(list(LEVELS), list(PRIZES), WINNERS, foreign=False))
NOT_OPEN = rows_of(
    contests([*LEVELS, *ELSEWHERE], [*PRIZES, *LOW], [*WINNERS, *OTHERS], foreign=True)
)
ANY = rows_of(
    contests(
        [*LEVELS, *ELSEWHERE, "国际级"],
        [*PRIZES, *LOW, *UNRANKED],
        [*WINNERS, *OTHERS],
        foreign=True,
    )
)


def apart(rows: Sequence[Row]) -> list[Row]:
    """*rows* with a team each, so that no two say exactly the same."""
    return [{**row, "team": f"第{number}队"} for number, row in enumerate(rows, 1)]


def rosters(row: st.SearchStrategy[Row], most: int = 8) -> st.SearchStrategy[list[Row]]:
    return st.lists(row, max_size=most).map(apart)


def assess(rows: Sequence[Row], **options: Any) -> Assessment:
    return awards.assess(rows, awards.load_schedule(JILIN), **options)


def human(row: Mapping[str, Any]) -> tuple[str, ...]:
    """Who a row is about: here a number is always given or never, so this settles it."""
    return (row["person"], row.get("school", ""), row.get("person_id", ""))


def alone(row: Row) -> tuple[str, set[str], Decimal | None]:
    """Status, possible reasons and yuan of a row by itself, straight from the clause."""
    social = row["organizer"] == "协会"
    reasons = set()
    if row["role"] in OTHERS:
        reasons.add("not_covered")  # 师生, 指导教师
    if not social and row["competition"] not in VOCATIONAL:
        reasons.add("not_covered")  # neither 职业院校技能大赛 nor 社会团体
    if row["level"] in ELSEWHERE:
        reasons.add("not_covered")  # 全国, 全省, 全市 only
    if row["prize"] in LOW:
        reasons.add("below_lowest_prize")  # 三等奖及以上
    if reasons:
        return "not_paid", reasons, Decimal(0)
    if row["level"] not in LEVELS or row["prize"] not in PRIZES:
        return "needs_ruling", {"no_match"}, None
    yuan = Decimal(YUAN[LEVELS[row["level"]]][PRIZES[row["prize"]]])
    return DUE, set(), yuan / 2 if social else yuan  # 减半


def expected(rows: Sequence[Row]) -> dict[tuple[object, ...], list[Decimal]]:
    """For each person, event and year the yuan of its rows by themselves, those due and known."""
    won = defaultdict(list)
    for row in rows:
        status, _, yuan = alone(row)
        if status == DUE and yuan is not None:
            won[(*human(row), row["event"], row["year"])].append(yuan)
    return won


def waits(rows: Sequence[Row]) -> set[tuple[object, ...]]:
    """The person, event and year of which some row waits for a ruling."""
    return {
        (*human(row), row["event"], row["year"]) for row in rows if alone(row)[0] == "needs_ruling"
    }


def by_person(outcome: Assessment, rows: Sequence[Row]) -> dict[tuple[str, ...], Decimal]:
    """Yuan due to each person in all."""
    sums: dict[tuple[str, ...], Decimal] = defaultdict(Decimal)
    for award, row in zip(outcome.awards, rows, strict=True):
        if award.status == DUE and award.amount is not None:
            sums[human(row)] += award.amount
    return dict(sums)


def by_group(outcome: Assessment, rows: Sequence[Row]) -> dict[tuple[object, ...], list[Decimal]]:
    """The yuan of the rows that are due, for each person, event and year."""
    due = defaultdict(list)
    for award, row in zip(outcome.awards, rows, strict=True):
        if award.status == DUE and award.amount is not None:
            due[(*human(row), row["event"], row["year"])].append(award.amount)
    return due


class Said(NamedTuple):
    """What some runner says of a row; an Award is one too."""

    status: str
    amount: Decimal | None
    reason: str | None
    superseded_by: int | None


def hold_against_the_oracle(rows: Sequence[Row], said: Sequence[Said | Award]) -> None:
    """二(七): each row alone, then 每年…同一赛项…每人按获得的最高奖项进行奖励,不重复奖励."""
    won, open_groups = expected(rows), waits(rows)
    paid = defaultdict(list)
    for award, row in zip(said, rows, strict=True):
        status, reasons, yuan = alone(row)
        group = (*human(row), row["event"], row["year"])
        if status != DUE:
            assert (award.status, award.amount) == (status, yuan)
            assert award.reason in reasons
            continue
        if award.status == "not_paid":
            assert award.reason == "superseded"
            assert award.amount == 0
            assert yuan is not None
            assert max(won[group]) >= yuan
            assert award.superseded_by is not None
            winner = rows[award.superseded_by]
            assert alone(winner)[2] == max(won[group])
            assert (*human(winner), winner["event"], winner["year"]) == group
        elif group in open_groups:
            assert (award.status, award.reason) == ("needs_ruling", "awaits_row")
            assert award.amount is None
        else:
            assert (award.status, award.amount, award.reason) == (DUE, yuan, None)
            paid[group].append(yuan)
    assert paid == {group: [max(w)] for group, w in won.items() if group not in open_groups}


@given(rosters(ANY))
def test_agrees_with_the_oracle(rows: list[Row]) -> None:
    hold_against_the_oracle(rows, assess(rows).awards)


def test_every_contest_level_prize_and_role_alone() -> None:
    """The oracle over every word that the strategies know, one person each, no repeats."""
    rows = [
        {
            "organizer": organizer,
            "competition": competition,
            "level": level,
            "prize": prize,
            "role": role,
            "event": "焊接",
            "year": 2023,
        }
        for organizer, competition in FAMILIES
        for level in (*LEVELS, *ELSEWHERE, "国际级")
        for prize in (*PRIZES, *LOW, *UNRANKED)
        for role in ("学生", "指导教师", "教练")
    ]
    rows = [{**row, "person": f"某{number}"} for number, row in enumerate(rows)]
    for award, row in zip(assess(rows).awards, rows, strict=True):
        status, reasons, yuan = alone(row)
        assert (award.status, award.amount) == (status, yuan), row
        assert award.reason in reasons if reasons else award.reason is None


@given(rosters(ANY))
def test_statuses_add_up_to_rows(rows: list[Row]) -> None:
    outcome = assess(rows)
    assert len(outcome.awards) == outcome.totals.rows == len(rows)
    assert sum(outcome.totals.by_status.values()) == len(rows)
    for status, count in outcome.totals.by_status.items():
        assert count == sum(award.status == status for award in outcome.awards)


@given(rosters(ANY))
def test_every_row_ends_in_one_place(rows: list[Row]) -> None:
    """Paid; zero with reason and clause; waiting, no amount; or a problem that is located."""
    outcome = assess(rows)
    located = {each.place.row for each in outcome.problems if each.severity == "error"}
    for award in outcome.awards:
        if award.status == DUE:
            assert award.amount
            assert award.clause
            assert award.reason is None
        elif award.status == "not_paid":
            assert award.amount == 0
            assert award.reason
            assert award.clause
        elif award.status == "needs_ruling":
            assert award.amount is None
            assert award.reason
        else:
            assert award.status == "problem"
            assert award.amount is None
            assert award.place.row in located


@given(rosters(ANY), st.randoms(use_true_random=False))
def test_order_of_rows_does_not_matter(rows: list[Row], chance: Any) -> None:
    shuffled = list(rows)
    chance.shuffle(shuffled)
    before, after = assess(rows), assess(shuffled)
    assert by_person(before, rows) == by_person(after, shuffled)
    assert before.totals.by_status == after.totals.by_status
    assert before.totals.paid == after.totals.paid


@given(rosters(PAID))
def test_nobody_is_paid_twice(rows: list[Row]) -> None:
    for amounts in by_group(assess(rows), rows).values():
        assert len(amounts) == 1


@given(rosters(NOT_OPEN), NOT_OPEN)
def test_one_more_prize_never_lowers_a_total(rows: list[Row], more: Row) -> None:
    """Rows that wait for a ruling are left out: the person's money waits with them."""
    longer = [*rows, {**more, "team": "另一队"}]
    before, after = by_person(assess(rows), rows), by_person(assess(longer), longer)
    for person, yuan in before.items():
        assert after[person] >= yuan
    others = {person: yuan for person, yuan in after.items() if person != human(more)}
    assert others == {person: yuan for person, yuan in before.items() if person != human(more)}


@given(rosters(ANY))
def test_payouts_cross_foot(rows: list[Row]) -> None:
    outcome = assess(rows)
    due = [award.amount for award in outcome.awards if award.status == DUE and award.amount]
    assert sum(due, Decimal(0)) == outcome.totals.paid
    assert sum((each.amount for each in outcome.payouts), Decimal(0)) == outcome.totals.paid
    for payout in outcome.payouts:
        parts = [outcome.awards[index].amount or Decimal(0) for index in payout.awards]
        assert payout.amount == sum(parts, Decimal(0)) > 0
    used = [index for payout in outcome.payouts for index in payout.awards]
    assert sorted(used) == sorted(i for i, a in enumerate(outcome.awards) if a.status == DUE)
    assert len(outcome.payouts) == len({human(rows[index]) for index in used})


@given(rosters(PAID), PAID, st.sampled_from(PLACES), st.sampled_from((None, "", " ")))
def test_a_blank_is_a_problem_and_harms_no_other_row(
    rows: list[Row], bad: Row, column: str, nothing: str | None
) -> None:
    faulty = [{**bad, "team": "空白队", column: nothing}, *rows]
    outcome = assess(faulty)
    award = outcome.awards[0]
    assert (award.status, award.amount) == ("problem", None)
    assert f"blank-{column}" in {p.code for p in outcome.problems if p.place == award.place}
    clean = assess(rows)
    assert [(a.status, a.amount, a.reason) for a in outcome.awards[1:]] == [
        (a.status, a.amount, a.reason) for a in clean.awards
    ]


@given(rosters(PAID, most=4), PAID, st.sampled_from(("level", "prize", "role", "year")))
def test_an_unknown_word_is_a_problem(rows: list[Row], bad: Row, column: str) -> None:
    outcome = assess([*rows, {**bad, column: "天字第一号"}])
    award = outcome.awards[-1]
    assert (award.status, award.amount) == ("problem", None)
    assert f"unknown-{column}" in {p.code for p in outcome.problems if p.place == award.place}


@given(rosters(PAID), st.integers(2000, 2021))
def test_a_year_before_the_document_pays_nothing(rows: list[Row], year: int) -> None:
    outcome = assess([{**row, "year": year} for row in rows])
    assert {award.status for award in outcome.awards} <= {"problem"}
    assert outcome.totals.paid == 0


@given(PAID, st.integers(0, 25000), st.integers(0, 99))
def test_an_earlier_payment_is_taken_off(row: Row, whole: int, part: int) -> None:
    """Default reading later_higher=difference: due d, paid p earlier, now max(d − p, 0)."""
    paid = Decimal(whole) + Decimal(part) / 100
    outcome = assess([row], ledger=[_earlier(row, paid)])
    due = alone(row)[2]
    assert due is not None
    assert outcome.totals.paid == max(due - paid, Decimal(0))
    (award,) = outcome.awards
    assert award.status == (DUE if due > paid else "not_paid")
    assert award.reason == (None if due > paid else "already_paid")


@given(rosters(PAID), PAID, st.integers(1, 25000))
def test_an_earlier_payment_touches_its_own_group_only(
    rows: list[Row], paid_for: Row, paid: int
) -> None:
    outcome = assess(rows, ledger=[_earlier(paid_for, paid)])
    about = (*human(paid_for), paid_for["event"], paid_for["year"])
    for group, won in expected(rows).items():
        left = max(won) - paid if group == about else max(won)
        assert sum(by_group(outcome, rows).get(group, []), Decimal(0)) == max(left, 0)


@given(PAID, st.lists(st.integers(0, 9000), min_size=2, max_size=4))
def test_earlier_payments_add_up(row: Row, paid: list[int]) -> None:
    outcome = assess([row], ledger=[_earlier(row, each) for each in paid])
    assert outcome.totals.paid == max((alone(row)[2] or 0) - sum(paid), 0)


def _earlier(row: Row, paid: Decimal | int) -> Row:
    who: Row = {name: row[name] for name in ("person", "school", "person_id") if name in row}
    return {**who, "event": row["event"], "year": row["year"], "amount": paid}
