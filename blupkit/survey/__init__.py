"""The survey: export and questionnaire in, checked answers, measures and Danish sentences out."""

from blupkit.survey.measures.choices import choice_shares, dont_know_shares
from blupkit.survey.measures.comparison import (
    METHOD,
    compare_groups,
    dunn_pairs,
    finding_comparison,
    note_wordings,
    text_comparison,
)
from blupkit.survey.measures.cooperation import cooperation, mirror
from blupkit.survey.measures.keyness import keyword_counts, keywords, text_keywords, words_in_context
from blupkit.survey.measures.needs import common_items, dimension_gaps, gap_directions, needs
from blupkit.survey.measures.pooling import pooled_needs, text_pooling
from blupkit.survey.measures.quadrants import quadrants, text_quadrants
from blupkit.survey.measures.ranks import need_ranks, text_orders
from blupkit.survey.measures.reliability import reliability, text_reliability
from blupkit.survey.measures.response import (
    answer_distribution,
    answer_overview,
    missing_overview,
    missing_states,
    open_answers,
    response_overview,
    response_rates,
    screening_counts,
)
from blupkit.survey.measures.weighting import text_sensitivity, weighted_needs, weighted_places
from blupkit.survey.reading.exports import Export, read_export
from blupkit.survey.reading.questionnaire import Questionnaire, read_questionnaire
from blupkit.survey.reading.responses import Responses, check_responses, read_responses
from blupkit.survey.release import (
    decision_overview,
    keep_sent,
    load_release,
    make_release,
    release_draft,
    sent_releases,
    source_mark,
    table_titles,
    text_late,
    text_release,
)
from blupkit.survey.secrets import derived_numbers, survey_searches, written_answers
from blupkit.survey.words.findings import (
    finding_about,
    finding_choices,
    finding_dimensions,
    finding_mirror,
    finding_needs,
    note_mirror,
    short_answer,
    text_choices,
)
from blupkit.survey.words.keywords import text_keyness, text_keyword_rules
from blupkit.survey.words.method import (
    facts,
    note_rates,
    text_dont_know,
    text_method,
    text_response,
    text_terms,
    who_answered,
)

__all__ = [
    "METHOD",
    "Export",
    "Questionnaire",
    "Responses",
    "answer_distribution",
    "answer_overview",
    "check_responses",
    "choice_shares",
    "common_items",
    "compare_groups",
    "cooperation",
    "decision_overview",
    "derived_numbers",
    "dimension_gaps",
    "dont_know_shares",
    "dunn_pairs",
    "facts",
    "finding_about",
    "finding_choices",
    "finding_comparison",
    "finding_dimensions",
    "finding_mirror",
    "finding_needs",
    "gap_directions",
    "keep_sent",
    "keyword_counts",
    "keywords",
    "load_release",
    "make_release",
    "mirror",
    "missing_overview",
    "missing_states",
    "need_ranks",
    "needs",
    "note_mirror",
    "note_rates",
    "note_wordings",
    "open_answers",
    "pooled_needs",
    "quadrants",
    "read_export",
    "read_questionnaire",
    "read_responses",
    "release_draft",
    "reliability",
    "response_overview",
    "response_rates",
    "screening_counts",
    "sent_releases",
    "short_answer",
    "source_mark",
    "survey_searches",
    "table_titles",
    "text_choices",
    "text_comparison",
    "text_dont_know",
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
    "text_sensitivity",
    "text_terms",
    "weighted_needs",
    "weighted_places",
    "who_answered",
    "words_in_context",
    "written_answers",
]
