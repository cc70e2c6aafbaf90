"""Our own layout in a file with typed columns (Parquet). Codes are few and cells many, so each code is made
into text once."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any, Final

import numpy as np

from trinnvis.planning.population.axes import Floats
from trinnvis.planning.population.importing.cells import Cells, Dimension, dimension, role_of, too_large
from trinnvis.planning.population.importing.delimited import FIGURE, LAYOUT
from trinnvis.trouble import Trouble

MOST_ROWS: Final = 3_000_000
"""Such a file packs too well for its size to say anything."""


def read(path: Path) -> Cells:
    """The figures of a file.

    Raises:
        Trouble: the package that reads them is lacking, or a figure is not one; the text says where.
    """
    try:
        import pyarrow as arrow
        import pyarrow.parquet as parquet
    except ModuleNotFoundError:
        raise Trouble(
            f"{path.name} er en Parquet-fil, og pakken som leser dem er ikke installert.",
            "Installer med «pip install trinnvis[parquet]», eller hent fila som csv.",
        ) from None
    try:
        rows = parquet.read_metadata(path).num_rows
        if rows > MOST_ROWS:
            raise too_large(path.name, f"{rows} rader")
        table = parquet.read_table(path)
    except (arrow.ArrowInvalid, arrow.ArrowException, OSError) as error:
        raise Trouble(f"{path.name} kan ikke leses som Parquet ({error}).", "Hent fila på nytt.") from None
    return _cells(path.name, table)


def _cells(name: str, table: Any) -> Cells:
    roles = {column: role for column in table.column_names if (role := role_of(column))}
    figure = [column for column in table.column_names if column.lower() in FIGURE]
    if len(figure) != 1:
        raise Trouble(f"{name} har ikke én kolonne med tall ved navn persons.", LAYOUT)
    dimensions = {role: _dimension(table.column(column)) for column, role in roles.items()}
    values = _figures(name, table.column(figure[0]))
    return Cells("", "", None, dimensions, values, {}, lambda cell: f"{name}, rad {cell + 1}", False)


def _dimension(column: Any) -> Dimension:
    import pyarrow as arrow

    if arrow.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if arrow.types.is_nested(column.type):
        return dimension([_text(value) for value in column.to_pylist()])
    encoded = column.combine_chunks().dictionary_encode(null_encoding="encode")
    found = dimension([_text(value) for value in encoded.dictionary.to_pylist()])
    return Dimension(found.codes, found.labels, found.at[encoded.indices.to_numpy(zero_copy_only=False)])


def _figures(name: str, column: Any) -> Floats:
    """[cell], nan where there is none."""
    import pyarrow as arrow

    if arrow.types.is_integer(column.type) or arrow.types.is_floating(column.type):
        return np.array(column.cast(arrow.float64(), safe=False).to_numpy(), dtype=np.float64)
    for row, value in enumerate(column):
        if value.is_valid:
            raise Trouble(f"{name}, rad {row + 1}: {value.as_py()!r} er ikke et tall.", LAYOUT)
    return np.full(len(column), math.nan)


def _text(value: object) -> str:
    return "" if value is None else str(value)
