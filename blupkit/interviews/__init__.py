"""The interviews: transcripts, pseudonyms, codebook, codings, quotes, suggestions and Danish sentences."""

import lazy_loader

# Each name is imported when it is first asked for: a page asks for some of them, the command line for few.
__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
