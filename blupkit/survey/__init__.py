"""The survey: export and questionnaire in, checked answers, measures and Danish sentences out."""

from blupkit.survey.measures.choices import choice_shares
from blupkit.survey.measures.comparison import dunn_pairs
from blupkit.survey.measures.cooperation import cooperation
from blupkit.survey.measures.keyness import keywords, words_in_context
from blupkit.survey.measures.needs import dimension_gaps, needs
from blupkit.survey.measures.quadrants import quadrants
from blupkit.survey.measures.response import (
    answer_overview,
    missing_overview,
    open_answers,
    response_overview,
    response_rates,
)
from blupkit.survey.measures.weighting import weighted_needs
from blupkit.survey.reading.checked import check_responses, read_responses
from blupkit.survey.reading.exports import read_export
from blupkit.survey.reading.responses import Responses
from blupkit.survey.release import keep_sent, make_release, sent_releases, whole_release
from blupkit.survey.secrets import survey_searches, written_answers
from blupkit.survey.tables import SurveyRelease, common_items, decision_overview, derived_numbers, mirror, table_titles
from blupkit.survey.words.comparison import METHOD, finding_comparison, text_comparison
from blupkit.survey.words.findings import (
    finding_about,
    finding_dimensions,
    finding_mirror,
    finding_needs,
    note_mirror,
    note_wordings,
    short_answer,
)
from blupkit.survey.words.keywords import text_keyness, text_keyword_rules
from blupkit.survey.words.method import (
    text_dont_know,
    text_gaps,
    text_keywords,
    text_method,
    text_reliability,
    text_scale,
    text_states,
)
from blupkit.survey.words.order import text_orders, text_pooling, text_quadrants, text_sensitivity
from blupkit.survey.words.release import text_late, text_release
from blupkit.survey.words.response import facts, note_rates, text_response, text_terms

__all__ = [
    "METHOD",
    "Responses",
    "SurveyRelease",
    "answer_overview",
    "check_responses",
    "choice_shares",
    "common_items",
    "cooperation",
    "decision_overview",
    "derived_numbers",
    "dimension_gaps",
    "dunn_pairs",
    "facts",
    "finding_about",
    "finding_comparison",
    "finding_dimensions",
    "finding_mirror",
    "finding_needs",
    "keep_sent",
    "keywords",
    "make_release",
    "mirror",
    "missing_overview",
    "needs",
    "note_mirror",
    "note_rates",
    "note_wordings",
    "open_answers",
    "quadrants",
    "read_export",
    "read_responses",
    "response_overview",
    "response_rates",
    "sent_releases",
    "short_answer",
    "survey_searches",
    "table_titles",
    "text_comparison",
    "text_dont_know",
    "text_gaps",
    "text_keyness",
    "text_keyword_rules",
    "text_keywords",
    "text_late",
    "text_method",
    "text_orders",
    "text_pooling",
    "text_quadrants",
    "text_release",
    "text_reliability",
    "text_response",
    "text_scale",
    "text_sensitivity",
    "text_states",
    "text_terms",
    "weighted_needs",
    "whole_release",
    "words_in_context",
    "written_answers",
]
