"""The formats that transcripts come in: a module for each family, and one table by which a file is recognised."""
