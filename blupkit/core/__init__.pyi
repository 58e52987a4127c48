from .errors import (
    BlupkitError,
    DataError,
    DisclosureError,
    Fault,
    FileError,
    Level,
    cell_faults,
    fault_table,
    one_of,
    raise_serious,
)
from .files import read_text
from .sections import Group, Municipality
from .spreadsheet import FAULT_HEADS, write_faults
from .study import ALL, STUDY_FILE, Edition, Study, read_edition
from .study_file import check_study, example_study, read_study
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
    "Level",
    "Municipality",
    "Study",
    "cell_faults",
    "check_columns",
    "check_study",
    "example_study",
    "fault_table",
    "one_of",
    "raise_serious",
    "read_edition",
    "read_study",
    "read_table",
    "read_text",
    "write_faults",
]
