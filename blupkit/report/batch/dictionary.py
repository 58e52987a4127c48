"""Imported by the server that pages' processes are forked from: the dictionary of word forms, which each would read."""

from blupkit.core.language import lemma

lemma("kommunerne")  # reading it takes nearly as long as a page takes to be made
