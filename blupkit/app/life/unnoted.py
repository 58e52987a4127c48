"""Packages that may be out of the house, though nobody has noted that they were sent."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from blupkit.app.sending import handed_over, mark_of
from blupkit.core import DataError, Fault, Study

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def check_noted(study: Study, packages: Sequence[Path], basis: Path) -> None:
    """Stop where packages lie there that may be out of the house, while nobody has noted what they were made of.

    Parameters
    ----------
    study : Study
        The study.
    packages : sequence of pathlib.Path
        Its packages.
    basis : pathlib.Path
        What the last decision on the survey was made on; where there is none, no numbers can be lost.

    Raises
    ------
    DataError
        They are not on the list of what was sent, and their numbers not among those that were.

    Examples
    --------
    >>> from pathlib import Path
    >>> from blupkit.core import example_study
    >>> check_noted(example_study(), [], Path("intet"))
    """
    noted = {one.sha256 for one in handed_over(study)}
    loose = [path.name for path in packages if mark_of(path) not in noted]
    kept = {_numbers(path) for path in study.path("sendt").glob("*.json")}
    if loose and basis.is_file() and _numbers(basis) not in kept:
        action = "Er de sendt, så kør »blupkit sent« først. Er de ikke, så slet dem, og prøv igen."
        raise DataError(Fault(", ".join(loose), "pakker, der ikke er noteret som sendt", "at det er kendt", action))


def _numbers(basis: Path) -> str:
    """Give what was shown and hidden, without the marks of persons, which may have been taken out since."""
    content = json.loads(basis.read_text("utf-8"))
    return json.dumps([content.get("rows"), content.get("hidden")])
