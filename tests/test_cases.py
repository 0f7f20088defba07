import pytest

import awards
from awards import Schedule
from tests.cases import CASES, Case, load, run

ALL = list(load(CASES))
ONE = next(case for case in ALL if case.id == "jl-1-student-national-first")
BY_CASES = {name: each for each in awards.schedules().values() for name in each.cases}


@pytest.mark.parametrize("case", ALL, ids=[f"{case.document}/{case.id}" for case in ALL])
def test_case(case: Case) -> None:
    """The rows come to what was worked out by hand, and a reading gives each alternative."""
    assert run(case, _schedule(case)) == []


def _schedule(case: Case) -> Schedule:
    assert case.document in BY_CASES, f"no schedule has cases = {case.document!r}"
    return BY_CASES[case.document]


def test_ids_are_unique() -> None:
    ids = [(case.document, case.id) for case in ALL]
    assert len(ids) == len(set(ids)) > 0


def test_every_schedule_with_cases_has_them() -> None:
    assert {case.document for case in ALL} >= set(BY_CASES)


def test_a_wrong_expectation_is_told() -> None:
    """The runner can fail: a yuan more than the document says, and a payee too many."""
    case = ONE
    wrong = [{**case.expect[0], "amount": case.expect[0]["amount"] + 1}]
    lines = run(Case(case.document, "wrong", case.rows, {}, wrong, ()), _schedule(case))
    assert len(lines) == 2
    assert lines[0].startswith("expected payee=")
    assert lines[1].startswith("not expected: payee=")


def test_an_alternative_out_of_reach_is_told() -> None:
    case = ONE
    never = [("half of it", [{**case.expect[0], "amount": 1}])]
    lines = run(Case(case.document, "never", case.rows, {}, case.expect, never), _schedule(case))
    assert lines == ["no reading gives the alternative: half of it"]
