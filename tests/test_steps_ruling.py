from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from awards import money
from awards.steps import Ruling
from tests.steps import AMOUNTS, effects, outcomes

OPTIONS = {
    "national": {"says": {"zh": "国家级", "en": "national"}, "set": {"level": "national"}},
    "none": {"says": {"zh": "不发", "en": "not paid"}, "not_paid": "not_covered"},
}


def ruling(**said: Any) -> Ruling:
    sound = {
        "do": "ruling",
        "clause": "c",
        "question": "abroad",
        "ask": "Which level?",
        "reason": "no_match",
        "options": OPTIONS,
    }
    return Ruling.model_validate({**sound, **said})


def test_without_an_answer_the_row_waits() -> None:
    (effect,) = effects(ruling(), [{"ruling.abroad": None}])
    assert effect.end
    assert (effect.end.status, effect.end.reason) == ("needs_ruling", "no_match")
    assert effect.end.question == "abroad"


def test_an_answer_is_carried_out() -> None:
    step = ruling(amount=True)
    cases = [{"ruling.abroad": answer} for answer in ("national", "none", "5000.50", "0")]
    assert outcomes(step, cases) == ["-", "not_covered", "5000.50", "0"]
    assert effects(step, cases)[0].set == {"level": "national"}


def test_an_amount_may_be_in_another_unit() -> None:
    step = ruling(options={}, amount=True, unit="分")
    assert effects(step, [{"ruling.abroad": "3"}])[0].set == {"amount": 300, "unit": "分"}


def test_who_decided_and_when_is_told() -> None:
    case = {"ruling.abroad": "none", "ruling.abroad.by": "评审组", "ruling.abroad.on": None}
    (effect,) = effects(ruling(), [case])
    assert effect.note
    assert effect.note.values == {"question": "abroad", "answer": "none", "by": "评审组"}


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        *(("national", "national"), ("国家级", "national"), (" National ", "national")),
        *(("国家级（national）", "national"), ("不发", "none")),
        *(("5000", "5000.00"), ("5,000元", "5000.00"), ("0", "0.00")),
    ],
)
def test_an_answer_in_words(text: str, answer: str) -> None:
    assert ruling(amount=True).answer(text) == answer


@pytest.mark.parametrize("text", ["省级", "", "-5", "1/2"])
def test_what_is_no_answer(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # whatever it says, the user is told the options
        ruling(amount=True).answer(text)


def test_an_amount_is_no_answer_where_it_is_not_asked_for() -> None:
    with pytest.raises(ValueError, match=r"^5000$"):
        ruling().answer("5000")


@given(AMOUNTS)
def test_an_amount_that_is_ruled_is_paid_to_the_fen(amount: int) -> None:
    step = ruling(options={}, amount=True)
    answer = step.answer(str(money.yuan(amount)))
    assert effects(step, [{"ruling.abroad": answer}])[0].set["amount"] == amount


@given(st.lists(st.sampled_from(("national", "none", None))))
def test_each_row_has_its_own_answer(answers: list[str | None]) -> None:
    cases = [{"ruling.abroad": answer} for answer in answers]
    waits = [effect.end and effect.end.status for effect in effects(ruling(), cases)]
    meant = {"national": None, "none": "not_paid", None: "needs_ruling"}
    assert waits == [meant[answer] for answer in answers]


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"options": {}}, "a ruling needs options, or amount = true"),
        ({"options": {"a": {"says": "x"}}}, "an option either sets columns or says not_paid"),
        (
            {"options": {"a": {"says": "x", "set": {"level": "school"}, "not_paid": "excluded"}}},
            "an option either sets columns or says not_paid with a reason",
        ),
        ({"reason": "not_covered"}, "reason"),  # that is no reason to wait
    ],
)
def test_what_is_refused(said: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        ruling(**said)
