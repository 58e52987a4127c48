"""The commands for the life of the data: what lies where, taking a person out, deleting what is past its date."""

from __future__ import annotations

from datetime import date

from blupkit import app, interviews
from blupkit.cli.choices import Place, grouped
from blupkit.cli.console import make_console


@grouped
def where(place: Place) -> None:
    """Skriv en fortegnelse: hvad der ligger hvor, hvem der må se det, og hvornår det skal slettes."""
    study = place.read()
    page = app.write_inventory(study, place.outputs, date.today(), interviews.consents_told(study))
    make_console().print(f"Fortegnelsen ligger i {page}. Den er kun til jer og jeres databeskyttelsesrådgiver.")
