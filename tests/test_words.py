"""The two catalogs of sentences hold the same, and the code and the catalogs know each other."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest

from awards.payouts import STATUSES
from awards.problems import Severity
from awards.steps.base import REASONS
from awards.words import LANGS, catalog, knows, say

ROOT = Path(__file__).parent.parent
SOURCES = sorted(path for room in ("awards", "cli") for path in (ROOT / room).rglob("*.py"))
TREES = {path: ast.parse(path.read_text("utf-8")) for path in SOURCES}
CODES = [key.removeprefix("problem.") for key in catalog("en") if key.startswith("problem.")]


def strings() -> Iterator[str]:
    """Every piece of text in the code, docstrings too."""
    for tree in TREES.values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def patterns() -> Iterator[re.Pattern[str]]:
    """The shape of each text that is built on the way, such as ``status.{…}``."""
    for tree in TREES.values():
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr):
                parts = (
                    re.escape(str(part.value)) if isinstance(part, ast.Constant) else "(.+)"
                    for part in node.values
                )
                yield re.compile("".join(parts))


def calls(*names: str) -> Iterator[tuple[Path, ast.Call]]:
    """Every call of a function or method with one of the *names*."""
    for path, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                function = node.func
                name = function.attr if isinstance(function, ast.Attribute) else ""
                if (function.id if isinstance(function, ast.Name) else name) in names:
                    yield path, node


def _said(call: ast.Call) -> str:
    """The first argument of *call*, where it is text."""
    first = call.args[0] if call.args else None
    return first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else ""


TEMPLATES = " ".join(path.read_text("utf-8") for path in (ROOT / "awards").rglob("*.html"))
IN_TEMPLATES = re.findall(r"""say\(["']([^"']+)["']""", TEMPLATES)
LITERALS = {*strings(), *IN_TEMPLATES}
SECTIONS = {key.partition(".")[0] for key in catalog("en")}
BUILT = [each for each in patterns() if each.pattern.partition("\\.")[0] in SECTIONS]
SOURCE = " ".join(path.read_text("utf-8") for path in SOURCES)
FILES = " ".join(p.read_text("utf-8") for p in (ROOT / "schedules").rglob("*.toml"))


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_both_languages_have_the_same_keys() -> None:
    assert set(catalog("zh")) == set(catalog("en"))


@pytest.mark.parametrize("key", catalog("en"))
def test_both_languages_say_the_same_things(key: str) -> None:
    """What is filled in is the same; a sentence is not empty and has no half-open brace."""
    assert fields(catalog("zh")[key]) == fields(catalog("en")[key])
    assert all(catalog(lang)[key].strip() for lang in LANGS)


def test_every_key_that_is_said_exists() -> None:
    missing = [
        f"{path.name}:{call.lineno} {_said(call)}"
        for path, call in calls("say", "knows", "_help", "Note")
        if _said(call) and not knows(_said(call))
    ]
    assert missing == []
    assert IN_TEMPLATES
    assert [key for key in IN_TEMPLATES if not knows(key)] == []


def test_every_text_that_looks_like_a_key_is_one() -> None:
    """Keys handed on as text, such as the title of a table."""
    looks = re.compile(rf"({'|'.join(sorted(SECTIONS))})\.[a-z][a-z_-]*[a-z]")
    lost = {text for text in LITERALS if looks.fullmatch(text) and not knows(text)}
    assert lost - {"schedule.id"} == set()


def test_every_problem_has_words() -> None:
    missing = [
        f"{path.name}:{call.lineno} {_said(call)}"
        for path, call in calls("problem", "Problem")
        if _said(call) and not knows(f"problem.{_said(call)}")
    ]
    assert missing == []


def test_every_hint_belongs_to_a_problem() -> None:
    hints = {key.removeprefix("hint.") for key in catalog("en") if key.startswith("hint.")}
    assert hints - {"near"} <= set(CODES)


def test_every_status_reason_and_severity_has_words() -> None:
    for status in STATUSES:
        assert knows(f"status.{status}")
    for reason in REASONS:
        assert knows(f"reason.{reason}")
    for severity in get_args(Severity):
        assert knows(f"severity.{severity}")


def test_every_sentence_is_used() -> None:
    """Said as it stands, or by a prefix that the code builds on with a word that it knows."""
    unused = [key for key in catalog("en") if not _is_used(key)]
    assert unused == []


def _is_used(key: str) -> bool:
    if key in LITERALS:
        return True
    built = (match for each in BUILT if (match := each.fullmatch(key)))
    if any(all(map(_is_known, match.groups())) for match in built):
        return True
    section, _, code = key.partition(".")
    if section == "problem":  # blank-… and unknown-… are built from the name of a column
        return code in LITERALS or any(
            code.startswith(p)
            and code.removeprefix(p) in LITERALS | set(re.findall(r"\w+", SOURCE))
            for p in ("blank-", "unknown-")
        )
    return section == "hint" and code in {*CODES, "near"}


def _is_known(part: str) -> bool:
    """Whether *part* of a key is made of words of the code or of a schedule."""
    return all(
        re.search(rf"(?<![\w]){re.escape(each)}(?![\w])", SOURCE + FILES)
        for each in part.split("-")
    )


def test_an_unknown_key_is_an_error() -> None:
    with pytest.raises(KeyError):
        say("status.gone", "en")
    assert not knows("status.gone")
