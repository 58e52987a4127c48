"""The pages of made-up studies, rendered for real: nothing on them is empty, doubled, cut short or untrue."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import made_up
import pytest
import readability
from bs4 import BeautifulSoup, Tag
from hypothesis import settings
from made_up import MadeUp, write_made_up
from support import blupkit, unbroken

from blupkit.core import ALL, Study, read_edition, read_study

#: The second of the municipalities has a rate of response and, where bodies have words of their own, such.
PLACE = "nby1"
#: What is said under each figure and of each group for which it holds, and may be the same.
ALIKE = re.compile(r"viser vi ikke|kan vises|kan ikke vises|er ikke vist|kunne røbe")
NEVER_ASKED = re.compile(r"ikke stillet|ikke en del af denne undersøgelse", re.IGNORECASE)


def words(part: Tag) -> str:
    return " ".join(unbroken(part.get_text(" ")).replace("\N{NO-BREAK SPACE}", " ").split())


def faults(html: str, study: Study, place: str) -> Iterator[str]:
    """Give what is wrong with a page, read as a proofreader does who knows that every question was asked of all."""
    soup = BeautifulSoup(html, "html.parser")
    for drawn in soup.select("svg, style, .skip"):
        drawn.decompose()
    edition = read_edition(study, place)
    headings = [words(heading) for heading in soup.select("h1, h2, h3")]
    yield from (f"an empty heading after {before}" for before, each in pairwise(["", *headings]) if not each)
    twice = [each for each, times in Counter(headings).items() if times > 1 and not ALIKE.search(each)]
    yield from (f"a heading twice: {each}" for each in twice)
    yield from (f"an empty section: {each}" for each in empty_sections(soup))
    yield from (
        f"empty: {each.name}" for each in soup.select("main p, main li, main dd, figcaption") if not words(each)
    )
    yield from (
        f"a label made a mark: {each}" for each in soup.select("em, i, del, code, main a[href*=':'], th h1, td h2")
    )
    yield from (f"asked, and said not to be: {found[0]}" for found in NEVER_ASKED.finditer(words(soup)))
    labels = {words(cell) for cell in soup.select("th, dt")}
    groups = {name for each in study.groups for name in (each.name, each.about, edition.group_name(each.key))}
    names = {*labels, *groups, *made_up.NEEDS, *made_up.MARKS, edition.place, read_edition(study, ALL).place}
    for table in soup.select("table"):
        yield from (f"not a number: {words(cell)}" for cell in table.select("td") if re.search("nan|None", words(cell)))
        table.decompose()
    said = [words(part) for part in soup.select("main li")]
    for part in soup.select("main p, main h2, main h3, main figcaption, main li:not(:has(li, p)), footer p"):
        if "source" in part.get("class", []):
            continue
        yield from (f"{fault} ({part.name})" for fault in readability.faults(words(part), names) if "28" not in fault)
        # What is said of each group stands in a bullet of its own, and is the same where the groups are.
        if part.name == "p":
            said += [each for each in readability.sentences(words(part)) if len(each.split()) > 4]
    twice = [each for each, times in Counter(said).items() if times > 1 and not ALIKE.search(each)]
    yield from (f"said twice: {each}" for each in twice)


def empty_sections(soup: BeautifulSoup) -> Iterator[str]:
    """Name the headings that the next one of their level, or a higher, follows at once."""
    everything = [*soup.select("main h2, main h3, main p, main li, main table")]
    for heading, after in pairwise([*everything, None]):
        # Where nothing may be shown, the heading over a figure says so, and there is no figure.
        if heading is None or heading.name not in {"h2", "h3"} or heading.find_parent("figure"):
            continue
        if after is None or after.name in {"h2", heading.name}:
            yield words(heading)


#: Deciding for 98 municipalities takes longest: that is done by `make soak`, and its sentences are read by `make test`.
STUDIES = [study for study in made_up.STUDIES if study.places < 50 or settings.default.max_examples > 100]


@pytest.mark.parametrize("study", STUDIES, ids=lambda study: study.name)
def test_the_pages_of_a_made_up_study_read_well(study: MadeUp, tmp_path: Path) -> None:
    folder = write_made_up(tmp_path / "proeven", study)
    made = read_study(folder)
    slugs = [place.slug for place in made.municipalities]
    place = PLACE if PLACE in slugs else slugs[0]
    done = blupkit("render", folder, "-o", tmp_path / "ud", "-m", place)
    assert done.returncode == 0, done.stdout + done.stderr
    pages = sorted((tmp_path / "ud").glob(f"*/{place}/*.html"))
    assert [page.stem for page in pages] == ["02_behovsanalyse", "08_kort_fortalt"]
    for label in study.needs if study.needs == made_up.MARKS else ():
        shown = words(BeautifulSoup(pages[0].read_text("utf-8"), "html.parser"))
        assert label.casefold() in shown.casefold()
    found = {page.stem: list(faults(page.read_text("utf-8"), made, place)) for page in pages}
    assert found == {page.stem: [] for page in pages}
