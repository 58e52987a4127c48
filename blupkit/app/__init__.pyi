from .checking import all_faults as all_faults, blocked_materials as blocked_materials
from .deciding import decide as decide, load_release as load_release, note_sent as note_sent
from .packing import open_packages as open_packages, write_packages as write_packages
