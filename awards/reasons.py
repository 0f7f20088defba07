"""Why two outcomes differ, in words: where the accounts part, with the clauses of both."""

from collections.abc import Sequence

from awards import accounts, closing, explain
from awards.assessment import Assessment
from awards.award_pairs import AwardComparison, AwardPair
from awards.context import shown
from awards.finding_pairs import FindingComparison, FindingPair
from awards.findings import Finding, Findings, Money
from awards.payouts import Award, Entry
from awards.schedule import Schedule
from awards.vocabulary import vocabulary
from awards.whatif import Setting
from awards.words import Lang, say


def of_award(pair: AwardPair, compared: AwardComparison, lang: Lang = "zh") -> str:
    """What the two accounts of an award say where they part, the one before the other."""
    entries = pair.parting()
    both = zip((compared.one, compared.other), (pair.one, pair.other), entries, strict=True)
    one, other = (_side(*each, lang) for each in both)
    return one if one == other else say("compare.why", lang, one=one, other=other)


def _side(outcome: Assessment, award: Award | None, entry: Entry | None, lang: Lang) -> str:
    if award is None:
        return say("compare.no_line", lang)
    if entry is None:
        text = explain.why(award, outcome, lang) or say(f"status.{award.status}", lang)
        return cited(text, award.clause)
    document = explain.document_of(award, outcome)
    text = explain.entry(entry, award, outcome, lang)
    return cited(text, document.clauses[entry.clause].number)


def cited(text: str, clause: str | None) -> str:
    """*text* with the clause behind it, where there is one."""
    return f"{text}〔{clause}〕" if clause else text


def of_finding(pair: FindingPair, compared: FindingComparison, lang: Lang = "zh") -> str:
    """What is asked for and what counts on both sides, as far as they differ."""
    one, other = pair.one, pair.other
    if one is None or other is None:
        texts = [
            _standing(each, outcome, lang) if each else say("compare.no_rule", lang)
            for each, outcome in zip((one, other), (compared.one, compared.other), strict=True)
        ]
        return say("compare.why", lang, one=texts[0], other=texts[1])
    said = []
    if closing.asked(one) != closing.asked(other):
        texts = [asked(each, lang) for each in (one, other)]
        said.append(say("compare.why", lang, one=texts[0], other=texts[1]))
    said += _money(one, other, lang)
    if one.status != other.status or not said:
        texts = [
            _standing(one, compared.one, lang),
            _standing(other, compared.other, lang),
        ]
        said.append(
            texts[0]
            if texts[0] == texts[1]
            else say("compare.why", lang, one=texts[0], other=texts[1])
        )
    return say("sentence.join", lang).join(said)


def asked(finding: Finding, lang: Lang) -> str:
    """What a finding asks for and how it comes about, with its clause."""
    amount, how = closing.asked(finding), accounts.how(finding)
    text = say("estimate.unknown", lang) if amount is None else shown(amount)
    return cited(f"{how} = {text}" if how else text, finding.clause)


def _standing(finding: Finding, outcome: Findings, lang: Lang) -> str:
    return cited(accounts.verdict(finding, outcome.schedule, lang), finding.clause)


def _money(one: Finding, other: Finding, lang: Lang) -> list[str]:
    """The money that counts on one side only, each with its cell."""
    before = {(each.place, each.source): each for each in one.money}
    said = []
    for each in other.money:
        earlier = before.get((each.place, each.source))
        if earlier is not None and each.amount != 0 and earlier.counts is not each.counts:
            said.append(_counts(earlier, each, lang))
    return said


def _counts(one: Money, other: Money, lang: Lang) -> str:
    words = {True: "fund.counts", False: "fund.counts_not", None: "fund.counts_unknown"}
    source = vocabulary().shown("source", other.source or "?", lang)
    name = f"{source} {shown(other.amount)}"
    texts = [cited(say(words[each.counts], lang), each.clause) for each in (one, other)]
    return f"{name}: " + say("compare.why", lang, one=texts[0], other=texts[1])


def changes(
    settings: Sequence[Setting], readings: Sequence[tuple[str, str]], schedule: Schedule, lang: Lang
) -> list[str]:
    """What was changed in *schedule* for a comparison, a sentence each; that it is a what-if."""
    said = [
        say("compare.setting", lang, name=each.name, before=each.before, after=each.after)
        for each in settings
    ]
    for name, option in readings:
        reading = next(
            each.readings[name] for each in (schedule, *schedule.earlier) if name in each.readings
        )
        text = reading.options[option][lang]
        question = reading.question[lang]
        values = {"name": name, "option": option, "question": question, "text": text}
        said.append(say("compare.switched", lang, **values))
    return [say("compare.what_if", lang), *said] if said else []


def called(schedule: Schedule, lang: Lang) -> str:
    """A document as one side of a comparison."""
    return f"{schedule.title[lang]} {schedule.number or schedule.id}"
