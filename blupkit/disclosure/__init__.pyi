from .quantities import Cell, Follows, Sum
from .release import (
    Draft,
    Release,
    hidden_numbers,
    read_release,
    read_sent,
    release_for,
    suppress,
    write_basis,
    write_release,
)
from .safe_table import MEASURE_COLUMNS, SafeTable, internal, select, select_edition, spoken

__all__ = [
    "MEASURE_COLUMNS",
    "Cell",
    "Draft",
    "Follows",
    "Release",
    "SafeTable",
    "Sum",
    "hidden_numbers",
    "internal",
    "read_release",
    "read_sent",
    "release_for",
    "select",
    "select_edition",
    "spoken",
    "suppress",
    "write_basis",
    "write_release",
]
