"""Who was sent which package, as `blupkit sent STUDY --to` keeps it with the study."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Final, NamedTuple

from blupkit.core import BlupkitError, Study, read_table

if TYPE_CHECKING:
    from pathlib import Path

    from blupkit.core.outputs import Outputs

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


def unsent(study: Study, outputs: Outputs) -> list[str]:
    """Name the packages that lie there and may be out of the house, while nobody has noted what they were made of.

    Parameters
    ----------
    study : Study
        The study.
    outputs : Outputs
        Its output.

    Returns
    -------
    list of str
        None where the survey's numbers that they hold are among those that were sent.

    Examples
    --------
    >>> from pathlib import Path
    >>> from blupkit.core import example_study
    >>> from blupkit.core.outputs import Outputs
    >>> unsent(example_study(), Outputs(Path("intet")))
    []
    """
    noted = {one.mark for one in sendings(study)}
    packages = [path for path in packages_in(outputs) if sha256(path.read_bytes()).hexdigest() not in noted]
    kept = {path.read_text("utf-8") for path in study.path("sendt").glob("*.json")}
    if not outputs.basis.is_file() or _without_marks(outputs.basis.read_text("utf-8")) in map(_without_marks, kept):
        return []
    return [path.name for path in packages]


def _without_marks(basis: str) -> str:
    content = json.loads(basis)
    return json.dumps([content.get("rows"), content.get("hidden")])


def packages_in(outputs: Outputs) -> list[Path]:
    """List the packages that lie in the output.

    Parameters
    ----------
    outputs : Outputs
        The study's output.
    """
    return sorted(outputs.package("x").parent.glob("*.zip"))
