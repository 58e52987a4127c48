from .checking import all_faults as all_faults
from .checking import blocked_materials as blocked_materials
from .deciding import decide as decide
from .deciding import load_release as load_release
from .deciding import note_sent as note_sent
from .life.inventory_page import write_inventory as write_inventory
from .packing import open_packages as open_packages
from .packing import write_packages as write_packages
