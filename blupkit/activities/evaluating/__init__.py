"""What was said in evaluations: the forms, their measures, what may be shown of them, and the sentences."""
