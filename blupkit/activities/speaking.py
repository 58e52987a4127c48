"""What the speaker says to each slide of the conference: for the speaker alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blupkit.activities.reading import read_activities
from blupkit.core.study import Study

if TYPE_CHECKING:
    import pandas as pd


def speaker_notes(study: Study) -> pd.DataFrame:
    """Give the slides with what is said to each.

    Parameters
    ----------
    study : Study
        Its `aktiviteter/konference.csv`.

    Returns
    -------
    pandas.DataFrame
        Columns "Nr.", "Overskrift" and "Talernote", in the order of the slides; never for a page that is shared.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> list(speaker_notes(example_study()).columns)
    ['Nr.', 'Overskrift', 'Talernote']
    """
    import pandas as pd  # few pages ask

    rows = sorted(read_activities(study)["konference"], key=lambda row: row["nr"])
    told = [(str(row["nr"]), row["overskrift"], row["talernote"] or "–") for row in rows]
    return pd.DataFrame(told, columns=["Nr.", "Overskrift", "Talernote"])
