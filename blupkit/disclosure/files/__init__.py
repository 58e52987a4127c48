"""A release on the disk: what is shown, for the notebooks; and what it was decided on, for the releases after it."""
