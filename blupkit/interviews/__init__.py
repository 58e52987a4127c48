"""The interviews: transcripts, pseudonyms, codebook, codings, quotes, suggestions and Danish sentences."""

from blupkit.interviews.agreement import coder_agreement, disagreements, shown_agreement, text_agreement
from blupkit.interviews.answers import (
    answer_turns,
    finding_open_answers,
    open_answer_counts,
    open_answer_tables,
    read_answer_codings,
    text_open_answers,
)
from blupkit.interviews.candidates import candidates, read_decisions
from blupkit.interviews.checks import check_interviews
from blupkit.interviews.codebook import Codebook, read_codebook
from blupkit.interviews.coder import coder, start_log
from blupkit.interviews.coding import read_codings
from blupkit.interviews.confidential import people_search, spoken_numbers, spoken_words
from blupkit.interviews.counts import direction_counts, spread, text_spread, theme_counts
from blupkit.interviews.course import (
    DIRECTION_HEADS,
    PARTS,
    finding_directions,
    finding_pairs,
    finding_positions,
    participants,
    position_counts,
    text_silent,
    text_speaking,
    theme_heads,
    theme_numbers,
    theme_pairs,
)
from blupkit.interviews.exchange import read_codings_table, write_codings_table
from blupkit.interviews.findings import (
    finding_groups_differ,
    finding_themes,
    text_interviews,
    text_method_interviews,
)
from blupkit.interviews.framework import framework_matrix
from blupkit.interviews.intake import add_codings
from blupkit.interviews.joint import finding_joint, joint_display
from blupkit.interviews.learning import evaluate_suggestions, learned_suggestions, text_evaluation
from blupkit.interviews.pseudonyms import pseudonymise
from blupkit.interviews.quotes import approved_quotes, choose_quotes, quotes_in_context, read_quotes
from blupkit.interviews.recoding import code_history, recode
from blupkit.interviews.refi import Imported, read_qdpx
from blupkit.interviews.refi_codes import read_qdc, write_qdc
from blupkit.interviews.refi_out import write_qdpx
from blupkit.interviews.register import read_register
from blupkit.interviews.saturation import saturation, text_saturation
from blupkit.interviews.suggestion import main_codings, suggest_codes
from blupkit.interviews.summary import facts, list_spread, short_answer, text_in_short, text_suggested
from blupkit.interviews.transcripts import read_turns

__all__ = [
    "DIRECTION_HEADS",
    "PARTS",
    "Codebook",
    "Imported",
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
    "main_codings",
    "open_answer_counts",
    "open_answer_tables",
    "participants",
    "people_search",
    "position_counts",
    "pseudonymise",
    "quotes_in_context",
    "read_answer_codings",
    "read_codebook",
    "read_codings",
    "read_codings_table",
    "read_decisions",
    "read_qdc",
    "read_qdpx",
    "read_quotes",
    "read_register",
    "read_turns",
    "recode",
    "saturation",
    "short_answer",
    "shown_agreement",
    "spoken_numbers",
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
    "text_saturation",
    "text_silent",
    "text_speaking",
    "text_spread",
    "text_suggested",
    "theme_counts",
    "theme_heads",
    "theme_numbers",
    "theme_pairs",
    "write_codings_table",
    "write_qdc",
    "write_qdpx",
]
