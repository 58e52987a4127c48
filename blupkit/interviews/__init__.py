"""The interviews: transcripts, pseudonyms, codebook, codings, quotes, suggestions and Danish sentences."""

from blupkit.interviews.answers import (
    answer_turns,
    finding_open_answers,
    open_answer_counts,
    read_answer_codings,
    text_open_answers,
)
from blupkit.interviews.candidates import candidates, read_decisions
from blupkit.interviews.checks import check_interviews
from blupkit.interviews.codebook import Codebook, read_codebook
from blupkit.interviews.coding import read_codings
from blupkit.interviews.counts import direction_counts, speaking_shares, spread, text_spread, theme_counts
from blupkit.interviews.exchange import read_codings_table, write_codings_table
from blupkit.interviews.findings import (
    finding_groups_differ,
    finding_themes,
    text_interviews,
    text_method_interviews,
)
from blupkit.interviews.pseudonyms import pseudonymise
from blupkit.interviews.quotes import approved_quotes, read_quotes
from blupkit.interviews.refi import Imported, read_qdpx
from blupkit.interviews.refi_codes import read_qdc, write_qdc
from blupkit.interviews.refi_out import write_qdpx
from blupkit.interviews.register import read_register
from blupkit.interviews.suggestion import main_codings, suggest_codes
from blupkit.interviews.summary import facts, list_spread, short_answer, text_suggested
from blupkit.interviews.transcripts import read_turns

__all__ = [
    "Codebook",
    "Imported",
    "answer_turns",
    "approved_quotes",
    "candidates",
    "check_interviews",
    "direction_counts",
    "facts",
    "finding_groups_differ",
    "finding_open_answers",
    "finding_themes",
    "list_spread",
    "main_codings",
    "open_answer_counts",
    "pseudonymise",
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
    "short_answer",
    "speaking_shares",
    "spread",
    "suggest_codes",
    "text_interviews",
    "text_method_interviews",
    "text_open_answers",
    "text_spread",
    "text_suggested",
    "theme_counts",
    "write_codings_table",
    "write_qdc",
    "write_qdpx",
]
