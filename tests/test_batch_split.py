"""Rows in chunks of people, and places found by hash: held against the plainest way to say it."""

from collections import Counter
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import awards
from awards.batch import distinct, split, threads
from awards.steps import Step
from awards.steps.once import Once
from awards.steps.unfold import Unfold
from tests.agreement import agree
from tests.tables import JILIN

ONCE = Once.model_validate({"do": "once", "clause": "c", "keys": ["person", "event"]})
OTHER = Once.model_validate({"do": "once", "clause": "c", "keys": ["work"]})
ADDING = Unfold.model_validate(
    {"do": "unfold", "clause": "c", "new_part": "placing", "column": "p"}
)


def cut(people: list[int], rows: list[int] | None = None) -> list[list[int]]:
    """The places in each chunk, among *rows* if some are named."""
    with patch.object(split, "LEAST", 1), patch("os.cpu_count", lambda: 4):
        found = split.chunks(np.array(people, np.int32))
        found = found.among(np.arange(len(people)) if rows is None else np.array(rows))
    return [found[number].tolist() for number in range(found.count)]


@given(st.lists(st.integers(-1, 9), min_size=2, max_size=40), st.data())
def test_a_person_is_in_one_chunk(people: list[int], data: st.DataObject) -> None:
    rows = sorted(data.draw(st.sets(st.integers(0, len(people) - 1), min_size=2)))
    found = cut(people, rows)
    assert sorted(place for chunk in found for place in chunk) == [*range(len(rows))]
    assert all(chunk == sorted(chunk) for chunk in found)
    where = {(people[rows[place]], n) for n, chunk in enumerate(found) for place in chunk}
    assert max(Counter(who for who, _ in where if who >= 0).values(), default=1) == 1


def test_rows_that_name_nobody_are_spread() -> None:
    assert [len(chunk) for chunk in cut([-1] * 40)] == [10, 10, 10, 10]


def test_few_rows_stay_together() -> None:
    assert split.chunks(np.arange(40, dtype=np.int32)).count == 1
    with patch("os.cpu_count", lambda: 3):
        many = split.chunks(np.arange(2 * split.LEAST, dtype=np.int32))
    assert many.count == 4
    assert many.among(np.arange(40)).count == 1


def test_steps_that_keep_to_a_person() -> None:
    assert split.are_apart([ONCE])
    assert split.are_apart([])


@pytest.mark.parametrize("steps", [[ONCE, OTHER], [OTHER], [ONCE, ADDING], [ADDING]])
def test_steps_that_look_beyond_a_person_or_add_lines(steps: list[Step]) -> None:
    assert not split.are_apart(steps)


def test_keys_that_a_step_sets_hold_nothing_together() -> None:
    class Naming(Once):
        def sets(self) -> frozenset[str]:
            return frozenset(("person",))

    naming = Naming.model_validate(ONCE.model_dump(exclude_defaults=True))
    assert not split.are_apart([ONCE, naming])


@given(st.data())
def test_distinct_digits(data: st.DataObject) -> None:
    """Block by block on several cores, and all at once where there are very many cases."""
    count = data.draw(st.integers(0, 30))
    codes = st.lists(st.integers(-1, 2), min_size=count, max_size=count)
    columns = [np.array(data.draw(codes), np.int32) for _ in range(3)]
    table = np.array([2, 0, 2, 1], np.int32)
    digits = [distinct.Digits(each, 4) for each in columns[:2]]
    digits.append(distinct.Digits(columns[2], 3, table))
    told = list(zip(*(each.at(slice(None)).tolist() for each in digits), strict=True))
    cases = sorted(set(told))
    with patch.object(threads, "MANY", 1), patch.object(threads, "BLOCK", 4):
        for flat in (distinct.FLAT, 1):
            with patch.object(distinct, "FLAT", flat):
                numbers, first = distinct.distinct_digits(digits, count)
            assert first.tolist() == [told.index(told[row]) for row in first]
            assert sorted(told[row] for row in first) == cases
            assert [told[first[number]] for number in numbers] == told


HASHES = st.lists(st.integers(0, 3).map(lambda n: n << 62) | st.integers(0, 7), max_size=30)


@given(HASHES)
def test_places_of_hashes_that_come_again(hashes: list[int]) -> None:
    """Most begin with the same bits, so that few find their equal at first."""
    again = [place for place, each in enumerate(hashes) if hashes.count(each) > 1]
    told = np.array(hashes, np.uint64)
    assert distinct.shared(told).tolist() == again
    with patch.object(distinct, "NEAR", 4):
        assert distinct.shared(told).tolist() == again


@given(HASHES)
def test_all_kinds_of_hashes_are_there(hashes: list[int]) -> None:
    found = distinct.all_kinds(np.array(hashes, np.uint64)).tolist()
    assert {hashes[place] for place in found} == set(hashes)


@pytest.mark.parametrize("count", [distinct.WIDE, distinct.WIDE + 1, 40])
def test_a_person_with_very_many_prizes(count: int) -> None:
    """Wide groups are compared by their order too, each as it stands."""
    prizes = ("三等奖", "一等奖", "二等奖", "三等奖", "二等奖")
    rows = [
        {
            "year": 2023,
            "competition": "全省职业院校技能大赛",
            "level": level,
            "event": "焊接",
            "prize": prizes[(n + shift) % 5],
            "person": person,
            "role": "学生",
            "row": None,
            "organizer": "official",
            "school": "甲校",
            "team": f"{n}队",
        }
        for person, level, shift in (("赵甲", "省级", 0), ("钱乙", "市级", 0), ("孙丙", "省级", 1))
        for n in range(count)
    ]
    agree(rows, awards.load_schedule(JILIN))
