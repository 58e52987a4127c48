"""A small catalogue for the examples in docstrings, that can be checked by hand."""

from __future__ import annotations

from datetime import date, time

from blupkit.activities.learning.offers import Catalogue
from blupkit.activities.reading import Activities
from blupkit.core import example_study, read_edition
from blupkit.disclosure import MeasureRow, SafeTable, measure_table


def example_catalogue() -> Catalogue:
    """Give two activities for one group, of whose four gaps the two largest are taken up by the first.

    Examples
    --------
    >>> [offer.row["id"] for offer in example_catalogue().suggested("L")]
    ['A1']
    """
    study = example_study()
    gaps = {"k1": ("Søge fonde", 2.0), "k2": ("Skrive", 1.0), "k3": ("Lede møder", 0.5), "k4": ("Lytte", 0.0)}
    rows = [MeasureRow("nordby", "L", item, label, "Gab", gap, n=24) for item, (label, gap) in gaps.items()]
    wishes = {"form_1": ("Webinar", 37.5), "form_2": ("Studietur", 50.0), "form_3": ("Ingen af disse", 8.3)}
    forms = [MeasureRow("nordby", "L", item, *told[:1], "Andel", told[1], n=24) for item, told in wishes.items()]
    needs, form, none = (
        SafeTable(measure_table(some).assign(status="vist"), study.thresholds.min_n) for some in (rows, forms, [])
    )
    catalogue = [
        _activity("A1", "Fonde for begyndere", ("k1", "k2"), "form_1", tilmelding="Skriv til koordinatoren")
        | {"timer": 1.5, "tidspunkt": "hverdage efter kl. 17", "plads_til": 60},
        _activity("A2", "Klart sprog", ("k4",), None),
    ]
    when = {"dato": date(2022, 9, 28), "start": time(19), "slut": time(20, 30), "status": "planlagt"}
    sessions = [
        {"id": ident, "aktivitet": "A1", "kommuner": (place,), **when}
        for ident, place in (("H1", "nordby"), ("H2", "sydby"))
    ]
    found = Activities(study, {"katalog": catalogue, "afholdelser": sessions})
    return Catalogue(found, read_edition(study, "nordby"), needs, none, form, none)


def _activity(
    ident: str, title: str, items: tuple[str, ...], form: str | None, tilmelding: str = ""
) -> dict[str, object]:
    return {
        "id": ident, "titel": title, "format": "Webinar", "maalgruppe": ("L",), "timer": 1.0, "kompetencer": items,
        "form_kode": form, "tidspunkt": None, "plads_til": None, "tilmelding": tilmelding,
    }  # fmt: skip
