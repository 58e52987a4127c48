"""Whether a questionnaire is one of another program, and then its reading."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from blupkit.core.reading.workbook import WORKBOOKS, Book
from blupkit.survey.reading.origin.limesurvey import read_lss
from blupkit.survey.reading.origin.outline import Outline
from blupkit.survey.reading.origin.xlsform import SURVEY, read_xlsform

_LSS: Final = ".lss"


def read_outline(path: Path, name: str) -> Outline | None:
    """Read a questionnaire that another program made.

    Parameters
    ----------
    path : pathlib.Path
        What `spoergeskema` in `study.toml` names.
    name : str
        What to call it in messages.

    Returns
    -------
    Outline or None
        LimeSurvey's `.lss`, or a workbook with a sheet `survey` (XLSForm); None for a table of our own.

    Examples
    --------
    >>> read_outline(Path("spoergeskema.csv"), "spoergeskema.csv") is None
    True
    """
    suffix = path.suffix.lower()
    if suffix == _LSS:
        return read_lss(path, name)
    if suffix in WORKBOOKS and path.is_file() and SURVEY in Book(path, name).sheets:
        return read_xlsform(path, name)
    return None
