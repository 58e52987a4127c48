"""Who must not be recognised, and how that is kept."""
