from .disclosure import MEASURE_COLUMNS, SafeTable, internal, select, select_edition, spoken
from .edition import Edition, read_edition
from .errors import (
    FAULT_HEADS,
    BlupkitError,
    DataError,
    DisclosureError,
    Fault,
    FileError,
    fault_table,
    write_faults,
)
from .files import read_text
from .published import Cell, Follows, Sum
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
from .study import ALL, STUDY_FILE, Group, Municipality, Study, check_study, read_study
from .tabular import check_columns, read_table

__all__ = [
    "ALL",
    "FAULT_HEADS",
    "MEASURE_COLUMNS",
    "STUDY_FILE",
    "BlupkitError",
    "Cell",
    "DataError",
    "DisclosureError",
    "Draft",
    "Edition",
    "Fault",
    "FileError",
    "Follows",
    "Group",
    "Municipality",
    "Release",
    "SafeTable",
    "Study",
    "Sum",
    "check_columns",
    "check_study",
    "fault_table",
    "hidden_numbers",
    "internal",
    "read_edition",
    "read_release",
    "read_sent",
    "read_study",
    "read_table",
    "read_text",
    "release_for",
    "select",
    "select_edition",
    "spoken",
    "suppress",
    "write_basis",
    "write_faults",
    "write_release",
]
