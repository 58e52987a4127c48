"""A page as slides in a browser: one file that loads nothing and runs nothing, a slide to a screen and to a sheet."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Final

from lxml.html import HtmlElement, HTMLParser, document_fromstring, tostring

from blupkit.report.figures.style import slides_style

_PARSER: Final = HTMLParser(huge_tree=True, encoding="utf-8")


def slide_show(html: str) -> str:
    """Set the sections of a page as slides.

    Parameters
    ----------
    html : str
        What `page_html` made.

    Returns
    -------
    str
        One HTML document with the page's own policy and words: its front, and then a slide for each section, with as
        many figures and tables each as the page has there, each on a slide of its own.

    Examples
    --------
    >>> front = '<html><head><style></style></head><body><header class="front"><h1>A</h1></header>'
    >>> page = f'{front}<main><div class="text"><h2>B</h2><p>c</p></div><figure>d</figure></main></body></html>'
    >>> slide_show(page).count('<section class="slide"')
    3
    """
    page = document_fromstring(html.encode(), parser=_PARSER)
    style, body = page.find(".//style"), page.find("body")
    style.text = slides_style()
    front, main = page.find(".//header"), page.find(".//main")
    about = next((heading for heading in page.iter("h2") if heading.get("id") == "om-tallene"), None)
    slides = [_slide([front]), *map(_slide, _parts(main))]
    if about is not None:
        folded = about.getparent()
        slides.append(_slide([about, *(folded if folded.tag == "summary" else about).itersiblings()]))
    for child in list(body):
        body.remove(child)
    body.set("class", "slides")
    holder = body.makeelement("main", {"id": "indhold"})
    holder.extend(slides)
    body.append(holder)
    _name(slides)
    return str(tostring(page, encoding="unicode", doctype="<!DOCTYPE html>")) + "\n"


def _parts(main: HtmlElement) -> Iterator[list[HtmlElement]]:
    """Give what each slide shows: a section begins with its heading, and each of its exhibits stands alone."""
    part: list[HtmlElement] = []
    for element in [each for child in main for each in ([*child] if child.tag == "div" else [child])]:
        # A figure right under a heading stands on its slide.
        under_heading = element.tag == "figure" and len(part) == 1 and part[0].tag == "h2"
        if element.tag in ("h2", "figure") and part and not under_heading:
            yield part
            part = []
        part.append(element)
        if element.tag == "figure":
            yield part
            part = []
    if part:
        yield part


def _slide(elements: list[HtmlElement]) -> HtmlElement:
    slide = elements[0].makeelement("section", {"class": "slide", "tabindex": "0"})
    for element in elements:
        copied = deepcopy(element)
        copied.tail = None
        slide.append(copied)
    return slide


def _name(slides: list[HtmlElement]) -> None:
    """Name each slide by its heading, or as what follows the one before it."""
    for number, slide in enumerate(slides, start=1):
        heading = next(slide.iter("h1", "h2", "h3"), None)
        words = "" if heading is None else f": {heading.text_content().strip()}"
        slide.set("aria-label", f"Dias {number} af {len(slides)}{words}")
        slide.set("id", f"dias-{number}")
