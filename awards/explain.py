"""One award in words: each figure, factor and clause, the row that won, and why."""

from awards import money
from awards.assessment import Assessment
from awards.payouts import PAYABLE, Award, Entry
from awards.records import Ruling, Value
from awards.schedule import Schedule
from awards.terms import KINDS
from awards.words import Lang, knows, say


def why(award: Award, outcome: Assessment, lang: Lang = "zh") -> str:
    """One line: what decided the award, in words, as it stands in the reason column."""
    if award.status == "problem":
        return say("reason.problem", lang)
    if award.reason:
        return _reason(award, outcome, lang)
    worth = (each for each in award.trace if each.note.key in _WORTH)
    return say("sentence.join", lang).join(entry(each, award, outcome, lang) for each in worth)


_WORTH = (
    *("trace.rate", "trace.add", "trace.scale", "trace.rest", "trace.ruled", "trace.offset"),
    *("trace.together", "trace.equal", "trace.part", "trace.portion", "trace.less", "trace.cap"),
    "trace.pool",
)
"""The notes that say how an amount came about."""


def steps(award: Award, outcome: Assessment, lang: Lang = "zh") -> list[str]:
    """The whole account: who and what, each step with its clause, the clauses in words."""
    document = document_of(award, outcome)
    lines = [headline(award, outcome, lang)]
    for number, each in enumerate(award.trace, 1):
        clause = document.clauses[each.clause].number
        text = entry(each, award, outcome, lang)
        lines.append(say("explain.step", lang, number=number, text=text, clause=clause))
    lines.append(say("explain.outcome", lang, outcome=_outcome(award, outcome, lang)))
    for cited in dict.fromkeys(each.clause for each in award.trace):
        clause_ = document.clauses[cited]
        lines.append(say("explain.clause", lang, number=clause_.number, says=clause_.says[lang]))
    if award.status in PAYABLE and document.approval:
        lines.append(say("explain.approval", lang, by=document.approval.by[lang]))
    return lines


def headline(award: Award, outcome: Assessment, lang: Lang = "zh") -> str:
    """Who, where in the roster, and what was won."""
    document = document_of(award, outcome)
    parts = [
        award.payee or say("explain.nobody", lang),
        document.terms.name("role", award.role, lang) if award.role else None,
        award.school,
        str(award.year) if award.year is not None else None,
        award.event,
        *_won(award, outcome, lang),
    ]
    where = str(award.place)
    said = " ".join(part for part in parts if part)
    return f"{where}: {said}" if where else said


def what(award: Award, outcome: Assessment, lang: Lang) -> list[str | None]:
    """Competition, level, prize and amount of *award*, as far as it has them."""
    return [*_won(award, outcome, lang), amount(award, lang)]


def _won(award: Award, outcome: Assessment, lang: Lang) -> list[str | None]:
    """The competition, level and prize of *award*, as far as it has them."""
    terms = document_of(award, outcome).terms
    return [
        award.competition,
        terms.name("level", award.level, lang) if award.level else None,
        terms.name("prize", award.prize, lang) if award.prize else None,
    ]


def amount(award: Award, lang: Lang = "zh") -> str:
    """The amount with its unit; empty where it is not known."""
    if award.amount is None:
        return ""
    return say("explain.amount", lang, amount=show(award), unit=unit(award.unit, lang))


def unit(name: str, lang: Lang) -> str:
    """The unit *name* as printed."""
    return say(f"unit.{name}", lang) if knows(f"unit.{name}") else name


def show(award: Award) -> str:
    """The amount without its unit; empty where it is not known."""
    return money.show(money.fen(award.amount)) if award.amount is not None else ""


def document_of(award: Award, outcome: Assessment) -> Schedule:
    """The document under which *award* was worked out."""
    documents = (outcome.schedule, *outcome.schedule.earlier)
    return next((each for each in documents if each.id == award.schedule), outcome.schedule)


def _outcome(award: Award, outcome: Assessment, lang: Lang) -> str:
    status = say(f"status.{award.status}", lang)
    if award.status in PAYABLE:
        return say("explain.due", lang, status=status, amount=amount(award, lang))
    return say("explain.not_due", lang, status=status, why=_reason(award, outcome, lang))


def _reason(award: Award, outcome: Assessment, lang: Lang) -> str:
    reason = award.reason or "problem"
    key = f"reason.{reason}" if knows(f"reason.{reason}") else "reason.problem"
    said = say(key, lang)
    if award.superseded_by is not None:
        other = outcome.awards[award.superseded_by]
        won = " ".join(part for part in what(other, outcome, lang) if part)
        said = say("reason.other", lang, reason=said, where=other.place.address, other=won)
    document = document_of(award, outcome)
    ruling = document.ruling(award.question) if award.question else None
    if ruling:
        options = [f"{name}（{o.says[lang]}）" for name, o in ruling.options.items()]
        values = {"question": ruling.question, "ask": ruling.ask[lang]}
        return say("reason.ask", lang, options=say("sentence.list", lang).join(options), **values)
    return said


def entry(done: Entry, award: Award, outcome: Assessment, lang: Lang) -> str:
    """What one step of *award* did. Amounts are shown in the unit of the award."""
    return told(done, document_of(award, outcome), award.unit, lang)


def told(done: Entry, document: Schedule, unit_: str, lang: Lang) -> str:
    """What one step of *document* did, amounts in the unit *unit_*."""
    values = {name: _value(name, value, document, lang) for name, value in done.note.values.items()}
    said = {"unit": unit(unit_, lang)}
    if done.amount is not None:
        said["amount"] = money.show(done.amount)
    if done.note.key in ("trace.rate", "trace.no_rate", "trace.recode", "trace.add"):
        pairs = (_pair(name, text, document, lang) for name, text in values.items())
        return say(done.note.key, lang, cells=say("sentence.list", lang).join(pairs), **said)
    if done.note.key in ("trace.wait", "trace.ruled"):
        values |= _ruled(done.note.values, document, lang)
        who = [str(done.note.values[name]) for name in ("by", "on") if name in done.note.values]
        if who:
            return say("trace.ruled_by", lang, who=say("sentence.list", lang).join(who), **values)
    return say(done.note.key, lang, **{**said, **values})


def rests_on(ruling: Ruling, outcome: Assessment) -> list[str]:
    """Sheet and row of each award that rests on *ruling*."""
    places = (outcome.awards[index].place for index in ruling.awards)
    return list(dict.fromkeys(place.address for place in places if place.address))


def answers(ruling: Ruling, outcome: Assessment, lang: Lang = "zh") -> tuple[str, str]:
    """The question and the answer of *ruling* in words, as far as a document has them."""
    documents = (outcome.schedule, *outcome.schedule.earlier)
    asked = next((step for each in documents if (step := each.ruling(ruling.question))), None)
    option = asked.options.get(ruling.answer) if asked else None
    question = asked.ask[lang] if asked else ruling.question
    return question, option.says[lang] if option else ruling.answer


def _ruled(values: object, document: Schedule, lang: Lang) -> dict[str, str]:
    assert isinstance(values, dict)  # notes of a ruling name their question
    ruling = document.ruling(str(values["question"]))
    answer = str(values.get("answer", ""))
    option = ruling.options.get(answer) if ruling else None
    return {
        "question": ruling.ask[lang] if ruling else str(values["question"]),
        "answer": option.says[lang] if option else answer,
    }


def _pair(name: str, text: str, document: Schedule, lang: Lang) -> str:
    """A column with its value; a word of the field speaks for itself."""
    if name in KINDS:
        return text
    column = document.columns.get(name)
    shown = column.name[lang] if column else name
    shown = say(f"field.{name}", lang) if knows(f"field.{name}") else shown
    return say("sentence.pair", lang, name=shown, value=text)


def _value(name: str, value: Value, document: Schedule, lang: Lang) -> str:
    if name in ("before", "after", "off", "each") and isinstance(value, int):
        return money.show(value)
    column = document.columns.get(name)
    if column and str(value) in column.values:
        return column.values[str(value)][lang]
    return document.terms.name(name, value, lang) if name in KINDS else str(value)
