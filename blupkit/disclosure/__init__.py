"""What may be shown: safe tables, and the one decision on what a whole release hides."""

import lazy_loader

# Each name is imported when it is first asked for: the command line asks for few of them.
__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
