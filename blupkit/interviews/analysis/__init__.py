"""What a thematic analysis reports."""
