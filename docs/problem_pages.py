"""``problems/``: a page for every problem code, with an example and what to do."""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from awards.words import LANGS, catalog

SAID = Path(__file__).parent / "problems.toml"
HOME = Path(__file__).parent / "problems"


class UndocumentedProblemError(Exception):
    """A code without an example, or without anything to do about it; or a page without a code."""


def problem_pages() -> Iterator[tuple[Path, str]]:
    """Each page with its text, the list of all first."""
    said = tomllib.loads(SAID.read_text("utf-8"))
    codes = sorted(key.removeprefix("problem.") for key in catalog("en") if _is_code(key))
    if strangers := said["codes"].keys() - set(codes):
        raise UndocumentedProblemError(", ".join(sorted(strangers)))
    lines = [said["begin"].strip(), "", "| | |", "|---|---|"]
    lines += [f"| [{code}]({code}.md) | {_plain('zh', code)} |" for code in codes]
    yield HOME / "README.md", "\n".join(lines) + "\n"
    for code in codes:
        yield HOME / f"{code}.md", _page(code, said)


def _is_code(key: str) -> bool:
    return key.startswith("problem.")


def _page(code: str, said: Mapping[str, Any]) -> str:
    """The page of one code."""
    entry = said["codes"].get(code, {})
    if not entry.get("example"):
        raise UndocumentedProblemError(f"{code}: no example")
    cure = {lang: _cure(code, lang, entry, said["families"]) for lang in LANGS}
    lines = [f"# {code}", "", *(f"> {_plain(lang, code)}  " for lang in LANGS), ""]
    lines += [f"**例 Example**: {entry['example']}", ""]
    lines += ["**怎么办 What to do**", "", *(f"- {cure[lang]}" for lang in LANGS), ""]
    return "\n".join([*lines, "[All problems](README.md)"]) + "\n"


def _cure(code: str, lang: Any, entry: Mapping[str, Any], families: Mapping[str, Any]) -> str:
    """What to do: its own words, the hint that is printed, the words of its family."""
    if "cure" in entry:
        return str(entry["cure"][lang])
    if f"hint.{code}" in catalog(lang):
        return _marked(catalog(lang)[f"hint.{code}"])
    family = max((start for start in families if code.startswith(start)), key=len, default=None)
    if family is None:
        raise UndocumentedProblemError(f"{code}: nothing to do about it")
    return str(families[family][lang])


def _plain(lang: Any, code: str) -> str:
    return _marked(catalog(lang)[f"problem.{code}"])


def _marked(text: str) -> str:
    """A sentence with what is filled in marked, and nothing that Markdown would take for itself."""
    return text.replace("|", "\\|").replace("{", "‹").replace("}", "›").replace("<", "&lt;")
