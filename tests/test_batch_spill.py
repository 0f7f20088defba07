"""Partitions on disk: the answers of one run, in order, whatever the partitions."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import awards
from awards import Ruling
from awards.batch import assess_frame, told
from awards.batch.arrow import ROW
from awards.batch.pairs import Stranger, beside
from awards.batch.parts import PLACE, Names, by_keys, by_name, plan
from awards.batch.problems import problems_of
from awards.batch.rows import rows_of
from awards.batch.runner import run
from awards.batch.spill import assess_file
from awards.batch.told import Told
from awards.problems import FileError
from awards.records import result_of, roster
from tests.agreement import told as lines
from tests.tables import JILIN
from tests.test_batch import AWARDS, BY_CASES

SAME = ("status", "reason", "question", "clause", "unit", "payee", "level", "prize", "trace")


def same(outcome: pd.DataFrame, rows: pd.DataFrame, schedule: Any, **options: Any) -> None:
    """*outcome*, which was read from a file, is what one run says of the *rows*."""
    whole = assess_frame(rows, schedule, **options)
    place = whole.index.to_numpy()
    by = whole["superseded_by"]
    told = whole.reset_index(drop=True)
    told[ROW] = place
    winner = pd.Series(place[by.fillna(0).astype(int)]).where(by.notna().to_numpy())
    told["superseded_by"] = winner.astype("Int64")
    told = told.sort_values(["derived", ROW], kind="stable").reset_index(drop=True)
    assert outcome[ROW].tolist() == told[ROW].tolist()
    for name in ("amount_fen", "superseded_by", *SAME):
        left, right = outcome[name].astype(object), told[name].astype(object)
        left, right = left.where(left.notna(), None), right.where(right.notna(), None)
        assert left.tolist() == right.tolist(), name


def same_problems(heard: Told, rows: pd.DataFrame, schedule: Any, **options: Any) -> None:
    """What the partitions tell is what one run tells, with the numbers of the rows.

    Where a person's rows are in several partitions, one that stands beside a fault in another is
    not warned of.
    """
    whole = problems_of(run(rows, schedule, **options))
    told_ = heard.problems
    assert heard.counts.total() == len(told_)
    if plan(schedule, options, "zh").is_twice:
        whole, told_ = (
            tuple(each for each in some if each.code != "row-beside-fault")
            for some in (whole, told_)
        )
    assert lines(told_) == lines(whole)


def checked(folder: Path, rows: pd.DataFrame, schedule: Any, size: int, **options: Any) -> Told:
    """What is told of *rows*, assessed about *size* at a time; the answers are those of one run."""
    rows.to_parquet(folder / "in.parquet", row_group_size=max(len(rows) // 3, 1))
    heard = assess_file(
        folder / "in.parquet", folder / "out.parquet", schedule, rows=size, **options
    )
    same(pd.read_parquet(folder / "out.parquet"), rows, schedule, **options)
    same_problems(heard, rows, schedule, **options)
    return heard


def jilin_rows(count: int) -> pd.DataFrame:
    """Rows with few people, some without a number, one number with two names, some nameless."""
    people = ("赵甲", "钱乙", "孙 丙", None, "李丁")
    return pd.DataFrame(
        {
            "year": [2022 + n % 3 for n in range(count)],
            "competition": "全省职业院校技能大赛",
            "level": [("省级", "国家级", "市级")[n % 7 % 3] for n in range(count)],
            "event": [f"赛项{n % 11}" for n in range(count)],
            "prize": [("一等奖", "二等奖", "三等奖", "特等奖")[n % 13 % 4] for n in range(count)],
            "person": [people[n % 5] for n in range(count)],
            "person_id": [f"N{n % 17}" if n % 3 else None for n in range(count)],
            "role": "学生",
            "school": [f"{n % 2}校" for n in range(count)],
        }
    )


def mixed_rows(count: int) -> pd.DataFrame:
    """Rows most of which are sound: each person has a number, but every ninth row says it not.

    Two numbers have two names, far apart; names come again with other numbers and schools, two
    schools differ by a letter, and some rows name nobody.
    """
    held = jilin_rows(count)
    held["person"] = [f"赵{chr(0x4E00 + n % 37)}" if n % 23 else None for n in range(count)]
    held["person_id"] = [f"n{n % 37}x" if n % 9 else None for n in range(count)]
    held["school"] = [f"吉林{'市' if n % 37 % 2 else ''}第一职业学校" for n in range(count)]
    held["event"] = [f"赛项{n % 3}" for n in range(count)]
    held.loc[[2, count - 2], "person_id"] = ["N5X", "ｎ7x"]
    return held


@pytest.mark.parametrize("size", [7, 40, 1000])
@pytest.mark.parametrize("made", [jilin_rows, mixed_rows])
def test_parted_by_name(
    tmp_path: Path, size: int, made: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("awards.batch.pieces.BATCH", 64)  # the results are merged in ranges
    schedule = awards.load_schedule(JILIN)
    assert plan(schedule, {}, "zh").keys == ("person",)
    heard = checked(tmp_path, made(300), schedule, size)
    outcome = pd.read_parquet(tmp_path / "out.parquet")
    assert heard.statuses == Counter(outcome["status"])
    assert heard.statuses.total() == 300
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.parquet", "out.parquet"]


def test_the_mixed_rows_have_all_that_may_go_wrong_between_partitions(tmp_path: Path) -> None:
    heard = checked(tmp_path, mixed_rows(300), awards.load_schedule(JILIN), 20)
    codes = {code for _, code in heard.counts}
    assert codes >= {"number-two-names", "close-schools", "which-person", "row-beside-fault"}
    assert heard.statuses["pending_approval"] > 30


@pytest.mark.parametrize("document", sorted({case.document for case in AWARDS}))
def test_every_schedule(tmp_path: Path, document: str) -> None:
    """By shared keys where there are any, with derived lines, and in one part where there are none."""
    schedule = BY_CASES[document]
    rows: list[dict[str, Any]] = []
    for case in AWARDS:
        if case.document == document and not case.given:
            rows += [{k: v for k, v in row.items() if k != "row"} for row in case.rows]
    texts = {name for row in rows for name, value in row.items() if isinstance(value, str)}
    held = pd.DataFrame(
        [{k: v for k, v in row.items() if k in texts and isinstance(v, str)} for row in rows]
    ).assign(year=2023)
    checked(tmp_path, held, schedule, 5, year=2023)


def test_a_ledger_is_seen_by_every_part(tmp_path: Path) -> None:
    rows = jilin_rows(60)
    schedule = awards.load_schedule(JILIN)
    said = rows.iloc[[1, 4, 7]].assign(amount=1000, person_id=["N1", "N4", "N9"])
    paid = roster([dict(row) for _, row in said.iterrows()]).results
    checked(tmp_path, rows, schedule, 9, ledger=paid)


def test_rulings_on_a_row_and_on_nobody(tmp_path: Path) -> None:
    rows = mixed_rows(90).assign(level="国际级")
    schedule = awards.load_schedule(JILIN)
    question = next(step for step in schedule.steps if step.do == "ruling")
    answer = next(iter(question.options))
    asked = question.question
    decided = [Ruling(asked, answer, row="5"), Ruling(asked, answer, person="无此人")]
    heard = checked(tmp_path, rows, schedule, 10, rulings=decided)
    assert heard.counts["warning", "ruling-no-row"] == 1
    held = pd.read_parquet(tmp_path / "out.parquet")
    waiting = held["status"] == "needs_ruling"
    assert waiting.any()
    assert not waiting[4]


def test_rows_that_state_their_numbers_and_columns_of_every_kind(tmp_path: Path) -> None:
    rows = mixed_rows(120)
    rows["row"] = range(1001, 1121)
    rows["row_id"] = "说明"
    rows["date"] = pd.Timestamp(2023, 5, 1)
    rows["placing"] = [n if n % 4 else None for n in range(120)]
    rows["role"] = rows["role"].astype("category")
    rows.index = pd.Index(range(7, 127), name="n")
    heard = checked(tmp_path, rows.reset_index(drop=True), awards.load_schedule(JILIN), 30)
    assert min(fault.place.row or 0 for _, fault in heard.found) > 1000
    rows.to_parquet(tmp_path / "in.parquet")  # with an index of its own, which is no column
    assess_file(tmp_path / "in.parquet", tmp_path / "out.parquet", awards.load_schedule(JILIN))
    same(
        pd.read_parquet(tmp_path / "out.parquet"),
        rows.reset_index(drop=True),
        awards.load_schedule(JILIN),
    )


@pytest.mark.parametrize("columns", [[], ["person"], ["person", "level"]])
def test_no_rows(tmp_path: Path, columns: list[str]) -> None:
    pd.DataFrame({name: pd.Series([], dtype="str") for name in columns}).to_parquet(
        tmp_path / "in.parquet"
    )
    heard = assess_file(
        tmp_path / "in.parquet",
        tmp_path / "out.parquet",
        awards.load_schedule(JILIN),
        rulings=[Ruling("international", "none", person="无此人")],
    )
    assert [each.code for each in heard.problems] == ["ruling-no-row"]
    assert heard.statuses.total() == len(pd.read_parquet(tmp_path / "out.parquet")) == 0


def test_problems_are_bounded_and_all_of_them_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(told, "MOST", 10)
    rows = mixed_rows(300)
    rows.to_parquet(tmp_path / "in.parquet")
    schedule = awards.load_schedule(JILIN)
    heard = assess_file(tmp_path / "in.parquet", tmp_path / "out.parquet", schedule, rows=40)
    whole = problems_of(run(rows, schedule))
    numbers = sorted(fault.place.row or 0 for fault in whole)
    assert [(fault.place.row or 0) for _, fault in heard.found] == numbers[:10]
    assert heard.counts.total() == len(whole) > 10


def test_the_nameless_are_spread_and_one_name_stays_together() -> None:
    """Blank keys would else be one partition: a third of the rows, or all."""
    names = Names.of(rows_of(pd.DataFrame({"person": ["赵甲", " 赵 甲", None] * 4000})))
    places = pd.RangeIndex(12_000).to_numpy()
    parts = by_name(names, places, 8)
    named = names.person.codes >= 0
    assert len(set(parts[named].tolist())) == 1
    sizes = pd.Series(parts[~named]).value_counts()
    assert len(sizes) == 8
    assert sizes.max() < 2 * sizes.min()


def test_rows_that_leave_a_key_blank_are_spread_by_name() -> None:
    people = [f"赵{chr(0x4E00 + n)}" for n in range(4000)]
    team = pd.Series([None, "一队"] * 2000, dtype="str")
    rows = pa.Table.from_pandas(pd.DataFrame({"person": people, "team": team}))
    rows = rows.append_column(PLACE, pa.array(range(4000)))
    by_team = awards.load_schedule("cn/shanxi/tyut/2014-09-29")
    parts = by_keys(rows, plan(by_team, {}, "zh"), 8)
    assert len(set(parts[1::2].tolist())) == 1
    assert len(set(parts[::2].tolist())) == 8


def test_a_stranger_is_one_whose_name_no_row_has() -> None:
    """Not one whose name is only among the distinct texts that came along with the rows."""
    texts = pa.DictionaryArray.from_arrays(pa.array([0, 0]), pa.array(["赵甲", "钱乙"]))
    columns = {"person": texts, "person_id": pa.array(["N1", "N2"]), PLACE: pa.array([4, 6])}
    rows = pa.table(columns)
    known = [
        Stranger("N1", "钱乙", 5, result_of({"person": "钱乙"}, 6)),
        Stranger("N1", "赵甲", 4, result_of({"person": "赵甲"}, 5)),
        Stranger("N3", "钱乙", 1, result_of({"person": "钱乙"}, 2)),
    ]
    assert beside(known, rows) == [(1, known[0].row)]


def test_one_person_with_most_of_the_rows(tmp_path: Path) -> None:
    rows = mixed_rows(600)
    rows["person"] = rows["person"].where(rows.index % 3 == 0, "赵甲").mask(rows.index % 7 == 0)
    rows["person_id"] = None
    checked(tmp_path, rows, awards.load_schedule(JILIN), 40)


ROW_ = st.fixed_dictionaries(
    {
        "person": st.sampled_from(("赵甲", "钱乙", "孙 丙", "孙丙", None)),
        "person_id": st.sampled_from((None, None, "N1", "n1", "N2")),
        "school": st.sampled_from(("吉林第一学校", "吉林市第一学校", None)),
        "level": st.sampled_from(("省级", "国家级", "校级", None)),
        "prize": st.sampled_from(("一等奖", "二等奖", "优秀奖")),
        "event": st.sampled_from(("焊接", "烹饪")),
        "competition": st.just("全省职业院校技能大赛"),
    }
)


@settings(max_examples=25)
@given(st.lists(ROW_, min_size=1, max_size=12), st.integers(1, 6))
def test_any_rows_in_any_partitions(
    tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, Any]], size: int
) -> None:
    held = pd.DataFrame(rows).astype("str").assign(year=2023)
    checked(tmp_path_factory.mktemp("any"), held, awards.load_schedule(JILIN), size)


def test_the_documents_without_a_shared_key_are_those_that_we_say() -> None:
    """They have one partition, however many rows there are."""
    note = Path("docs/decisions/0017-partitions-by-what-steps-share.md").read_text("utf-8")
    listed = re.findall(r"^- `(\S+)`$", note, re.MULTILINE)
    plans = [plan(each, {}, "zh") for each in awards.schedules().values() if each.steps]
    assert [each.schedule.id for each in plans if not each.keys] == listed
    assert (len(plans), sum(each.by_name for each in plans)) == (30, 10)


@pytest.mark.parametrize("size", [1, 2, 4, 100])
def test_numbers_that_are_whole_beside_blank_ones(tmp_path: Path, size: int) -> None:
    """A blank makes no fraction of them; 7 stands beside two names, whatever the partitions are."""
    source, target = tmp_path / "in.parquet", tmp_path / "out.parquet"
    numbers = pa.array([7, 7, *range(100, 109), None], pa.int64())
    rows = pa.Table.from_pandas(jilin_rows(12), preserve_index=False)
    names = pa.array([f"某{number}" for number in range(12)])
    rows = rows.set_column(rows.column_names.index("person"), "person", names)
    if "person_id" in rows.column_names:
        rows = rows.drop_columns("person_id")
    pq.write_table(rows.append_column("person_id", numbers), source)
    heard = assess_file(source, target, awards.load_schedule(JILIN), rows=size)
    assert sum(heard.statuses.values()) == 12
    outcome = pd.read_parquet(target)
    assert outcome["reason"].tolist()[:2] == ["number-two-names"] * 2
    assert "wrong-type" not in outcome["reason"].tolist()


def test_columns_that_cannot_be_told_apart(tmp_path: Path) -> None:
    source = tmp_path / "in.parquet"
    for names in (["person", "person"], ["person", PLACE]):
        pq.write_table(pa.table([pa.array(["赵甲"]), pa.array(["赵甲"])], names=names), source)
        with pytest.raises(FileError, match="two columns are called"):
            assess_file(source, tmp_path / "out.parquet", awards.load_schedule(JILIN))
