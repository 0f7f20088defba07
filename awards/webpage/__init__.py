"""One page to look at: a run as a single HTML file that asks nobody for anything.

Style and script stand in the file, and its own policy lets nothing else run or load: not a script
that hides in a name, not an image from elsewhere.
"""

import base64
import hashlib
from importlib.resources import files

from jinja2 import DictLoader, Environment, StrictUndefined

from awards.dossier import Dossier
from awards.webpage.view import view
from awards.words import Lang, say
from awards.workbook.page import text

TEMPLATE, STYLE, SCRIPT = "report.html", "report.css", "report.js"


def page(dossier: Dossier, lang: Lang = "zh") -> str:
    """The page of *dossier* as HTML. Numbers of persons in it are masked."""
    style, script = _part(STYLE), _part(SCRIPT)
    environment = Environment(
        loader=DictLoader({TEMPLATE: _part(TEMPLATE)}),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )

    def words(key: str, **values: object) -> str:
        return say(key, lang, **values)

    return environment.get_template(TEMPLATE).render(
        lang=lang,
        say=words,
        view=view(dossier, lang),
        style=style,
        script=script,
        policy=_policy(style, script),
    )


def _part(name: str) -> str:
    return files(__name__).joinpath(name).read_text("utf-8")


def _policy(style: str, script: str) -> str:
    """The policy of the page: only its own style and script, by their digests."""
    parts = (("style-src", style), ("script-src", script))
    allowed = "; ".join(f"{name} '{_digest(part)}'" for name, part in parts)
    return f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'"


def _digest(part: str) -> str:
    digest = hashlib.sha256(part.encode()).digest()
    return "sha256-" + base64.b64encode(digest).decode()


def _shown(value: object) -> object:
    """*value* as printed: no control characters, numbers of persons masked."""
    return text(value) if type(value) is str else value
