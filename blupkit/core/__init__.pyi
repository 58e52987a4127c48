from .errors import (
    BlupkitError as BlupkitError,
    DataError as DataError,
    DisclosureError as DisclosureError,
    Fault as Fault,
    FileError as FileError,
    Level as Level,
    cell_faults as cell_faults,
    fault_table as fault_table,
    one_of as one_of,
    raise_serious as raise_serious,
)
from .files import read_text as read_text
from .sections import Group as Group, Municipality as Municipality
from .spreadsheet import FAULT_HEADS as FAULT_HEADS, write_faults as write_faults
from .study import (
    ALL as ALL,
    STUDY_FILE as STUDY_FILE,
    Edition as Edition,
    Study as Study,
    read_edition as read_edition,
)
from .study_file import check_study as check_study, example_study as example_study, read_study as read_study
from .tables import check_columns as check_columns, read_table as read_table
