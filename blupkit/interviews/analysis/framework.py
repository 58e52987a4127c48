"""The framework matrix: one row a participant, one column a theme, with what was said and where it was said."""

from __future__ import annotations

from typing import Final

import pandas as pd

from blupkit.core import Study
from blupkit.interviews.coding.coded import Coded
from blupkit.interviews.transcripts.sheet import Sheet, load_sheet

SUMMARY_COLUMNS: Final = {
    "interview": "interviewets id",
    "deltager": "deltageren som i matricen: rollen og et nummer",
    "tema": "temaets nummer",
    "sammenfatning": "hvad deltageren siger om temaet, med dine egne ord",
}
#: What names a cell of the matrix.
_CELL: Final = ["interview", "deltager", "tema"]


def framework_matrix(study: Study, coded: Coded) -> pd.DataFrame:
    """Lay out what each participant said on each theme: the consultant's summary, and the turns it stands on.

    Parameters
    ----------
    study : Study
        `sammenfatninger` names the file with the summaries; without one, the cells hold the turns alone.
    coded : Coded
        One coder's codings.

    Returns
    -------
    pandas.DataFrame
        interview, label ("Lokalråd 1") and a column a theme (by its number): "Summary (tur 12, 17)", or "tur 12,
        17"; "" where the participant did not speak of it. For the consultant's eyes: who said what can be seen from it.

    Raises
    ------
    FileError, DataError
        The file with summaries cannot be used; see `load_summaries`.

    Examples
    --------
    >>> from blupkit import core, interviews
    >>> study = core.example_study()
    >>> coded = interviews.read_coded(study)
    >>> framework_matrix(study, coded).values.tolist()
    [['fg1', 'Lokalråd 1', 'tur 2', 'tur 2, 4'], ['fg1', 'Ansat 1', 'tur 3', '']]
    """
    summaries = load_summaries(study, coded).checked()
    written = summaries.set_index(_CELL)["sammenfatning"].to_dict()
    said = coded.codings.merge(coded.spoken[["interview", "turn", "speaker"]], on=["interview", "turn"])
    places = said.groupby(["interview", "speaker", "theme"])["turn"].agg(lambda found: sorted(set(found))).to_dict()
    rows = []
    for interview, speaker, label in coded.participants[["interview", "speaker", "label"]].to_numpy():
        cells = [
            _summary_and_turns(written.get((interview, label, theme), ""), places.get((interview, speaker, theme), []))
            for theme in coded.themes
        ]
        rows.append((interview, label, *cells))
    return pd.DataFrame(rows, columns=["interview", "label", *coded.themes])


def _summary_and_turns(summary: str, turns: list[int]) -> str:
    where = "tur " + ", ".join(map(str, turns)) if turns else ""
    return f"{summary} ({where})" if summary and where else summary or where


def load_summaries(study: Study, coded: Coded) -> Sheet:
    """Read what can be read of the summaries, with everything that is wrong.

    Parameters
    ----------
    study, coded
        As in `framework_matrix`.

    Returns
    -------
    Sheet
        interview, deltager, tema, sammenfatning; empty without a file. A "fejl" for each row with an unknown interview,
        participant or theme, or a second summary of a cell.
    """
    sheet = load_sheet(study, study.interview_files.summaries, SUMMARY_COLUMNS)
    people = coded.participants.groupby("interview", sort=False)["label"]
    labels: dict[str, list[str]] = {str(interview): list(part) for interview, part in people}
    places = sheet.table[_CELL]
    unknown = [
        sheet.fault(row, column, found, f"en af {', '.join(known)}", "Ret cellen.")
        for row, *place in places.itertuples(name=None)
        for column, found, known in zip(_CELL, place, (labels, labels.get(place[0]), coded.themes), strict=True)
        if known and found not in known
    ]
    expected = "én sammenfatning for hver deltager og hvert tema"
    again = [
        sheet.fault(row, "deltager", ", ".join(place), expected, "Saml de to i én række.")
        for row, *place in places[places.duplicated()].itertuples(name=None)
    ]
    return sheet.wrong([*unknown, *again])
