"""The short page of the demo, for real: its limits, what a mail keeps of it, and that it shows nothing of its own."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from docx import Document
from small_study import write_small_study
from support import TOWNS, blupkit, unbroken

from blupkit import survey
from blupkit.core import Study, read_edition, read_study
from blupkit.core.danish import number
from blupkit.core.outputs import Outputs

DEMO = Path(__file__).parents[1] / "data" / "demo"
PLACES = [*TOWNS, "faelles"]
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
#: What a mail program drops, or cannot unfold.
DROPPED = ("style", "svg", "details", "head")


@pytest.fixture(scope="module")
def study() -> Study:
    return read_study(DEMO)


def page_of(demo_pages: Path, place: str, name: str = "08_kort_fortalt") -> Path:
    return demo_pages / place / f"{name}.html"


def soup_of(path: Path, *without: str) -> BeautifulSoup:
    soup = BeautifulSoup(unbroken(path.read_text("utf-8")), "html.parser")
    for part in soup.find_all([*without]):
        part.decompose()
    return soup


def lix(sentences: list[str]) -> float:
    """The readability of Danish text: words a sentence, and how many of a hundred words have more than six letters."""
    words = [word for sentence in sentences for word in re.findall(r"[^\W\d_]+", sentence)]
    return len(words) / len(sentences) + 100 * sum(len(word) > 6 for word in words) / len(words)


def test_the_measure_of_readability_is_the_one_in_the_books() -> None:
    # Two sentences of three words, of which "forskellen" is the one long word: 6 / 2 + 100 × 1 / 6.
    assert lix(["Her er forskellen.", "Vi ser den."]) == pytest.approx(3 + 100 / 6)


@pytest.mark.parametrize("place", PLACES)
def test_the_page_is_taken_in_at_a_glance(demo_pages: Path, place: str, chromium: Any) -> None:
    path = page_of(demo_pages, place)
    assert len(path.read_bytes()) <= 120_000
    tab = chromium.new_page(viewport={"width": 390, "height": 844})
    tab.goto(path.as_uri())
    assert tab.evaluate("document.documentElement.scrollHeight") <= 5 * 844
    assert tab.evaluate("document.documentElement.scrollWidth") == 390
    tab.evaluate("document.querySelector('.skip').remove()")  # it is off the screen until it has focus
    seen = tab.evaluate("document.body.innerText")
    assert len([word for word in seen.split() if re.search(r"\w", word)]) <= 450, seen
    sheets = tab.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", sheets)) <= 2
    tab.close()


@pytest.mark.parametrize("place", PLACES)
def test_the_page_is_easily_read(demo_pages: Path, study: Study, place: str) -> None:
    soup = soup_of(page_of(demo_pages, place), "figure", "blockquote")
    edition = read_edition(study, "alle" if place == "faelles" else place)
    bodies = {name for group in study.groups for name in (edition.group_name(group.key), group.name)}
    names = "|".join(sorted((re.escape(name) for name in {*bodies, edition.place}), key=len, reverse=True))
    said = " ".join(each.get_text(" ") for each in soup.select("main p, main li"))
    plain = re.sub(rf"»[^«]*«|{names}", " ", said, flags=re.IGNORECASE)
    sentences = [each for each in re.split(r"[.?:]+(?=\s|$)", plain) if re.search(r"[^\W\d_]{2}", each)]
    assert lix(sentences) <= 32, sentences
    assert max(len(each.split()) for each in re.split(r"[.?!]\s", said)) <= 28


@pytest.mark.parametrize("place", PLACES)
def test_what_is_pasted_into_a_mail_holds_every_number_in_order(demo_pages: Path, place: str, chromium: Any) -> None:
    path = page_of(demo_pages, place)
    tab = chromium.new_page()
    tab.goto(path.as_uri())
    seen = tab.evaluate("document.body.innerText")
    tab.close()
    pasted = soup_of(path, *DROPPED)
    assert NUMBER.findall(pasted.get_text(" ")) == NUMBER.findall(seen)
    assert pasted.select("table td")
    assert not pasted.find(style=True)


@pytest.mark.parametrize("place", PLACES)
def test_the_word_file_holds_the_same_numbers_in_the_same_order(demo_pages: Path, place: str) -> None:
    path = page_of(demo_pages, place)
    wanted = NUMBER.findall(soup_of(path, *DROPPED).get_text(" "))
    body = Document(str(path.with_suffix(".docx"))).element.body
    words = " ".join("".join(run.text for run in part.iter("{*}t")) for part in body.iter("{*}p"))
    assert NUMBER.findall(words)[: len(wanted)] == wanted  # what the page folds at its foot comes last


def largest(release: survey.SurveyRelease, group: str) -> list[tuple[str, str]]:
    """The five largest gaps of a group, worked out anew: by size, then by name."""
    rows = release.needs.shown
    rows = rows[(rows["measure"] == "Gab") & (rows["group"] == group) & (rows["value"] > 0)]
    pairs = sorted(zip(-rows["value"], rows["label"], strict=True))[:5]
    return [(label, number(-value)) for value, label in pairs]


@pytest.mark.parametrize("place", PLACES)
def test_the_five_largest_needs_of_each_group_stand_beside_those_of_all(
    demo_pages: Path, study: Study, place: str
) -> None:
    outputs = Outputs(demo_pages)
    reader = "alle" if place == "faelles" else place
    release, whole = (survey.whole_release(study, outputs.part(name)) for name in (reader, "alle"))
    gaps = whole.needs.shown[whole.needs.shown["measure"] == "Gab"].set_index(["group", "label"])["value"]
    soup = soup_of(page_of(demo_pages, place), "svg")
    bodies = [[row for row in body.select("tr") if row.td] for body in soup.select("table.top tbody")]
    keys = [group.key for group in study.groups if len(largest(release, group.key))]
    assert len(bodies) == len(keys) == 3
    for key, rows in zip(keys, bodies, strict=True):
        local = place != "faelles" and study.group(key).shown_locally
        cells = [[row.th.get_text(), *(cell.get_text().rstrip("*") for cell in row.select("td"))] for row in rows]
        of_all = [number(gaps[key, label]) for label, *_ in cells]
        own = [value for _, value in largest(release, key)]
        assert [label for label, *_ in cells] == [label for label, _ in largest(release, key)]
        assert [row[-1] for row in cells] == of_all
        assert place == "faelles" or [row[1] for row in cells] == (own if local else ["–"] * 5)


@pytest.mark.parametrize("place", PLACES)
def test_no_number_stands_there_that_the_full_pages_do_not_show(demo_pages: Path, place: str) -> None:
    full = " ".join(
        soup_of(page_of(demo_pages, folder, "02_behovsanalyse"), "style", "head").get_text(" ")
        for folder in {place, "faelles"}
    )
    known = set(NUMBER.findall(full))
    short = soup_of(page_of(demo_pages, place), *DROPPED)
    for listed in short.select("ol"):
        listed.decompose()  # the questions' own numbers come with the list
    assert set(NUMBER.findall(short.get_text(" "))) <= known


@pytest.mark.parametrize("place", PLACES)
def test_one_quote_of_each_party_stands_there_without_a_place(demo_pages: Path, study: Study, place: str) -> None:
    quotes = soup_of(page_of(demo_pages, place)).select("blockquote")
    assert [quote.footer.get_text() for quote in quotes] == ["Lokalrådsmedlem", "Byrådspolitiker", "Kommunalt ansat"]
    said = [quote.p.get_text() for quote in quotes]
    assert said == [q.p.get_text() for q in soup_of(page_of(demo_pages, "faelles")).select("blockquote")]
    names = {name for town in study.municipalities for name in (town.name, town.short)}
    assert not [name for name in names for text in said if name in text]


@pytest.mark.parametrize("place", PLACES)
def test_the_page_leads_to_the_full_one_and_asks_three_questions(demo_pages: Path, place: str) -> None:
    path = page_of(demo_pages, place)
    soup = soup_of(path)
    [link] = soup.select(".leads a")
    assert (path.parent / link["href"]).is_file()
    assert [each.get_text()[-1] for each in soup.select("main ol li")] == ["?"] * 3
    heads = [head.get_text() for head in soup.select("main h2")]
    assert heads == [
        "Hvad er der mest brug for?", "Hvordan ser parterne på samarbejdet?", "Hvordan vil de helst lære?",
        "Med deres egne ord", "Hvad kan I tale om?", "Hvad kan tallene bruges til?",
    ]  # fmt: skip


def test_a_municipality_without_numbers_of_its_own_gets_those_of_all_and_no_empty_section(tmp_path: Path) -> None:
    study = write_small_study(tmp_path / "otte")
    done = blupkit("render", study, "-o", tmp_path / "ud", "-n", "08_kort_fortalt", "-m", "faaby", "-m", "bakkeby")
    assert done.returncode == 0, done.stderr
    silent, own = (soup_of(tmp_path / "ud" / "otte" / place / "08_kort_fortalt.html") for place in ("faaby", "bakkeby"))
    assert "Ingen tal for Fåby Kommune alene" in silent.get_text(" ")
    assert [head.get_text(strip=True) for head in silent.select(".top thead th")] == ["Alle otte"]
    assert own.select_one(".top thead th").get_text(strip=True) == "Jer"
    for page in (silent, own):  # nothing was asked of cooperation, learning or with interviews
        heads = [head.get_text() for head in page.select("main h2")]
        assert heads == ["Hvad er der mest brug for?", "Hvad kan I tale om?", "Hvad kan tallene bruges til?"]
        assert not [part for part in page.select("main p, main li") if not part.get_text(strip=True)]
