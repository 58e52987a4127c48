"""The commands for the life of the data: what lies where, taking a person out, deleting what is past its date."""

from __future__ import annotations

from datetime import date

from blupkit import app
from blupkit.cli.choices import Place, grouped
from blupkit.cli.console import make_console


@grouped
def where(place: Place) -> None:
    """Skriv en fortegnelse: hvad der ligger hvor, hvem der må se det, og hvornår det skal slettes."""
    page = app.write_inventory(place.read(), place.outputs, date.today())
    make_console().print(f"Fortegnelsen ligger i {page}. Den er kun til jer og jeres databeskyttelsesrådgiver.")
