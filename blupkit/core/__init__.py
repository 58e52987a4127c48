"""What every room stands on: the study, its files, its faults, and what may be shown."""

import lazy_loader

# Each name is imported when it is first asked for: the command line asks for few of them.
__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
