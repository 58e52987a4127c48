"""What goes out: the questionnaire, its letters and the focus groups' papers; and how far the answers have come."""
