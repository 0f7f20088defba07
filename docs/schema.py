"""The JSON Schema of a schedule file, with the docstring of each field as its description."""

import ast
import inspect
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from awards.conditions import Model
from awards.schedule import Schedule
from awards.terms import Word

Schema = dict[str, Any]
HIDDEN = ("title", "discriminator")
TABLE = {"type": "object", "additionalProperties": {"type": ["number", "object"]}}
"""A crosstab as its model has it, which cannot name itself; here it is ``Amounts``."""
AMOUNTS: Schema = {
    "anyOf": [
        {"type": "number", "minimum": 0},
        {"type": "object", "additionalProperties": {"$ref": "#/definitions/Amounts"}},
    ]
}
COPIES: Mapping[str, Mapping[str, Schema]] = {
    "Rule": {
        "like": {
            "type": "string",
            "description": "An earlier rule, of which this is a copy but for the keys given here.",
        }
    },
    "Rate": {
        "rates": {
            "type": "string",
            "description": "A crosstab of the file, whose `by`, `amounts` and `clause` are taken.",
        }
    },
    "Scale": {
        "rates": {
            "type": "string",
            "description": "A crosstab of factors, whose `clause` and one factor are taken.",
        },
        "at": {
            "type": "array",
            "items": {"type": "string"},
            "description": "The keys of that factor.",
        },
    },
}
"""What a schedule expands before its models see it: part, keys."""
NOTHING: tuple[object, ...] = (None, "", [], {})


def schedule_schema() -> Schema:
    """What an editor needs to complete and check a schedule file: JSON Schema, draft 7."""
    made = Schedule.model_json_schema(ref_template="#/definitions/{model}")
    parts = made.pop("$defs")
    for name, text in _described(Schedule).items():
        made["properties"][name]["description"] = text
    models: list[type] = [*kinds_of(Model), Word]
    for each in models:
        if each.__name__ in parts:
            _describe(parts[each.__name__], each)
    for name, keys in COPIES.items():
        _let_be_a_copy(parts[name], keys)
    whole = _clean({**made, "definitions": {**parts, "Amounts": AMOUNTS}})
    return {"$schema": "http://json-schema.org/draft-07/schema#", "title": "Schedule", **whole}


def parts_of(schema: Schema) -> Mapping[str, Schema]:
    """The parts of *schema* by name, each in its full form."""
    return {name: full(part) for name, part in schema["definitions"].items()}


def full(part: Schema) -> Schema:
    """The full form of *part*, which may have shorter ones beside it."""
    forms: list[Schema] = part.get("anyOf", [])
    return next((form for form in forms if "properties" in form), part)


def kinds_of(model: type) -> Iterator[type[Any]]:
    """Every kind of *model* that the project has, and the kinds of each."""
    children: list[type] = model.__subclasses__()
    for each in children:
        if each.__module__.startswith("awards."):
            yield each
            yield from kinds_of(each)


def _describe(part: Schema, model: type) -> None:
    """Write into *part* what *model* and its fields say of themselves."""
    whole = full(part)
    whole["description"] = inspect.cleandoc(model.__doc__ or "").split("\n\n")[0]
    for name, text in _described(model).items():
        if name in whole["properties"]:
            whole["properties"][name]["description"] = text


def _let_be_a_copy(part: Schema, keys: Mapping[str, Schema]) -> None:
    """With *keys*, which name what it begins as a copy of, *part* needs few keys of its own."""
    part["properties"] |= keys
    needed = [name for name in part["required"] if name == "do"]
    part["anyOf"] = [{"required": part.pop("required")}, {"required": [*needed, *keys]}]


def _described(model: type) -> dict[str, str]:
    """The docstring under each field of *model*, by its key in a file."""
    found: dict[str, str] = {}
    for each in reversed(model.__mro__):
        if each.__module__.startswith("awards."):
            found.update(_docstrings(each))
    fields: Mapping[str, Any] = getattr(model, "model_fields", {})
    return {(fields[n].alias if n in fields else None) or n: text for n, text in found.items()}


def _docstrings(model: type) -> Iterator[tuple[str, str]]:
    """Each name of the class body that a docstring follows; read here, not at every start."""
    [body] = ast.parse(inspect.getsource(model)).body
    assert isinstance(body, ast.ClassDef)  # it is the source of a class
    for field, after in pairwise(body.body):
        match field, after:
            case (
                ast.AnnAssign(target=ast.Name(id=name)),
                ast.Expr(value=ast.Constant(value=str(text))),
            ):
                yield name, inspect.cleandoc(text)


def _clean(schema: Schema) -> Schema:
    """*schema* without what TOML cannot say (null) and what tells nothing (titles)."""
    kept = {key: value for key, value in schema.items() if key not in HIDDEN}
    if kept.items() >= TABLE.items():
        kept["additionalProperties"] = AMOUNTS["anyOf"][1]["additionalProperties"]
    if kept.get("default", 0) in NOTHING:
        del kept["default"]
    elif "default" in kept and kept.get("type") == "number":  # an amount: hundredths in memory
        kept["default"] = kept["default"] / 100
    for key in {"properties", "definitions"} & set(kept):
        kept[key] = {name: _clean(each) for name, each in kept[key].items()}
    for key in {"anyOf", "oneOf"} & set(kept):
        kept[key] = [_clean(each) for each in kept[key] if each != {"type": "null"}]
    for key in {"items", "additionalProperties"} & set(kept):
        if isinstance(kept[key], dict):
            kept[key] = _clean(kept[key])
    if len(kept.get("anyOf", ())) == 1:
        [only] = kept.pop("anyOf")
        kept = {**only, **kept}
    return kept
