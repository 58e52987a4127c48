"""Where the rooms meet: deciding, checking and packing; asked by the command line and by notebooks.

The rooms do not know each other, so whatever needs two of them lies here, a module for each thing that is asked. It
gives values: printing is the command line's.
"""

import lazy_loader

# Each name is imported when it is first asked for: the command line asks for few of them.
__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
