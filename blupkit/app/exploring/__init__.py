"""The exploring panel: what can be chosen, what a choice gives, and how JupyterLab shows it."""
