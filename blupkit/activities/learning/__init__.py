"""Learning after the survey: what is offered, how it fits what each group wants to strengthen, and what is missing."""
