"""The office's own file: days of the notice worked out by the calendar, faults with their line."""

from datetime import date
from pathlib import Path

import pytest

from awards.office import Notice, read_office
from awards.problems import AwardsError

QINGMING = {
    "begins": date(2024, 4, 3),
    "days_off": [date(2024, 4, 4), date(2024, 4, 5)],
    "days_on": [date(2024, 4, 7)],
}
"""Thursday and Friday off, Sunday made up for: Wed 3, Sun 7, Mon 8, Tue 9, Wed 10 are five days."""


def test_working_days() -> None:
    plain = Notice(begins=date(2024, 3, 4))
    assert (plain.ends, plain.down) == (date(2024, 3, 8), date(2024, 3, 11))
    spring = Notice.model_validate(QINGMING)
    assert (spring.ends, spring.down) == (date(2024, 4, 10), date(2024, 4, 11))
    assert Notice(begins=date(2024, 3, 4), working_days=1).ends == date(2024, 3, 4)
    assert Notice().ends is None
    assert Notice().down is None


@pytest.mark.parametrize(
    ("text", "where", "says"),
    [
        ('name = "某局"\nnmae = "x"\n', "2:1", "unknown-key"),
        ("[notice]\nworking_days = 0\n", "2:1", "notice.working_days"),
        ("[notice]\nbegins = 2024-03-09\n", "1:1", "no working day"),
        ("[notice]\ndays_off = [2024-03-09]\n", "1:1", "weekend"),
        ("[notice]\ndays_on = [2024-03-08]\n", "1:1", "weekend"),
        ("name = \n", "", "bad-toml"),
    ],
)
def test_a_fault_has_its_place(tmp_path: Path, text: str, where: str, says: str) -> None:
    path = tmp_path / "单位.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(AwardsError) as caught:
        read_office(path)
    told = str(caught.value)
    assert f"{path}:{where}" in told if where else str(path) in told
    assert says in told


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(AwardsError, match="no-file"):
        read_office(tmp_path / "none.toml")
