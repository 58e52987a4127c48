"""Who answered more than once, and when."""
