"""Pages: safe tables in; figures, tables and finished HTML out."""

import lazy_loader

# Each name is imported when it is first asked for: the command line and papermill ask for few of them.
__getattr__, _, __all__ = lazy_loader.attach_stub(__name__, __file__)
#: What the other rooms and the command line ask for, and no notebook: completion in JupyterLab leaves it out.
_ASKED_BY_ROOMS = {
    "changed_pages", "check_package", "check_passphrase", "is_planned", "Limits", "machine_search", "note_packed",
    "notebook_folder", "Outcome", "Package", "Page", "plan_packages", "plan_pages", "prepare", "read_packed",
    "render_pages", "Scan", "Secrets", "sections", "set_aside", "write_index", "write_package",
}  # fmt: skip


def __dir__() -> list[str]:
    return sorted(set(__all__) - _ASKED_BY_ROOMS)
