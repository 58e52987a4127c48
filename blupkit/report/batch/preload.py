"""Imported by the server that pages' processes are forked from: what each would otherwise prepare for itself."""

import gc

# What is imported stays: looking through it for garbage takes a fifth of the server's time. Pages look through theirs.
gc.disable()

# nbformat imports jsonschema, and that rfc3987_syntax, which builds its parsers then: a third of the server's time.
# Nothing lets one choose, and the files that are checked meanwhile take longer.
from blupkit.report.batch import shell  # noqa: E402 - after what is said of garbage
from blupkit.report.pages import page  # noqa: E402

page.warm_up()
shell.prepare_shell()
