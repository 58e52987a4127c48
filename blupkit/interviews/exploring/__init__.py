"""What the consultant asks the interviews and the open answers herself: internal, and never on a page."""
