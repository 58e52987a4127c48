"""The codebook, what was coded, the log of it, and what is suggested."""
