from pathlib import Path

import pytest

import awards
from awards.problems import ScheduleError, UnknownScheduleError
from tests.small import write
from tests.tables import JILIN

LATER = "xx/some/town/2023-07-01"
FIRST = "xx/some/town/2020-01-01"
WON = {"level": "省级", "person": "赵甲", "person_id": "20210001", "prize": "一等奖"}


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """Two documents of one town: first prize 10 yuan from 2020, 20 yuan from July 2023."""
    write(tmp_path, "2020-01-01")
    write(tmp_path, "2023-07-01", ("first = 10", "first = 20"))
    return tmp_path


def test_by_id_short_name_region_and_path(town: Path) -> None:
    assert awards.load_schedule(JILIN).id == JILIN
    assert awards.load_schedule("jilin-city").id == JILIN
    assert awards.load_schedule("cn/jilin/jilin-city").id == JILIN
    assert awards.load_schedule(town / "2020-01-01.toml").id == FIRST
    assert awards.load_schedule(str(town / "2023-07-01.toml")).id == LATER
    assert awards.load_schedule(FIRST, folders=[town]).id == FIRST
    assert awards.load_schedule("town", folders=[str(town)]).id == LATER


def test_an_unknown_name_is_told_with_the_nearest() -> None:
    with pytest.raises(UnknownScheduleError) as error:
        awards.load_schedule("jilin-ctiy")
    known = ", ".join(sorted({each.name for each in awards.schedules().values()}))
    assert str(error.value) == (
        f"no schedule is called jilin-ctiy; there are {known} (unknown-schedule)"
        " Did you mean jilin-city?"
    )


def test_a_name_like_no_other_has_no_hint() -> None:
    with pytest.raises(UnknownScheduleError) as error:
        awards.load_schedule("zzzz")
    assert error.value.problems[0].hint() is None


def test_the_year_decides_which_document_counts(town: Path) -> None:
    """The document of July 2023 covers 2023 as a whole year, as the one before it does 2022.

    year | document | yuan
    2020 | 2020     | 10
    2022 | 2020     | 10
    2023 | 2023     | 20
    2024 | 2023     | 20
    """
    schedule = awards.load_schedule("town", folders=[town])
    rows = [{**WON, "year": year, "person_id": f"A{year}"} for year in (2020, 2022, 2023, 2024)]
    outcome = awards.assess(rows, schedule)
    assert [award.schedule for award in outcome.awards] == [FIRST, FIRST, LATER, LATER]
    assert [award.amount for award in outcome.awards] == [10, 10, 20, 20]


def test_a_year_before_the_first_is_a_problem(town: Path) -> None:
    schedule = awards.load_schedule("town", folders=[town])
    outcome = awards.assess([{**WON, "year": 2019}, {**WON, "year": 2020}], schedule)
    assert [(a.status, a.amount) for a in outcome.awards] == [
        ("problem", None),
        ("pending_approval", 10),
    ]
    assert [str(each) for each in outcome.problems] == [
        f"row 1: no document is in force for 2019; there are {FIRST} (2020-01-01–),"
        f" {LATER} (2023-07-01–) (not-in-force)"
        " Check the year, or name another document with --schedule."
    ]


def test_a_shipped_document_does_not_reach_back() -> None:
    won = {
        "competition": "全省职业院校技能大赛",
        "organizer": "官方",
        "level": "省级",
        "event": "焊接",
        "prize": "一等奖",
        "person": "赵甲",
        "role": "学生",
        "year": 2021,
    }
    outcome = awards.assess([won], awards.load_schedule("jilin-city"))
    assert [each.code for each in outcome.problems] == ["not-in-force"]
    assert "2022-11-22" in outcome.problems[0].message()
    assert outcome.awards[0].status == "problem"
    assert outcome.totals.paid == 0


def test_with_a_year_the_document_of_that_year(town: Path) -> None:
    for year, id_ in ((2020, FIRST), (2022, FIRST), (2023, LATER)):
        assert awards.load_schedule("town", year=year, folders=[town]).id == id_


def test_with_a_year_that_none_covers(town: Path) -> None:
    with pytest.raises(UnknownScheduleError) as error:
        awards.load_schedule("town", year=2019, folders=[town])
    assert error.value.problems[0].code == "not-in-force"
    assert "2019" in str(error.value)


def test_the_end_of_a_document_is_the_end(tmp_path: Path) -> None:
    until = ("checked_on", "in_force_until = 2021-12-31\nchecked_on")
    write(tmp_path, "2020-01-01", until)
    schedule = awards.load_schedule("town", folders=[tmp_path])
    outcome = awards.assess([{**WON, "year": year} for year in (2021, 2022)], schedule)
    assert [award.status for award in outcome.awards] == ["pending_approval", "problem"]
    assert "(2020-01-01–2021-12-31)" in outcome.problems[0].message()


def test_a_users_document_replaces_a_shipped_one(tmp_path: Path) -> None:
    write(tmp_path, "2020-01-01", ("xx/some/town/2020-01-01", JILIN))
    found = awards.schedules([tmp_path])
    assert found[JILIN].issuer["zh"] == "某镇"
    assert awards.schedules()[JILIN].issuer["zh"] != "某镇"


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UnknownScheduleError) as error:
        awards.schedules([tmp_path / "none"])
    assert error.value.problems[0].code == "no-folder"


def test_a_broken_file_in_a_folder_is_told_with_its_name(tmp_path: Path) -> None:
    path = write(tmp_path, "2020-01-01", ('title = "', 'titel = "'))
    with pytest.raises(ScheduleError) as error:
        awards.load_schedule("town", folders=[tmp_path])
    assert {each.place.file for each in error.value.problems} == {str(path)}


def test_shipped_ids_are_paths() -> None:
    root = Path(__file__).parent.parent / "schedules"
    paths = {str(p.relative_to(root).with_suffix("")) for p in root.rglob("*/*.toml")}
    assert set(awards.schedules()) == paths
