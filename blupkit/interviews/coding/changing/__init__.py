"""What comes into a log besides what is coded in the text coder: codings from elsewhere, and remarks."""
