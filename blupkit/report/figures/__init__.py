"""Safe tables as figures and tables."""
