"""How many have answered in each municipality, as its coordinator may know it: a mail's text, and a table for Excel."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from blupkit.app.deciding import load_release
from blupkit.core.spreadsheet import excel_csv
from blupkit.core.study import read_edition
from blupkit.survey.words.response import numbers_so_far, text_so_far

if TYPE_CHECKING:
    from blupkit.core.study import Study

_HEADS = ("Gruppe", "Besvarelser", "Inviteret")
_HIDDEN, _UNKNOWN = "vises ikke", "ikke oplyst"


def status_files(study: Study, place: str, part: Path) -> dict[str, bytes]:
    """Write what one coordinator may know, where the pages have been made.

    Parameters
    ----------
    study : Study
        The study.
    place : str
        The municipality's slug.
    part : pathlib.Path
        Where the decision for it lies; it need not be there yet.

    Returns
    -------
    dict of str to bytes
        Folder and name → content: only what is shown to the municipality, so nothing that its page has not. Empty
        before its page is made.

    Raises
    ------
    DataError
        It was decided on other answers than those that lie there now.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> status_files(example_study(), "nordby", Path("nowhere.json"))
    {}
    """
    if not part.is_file():
        return {}
    edition = read_edition(study, place)
    table = load_release(study, edition, part).response
    rows = [
        (name, _HIDDEN if answered is None else answered, _UNKNOWN if invited is None else invited)
        for name, answered, invited in numbers_so_far(table, edition)
    ]
    said = f"Emne: Svar indtil nu: {study.name}\r\n\r\n{text_so_far(table, edition)}\r\n"
    return {
        f"{place}/svarstatus.csv": excel_csv([_HEADS, *rows]),
        f"{place}/svarstatus.txt": said.encode("utf-8-sig"),
    }
