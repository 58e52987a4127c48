"""From an export and a questionnaire to checked answers."""
