"""Who was sent which package, as `blupkit sent STUDY --to` keeps it with the study."""

from __future__ import annotations

from typing import Final, NamedTuple

from blupkit.core import BlupkitError, Study, read_table

#: Where it stands, in the study's folder.
RECIPIENTS: Final = "sendt/modtagere.csv"


class Sending(NamedTuple):
    """One package that was sent to somebody: the day, the file's name and mark, who got it, and what it was made of."""

    day: str
    package: str
    mark: str
    recipient: str
    release: str


_COLUMNS: Final = ["dato", "pakke", "sha256", "modtager", "udgivelse"]


def sendings(study: Study) -> list[Sending]:
    """List what was sent to whom, in the order in which it was noted.

    Parameters
    ----------
    study : Study
        The study.

    Returns
    -------
    list of Sending
        None where nobody has been noted, or the list cannot be read: what it is for is told without it, too.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> sendings(example_study())
    []
    """
    try:
        table = read_table(study.path(RECIPIENTS), RECIPIENTS)
    except BlupkitError:
        return []
    return [Sending(*row) for row in table.reindex(columns=_COLUMNS, fill_value="").itertuples(index=False, name=None)]
