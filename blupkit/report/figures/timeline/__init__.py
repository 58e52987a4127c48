"""What happens when, drawn along a line of months."""
