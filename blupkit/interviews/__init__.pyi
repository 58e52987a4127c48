from .analysis.agreement import (
    coder_agreement as coder_agreement,
    disagreements as disagreements,
    shown_agreement as shown_agreement,
    text_agreement as text_agreement,
)
from .analysis.counts import (
    PARTS as PARTS,
    direction_counts as direction_counts,
    position_counts as position_counts,
    spoken_numbers as spoken_numbers,
    spread as spread,
    theme_counts as theme_counts,
    theme_heads as theme_heads,
    theme_numbers as theme_numbers,
    theme_pairs as theme_pairs,
)
from .analysis.findings import (
    finding_directions as finding_directions,
    finding_groups_differ as finding_groups_differ,
    finding_open_answers as finding_open_answers,
    finding_pairs as finding_pairs,
    finding_positions as finding_positions,
    finding_themes as finding_themes,
    text_open_answers as text_open_answers,
)
from .analysis.framework import framework_matrix as framework_matrix
from .analysis.front import (
    facts as facts,
    list_spread as list_spread,
    short_answer as short_answer,
    text_in_short as text_in_short,
    text_interviews as text_interviews,
    text_method_interviews as text_method_interviews,
    text_silent as text_silent,
    text_speaking as text_speaking,
    text_suggested as text_suggested,
)
from .analysis.joint_display import finding_joint as finding_joint, joint_display as joint_display
from .analysis.open_answers import open_answer_counts as open_answer_counts, open_answer_tables as open_answer_tables
from .analysis.quotes import (
    approved_quotes as approved_quotes,
    choose_quotes as choose_quotes,
    quotes_in_context as quotes_in_context,
    text_quotes as text_quotes,
)
from .analysis.saturation import saturation as saturation, text_saturation as text_saturation
from .analysis.spoken import spoken_secrets as spoken_secrets
from .checks import check_interviews as check_interviews
from .coding.codebook import Codebook as Codebook, read_codebook as read_codebook
from .coding.coded import (
    Coded as Coded,
    answer_turns as answer_turns,
    read_coded as read_coded,
    read_coded_answers as read_coded_answers,
    read_codings as read_codings,
)
from .coding.coder import coder as coder
from .coding.learned_suggestions import (
    EVALUATION_HEADS as EVALUATION_HEADS,
    evaluate_suggestions as evaluate_suggestions,
    learned_suggestions as learned_suggestions,
    text_evaluation as text_evaluation,
)
from .coding.log_changes import (
    add_codings as add_codings,
    code_history as code_history,
    recode as recode,
    start_log as start_log,
)
from .coding.passage import (
    DIRECTION_HEADS as DIRECTION_HEADS,
    Codable as Codable,
    Direction as Direction,
    Passage as Passage,
)
from .coding.pattern_suggestions import suggest_codes as suggest_codes
from .exchange.qdc import read_qdc as read_qdc, write_qdc as write_qdc
from .exchange.qdpx_in import read_qdpx as read_qdpx
from .exchange.qdpx_out import write_qdpx as write_qdpx
from .exchange.spreadsheet import read_codings_table as read_codings_table, write_codings_table as write_codings_table
from .privacy.candidates import candidates as candidates
from .privacy.pseudonyms import pseudonymise as pseudonymise
from .privacy.secrets import people_search as people_search, spoken_words as spoken_words
from .transcripts.people import participants as participants
from .transcripts.reading import read_turns as read_turns
from .transcripts.register import read_decisions as read_decisions, read_register as read_register
