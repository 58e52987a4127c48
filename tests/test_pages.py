"""The whole way, for real: the demo study through papermill to finished pages, once, and then looked at closely."""

import inspect
import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe
from bs4 import BeautifulSoup
from drawn import drawings, ink_of, marks
from lab import until
from support import TOWNS, blupkit, contrast

from blupkit.core import read_study
from blupkit.core.slugs import slug
from blupkit.display.tokens import DARK, LIGHT, PRINT

#: Every node is looked at; each is told of where it breaks a rule, and one where none does: telling of all that is well
#: took as long as looking.
AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
ROOT = Path(__file__).parents[1]
PAGES = [
    *[f"{town}/02_behovsanalyse" for town in TOWNS],
    "faelles/02_behovsanalyse",
    *[f"{town}/{page}" for page in ("08_kort_fortalt", "12_laering") for town in (*TOWNS, "faelles")],
    *[f"{town}/09_workshopbrief" for town in TOWNS],
    *[f"intern/{town}/10_drejebog" for town in TOWNS],
    *[f"{town}/19_aftaler" for town in TOWNS],
    "faelles/11_workshopper",
    "faelles/03_tematisk_kodning",
    "faelles/04_aabne_svar",
    "faelles/13_konference",
    "faelles/14_projektplan",
    "intern/01_datagrundlag",
    "intern/05_kodearbejde",
    "intern/15_opfoelgning",
    "intern/16_projektgruppen",
    "intern/17_talernoter",
    "intern/18_indsamling",
]
#: One page of each kind that is about workshops.
OF_WORKSHOPS = [
    "kerteminde/09_workshopbrief", "intern/slagelse/10_drejebog", "faelles/11_workshopper", "naestved/19_aftaler",
]  # fmt: skip
OF_AGREEMENTS = [f"{town}/19_aftaler" for town in TOWNS]
SHARED = [page for page in PAGES if not page.startswith("intern")]


@cache
def soup_of(demo_pages: Path, page: str) -> BeautifulSoup:
    """A page, taken apart once for all who read it."""
    return BeautifulSoup((demo_pages / f"{page}.html").read_text("utf-8"), "html.parser")


def visible_text(soup: BeautifulSoup) -> str:
    return re.sub(r"\s+", " ", soup.find("body").get_text(" "))


def test_every_page_is_there_and_nothing_else(demo_pages: Path) -> None:
    made = {str(path.relative_to(demo_pages)) for path in demo_pages.rglob("*") if path.is_file()}
    decisions = {
        "intern/udgivelse.json",
        "intern/udgivelse_grundlag.json",
        "intern/noegle",
        "intern/sammenligning.json",
    }
    decisions |= {f"intern/udgivelse/{place}.json" for place in [*TOWNS, "alle"]}
    beside = {f"{town}/08_kort_fortalt.docx" for town in (*TOWNS, "faelles")}
    beside |= {f"{own}.docx" for town in TOWNS for own in (f"{town}/09_workshopbrief", f"intern/{town}/10_drejebog")}
    beside |= {f"{town}/12_laering.{ending}" for town in (*TOWNS, "faelles") for ending in ("docx", "ics", "xlsx")}
    beside |= {f"faelles/12_laering.h{number}.ics" for number in range(1, 13)}
    roles = [slug(role.name) for role in read_study(ROOT / "data" / "demo").roles]
    beside |= {f"faelles/14_projektplan.{role}.ics" for role in roles}
    assert made - {"intern/i-gang.lock", ".gitignore"} == {f"{page}.html" for page in PAGES} | beside | {
        "index.html", "intern/sider.json", *decisions,
        *(f"faelles/13_konference{ending}" for ending in (".docx", ".pptx", ".slides.html")),
        "intern/17_talernoter.docx", "faelles/14_projektplan.ics", "faelles/14_projektplan.xlsx",
        *(f"{page}{ending}" for page in (*OF_AGREEMENTS, "faelles/11_workshopper") for ending in (".docx", ".xlsx")),
    }  # fmt: skip


def test_the_consultant_s_page_shows_what_is_hidden_under_danish_heads(demo_pages: Path) -> None:
    tables = {
        table.caption.get_text().replace("\N{SOFT HYPHEN}", ""): table
        for table in soup_of(demo_pages, "intern/01_datagrundlag").select("table:has(caption)")
    }
    decided = json.loads((demo_pages / "intern" / "udgivelse.json").read_text("utf-8"))["decisions"]
    hidden = tables["Skjulte tal efter tabel, kommune og gruppe"].select("tbody tr")
    assert sum(int(row.select("td")[-1].text) for row in hidden) == len(decided) > 0
    heads = [
        head.get_text().replace("\N{SOFT HYPHEN}", "")
        for head in tables["»udvalg« i sammenhæng"].select("th[scope=col]")
    ]
    assert heads == ["Variabel", "Gruppe", "Før", "Ord", "Efter"]


def test_the_index_leads_to_every_page(demo_pages: Path) -> None:
    soup = soup_of(demo_pages, "index")
    assert {link["href"] for link in soup.find_all("a") if link["href"].endswith(".html")} == {
        f"{p}.html" for p in PAGES
    }
    assert "Syntetiske demodata" in visible_text(soup)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_says_that_its_data_are_invented(demo_pages: Path, page: str) -> None:
    soup = soup_of(demo_pages, page)
    assert visible_text(soup).count("Syntetiske demodata") >= 2
    for source in soup.select(".source"):
        assert "(Syntetiske demodata)" in source.get_text()


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_sound_html_that_loads_nothing(demo_pages: Path, page: str) -> None:
    soup = soup_of(demo_pages, page)
    assert soup.html["lang"] == "da"
    assert len(soup.find_all("h1")) == 1
    assert not soup.find_all(["script", "link", "iframe"])
    assert not soup.find_all(src=True)
    beside = {f"{Path(other).name}.html" for other in PAGES if Path(other).parent == Path(page).parent}
    assert {link["href"] for link in soup.find_all("a") if not link["href"].startswith("#")} <= beside
    assert "default-src 'none'" in soup.find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"]
    levels = [int(tag.name[1]) for tag in soup.find_all(re.compile("^h[1-6]$"))]
    assert all(below - above <= 1 for above, below in pairwise(levels))
    ids = [tag["id"] for tag in soup.find_all(id=True)]
    assert len(ids) == len(set(ids))
    assert all(soup.find(id=link["href"][1:]) for link in soup.select('a[href^="#"]'))


@pytest.mark.parametrize("page", PAGES)
def test_each_figure_has_its_number_text_note_source_and_table(demo_pages: Path, page: str) -> None:
    soup = soup_of(demo_pages, page)
    found = soup.find_all("svg")
    # Those of agreements and of learning are words and tables.
    assert found or page.startswith("intern") or page.endswith("/12_laering") or page in OF_AGREEMENTS
    for drawing in found:
        figure = drawing.find_parent("figure")
        if (row := drawing.find_parent("tr")) is not None:  # a bar that only repeats the number beside it
            assert drawing["aria-hidden"] == "true"
            said = drawing.find_parent("th").get_text() if drawing.find_parent("thead") else row.get_text()
            assert re.search(r"\w" if drawing.find_parent("thead") else r"\d,\d", said)
            continue
        assert drawing["role"] == "img"
        assert len(drawing.find("title").get_text()) > 20
        assert len(drawing.find("desc").get_text()) > 40
        assert figure.find("table").find("caption")
        assert all(head.get("scope") for head in figure.find_all("th"))
        assert "Anm.:" in figure.get_text()
    # Where the numbers come from is said once where it is the same for all.
    said = [source.get_text() for source in soup.select(".source")]
    assert said or not found
    assert len(said) == len(set(said))
    numbers = re.findall(r"Figur (\d+)\.", " ".join(c.get_text() for c in soup.select("figure .caption")))
    assert [int(number) for number in numbers] == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("page", PAGES)
def test_a_page_weighs_less_than_350_kilobytes_and_one_that_is_shared_less_than_250(
    demo_pages: Path, page: str
) -> None:
    assert len((demo_pages / f"{page}.html").read_bytes()) < (350_000 if page.startswith("intern") else 250_000)


@pytest.mark.parametrize(
    "page", ["index", "slagelse/02_behovsanalyse", "kerteminde/08_kort_fortalt", *OF_WORKSHOPS, *PAGES[-6:]]
)
def test_axe_finds_nothing_on_any_kind_of_page_in_light_dark_and_print(
    demo_pages: Path, page: str, chromium: Any
) -> None:
    # The internal pages' tables have a thousand rows, which take axe minutes: it looks at the first of each.
    rows = 12 if page.startswith("intern") else 10_000
    assert axe_faults(chromium, demo_pages / f"{page}.html", rows) == []


def axe_faults(chromium: Any, page: Path, rows: int = 10_000) -> list[str]:
    """What axe finds on a page with everything unfolded, wide and narrow, on light and dark screens and on paper."""
    faults = []
    tab = chromium.new_page()
    tab.goto(page.as_uri())
    tab.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    tab.evaluate(f"document.querySelectorAll('tbody tr:nth-child(n+{rows + 1})').forEach(row => row.remove())")
    for scheme, medium in (("light", "screen"), ("dark", "screen"), ("light", "print")):
        tab.emulate_media(media=medium, color_scheme=scheme)
        for width in (1280, 320):
            tab.set_viewport_size({"width": width, "height": 900})
            assert tab.evaluate("innerWidth") == width
            assert tab.evaluate(f"['{medium}', '(prefers-color-scheme: {scheme})'].every(it => matchMedia(it).matches)")
            found = Axe().run(tab, options=AXE).response
            assert any(rule["id"] == "color-contrast" for rule in found["passes"])  # it has looked at the colours
            faults += [
                f"{scheme} {medium} {width} {rule['id']}: {node['html'][:80]}"
                for rule in found["violations"]
                for node in rule["nodes"]
            ]
    tab.close()
    return faults


def test_the_pages_name_the_checker_that_they_are_checked_with(demo_pages: Path) -> None:
    checker = (Path(inspect.getfile(Axe)).parent / "axe.min.js").read_text("utf-8")[:40]
    version = re.search(r"axe v(\d+\.\d+)", checker)
    assert version is not None
    for page in [*PAGES, "index"]:
        about = soup_of(demo_pages, page).select_one(".about").get_text()
        assert f"axe-core {version[1]} " in about
        assert "Spørgeskemaets tal er opgjort på data fra den 2. maj 2022" in about
        assert "pandas" in about


def test_a_page_says_once_on_how_many_answers_it_rests(demo_pages: Path) -> None:
    soup = soup_of(demo_pages, "kerteminde/02_behovsanalyse")
    front = " ".join(soup.select_one(".front").get_text(" ").split())
    assert "Medlemmer af landsbyråd og lokaludvalg 21 besvarelser, 29 pct. af 72 inviterede" in front
    assert "Kommunalt ansatte 9 besvarelser, 60 pct. af 15 inviterede" in front
    for said in ("21 besvarelser", "21 medlemmer", "9 kommunalt"):
        assert visible_text(soup).count(said) == front.count(said)


@pytest.mark.parametrize("page", SHARED)
@pytest.mark.parametrize("scheme", [LIGHT, DARK, PRINT], ids=["light", "dark", "print"])
def test_every_text_and_mark_of_every_figure_stands_out(demo_pages: Path, page: str, scheme: dict[str, str]) -> None:
    for drawing in drawings((demo_pages / f"{page}.html").read_text("utf-8")):
        assert {contrast(scheme[ink_of(text)], scheme["paper"]) >= 4.5 for text in drawing.iter("text")} == {True}
        assert {contrast(scheme[mark.ink], scheme["paper"]) >= 3 for mark in marks(drawing)} == {True}


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of one municipality in a study in which three have answered in each group of each of them."""
    folder = tmp_path_factory.mktemp("few")
    study = Path(shutil.copytree(ROOT / "data" / "demo", folder / "demo"))
    path = study / "spoergeskema" / "dataset.csv"
    head, *rows = path.read_bytes().decode("cp1252").split("\r\n")
    seen: Counter[str] = Counter()
    kept = [row for row in rows if seen.update([row[:5]]) or seen[row[:5]] <= 3]
    path.write_bytes("\r\n".join([head, *kept]).encode("cp1252"))
    settings = study / "study.toml"
    settings.write_text(settings.read_text("utf-8").split("[interview]")[0], "utf-8")
    done = blupkit("render", study, "-o", folder, "-n", "02_behovsanalyse", "-m", "kerteminde")
    assert done.returncode == 0, done.stderr
    return folder / "demo"


def test_a_page_with_too_few_answers_says_so_and_axe_finds_nothing(few: Path, chromium: Any) -> None:
    page = "kerteminde/02_behovsanalyse"
    assert "Svarene er for få" in visible_text(soup_of(few, page))
    assert not re.search(r"\b[1-4] (besvarelser|kommunalt|medlemmer)", visible_text(soup_of(few, page)))
    assert axe_faults(chromium, few / f"{page}.html") == []


def test_a_table_that_is_too_wide_is_reached_and_scrolled_by_keyboard(demo_pages: Path, chromium: Any) -> None:
    tab = chromium.new_page(viewport={"width": 320, "height": 640})
    tab.goto((demo_pages / "faelles/02_behovsanalyse.html").as_uri())
    tab.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    wide = "[...document.querySelectorAll('.scroll')].filter(part => part.scrollWidth > part.clientWidth + 20)"
    assert tab.evaluate(f"{wide}.length") > 0
    tab.evaluate(f"{wide}[0].previousElementSibling?.scrollIntoView(); {wide}[0].id = 'wide'")
    for _ in range(200):
        tab.keyboard.press("Tab")
        if tab.evaluate("document.activeElement.id") == "wide":
            break
    assert tab.evaluate("document.activeElement.id") == "wide"
    assert tab.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    tab.keyboard.press("ArrowRight")
    until(tab, lambda: tab.evaluate("document.activeElement.scrollLeft") > 0)  # it glides
    tab.close()


@pytest.mark.parametrize("page", ["kerteminde/02_behovsanalyse", "soenderborg/02_behovsanalyse"])
def test_a_table_with_a_column_for_each_group_fits_a_telephone(demo_pages: Path, page: str, chromium: Any) -> None:
    tab = chromium.new_page(viewport={"width": 390, "height": 844})
    tab.goto((demo_pages / f"{page}.html").as_uri())
    tab.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    tables = "[...document.querySelectorAll('main > figure[data-kind=tabel] .scroll')]"
    assert tab.evaluate(f"{tables}.length") >= 9
    assert (
        tab.evaluate(f"{tables}.filter(part => part.scrollWidth > part.clientWidth).map(part => part.ariaLabel)") == []
    )
    tab.close()


@pytest.mark.parametrize("page", ["kerteminde/12_laering", "faelles/12_laering", "faelles/14_projektplan"])
def test_the_dates_of_a_page_fit_a_telephone(demo_pages: Path, page: str, chromium: Any) -> None:
    tab = chromium.new_page(viewport={"width": 390, "height": 844})
    tab.goto((demo_pages / f"{page}.html").as_uri())
    dates = tab.locator(".scroll:has(tr[data-event])").first
    assert dates.evaluate("part => [part.clientWidth > 0, part.scrollWidth <= part.clientWidth]") == [True, True]
    tab.close()


def test_on_paper_pages_are_numbered_and_a_section_begins_where_its_figure_stands(
    demo_pages: Path, chromium: Any
) -> None:
    tab = chromium.new_page()
    tab.emulate_media(media="print")
    tab.goto((demo_pages / "kerteminde/02_behovsanalyse.html").as_uri())
    # A browser that does not know a rule drops it: what is there is understood.
    rules = "[...document.styleSheets].flatMap(sheet => [...sheet.cssRules]).flatMap(rule => [...rule.cssRules ?? []])"
    of_paper = tab.evaluate(f"{rules}.filter(rule => rule instanceof CSSPageRule).map(rule => rule.cssText).join(' ')")
    assert re.search(r"@bottom-right \{[^}]*counter\(page\)[^}]*counter\(pages\)", of_paper)
    begins = "[...document.querySelectorAll('main > .text:has(> h2)')]"
    assert set(tab.evaluate(f"{begins}.map(part => getComputedStyle(part).breakAfter)")) == {"avoid"}
    assert tab.evaluate(f"{begins}.filter(part => part.nextElementSibling?.matches('figure')).length") >= 5
    tab.close()


@pytest.mark.parametrize("page", SHARED)
def test_no_code_path_or_machine_gets_into_a_shared_page(demo_pages: Path, page: str) -> None:
    html = (demo_pages / f"{page}.html").read_text("utf-8")
    for word in (
        str(ROOT),
        "import ",
        "study_folder",
        "kernelspec",
        "In [",
        "papermill",
        "survey.",
        "report.",
        "<NA>",
    ):
        assert word not in html, word
    assert not re.search(r"\bnan\b|\bNone\b|\binf\b", visible_text(soup_of(demo_pages, page)))
    assert 'data-audience="intern"' not in html


def test_the_internal_page_says_that_it_must_not_be_shared(demo_pages: Path) -> None:
    html = (demo_pages / "intern/01_datagrundlag.html").read_text("utf-8")
    assert 'data-audience="intern"' in html
    assert "må ikke deles" in html


@pytest.mark.parametrize(
    ("town", "words"),
    [
        ("faaborg-midtfyn", ["kommunalbestyrelsen", "Faaborg-Midtfyn Kommune"]),
        ("soenderborg", ["medlemmer af landsbylaug", "Sønderborg Kommune"]),
        ("kerteminde", ["medlemmer af landsbyråd og lokaludvalg", "Kerteminde Kommune"]),
    ],
)
def test_a_municipality_reads_its_own_words(demo_pages: Path, town: str, words: list[str]) -> None:
    text = visible_text(soup_of(demo_pages, f"{town}/02_behovsanalyse")).casefold()
    assert all(word.casefold() in text for word in words)


@pytest.mark.parametrize("town", TOWNS)
def test_a_page_names_no_other_municipality(demo_pages: Path, town: str) -> None:
    names = {
        "faaborg-midtfyn": "Faaborg",
        "soenderborg": "Sønderborg",
        "kerteminde": "Kerteminde",
        "naestved": "Næstved",
        "nordfyns": "Nordfyn",
        "slagelse": "Slagelse",
    }
    text = visible_text(soup_of(demo_pages, f"{town}/02_behovsanalyse"))
    assert names[town] in text
    assert not [name for slug, name in names.items() if slug != town and name in text]


def test_numbers_are_written_the_danish_way(demo_pages: Path) -> None:
    for page in SHARED:
        text = visible_text(soup_of(demo_pages, page))
        assert not re.search(
            r"\d+(\.\d{1,2}|\.\d{4,})(?![\d.])(?! ?(januar|maj))",
            re.sub(
                r"\d+\.\d+\.\d+|[Kk]l\. ?\d+\.\d+(-\d+\.\d+)?|2\.\d på niveau|WCAG 2\.\d|(blupkit|axe-core) \S+",
                "",
                text,
            ),
        ), page
        assert not re.search(r"\d ?%", text), page


def test_a_quote_is_never_tied_to_a_municipality_or_a_person(demo_pages: Path) -> None:
    soup = soup_of(demo_pages, "faelles/03_tematisk_kodning")
    quotes = soup.select("blockquote")
    assert len(quotes) >= 18  # three for each of six themes
    register = (ROOT / "data/demo/interview/deltagere.csv").read_text("utf-8-sig").splitlines()[1:]
    names = {row.split(";")[1] for row in register} - {"Moderator", "Teknisk vært"}
    text = visible_text(soup)
    for name in names:
        assert not re.search(rf"\b{re.escape(name)}\b", text), name
        first = name.split()[0]
        for quote in quotes:
            assert not re.search(rf"\b{re.escape(first)}\b", quote.get_text()), first


def cells_by_label(demo_pages: Path, page: str, caption: str, group: str) -> dict[str, str]:
    """What one group's column shows in the numbers of one figure; a group without a column shows nothing."""
    soup = soup_of(demo_pages, page)
    table = next(t for t in soup.select("figure table") if caption in t.caption.get_text())
    heads = [head.get_text(" ", strip=True) for head in table.select("thead > tr > *")]
    place = next((i for i, head in enumerate(heads) if head.casefold().startswith(group)), None)
    if place is None:
        assert f"{group} er ikke vist" in visible_text(soup).casefold()
        return {row.th.get_text(): "•" for row in table.select("tbody tr")}
    return {row.th.get_text(): row.find_all(["th", "td"])[place].get_text() for row in table.select("tbody tr")}


def test_no_hidden_share_comes_back_by_subtracting_the_pages_from_the_total(demo_pages: Path) -> None:
    page = "{}/02_behovsanalyse"
    total = cells_by_label(demo_pages, page.format("faelles"), "Læringsformer", "kommunalt ansatte")
    towns = [cells_by_label(demo_pages, page.format(town), "Læringsformer", "kommunalt ansatte") for town in TOWNS]
    hidden = {label: sum(town[label] == "•" for town in towns) for label in total if total[label] != "•"}
    assert hidden
    assert all(count >= 2 for count in hidden.values())  # Kerteminde's nine are too few, so a second town is hidden too


def test_no_page_says_how_many_politicians_answered_in_slagelse(demo_pages: Path) -> None:
    for page in SHARED:
        text = visible_text(soup_of(demo_pages, page)).casefold()
        assert not re.search(r"(?<![\d,])\b(4|fire) byrådspolitikere", text)
    slagelse = visible_text(soup_of(demo_pages, "slagelse/02_behovsanalyse"))
    assert "Byrådspolitikere i alle seks kommuner" in slagelse


def test_each_notebook_runs_alone_through_papermill(tmp_path: Path) -> None:
    target = tmp_path / "ud.ipynb"
    words = ["notebooks/02_behovsanalyse.ipynb", str(target), "-p", "municipality", "slagelse", "--no-progress-bar"]
    subprocess.run([Path(sys.executable).parent / "papermill", *words], cwd=ROOT, check=True, capture_output=True)
    code = [cell for cell in nbformat.read(target, 4).cells if cell.cell_type == "code"]
    assert all(cell.execution_count for cell in code)
