"""Amounts in capitals: the annex's own examples, and a round trip against an independent reader."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awards.capitals import Zero, capitals

EXAMPLES = """
1409.50   | 人民币壹仟肆佰零玖元伍角           |
6007.14   | 人民币陆仟零柒元壹角肆分           |
1680.32   | 人民币壹仟陆佰捌拾元零叁角贰分     | 人民币壹仟陆佰捌拾元叁角贰分
107000.53 | 人民币壹拾万柒仟元零伍角叁分       | 人民币壹拾万零柒仟元伍角叁分
16409.02  | 人民币壹万陆仟肆佰零玖元零贰分     |
325.04    | 人民币叁佰贰拾伍元零肆分           |
"""
"""支付结算办法 附件 四(一)–(四): the amount, the first and the second way to write it."""

OTHERS = """
0               | 人民币零元整
0.01            | 人民币壹分
0.50            | 人民币伍角
10              | 人民币壹拾元整
10.05           | 人民币壹拾元零伍分
10050.10        | 人民币壹万零伍拾元零壹角
100000          | 人民币壹拾万元整
1005000         | 人民币壹佰万伍仟元整
100000500       | 人民币壹亿零伍佰元整
200010000       | 人民币贰亿零壹万元整
10500000000     | 人民币壹佰零伍亿元整
1000000000000   | 人民币壹万亿元整
9999999999999999.99 | 人民币玖仟玖佰玖拾玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分
"""


def rows(text: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]


@pytest.mark.parametrize(("amount", "first", "second"), rows(EXAMPLES))
def test_the_examples_of_the_annex(amount: str, first: str, second: str) -> None:
    assert capitals(Decimal(amount)) == first
    assert capitals(Decimal(amount), zero="wan") == (second or first)


@pytest.mark.parametrize(("amount", "said"), rows(OTHERS))
def test_other_amounts(amount: str, said: str) -> None:
    assert capitals(Decimal(amount)) == said


@pytest.mark.parametrize("amount", ["-0.01", "0.005", "10000000000000000"])
def test_what_cannot_be_written_is_refused(amount: str) -> None:
    with pytest.raises(ValueError, match="yuan"):
        capitals(Decimal(amount))


DIGITS = "零壹贰叁肆伍陆柒捌玖"
UNITS = {"拾": 10, "佰": 100, "仟": 1000}


def read(text: str) -> Decimal:
    """The yuan that *text* says, heard from left to right as a person does: 零 adds nothing."""
    total = section = digit = fen = 0
    for character in text.removeprefix("人民币").removesuffix("整"):
        if character in DIGITS:
            digit = DIGITS.index(character)
            continue
        if character in UNITS:
            section += digit * UNITS[character]
        elif character == "万":
            total, section = total + (section + digit) * 10**4, 0
        elif character == "亿":
            total, section = (total + section + digit) * 10**8, 0
        elif character == "元":
            total, section = total + section + digit, 0
        else:
            fen += digit * {"角": 10, "分": 1}[character]
        digit = 0
    return Decimal(total * 100 + fen) / 100


WIDE = st.one_of(
    st.integers(0, 10**18 - 1),
    st.integers(0, 10**9),
    st.lists(st.sampled_from("00019"), min_size=1, max_size=18).map(
        lambda each: int("".join(each))
    ),
)


@given(WIDE, st.sampled_from(["yuan", "wan"]))
def test_round_trip_against_an_independent_reader(fen: int, zero: Zero) -> None:
    said = capitals(Decimal(fen) / 100, zero=zero)
    assert read(said) == Decimal(fen) / 100
    assert "零零" not in said
    assert said.endswith("整") == (fen % 100 == 0)
