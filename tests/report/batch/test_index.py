"""The index leads to every page, those that stopped included, and tells how far each municipality has come."""

import shutil
from collections.abc import Generator, Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup
from support import notebook

from blupkit.app.overview import ABOUT_HIDDEN
from blupkit.core import Study, read_study
from blupkit.core.danish import moment
from blupkit.core.outputs import Folder, Outputs
from blupkit.core.sections import Municipality
from blupkit.report import Page, render_pages, write_index
from blupkit.report.batch.index import Standing, Told
from blupkit.report.batch.manifest import MADE, Entry, Manifest
from blupkit.report.batch.pool import Finished


def page_of(study: Study, folder: str, source: Path, title: str) -> Page:
    return Page(study, source, title, "alle", folder, {}, ("interview",) if folder == "kerteminde" else ())


def soup_of(index: Path) -> BeautifulSoup:
    return BeautifulSoup(index.read_text("utf-8"), "html.parser")


def rows_of(soup: BeautifulSoup) -> dict[str, dict[str, str]]:
    """Municipality → head → what stands there."""
    return {
        row.th.get_text(): {cell["data-head"]: cell.get_text() for cell in row.find_all("td")}
        for row in soup.select(".standings tbody tr")
    }


def stopping(pages: Iterable[Page | None]) -> Generator[Finished, None, None]:
    """Run nothing: each page has gone wrong."""
    yield from (Finished(page, problem="gik galt") for page in pages if page)


def making(pages: Iterable[Page | None]) -> Generator[Finished, None, None]:
    """Run nothing: each page is there."""
    yield from (Finished(page, files={".html": "<p>Behov</p>"}) for page in pages if page)


def test_the_index_leads_to_every_page_by_place_and_marks_those_that_stopped(study: Study, tmp_path: Path) -> None:
    outputs = Outputs(tmp_path / "ud")
    for name in ("slagelse/01_behov", "faelles/01_behov", "intern/00_kontrol"):
        outputs.write(outputs.page(name), "")
    folder = notebook(tmp_path / "nb", "01_behov", meta={"sider": "faelles", "titel": "Behov & ønsker"})
    pages = [page_of(study, place, folder / "01_behov.ipynb", "Behov & ønsker") for place in ("faelles", "kerteminde")]
    # The common page stops while it is made; Kerteminde's is not even begun, since its interviews cannot be used.
    render_pages(pages, outputs, check=lambda: {"interview": "fg1.vtt: tom"}, runner=stopping)
    soup = soup_of(write_index(study, outputs))
    assert list(rows_of(soup)) == [*(one.short for one in study.municipalities), "Fælles for alle"]
    assert [(link["href"], link.get_text()) for link in soup.find_all("a")] == [
        ("slagelse/01_behov.html", "Behov, Slagelse Kommune"),
        ("faelles/01_behov.html", "Behov & ønsker"),
        ("intern/00_kontrol.html", "Kontrol"),  # no notebook is known of it, so its name is made from the file's
    ]
    assert all((outputs.folder / link["href"]).is_file() for link in soup.find_all("a"))
    told = {place: cells["Sider"] for place, cells in rows_of(soup).items()}
    assert told["Fælles for alle"] == "Behov & ønsker – gik i stå; siden her er fra før"
    assert told["Kerteminde"] == "Behov & ønsker – gik i stå"
    assert told["Næstved"] == "ingen sider"
    assert "2 sider gik i stå, da de sidst skulle laves." in soup.select_one(".about-all").get_text()


def test_a_page_that_is_made_after_all_has_not_stopped_any_more(study: Study, tmp_path: Path) -> None:
    outputs, folder = Outputs(tmp_path / "ud"), notebook(tmp_path / "nb", "01_behov")
    page = page_of(study, "kerteminde", folder / "01_behov.ipynb", "Behov")
    outputs.make()
    render_pages([page], outputs, check=lambda: {"interview": "fg1.vtt: tom"}, runner=stopping)
    assert "gik i stå" in write_index(study, outputs).read_text("utf-8")
    render_pages([page], outputs, runner=making)
    assert "gik i stå" not in write_index(study, outputs).read_text("utf-8")


def test_of_the_hour_that_comes_twice_the_second_is_the_newest(study: Study, tmp_path: Path) -> None:
    """Summer time ends: half past two is over when it is ten past two again."""
    outputs = Outputs(tmp_path)
    first, then = "2026-10-25T02:30:00+02:00", "2026-10-25T02:10:00+01:00"
    entries = {name: Entry("", MADE, "", 1.0, at) for name, at in (("faelles/a", first), ("faelles/b", then))}
    Manifest(outputs, pages=entries).write()
    newest = moment(datetime.fromisoformat(then).astimezone())
    assert f"Den nyeste side er lavet {newest}." in soup_of(write_index(study, outputs)).get_text()


def test_what_is_told_stands_in_its_place_and_what_asks_for_something_has_a_sign(study: Study, tmp_path: Path) -> None:
    outputs = Outputs(tmp_path)
    package = outputs.write(outputs.package("slagelse"), b"")
    standing = Standing(sent=Told("koordinatoren & co."), package=Told("pak igen", urges=True, file=package))
    soup = soup_of(write_index(study, outputs, {"slagelse": standing}, [Told("3 fejl", urges=True)], "Hvad det er."))
    rows = rows_of(soup)
    assert rows["Slagelse"] == {"Sider": "ingen sider", "Pakke": "pak igen", "Sendt til": "koordinatoren & co."}
    assert rows["Kerteminde"] == {"Sider": "ingen sider", "Pakke": "–", "Sendt til": "–"}
    assert [link["href"] for link in soup.select(".standings b a")] == ["pakker/slagelse.zip"]
    assert [mark.get_text() for mark in soup.select("b") if mark.find_parent("main")] == ["3 fejl", "pak igen"]
    # The sign before it says the same as its colour.
    style = soup.style.get_text()
    assert 'b::before, .about-all b::before { content: "! "; }' in style
    assert "Hvad det er." in soup.main.get_text()


def test_what_must_not_be_shared_lies_in_a_box_of_its_own_that_says_so(study: Study, tmp_path: Path) -> None:
    outputs = Outputs(tmp_path)
    outputs.write(outputs.page("intern/00_kontrol"), "")
    outputs.write(outputs.faults_in_words, "")
    soup = soup_of(write_index(study, outputs))
    box = soup.select_one("section.not-shared")
    assert box.h2.get_text() == "Kun til dig – må ikke deles"
    inner = [link for link in soup.find_all("a") if link["href"].startswith(Folder.INTERNAL)]
    assert [link["href"] for link in inner] == ["intern/00_kontrol.html", "intern/fejl_med_ord.csv"]
    assert all(link.find_parent("section") is box for link in inner)


def test_what_the_consultant_has_of_each_municipality_is_one_line_in_that_box(study: Study, tmp_path: Path) -> None:
    outputs = Outputs(tmp_path / "ud")
    for place in ("kerteminde", "slagelse"):
        outputs.write(outputs.page(f"intern/{place}/10_drejebog"), "")
    [line] = soup_of(write_index(study, outputs)).select(".not-shared li")
    assert line.get_text() == "Drejebog: Kerteminde, Slagelse"
    assert [link["href"] for link in line.select("a")] == [
        "intern/kerteminde/10_drejebog.html",
        "intern/slagelse/10_drejebog.html",
    ]


def test_the_index_is_a_page_of_its_own_for_the_consultant(study: Study, tmp_path: Path) -> None:
    soup = soup_of(write_index(study, Outputs(tmp_path)))
    assert (soup.html["lang"], soup.body["data-audience"]) == ("da", "intern")
    assert [heading.get_text() for heading in soup.find_all("h1")] == ["BLUP Akademiet – alle sider"]
    assert soup.title.get_text() == "BLUP Akademiet – alle sider"
    assert soup.select_one(".banner.demo") is not None
    real = study.model_copy(update={"synthetic": False})
    assert "demodata" not in write_index(real, Outputs(tmp_path)).read_text("utf-8")


def test_a_page_that_has_a_title_of_its_own_stands_under_it(study: Study, tmp_path: Path) -> None:
    outputs = Outputs(tmp_path)
    outputs.write(outputs.page("slagelse/01_behov"), '<head><meta name="titel" content="Svar &amp; ønsker"></head>')
    soup = soup_of(write_index(study, outputs))
    assert [link.get_text() for link in soup.find_all("a")] == ["Svar & ønsker, Slagelse Kommune"]


def test_a_list_of_pages_that_cannot_be_read_stops_nothing(study: Study, tmp_path: Path) -> None:
    outputs = Outputs(tmp_path)
    outputs.write(outputs.page("slagelse/01_behov"), "")
    for damage in ("", "[]", '{"run": 3', '{"run": "", "names": [], "pages": {}, "blocked": 4}'):
        outputs.write(outputs.manifest, damage)
        assert "slagelse/01_behov.html" in write_index(study, outputs).read_text("utf-8")


def test_98_municipalities_have_a_row_each_in_the_study_s_order(study: Study, tmp_path: Path) -> None:
    towns = tuple(Municipality(code=at, name=f"{at} Kommune", short=f"By {at}") for at in range(98, 0, -1))
    given = {"by-7": Standing(package=Told("pak igen", urges=True)), "by-8": Standing(package=Told("lavet"))}
    soup = soup_of(write_index(study.model_copy(update={"municipalities": towns}), Outputs(tmp_path), given))
    assert list(rows_of(soup)) == [*(f"By {at}" for at in range(98, 0, -1)), "Fælles for alle"]
    # The top leads to the row that asks for something, and to no other.
    [link] = soup.select(".about-all a")
    assert (link.get_text(), soup.select_one(link["href"]).th.get_text()) == ("By 7", "By 7")


def test_six_municipalities_of_which_everything_is_told_stand_on_one_screen(
    demo_pages: Path, chromium: Any, tmp_path: Path
) -> None:
    demo, outputs = read_study("data/demo"), Outputs(tmp_path / "demo")
    shutil.copytree(demo_pages, outputs.folder)
    package = outputs.write(outputs.package("slagelse"), b"")
    outputs.write(outputs.faults_in_words, "")
    all_of_it = Standing(
        Told("2 af 2 sider ændret; tal: 12 ændrede, 3 nye, 1 væk"),
        Told("101: 63 få svar, 8 til beskyttelse, 30 kun samlet"),
        Told("for gammel: pak igen", urges=True, file=package),
        Told("koordinatoren, 30.11.2026; ny pakke ikke noteret", urges=True),
        Told("1 fejl og 2 advarsler"),
    )
    standings = dict.fromkeys([*(place.slug for place in demo.municipalities), Folder.COMMON], all_of_it)
    about = [Told("Filerne er kontrolleret 30. november 2026 kl. 17.43: 6 fejl og 12 advarsler.", urges=True)]
    index = write_index(demo, outputs, standings, about, ABOUT_HIDDEN)
    tab = chromium.new_page(viewport={"width": 1280, "height": 800})
    tab.goto(index.as_uri())
    ends = tab.evaluate("document.querySelector('.not-shared').getBoundingClientRect().bottom")
    tab.close()
    assert len(demo.municipalities) == 6
    assert ends <= 800
