from .measures.adjusting import weighted_needs as weighted_needs
from .measures.choices import choice_shares as choice_shares
from .measures.comparison import dunn_pairs as dunn_pairs
from .measures.keyness import keywords as keywords, words_in_context as words_in_context
from .measures.needs import cooperation as cooperation, dimension_gaps as dimension_gaps, needs as needs
from .measures.priorities import quadrants as quadrants
from .measures.response import (
    answer_overview as answer_overview,
    missing_overview as missing_overview,
    open_answers as open_answers,
    response_overview as response_overview,
    response_rates as response_rates,
)
from .reading.checked import check_responses as check_responses, read_responses as read_responses
from .reading.exports import read_export as read_export
from .reading.responses import Responses as Responses
from .release import (
    keep_sent as keep_sent,
    make_release as make_release,
    sent_releases as sent_releases,
    whole_release as whole_release,
)
from .secrets import survey_searches as survey_searches, written_answers as written_answers
from .tables import (
    SurveyRelease as SurveyRelease,
    common_items as common_items,
    decision_overview as decision_overview,
    derived_numbers as derived_numbers,
    mirror as mirror,
    table_titles as table_titles,
)
from .words.comparison import (
    METHOD as METHOD,
    finding_comparison as finding_comparison,
    finding_mirror as finding_mirror,
    note_mirror as note_mirror,
    note_wordings as note_wordings,
    text_comparison as text_comparison,
)
from .words.findings import (
    finding_about as finding_about,
    finding_dimensions as finding_dimensions,
    finding_needs as finding_needs,
    short_answer as short_answer,
)
from .words.keywords import text_keyness as text_keyness, text_keyword_rules as text_keyword_rules
from .words.method import (
    text_dont_know as text_dont_know,
    text_gaps as text_gaps,
    text_keywords as text_keywords,
    text_method as text_method,
    text_reliability as text_reliability,
    text_scale as text_scale,
    text_states as text_states,
)
from .words.order import (
    text_orders as text_orders,
    text_pooling as text_pooling,
    text_quadrants as text_quadrants,
    text_sensitivity as text_sensitivity,
)
from .words.release import text_late as text_late, text_release as text_release
from .words.response import (
    facts as facts,
    note_rates as note_rates,
    text_response as text_response,
    text_terms as text_terms,
)
