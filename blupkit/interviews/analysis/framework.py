"""The framework matrix: one row a participant, one column a theme, with what was said and where it was said."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

from blupkit.core import Fault, Study, check_columns, raise_serious, read_table
from blupkit.core.errors import BlupkitError
from blupkit.interviews.analysis.counts import coded_turns
from blupkit.interviews.analysis.talk import participants
from blupkit.interviews.coding.codebook import Codebook
from blupkit.interviews.transcripts.reading import interview_files

SUMMARY_COLUMNS: Final = {
    "interview": "interviewets id",
    "deltager": "deltageren som i matricen, fx »Lokalråd 1«",
    "tema": "temaets nummer",
    "sammenfatning": "hvad deltageren siger om temaet, med dine egne ord",
}


def framework_matrix(study: Study, codings: pd.DataFrame, turns: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Lay out what each participant said on each theme: the consultant's summary, and the turns it stands on.

    Parameters
    ----------
    study : Study
        `sammenfatninger` names the file with the summaries; without one, the cells hold the turns alone.
    codings : pandas.DataFrame
        One coder's codings; not changed.
    turns : pandas.DataFrame
        What `read_turns` returned; not changed.
    codebook : Codebook
        The themes.

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
    summaries, faults = load_summaries(study, turns, codebook)
    raise_serious(faults)
    written = {
        (line["interview"], line["deltager"], line["tema"]): line["sammenfatning"]
        for line in summaries.to_dict("records")
    }
    people = participants(turns)
    said = codings.merge(coded_turns(codings, turns)[["interview", "turn", "speaker"]], on=["interview", "turn"])
    places = said.groupby(["interview", "speaker", "theme"])["turn"].agg(lambda found: sorted(set(found))).to_dict()
    rows = [
        {"interview": person["interview"], "label": person["label"]}
        | {
            theme: _cell(
                written.get((person["interview"], person["label"], theme), ""),
                places.get((person["interview"], person["speaker"], theme), []),
            )
            for theme in codebook.themes["theme"]
        }
        for person in people.to_dict("records")
    ]
    return pd.DataFrame(rows, columns=["interview", "label", *codebook.themes["theme"]])


def _cell(summary: str, turns: list[int]) -> str:
    if not turns:
        return summary
    where = "tur " + ", ".join(map(str, turns))
    return f"{summary} ({where})" if summary else where


def load_summaries(study: Study, turns: pd.DataFrame, codebook: Codebook) -> tuple[pd.DataFrame, list[Fault]]:
    """Read what can be read of the summaries, with everything that is wrong.

    Parameters
    ----------
    study, turns, codebook
        As in `framework_matrix`.

    Returns
    -------
    pandas.DataFrame
        interview, deltager, tema, sammenfatning; empty without a file.
    list of Fault
        A "fejl" for each row with an unknown interview, participant or theme, or a second summary of a cell.
    """
    name = interview_files(study).summaries
    if name is None:
        return pd.DataFrame(columns=list(SUMMARY_COLUMNS), dtype="str"), []
    try:
        table = read_table(study.path(name), name)
        check_columns(table, SUMMARY_COLUMNS, name)
    except BlupkitError as error:
        return pd.DataFrame(columns=list(SUMMARY_COLUMNS), dtype="str"), list(error.faults)
    people: dict[Any, list[str]] = participants(turns).groupby("interview", sort=False)["label"].agg(list).to_dict()
    themes = codebook.themes["theme"].tolist()
    faults: list[Fault] = []
    seen: set[tuple[str, ...]] = set()
    for row, line in zip(table.index, table.to_dict("records"), strict=True):
        place = (line["interview"], line["deltager"], line["tema"])
        says = _wrong(line, people, themes)
        if place in seen:
            expected = "én sammenfatning for hver deltager og hvert tema"
            says.append(("deltager", ", ".join(place), expected, "Saml de to i én række."))
        seen.add(place)
        faults += [Fault(name, found, wanted, action, int(row), column) for column, found, wanted, action in says]
    return table[list(SUMMARY_COLUMNS)], faults


def _wrong(line: dict[Any, Any], people: dict[Any, list[str]], themes: list[str]) -> list[tuple[str, str, str, str]]:
    """Give column, what stands there, what was expected and what to do, for each cell that cannot be used."""
    here = people.get(line["interview"], [])
    allowed = {"interview": list(people), "deltager": here, "tema": themes}
    return [
        (column, line[column] or "en tom celle", f"en af {', '.join(known)}", "Ret cellen.")
        for column, known in allowed.items()
        if known and line[column] not in known
    ]
