"""The codebook, what was coded, and the coder."""
