"""What every room stands on: the study, its files, its faults, and what Danish readers expect."""

import lazy_loader

# Each name is imported when it is first asked for: the command line asks for few of them.
__getattr__, _, __all__ = lazy_loader.attach_stub(__name__, __file__)
#: What the other rooms and the command line ask for, and no notebook: completion in JupyterLab leaves it out.
_ASKED_BY_ROOMS = {
    "BlupkitError", "cell_faults", "check_columns", "check_study", "DataError", "DisclosureError", "Edition",
    "example_study", "Fault", "fault_table", "FileError", "Level", "one_of", "raise_serious", "read_table",
    "read_text", "Study", "STUDY_FILE", "without_words", "write_faults",
}  # fmt: skip


def __dir__() -> list[str]:
    return sorted(set(__all__) - _ASKED_BY_ROOMS)
