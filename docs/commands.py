"""``cli.md``: every command with its options, and an example of each."""

import inspect
import tomllib
from collections.abc import Iterator
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Any, get_args

from typer.models import ArgumentInfo, CommandInfo, OptionInfo

from cli.main import app

EXAMPLES = Path(__file__).parent / "commands.toml"


class UndocumentedError(Exception):
    """A command without help or without an example, or an option without help."""


def commands() -> Iterator[tuple[str, CommandInfo]]:
    """Each command by the words a user types after ``awards``."""
    for command in app.registered_commands:
        yield str(command.name), command
    for group in app.registered_groups:
        assert group.typer_instance  # a group is a Typer of its own
        for command in group.typer_instance.registered_commands:
            yield f"{group.name} {command.name}", command


def cli() -> str:
    """The page as Markdown."""
    said = tomllib.loads(EXAMPLES.read_text("utf-8"))
    lines = [said["begin"].strip(), ""]
    for name, command in commands():
        if not command.help or name not in said["commands"]:
            raise UndocumentedError(f"awards {name}")
        lines += [f"## awards {name}", "", command.help, "", "```", said["commands"][name].strip()]
        lines += ["```", "", "| | |", "|---|---|", *_options(name, command), ""]
    return "\n".join(lines).rstrip() + "\n"


def _options(name: str, command: CommandInfo) -> Iterator[str]:
    assert command.callback  # every command has a function
    for each in inspect.signature(command.callback, eval_str=True).parameters.values():
        info: ArgumentInfo | OptionInfo = each.annotation.__metadata__[0]
        if not info.help:
            raise UndocumentedError(f"awards {name}: {each.name}")
        needed = " **needed**" if each.default is each.empty else ""
        default = f" [{_shown(each.default)}]" if each.default not in (each.empty, None) else ""
        yield f"| {_spelling(each.name, info, each.annotation)} | {info.help}{default}{needed} |"


def _spelling(name: str, info: ArgumentInfo | OptionInfo, annotation: Any) -> str:
    if isinstance(info, ArgumentInfo):
        return f"`{(info.metavar or name).upper()}`"
    first = info.default if isinstance(info.default, str) else "--" + name.replace("_", "-")
    spelled = [first, *(info.param_decls or ())]  # Typer keeps the first spelling as the default
    taken = f" {info.metavar}" if info.metavar else _taken(annotation.__origin__)
    return "`" + "`, `".join(sorted(spelled, key=len)) + f"{taken}`"


def _taken(kind: Any) -> str:
    """What an option takes: one of its words, a path, a number, text; nothing for a switch."""
    if inspect.isclass(kind) and issubclass(kind, Enum):
        return " " + "\\|".join(str(each.value) for each in kind)
    words = [each for each in get_args(kind) if isinstance(each, str)]
    if words:
        return " " + "\\|".join(words)
    named = {bool: "", int: " NUMBER", str: " TEXT", Path: " PATH", datetime: " DATE"}
    kinds = {kind, *get_args(kind), *_inside(kind)}
    return next((taken for each, taken in named.items() if each in kinds), " VALUE")


def _inside(kind: Any) -> set[Any]:
    return {inner for each in get_args(kind) for inner in get_args(each)}


def _shown(default: object) -> str:
    if isinstance(default, bool):
        return "no" if not default else "yes"
    return str(default.value if isinstance(default, Enum) else default)
