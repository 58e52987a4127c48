"""Imported by the server that pages' processes are forked from: what each would otherwise prepare for itself."""

import gc

# What is imported stays: looking through it for garbage takes a fifth of the server's time. Pages look through theirs.
gc.disable()

from blupkit.report.batch import shell  # noqa: E402 - after the line above
from blupkit.report.pages import page  # noqa: E402

page.warm_up()
shell.prepare_shell()
