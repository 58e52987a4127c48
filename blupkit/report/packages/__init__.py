"""What a partner is sent, and the search that it must pass."""
