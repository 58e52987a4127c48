"""What the project itself knows of Danish words, where a dictionary cannot be trusted."""
