from .checking import all_faults, blocked_materials
from .deciding import decide, load_release, note_sent
from .packing import open_packages, write_packages

__all__ = ["all_faults", "blocked_materials", "decide", "load_release", "note_sent", "open_packages", "write_packages"]
