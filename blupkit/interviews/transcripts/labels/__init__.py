"""Who speaks: what a label is, whom it means, and what no label says."""
