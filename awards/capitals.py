"""Yuan in Chinese capitals, as they stand on a payment document: 人民币壹万元整.

The rules are those of 正确填写票据和结算凭证的基本规定, the annex of 支付结算办法
(银发〔1997〕393号):

- yuan without jiao and fen end in 整; with fen nothing follows;
- zeros within the figure are one 零 (item 4, first and second case);
- where the place of 万 or of 元 is zero and the next is not, 零 may be written or left out
  (third case). The annex writes it in one of the two places; ``zero`` says in which;
- no jiao but fen: 零 after 元 (fourth case).

>>> from decimal import Decimal
>>> capitals(Decimal("107000.53")), capitals(Decimal("107000.53"), zero="wan")
('人民币壹拾万柒仟元零伍角叁分', '人民币壹拾万零柒仟元伍角叁分')
>>> capitals(Decimal("10050.10")), capitals(Decimal("325.04")), capitals(Decimal(634500))
('人民币壹万零伍拾元零壹角', '人民币叁佰贰拾伍元零肆分', '人民币陆拾叁万肆仟伍佰元整')
"""

from decimal import Decimal
from typing import Literal

from awards import money

Zero = Literal["yuan", "wan"]
"""Where a zero that may be left out is written: after 元, or after 万 and 亿."""

DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("仟", "佰", "拾", "")
SECTION = 10**4
WAN, YI = SECTION, SECTION**2


def capitals(yuan: Decimal, *, zero: Zero = "yuan") -> str:
    """*yuan* in capitals with 人民币 before them, exact to the fen.

    ValueError for a part of a fen, for less than nothing, and from 亿亿 yuan upwards, for which
    there is no unit.

    >>> capitals(Decimal(0)), capitals(Decimal("0.50"))
    ('人民币零元整', '人民币伍角')
    >>> capitals(Decimal("-1"))
    Traceback (most recent call last):
    ValueError: -1 yuan cannot be written in capitals
    """
    whole, rest = divmod(money.fen(yuan), 100)
    if yuan < 0 or whole >= YI * YI:
        raise ValueError(f"{yuan} yuan cannot be written in capitals")
    jiao, fen = divmod(rest, 10)
    said = f"{_number(whole, zero)}元" if whole or not rest else ""
    if not rest:
        return f"人民币{said}整"
    if whole and ((not jiao) or (whole % 10 == 0 and zero == "yuan")):
        said += "零"
    said += f"{DIGITS[jiao]}角" if jiao else ""
    return f"人民币{said}" + (f"{DIGITS[fen]}分" if fen else "")


def _number(value: int, zero: Zero) -> str:
    """A whole number below 亿亿; *zero* as in :func:`capitals`."""
    for unit, name in ((YI, "亿"), (WAN, "万")):
        head, tail = divmod(value, unit)
        if head:
            said = f"{_number(head, zero)}{name}"
            if not tail:
                return said
            return said + _link(head, tail, unit, zero) + _number(tail, zero)
    return _section(value)


def _link(head: int, tail: int, unit: int, zero: Zero) -> str:
    """The 零 between *head* and *tail*: needed where places are missing, else as *zero* says."""
    if tail * 10 < unit:
        return DIGITS[0]
    return DIGITS[0] if head % 10 == 0 and zero == "wan" else ""


def _section(value: int) -> str:
    """Up to four digits; zeros within them are one 零, those at the end none."""
    said = ""
    for digit, place in zip(f"{value:04d}", PLACES, strict=True):
        if digit != "0":
            said += DIGITS[int(digit)] + place
        elif said and not said.endswith(DIGITS[0]):
            said += DIGITS[0]
    return said.rstrip(DIGITS[0]) or DIGITS[0]
