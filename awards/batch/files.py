"""Files of many rows: Parquet with the field names of the case files."""

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from awards.problems import FileError, Place, problem


def rows_in(path: Path) -> int:
    """How many rows there are in *path*; FileError where it is not there or no Parquet file."""
    try:
        return int(pq.ParquetFile(path).metadata.num_rows)
    except FileNotFoundError as error:
        raise FileError(problem("no-file", Place(str(path)))) from error
    except (OSError, pa.ArrowException) as error:
        raise FileError(problem("unreadable", Place(str(path)), fault=error)) from error


def read_parquet(path: Path) -> pd.DataFrame:
    """The frame in *path*; FileError where it is not there or no Parquet file."""
    try:
        # a whole number stays one where others are missing
        return pq.read_table(path).to_pandas(integer_object_nulls=True)
    except FileNotFoundError as error:
        raise FileError(problem("no-file", Place(str(path)))) from error
    except (OSError, ValueError, TypeError, pa.ArrowException) as error:
        raise FileError(problem("unreadable", Place(str(path)), fault=error)) from error
