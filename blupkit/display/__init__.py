"""What exploring shows: a table to hold, its figure, and the colours that all of them share."""

import lazy_loader

# Each name is imported when it is first asked for: the pages ask for the tokens only.
__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
