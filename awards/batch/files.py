"""Files of many rows: Parquet with the field names of the case files."""

from pathlib import Path

import pandas as pd

from awards.problems import FileError, Place, problem


def read_parquet(path: Path) -> pd.DataFrame:
    """The frame in *path*; FileError where it is not there or no Parquet file."""
    try:
        return pd.read_parquet(path)
    except FileNotFoundError as error:
        raise FileError(problem("no-file", Place(str(path)))) from error
    except (OSError, ValueError) as error:
        raise FileError(problem("unreadable", Place(str(path)), fault=error)) from error
