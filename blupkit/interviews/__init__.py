"""The interviews: transcripts, pseudonyms, codebook, codings, quotes, suggestions and Danish sentences."""

from blupkit.interviews.analysis.agreement import coder_agreement, disagreements, shown_agreement, text_agreement
from blupkit.interviews.analysis.counts import (
    PARTS,
    direction_counts,
    position_counts,
    spoken_numbers,
    spread,
    theme_counts,
    theme_heads,
    theme_numbers,
    theme_pairs,
)
from blupkit.interviews.analysis.findings import (
    finding_directions,
    finding_groups_differ,
    finding_open_answers,
    finding_pairs,
    finding_positions,
    finding_themes,
    text_open_answers,
)
from blupkit.interviews.analysis.framework import framework_matrix
from blupkit.interviews.analysis.front import (
    facts,
    list_spread,
    short_answer,
    text_in_short,
    text_interviews,
    text_method_interviews,
    text_silent,
    text_speaking,
    text_suggested,
)
from blupkit.interviews.analysis.joint_display import finding_joint, joint_display
from blupkit.interviews.analysis.open_answers import open_answer_counts, open_answer_tables
from blupkit.interviews.analysis.quotes import approved_quotes, choose_quotes, quotes_in_context, text_quotes
from blupkit.interviews.analysis.saturation import saturation, text_saturation
from blupkit.interviews.analysis.spoken import spoken_secrets
from blupkit.interviews.checks import check_interviews
from blupkit.interviews.coding.codebook import Codebook, read_codebook
from blupkit.interviews.coding.coded import Coded, answer_turns, read_coded, read_coded_answers, read_codings
from blupkit.interviews.coding.coder import coder
from blupkit.interviews.coding.learned_suggestions import (
    EVALUATION_HEADS,
    evaluate_suggestions,
    learned_suggestions,
    text_evaluation,
)
from blupkit.interviews.coding.log_changes import add_codings, code_history, recode, start_log
from blupkit.interviews.coding.passage import DIRECTION_HEADS, Codable, Direction, Passage
from blupkit.interviews.coding.pattern_suggestions import suggest_codes
from blupkit.interviews.exchange.qdc import read_qdc, write_qdc
from blupkit.interviews.exchange.qdpx_in import read_qdpx
from blupkit.interviews.exchange.qdpx_out import write_qdpx
from blupkit.interviews.exchange.spreadsheet import read_codings_table, write_codings_table
from blupkit.interviews.privacy.candidates import candidates
from blupkit.interviews.privacy.pseudonyms import pseudonymise
from blupkit.interviews.privacy.secrets import people_search, spoken_words
from blupkit.interviews.transcripts.people import participants
from blupkit.interviews.transcripts.reading import read_turns
from blupkit.interviews.transcripts.register import read_decisions, read_register

__all__ = [
    "DIRECTION_HEADS",
    "EVALUATION_HEADS",
    "PARTS",
    "Codable",
    "Codebook",
    "Coded",
    "Direction",
    "Passage",
    "add_codings",
    "answer_turns",
    "approved_quotes",
    "candidates",
    "check_interviews",
    "choose_quotes",
    "code_history",
    "coder",
    "coder_agreement",
    "direction_counts",
    "disagreements",
    "evaluate_suggestions",
    "facts",
    "finding_directions",
    "finding_groups_differ",
    "finding_joint",
    "finding_open_answers",
    "finding_pairs",
    "finding_positions",
    "finding_themes",
    "framework_matrix",
    "joint_display",
    "learned_suggestions",
    "list_spread",
    "open_answer_counts",
    "open_answer_tables",
    "participants",
    "people_search",
    "position_counts",
    "pseudonymise",
    "quotes_in_context",
    "read_codebook",
    "read_coded",
    "read_coded_answers",
    "read_codings",
    "read_codings_table",
    "read_decisions",
    "read_qdc",
    "read_qdpx",
    "read_register",
    "read_turns",
    "recode",
    "saturation",
    "short_answer",
    "shown_agreement",
    "spoken_numbers",
    "spoken_secrets",
    "spoken_words",
    "spread",
    "start_log",
    "suggest_codes",
    "text_agreement",
    "text_evaluation",
    "text_in_short",
    "text_interviews",
    "text_method_interviews",
    "text_open_answers",
    "text_quotes",
    "text_saturation",
    "text_silent",
    "text_speaking",
    "text_suggested",
    "theme_counts",
    "theme_heads",
    "theme_numbers",
    "theme_pairs",
    "write_codings_table",
    "write_qdc",
    "write_qdpx",
]
