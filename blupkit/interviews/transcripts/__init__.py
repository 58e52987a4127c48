"""From files to turns, and who speaks in them."""
