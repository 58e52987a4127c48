"""What is computed from answers and from shown cells."""
