"""A small sound document, and ways to spoil it: schedule files for tests about schedule files."""

from pathlib import Path

from awards import Schedule
from awards.loading import parse

ID = "xx/some/town/2020-01-01"
SOUND = f"""
id = "{ID}"
title = "某镇奖励办法"
issuer = "某镇"
issued = 2020-01-01
in_force_from = 2020-01-01
checked_on = 2026-01-01

[approval]
by = {{ zh = "镇政府", en = "the town" }}
clause = "money"

[clauses.money]
number = "第二条"
says = {{ zh = "一等奖 10 元，二等奖 5 元。", en = "10 yuan, 5 yuan." }}

[clauses.once]
number = "第三条"
says = "只发最高。"

[readings.repeats]
question = "重复获奖怎么发？"
clause = "once"
default = "highest"
options.highest = "只发最高"
options.all = "都发"
why = "条文如此。"

[[steps]]
do = "exclude"
clause = "money"
when = {{ level = "county" }}
reason = "not_covered"

[[steps]]
do = "rate"
clause = "money"
by = ["prize"]
amounts = {{ first = 10, second = 5.5 }}

[[steps]]
do = "once"
clause = "once"
under = {{ repeats = "highest" }}
keys = ["person"]
"""


def spoiled(*changes: tuple[str, str]) -> str:
    """The sound document with each first text put in place of the second; it must be there."""
    text = SOUND
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def small(*changes: tuple[str, str]) -> Schedule:
    """The document, perhaps changed."""
    return parse(spoiled(*changes), "town.toml")


def write(folder: Path, issued: str, *changes: tuple[str, str]) -> Path:
    """A document of the town issued on the day *issued*, as a file in *folder*."""
    path = folder / f"{issued}.toml"
    path.write_text(spoiled(*changes).replace("2020-01-01", issued), "utf-8")
    return path
