"""The command line: `blupkit new · udsend · check · render · …`, in Danish."""

from blupkit.cli.commands import main

__all__ = ["main"]
