"""The example study read and decided once: what the examples of this room compute on."""

from __future__ import annotations

from functools import cache

from blupkit.core import Edition, example_study, read_edition
from blupkit.survey.reading.checked import read_responses
from blupkit.survey.reading.responses import Responses
from blupkit.survey.release import make_release, part_for
from blupkit.survey.tables import SurveyRelease


@cache
def example_responses() -> Responses:
    """Give the answers of `core.example_study`: five from each group in each municipality.

    Examples
    --------
    >>> example_responses().received
    20
    """
    return read_responses(example_study())


@cache
def example_whole() -> SurveyRelease:
    """Give the release of all its readers together.

    Examples
    --------
    >>> example_whole().passed
    True
    """
    return make_release(example_responses())[1]


def example_reader(place: str = "nordby") -> tuple[SurveyRelease, Edition]:
    """Give one reader of `core.example_study`, and the release that its pages show.

    Parameters
    ----------
    place : str
        "nordby", "sydby" or "alle".

    Returns
    -------
    tuple of SurveyRelease and Edition
        Each number rests on five answers in a municipality: few, but shown.

    Examples
    --------
    >>> release, edition = example_reader()
    >>> edition.place, release.response.shown["value"].tolist()[0]
    ('Nordby Kommune', 5.0)
    """
    edition = read_edition(example_study(), place)
    return part_for(example_whole(), edition), edition
