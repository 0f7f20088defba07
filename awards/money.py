"""Amounts that add up: whole fen inside, Decimal yuan at the edges, never a float.

An amount is an ``int`` of hundredths: fen where the unit is yuan, and likewise
hundredths of a point, an hour or a credit where a document pays in those.
"""

from decimal import Decimal
from fractions import Fraction
from typing import Literal

Rounding = Literal["half_up", "down", "up"]
FEN = Decimal("0.01")


def fen(yuan: Decimal | int | str) -> int:
    """The whole fen of *yuan*; ValueError where it has a part of a fen or is no number.

    >>> fen("2500.50"), fen(20000)
    (250050, 2000000)
    >>> fen("0.005")
    Traceback (most recent call last):
    ValueError: 0.005 yuan is not a whole number of fen
    """
    try:
        hundredths = Decimal(yuan) * 100
        whole = int(hundredths)
    except (ArithmeticError, ValueError) as error:
        raise ValueError(f"{yuan!r} is not an amount") from error
    if whole != hundredths:
        raise ValueError(f"{yuan} yuan is not a whole number of fen")
    return whole


def yuan(amount: int) -> Decimal:
    """*amount* fen as Decimal yuan with two places.

    >>> yuan(250050)
    Decimal('2500.50')
    """
    return Decimal(amount).scaleb(-2).quantize(FEN)


def show(amount: int) -> str:
    """*amount* fen as people write yuan: grouped, fen only where there are any.

    >>> show(2000000), show(123456789), show(250050)
    ('20,000', '1,234,567.89', '2,500.50')
    """
    whole, part = divmod(abs(amount), 100)
    text = f"{whole:,}" + (f".{part:02d}" if part else "")
    return f"-{text}" if amount < 0 else text


def digits(value: Fraction, places: int) -> str:
    """*value* with *places* decimals, grouped, half away from zero.

    >>> digits(Fraction(12345, 8), 3), digits(Fraction(-1, 3), 2), digits(Fraction(8000), 0)
    ('1,543.125', '-0.33', '8,000')
    """
    whole, part = divmod(abs(rounded(value * 10**places, "half_up")), 10**places)
    text = f"{whole:,}" + (f".{part:0{places}d}" if places else "")
    return f"-{text}" if value < 0 else text


def times(amount: int, factor: Fraction, rounding: Rounding | None = None, to: int = 1) -> int:
    """*amount* × *factor*, exact; with *rounding*, to a multiple of *to* hundredths.

    Without a stated rounding an inexact product is refused with ValueError: where a
    part of a fen goes is for the document to say.

    >>> times(2000000, Fraction(1, 2))
    1000000
    >>> times(100, Fraction(1, 3), "half_up")
    33
    >>> times(100, Fraction(1, 3))
    Traceback (most recent call last):
    ValueError: 1 × 1/3 leaves a part of a fen and no rounding is stated
    """
    product = amount * factor
    if rounding is None:
        if product.denominator != 1:
            raise ValueError(
                f"{show(amount)} × {factor} leaves a part of a fen and no rounding is stated"
            )
        return product.numerator
    return rounded(product / to, rounding) * to


def rounded(value: Fraction, rounding: Rounding) -> int:
    """*value* as a whole number; exact halves go away from zero under ``half_up``.

    >>> [rounded(Fraction(5, 2), mode) for mode in ("half_up", "down", "up")]
    [3, 2, 3]
    """
    whole, rest = divmod(value.numerator, value.denominator)
    if not rest:
        return whole
    # Decimal would need a precision for thirds; halves, floor and ceiling are exact on integers.
    if value < 0:
        return -rounded(-value, rounding)
    if rounding == "down":
        return whole
    if rounding == "up":
        return whole + 1
    return whole + (2 * rest >= value.denominator)
