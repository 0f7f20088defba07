"""Runs for the tests of documents. All persons and schools are invented."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import awards
from awards.dossier import Dossier
from awards.office import UNKNOWN, Office
from awards.records import Result, result_of
from awards.release import NOTHING_YET, Approval, Release

IDENTITY = "220202200001010122"
CARD = "6222020000112223334"
OTHER_CARD = "6222020000112223425"
APPROVED = Release(approval=Approval("某人社批〔2024〕5号", date(2024, 3, 5)))


def won(person: str | None, level: str, prize: str, **more: object) -> dict[str, object]:
    return {
        "year": 2023,
        "competition": "吉林省职业院校技能大赛",
        "level": level,
        "event": "焊接技术",
        "prize": prize,
        "person": person,
        "role": "学生",
        "school": "甲校",
        **more,
    }


ROWS: tuple[dict[str, object], ...] = (
    won("赵甲", "国家级", "二等奖", person_id=IDENTITY, 银行卡号=CARD),  # 15000
    won("钱乙", "省级", "一等奖", school="乙校"),  # 10000
    won(
        "孙丙", "省级", "三等奖", role="指导教师", 开户行="某行某支行", 银行卡号=OTHER_CARD
    ),  # 5000
    won("孙丙", "市级", "一等奖", role="参赛教师", event="教学能力"),  # 3000
    won("周戊", "省级", "优胜奖"),  # under the lowest prize
)
"""15,000 + 10,000 for students, 5,000 + 3,000 for a teacher: 33,000 (吉市政办发〔2022〕32号 二(七))."""
TOTAL = Decimal(33_000)


def listed(*accounts: Mapping[str, Any]) -> list[Result]:
    """Rows of a list of accounts."""
    return [result_of(each, number) for number, each in enumerate(accounts, 1)]


def dossier(
    rows: Iterable[Mapping[str, object]] = ROWS,
    *,
    tax: Mapping[str, str] | None = None,
    release: Release = NOTHING_YET,
    office: Office = UNKNOWN,
    accounts: Iterable[Result] = (),
    schedule: str = "jilin-city",
    paid: Iterable[Result] = (),
) -> Dossier:
    before = list(paid)
    outcome = awards.assess(list(rows), awards.load_schedule(schedule), ledger=before)
    return awards.prepare(
        outcome, tax=tax, accounts=list(accounts), release=release, office=office, earlier=before
    )
