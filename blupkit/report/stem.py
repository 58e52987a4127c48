"""Imported by the server that pages' processes are forked from: what each would otherwise prepare for itself."""

import sys

# jsonschema imports it for a check of addresses that no notebook has, and that takes a second of the server's two and a
# half. Without it, the check is left out.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

from blupkit.core.danish import number  # noqa: E402 - after the line above
from blupkit.report import html, shell  # noqa: E402

number(1.5)  # it reads the Danish way of writing numbers
html.warm_up()
shell.open_shell()
