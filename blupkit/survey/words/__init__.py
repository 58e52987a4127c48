"""The Danish sentences that the numbers allow."""
