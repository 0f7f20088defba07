from pathlib import Path

import pytest

import awards
from awards.problems import ScheduleError
from awards.schedule import parse, read
from tests.small import ID, SOUND, small, spoiled

RATE = "amounts = { first = 10, second = 5.5 }"
WHEN = 'when = { level = "county" }'
UNDER = 'under = { repeats = "highest" }'
ONCE = 'keys = ["person"]'


def fault(text: str) -> list[str]:
    """Each fault of the schedule *text* on a line, without the file and the code."""
    with pytest.raises(ScheduleError) as error:
        parse(text, "town.toml")
    lines = str(error.value).splitlines()
    assert all(line.startswith("town.toml: ") for line in lines)
    assert all(line.endswith(" (bad-schedule)") for line in lines)
    return [line.removeprefix("town.toml: ").removesuffix(" (bad-schedule)") for line in lines]


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
        ('title = "', 'titel = "', "title: Field required"),
        ("[approval]", "colour = 1\n[approval]", "colour: Extra inputs are not permitted"),
        (ONCE, ONCE + "\nkey = 1", "steps.2.once.key: Extra inputs are not permitted"),
        ('clause = "money"\nby', "by", "steps.1.rate.clause: Field required"),
        ('do = "once"', 'do = "twice"', None),
        # clauses and readings that are not there
        (
            'by = { zh = "镇政府", en = "the town" }\nclause = "money"',
            'by = "镇政府"\nclause = "approval"',
            "-: approval: no clause approval; there are money, once",
        ),
        (
            'clause = "once"\ndefault',
            'clause = "third"\ndefault',
            "-: readings.repeats: no clause third; there are money, once",
        ),
        (
            'clause = "once"\nunder',
            'clause = "third"\nunder',
            "-: step 3 (once), third: no clause third; there are money, once",
        ),
        (
            UNDER,
            'under = { repeated = "highest" }',
            "-: step 3 (once): no reading repeated",
        ),
        (
            UNDER,
            'under = { repeats = "lowest" }',
            "-: step 3 (once): reading repeats has no option lowest",
        ),
        (
            'default = "highest"',
            'default = "lowest"',
            "readings.repeats: default lowest is not one of highest, all",
        ),
        # words
        (WHEN, 'when = { level = "moon" }', "-: step 1 (exclude): no level is called moon"),
        (
            WHEN,
            'when = { level = "国家级" }',
            "-: step 1 (exclude): no level is called 国家级; write national",
        ),
        (
            WHEN,
            'when = { any = [{ role = "老师" }, { not = { prize = "一等奖" } }] }',
            "-: step 1 (exclude): no role is called 老师; "
            "step 1 (exclude): no prize is called 一等奖; write first",
        ),
        (RATE, "amounts = { 1st = 10 }", "-: step 2 (rate): no prize is called 1st"),
        ('reason = "not_covered"', 'reason = "no"', None),
        # amounts
        (
            RATE,
            'amounts = { first = "10" }',
            "steps.1.rate.amounts: amounts.first: '10' is not an amount: a number, without quotes",
        ),
        (RATE, "amounts = { first = -10 }", "steps.1.rate.amounts: amounts.first: -10 is negative"),
        (
            RATE,
            "amounts = { first = 10.005 }",
            "steps.1.rate.amounts: amounts.first: 10.005 yuan is not a whole number of fen",
        ),
        (
            RATE,
            "amounts = { first = true }",
            "steps.1.rate.amounts: amounts.first: True is not an amount: a number, without quotes",
        ),
        (
            RATE,
            "amounts = { first = inf }",
            "steps.1.rate.amounts: amounts.first: Decimal('Infinity') is not an amount",
        ),
        (
            RATE,
            "amounts = { first = { second = 1 } }",
            "steps.1.rate: amounts.first does not nest as by says (prize)",
        ),
        (
            'by = ["prize"]',
            'by = ["level", "prize"]',
            "steps.1.rate: amounts.first does not nest as by says (level, prize)",
        ),
        (
            'clause = "money"\nby',
            'clause = { first = "money" }\nby',
            "steps.1.rate: a table of clauses has the same first keys as amounts",
        ),
        # dates
        (
            "in_force_from = 2020-01-01",
            "in_force_from = 2020-01-01\nin_force_until = 2019-12-31",
            "-: in_force_until 2019-12-31 is before 2020-01-01",
        ),
        ("issued = 2020-01-01", 'issued = "soon"', None),
        (WHEN, "when = { level = {} }", None),
        # steps that say nothing
        (
            ONCE,
            ONCE + '\n[[steps]]\ndo = "recode"\nclause = "once"',
            "steps.3.recode: a recode sets nothing: say set, copy or year_of",
        ),
        (
            ONCE,
            ONCE + '\n[[steps]]\ndo = "scale"\nclause = "once"\ntimes = -1',
            "steps.3.scale.times: a factor is not negative",
        ),
        (
            ONCE,
            ONCE
            + '\n[[steps]]\ndo = "ruling"\nclause = "once"\nquestion = "q"\nask = "?"'
            + '\nreason = "no_match"',
            "steps.3.ruling: a ruling needs options, or amount = true",
        ),
    ],
)
def test_a_broken_document_is_refused_with_its_place(old: str, new: str, line: str | None) -> None:
    lines = fault(spoiled((old, new)))
    if line is not None:
        assert line in lines


def test_the_place_of_an_unknown_step_reason_and_date() -> None:
    """pydantic words these; the key must lead to the place."""
    assert fault(spoiled(('do = "once"', 'do = "twice"')))[0].startswith("steps.2: ")
    assert fault(spoiled(('reason = "not_covered"', 'reason = "no"')))[0].startswith(
        "steps.0.exclude.reason: "
    )
    assert fault(spoiled(("issued = 2020-01-01", 'issued = "soon"')))[0].startswith("issued: ")
    assert fault(spoiled((WHEN, "when = { level = {} }"))) == [
        "steps.0.exclude.when.tests.level: "
        "an empty condition: say is, one_of, at_least, contains, present, …"
    ]


def test_every_fault_is_told_at_once() -> None:
    changes = (('title = "', 'titel = "'), (RATE, 'amounts = { first = "1", second = -1 }'))
    lines = fault(spoiled(*changes))
    assert [line.partition(":")[0] for line in lines] == ["title", "steps.1.rate.amounts", "titel"]


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
    forever, ended = small(), small(
        ("in_force_from = 2020-01-01", "in_force_from = 2020-01-01\nin_force_until = 2022-06-30")
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
    """An option that no step is under is the default, or changes nothing and lies."""
    used = {(name, option) for step in schedule.steps for name, option in step.under.items()}
    for name, reading in schedule.readings.items():
        others = {option for option in reading.options if option != reading.default}
        assert others <= {option for each, option in used if each == name} or (
            (name, reading.default) in used
        ), name
