"""The command line: `blupkit new · udsend · check · render · package · sent · place`. It speaks Danish."""

from blupkit.cli.commands import main

__all__ = ["main"]
