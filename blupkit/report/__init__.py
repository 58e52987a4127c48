"""Pages: safe tables in; figures, tables and finished HTML out."""

import lazy_loader

# Each name is imported when it is first asked for: the command line and papermill ask for few of them.
__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
