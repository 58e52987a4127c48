"""Every sentence on learning, read as a proofreader reads: of the demo's readers, and of small catalogues."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import readability

from blupkit import activities, app
from blupkit.activities import Activities, read_catalogue
from blupkit.activities.learning.example import example_catalogue
from blupkit.activities.learning.offers import Catalogue
from blupkit.core import ALL, read_edition, read_study

DEMO = Path(__file__).parents[3] / "data" / "demo"
#: What the room says of one reader's catalogue. A new sentence is added here, and read with the others.
SAID: dict[str, Callable[[Catalogue], str]] = {
    "list_catalogue": activities.list_catalogue,
    "list_learning_caveats": lambda found: activities.list_learning_caveats(),
    "list_missing": activities.list_missing,
    "list_offers": activities.list_offers,
    "note_match": lambda found: activities.note_match(),
    "text_interest": activities.text_interest,
    "text_joining": activities.text_joining,
    "text_match": activities.text_match,
}


def read_aloud(found: Catalogue) -> Iterator[str]:
    """Give what is wrong with what one reader is told; who writes the sentences chooses no titles and names."""
    edition = found.edition
    labels = {str(label) for table in (found.needs, found.form, found.times) for label in table.frame["label"]}
    titles = {str(row["titel"]) for row in found.rows} | {str(row["format"]) for row in found.rows}
    groups = {edition.group_name(group.key) for group in edition.study.groups} | {g.name for g in edition.study.groups}
    names = {*labels, *titles, *groups, edition.place, read_edition(edition.study, ALL).place}
    for name, say in SAID.items():
        told = say(found)
        for line in told.splitlines():
            yield from (f"{edition.key} {name}: {fault}" for fault in readability.faults(line.lstrip("#* "), names))
            said = [each for each in readability.sentences(line) if len(each.split()) > 3]
            if len(said) > len(set(said)):
                yield f"{edition.key} {name}: said twice: {line}"


def changed(tables: dict[str, list[dict[str, Any]]]) -> Catalogue:
    found = example_catalogue()
    return replace(found, found=Activities(found.found.study, {**found.found.tables, **tables}))


def test_every_sentence_of_the_demo_reads_well(demo_pages: Path) -> None:
    demo = read_study(DEMO)
    for place in demo.readers:
        edition = read_edition(demo, place)
        release = app.load_release(demo, edition, demo_pages / "intern" / "udgivelse" / f"{place}.json")
        asked = release.questions
        found = read_catalogue(
            demo, edition, needs=release.needs, places=release.places, form=asked.form, times=asked.tidspunkt
        )
        assert list(read_aloud(found)) == []


def test_no_sentence_of_the_room_is_left_unread() -> None:
    says = {name for name in dir(activities) if name.startswith(("text_", "list_", "note_"))}
    here = {name for name in says if getattr(activities, name).__module__.startswith("blupkit.activities.learning")}
    assert here - {"list_unknown", "text_came", "text_rated", "text_said"} == set(
        SAID
    )  # those have a test of their own


@pytest.mark.parametrize(
    ("ends", "said"),
    [
        ({}, ""),
        ({"k1": (6, 9), "k2": (7, 9)}, "Ingen af dem er blandt de fem største behov."),
        ({"k1": (1, 5), "k2": (6, 9)}, "Én af dem er blandt de fem største behov."),
        ({"k1": (1, 5), "k2": (2, 4)}, "To af dem er blandt de fem største behov."),
        ({"k1": (1, 6), "k2": (7, 9)}, "Højst én af dem er blandt de fem største behov."),
        ({"k1": (1, 5), "k2": (2, 9)}, "Mindst én og højst to af dem er blandt de fem største behov."),
    ],
)
def test_places_are_told_as_surely_as_they_are_known(ends: dict[str, tuple[int, int]], said: str) -> None:
    found = example_catalogue()
    rows = found.needs.frame
    ranked = rows[rows["item"].isin(ends)].assign(measure="Plads efter gab")
    ranked = ranked.assign(
        **{name: [ends[item][end] for item in ranked["item"]] for end, name in enumerate(("low", "high"))}
    )
    told = activities.list_offers(replace(found, places=replace(found.places, frame=ranked)))
    assert said in told
    assert told.count("af dem er blandt") == bool(said)


def test_what_cannot_be_computed_is_said_and_why() -> None:
    whole = activities.list_offers(example_catalogue())
    assert "**Kan ikke beregnes:** »Klart sprog«. For få af de kompetencer, den styrker, kan vises." in whole
    found = example_catalogue()
    hidden = found.needs.frame.assign(status="skjult", value=float("nan"))
    told = activities.list_offers(replace(found, needs=replace(found.needs, frame=hidden)))
    assert told.endswith(
        "* **Kan ikke beregnes:** Af hensyn til deltagernes fortrolighed viser vi ikke deres behov her."
    )
    assert "Fonde" not in told


def test_a_choice_is_told_with_its_reason_and_that_it_hits_no_better_than_chance() -> None:
    """The two smallest of four gaps: no pair is lower, and the pair ties with itself, of six: 8,3."""
    rows = example_catalogue().found["katalog"]
    choice = {"kommune": "alle", "gruppe": "L", "aktivitet": "A1", "valg": "med", "begrundelse": "De bad om det"}
    found = changed({"katalog": [rows[0] | {"kompetencer": ("k3", "k4")}], "valg": [choice]})
    told = activities.list_offers(found)
    assert "Den har vi selv taget med: De bad om det. Træf er 8," in told
    assert "Den rammer altså ikke deres største behov bedre end et tilfældigt valg." in told
    taken = changed({"katalog": [rows[0]], "valg": [choice | {"valg": "ikke med", "begrundelse": "For langt væk."}]})
    assert "* **Ikke med:** »Fonde for begyndere«. For langt væk." in activities.list_offers(taken)


def test_a_catalogue_without_rows_and_one_that_fits_nobody_say_so() -> None:
    empty = changed({"katalog": []})
    assert [say(empty) for say in (activities.text_match, activities.list_catalogue)] == [
        "Der er endnu ingen aktiviteter i kataloget."
    ] * 2
    rows = example_catalogue().found["katalog"]
    poor = changed({"katalog": [rows[0] | {"kompetencer": ("k3", "k4")}]})
    assert "Ingen aktivitet i kataloget passer klart bedre end et tilfældigt valg." in activities.list_offers(poor)


def test_one_way_to_join_stands_alone_and_several_by_their_titles() -> None:
    rows = [row | {"tilmelding": "Skriv til os"} for row in example_catalogue().found["katalog"]]
    assert activities.text_joining(changed({"katalog": rows})) == "Skriv til os."
    assert len(activities.text_joining(example_catalogue()).splitlines()) == 2


def test_lengths_of_time_are_written_as_they_are_read_aloud() -> None:
    rows = example_catalogue().found["katalog"]
    for hours, said in ((0.5, "½ time"), (1.0, "1 time"), (1.5, "1½ time"), (2.0, "2 timer"), (0.75, "45 minutter")):
        assert f", {said}, for" in activities.list_catalogue(changed({"katalog": [rows[0] | {"timer": hours}]}))
