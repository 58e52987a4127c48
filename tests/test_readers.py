"""Readers with nothing to show, readers that are taken out, and readers that said no: real pages and packages."""

import re
import zipfile
from pathlib import Path

import pytest
from lxml import html
from small_study import PLACES, SILENT, write_small_study
from support import blupkit, unbroken

from blupkit.core.slugs import slug

NEEDS = "02_behovsanalyse"


def made(command: str, study: Path, outputs: Path) -> str:
    done = blupkit(command, study, "--output", outputs, "--notebook", NEEDS)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def read(page: Path) -> str:
    text = html.fromstring(page.read_text("utf-8")).text_content()
    return " ".join(unbroken(text).replace("\N{NO-BREAK SPACE}", " ").split())


def headings(page: Path) -> list[str]:
    return [unbroken(heading.text_content()) for heading in html.fromstring(page.read_text("utf-8")).iter("h2")]


@pytest.fixture(scope="module", params=[3, 10])
def output(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages and packages of the small study, with different thresholds."""
    folder = tmp_path_factory.mktemp("laesere")
    study = write_small_study(folder / "otte", min_n=request.param)
    made("render", study, folder / "ud")
    assert "9 af 9 pakker er lavet." in made("package", study, folder / "ud")
    return folder / "ud" / "otte"


@pytest.mark.parametrize("place", SILENT)
def test_a_municipality_with_nothing_to_show_has_its_whole_page_with_the_common_results(
    output: Path, place: str
) -> None:
    name = next(name for name in PLACES if slug(name) == place)
    page = output / place / f"{NEEDS}.html"
    assert headings(page) == headings(output / "bakkeby" / f"{NEEDS}.html")
    text = read(page)
    assert f"Ingen tal for {name} Kommune alene: Det kan skyldes, at ingen eller kun få har svaret" in text
    assert "I stedet viser siden resultaterne for alle otte kommuner under ét" in text
    assert "udviklingsbehov blandt lokalrådsmedlemmer i alle otte kommuner" in text
    common = html.fromstring((output / "faelles" / f"{NEEDS}.html").read_text("utf-8"))
    own = html.fromstring(page.read_text("utf-8"))
    needs, same = (
        [row.text_content() for row in tree.iter("tr") if row.text_content().startswith("søge")]
        for tree in (common, own)
    )
    assert needs == same


def test_one_that_has_numbers_shows_its_own_and_no_such_words(output: Path) -> None:
    text = read(output / "bakkeby" / f"{NEEDS}.html")
    assert "Ingen tal for" not in text
    assert re.search(r"Lokalrådsmedlemmer\s*24\s+besvarelser.*Kommunalt ansatte\s*23\s+besvarelser", text)
    assert "Ingen tal for" not in read(output / "faelles" / f"{NEEDS}.html")


def test_a_page_that_hides_numbers_does_not_say_that_none_are_hidden(output: Path) -> None:
    assert "Ingen tal er skjult" not in read(output / "tomstrup" / f"{NEEDS}.html")


def test_each_has_its_package_and_nobody_else_s_number_in_it(output: Path) -> None:
    for place in (*SILENT, "bakkeby", "aeroeholm"):
        with zipfile.ZipFile(output / "pakker" / f"{place}.zip") as archive:
            assert {name.split("/")[0] for name in archive.namelist() if "/" in name} == {place, "faelles"}
            tables = [archive.read(name).decode("utf-8-sig") for name in archive.namelist() if name.endswith(".csv")]
        others = [name for name in PLACES if slug(name) != place]
        assert not any(f"{other} Kommune" in table for other in others for table in tables)


def test_one_that_is_taken_out_leaves_nothing_that_could_be_sent(tmp_path: Path) -> None:
    folder, outputs = tmp_path / "ud", tmp_path / "ud" / "tre"
    places = ("Bakkeby", "Ærøholm", "Ordrup")
    study = write_small_study(tmp_path / "tre", places=places)
    made("render", study, folder)
    made("package", study, folder)
    write_small_study(study, places=places[:2])
    told = " ".join(made("render", study, folder).split())
    assert "»ordrup« får ikke længere sider i undersøgelsen. 4 filer fra før er flyttet til" in told
    assert "modtageren om at slette den" in told
    quarantine = next((outputs / "karantaene").iterdir())
    assert sorted(path.name for path in quarantine.rglob("*") if path.is_file()) == [
        f"{NEEDS}.html",
        "ordrup.json",
        "ordrup.zip",
        "projektgruppe.zip",
    ]
    left = [path for path in outputs.rglob("*") if quarantine not in (path, *path.parents)]
    assert not any("ordrup" in path.name for path in left)
    assert "ordrup" not in (outputs / "index.html").read_text("utf-8").lower()
    assert "karantaene" not in made("package", study, folder)
    assert {path.stem for path in (outputs / "pakker").iterdir()} == {"bakkeby", "aeroeholm", "projektgruppe"}
    with zipfile.ZipFile(outputs / "pakker" / "projektgruppe.zip") as archive:
        assert not any("ordrup" in name.lower() for name in archive.namelist())
