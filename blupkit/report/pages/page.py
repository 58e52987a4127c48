"""From an executed notebook to a page: no code, nothing to load, figures numbered, headings in order."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from html import escape
from importlib.resources import as_file, files
from typing import Any, Final
from urllib.parse import quote, unquote

from lxml.html import HtmlElement, HTMLParser, document_fromstring, fragments_fromstring, tostring
from nbconvert import HTMLExporter, TemplateExporter
from nbformat import NotebookNode, from_dict
from nbformat.v4 import new_markdown_cell, new_notebook
from traitlets.config import Config

from blupkit.core import DataError, DisclosureError, Edition, Fault
from blupkit.core.danish import first_upper, listing
from blupkit.core.slugs import slug
from blupkit.report.pages.frame import about_access, about_numbers, look, without_style
from blupkit.report.pages.material import cells_with_material, missing_in, title_without
from blupkit.report.pages.shortening import fold_sections, say_once, shorten

#: Cells with this tag speak to the one who runs the notebook, not to the page's reader.
GUIDE_TAG: Final = "vejledning"
PARTNER, INTERNAL = "deling", "intern"
#: What a page must not hold, since it runs or loads something.
#: What may stand right after an address and is no part of it; and what stays as it is in one.
_QUOTES: Final = re.compile("[»«›‹”“’‘…]")
_SAFE: Final = ":/?#[]@!$&'()*+,;=%~"
ACTIVE: Final = ("script", "link", "iframe", "object", "embed")
#: Tags without an end that the parser takes for tags with one: its list is that of HTML 4.
WITHOUT_END: Final = ("embed", "source", "track", "wbr")
ENDS: Final = re.compile(rf"</(?:{'|'.join(WITHOUT_END)})>")
#: What is set aside, and what stands in its place meanwhile.
WHOLE: Final = re.compile(r"<(table|svg)\b.*?</\1>", re.IGNORECASE | re.DOTALL)
ASIDE: Final = re.compile(r'<(table|svg) data-aside="(\d+)"></\1>')
#: What only this room may make on a page that is shared.
ORIGINS: Final = (
    ("tabel", "table", "tabeller vist med report.table_measures()"),
    *(("figur", kind, "figurer vist med report.plot_bars() og lignende") for kind in ("img", "svg")),
)
EXHIBIT: Final = "ancestor::figure[contains(concat(' ', @class, ' '), ' exhibit ')]"
#: What is counted in the page, and how it is called.
PARTS: Final = {".//table": "tabeller", ".//figure": "figurer"}
#: What a page shows in place of an image, where an output has both.
WRITTEN: Final = {"text/html", "text/markdown"}


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
        A page that is to be shared shows a table that has not been through `disclosure.suppress`.
    """
    _check_run(notebook)
    cells = cells_with_material([cell for cell in notebook.cells if GUIDE_TAG not in cell.metadata.get("tags", [])])
    shown = from_dict(notebook | {"cells": cells})
    aside = _set_aside(shown)
    pieces = [output.get("data", {}) for cell in cells for output in cell.get("outputs", [])]
    parts = _parsed("<div>" + "".join(data.get("text/html", "") for data in pieces) + "</div>")
    audience = INTERNAL if parts.find(".//*[@data-internal]") is not None else PARTNER
    resources = {
        "page": {
            **look(),
            "audience": audience,
            "about_access": about_access(edition.study),
            "title": title_without(notebook.metadata.get("blupkit", {}), missing_in(notebook.cells)),
        }
    }
    body, _ = _exporter().from_notebook_node(shown, resources=resources)
    page = _parsed(body)
    _check_whole(pieces, parts, page)
    if audience == PARTNER:
        _check_origin(page)
    _finish(page, edition)
    return ASIDE.sub(lambda place: aside[int(place[2])], _written(page))


def _parsed(html: str) -> HtmlElement:
    # Without `huge_tree`, a long text or a deep one is cut off or refused. Of a text that is no bytes, the parser drops
    # everything after half a letter (a lone surrogate), and says nothing; making bytes of it stops there.
    return document_fromstring(html.encode(), parser=HTMLParser(huge_tree=True, encoding="utf-8"))


def _written(page: HtmlElement) -> str:
    html = str(tostring(page, encoding="unicode", doctype="<!DOCTYPE html>"))
    return re.sub(r"\n\s*\n+", "\n", ENDS.sub("", html)) + "\n"


def _set_aside(notebook: NotebookNode) -> list[str]:
    """Take tables and drawings out of what the cells showed, and leave a mark for each.

    Nothing in them changes on the way to the page, and their thousands of cells and marks are most of what there is to
    parse. The drawings' style is the page's own, and stands there already.
    """
    aside: list[str] = []

    def leave_mark(whole: re.Match[str]) -> str:
        aside.append(whole[0])
        return f'<{whole[1]} data-aside="{len(aside) - 1}"></{whole[1]}>'

    for output in (output for cell in notebook.cells for output in cell.get("outputs", [])):
        if html := without_style(output.get("data", {}).get("text/html", "")):
            active = re.search(f"<(?:{'|'.join(ACTIVE)})", html, re.IGNORECASE)
            output["data"]["text/html"] = html if active else WHOLE.sub(leave_mark, html)
    return aside


def _check_origin(page: HtmlElement) -> None:
    """Refuse what did not come through this room, however it was made: it may show what must be hidden."""
    for what, kind, made in ORIGINS:
        if any(not element.xpath(EXHIBIT) for element in page.iter(kind)):
            action = "Vis den gennem report, eller gør siden intern med report.table_internal()."
            raise DisclosureError(Fault("notesbogen", f"en {what}, der ikke er kontrolleret", made, action))


def _check_whole(pieces: Sequence[Mapping[str, Any]], parts: HtmlElement, page: HtmlElement) -> None:
    """Count what the notebook showed in the page: a template that leaves something out does so without a word."""
    missing = [name for kind, name in PARTS.items() if len(page.findall(kind)) < len(parts.findall(kind))]
    images = sum(any(kind.startswith("image/") for kind in data) for data in pieces if not set(data) & WRITTEN)
    if len(page.find_class("raw")) < images:
        missing.append("billeder")
    if missing:
        found = f"en side, der mangler {listing(missing)}"
        raise DataError(Fault("notesbogen", found, "alt, hvad notesbogen viste", "Kør igen, og meld fejlen."))


def warm_up() -> None:
    """Prepare what every page needs and none changes: the template, Danish words, what Markdown is read by."""
    listing("ab")
    cell = new_markdown_cell("# T\n\na **b** *c* `d` [e](f)\n\n* g\n* h\n\n1. i\n\n> j")
    body, _ = _exporter().from_notebook_node(new_notebook(cells=[cell]), resources={"page": {}})
    _anchor(_parsed(body))
    look()


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
    """The exporter without its passes over notebook and finished page: the alternative texts are ours already."""

    from_notebook_node = TemplateExporter.from_notebook_node

    def _preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:  # noqa: ANN401
        return nb, resources  # nothing is to be done to it, so it needs no second copy


@cache
def _exporter() -> Any:  # noqa: ANN401 - nbconvert has no types
    with as_file(files("blupkit.report.pages") / "templates") as folder:
        exporter = _Exporter(
            config=Config({"HTMLExporter": {"anchor_link_text": "", "default_preprocessors": []}}),
            template_name="blup",
            extra_template_basedirs=[str(folder)],
        )
        exporter.template  # noqa: B018 - load it while the folder is at hand
        return exporter


def _finish(page: HtmlElement, edition: Edition) -> None:
    """Put each thing in its place: the front first, sections numbered and listed, what the numbers rest on last."""
    for active in list(page.iter(*ACTIVE)):
        active.drop_tag() if active.tag in WITHOUT_END else active.drop_tree()
    for text in page.find_class("text"):
        if len(text) == 0 and not text.text_content().strip():
            text.drop_tree()  # a function that had nothing to say; on paper it would part a heading from its figure
    for link in page.iter("a"):
        _end_before_signs(link)
    title = page.find('.//*[@class="front"]/h1')
    if title is None:
        raise DataError(
            Fault("notesbogen", "ingen forside", "en celle med report.front(…)", "Tilføj cellen øverst i notesbogen.")
        )
    front = title.getparent()
    front.drop_tree()
    _fill(page, "front", front)
    page.find(".//title").text = f"{title.text_content()} – {first_upper(edition.place)} – {edition.study.name}"
    for heading in list(page.find(".//main").iter("h1")):
        heading.tag = "h2"  # the page's own title is the only one of the first level
    _fill(page, "numbers", *fragments_fromstring(about_numbers(edition.study)))
    _number(page)
    _anchor(page)
    say_once(page)
    fold_sections(page)
    if "data-short" in front.attrib:
        shorten(page)


def _fill(page: HtmlElement, slot: str, *elements: HtmlElement) -> None:
    """Put elements where the template has left a place for them."""
    place = page.find(f'.//*[@data-slot="{slot}"]')
    for element in elements:
        element.tail = None
        place.addprevious(element)
    place.drop_tree()


def _end_before_signs(link: HtmlElement) -> None:
    """End an address that Markdown made a link of before what closes a quotation: only English signs end it there."""
    shown = link.text or ""
    address = _QUOTES.split(shown)[0].rstrip("!?*")
    if address != shown and unquote(link.get("href", "")) == unquote(shown):
        link.text, link.tail = address, shown[len(address) :] + (link.tail or "")
        link.set("href", quote(address, safe=_SAFE))


def _number(page: HtmlElement) -> None:
    for kind in ("figur", "tabel"):
        places = page.iterfind(f'.//figure[@data-kind="{kind}"]/figcaption/*[@class="number"]')
        for index, place in enumerate(places, start=1):
            place.text = f"{kind.capitalize()} {index}. "


def _anchor(page: HtmlElement) -> None:
    """Give each section an address and list it under "Indhold"."""
    main = page.find(".//main")
    for link in main.find_class("anchor-link"):
        link.drop_tree()
    for heading in main.iter("h1", "h2", "h3", "h4"):
        heading.attrib.pop("id", None)
    items = []
    for index, heading in enumerate(main.iter("h2"), start=1):
        text = heading.text_content()
        heading.set("id", f"afsnit-{index}-{slug(text)}"[:60].rstrip("-"))
        items.append(f'<li><a href="#{heading.get("id")}">{escape(text)}</a></li>')
    contents = page.find('.//nav[@class="contents"]')
    if items:
        contents.extend(fragments_fromstring(f"<p>Indhold</p><ol>{''.join(items)}</ol>"))
