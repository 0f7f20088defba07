"""A schedule on one page, as a person would write it: steps with rates, rules, readings."""

from collections.abc import Iterable, Iterator, Mapping
from unicodedata import east_asian_width

from awards import money
from awards.conditions import Condition, Date, Match
from awards.leaves import Rate as Looked
from awards.leaves import Sum
from awards.quantities import instances
from awards.records import Value
from awards.schedule import Reading, Schedule
from awards.steps import (
    Add,
    AnyStep,
    Cap,
    Exclude,
    Offset,
    Once,
    Portion,
    Quota,
    Rate,
    Recode,
    Ruling,
    Share,
    tables,
)
from awards.steps.add import Term
from awards.steps.quota import Prizes
from awards.steps.scale import Of
from awards.terms import KINDS
from awards.words import Lang, knows, say


def outline(schedule: Schedule, lang: Lang = "zh") -> str:
    """The whole document as text of some fifty lines; amounts in yuan or the unit stated."""
    return "\n".join(_lines(schedule, lang))


def _lines(schedule: Schedule, lang: Lang) -> Iterator[str]:
    yield f"{schedule.title[lang]}  {schedule.number or ''}".rstrip()
    in_force = _span(schedule, lang)
    yield f"{schedule.issuer[lang]}  {schedule.issued or ''}  {in_force}"
    yield schedule.id
    if schedule.approval:
        yield say("explain.approval", lang, by=schedule.approval.by[lang])
    if schedule.steps:
        yield ""
        yield say("outline.steps", lang)
    for number, step in enumerate(schedule.steps, 1):
        yield f"{number:>2}. {sentence(step, schedule, lang)}"
        if isinstance(step, Rate | Cap) and step.amounts:
            yield from _table(step, schedule, lang)
    yield from _funding(schedule, lang)
    if schedule.readings:
        yield ""
        yield say("cli.readings", lang)
        for name, reading in schedule.readings.items():
            yield from _reading(name, reading, lang)
    yield ""
    yield say("outline.clauses", lang)
    for clause in schedule.clauses.values():
        yield say("explain.clause", lang, number=clause.number, says=clause.says[lang])


def _span(schedule: Schedule, lang: Lang) -> str:
    """From when until when the document is in force; what is open, or not known, says so."""
    start, until = schedule.in_force_from, schedule.in_force_until
    if start and until:
        return say("outline.in_force", lang, **{"from": start, "until": until})
    if start:
        return say("outline.in_force_from", lang, **{"from": start})
    return say("outline.in_force_until", lang, until=until) if until else ""


def _funding(schedule: Schedule, lang: Lang) -> Iterator[str]:
    """The rates of the funding rules, the rules, and what nobody can compute."""
    if schedule.rules:
        yield from _rates(schedule, lang)
    for key, listed in (
        ("outline.rules", schedule.rules),
        ("fund.not_computed", schedule.qualitative),
    ):
        if listed:
            yield ""
            yield say(key, lang)
        for name, each in listed.items():
            values = {"text": each.says[lang], "clause": schedule.clauses[each.clause].number}
            yield f"  {name}: {say('outline.step', lang, **values)}"


def _rates(schedule: Schedule, lang: Lang) -> Iterator[str]:
    """The figures that the funding rules look up: each crosstab with its clause."""
    words = schedule.vocabulary
    used = {each.rate for each in instances(schedule.rules, Looked)}
    used |= {each.weights for each in instances(schedule.rules, Sum) if each.weights}
    for name, rates in schedule.rates.items():
        if name not in used:
            continue
        clauses = (schedule.clauses[clause].number for clause in sorted(rates.clauses()))
        columns = _list((words.name(column, lang) for column in rates.by), lang)
        text = say("outline.rates", lang, name=name, columns=columns)
        yield ""
        yield say("outline.step", lang, text=text, clause=_list(clauses, lang))
        body = []
        for path, figure in tables.cells(rates.amounts or rates.factors, len(rates.by)):
            keys = (
                words.shown(by, key, lang)
                if key in words.words.get(by, {})
                else word(by, key, schedule, lang)
                for by, key in zip(rates.by, path, strict=True)
            )
            body.append([" ".join(keys), money.show(figure) if rates.amounts else str(figure)])
        yield from align(body)


def sentence(step: AnyStep, schedule: Schedule, lang: Lang) -> str:
    """One step in words: under which readings and for which rows, what it does, its clause."""
    numbers = [schedule.clauses[clause].number for clause in sorted(step.clauses())]
    parts = []
    if step.under:
        pairs = (f"{name}={option}" for name, option in step.under.items())
        parts.append(say("outline.under", lang, readings=say("sentence.list", lang).join(pairs)))
    if step.when:
        parts.append(say("outline.when", lang, condition=condition(step.when, schedule, lang)))
    parts.append(_act(step, schedule, lang))
    clauses = say("sentence.list", lang).join(numbers)
    return say("outline.step", lang, text="".join(parts), clause=clauses)


def condition(when: Condition, schedule: Schedule, lang: Lang) -> str:
    """*when* in words."""
    parts = [_match(name, match, schedule, lang) for name, match in when.tests.items()]
    if when.any_:
        either = (condition(each, schedule, lang) for each in when.any_)
        parts.append(say("outline.any", lang, parts=say("outline.or", lang).join(either)))
    if when.not_:
        parts.append(say("outline.not", lang, part=condition(when.not_, schedule, lang)))
    return say("outline.and", lang).join(parts)


def _match(name: str, match: Match, schedule: Schedule, lang: Lang) -> str:
    column = column_name(name, schedule, lang)
    said = []
    for test, value in match.model_dump(exclude_unset=True, by_alias=True).items():
        values = value if isinstance(value, tuple | list) else (value,)
        words = _list((word(name, v, schedule, lang) for v in values), lang)
        if test == "after" and match.after:
            words = _day(match.after, schedule, lang)
        key = f"outline.test-{test}" if test != "present" or value else "outline.test-absent"
        said.append(say(key, lang, column=column, value=words))
    return say("outline.and", lang).join(said)


def _day(day: Date, schedule: Schedule, lang: Lang) -> str:
    """A day so many months and days after another."""
    spans = [
        say(f"outline.{name}", lang, count=count)
        for name, count in (("months", day.months), ("days", day.days))
        if count
    ]
    column = column_name(day.column, schedule, lang)
    return say("outline.later", lang, column=column, span=_list(spans, lang)) if spans else column


def column_name(name: str, schedule: Schedule, lang: Lang) -> str:
    """The column *name* as printed."""
    if name in schedule.columns:
        return schedule.columns[name].name[lang]
    return say(f"field.{name}", lang) if knows(f"field.{name}") else name


def word(column: str, value: Value, schedule: Schedule, lang: Lang) -> str:
    """A word of *column* as printed."""
    own = schedule.columns.get(column)
    if own and str(value) in own.values:
        return own.values[str(value)][lang]
    if isinstance(value, bool):
        return say("sentence.yes" if value else "sentence.no", lang)
    return schedule.terms.name(column, value, lang) if column in KINDS else str(value)


def _act(step: AnyStep, schedule: Schedule, lang: Lang) -> str:
    """What *step* does, in words."""
    if isinstance(step, Recode):
        return say("outline.recode", lang, cells=_list(_sets(step, schedule, lang), lang))
    if isinstance(step, Ruling):
        return say("outline.ruling", lang, question=step.question, ask=step.ask[lang])
    if isinstance(step, Exclude):
        return say("outline.exclude", lang, reason=say(f"reason.{step.reason}", lang))
    if isinstance(step, Portion):
        to, of = (condition(each, schedule, lang) for each in (step.to, step.of))
        return say("outline.portion", lang, to=to, of=of, times=step.times)
    if isinstance(step, Add):
        terms = _list((_term(each, step.unit, schedule, lang) for each in step.terms), lang)
        return say("outline.add", lang, terms=terms)
    if isinstance(step, Quota):
        prizes = (_prizes(name, each, schedule, lang) for name, each in step.prizes.items())
        column = column_name(step.column, schedule, lang)
        return say("outline.quota", lang, column=column, prizes=_list(prizes, lang))
    values = {
        name: _shown(value, schedule, lang)
        for name, value in step
        if name in ("by", "times", "keys", "highest", "rest", "column", "payees", "most", "how")
    }
    if isinstance(step, Rate):
        values |= {"to": say(f"outline.to-{step.to}", lang), "unit": unit(step.unit, lang)}
    return say(f"outline.{_variant(step)}", lang, **values)


def _variant(step: AnyStep) -> str:
    """The sentence for a step that comes in several forms."""
    if isinstance(step, Share):
        return f"share-{step.how}"
    if isinstance(step, Cap):
        return "cap-payees" if step.payees else "cap-money"
    if isinstance(step, Offset):
        return f"offset-{step.pay}"
    if isinstance(step, Once):
        return "once-rest" if step.rest else "once-unequal" if step.unequal else "once"
    if isinstance(step, Rate) and step.unit != "yuan":
        return "rate-unit"
    return step.do


def _shown(value: object, schedule: Schedule, lang: Lang) -> str:
    """A parameter of a step as printed: column names by their names, the rest as it is."""
    if isinstance(value, tuple):
        return _list((column_name(str(each), schedule, lang) for each in value), lang)
    if isinstance(value, Of):
        column = column_name(value.column, schedule, lang)
        return column if value.over == 1 else f"{column}/{value.over}"
    return str(value)


def unit(name: str, lang: Lang) -> str:
    """The unit *name* as printed."""
    return say(f"unit.{name}", lang) if knows(f"unit.{name}") else name


def _term(term: Term, unit_: str, schedule: Schedule, lang: Lang) -> str:
    """One term of a sum: so much for each of what it is multiplied by."""
    factors = [money.show(term.money)]
    for times in term.times:
        column = column_name(times.column, schedule, lang)
        if times.at_most is not None:
            column = say("outline.at_most", lang, column=column, most=times.at_most)
        factors.append(column)
    values = {"product": " × ".join(factors), "unit": unit(unit_, lang)}
    if term.each is None:
        return say("outline.term", lang, **values)
    return say("outline.term-each", lang, column=column_name(term.each, schedule, lang), **values)


def _prizes(name: str, prizes: Prizes, schedule: Schedule, lang: Lang) -> str:
    """How many there are of one prize."""
    prize = word("prize", name, schedule, lang)
    if prizes.count is not None:
        return say("outline.quota-count", lang, prize=prize, count=prizes.count)
    return say("outline.quota-share", lang, prize=prize, share=prizes.share)


def _list(parts: Iterable[str], lang: Lang) -> str:
    return say("sentence.list", lang).join(parts)


def _sets(step: Recode, schedule: Schedule, lang: Lang) -> Iterator[str]:
    for name, value in step.set.items():
        shown = word(name, value, schedule, lang)
        yield say("sentence.pair", lang, name=column_name(name, schedule, lang), value=shown)
    for name, source in step.copy_.items():
        shown = column_name(source, schedule, lang)
        yield say("sentence.pair", lang, name=column_name(name, schedule, lang), value=shown)
    if step.bands:
        for key, value in step.bands.words.items():
            column = column_name(step.bands.column, schedule, lang)
            shown = word(step.bands.into, value, schedule, lang)
            yield say("outline.band", lang, column=column, band=key, value=shown)
    for name, year in step.year_of.items():
        values = {"date": column_name(year.date, schedule, lang), "month": year.starts}
        shown = say("outline.year_of", lang, **values)
        yield say("sentence.pair", lang, name=column_name(name, schedule, lang), value=shown)


def _table(step: Rate | Cap, schedule: Schedule, lang: Lang) -> Iterator[str]:
    """The crosstab: the last column of ``by`` across, the others down."""
    rows: dict[tuple[str, ...], dict[str, int]] = {}
    for path, amount in step.cells():
        rows.setdefault(path[:-1], {})[path[-1]] = amount
    across = list(dict.fromkeys(key for row in rows.values() for key in row))
    last = step.by[-1]
    heads = [word(last, key, schedule, lang) for key in across]
    body = []
    for path, row in rows.items():
        down = (word(name, key, schedule, lang) for name, key in zip(step.by, path, strict=False))
        body.append([" ".join(down), *(_figure(row, key) for key in across)])
    yield from align([["", *heads], *body])


def _figure(row: Mapping[str, int], key: str) -> str:
    return money.show(row[key]) if key in row else "-"


def align(rows: list[list[str]]) -> Iterator[str]:
    """*rows* as lines with their columns under each other, figures to the right.

    >>> list(align([["", "一等奖"], ["国家级", "20"]]))
    ['            一等奖', '    国家级      20']
    """
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    for first, *rest in rows:
        cells = [first + " " * (widths[0] - width(first))]
        cells += [" " * (w - width(c)) + c for c, w in zip(rest, widths[1:], strict=True)]
        yield "    " + "  ".join(cells)


def width(text: str) -> int:
    """Columns that *text* takes on a terminal: two for a full-width character.

    >>> width("一等奖"), width("first")
    (6, 5)
    """
    return sum(2 if east_asian_width(each) in "WF" else 1 for each in text)


def _reading(name: str, reading: Reading, lang: Lang) -> Iterator[str]:
    yield f"  {name}: {reading.question[lang]}"
    for option, says in reading.options.items():
        mark = "*" if option == reading.default else " "
        yield f"    {mark} {option}: {says[lang]}"
    yield f"      {say('outline.why', lang, why=reading.why[lang])}"
