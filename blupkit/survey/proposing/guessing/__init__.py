"""What the columns of an export mean: each a guess, with its reason."""
