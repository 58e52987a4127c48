"""The door to the exploring panel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blupkit.core import Study

if TYPE_CHECKING:
    from blupkit.app.exploring.panel import Panel
    from blupkit.survey import Responses


def explore(study: Study, responses: Responses | None = None) -> Panel:
    """Åbn panelet, hvor du udforsker spørgeskema, interview og åbne svar.

    The panel shows itself as a cell's last value. All in it is internal: it is no page, and no package takes it.

    Parameters
    ----------
    study : Study
        What `core.read_study` returned.
    responses : Responses, optional
        What `survey.read_responses` returned, so that a large survey is not read twice.

    Returns
    -------
    Panel
        A widget; where JupyterLab cannot draw it, its first table is shown.

    Raises
    ------
    FileError, DataError
        The survey cannot be read. The interviews are read when their tab is opened, and what is wrong is said there.

    Examples
    --------
    >>> from blupkit import core
    >>> explore(core.example_study())
    Panelet til at udforske. Det vises i JupyterLab, når det er det sidste i en celle.
    """
    from blupkit.app.exploring.materials import Materials
    from blupkit.app.exploring.panel import Panel  # slow to import, and the command line has no use for it

    return Panel(Materials(study, responses))
