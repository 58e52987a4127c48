"""From an executed notebook to a page: no code, nothing to load, figures numbered, headings in order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from html import escape
from importlib.resources import as_file, files
from typing import Any, Final

from bs4 import BeautifulSoup, Tag
from lxml.html import fragment_fromstring
from nbconvert import HTMLExporter, TemplateExporter
from nbformat import NotebookNode, from_dict
from nbformat.v4 import new_markdown_cell, new_notebook
from traitlets.config import Config

from blupkit.core import DataError, DisclosureError, Edition, Fault, Study
from blupkit.core.danish import first_upper, listing
from blupkit.core.names import slug
from blupkit.report.about import about_access, about_numbers
from blupkit.report.style import page_style
from blupkit.report.tables import DEMO

#: Cells with this tag speak to the one who runs the notebook, not to the page's reader.
GUIDE_TAG: Final = "vejledning"
PARTNER, INTERNAL = "deling", "intern"
#: What a page must not hold, since it runs or loads something.
ACTIVE: Final = re.compile(r"<(script|link|iframe|object|embed)\b", re.IGNORECASE)
TABLE: Final = re.compile(r"<table\b.*?</table>", re.IGNORECASE | re.DOTALL)
ASIDE: Final = re.compile(r'<table data-table="(\d+)"></table>')
#: What only this room may make on a page that is shared.
ORIGINS: Final = (
    ("tabel", "table", "tabeller vist med report.table_measures()"),
    ("figur", "img", "figurer vist med report.plot_bars() og lignende"),
)
#: What is counted in the page, and how it is called.
PARTS: Final = {"table": "tabeller", "figure": "figurer", "img": "billeder"}
#: What a page shows in place of an image, where an output has both.
WRITTEN: Final = {"text/html", "text/markdown"}
POLICY: Final = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"


def page_html(notebook: NotebookNode, edition: Edition) -> str:
    """Turn an executed notebook into a page.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        Executed; not changed.
    edition : Edition
        The reader.

    Returns
    -------
    str
        One HTML document that loads nothing from anywhere.

    Raises
    ------
    DataError
        The notebook stopped at an error, was not run to its end, or opens without a front block.
    DisclosureError
        A page that is to be shared shows a table that has not been through `core.suppress`.
    """
    _check_run(notebook)
    cells = [cell for cell in notebook.cells if GUIDE_TAG not in cell.metadata.get("tags", [])]
    shown = from_dict(notebook | {"cells": cells})
    tables = _set_aside(shown)
    pieces = [output.get("data", {}) for cell in cells for output in cell.get("outputs", [])]
    parts = [fragment_fromstring(data["text/html"], "div") for data in pieces if data.get("text/html")]
    audience = INTERNAL if any(part.find(".//*[@data-internal]") is not None for part in parts) else PARTNER
    resources = {
        "page": {
            "title": "",
            "style": page_style(),
            "policy": POLICY,
            "audience": audience,
            "about_access": about_access(edition.study),
        }
    }
    body, _ = _exporter().from_notebook_node(shown, resources=resources)
    soup = BeautifulSoup(body, "html.parser")
    _check_whole(pieces, parts, soup)
    if audience == PARTNER:
        _check_origin(soup)
    return ASIDE.sub(lambda place: tables[int(place[1])], _finish(soup, edition))


def _set_aside(notebook: NotebookNode) -> list[str]:
    """Take the tables out of what the cells showed, and leave a mark for each.

    Nothing in them changes on the way to the page, and their thousands of cells are most of what there is to parse.
    """
    tables: list[str] = []

    def leave_mark(table: re.Match[str]) -> str:
        tables.append(table[0])
        return f'<table data-table="{len(tables) - 1}"></table>'

    for output in (output for cell in notebook.cells for output in cell.get("outputs", [])):
        html = output.get("data", {}).get("text/html", "")
        if html and not ACTIVE.search(html):
            output["data"]["text/html"] = TABLE.sub(leave_mark, html)
    return tables


def _check_origin(soup: BeautifulSoup) -> None:
    """Refuse what did not come through this room, however it was made: it may show what must be hidden."""
    for what, kind, made in ORIGINS:
        if len(soup.select(kind)) > len(soup.select(f"figure.exhibit {kind}")):
            action = "Vis den gennem report, eller gør siden intern med report.table_internal()."
            raise DisclosureError(Fault("notesbogen", f"en {what}, der ikke er kontrolleret", made, action))


def _check_whole(pieces: Sequence[Mapping[str, Any]], parts: Sequence[Any], soup: BeautifulSoup) -> None:
    """Count what the notebook showed in the page: a template that leaves something out does so without a word."""
    shown = Counter({kind: sum(len(part.findall(f".//{kind}")) for part in parts) for kind in ("table", "figure")})
    shown["img"] = sum(any(kind.startswith("image/") for kind in data) for data in pieces if not set(data) & WRITTEN)
    there = {kind: len(soup.select("img.raw" if kind == "img" else kind)) for kind in shown}
    missing = [name for kind, name in PARTS.items() if there.get(kind, 0) < shown[kind]]
    if missing:
        found = f"en side, der mangler {listing(missing)}"
        raise DataError(Fault("notesbogen", found, "alt, hvad notesbogen viste", "Kør igen, og meld fejlen."))


def warm_up() -> None:
    """Prepare what every page needs and none changes: the template, and the patterns that pages are searched by."""
    body, _ = _exporter().from_notebook_node(new_notebook(cells=[new_markdown_cell("# T")]), resources={"page": {}})
    soup = BeautifulSoup(f"{body}&oslash;", "html.parser")
    for pattern in ('figure[data-kind="tabel"]', "figure.exhibit img", "img.raw", ".facts dt", '[data-slot="front"]'):
        soup.select(pattern)
    _anchor(soup)
    page_style()


def page_frame(title: str, study: Study, body: str) -> str:
    """Set a page that no notebook makes, such as the index, in the same look.

    Parameters
    ----------
    title : str
        Its heading.
    study : Study
        The study.
    body : str
        Safe HTML.

    Returns
    -------
    str
        One HTML document.
    """
    demo = f'<p class="banner demo"><b>{DEMO}</b> – alle tal og citater er opdigtede.</p>' if study.synthetic else ""
    return (
        '<!DOCTYPE html>\n<html lang="da"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        f"<title>{escape(title)}</title><style>{page_style()}</style></head>"
        f'<body class="index" data-audience="intern"><div class="page"><header class="front">{demo}'
        f"<h1>{escape(title)}</h1></header>"
        f'<main>{body}</main><footer class="about"><section><h2>Om tallene</h2>{about_numbers(study)}</section>'
        f"<section><h2>Om tilgængelighed</h2>{about_access(study)}</section></footer></div></body></html>\n"
    )


def _check_run(notebook: NotebookNode) -> None:
    """Never trust the notebook's own word: a cell without a count was not run, whatever its metadata says."""
    code = [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()]
    errors = [output for cell in code for output in cell.outputs if output.output_type == "error"]
    skipped = [cell for cell in code if cell.execution_count is None]
    if errors or skipped:
        cells = "én celle" if len(skipped) == 1 else f"{len(skipped)} celler"
        found = f"{errors[0].ename}: {errors[0].evalue}" if errors else f"{cells}, der ikke er kørt"
        raise DataError(Fault("notesbogen", found, "alle celler kørt uden fejl", "Kør notesbogen igen."))


class _Exporter(HTMLExporter):  # type: ignore[misc]
    """The exporter without its own pass over the finished page: the alternative texts are ours already."""

    def from_notebook_node(self, nb: NotebookNode, resources: Any = None, **options: Any) -> tuple[str, Any]:  # noqa: ANN401
        page: tuple[str, Any] = TemplateExporter.from_notebook_node(self, nb, resources, **options)
        return page


@cache
def _exporter() -> Any:  # noqa: ANN401 - nbconvert has no types
    with as_file(files("blupkit.report") / "templates") as folder:
        exporter = _Exporter(
            config=Config({"HTMLExporter": {"anchor_link_text": "", "default_preprocessors": []}}),
            template_name="blup",
            extra_template_basedirs=[str(folder)],
        )
        exporter.template  # noqa: B018 - load it while the folder is at hand
        return exporter


def _finish(soup: BeautifulSoup, edition: Edition) -> str:
    for active in soup.find_all(["script", "link", "iframe", "object", "embed"]):
        active.decompose()
    front = soup.find(class_="front")
    title = front.find("h1") if isinstance(front, Tag) else None
    if not isinstance(front, Tag) or not isinstance(title, Tag):
        raise DataError(
            Fault("notesbogen", "ingen forside", "en celle med report.front(…)", "Tilføj cellen øverst i notesbogen.")
        )
    slot = soup.select_one('[data-slot="front"]')
    if isinstance(slot, Tag):
        slot.replace_with(front.extract())
    if soup.title is not None:
        soup.title.string = f"{title.get_text()} – {first_upper(edition.place)} – {edition.study.name}"
    main = soup.main or soup
    for heading in main.find_all("h1"):
        heading.name = "h2"  # the page's own title is the only one of the first level
    _tell_of_numbers(soup, front, edition)
    _number(soup)
    _anchor(soup)
    return re.sub(r"\n\s*\n+", "\n", str(soup))


def _tell_of_numbers(soup: BeautifulSoup, front: Tag, edition: Edition) -> None:
    """Put what the front says, and the rules of the study, under the page's last headings."""
    facts = [
        (name.get_text(), " ".join(value.get_text(" ").split()))
        for name, value in zip(front.select(".facts dt"), front.select(".facts dd"), strict=True)
    ]
    slot = soup.select_one('[data-slot="numbers"]')
    if isinstance(slot, Tag):
        slot.replace_with(BeautifulSoup(about_numbers(edition.study, facts), "html.parser"))


def _number(soup: BeautifulSoup) -> None:
    for kind in ("figur", "tabel"):
        for index, exhibit in enumerate(soup.select(f'figure[data-kind="{kind}"]'), start=1):
            place = exhibit.select_one(".number")
            if place is not None:
                place.string = f"{kind.capitalize()} {index}. "


def _anchor(soup: BeautifulSoup) -> None:
    """Give each section an address and list it under "Indhold"."""
    main = soup.main or soup
    for link in main.find_all("a", class_="anchor-link"):
        link.decompose()
    for heading in main.find_all(["h1", "h2", "h3", "h4"]):
        del heading["id"]
    contents = soup.find("nav", class_="contents")
    headings = main.find_all("h2")
    if not isinstance(contents, Tag) or not headings:
        return
    items = []
    for index, heading in enumerate(headings, start=1):
        heading["id"] = f"afsnit-{index}-{slug(heading.get_text())}"[:60].rstrip("-")
        items.append(f'<li><a href="#{heading["id"]}">{escape(heading.get_text())}</a></li>')
    inner = BeautifulSoup(f"<p>Indhold</p><ol>{''.join(items)}</ol>", "html.parser")
    contents.append(inner)
