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
from .study import ALL, STUDY_FILE, Group, Municipality, Study, check_study, read_study
from .tables import check_columns, read_table

__all__ = [
    "ALL",
    "FAULT_HEADS",
    "STUDY_FILE",
    "BlupkitError",
    "DataError",
    "DisclosureError",
    "Edition",
    "Fault",
    "FileError",
    "Group",
    "Municipality",
    "Study",
    "check_columns",
    "check_study",
    "fault_table",
    "read_edition",
    "read_study",
    "read_table",
    "read_text",
    "write_faults",
]
