import pytest

import awards
from tests.small import small

FILED = """
[columns.filed]
name = "已备案"
says = "是否备案"
holds = "yes_or_no"

[[steps]]
do = "exclude"
clause = "money"
when = { filed = false }
reason = "not_approved"
"""


@pytest.mark.parametrize(
    ("written", "yuan"),
    [
        *((True, 10), ("是", 10), (" Yes", 10), ("√", 10)),
        *((False, 0), ("否", 0), ("没有", 0)),
        *(("不详", None), ("", None), (None, None)),
    ],
)
def test_yes_and_no_as_people_write_them(written: object, yuan: int | None) -> None:
    """A cell that says neither is a problem of its row, not a no."""
    schedule = small(("[[steps]]", f"{FILED}\n[[steps]]"))
    won = {"year": 2020, "level": "省级", "person": "赵甲", "prize": "一等奖", "filed": written}
    outcome = awards.assess([won], schedule)
    assert outcome.awards[0].amount == yuan
    assert len(outcome.problems) == (yuan is None)
