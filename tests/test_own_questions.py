"""A study that asked of no needs: its page speaks of its own questions, and of nothing that was not asked."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from support import blupkit

SETTINGS = """navn = "Vejen til mødet"
udgiver = "Prøvehuset"
periode = "maj 2027"
data_dato = 2027-05-03
syntetisk = true
[[kommune]]
kode = 801
navn = "Granby Kommune"
kort_navn = "Granby"
verificeret = true
[[kommune]]
kode = 802
navn = "Havrebjerg Kommune"
kort_navn = "Havrebjerg"
verificeret = true
[spoergeskema]
format = "tabel"
data = "svar.csv"
spoergeskema = "spoergeskema.csv"
skalaer = "skalaer.csv"
kommune = "kommune"
"""
#: The names are those of BLUP's own questions; what they ask is something else.
ASKED = """emne;variabel;type;spoergsmaal;punkt;kort;grupper;skala;dimension;om
form;form_1;flere;Hvordan kommer du til møderne?;Cykel;Cykel;;;;
form;form_2;flere;Hvordan kommer du til møderne?;Bus;Bus;;;;
tid;tid;enkelt;Hvilken bus tager du?;;Bus;;tid;;
start;start;udsagn;Hvor enig er du?;Møderne begynder til tiden;Til tiden;;enig;;
"""
SCALES = """skala;kode;tekst;betydning
tid;1;Den tidlige;svar
tid;2;Den sene;svar
enig;1;Uenig;svar
enig;2;Hverken/eller;svar
enig;3;Enig;svar
"""
ABOUT_NEEDS = re.compile(
    r"behov|kompetence|\bgab|vigtighed|niveau|læringsform|MWDS|RDS|samarbejde|fokusgruppe|ikke en del af", re.IGNORECASE
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with Granby's page, and the one in brief."""
    folder = tmp_path_factory.mktemp("vejen")
    rows = [
        f"{('Granby', 'Havrebjerg')[at % 2]};{at % 3 > 0:d};{at % 4 == 0:d};{1 + at % 2};{1 + at % 3}"
        for at in range(48)
    ]
    files = {
        "study.toml": SETTINGS,
        "spoergeskema.csv": ASKED,
        "skalaer.csv": SCALES,
        "svar.csv": "\n".join(["kommune;form_1;form_2;tid;start", *rows, ""]),
    }
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    wanted = ("-n", "02_behovsanalyse", "-n", "08_kort_fortalt", "-m", "granby")
    done = blupkit("render", folder, "--output", folder / "ud", *wanted)
    assert done.returncode == 0, done.stdout + done.stderr
    index = BeautifulSoup(next((folder / "ud").glob("*/index.html")).read_text("utf-8"), "html.parser")
    links = [link.get_text() for link in index.select(".standings a") if link["href"].endswith(".html")]
    assert links == ["Svarene, Granby Kommune", "Kort fortalt, Granby Kommune"]
    [place] = (folder / "ud").glob("*/granby")
    return place


def soup_of(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text("utf-8").replace("\N{SOFT HYPHEN}", ""), "html.parser")


@pytest.fixture(scope="module")
def page(made: Path) -> BeautifulSoup:
    return soup_of(made / "02_behovsanalyse.html")


def test_the_page_has_a_section_for_its_own_questions_and_none_for_what_was_not_asked(page: BeautifulSoup) -> None:
    headings = [heading.get_text() for heading in page.select("main h2")]
    assert headings == [
        "Det korte svar", "Hvordan fordeler svarene sig?", "Metode og forbehold", "For den, der vil regne efter",
    ]  # fmt: skip
    assert page.h1.get_text() == "Hvad har I svaret?"


def test_each_question_stands_under_its_own_words(page: BeautifulSoup) -> None:
    captions = [caption.get_text() for caption in page.select("figcaption")]
    assert [caption.split(". ", 1)[1] for caption in captions] == [
        "Hvordan kommer du til møderne? Granby Kommune. Andel af dem, der har svaret.",
        "Hvilken bus tager du? Granby Kommune. Andel af dem, der har svaret.",
        "Hvor enig er du? Møderne begynder til tiden. Granby Kommune. Andel af dem, der har svaret.",
    ]


def test_a_statement_stands_in_the_order_of_its_scale(page: BeautifulSoup) -> None:
    rows = [row.th.get_text() for row in page.select("table")[-1].select("tbody tr")]
    assert rows == ["Uenig", "Hverken/eller", "Enig", "Besvarelser"]


def test_nothing_on_the_page_speaks_of_a_need_that_was_never_measured(page: BeautifulSoup) -> None:
    for hidden in page.select("script, style"):
        hidden.decompose()
    assert sorted({found[0] for found in ABOUT_NEEDS.finditer(page.select_one("main").get_text(" "))}) == []


def test_the_page_in_brief_tells_what_was_answered_and_speaks_of_no_way_of_learning(made: Path) -> None:
    page = soup_of(made / "08_kort_fortalt.html")
    assert [heading.get_text() for heading in page.select("main h2")] == [
        "Hvad har I svaret?",
        "Hvad kan tallene bruges til?",
    ]
    said = [each.get_text(" ", strip=True) for each in page.select("main li")]
    assert said[1] == "Hvilken bus tager du? Deltagere peger oftest på »Den tidlige«: 24 af 24."
    assert len(said) == 3
    assert not ABOUT_NEEDS.search(page.select_one("main").get_text(" ").replace("Læs hele analysen", ""))
