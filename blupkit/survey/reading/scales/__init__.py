"""What the answers of a scale mean: which way it runs, what its words say, and how a cell is read against it."""
