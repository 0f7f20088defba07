from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awards.records import Value
from awards.steps import tables

BANDS = {"1": 500, "2-3": 300, "9-": 50}


@pytest.mark.parametrize(
    ("entries", "value", "key"),
    [
        *((BANDS, 1, "1"), (BANDS, 2, "2-3"), (BANDS, 3, "2-3"), (BANDS, 4, None)),
        *((BANDS, 9, "9-"), (BANDS, 999, "9-"), (BANDS, 0, None), (BANDS, "1", "1")),
        *((BANDS, True, None), (BANDS, "2", None), (BANDS, None, None)),
        *(({"first": 1, "any": 2}, "first", "first"), ({"first": 1, "any": 2}, "merit", "any")),
        *(({"first": 1}, "merit", None), ({**BANDS, "any": 2}, 4, "any")),
        *(({"1": 1, "any": 2}, None, "any"), ({}, "first", None)),
    ],
)
def test_the_key_that_a_value_falls_under(
    entries: dict[str, int], value: Value, key: str | None
) -> None:
    assert tables.find_key(entries, value) == key


@pytest.mark.parametrize(
    ("values", "amount"),
    [
        (["national", 1], 500),
        (["national", 4], None),
        (["county", 1], 100),
        (["county", 2], None),
        ([], {"national": BANDS, "any": {"1": 100}}),
    ],
)
def test_look_up(values: list[Value], amount: Any) -> None:
    assert tables.look_up({"national": BANDS, "any": {"1": 100}}, values) == amount


@pytest.mark.parametrize(
    ("key", "general"),
    [("any", True), ("1", True), ("2-3", True), ("9-", True), ("first", False), ("-3", False)],
)
def test_bands_and_any_are_no_words(key: str, general: bool) -> None:
    assert tables.is_general(key) is general


def test_cells_come_with_their_paths() -> None:
    entries = {"national": {"first": 2, "second": 1}, "county": {"first": 0}}
    assert list(tables.cells(entries, 2)) == [
        (("national", "first"), 2),
        (("national", "second"), 1),
        (("county", "first"), 0),
    ]


def test_every_bad_figure_is_told_with_its_path() -> None:
    bad = {"a": {"b": "1", "c": Decimal("0.001")}, "d": True, "e": -2, "f": 3}
    with pytest.raises(ValueError, match=r"amounts\.a\.b") as error:
        tables.table(bad)
    assert str(error.value).splitlines() == [
        "amounts.a.b: '1' is not an amount: a number, without quotes",
        "amounts.a.c: 0.001 yuan is not a whole number of fen",
        "amounts.d: True is not an amount: a number, without quotes",
        "amounts.e: -2 is negative",
    ]


@pytest.mark.parametrize(
    ("entries", "by", "message"),
    [
        ({"a": 1}, ["x"], None),
        ({"a": {"b": 1}}, ["x", "y"], None),
        ({}, [], None),
        ({"a": {"b": 1}}, ["x"], r"^amounts\.a does not nest as by says \(x\)$"),
        ({"a": 1, "b": {"c": 2}}, ["x", "y"], r"^amounts\.a does not nest as by says \(x, y\)$"),
        ({"a": {"b": {"c": 2}}}, ["x", "y"], r"^amounts\.a\.b does not nest as by says"),
    ],
)
def test_a_table_nests_one_level_for_each_column(
    entries: dict[str, Any], by: list[str], message: str | None
) -> None:
    if message is None:
        tables.check_depth(entries, by)
    else:
        with pytest.raises(ValueError, match=message):
            tables.check_depth(entries, by)


@given(st.integers(0, 99), st.integers(0, 99), st.integers(0, 200))
def test_a_band_holds_both_its_ends_and_what_lies_between(one: int, other: int, value: int) -> None:
    low, high = sorted((one, other))
    found = tables.find_key({f"{low}-{high}": 1, f"{high + 1}-": 2}, value)
    expected = None if value < low else f"{low}-{high}" if value <= high else f"{high + 1}-"
    assert found == expected


FIGURES = st.decimals(0, 10**6, places=2)
TABLES = st.dictionaries(
    st.sampled_from(("a", "b", "c")),
    st.dictionaries(st.sampled_from(("x", "y")), FIGURES, min_size=1),
    min_size=1,
)


@given(TABLES)
def test_every_figure_is_found_again_in_hundredths(entries: dict[str, dict[str, Decimal]]) -> None:
    read = tables.table(entries)
    tables.check_depth(read, ["one", "two"])
    for path, amount in tables.cells(read, 2):
        one, two = path
        assert tables.look_up(read, path) == amount == entries[one][two] * 100
    assert len(list(tables.cells(read, 2))) == sum(map(len, entries.values()))
