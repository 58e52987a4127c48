"""Imported by the server that pages' processes are forked from: what each would otherwise prepare for itself."""

from blupkit.report.html import warm_up

warm_up()
