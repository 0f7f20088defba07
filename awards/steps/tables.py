"""Crosstabs: amounts nested by key, and how a value finds its key.

>>> table = {"national": {"1": 500, "2-3": 300}, "any": {"1": 100}}
>>> look_up(table, ["national", 3]), look_up(table, ["school", 1]), look_up(table, ["national", 9])
(300, 100, None)
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

from awards import money
from awards.records import Value
from awards.steps.base import hundredths

BAND = re.compile(r"(\d+)(?:(-)(\d*))?")
ANY = "any"


def table(given: Any) -> Any:
    """Nested tables with every figure in hundredths; ValueError with a line for each bad one.

    >>> table({"national": {"first": "?", "second": -1}})
    Traceback (most recent call last):
    ValueError: amounts.national.first: '?' is not an amount: a number, without quotes
    amounts.national.second: -1 is negative
    """
    faults: list[str] = []
    read = _figures(given, "amounts", faults)
    if faults:
        raise ValueError("\n".join(faults))
    return read


def _figures(given: Any, path: str, faults: list[str]) -> Any:
    if isinstance(given, Mapping):
        return {str(key): _figures(each, f"{path}.{key}", faults) for key, each in given.items()}
    try:
        return hundredths(given)
    except (ValueError, TypeError) as error:
        faults.append(f"{path}: {error}")
        return None


def _yuan(entry: Any) -> Any:
    """The table as a file states it."""
    if isinstance(entry, Mapping):
        return {key: _yuan(each) for key, each in entry.items()}
    return str(money.yuan(entry))


Table = Annotated[
    Mapping[str, Any],
    BeforeValidator(table),
    PlainSerializer(_yuan),
    WithJsonSchema({"type": "object", "additionalProperties": {"type": ["number", "object"]}}),
]
"""Amounts nested by key, one level for each column of a crosstab."""


def cells(
    entries: Mapping[str, Any], depth: int, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Each entry of a table of *depth* levels, with its path of keys."""
    for key, entry in entries.items():
        if isinstance(entry, Mapping) and depth > 1:
            yield from cells(entry, depth - 1, (*path, key))
        else:
            yield (*path, key), entry


def check_depth(entries: Mapping[str, Any], by: Sequence[str]) -> None:
    """ValueError where a table does not nest one level for each column of *by*."""
    for path, leaf in cells(entries, len(by)):
        if isinstance(leaf, Mapping) or len(path) != len(by):
            wanted = ", ".join(by)
            raise ValueError(f"amounts.{'.'.join(path)} does not nest as by says ({wanted})")


def look_up(entries: Any, values: Sequence[Value]) -> Any:
    """The entry for *values*, one for each level; None where no cell fits."""
    for value in values:
        key = find_key(entries, value)
        if key is None:
            return None
        entries = entries[key]
    return entries


def find_key(entries: Mapping[str, object], value: Value) -> str | None:
    """The key that *value* falls under: itself, a band of whole numbers, or ``any``."""
    if isinstance(value, int) and not isinstance(value, bool):
        for key in entries:
            if (band := BAND.fullmatch(key)) and _within(value, band):
                return key
    elif str(value) in entries:
        return str(value)
    return ANY if ANY in entries else None


def is_general(key: str) -> bool:
    """Whether *key* is a band or ``any``, not a word."""
    return key == ANY or BAND.fullmatch(key) is not None


def _within(value: int, band: re.Match[str]) -> bool:
    low, dash, high = band.groups()
    return value == int(low) if not dash else int(low) <= value <= (int(high) if high else value)
