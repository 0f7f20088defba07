from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from awards.records import Unread, Value, frozen
from awards.steps import Rate
from tests.steps import AMOUNTS, Case, after, check, effects, outcomes

YUAN: dict[str, dict[str, int | Decimal]] = {
    "national": {"first": 20_000, "second": 15_000, "third": Decimal("12000.5")},
    "provincial": {"first": 10_000, "second": 8_000},
}


def rate(**said: Any) -> Rate:
    sound = {"do": "rate", "clause": "c", "by": ["level", "prize"], "amounts": YUAN}
    return Rate.model_validate({**sound, **said})


def test_a_crosstab() -> None:
    """
    person | level      | prize  | amount | comes to
    赵甲   | national   | first  |        | 20000
    赵甲   | national   | third  |        | 12000.50
    赵甲   | provincial | second |        | 8000
    赵甲   | provincial | third  |        | no_match
    赵甲   | county     | first  |        | no_match
    赵甲   | county     | first  | 700    | 700
    赵甲   | national   | merit  |        | below_lowest_prize
    赵甲   | county     | merit  |        | below_lowest_prize
    赵甲   | national   |        |        | prize
    赵甲   |            |        |        | level, prize
           | national   | first  |        | person
    """
    check(rate(below=["merit"]), test_a_crosstab)


def test_what_the_rest_get() -> None:
    """
    person | level    | prize | amount | comes to
    赵甲   | national | merit |        | below_lowest_prize
    赵甲   | national | gold  |        | not_covered
    赵甲   | county   | first |        | not_covered
    """
    check(rate(below=["merit"], otherwise="not_covered"), test_what_the_rest_get)


def test_bands_of_placings_and_any() -> None:
    """
    person | level    | placing | amount | comes to
    赵甲   | national | 1       |        | 500
    赵甲   | national | 2       |        | 300
    赵甲   | national | 3       |        | 300
    赵甲   | national | 8       |        | 100
    赵甲   | national | 9       |        | below_lowest_prize
    赵甲   | national | 99      |        | below_lowest_prize
    赵甲   | county   | 1       |        | 50
    赵甲   | county   | 99      |        | 50
    """
    amounts = {"national": {"1": 500, "2-3": 300, "4-8": 100}, "any": {"any": 50}}
    step = rate(by=["level", "placing"], amounts=amounts, below=["9-"])
    check(step, test_bands_of_placings_and_any)


def test_a_word_that_is_not_known_is_as_good_as_blank() -> None:
    case = {"person": "赵甲", "level": "national", "prize": Unread("一等桨")}
    assert outcomes(rate(), [case]) == ["prize"]


def test_whoever_the_row_is_about() -> None:
    """
    person | payee | level    | prize | amount | comes to
           | 甲队  | national | first |        | 20000
    赵甲   | 赵甲  | national | first |        | 20000
           |       | national | first |        | payee
    """
    check(rate(to="payee"), test_whoever_the_row_is_about)


def won(level: Any = "national", prize: Any = "first", **more: Any) -> Case:
    who = {"person": "赵甲", "payee": "赵甲", "school": "甲中专", "amount": None}
    return {**who, "level": level, "prize": prize, **more}


def test_a_school_has_one_award_for_a_group() -> None:
    """On a line of its own, the highest that any of its rows comes to"""
    step = rate(to="school", keys=["school", "event"], new_part="school")
    found = effects(step, [won(prize="second"), won(), won(prize="third")])
    assert [len(effect.more) for effect in found] == [0, 1, 0]
    who = {"part": "school", "payee": "甲中专", "kind": "org"}
    assert found[1].more[0].set == {**who, "amount": 2_000_000, "unit": "yuan"}
    assert outcomes(step, [won()]) == ["-"]  # the row itself is left as it is


def test_a_component_beside_the_award() -> None:
    (effect,) = effects(rate(new_part="points", unit="分"), [won(amount=100)])
    assert not effect.set
    (line,) = effect.more
    assert line.set == {"part": "points", "amount": 2_000_000, "unit": "分"}


def test_a_component_called_by_a_name() -> None:
    step = rate(new_part="coaches", to="payee", named={"fixed": "教练组"})
    (line,) = effects(step, [won()])[0].more
    assert (line.set["payee"], line.set["kind"]) == ("教练组", "unstated_split")


def test_a_component_that_nothing_is_paid_for_and_one_at_fault() -> None:
    step = rate(new_part="points", below=["merit"])
    below, fault = effects(step, [won(prize="merit"), {**won(), "level": None}])
    assert below.more[0].end
    assert below.more[0].end.reason == "below_lowest_prize"
    assert not fault.more
    assert fault.end
    assert fault.end.blank == ("level",)


def test_a_clause_for_each_first_key() -> None:
    step = rate(clause={"national": "a", "provincial": "b"})
    cases = [won(), won("provincial"), won("county"), won("provincial", "third")]
    assert [effect.clause for effect in effects(step, cases)] == ["a", "b", "a", "b"]
    assert step.clauses() == {"a", "b"}


def given_rate(**said: Any) -> Rate:
    sound = {"do": "rate", "clause": "c", "given": "list", "by": ["level", "prize"]}
    return Rate.model_validate({**sound, **said})


def test_a_table_that_is_given() -> None:
    """Its words may be spelled as people spell them"""
    listed = {"国赛": {"一等奖": 6000, "二等": 3000}, "provincial": {"first": 100}}
    row = {"given.list": frozen(listed)}
    cases = [won(**row), won(prize="second", **row), won("provincial", **row), won("county", **row)]
    assert outcomes(given_rate(), cases) == ["6000", "3000", "100", "no_match"]
    assert outcomes(given_rate(), [won()]) == ["given.list"]
    assert outcomes(given_rate(by=[]), [won(**{"given.list": 250})]) == ["250"]


def test_words_that_it_mentions() -> None:
    step = rate(by=["prize", "placing"], amounts={"first": {"1": 1, "2-": 2}, "any": {"any": 3}})
    assert step.words() == [("prize", "first"), ("prize", "first")]
    assert set(rate(below=["merit"]).words()) > {("level", "national"), ("prize", "merit")}


LEVELS = st.sampled_from(("national", "provincial", "county", None))
PRIZES = st.sampled_from(("first", "second", "third", "merit", None))


@given(st.lists(st.tuples(LEVELS, PRIZES)), st.sampled_from((None, "not_covered")))
def test_a_row_has_an_amount_of_the_table_or_an_end(
    rows: list[tuple[str | None, str | None]], otherwise: str | None
) -> None:
    """Nothing is made up, and each row alone decides what it comes to"""
    step = rate(below=["merit"], otherwise=otherwise)
    cases = [{**won(), "level": level, "prize": prize} for level, prize in rows]
    for case, effect in zip(cases, effects(step, cases), strict=True):
        assert (effect.end is None) == ("amount" in effect.set)
        assert effects(step, [case]) == [effect]
        if not effect.end:
            figures = YUAN[str(case["level"])]
            assert effect.set["amount"] == figures[str(case["prize"])] * 100


@given(st.lists(st.sampled_from(("first", "second", "third", "merit")), min_size=1), st.randoms())
def test_a_group_has_one_award_whatever_the_order_of_its_rows(
    prizes: list[str], chance: Any
) -> None:
    step = rate(to="school", keys=["school"], new_part="school", below=["merit"])
    cases = [won(prize=prize) for prize in prizes]
    shuffled = list(cases)
    chance.shuffle(shuffled)

    def lines(rows: list[Case]) -> list[Value]:
        return [line.set.get("amount") for each in effects(step, rows) for line in each.more]

    assert len(lines(cases)) == 1
    assert lines(cases) == lines(shuffled)


@given(AMOUNTS)
def test_an_amount_that_is_there_already_stays(amount: int) -> None:
    assert after(rate(), [won(amount=amount), won("county", amount=amount)]) == [amount, amount]


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"amounts": {}}, "a rate has either amounts or the name of a given table"),
        ({"given": "list"}, "a rate has either amounts or the name of a given table"),
        ({"by": [], "amounts": {"first": 1}}, "a rate says by which columns it is looked up"),
        ({"by": ["prize"]}, r"amounts\.national does not nest as by says \(prize\)"),
        ({"by": ["a", "b", "c"]}, r"does not nest as by says \(a, b, c\)"),
        (
            {"clause": {"national": "a"}},
            "a table of clauses has the same first keys as amounts",
        ),
        ({"keys": ["school"]}, "a rate with keys gives lines of their own: say new_part"),
        ({"amounts": {"national": {"first": "1"}}}, r"amounts\.national\.first: '1' is not an"),
        ({"otherwise": "no_match"}, "otherwise"),
    ],
)
def test_what_is_refused(said: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        rate(**said)
