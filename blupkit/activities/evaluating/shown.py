"""What may be shown of the evaluations to one reader: rows of the release."""

from __future__ import annotations

from typing import Final

from blupkit.activities.layout import FORMS
from blupkit.core.study import ALL, Edition
from blupkit.disclosure import Release, SafeTable, select

#: What stands behind a form's name where it counts those who could not say.
UNSURE: Final = "_ved_ikke"


def evaluated(release: Release, edition: Edition, form: str, *, activity: str = "") -> SafeTable:
    """Give what may be shown of the evaluations to one reader.

    Parameters
    ----------
    release : Release
        What `app.load_release` gave for the reader.
    edition : Edition
        The reader. For a municipality its own rows, of everybody together; for "alle" everybody and, where that may be
        told, each group. Learning is the same for all readers: there is no municipality in it.
    form : str
        "workshop", "opfoelgning" or "laering", as `skemaer.csv` names it; "workshop_ved_ikke" and "laering_ved_ikke"
        for how many could not say.
    activity : str
        The id of one activity of the catalogue, for learning; of all of them together when omitted.

    Returns
    -------
    SafeTable
        One row a number, in the order of `skemaer.csv`. Measures: "Gennemsnit" of a scale; "Valgte 9 eller 10", in per
        cent; "Andel" of each answer; "Før", "Nu" and "Ændring" (with its interval) of those who gave both; "Ved ikke";
        and "Afleverede skemaer", whose column `attended` has how many came. Empty where nobody has handed in a form.

    Examples
    --------
    >>> from blupkit.core import example_study, read_edition
    >>> from blupkit.disclosure import Draft, suppress
    >>> study = example_study()
    >>> len(evaluated(suppress(Draft({}), study), read_edition(study, "nordby"), "workshop").frame)
    0
    """
    whole = form.removesuffix(UNSURE)
    name = next((file for file, one in FORMS.items() if one == whole), whole) + form.removeprefix(whole)
    table = (release.evaluated or release).optional(name)
    if "activity" in table.frame:
        return select(table, activity=activity or ALL)
    if edition.key == ALL or form.endswith(UNSURE):
        return select(table, municipality=ALL)
    return select(table, municipality=edition.key, group=ALL)
