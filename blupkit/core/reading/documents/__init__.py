"""Documents of word processors, as their reader sees them: whole, or refused by the name of their kind."""
