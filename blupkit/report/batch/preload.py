"""Imported by the server that pages' processes are forked from: what each would otherwise prepare for itself."""

import gc

# nbformat imports jsonschema, and that rfc3987_syntax, which builds its parsers then: a third of the server's time.
# Nothing lets one choose, and the files that are checked meanwhile take longer.
# What is imported stays: looking through it for garbage takes a fifth of the server's time. Pages look through theirs.
gc.disable()

from blupkit.report.batch import shell  # noqa: E402 - after the line above
from blupkit.report.pages import page  # noqa: E402

page.warm_up()
shell.prepare_shell()
