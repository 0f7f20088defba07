"""Frames of other libraries, by way of Arrow: Polars, DuckDB, Arrow itself.

Whatever can hand its columns over as Arrow has them is read like a frame of pandas, and what comes
of it goes back as an Arrow table, which those libraries take in without a copy.
"""

from typing import Any, Protocol, runtime_checkable

import pandas as pd
import pyarrow as pa

ROW = "row_id"
"""The column with the place of the row that an award belongs to."""


@runtime_checkable
class Streamed(Protocol):
    """A frame that hands its columns over as Arrow has them."""

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The stream of the columns."""


def frame_of(given: object) -> pd.DataFrame:
    """The rows of *given* as pandas has them; TypeError where it is no frame."""
    if isinstance(given, pd.DataFrame):
        return given
    if not isinstance(given, Streamed):
        kind = type(given).__name__
        raise TypeError(f"a frame is wanted (pandas, or one that Arrow can read), not {kind}")
    table = pa.table(given)
    columns = [_readable(column) for column in table.columns]
    return in_pandas(pa.Table.from_arrays(columns, table.column_names))


def in_pandas(table: pa.Table) -> pd.DataFrame:
    """The rows of *table* as pandas has them: repeated texts as categories, whole numbers whole."""
    return table.unify_dictionaries().to_pandas(integer_object_nulls=True)


def _readable(column: Any) -> Any:
    """*column* in a form that pandas takes: whole texts, and signed numbers for those of a list."""
    kind = column.type
    if not isinstance(kind, pa.DictionaryType):
        return column.cast(pa.large_string()) if _is_text(kind) else column
    texts = pa.large_string() if _is_text(kind.value_type) else kind.value_type
    chunks = [
        (each.indices.cast(pa.int32()), each.dictionary.cast(texts)) for each in column.chunks
    ]
    held: Any = [pa.DictionaryArray.from_arrays(*each) for each in chunks]
    return pa.chunked_array(held) if held else pa.chunked_array([], texts)


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_string_view(kind))


def table_of(frame: pd.DataFrame) -> pa.Table:
    """The *frame*, whose index tells the places of rows, as Arrow has it; a year is a number."""
    columns: dict[str, Any] = {ROW: pa.array(frame.index.to_numpy())}
    for name, column in frame.items():
        is_number = isinstance(column.dtype, pd.CategoricalDtype) and name == "year"
        told = column.astype("Int64") if is_number else column
        words = words_of(told)
        columns[str(name)] = pa.array(told, from_pandas=True) if words is None else words
    return pa.table(columns)


def words_of(column: "pd.Series[Any]") -> Any:
    """A column of a few texts, each of them once; None where it is none."""
    if not isinstance(column.dtype, pd.CategoricalDtype):
        return None
    codes = column.cat.codes.to_numpy()
    words = pa.DictionaryArray.from_arrays(
        pa.array(codes, pa.int32(), mask=codes < 0),
        pa.array([*map(str, column.cat.categories)], pa.string()),
    )
    texts = words.dictionary
    return words if len(texts.unique()) == len(texts) else words.dictionary_decode()
