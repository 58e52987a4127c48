"""What others have written is never a mark: it is read as it was written, on a page made of it for real."""

from __future__ import annotations

import re

import pytest
from lxml.html import fromstring
from nbconvert.filters import markdown2html

from blupkit.display.plain import only_words
from blupkit.report import text

#: Labels as people write them, and some that they hardly do.
LABELS = [
    *("http://by.dk/a_b", "Se https://by.dk.", "www.by.dk", "navn@by.dk", "<http://by.dk>", "[Planen](https://by.dk)"),
    *("*Møder*", "_lede_ møder", "Møder*", "5 * 3 * 2", "~~aflyst~~", "`kode`", "Pris $5 og $6", r"a\(b\) \[c\]"),
    *("<b>fed</b>", "<16 år", "&lt;16 år", "R&D", "a|b", "C#", "Sag #", "![x](y)", "[ ] ikke endnu", "a\\", r"a\*b"),
    *("1. møde", "1) møde", "# møde", "- møde", "+ møde", "* møde", "> møde", "---", "===", ": møde", "4-8 timer"),
]
#: Where a function puts a label: in quotation marks, in running text, in bold, first and last in a line.
PLACES = [
    "»{}«: Jer 1,7.",
    "- **Behov:** for at {}: 1,7.",
    "- {} er stort",
    "- **{}.** Webinar.",
    "## Om {}",
    "1. Hvad med {}?",
]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("label", LABELS)
def test_a_label_is_read_as_it_was_written(label: str, place: str) -> None:
    html = markdown2html(text(place.format(label))._repr_markdown_())
    page = fromstring(f"<div>{html}</div>")
    for link in page.xpath("//a"):
        assert link.get("class") == "anchor-link"
        link.drop_tree()
    assert " ".join(page.text_content().split()) == re.sub(r"^(?:- |## |1\. )|\*\*", "", place).format(label)
    assert {part.tag for part in page.iter()} - {"div", "p", "ul", "ol", "li", "strong", "h2"} == set()


def test_two_stars_in_quotation_marks_are_no_bold() -> None:
    html = markdown2html(only_words("**Flest:** »**Se** her« og »a**b«."))
    assert html == "<p><strong>Flest:</strong> »**Se** her« og »a**b«.</p>\n"
    assert markdown2html(only_words("Kun én **stjerne")) == "<p>Kun én **stjerne</p>\n"


def test_what_our_functions_mark_is_kept() -> None:
    written = (
        "## To fund\n\n- **Behov:** stort\n  - **Ansatte:** 1,7\n\n1. Hvad?\n2. Hvorfor?\n\n> Sagt\n\n* **Læring**"
    )
    assert only_words(written) == written
