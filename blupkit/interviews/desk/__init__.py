"""The coder: what JupyterLab shows, and what it asks of the log, the codebook and all that was said."""
