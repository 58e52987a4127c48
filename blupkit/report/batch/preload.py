"""Imported by the server that pages' processes are forked from: what each would otherwise prepare for itself."""

import gc
import sys
from typing import Final

# What is imported stays: looking through it for garbage takes a fifth of the server's time. Pages look through theirs.
gc.disable()

#: nbformat imports jsonschema, and that this one where it is there, to check addresses, which no notebook's schema
#: asks for. It builds all its parsers on import: a third of the server's time.
_PARSERS: Final = "rfc3987_syntax"

# A module that is None is one that cannot be imported, and jsonschema does without; afterwards a page may have it.
waiting = sys.modules.setdefault(_PARSERS, None)  # type: ignore[arg-type]
from blupkit.core.language import lemma, sentences  # noqa: E402
from blupkit.report.batch import shell  # noqa: E402 - after what is said of garbage
from blupkit.report.pages import page  # noqa: E402

if waiting is None:
    del sys.modules[_PARSERS]

page.warm_up()
shell.prepare_shell()
lemma("kommunerne")  # reading the dictionary takes nearly as long as a page takes to be made
sentences("Ja.")  # and so does importing NLTK, which only sentences ask for
gc.freeze()  # Python looks for garbage before the server ends, too
