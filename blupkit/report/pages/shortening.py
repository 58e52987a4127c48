"""What makes a page short: what many figures have in common is said once on it, and a section may be folded away."""

from __future__ import annotations

import re
from collections import Counter
from itertools import takewhile
from typing import Final

from lxml.html import HtmlElement, fragment_fromstring

#: Where one sentence of a note ends and the next begins: "95 pct.-intervaller" and "bl.a. dem" are no ends.
_ENDS: Final = re.compile(r"(?<=[.!?]) (?=[A-ZÆØÅ»•*])")
#: What is missing in one figure is said under that figure, however often: silence would look like an error.
_OWN: Final = re.compile(r"^n = | er ikke vist | er formuleret forskelligt ")


def say_once(page: HtmlElement) -> None:
    """Say on a page once what its figures and tables have in common; a figure by itself has all of it.

    Parameters
    ----------
    page : lxml.html.HtmlElement
        A document with a place for the source; changed.

    Examples
    --------
    >>> from lxml.html import document_fromstring
    >>> one = "<figure><p class='note'><b>Anm.:</b> n = %s. Skala 5.</p><p class='source'><b>Kilde:</b> S.</p></figure>"
    >>> page = document_fromstring(f"<main>{one % 5}{one % 9}</main><p data-slot='source'></p>")
    >>> say_once(page)
    >>> [note.text_content() for note in page.find_class("note")]
    ['Anm.: n = 5. Skala 5.', 'Anm.: n = 9.']
    >>> [source.text_content() for source in page.find_class("source")]
    ['Kilde: S.']
    >>> folded = f"<details>{one % 5}</details>{one % 9}"
    >>> page = document_fromstring(f"<main>{folded}</main><p data-slot='source'></p>")
    >>> say_once(page)
    >>> [note.text_content() for note in page.find_class("note")]
    ['Anm.: n = 5. Skala 5.', 'Anm.: n = 9. Skala 5.']
    """
    _source_once(page)
    seen: set[str] = set()
    heard: set[str] = set()
    for note in page.find_class("note"):
        mark = note[0]
        kept = []
        # What is folded away may have been said anywhere before; what is seen at once, only where that was seen.
        said = heard if note.xpath("ancestor::details") else seen
        for sentence in _ENDS.split((mark.tail or "").strip()):
            if _OWN.search(sentence) or sentence not in said:
                kept.append(sentence)
            said.add(sentence)
            heard.add(sentence)
        mark.tail = f" {' '.join(kept)}"
        if not kept:
            note.drop_tree()


def _source_once(page: HtmlElement) -> None:
    """Take away what stands under several exhibits, and say it at the end, with which of them it holds for."""
    place = page.find('.//*[@data-slot="source"]')
    sources = [source for source in page.find_class("source") if source.xpath("ancestor::figure")]
    names = Counter(_source(source) for source in sources)
    shared = [name for name, times in names.items() if times > 1]
    if shared:
        most = max(shared, key=lambda name: names[name])
        which = "" if len(names) == 1 else ", hvor intet andet er nævnt"
        said = fragment_fromstring('<p class="source"><b></b></p>')
        said[0].text, said[0].tail = f"Kilde{which}:", f" {most}"
        for source in sources:
            if _source(source) == most:
                source.drop_tree()
        place.addprevious(said)
    place.drop_tree()


def _source(element: HtmlElement) -> str:
    return (element[0].tail or "").strip()


def fold_sections(page: HtmlElement) -> None:
    """Fold away the sections whose heading is marked: the heading stays, and on paper all of it stands there.

    Parameters
    ----------
    page : lxml.html.HtmlElement
        A document whose sections stand one after another; changed.

    Examples
    --------
    >>> from lxml.html import document_fromstring, tostring
    >>> page = document_fromstring("<main><div data-fold><h2>Regn efter</h2></div><p>a</p><div><h2>B</h2></div></main>")
    >>> fold_sections(page)
    >>> tostring(page.find(".//details"), encoding="unicode")
    '<details class="fold"><summary><h2>Regn efter</h2></summary><div></div><p>a</p></details>'
    """
    for begins in list(page.iterfind(".//*[@data-fold]")):
        del begins.attrib["data-fold"]
        heading = begins.find("h2")
        within = list(takewhile(lambda part: part.find("h2") is None, begins.itersiblings()))
        folded, summary = fragment_fromstring('<details class="fold"></details>'), fragment_fromstring("<summary/>")
        begins.addprevious(folded)
        summary.append(heading)
        heading.tail = None
        folded.extend([summary, begins, *within])


def shorten(page: HtmlElement) -> None:
    """Leave a page that is taken in at a glance without a list of its sections.

    Parameters
    ----------
    page : lxml.html.HtmlElement
        A document with a list of contents; changed.

    Examples
    --------
    >>> from lxml.html import document_fromstring
    >>> page = document_fromstring("<body><nav class='contents'></nav><main></main></body>")
    >>> shorten(page)
    >>> page.find(".//nav") is None, page.find(".//body").get("class")
    (True, 'short')
    """
    page.find(".//body").set("class", "short")
    page.find('.//nav[@class="contents"]').drop_tree()
