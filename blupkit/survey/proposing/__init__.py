"""From an export alone to a questionnaire: every guess with its reason, for a person to confirm."""
