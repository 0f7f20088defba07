"""Made-up results in any number, the same for every runner and every run."""

import numpy as np
import pandas as pd

FAMILY = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许"
GIVEN = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥天地玄黄宇宙洪荒日月盈昃"
LEVELS, PRIZES = ("国家级", "省级", "市级"), ("一等奖", "二等奖", "三等奖")
COMPETITIONS = (
    *(f"{scope}职业院校技能大赛" for scope in ("全国", "全省", "全市")),
    *("焊接协会技能竞赛", "烹饪学会技能竞赛"),
)
SCHOOLS, EVENTS = 300, 60


def roster(count: int, dtype: str = "str") -> pd.DataFrame:
    """*count* results of a third as many people, each in two events and three years."""
    chance = np.random.default_rng(1)
    people = max(count // 3, 1)
    who = chance.integers(0, people, count)
    names = np.array([_name(number) for number in range(min(people, 23_120))], dtype=object)
    numbers = np.array([f"2202{number:014d}" for number in range(people)], dtype=object)
    what = chance.integers(0, len(COMPETITIONS), count)
    frame = {
        "competition": np.array(COMPETITIONS, dtype=object)[what],
        "organizer": np.where(what < 3, "official", "association").astype(object),
        "level": np.array(LEVELS, dtype=object)[chance.integers(0, 3, count)],
        "event": _numbered("赛项{}号", EVENTS)[(who + chance.integers(0, 2, count)) % EVENTS],
        "prize": np.array(PRIZES, dtype=object)[chance.integers(0, 3, count)],
        "person": names[who % len(names)],
        "person_id": numbers[who],
        "role": np.where(chance.random(count) < 0.3, "指导教师", "学生").astype(object),
        "school": _numbered("第{}学校", SCHOOLS)[who % SCHOOLS],
    }
    held = pd.DataFrame({name: pd.Series(values, dtype=dtype) for name, values in frame.items()})
    held.insert(0, "year", chance.integers(2023, 2026, count))
    return held


def _name(number: int) -> str:
    parts = (FAMILY[number % 20], GIVEN[number // 20 % 34], GIVEN[number // 680 % 34])
    return "".join(parts)


def _numbered(text: str, count: int) -> "np.ndarray[tuple[int], np.dtype[np.object_]]":
    return np.array([text.format(number) for number in range(count)], dtype=object)
