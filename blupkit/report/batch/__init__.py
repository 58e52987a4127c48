"""Notebook by municipality: what is rendered, kept and listed."""
