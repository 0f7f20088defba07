"""``schedule-format.md``: the guide, then every key and word of a schedule file."""

import inspect
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, get_args

from pydantic import TypeAdapter

from awards import money
from awards.leaves import Quantity
from awards.payouts import STATUSES
from awards.records import FIELDS
from awards.rules import Rule
from awards.steps import STEPS, AnyStep, Step
from awards.steps.base import Open, Reason
from awards.steps.payees import Kind
from awards.terms import KINDS, terms
from awards.words import knows, say
from docs.schema import Schema, kinds_of, parts_of, schedule_schema

HERE = Path(__file__).parent
FUNDING = ("rates", "rules", "qualitative")
"""The keys of a file that are not about awards."""
COMMON = tuple(Step.model_fields)
"""The keys that every step has, described once."""
REASONS = (get_args(Reason), get_args(Open))
SHOWN_APART = ("Text", "Condition", "Match", "Date", "Amounts")


def schedule_format() -> str:
    """The page as Markdown."""
    schema = schedule_schema()
    parts = parts_of(schema)
    guide = (HERE / "schedule-guide.md").read_text("utf-8").rstrip()
    lines = [guide, "", "# Reference", "", *_contents(), ""]
    lines += ["## The file", "", *_table(schema["properties"], schema), ""]
    steps = [step.__name__ for step in STEPS.values()]
    top = _inner(schema, parts, (*SHOWN_APART, *steps))
    funding = {key: schema["properties"][key] for key in FUNDING}
    later = _inner({"properties": funding}, parts, SHOWN_APART)
    for name in top:
        lines += _part(name, parts) if name not in later else []
    lines += ["## Conditions", ""]
    for name in ("Condition", "Match", "Date"):
        lines += _part(name, parts)
    lines += ["## Keys of every step", ""]
    common = {name: parts["Exclude"]["properties"][name] for name in COMMON}
    common["when"] = parts["Rate"]["properties"]["when"]
    lines += [*_table(common, {"required": ["do", "clause"]}), ""]
    for name, step in STEPS.items():
        lines += _step(name, step, parts)
    lines += ["## Funding rules", "", _about(Rule), "", *_quantities(), ""]
    for name in later:
        lines += _part(name, parts)
    return "\n".join([*lines, *_vocabularies()]) + "\n"


def _contents() -> Iterator[str]:
    yield "Generated from the models by `python -m docs.generate`. *Amount* is yuan, or the `unit`"
    yield 'where one is stated; *factor* is exact: `"1/2"`, `0.5` or `2`; *value* is a word, a'
    yield "number, a date, true or false. An empty default: as if the key were not there."
    yield ""
    yield "Steps:"
    yield ", ".join(f"[`{name}`](#{name})" for name in STEPS) + "."


def _part(name: str, parts: Mapping[str, Schema]) -> list[str]:
    part = parts[name]
    says = _markdown(part.get("description", ""))
    return [f"### {name}", "", says, "", *_table(part["properties"], part), ""]


def _step(name: str, step: type[Step], parts: Mapping[str, Schema]) -> list[str]:
    """What the step does, its own keys, those of its parts, examples."""
    part = parts[step.__name__]
    own = {key: value for key, value in part["properties"].items() if _is_own(key, step)}
    lines = [f"## {name}", "", _about(step), "", *_table(own, part), ""]
    for inner in _inner(part, parts, SHOWN_APART):
        says = _markdown(parts[inner].get("description", ""))
        lines += [f"**{inner}**: {says}", "", *_table(parts[inner]["properties"], parts[inner]), ""]
    for example in examples()[name]:
        lines += ["```toml", example, "```", ""]
    return lines


def _is_own(key: str, step: type[Step]) -> bool:
    """Whether *key* is the step's, or a common one that it has in a way of its own."""
    if key not in COMMON:
        return True
    return key != "do" and step.model_fields[key].annotation != Step.model_fields[key].annotation


def _inner(part: Schema, parts: Mapping[str, Schema], apart: Sequence[str]) -> list[str]:
    """The parts that the keys of *part* refer to, directly or not, except those told *apart*."""
    found: list[str] = []
    waiting = [part]
    while waiting:
        keys = waiting.pop(0).get("properties", {})
        own = {key: value for key, value in keys.items() if key not in COMMON}
        for name in re.findall(r"#/definitions/(\w+)", str(own)):
            if name not in (*apart, *found):
                found.append(name)
                waiting.append(parts[name])
    return found


def _quantities() -> Iterator[str]:
    """The forms of a quantity."""
    yield _about(Quantity)
    yield ""
    for form in kinds_of(Quantity):
        says = inspect.cleandoc(form.__doc__ or "").split("\n\n")[0].replace("\n", " ")
        keys = [field.alias or name for name, field in form.model_fields.items()]
        if not keys:
            continue
        named = ", ".join(f"`{key}`" for key in keys)
        yield f"- {named if keys != ['how', 'of'] else 'an operator'}: {_markdown(says)}"


def _about(model: type) -> str:
    """The docstring of the module of *model*, without the doctest."""
    said = inspect.cleandoc(sys.modules[model.__module__].__doc__ or "")
    paragraphs = [each for each in said.split("\n\n") if not each.startswith(">>>")]
    paragraphs[0] = paragraphs[0].partition(": ")[2]
    paragraphs[0] = paragraphs[0][0].upper() + paragraphs[0][1:]
    return _markdown("\n\n".join(paragraphs))


def examples() -> dict[str, list[str]]:
    """The examples of ``steps.toml`` by step, each checked: a step without one is KeyError."""
    found: dict[str, list[str]] = {}
    text = (HERE / "steps.toml").read_text("utf-8")
    for example in text.split("[[steps]]\n")[1:]:
        shown = f"[[steps]]\n{example.strip()}"
        [table] = tomllib.loads(shown, parse_float=Decimal)["steps"]
        step: Step = TypeAdapter(AnyStep).validate_python(table)
        found.setdefault(step.do, []).append(shown)
    return found


def _table(properties: Mapping[str, Schema], owner: Schema) -> Iterator[str]:
    either = (form.get("required", ()) for form in owner.get("anyOf", ()))
    needed = owner.get("required") or next(either, ())
    yield "| key | holds | default | meaning |"
    yield "|---|---|---|---|"
    for name, value in properties.items():
        default = "**needed**" if name in needed else _default(value)
        meaning = _markdown(value.get("description", "")).replace("\n", " ")
        yield f"| `{name}` | {holds(value)} | {default} | {meaning} |"
    if isinstance(more := owner.get("additionalProperties"), dict):
        yield f"| *a column* | {holds(more)} | | The test of that column. |"


def _default(value: Schema) -> str:
    if "default" not in value:
        return ""
    said = value["default"]
    if isinstance(said, bool):
        return f"`{str(said).lower()}`"
    return f"`{said}`" if not isinstance(said, list) else f"`{said}`".replace("'", '"')


def holds(value: Schema) -> str:
    """What a key holds, in words."""
    if "$ref" in value:
        return _referred(value["$ref"].rpartition("/")[2])
    if "oneOf" in value:
        return "[step](#keys-of-every-step)"
    if "anyOf" in value:
        said = list(dict.fromkeys(holds(each) for each in value["anyOf"]))
        return " or ".join(each for each in said if each != "amount" or "factor" not in said)
    if "enum" in value:
        return _one_of(value["enum"])
    kind = value.get("type")
    if kind == "array":
        return f"list of {holds(value['items'])}"
    if kind == "object":
        return _table_of(value.get("additionalProperties"))
    return _scalar(value)


def _scalar(value: Schema) -> str:
    kind = value.get("type")
    if "pattern" in value:
        return "factor" if "/" in value["pattern"] else "number"
    if isinstance(kind, list):
        return "quantity" if "object" in kind else "value"
    if kind == "number":
        return "amount" if value.get("minimum") == 0 else "number"
    if kind == "string":
        return "date" if value.get("format") == "date" else "text"
    known = {"integer": "whole number", "boolean": "true or false"}
    return known.get(str(kind), "see the meaning")


def _referred(name: str) -> str:
    known = {
        "Text": "words in zh and en",
        "Condition": "[condition](#conditions)",
    }
    inside = {part for step in STEPS.values() for part in _names_in(step)}
    return known.get(name) or (f"**{name}**" if name in inside else f"[{name}](#{name.lower()})")


@cache
def _names_in(step: type[Step]) -> list[str]:
    """The parts that are told of under *step*."""
    parts = parts_of(schedule_schema())
    return _inner(parts[step.__name__], parts, SHOWN_APART)


def _one_of(words: Sequence[str]) -> str:
    known = dict(zip(REASONS, ("reason", "open reason"), strict=True))
    if (name := known.get(tuple(words))) is not None:
        return f"[{name}](#{name.replace(' ', '-')}s)"
    return ", ".join(f'`"{word}"`' for word in words)


def _table_of(entry: Any) -> str:
    if not isinstance(entry, dict):
        return "table"
    if entry.get("$ref", "").endswith("/Amounts"):
        return "table of amounts, nested"
    if isinstance(entry.get("additionalProperties"), dict):
        return f"table of {holds(entry['additionalProperties'])} by kind and name"
    return f"table of {holds(entry)} by name"


def _markdown(text: str) -> str:
    return text.replace("``", "`")


def _vocabularies() -> Iterator[str]:
    """The closed lists of words."""
    yield from ("## Reasons", "", "Why a row gets nothing (`reason`, `otherwise`, `not_paid`).", "")
    yield from (f"- `{each}`: {say(f'reason.{each}', 'en')}" for each in REASONS[0])
    yield from ("", "## Open reasons", "", "Why a row waits for a ruling.", "")
    yield from (f"- `{each}`: {say(f'reason.{each}', 'en')}" for each in REASONS[1])
    yield from ("", "## Other closed lists", "")
    yield f"- statuses of a row: {_words(STATUSES)}"
    yield f"- roundings: {_words(get_args(money.Rounding))}"
    yield f"- kinds of payee: {_words(get_args(Kind))}"
    yield from ("", "## Built-in columns", "")
    yield "| column | in English | headings in a roster, among others |"
    yield "|---|---|---|"
    for name in FIELDS:
        english = say(f"field.{name}", "en") if knows(f"field.{name}") else name.replace("_", " ")
        yield f"| `{name}` | {english} | {'、'.join(terms().columns.get(name, ())[:4])} |"
    for kind in KINDS:
        yield from ("", f"## General words: {kind}", "")
        if kind in ("level", "prize"):
            yield from ("In order of rank, the highest first.", "")
        yield "| word | zh | en | also written |"
        yield "|---|---|---|---|"
        for name, word in terms().words[kind].items():
            also = "、".join((*word.also, *(f"…{end}" for end in word.ends))[:8])
            yield f"| `{name}` | {word.zh} | {word.en} | {also} |"


def _words(words: Sequence[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)
