from .checking import all_faults, blocked_materials
from .deciding import decide, load_release
from .packing import note_sent, open_packages

__all__ = ["all_faults", "blocked_materials", "decide", "load_release", "note_sent", "open_packages"]
