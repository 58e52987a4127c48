from .quantities import Cell, Follows, Sum
from .release import Draft, Release, release_for, suppress
from .release_file import hidden_numbers, read_release, read_sent, write_basis, write_release
from .safe_table import (
    MEASURE_COLUMNS,
    MeasureRow,
    SafeTable,
    Status,
    internal,
    is_shown,
    measure_table,
    select,
    select_edition,
    spoken,
)

__all__ = [
    "MEASURE_COLUMNS",
    "Cell",
    "Draft",
    "Follows",
    "MeasureRow",
    "Release",
    "SafeTable",
    "Status",
    "Sum",
    "hidden_numbers",
    "internal",
    "is_shown",
    "measure_table",
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
