"""The page with all municipalities side by side: what a partner learns of it, and who gets it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest
from attack.families import TOTAL
from attack.hunt import hunt
from attack.releases import seen_in, truth_of
from attack.seen import Number, Seen, members, printed, read_names
from attack.studies import make_up
from attack.system import Edition
from bs4 import BeautifulSoup
from support import ROOT, TOWNS, blupkit, unbroken

from blupkit.core import Study, read_study
from blupkit.core.slugs import slug

PAGE = "16_projektgruppen"
PACKED = "faelles/projektgruppen.html"
#: What a cell says that tells no number: hidden, or not asked.
NOTHING = {"•", "ikke stillet"}


def agreed(folder: Path) -> Path:
    """Let the municipalities see each other's numbers."""
    settings = (folder / "study.toml").read_text("utf-8")
    assert "[udgivelse]\n" in settings
    (folder / "study.toml").write_text(
        settings.replace("[udgivelse]\n", "[udgivelse]\nsammenligning = true\n"), "utf-8"
    )
    return folder


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The study and its output, with the packages of Kerteminde and the project group."""
    study = agreed(Path(shutil.copytree(ROOT / "data" / "demo", tmp_path_factory.mktemp("studier") / "enige")))
    output = tmp_path_factory.mktemp("ud")
    given = study, "-o", output, "-n", "02_behovsanalyse", "-n", PAGE
    for words in (("render", *given), ("package", *given, "-m", "kerteminde", "-m", "alle")):
        done = blupkit(*words)
        assert done.returncode == 0, done.stdout + done.stderr
    return study, output / "enige"


def page_in(package: Path) -> BeautifulSoup:
    return BeautifulSoup(unbroken(members(package)[PACKED].decode()), "html.parser")


class Cell(NamedTuple):
    """What a cell of the page says, and of whom."""

    place: str
    group: str
    item: str
    said: str


def cells_of(page: BeautifulSoup, folder: Path) -> list[Cell]:
    """Read every table of the page: a row a municipality, a column an item."""
    names = read_names(folder)
    slugs = {short: slug(short) for short in names.places.values()}
    found = []
    for figure in page.select("figure.exhibit"):
        caption = figure.select_one("figcaption").get_text(" ", strip=True).casefold()
        group = next(key for name, key in names.groups.items() if name in caption)
        heads = [head.get_text(" ", strip=True) for head in figure.select("thead th")]
        for row in figure.select("tbody tr"):
            place = slugs.get(row.th.get_text(" ", strip=True), TOTAL)
            told = [cell.get_text(" ", strip=True) for cell in row.find_all("td")]
            found += [Cell(place, group, item, said) for item, said in zip(heads, told, strict=True)]
    return found


def told_by(seen: Seen) -> dict[tuple[str, str, str], list[Number]]:
    """What zips tell, by whom and about what: the page's tables do not name the measure in each cell."""
    told: dict[tuple[str, str, str], list[Number]] = {}
    for key, number in seen.items():
        told.setdefault((key.place, key.group, key.item.casefold()), []).append(number)
    return told


def is_told(cell: Cell, told: dict[tuple[str, str, str], list[Number]]) -> bool:
    """Tell whether the tables of the zips say what a cell of the page says: the value, and on how many answers."""
    numbers = told.get((cell.place, cell.group, cell.item.casefold()), [])
    count = re.search(r"n = ([\d.]+)|(\d+) af ([\d.]+)", cell.said)
    n = int((count[1] or count[3]).replace(".", "")) if count else None
    if hits := re.fullmatch(r"(?:.*\()?(\d+) af ([\d.]+)\)?", cell.said):
        share = 100 * int(hits[1]) / int(hits[2].replace(".", ""))
        return any(number.n == n and number.low - 0.5 <= share <= number.high + 0.5 for number in numbers)
    low, high = printed(re.split(r" ?\(|\*| pct", cell.said)[0], decimals=0 if "pct" in cell.said else 1)
    return any((number.n == n or n is None) and number.low <= high and low <= number.high for number in numbers)


def test_the_page_tells_a_partner_what_all_partners_together_know_and_nothing_else(packed: tuple[Path, Path]) -> None:
    folder, output = packed
    everything = told_by(seen_in([output / "pakker" / "projektgruppe.zip"], read_study(folder)))
    cells = cells_of(page_in(output / "pakker" / "kerteminde.zip"), folder)
    shown = [cell for cell in cells if cell.said not in NOTHING]
    assert {cell.place for cell in shown} == {*TOWNS, TOTAL}
    assert len(shown) > 100
    assert not [cell for cell in shown if not is_told(cell, everything)]
    # What is hidden stands there as hidden; and of politicians, who are shown for all together only, there is nothing.
    assert len(cells) > len(shown)
    assert {cell.group for cell in cells} == {"L", "A"}


def test_the_reading_would_see_a_number_that_the_pages_do_not_tell(packed: tuple[Path, Path]) -> None:
    folder, output = packed
    everything = told_by(seen_in([output / "pakker" / "projektgruppe.zip"], read_study(folder)))
    page = page_in(output / "pakker" / "kerteminde.zip")
    cells = cells_of(page, folder)
    hidden = next(cell for cell in cells if cell.said == "•")
    assert not is_told(hidden._replace(said="1,2 (n = 4)"), everything)
    other = next(cell for cell in cells if cell.said.endswith(")") and "n = " in cell.said)
    assert is_told(other, everything)
    assert not is_told(other._replace(said="3,9 (n = 7)"), everything)


def test_the_municipalities_stand_in_the_study_s_order_in_every_figure(packed: tuple[Path, Path]) -> None:
    folder, output = packed
    order = [one.short for one in read_study(folder).municipalities]
    page = BeautifulSoup((output / "faelles" / f"{PAGE}.html").read_text("utf-8"), "html.parser")
    figures = page.select("figure.exhibit")
    assert len(figures) >= 6
    for figure in figures:
        assert [row.th.get_text() for row in figure.select("tbody tr")][: len(order)] == order


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> tuple[Study, Path]:
    """A made-up study of few answers, and its output with all its packages."""
    folder = tmp_path_factory.mktemp("faa")
    study = make_up(folder / "studie", 3, towns=(3, 3)).write()
    given = agreed(study.folder), "-o", folder / "ud", "-n", "02_behovsanalyse", "-n", PAGE
    for words in (("render", *given), ("package", *given)):
        done = blupkit(*words)
        assert done.returncode == 0, done.stdout + done.stderr
    return study, folder / "ud" / "studie"


def test_one_package_with_the_page_gives_nothing_away(few: tuple[Study, Path]) -> None:
    """The attack on everything that one partner can read."""
    study, output = few
    folder, zips = study.folder, output / "pakker"
    everything = seen_in([zips / "projektgruppe.zip"], study)
    [one, *_] = sorted(path for path in zips.glob("*.zip") if path.stem != "projektgruppe")
    on_page = {(c.place, c.group, c.item.casefold()) for c in cells_of(page_in(one), folder) if c.said not in NOTHING}
    learnt = {
        key: number for key, number in everything.items() if (key.place, key.group, key.item.casefold()) in on_page
    }
    leaks, _ = hunt(Edition(seen_in([one], study) | learnt, truth_of(read_study(folder))))
    assert not leaks, "\n".join(map(str, leaks))


def test_unless_the_study_says_so_the_page_is_internal_and_in_no_package(demo_packages: Path) -> None:
    assert (demo_packages / "intern" / f"{PAGE}.html").is_file()
    assert not (demo_packages / "faelles" / f"{PAGE}.html").exists()
    page = BeautifulSoup((demo_packages / "intern" / f"{PAGE}.html").read_text("utf-8"), "html.parser")
    assert page.body["data-audience"] == "intern"
    assert "siden må ikke deles" in page.select_one(".banner.intern").get_text()
    packages = list((demo_packages / "pakker").glob("*.zip"))
    assert len(packages) == 7
    assert not [name for package in packages for name in members(package) if "projektgruppen" in name]


def test_the_page_is_moved_aside_when_the_study_says_no_again(few: tuple[Study, Path], tmp_path: Path) -> None:
    own, output = few
    study = Path(shutil.copytree(own.folder, tmp_path / "enige"))
    shutil.copytree(output, tmp_path / "ud" / "enige", ignore=shutil.ignore_patterns(".gitignore"))
    settings = (study / "study.toml").read_text("utf-8").replace("sammenligning = true\n", "")
    (study / "study.toml").write_text(settings, "utf-8")
    done = blupkit("render", study, "-o", tmp_path / "ud", "-n", PAGE)
    assert done.returncode == 0, done.stdout + done.stderr
    assert not (tmp_path / "ud" / "enige" / "faelles" / f"{PAGE}.html").exists()
    assert (tmp_path / "ud" / "enige" / "intern" / f"{PAGE}.html").is_file()
    assert f"Notesbogen »{PAGE}« laver ikke længere disse sider" in " ".join(done.stdout.split())
