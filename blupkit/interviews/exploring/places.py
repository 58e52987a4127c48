"""The columns in which every table of exploring says where something stands and who said or wrote it."""

from __future__ import annotations

from typing import Final

import pandas as pd

#: Columns of `Material.places` under their Danish heads; one that is empty all the way down is left out.
_HEADS: Final = {
    "source": "Kilde",
    "title": "Sted",
    "number": "Tur",
    "time": "Tid",
    "respondent": "Besvarelse",
    "label": "Hvem",
    "group_name": "Gruppe",
    "municipality": "Kommune",
}
_ALWAYS: Final = ("Kilde", "Sted", "Hvem", "Gruppe")


def place_columns(places: pd.DataFrame) -> pd.DataFrame:
    """Say of some places where they are and whose.

    Parameters
    ----------
    places : pandas.DataFrame
        Rows of `Material.places`, in the order in which they are to stand; not changed.

    Returns
    -------
    pandas.DataFrame
        Kilde, Sted (the interview's title, or the question), Tur (a number; missing for an answer), Tid, Besvarelse
        (the respondent's id), Hvem, Gruppe (ordered as in the study), Kommune; without columns in which nothing stands.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> from blupkit.interviews.exploring.material import read_material
    >>> place_columns(read_material(example_study()).places.iloc[[1]])[["Sted", "Tur", "Hvem"]].values.tolist()
    [['Gruppe 1', 2.0, 'Lokalråd 1']]
    """
    table = places[list(_HEADS)].rename(columns=_HEADS).reset_index(drop=True)
    filled = [
        head for head in table if head in _ALWAYS or (table[head].notna() & (table[head].astype("str") != "")).any()
    ]
    return table[filled]
