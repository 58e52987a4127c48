"""Imported last by the server that pages' processes are forked from: it asks each room for all its names.

Rooms hand their names on lazily, so every page would import for itself what its notebook asks for, and read the
dictionary of word forms.
"""

import sys

from blupkit.core.language import lemma

for name, room in list(sys.modules.items()):
    if name.startswith("blupkit.") and name.count(".") == 1:
        for each in getattr(room, "__all__", ()):
            getattr(room, each)

lemma("kommunerne")  # the dictionary takes as long to read as a page takes to be made
