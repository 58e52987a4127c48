"""The cell that makes what the panel shows: its one line, and before it whatever the notebook lacks for it."""

from __future__ import annotations

import re
from collections.abc import Container

from blupkit.core import Study

_ROOMS = ("activities", "app", "core", "interviews", "survey")


def cell_code(call: str, study: Study, names: Container[str]) -> str:
    """Write the cell.

    Parameters
    ----------
    call : str
        The one line.
    study : Study
        What the panel explores.
    names : container of str
        The names that the notebook has.

    Returns
    -------
    str
        A cell that runs by itself.

    Examples
    --------
    >>> from pathlib import Path
    >>> from blupkit.core import example_study
    >>> study = example_study().model_copy(update={"folder": Path("data/demo")})
    >>> print(cell_code('survey.cross(responses, "alder")', study, {"study", "survey"}))
    responses = survey.read_responses(study)
    survey.cross(responses, "alder")
    >>> print(cell_code('interviews.search(study, "tid")', study, set()))
    from blupkit import core, interviews
    study = core.read_study("data/demo")
    interviews.search(study, "tid")
    """
    lines = [call]
    if _uses("responses", call) and "responses" not in names:
        lines.insert(0, "responses = survey.read_responses(study)")
    if any(_uses("study", line) for line in lines) and "study" not in names:
        lines.insert(0, f'study = core.read_study("{study.folder.as_posix()}")')
    rooms = [room for room in _ROOMS if any(_uses(room, line) for line in lines) and room not in names]
    if rooms:
        lines.insert(0, f"from blupkit import {', '.join(rooms)}")
    return "\n".join(lines)


def _uses(name: str, line: str) -> bool:
    """Whether a line uses a name, outside the texts in it."""
    return bool(re.search(rf"(?<![\w.]){name}\b", re.sub(r'"[^"]*"|\'[^\']*\'', '""', line)))
