"""A small invented study that lies in the library: what the examples compute on, to be checked by hand."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from blupkit.core.study import Study
from blupkit.core.study_file import read_study


def example_study() -> Study:
    """Give the study of the examples: two municipalities, two groups, five answers in each, and one short interview.

    Returns
    -------
    Study
        Its files are a few lines each; open them to check a number by hand.

    Examples
    --------
    >>> study = example_study()
    >>> [municipality.name for municipality in study.municipalities], [group.key for group in study.groups]
    (['Nordby Kommune', 'Sydby Kommune'], ['L', 'A'])
    """
    return read_study(Path(str(files("blupkit.core") / "example")))
