"""What may be shown: safe tables, and the one decision on what a whole release hides."""

import lazy_loader

# Each name is imported when it is first asked for: the command line asks for few of them.
__getattr__, _, __all__ = lazy_loader.attach_stub(__name__, __file__)
#: What the other rooms and the command line ask for, and no notebook: completion in JupyterLab leaves it out.
_ASKED_BY_ROOMS = {
    "AtMost", "basis_part", "Cell", "Draft", "Follows", "hidden_numbers", "is_shown", "may_tell", "MEASURE_COLUMNS",
    "measure_table", "MeasureRow", "read_evaluated", "read_release", "read_sent", "Release", "release_for", "SafeTable",
    "Status", "Sum", "suppress", "Told", "told_numbers", "without_persons", "write_basis", "write_release",
}  # fmt: skip


def __dir__() -> list[str]:
    return sorted(set(__all__) - _ASKED_BY_ROOMS)
