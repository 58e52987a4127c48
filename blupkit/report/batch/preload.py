"""Imported by the server that pages' processes are forked from: what each would otherwise prepare for itself."""

import gc
import sys

# What is imported stays: looking through it for garbage takes a fifth of the server's time. Pages look through theirs.
gc.disable()
# jsonschema imports it for a check of addresses that no notebook has, and that takes a second of the server's two and a
# half. Without it, the check is left out.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

from blupkit.core.danish import number  # noqa: E402 - after the lines above
from blupkit.report.batch import shell  # noqa: E402
from blupkit.report.pages import page  # noqa: E402

number(1.5)  # it reads the Danish way of writing numbers
page.warm_up()
shell.prepare_shell()
