"""Transcripts that word processors and meeting programs write as documents."""
