"""Codings to and from other programs."""
