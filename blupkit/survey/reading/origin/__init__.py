"""Where an export comes from: what each system writes beside the answers, its headings, and its rows."""
