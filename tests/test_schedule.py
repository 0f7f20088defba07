from pathlib import Path

import pytest

import awards
from awards.loading import parse, read
from awards.problems import ScheduleError
from tests.small import ID, SOUND, small, spoiled

RATE = "amounts = { first = 10, second = 5.5 }"
WHEN = 'when = { level = "county" }'
UNDER = 'under = { repeats = "highest" }'
ONCE = 'keys = ["person"]'


def fault(text: str) -> list[str]:
    """Each fault of the schedule *text* on a line, without the file."""
    with pytest.raises(ScheduleError) as error:
        parse(text, "town.toml")
    lines = str(error.value).splitlines()
    assert all(line.startswith("town.toml:") for line in lines)
    return [line.removeprefix("town.toml:").strip() for line in lines]


def test_a_sound_document_loads() -> None:
    schedule = parse(SOUND, "town.toml")
    assert (schedule.id, schedule.name) == (ID, "town")
    assert [step.do for step in schedule.steps] == ["exclude", "rate", "once"]
    assert schedule.approval
    assert schedule.approval.by["en"] == "the town"


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        # keys
        ('title = "', 'titel = "', "missing key title (missing-key)"),
        (
            "[approval]",
            "colour = 1\n[approval]",
            "9:1: unknown key colour (unknown-key) Did you mean columns?",
        ),
        (
            ONCE,
            ONCE + "\nkey = 1",
            "46:1: unknown key steps.2.key (unknown-key) Did you mean keys?",
        ),
        ('clause = "money"\nby', "by", "35:1: missing key steps.1.clause (missing-key)"),
        ('do = "once"', 'do = "twice"', None),
        # clauses and readings that are not there
        (
            'by = { zh = "镇政府", en = "the town" }\nclause = "money"',
            'by = "镇政府"\nclause = "approval"',
            "11:1: approval.clause: no clause approval; there are money, once (no-clause)",
        ),
        (
            'clause = "once"\ndefault',
            'clause = "third"\ndefault',
            "23:1: readings.repeats.clause: no clause third; there are money, once (no-clause)",
        ),
        (
            'clause = "once"\nunder',
            'clause = "third"\nunder',
            "43:1: steps.2.clause: no clause third; there are money, once (no-clause)",
        ),
        (
            UNDER,
            'under = { repeated = "highest" }',
            "44:11: steps.2.under.repeated: no reading repeated; there are repeats (no-reading)",
        ),
        (
            UNDER,
            'under = { repeats = "lowest" }',
            "44:11: steps.2.under.repeats: reading repeats has no option lowest; "
            "there are highest, all (no-option)",
        ),
        (
            'default = "highest"',
            'default = "lowest"',
            "21:1: readings.repeats: default lowest is not one of highest, all (bad-schedule)",
        ),
        # words
        (
            WHEN,
            'when = { level = "moon" }',
            "32:10: steps.0.when.level: no level is called moon (unknown-word)",
        ),
        (
            WHEN,
            'when = { level = "国家级" }',
            "32:10: steps.0.when.level: no level is called 国家级 (unknown-word) "
            "Did you mean national?",
        ),
        (
            WHEN,
            'when = { any = [{ role = "老师" }, { not = { prize = "一等奖" } }] }',
            "32:44: steps.0.when.any.1.not.prize: no prize is called 一等奖 (unknown-word) "
            "Did you mean first?",
        ),
        (
            RATE,
            "amounts = { 1st = 10 }",
            "39:13: steps.1.amounts.1st: no prize is called 1st (unknown-word)",
        ),
        ('reason = "not_covered"', 'reason = "no"', None),
        # amounts
        (
            RATE,
            'amounts = { first = "10" }',
            "39:13: steps.1.amounts.first: '10' is not an amount: a number, without quotes "
            "(bad-schedule)",
        ),
        (
            RATE,
            "amounts = { first = -10 }",
            "39:13: steps.1.amounts.first: -10 is negative (bad-schedule)",
        ),
        (
            RATE,
            "amounts = { first = 10.005 }",
            "39:13: steps.1.amounts.first: 10.005 yuan is not a whole number of fen (bad-schedule)",
        ),
        (
            RATE,
            "amounts = { first = true }",
            "39:13: steps.1.amounts.first: True is not an amount: a number, without quotes "
            "(bad-schedule)",
        ),
        (
            RATE,
            "amounts = { first = inf }",
            "39:13: steps.1.amounts.first: Decimal('Infinity') is not an amount (bad-schedule)",
        ),
        (
            RATE,
            "amounts = { first = { second = 1 } }",
            "35:1: steps.1: amounts.first does not nest as by says (prize) (bad-schedule)",
        ),
        (
            'by = ["prize"]',
            'by = ["level", "prize"]',
            "35:1: steps.1: amounts.first does not nest as by says (level, prize) (bad-schedule)",
        ),
        (
            'clause = "money"\nby',
            'clause = { first = "money" }\nby',
            "35:1: steps.1: a table of clauses has the same first keys as amounts (bad-schedule)",
        ),
        # dates
        (
            "issued = 2020-01-01",
            "issued = 2021-01-01",
            "6:1: in_force_from 2020-01-01 is in a year before issued 2021-01-01 "
            "(starts-before-issue)",
        ),
        (
            "in_force_from = 2020-01-01",
            "in_force_from = 2020-01-01\nin_force_until = 2019-12-31",
            "7:1: in_force_until 2019-12-31 is before in_force_from 2020-01-01 (ends-before-start)",
        ),
        ("issued = 2020-01-01", 'issued = "soon"', None),
        (WHEN, "when = { level = {} }", None),
        # steps that say nothing
        (
            ONCE,
            ONCE + '\n[[steps]]\ndo = "recode"\nclause = "once"',
            "46:1: steps.3: a recode sets nothing: say set, copy, year_of or bands (bad-schedule)",
        ),
        (
            ONCE,
            ONCE + '\n[[steps]]\ndo = "scale"\nclause = "once"\ntimes = -1',
            None,
        ),
        (
            ONCE,
            ONCE
            + '\n[[steps]]\ndo = "ruling"\nclause = "once"\nquestion = "q"\nask = "?"'
            + '\nreason = "no_match"',
            "46:1: steps.3: a ruling needs options, or amount = true (bad-schedule)",
        ),
    ],
)
def test_a_broken_document_is_refused_with_its_place(old: str, new: str, line: str | None) -> None:
    lines = fault(spoiled((old, new)))
    if line is not None:
        assert line in lines


def test_the_place_of_an_unknown_step_reason_and_date() -> None:
    """pydantic words these; the place must be that of the key."""
    assert fault(spoiled(('do = "once"', 'do = "twice"')))[0].startswith("41:1: steps.2: ")
    reason = fault(spoiled(('reason = "not_covered"', 'reason = "no"')))
    assert reason[0].startswith("33:1: steps.0.reason: ")
    issued = fault(spoiled(("issued = 2020-01-01", 'issued = "soon"')))
    assert issued[0].startswith("5:1: issued: ")
    scale = '\n[[steps]]\ndo = "scale"\nclause = "once"\ntimes = -1'
    assert fault(spoiled((ONCE, ONCE + scale))) == [
        "49:1: steps.3.times: a factor is not negative (bad-schedule)"
    ]
    assert fault(spoiled((WHEN, "when = { level = {} }"))) == [
        "32:10: steps.0.when.level: an empty condition: "
        "say is, one_of, at_least, contains, present, … (bad-schedule)"
    ]


def test_every_fault_is_told_at_once() -> None:
    changes = (('title = "', 'titel = "'), (RATE, 'amounts = { first = "1", second = -1 }'))
    lines = fault(spoiled(*changes))
    assert [line.partition(" (")[0] for line in lines] == [
        "missing key title",
        "39:13: steps.1.amounts.first: '1' is not an amount: a number, without quotes",
        "39:26: steps.1.amounts.second: -1 is negative",
        "3:1: unknown key titel",
    ]


def test_a_float_amount_is_read_exactly() -> None:
    """0.10 yuan is 10 fen, which no binary float is."""
    (award,) = awards.assess(
        [{"year": 2020, "level": "省级", "person": "赵甲", "prize": "first"}],
        small((RATE, "amounts = { first = 0.10 }")),
    ).awards
    assert str(award.amount) == "0.10"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("id = ", "town.toml: not valid TOML: "),
        (spoiled(("title", "id = 1\ntitle")), "town.toml: not valid TOML: Cannot overwrite"),
    ],
)
def test_what_is_no_toml_is_refused(text: str, words: str) -> None:
    with pytest.raises(ScheduleError) as error:
        parse(text, "town.toml")
    assert str(error.value).startswith(words)
    assert error.value.problems[0].code == "bad-toml"


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ScheduleError) as error:
        read(tmp_path / "none.toml")
    assert error.value.problems[0].code == "no-file"
    assert str(tmp_path / "none.toml") in str(error.value)


def test_a_file_that_is_not_utf8(tmp_path: Path) -> None:
    (tmp_path / "gbk.toml").write_bytes(SOUND.encode("gbk"))
    with pytest.raises(ScheduleError) as error:
        read(tmp_path / "gbk.toml")
    assert error.value.problems[0].code == "no-file"


def test_in_force() -> None:
    """
    in_force_from | in_force_until | years covered
    2020-01-01    |                | 2020 and after
    2020-01-01    | 2022-06-30     | 2020, 2021, 2022
    """
    forever, ended = (
        small(),
        small(
            (
                "in_force_from = 2020-01-01",
                "in_force_from = 2020-01-01\nin_force_until = 2022-06-30",
            )
        ),
    )
    assert [year for year in range(2018, 2025) if forever.covers(year)] == [*range(2020, 2025)]
    assert [year for year in range(2018, 2025) if ended.covers(year)] == [2020, 2021, 2022]


def test_what_it_reads() -> None:
    assert small().reads() >= {"level", "prize", "person", "amount"}


def test_a_document_without_approval_pays() -> None:
    text = SOUND.replace(SOUND[SOUND.index("[approval]") : SOUND.index("[clauses.money]")], "")
    won = {"year": 2020, "level": "省级", "person": "赵甲", "prize": "二等奖"}
    (award,) = awards.assess([won], parse(text, "town.toml")).awards
    assert (award.status, str(award.amount), award.clause) == ("paid", "5.50", "第二条")


@pytest.mark.parametrize("schedule", awards.schedules().values(), ids=lambda each: each.id)
def test_shipped_documents_cite_every_clause_and_use_every_reading(
    schedule: awards.Schedule,
) -> None:
    """An option that no step or rule speaks of is the default, or changes nothing and lies."""
    used = {pair for step in schedule.steps for pair in step.under.items()}
    used.update(pair for rule in schedule.rules.values() for pair in rule.options())
    for name, reading in schedule.readings.items():
        others = {option for option in reading.options if option != reading.default}
        assert others <= {option for each, option in used if each == name} or (
            (name, reading.default) in used
        ), name
