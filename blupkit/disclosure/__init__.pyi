from .quantities import Cell as Cell, Follows as Follows, Sum as Sum
from .release import Draft as Draft, Release as Release, release_for as release_for, suppress as suppress
from .release_file import (
    hidden_numbers as hidden_numbers,
    read_release as read_release,
    read_sent as read_sent,
    write_basis as write_basis,
    write_release as write_release,
)
from .safe_table import (
    MEASURE_COLUMNS as MEASURE_COLUMNS,
    MeasureRow as MeasureRow,
    SafeTable as SafeTable,
    Status as Status,
    internal as internal,
    is_shown as is_shown,
    measure_table as measure_table,
    select as select,
    select_edition as select_edition,
    spoken as spoken,
)
