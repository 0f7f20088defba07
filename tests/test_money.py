from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awards import money
from awards.money import Rounding

AMOUNTS = st.integers(-(10**12), 10**12)
FACTORS = st.fractions(0, 5, max_denominator=1000)


@given(AMOUNTS)
def test_fen_and_yuan_are_inverse(amount: int) -> None:
    assert money.fen(money.yuan(amount)) == amount
    assert money.fen(str(money.yuan(amount))) == amount
    assert money.yuan(amount).as_tuple().exponent == -2


@given(AMOUNTS)
def test_what_is_shown_is_the_amount(amount: int) -> None:
    assert money.fen(money.show(amount).replace(",", "")) == amount


def test_show() -> None:
    """
    fen       | shown
    0         | 0
    1         | 0.01
    100       | 1
    250050    | 2,500.50
    -250050   | -2,500.50
    -5        | -0.05
    63450000  | 634,500
    """
    assert [money.show(amount) for amount in (0, 1, 100, 250050, -250050, -5, 63450000)] == [
        *("0", "0.01", "1", "2,500.50", "-2,500.50", "-0.05", "634,500")
    ]


@pytest.mark.parametrize("text", ["", "x", "NaN", "Infinity", "1,000", "None"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=f"^{text!r} is not an amount$"):
        money.fen(text)


@pytest.mark.parametrize("part", ["0.001", "2500.505", "-0.009"])
def test_a_part_of_a_fen_is_refused(part: str) -> None:
    with pytest.raises(ValueError, match=f"^{part} yuan is not a whole number of fen$"):
        money.fen(part)


@pytest.mark.parametrize(
    ("amount", "factor", "rounding", "to", "product"),
    [
        (2000000, Fraction(1, 2), None, 1, 1000000),
        (1, Fraction(1, 2), "half_up", 1, 1),
        (-1, Fraction(1, 2), "half_up", 1, -1),
        (1, Fraction(1, 2), "down", 1, 0),
        (1, Fraction(1, 3), "up", 1, 1),
        (100, Fraction(2, 3), "half_up", 1, 67),  # 0.666… yuan
        (1234500, Fraction(1), "half_up", 10000, 1230000),  # 12,345 to the hundred
        (1235000, Fraction(1), "half_up", 10000, 1240000),  # 12,350: an exact half goes up
        (1000001, Fraction(1), "up", 100, 1000100),
        (1000099, Fraction(1), "down", 100, 1000000),
    ],
)
def test_times(
    amount: int, factor: Fraction, rounding: Rounding | None, to: int, product: int
) -> None:
    assert money.times(amount, factor, rounding, to) == product


@given(AMOUNTS, FACTORS)
def test_an_inexact_product_needs_a_rounding(amount: int, factor: Fraction) -> None:
    exact = Fraction(amount) * factor
    if exact.denominator == 1:
        assert money.times(amount, factor) == exact
    else:
        with pytest.raises(ValueError, match="leaves a part of a fen and no rounding is stated"):
            money.times(amount, factor)


@given(AMOUNTS, FACTORS, st.sampled_from((1, 10, 100, 10000)))
def test_rounding_stays_within_one_unit(amount: int, factor: Fraction, to: int) -> None:
    exact = Fraction(amount) * factor
    half, down, up = (money.times(amount, factor, mode, to) for mode in ("half_up", "down", "up"))
    assert abs(down) <= abs(exact) <= abs(up)
    assert abs(half - exact) * 2 <= to
    assert half in (down, up)
    assert up - down in (0, to, -to)
    assert all(each % to == 0 for each in (half, down, up))


@given(AMOUNTS)
def test_half_of_everything_is_exact_decimal(amount: int) -> None:
    assert money.yuan(money.times(amount * 2, Fraction(1, 2))) == Decimal(amount) / 100
