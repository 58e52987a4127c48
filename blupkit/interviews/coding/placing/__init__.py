"""Codings whose words stand elsewhere since the transcript was edited: found again by their words, never by guess."""
