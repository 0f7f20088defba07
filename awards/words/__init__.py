"""What the software says, in Chinese and English: one catalog a language, no sentence in code.

``zh.toml`` and ``en.toml`` hold the same keys; a test compares them, and every key's
``{names}``. Policy words (levels, prizes) are not here but in ``schedules/terms.toml``.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

Lang = Literal["zh", "en"]
LANGS: tuple[Lang, ...] = get_args(Lang)


def say(key: str, lang: Lang, /, **values: object) -> str:
    """The sentence *key* in *lang*, its ``{names}`` filled from *values*; KeyError if unknown.

    >>> say("status.paid", "en"), say("status.paid", "zh")
    ('due', '应发')
    """
    return catalog(lang)[key].format_map(values)


def knows(key: str) -> bool:
    """Whether there is a sentence *key*."""
    return key in catalog("en")


@cache
def catalog(lang: Lang) -> Mapping[str, str]:
    """All sentences of *lang* by dotted key, such as ``problem.unknown-prize``."""
    tables = tomllib.loads(files(__name__).joinpath(f"{lang}.toml").read_text("utf-8"))
    return {
        f"{section}.{key}": text for section, table in tables.items() for key, text in table.items()
    }
