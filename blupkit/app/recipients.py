"""Who got which package, and when: a list that lies with the study, beside the releases that were sent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from blupkit.core import DataError, Fault, Study, read_table
from blupkit.core.spreadsheet import excel_csv, unguarded

#: Where the list lies in the study's folder.
FILE: Final = "sendt/modtagere.csv"
HEADS: Final = ("dato", "pakke", "sha256", "modtager", "udgivelse")
#: The project group's package, and what else it is called.
_GROUP: Final = "projektgruppe"
_GROUP_TOO: Final = (_GROUP, "projektgruppen", "alle")


class Handed(NamedTuple):
    """One package that somebody got.

    Parameters
    ----------
    day : str
        When, as ISO 8601.
    package : str
        Its name: a municipality's slug, or "projektgruppe".
    sha256 : str
        Of the file.
    who : str
        Who got it; "" where that was not said.
    release : str
        The file in `sendt/` with what it was made from; "" in a study without a survey.
    """

    day: str
    package: str
    sha256: str
    who: str
    release: str


def read_recipients(study: Study, given: Iterable[str]) -> list[tuple[str, str]]:
    """Read who got which package.

    Parameters
    ----------
    study : Study
        Its municipalities.
    given : iterable of str
        "Kerteminde: landdistriktskoordinator": a municipality, or the project group; a colon; and who. Without a colon
        it is the municipality itself that got it.

    Returns
    -------
    list of tuple of str
        The package's name, and who.

    Raises
    ------
    DataError
        All that name no municipality of the study.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> read_recipients(example_study(), ["Nordby Kommune: koordinatoren", "projektgruppen:  A: B"])
    [('nordby', 'koordinatoren'), ('projektgruppe', 'A: B')]
    >>> read_recipients(example_study(), ["Vestby: koordinatoren"])
    Traceback (most recent call last):
    blupkit.core.errors.DataError: kommandolinjen, valgmulighed »--to«: Her står »Vestby«. Forventet: Nordby, Sydby ...
    """
    found, faults = [], []
    for text in given:
        place, _, who = (part.strip() for part in text.partition(":"))
        package = _GROUP if place.casefold() in _GROUP_TOO else study.match_municipality(place)
        if package:
            found.append((package, who or place))
            continue
        known = [*(municipality.short for municipality in study.municipalities), _GROUP]
        expected = f"{', '.join(known[:-1])} eller {known[-1]}"
        action = 'Skriv kommunen, et kolon og modtageren, fx --to "Kommunens navn: koordinatoren".'
        faults.append(Fault("kommandolinjen", place or "ingenting", expected, action, column="--to"))
    if faults:
        raise DataError(faults)
    return found


def handed_over(study: Study) -> list[Handed]:
    """Read who has got what.

    Parameters
    ----------
    study : Study
        The study.

    Returns
    -------
    list of Handed
        In the order they were noted; empty where nothing was sent, or an earlier version noted it.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> handed_over(example_study())
    []
    """
    if not study.path(FILE).is_file():
        return []
    table = read_table(study.path(FILE), FILE).reindex(columns=list(HEADS), fill_value="")
    return [Handed(*map(unguarded, cells)) for cells in table.itertuples(index=False, name=None)]


def sent_table(rows: Sequence[Handed]) -> bytes:
    """Write the list, each line once.

    Parameters
    ----------
    rows : sequence of Handed
        In the order they are to stand. One that does not say who is left out where another line tells of the package.

    Examples
    --------
    >>> row = Handed("2026-05-01", "nordby", "ab", "", "2026-05-01_001.json")
    >>> sent_table([row, row._replace(who="koordinatoren"), row]).decode("utf-8-sig").splitlines()[1:]
    ['2026-05-01;nordby;ab;;2026-05-01_001.json', '2026-05-01;nordby;ab;koordinatoren;2026-05-01_001.json']
    """
    kept: list[Handed] = []
    for row in rows:
        told = any((row.package, row.sha256) == (other.package, other.sha256) for other in kept)
        if row not in kept and (row.who or not told):
            kept.append(row)
    return excel_csv([HEADS, *kept])
