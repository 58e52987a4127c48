"""Tables as JSON holds them: what is missing is null, and comes back with the type that it had."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final, TypeVar

import numpy as np
import pandas as pd

from blupkit.core.errors import Fault, FileError
from blupkit.core.files import read_text
from blupkit.disclosure.release import ENDS
from blupkit.disclosure.safe_table import SafeTable

#: What is a number also where it is missing.
FLOATS: Final = frozenset({"value", "low", "high", "lowest", "highest", "variance", "attended", *ENDS})

Read = TypeVar("Read")


def read_with(path: Path, build: Callable[[Mapping[str, Any]], Read], expected: str, action: str) -> Read:
    """Read a file of this room, or refuse it with what was expected and what to do."""
    text = read_text(path)
    try:
        return build(json.loads(text))
    except (ValueError, KeyError, TypeError) as error:
        raise FileError(Fault(path.name, "en fil, der ikke kan læses", expected, action)) from error


def plain(frame: pd.DataFrame) -> dict[str, Any]:
    """Give a table as JSON can hold it: what is missing is null. Python's JSON keeps every digit, and infinity too."""
    # What is missing differs from itself, or is pandas' own mark; asking pandas of each column takes twice as long.
    columns = [
        [None if cell is pd.NA or cell != cell else cell for cell in column.tolist()] for _, column in frame.items()
    ]
    return {"columns": list(frame.columns), "data": list(zip(*columns, strict=True))}


def frame_of(told: Mapping[str, Any]) -> pd.DataFrame:
    """Make a table of what `plain` gave."""
    # A column at a time: of rows, pandas makes objects first, and looks at each of them for its type.
    cells = zip(*told["data"], strict=True) if told["data"] else ((),) * len(told["columns"])
    columns = {name: _column(name, column) for name, column in zip(told["columns"], cells, strict=True)}
    return pd.DataFrame(columns, columns=told["columns"])


def _column(name: str, cells: tuple[Any, ...]) -> Any:  # noqa: ANN401 - one of several kinds of array
    if name in FLOATS:
        return np.asarray(cells, dtype="float64")
    if name == "n":
        return pd.array(cells, dtype="Int64")
    return list(cells) if cells else np.asarray(cells, dtype="object")


def plain_tables(tables: Mapping[str, SafeTable]) -> dict[str, Any]:
    """Give tables as JSON can hold them."""
    return {name: {"min_n": table.min_n, "frame": plain(table.frame)} for name, table in tables.items()}


def safe_tables(told: Mapping[str, Any]) -> dict[str, SafeTable]:
    """Make tables of what `plain_tables` gave."""
    return {name: SafeTable(frame_of(table["frame"]), table["min_n"]) for name, table in told.items()}
