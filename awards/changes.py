"""What changed from one schedule to another: figures, steps, readings, clauses, by clause."""

from collections.abc import Iterator, Mapping

from awards import money
from awards.outline import column_name, sentence, word
from awards.schedule import Schedule
from awards.steps import Cap, Rate
from awards.words import Lang, say

Figures = dict[tuple[str, ...], tuple[int, str, str]]


def changes(old: Schedule, new: Schedule, lang: Lang = "zh") -> list[str]:
    """Lines that begin with ``-`` (only in *old*), ``+`` (only in *new*) or ``~`` (changed).

    Figures come first, each with its clause, then steps, readings and clauses.
    """
    return [
        *_heads(old, new, lang),
        *_figures(old, new, lang),
        *_texts(_sentences(old, lang), _sentences(new, lang)),
        *_readings(old, new, lang),
        *_texts(_clauses(old, lang), _clauses(new, lang)),
    ]


def _heads(old: Schedule, new: Schedule, lang: Lang) -> Iterator[str]:
    for name in ("number", "issued", "in_force_from", "in_force_until"):
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield f"~ {say(f'schedule.{name}', lang)}: {before or '-'} → {after or '-'}"


def _figures(old: Schedule, new: Schedule, lang: Lang) -> Iterator[str]:
    before, after = _all_figures(old, lang), _all_figures(new, lang)
    for key in dict.fromkeys((*before, *after)):
        name = " ".join(each for each in key if each)
        one, other = before.get(key), after.get(key)
        if one and other and one[0] != other[0]:
            rise = other[0] - one[0]
            sign = "+" if rise > 0 else "-"
            amounts = f"{money.show(one[0])} → {money.show(other[0])} {other[1]}"
            rises = f"{sign}{money.show(abs(rise))}"
            yield f"~ {name}: {amounts} ({rises})〔{one[2]} → {other[2]}〕"
        elif one and not other:
            yield f"- {name}: {money.show(one[0])} {one[1]}〔{one[2]}〕"
        elif other and not one:
            yield f"+ {name}: {money.show(other[0])} {other[1]}〔{other[2]}〕"


def _all_figures(schedule: Schedule, lang: Lang) -> Figures:
    """Each figure of the crosstabs by its words: amount, unit, number of its clause."""
    found: Figures = {}
    for step in schedule.steps:
        if not isinstance(step, Rate | Cap):
            continue
        for keys, amount in step.cells():
            words = tuple(
                f"{column_name(name, schedule, lang)} {word(name, key, schedule, lang)}"
                for name, key in zip(step.by, keys, strict=True)
            )
            own = step.clause if isinstance(step.clause, str) else step.clause[keys[0]]
            unit = step.unit if isinstance(step, Rate) else "yuan"
            unit = say("unit.yuan", lang) if unit == "yuan" else unit
            whom = say(f"outline.to-{step.to}", lang) if isinstance(step, Rate) else ""
            under = ", ".join(f"{name}={option}" for name, option in step.under.items())
            key = (under, whom, *words)
            found.setdefault(key, (amount, unit, schedule.clauses[own].number))
    return found


def _sentences(schedule: Schedule, lang: Lang) -> list[str]:
    return [sentence(step, schedule, lang) for step in schedule.steps]


def _clauses(schedule: Schedule, lang: Lang) -> list[str]:
    return [
        say("explain.clause", lang, number=each.number, says=each.says[lang])
        for each in schedule.clauses.values()
    ]


def _texts(old: list[str], new: list[str]) -> Iterator[str]:
    yield from (f"- {each}" for each in old if each not in new)
    yield from (f"+ {each}" for each in new if each not in old)


def _readings(old: Schedule, new: Schedule, lang: Lang) -> Iterator[str]:
    before, after = _options(old, lang), _options(new, lang)
    for name in dict.fromkeys((*before, *after)):
        one, other = before.get(name), after.get(name)
        if one != other:
            mark = "~" if one and other else "-" if one else "+"
            yield f"{mark} {name}: {' → '.join(each for each in (one, other) if each)}"


def _options(schedule: Schedule, lang: Lang) -> Mapping[str, str]:
    """Each reading in a line: the options, the one taken first."""
    return {
        name: " / ".join(
            f"{option} {reading.options[option][lang]}"
            for option in sorted(reading.options, key=lambda each: each != reading.default)
        )
        for name, reading in schedule.readings.items()
    }
