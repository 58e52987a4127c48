"""The proposal as the files of a study: tables for Excel, and `study.toml`."""

from __future__ import annotations

from typing import Final

from blupkit.core.spreadsheet import excel_workbook
from blupkit.survey.proposing.guessing.proposal import CONFIRMED, DOUBT, GUESS, Proposal, Row

_QUESTIONS: Final = [
    "emne",
    "variabel",
    "type",
    "spoergsmaal",
    "punkt",
    "kort",
    "grupper",
    "skala",
    "dimension",
    "om",
    "kolonne",
]
_LONGEST: Final = 30_000


def question_table(proposal: Proposal) -> bytes:
    """Write the questionnaire as a workbook: a row a variable, with the reason of its guess.

    Parameters
    ----------
    proposal : Proposal
        What was proposed.

    Returns
    -------
    bytes
        An `.xlsx` file in which every code stays the text that it is.
    """
    rows = [_question_cells(row) for row in proposal.rows]
    return excel_workbook({"spoergeskema": [[*_QUESTIONS, GUESS, CONFIRMED], *rows]})


def _question_cells(row: Row) -> list[str]:
    cells = [row.item, row.variable, row.kind, row.question, row.point, row.label, " ".join(row.groups), row.scale]
    return [cell[:_LONGEST] for cell in [*cells, "", row.about, row.column, _reason(row.guess, row.doubt), ""]]


def _reason(guess: str, doubt: str) -> str:
    return f"{DOUBT}{doubt}" if doubt else guess


def scale_table(proposal: Proposal) -> bytes:
    """Write the scales: a row a choice, from low to high.

    Parameters
    ----------
    proposal : Proposal
        What was proposed.

    Returns
    -------
    bytes
        An `.xlsx` file.
    """
    rows = [
        [name, code, text, meaning, _reason(f"{name}: {scale.reason}", scale.doubts.get(code, "")), ""]
        for name, scale in proposal.scales.items()
        for code, text, meaning in scale.rows
    ]
    return excel_workbook({"skalaer": [["skala", "kode", "tekst", "betydning", GUESS, CONFIRMED], *rows]})


def invited_table(proposal: Proposal) -> bytes:
    """Write who was invited: a row a municipality and group, with "ukendt" until the coordinator says a number.

    Parameters
    ----------
    proposal : Proposal
        What was proposed.

    Returns
    -------
    bytes
        An `.xlsx` file.
    """
    heads = ["kommune", "gruppe", "antal_inviteret", "kanal", "dato", "paamindelse"]
    places, keys = list(proposal.places.names) or ["alle"], list(proposal.keys.values()) or ["alle"]
    rows = [[place, key, "ukendt", "", "", ""] for place in places for key in keys]
    return excel_workbook({"udsendelse": [heads, *rows]})
