"""Where an export comes from: each system's headings and rows, and the questionnaires that other programs keep."""
