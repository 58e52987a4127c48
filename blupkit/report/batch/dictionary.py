"""Imported by the server that pages' processes are forked from: what each would read of the language for itself."""

from blupkit.core.language import lemma, sentences

lemma("kommunerne")  # reading the dictionary takes nearly as long as a page takes to be made
sentences("Ja.")  # and so does importing NLTK, which only sentences ask for
