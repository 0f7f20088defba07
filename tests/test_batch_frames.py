"""Frames as people have them: every way pandas holds a column, and sizes that hurt."""

from datetime import date
from time import perf_counter
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

import awards
from awards import Place, Roster
from awards.batch import assess_frame
from awards.batch.outcome import frame_of
from awards.batch.runner import run
from awards.problems import OptionError, problem
from awards.records import result_of
from awards.steps import Portion
from awards.terms import terms
from tests.agreement import expected, frame, table
from tests.small import small
from tests.tables import JILIN

SCHEDULE = awards.load_schedule(JILIN)
ROWS: list[dict[str, Any]] = [
    {
        "year": year,
        "date": date(2023, 5, day),
        "competition": "全省职业院校技能大赛",
        "level": level,
        "event": "焊接",
        "prize": prize,
        "person": person,
        "person_id": number,
        "role": "学生",
        "school": "甲校",
    }
    for day, (year, level, prize, person, number) in enumerate(
        (
            (2023, "省级", "一等奖", "赵甲", "20210001"),
            (2023, "省级", "二等奖", "赵甲", "20210001"),
            (2023, None, "三等奖", "钱乙", None),
            (None, "市级", None, "孙丙", "20210003"),
            (2023, "市级", "", None, None),
        ),
        1,
    )
]


def said(held: pd.DataFrame, **options: Any) -> list[dict[str, Any]]:
    return table(assess_frame(held, SCHEDULE, **options))


def right() -> list[dict[str, Any]]:
    return expected(awards.assess(ROWS, SCHEDULE))


@pytest.mark.parametrize(
    "kinds",
    [
        {},
        {"year": "float64"},
        {"year": "Int64", "level": "string", "prize": "category"},
        {"year": "int64[pyarrow]", "level": "string[pyarrow]", "date": "datetime64[ns]"},
        {"level": "category", "person": "category", "person_id": "category", "year": "category"},
        {"prize": "str", "person": "str", "date": "datetime64[s]", "event": "string[python]"},
        {"date": "date32[pyarrow]", "year": "double[pyarrow]", "school": "large_string[pyarrow]"},
    ],
)
def test_however_a_column_is_held(kinds: dict[str, str]) -> None:
    assert said(frame(ROWS).astype(kinds)) == right()


@pytest.mark.parametrize("missing", [None, float("nan"), pd.NA, pd.NaT, "", " "])
def test_a_blank_however_it_is_written(missing: Any) -> None:
    rows = [{**row, "level": missing} for row in ROWS]
    blank = [{**row, "level": None} for row in ROWS]
    assert said(frame(rows)) == expected(awards.assess(blank, SCHEDULE))


def test_a_value_of_the_wrong_type_is_a_problem_of_its_row() -> None:
    rows = [*ROWS, {**ROWS[0], "person": ["赵甲"]}, {**ROWS[0], "date": 3.5, "level": {"a": 1}}]
    assert said(frame(rows)) == expected(awards.assess(rows, SCHEDULE))


def test_numbers_that_no_machine_word_holds() -> None:
    rows = [{**row, "person_id": 10**30 + number} for number, row in enumerate(ROWS)]
    rows += [{**ROWS[0], "person_id": 2**63 - 1, "year": 10**20}]
    assert said(frame(rows)) == expected(awards.assess(rows, SCHEDULE))
    whole = frame(ROWS).assign(person_id=np.array([2**64 - 1] * len(ROWS), np.uint64))
    rows = [{**row, "person_id": 2**64 - 1} for row in ROWS]
    assert said(whole) == expected(awards.assess(rows, SCHEDULE))


def test_the_index_stays_and_says_nothing() -> None:
    held = frame(ROWS)
    held.index = pd.Index([7, 7, 3, 1, 0], name="n")
    outcome = assess_frame(held, SCHEDULE)
    assert outcome.index.equals(held.index)
    assert table(outcome.reset_index(drop=True)) == right()


def test_rows_of_several_years_documents_and_none() -> None:
    rows = [{**ROWS[0], "year": year} for year in (2012, 2023, None, "二〇二三", 2023.0, True)]
    schedule = awards.load_schedule("jilin-city")
    assert table(assess_frame(frame(rows), schedule)) == expected(awards.assess(rows, schedule))


@pytest.mark.parametrize("columns", [[], ["person"], list(ROWS[0])])
def test_no_rows(columns: list[str]) -> None:
    outcome = assess_frame(pd.DataFrame({name: [] for name in columns}), SCHEDULE)
    assert len(outcome) == 0
    assert str(outcome["amount_fen"].dtype) == "Int64"


def test_rows_without_columns() -> None:
    held = pd.DataFrame(index=range(3))
    assert said(held) == expected(awards.assess([{}, {}, {}], SCHEDULE))


def test_two_columns_of_one_name_are_refused() -> None:
    held = frame(ROWS)
    held.columns = pd.Index([*list(held.columns)[:-1], "person"])
    with pytest.raises(OptionError, match="two columns called person"):
        assess_frame(held, SCHEDULE)


def test_a_frame_of_earlier_payments() -> None:
    paid = [{**ROWS[0], "amount": "3,000元"}, {**ROWS[2], "amount": None}]
    assert said(frame(ROWS), ledger=frame(paid)) == expected(
        awards.assess(ROWS, SCHEDULE, ledger=paid)
    )


def streamed() -> "pa.Table":
    """The rows as other libraries hold texts: as views, and each once under an unsigned number."""
    table = pa.Table.from_pandas(frame(ROWS), preserve_index=False)
    listed = pa.dictionary(pa.uint32(), pa.string_view())
    kinds = {"level": pa.string_view(), "person": pa.string_view(), "prize": listed, "role": listed}
    for name, kind in kinds.items():
        texts: Any = table.column(name).combine_chunks()
        if kind == listed:
            known = texts.dictionary_encode()
            view = known.dictionary.cast(pa.string_view())
            texts = pa.DictionaryArray.from_arrays(known.indices.cast(pa.uint32()), view)
        else:
            texts = texts.cast(kind)
        table = table.set_column(table.column_names.index(name), name, texts)
    return table


class Stream:
    """A frame of which nothing is known but that it hands its columns over."""

    def __init__(self, table: "pa.Table") -> None:
        self._table = table

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        told: object = self._table.__arrow_c_stream__(requested_schema)  # type: ignore[no-untyped-call]
        return told


def test_a_frame_of_another_library() -> None:
    paid = [{**ROWS[0], "amount": "3,000元"}]
    want = assess_frame(frame(ROWS), SCHEDULE, ledger=frame(paid))
    for given in (streamed(), Stream(streamed())):
        told = assess_frame(given, SCHEDULE, ledger=pa.Table.from_pandas(frame(paid)))
        assert told.column_names == ["row_id", *want.columns]
        assert told.column("row_id").to_pylist() == [*range(len(ROWS))]
        for name in want.columns:
            column = want[name].astype(object)
            assert told.column(name).to_pylist() == [
                None if pd.isna(each) else each for each in column
            ]


def test_a_frame_of_another_library_without_rows() -> None:
    told = assess_frame(Stream(streamed().schema.empty_table()), SCHEDULE)
    assert (told.num_rows, told.column("row_id").type) == (0, pa.int64())


def test_what_is_no_frame() -> None:
    with pytest.raises(TypeError, match=r"a frame is wanted .* not list"):
        assess_frame(ROWS, SCHEDULE)  # type: ignore[call-overload]


def test_what_is_given_is_not_touched() -> None:
    held = frame(ROWS)
    before = held.copy(deep=True)
    assess_frame(held, SCHEDULE)
    pd.testing.assert_frame_equal(held, before)


def test_one_group_of_a_hundred_thousand_and_no_group_of_the_nameless() -> None:
    """A person with 100,000 prizes, then as many rows without a name: each in seconds."""
    count = 100_000
    step = small()
    said = {"year": 2021, "person": "赵甲", "level": "省级"}
    many = pd.DataFrame({**said, "prize": ["二等奖", "一等奖"] * (count // 2)})
    many["team"] = np.arange(count).astype(str)
    start = perf_counter()
    outcome = assess_frame(many, step)
    assert outcome["amount_fen"].sum() == 1000
    assert set(outcome["superseded_by"].dropna()) == {1}
    nameless = assess_frame(many.assign(person=None), step)
    assert set(nameless["status"]) == {"problem"}
    assert perf_counter() - start < 60


def test_a_portion_of_ten_thousand_awards_for_as_many() -> None:
    """What each gets is a sum over the whole group, which is added up once."""
    step = Portion.model_validate(
        {"do": "portion", "clause": "c", "keys": ["event"], "times": "1/2"}
        | {"to": {"role": "coach"}, "of": {"role": ["coach", "student"]}}
    )
    cases: list[dict[str, Any]] = [
        {"role": "coach", "amount": 200 + 2 * n, "unit": "yuan"} for n in range(10_000)
    ]
    start = perf_counter()
    found = step.effects(cases, terms())
    total = 10_000 * 200 + 10_000 * 9_999
    assert [each.set["amount"] for each in found[:2]] == [(total - 200) // 2, (total - 202) // 2]
    assert perf_counter() - start < 20


def test_a_category_of_texts_in_pieces_or_of_none() -> None:
    pieces = pd.concat([pd.Series(["赵甲"], dtype="str"), pd.Series(["钱乙"], dtype="str")])
    held = frame(ROWS).assign(
        person=pd.Categorical.from_codes([0, 0, 1, 1, -1], pd.Index(["赵甲", "钱乙"]))
    )
    held["person"] = held["person"].cat.set_categories(pd.Index(pieces))
    plain = [{**row, "person": name} for row, name in zip(ROWS, held["person"], strict=True)]
    plain[-1]["person"] = None
    assert table(assess_frame(held, SCHEDULE)) == expected(awards.assess(plain, SCHEDULE))
    nobody = pd.DataFrame({"person": pd.Series([], dtype="str").astype("category")})
    assert len(assess_frame(nobody, SCHEDULE)) == 0


@pytest.mark.parametrize("odd", ["赵\ud800", {"a": 1}, [1, 2]], ids=["half a pair", "dict", "list"])
def test_a_name_that_is_hardly_one(odd: Any) -> None:
    rows = [*ROWS, {**ROWS[0], "person": odd}]
    assert table(assess_frame(frame(rows), SCHEDULE)) == expected(awards.assess(rows, SCHEDULE))


def test_columns_of_arrow_that_hold_no_texts() -> None:
    held = frame(ROWS[:2])
    kind = pd.ArrowDtype(pa.list_(pa.string()))
    held["team"] = pd.Series([["甲", "乙"], None], dtype=kind)
    rows = [{**ROWS[0], "team": ["甲", "乙"]}, ROWS[1]]
    assert table(assess_frame(held, SCHEDULE)) == expected(awards.assess(rows, SCHEDULE))


def test_a_row_that_the_reader_found_at_fault_ends_with_that_fault() -> None:
    """Not with the wrong type of a value, which is one of the ways to be at fault."""
    read = [result_of(row, number) for number, row in enumerate(ROWS[:2], 1)]
    doubt = problem("names-unclear", Place(row=2), found="赵甲乙")
    records = Roster((read[0], read[1].model_copy(update={"faults": (doubt,)})))
    large = frame_of(run(records, SCHEDULE))
    assert table(large) == expected(awards.assess(records, SCHEDULE))
    assert large["reason"].dropna().tolist() == ["names-unclear"]
