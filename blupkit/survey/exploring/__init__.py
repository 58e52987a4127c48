"""Exploring: one line a question to the answers, and a table to hold for each."""
