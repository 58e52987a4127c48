"""What was answered on forms: which files it lies in, who reads them, and what a cell of them may hold."""
