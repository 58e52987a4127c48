"""Needs analysis and thematic coding for BLUP Akademiet: from a study folder to pages that partners can read."""

__version__ = "0.1.0"
