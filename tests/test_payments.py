"""Payments: one receipt a payee and budget line, sums that are those of the payouts."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awards.payments import group_of, sums
from awards.problems import AwardsError
from tests.dossiers import CARD, IDENTITY, ROWS, TOTAL, dossier, listed, won


def test_a_payee_of_one_budget_line_is_paid_once() -> None:
    """孙丙 instructs and competes as a teacher: 5,000 + 3,000 in one receipt, a fifth of it tax."""
    made = dossier(tax={"": "incidental"})
    told = [f"{p.payee} {p.group} {p.gross} {p.tax} {p.net}" for p in made.payments]
    assert told == [
        "赵甲 students 15000.00 3000.00 12000.00",
        "孙丙 teachers 8000.00 1600.00 6400.00",
        "钱乙 students 10000.00 2000.00 8000.00",
    ]
    assert made.sums.gross == TOTAL == made.outcome.totals.paid
    first = made.payments[0]
    assert first.account is not None
    assert (first.number, first.account.card) == (IDENTITY, CARD)


def test_one_who_is_taxed_in_two_ways_has_two_receipts() -> None:
    made = dossier(tax={"instructor": "incidental", "teacher": "wages", "": "exempt=某部,1号"})
    own = [f"{p.gross} {p.tax} {p.net}" for p in made.payments if p.payee == "孙丙"]
    assert own == ["5000.00 1000.00 4000.00", "3000.00 None None"]
    found = made.sums
    assert f"{found.tax} {found.payroll} {found.undecided}" == "1000.00 3000.00 0.00"
    assert found.gross == found.net + found.tax + found.payroll + found.undecided


def test_what_the_list_says_of_a_payee_goes_before_all() -> None:
    accounts = listed({"person": "孙丙", "school": "甲校", "tax": "工资薪金"})
    made = dossier(tax={"instructor": "incidental", "": "incidental"}, accounts=accounts)
    assert [p.tax for p in made.payments if p.payee == "孙丙"] == [None]


def test_undecided_has_no_figure() -> None:
    made = dossier(tax={"student": "incidental"})
    assert [(p.payee, p.tax, p.net) for p in made.payments if p.is_undecided] == [
        ("孙丙", None, None)
    ]
    assert made.sums.undecided == 8000
    assert [each.code for each in made.forbids()] == ["not-approved", "tax-undecided"]


@pytest.mark.parametrize(("who", "code"), [("无此人", "tax-of-nobody"), ("教练", "tax-of-nobody")])
def test_a_decision_about_nobody_is_refused(who: str, code: str) -> None:
    with pytest.raises(AwardsError, match=code):
        dossier(tax={who: "incidental"})


def test_a_decision_about_a_name_of_two_people_is_refused() -> None:
    rows = [*ROWS, won("钱乙", "省级", "一等奖", school="丙校")]
    with pytest.raises(AwardsError, match="tax-of-several"):
        dossier(rows, tax={"钱乙": "incidental"})


def test_budget_lines() -> None:
    roles = {"学生": "students", "参赛教师": "teachers", "指导教师": "teachers", "选手": "others"}
    rows = [won(f"赵{n}", "省级", "一等奖", role=role) for n, role in enumerate(roles)]
    rows.append(won(None, "省级", "一等奖"))
    made = dossier(rows)
    assert [group_of(award) for award in made.outcome.awards] == [*roles.values(), "others"]
    assert [name for name, _ in made.groups] == ["students", "teachers", "others"]


PLACES = st.tuples(
    st.sampled_from(["赵", "钱", "孙", "李"]),
    st.sampled_from(["国家级", "省级", "市级"]),
    st.sampled_from(["一等奖", "二等奖", "三等奖", "优胜奖"]),
    st.sampled_from(["学生", "指导教师", "参赛教师"]),
    st.sampled_from(["焊接", "护理", "烹饪"]),
    st.sampled_from(["甲校", "乙校"]),
)


@given(
    st.lists(PLACES, max_size=25, unique=True),
    st.dictionaries(
        st.sampled_from(["student", "instructor", "teacher"]),
        st.sampled_from(["incidental", "wages", "exempt=某部,1号"]),
    ),
)
def test_sums_are_those_of_the_payouts(
    places: list[tuple[str, str, str, str, str, str]], tax: dict[str, str]
) -> None:
    rows = [
        won(name, level, prize, role=role, event=event, school=school)
        for name, level, prize, role, event, school in places
    ]
    roles = {"student": "学生", "instructor": "指导教师", "teacher": "参赛教师"}
    present = {row["role"] for row in rows}
    made = dossier(rows, tax={k: v for k, v in tax.items() if roles[k] in present})
    found = made.sums
    assert found.gross == made.outcome.totals.paid
    assert found.gross == found.net + found.tax + found.payroll + found.undecided
    parts = [sums(payments) for _, payments in made.groups]
    assert sum((part.gross for part in parts), Decimal(0)) == found.gross
    paid = sorted(index for payment in made.payments for index in payment.awards)
    assert paid == sorted(index for payout in made.outcome.payouts for index in payout.awards)
