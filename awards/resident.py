"""The numbers of identity cards, as GB 11643 builds them: region, day of birth, order, check digit.

Checked are length, day and check digit. A region that is not in the list is only worth a look:
regions are dissolved and people keep their numbers. Valid too are the numbers of residents from
Hong Kong, Macao and Taiwan, and of foreigners with permanent residence, which are built alike.
"""

import re
from datetime import date
from typing import Literal

from awards.terms import terms

LENGTH = 18
_WEIGHTS = tuple(pow(2, LENGTH - 1 - place, 11) for place in range(LENGTH - 1))
_DIGITS = "10X98765432"
_FORM = re.compile(r"\d{17}[\dX]")

Fault = Literal["id-length", "id-form", "id-date", "id-check-digit", "id-region"]


def fault(number: str) -> Fault | None:
    """What is wrong with *number*, the worst first; None for nothing. ``id-region`` is a doubt.

    The first two are the examples of the standard.

    >>> fault("11010519491231002X"), fault("440524188001010014")
    (None, None)
    >>> fault("110105194912310021"), fault("11010519491331002X"), fault("1101051949123100")
    ('id-check-digit', 'id-date', 'id-length')
    >>> fault("A1010519491231002X"), fault("990105194912310023")
    ('id-form', 'id-region')
    """
    plain = terms().plain(number).upper()
    if len(plain) != LENGTH:
        return "id-length"
    if not _FORM.fullmatch(plain):
        return "id-form"
    if not _is_day(plain[6:14]):
        return "id-date"
    if check_digit(plain[:-1]) != plain[-1]:
        return "id-check-digit"
    return None if plain[:2] in terms().marks["people.regions"] else "id-region"


def check_digit(first: str) -> str:
    """The last character of a number that begins with the seventeen digits *first* (ISO 7064).

    >>> check_digit("11010519491231002")
    'X'
    """
    total = sum(int(digit) * weight for digit, weight in zip(first, _WEIGHTS, strict=True))
    return _DIGITS[total % 11]


def _is_day(text: str) -> bool:
    try:
        date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return False
    return True
