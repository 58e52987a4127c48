"""Questionnaires as other programs keep them, read as SurveyXact's labels and structure: XLSForm and LimeSurvey."""
