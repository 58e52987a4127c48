"""The framework matrix: one row a participant, one column a theme, with what was said and where it was said."""

from __future__ import annotations

from typing import Final

import pandas as pd

from blupkit.core import Fault, Study, check_columns, raise_serious, read_table
from blupkit.core.errors import BlupkitError
from blupkit.interviews.coding.coded import Coded
from blupkit.interviews.coding.passage import Codable
from blupkit.interviews.transcripts.people import participants

SUMMARY_COLUMNS: Final = {
    "interview": "interviewets id",
    "deltager": "deltageren som i matricen, fx »Lokalråd 1«",
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
    """
    summaries, faults = load_summaries(study, coded)
    raise_serious(faults)
    written = dict(
        zip(zip(*(summaries[column] for column in _CELL), strict=True), summaries["sammenfatning"], strict=True)
    )
    said = coded.codings.merge(coded.spoken[["interview", "turn", "speaker"]], on=["interview", "turn"])
    places = said.groupby(["interview", "speaker", "theme"])["turn"].agg(lambda found: sorted(set(found))).to_dict()
    rows = []
    for interview, speaker, label in coded.participants[["interview", "speaker", "label"]].to_numpy():
        cells = [
            _cell(written.get((interview, label, theme), ""), places.get((interview, speaker, theme), []))
            for theme in coded.themes
        ]
        rows.append((interview, label, *cells))
    return pd.DataFrame(rows, columns=["interview", "label", *coded.themes])


def _cell(summary: str, turns: list[int]) -> str:
    if not turns:
        return summary
    where = "tur " + ", ".join(map(str, turns))
    return f"{summary} ({where})" if summary else where


def load_summaries(study: Study, codable: Codable) -> tuple[pd.DataFrame, list[Fault]]:
    """Read what can be read of the summaries, with everything that is wrong.

    Parameters
    ----------
    study : Study
        As in `framework_matrix`.
    codable : Codable
        Who took part, and the themes.

    Returns
    -------
    pandas.DataFrame
        interview, deltager, tema, sammenfatning; empty without a file.
    list of Fault
        A "fejl" for each row with an unknown interview, participant or theme, or a second summary of a cell.
    """
    name = study.interview_files.summaries
    if name is None:
        return pd.DataFrame(columns=list(SUMMARY_COLUMNS), dtype="str"), []
    try:
        table = read_table(study.path(name), name)
        check_columns(table, SUMMARY_COLUMNS, name)
    except BlupkitError as error:
        return pd.DataFrame(columns=list(SUMMARY_COLUMNS), dtype="str"), list(error.faults)
    people = participants(codable.turns).groupby("interview", sort=False)["label"].agg(list).to_dict()
    faults: list[Fault] = []
    seen: set[tuple[str, ...]] = set()
    for row, place in zip(table.index.tolist(), table[_CELL].itertuples(index=False, name=None), strict=True):
        allowed = (list(people), people.get(place[0], []), list(codable.codebook.theme_names))
        faults += [
            Fault(name, found or "en tom celle", f"en af {', '.join(known)}", "Ret cellen.", row, column)
            for column, found, known in zip(_CELL, place, allowed, strict=True)
            if known and found not in known
        ]
        if place in seen:
            expected = "én sammenfatning for hver deltager og hvert tema"
            faults.append(Fault(name, ", ".join(place), expected, "Saml de to i én række.", row, "deltager"))
        seen.add(place)
    return table[list(SUMMARY_COLUMNS)], faults
