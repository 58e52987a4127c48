"""What tells who somebody is: by what a column is called, by what stands in it, and what the study says of it."""
