"""A user's own TOML file → a value, or every fault of the file with line and column."""

import tomllib
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from awards.positions import nearest, positions
from awards.problems import FileError, Place, problem

Settings = TypeVar("Settings", bound=BaseModel)


def read_settings(path: Path, shape: type[Settings]) -> Settings:
    """What the file *path* says, as *shape*; FileError where it cannot be read or is at fault."""
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        fault = error.strerror if isinstance(error, OSError) else error
        raise FileError(problem("no-file", Place(str(path)), fault=fault)) from error
    return parse_settings(text, str(path), shape)


def parse_settings(text: str, file: str, shape: type[Settings]) -> Settings:
    """What the TOML *text* of *file* says; FileError with each fault at its line and column."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FileError(problem("bad-toml", Place(file), fault=error)) from error
    try:
        return shape.model_validate(tables)
    except ValidationError as error:
        found = positions(text)
        faults = []
        for each in error.errors():
            line, column = nearest(found, each["loc"]) or (1, 1)
            place = Place(file, row=line, column=column)
            key = ".".join(map(str, each["loc"])) or "-"
            fault = each["msg"].removeprefix("Value error, ")
            code = _CODES.get(each["type"], "bad-schedule")
            faults.append(problem(code, place, key=key, fault=fault))
        raise FileError(faults) from error


_CODES = {"extra_forbidden": "unknown-key", "missing": "missing-key"}
