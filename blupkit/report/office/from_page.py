"""A finished page taken apart into blocks, in the order in which it is read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Final

from lxml.html import HtmlElement, HTMLParser, document_fromstring

from blupkit.report.office.blocks import Block, Grid, Heading, Item, Look, Paragraph, Run, Words

_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
#: What is there for a screen, or is read in another way: a figure's numbers stand in the table under it.
_SKIPPED: Final = frozenset({"head", "nav", "picture", "img", "svg", "summary", "style", "script"})
#: What the page says of itself as a page of the web.
_OF_THE_WEB: Final = frozenset({"om-tilgaengelighed"})
_BOLD: Final = frozenset({"b", "strong"})
_ITALIC: Final = frozenset({"i", "em", "cite"})
_WITHIN: Final = (
    "a abbr b bdi bdo br cite code data dfn em i kbd mark q s samp small span strong sub sup time u var wbr"
)
_INLINE: Final = frozenset(_WITHIN.split())
#: A paragraph's class on a page → what it is.
_LOOKS: Final = {
    "banner": Look.BANNER,
    "place": Look.LEAD,
    "study": Look.NOTE,
    "note": Look.NOTE,
    "source": Look.NOTE,
    "caption": Look.CAPTION,
}
_BLANKS: Final = re.compile(r"[^\S\xa0\u202f]+")
#: Where a word may be divided; a word processor finds such places itself.
_SOFT: Final = dict.fromkeys(map(ord, "\u00ad\u200b"))


def page_blocks(html: str) -> list[Block]:
    r"""Take a page apart.

    Parameters
    ----------
    html : str
        A page that `page_html` made.

    Returns
    -------
    list of Block
        All its words in their order, without the list of contents, what it says of itself as a page, and pictures:
        what a picture shows stands in the table beside it.

    Examples
    --------
    >>> from blupkit.report.office.blocks import words_of
    >>> page = '<body><h1>Behov</h1><ul><li>Tre <b>fund</b></li></ul><table><tr><td></td><th>n</th></tr></table></body>'
    >>> [(type(block).__name__, words_of(block)) for block in page_blocks(page)]
    [('Heading', 'Behov'), ('Item', 'Tre fund'), ('Grid', '\tn')]
    """
    page = document_fromstring(html.encode(), parser=HTMLParser(huge_tree=True, encoding="utf-8"))
    for web in page.xpath("//a[@class='skip'] | //p[@class='leads'] | //footer/*[.//h2]"):
        if web.tag in {"a", "p"} or web.find(".//h2").get("id") in _OF_THE_WEB:
            web.drop_tree()
    return list(_Taken().apart(page.find("body")))


def page_title(html: str) -> str:
    """Give what a page is called in a browser's tab.

    Examples
    --------
    >>> page_title("<title>Behov – Nordby</title><h1>Behov</h1>")
    'Behov – Nordby'
    """
    return str(document_fromstring(html.encode(), parser=HTMLParser(encoding="utf-8")).findtext(".//title"))


@dataclass
class _Taken:
    """A page while it is taken apart: how many numbered lists there were, and which a list stands in."""

    lists: Iterator[int] = field(default_factory=lambda: count(1))
    within: list[int] = field(default_factory=list)

    def apart(self, element: HtmlElement) -> Iterator[Block]:
        """Give the blocks of an element that holds others; words that stand between them are a paragraph."""
        loose = [Run(element.text or "")]
        for child in element:
            if not isinstance(child.tag, str) or (child.tag in _SKIPPED and child.find("h2") is None):
                pass  # a section that is folded still has its heading
            elif child.tag in _INLINE:
                loose += _runs(child)
            else:
                yield from self._set(loose, element)
                loose = []
                yield from self._block(child)
            loose.append(Run(child.tail or ""))
        yield from self._set(loose, element)

    def _block(self, element: HtmlElement) -> Iterator[Block]:
        tag = element.tag
        if tag == "table":
            if element.find(".//tr") is not None:
                yield _grid(element)
        elif tag in {"ul", "ol"}:
            self.within.append(next(self.lists) if tag == "ol" else 0)
            yield from self.apart(element)
            self.within.pop()
        elif tag == "dd":
            name = element.getprevious()
            yield Paragraph(_tidy([*_runs(name, bold=True), Run(": "), *_runs(element)]))
        elif tag != "dt":  # it stands before what it names
            yield from self.apart(element)

    def _set(self, loose: list[Run], element: HtmlElement) -> Iterator[Block]:
        words = _tidy(loose)
        if not words:
            return
        if element.tag in _HEADINGS:
            yield Heading(words, _HEADINGS[element.tag])
        elif self.within:
            yield Item(words, len(self.within) - 1, self.within[-1])
        else:
            yield Paragraph(words, _look(element))


def _look(element: HtmlElement) -> Look:
    known = [_LOOKS[name] for name in element.get("class", "").split() if name in _LOOKS]
    quoted = element.tag == "blockquote" or next(element.iterancestors("blockquote"), None) is not None
    return Look.QUOTE if quoted else known[0] if known else Look.BODY


def _runs(element: HtmlElement, *, bold: bool = False, italic: bool = False) -> Iterator[Run]:
    if element.tag == "br":
        yield Run(" ")
        return
    bold, italic = bold or element.tag in _BOLD, italic or element.tag in _ITALIC
    yield Run(element.text or "", bold, italic)
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _SKIPPED:
            yield from _runs(child, bold=bold, italic=italic)
        yield Run(child.tail or "", bold, italic)


def _tidy(loose: list[Run]) -> Words:
    """Join what looks alike, with single blanks, and none at the ends."""
    runs: list[Run] = []
    for run in loose:
        text = _BLANKS.sub(" ", run.text.translate(_SOFT))
        if not runs or runs[-1].text.endswith(" "):
            text = text.lstrip(" ")
        if text and runs and runs[-1][1:] == run[1:]:
            runs[-1] = runs[-1]._replace(text=runs[-1].text + text)
        elif text:
            runs.append(run._replace(text=text))
    if runs:
        runs[-1] = runs[-1]._replace(text=runs[-1].text.rstrip(" "))
    return tuple(run for run in runs if run.text)


def _grid(table: HtmlElement) -> Grid:
    rows = tuple(tuple(_plain(cell) for cell in row.iterchildren("td", "th")) for row in table.iter("tr"))
    caption = table.find("caption")
    figure = next(table.iterancestors("figure"), None)
    drawn = figure is not None and figure.get("data-kind") == "figur"
    return Grid("" if caption is None else _plain(caption), rows, drawn)


def _plain(element: HtmlElement) -> str:
    return _BLANKS.sub(" ", "".join(run.text for run in _runs(element)).translate(_SOFT)).strip()
