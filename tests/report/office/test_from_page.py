"""A page taken apart says what the page says, in its order."""

import re
from pathlib import Path

import pytest
from lxml.html import HtmlElement, document_fromstring

from blupkit.report.office.blocks import Block, Grid, Heading, Item, Look, Paragraph, words_of
from blupkit.report.office.from_page import page_blocks

#: What a document leaves out: what is there for a screen, and pictures, whose numbers stand in the table.
LEFT_OUT = (
    "//nav | //head | //picture | //img | //svg | //summary[not(h2)] | //a[@class='skip'] | //p[@class='leads']"
    " | //footer/*[.//h2[@id='om-tilgaengelighed']]"
)


def blocks_of(body: str) -> list[Block]:
    return page_blocks(f"<!DOCTYPE html><html><head><title>T</title></head><body>{body}</body></html>")


def letters(text: str) -> str:
    """The words alone: between blocks stands a blank here and none there, and a document has no soft hyphens."""
    return re.sub(r"[\s\u00ad:]", "", text)


def visible(page: HtmlElement) -> str:
    for element in page.xpath(LEFT_OUT):
        element.drop_tree()
    # A table's own caption says what stands over the table already.
    for caption in page.xpath("//table/caption"):
        caption.drop_tree()
    return letters(page.find("body").text_content())


@pytest.mark.parametrize("name", ["slagelse/02_behovsanalyse", "faelles/03_tematisk_kodning", "faelles/04_aabne_svar"])
def test_a_page_s_words_all_stand_in_its_document_in_the_same_order(demo_pages: Path, name: str) -> None:
    html = (demo_pages / f"{name}.html").read_text("utf-8")
    assert letters("".join(map(words_of, page_blocks(html)))) == visible(document_fromstring(html.encode()))


def test_headings_keep_their_levels_and_what_is_bold() -> None:
    [first, second] = blocks_of("<h1>Behov</h1><h3>Tre <b>fund</b></h3>")
    assert isinstance(first, Heading)
    assert isinstance(second, Heading)
    assert (first.level, second.level) == (1, 3)
    assert [(run.text, run.bold) for run in second.words] == [("Tre ", False), ("fund", True)]


def test_a_list_in_a_list_is_deeper_and_each_that_counts_is_one_of_its_own() -> None:
    items = blocks_of("<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol><p>så</p><ol><li><p>d</p></li></ol>")
    found = [(item.words[0].text, item.level, item.numbered) for item in items if isinstance(item, Item)]
    assert found == [("a", 0, 1), ("b", 1, 0), ("c", 0, 1), ("d", 0, 2)]


def test_a_table_s_cells_are_read_row_by_row_without_soft_hyphens() -> None:
    rows = "<tr><td></td><th>n</th></tr><tr><th>Råds\u00admed\u00adlem</th><td>12</td></tr>"
    assert blocks_of(f"<table><caption>Gab</caption>{rows}</table>") == [Grid("Gab", (("", "n"), ("Rådsmedlem", "12")))]


def test_a_table_without_rows_is_none() -> None:
    assert (
        blocks_of("<table><caption>Gab</caption></table><p>Intet vises.</p>")[0] == blocks_of("<p>Intet vises.</p>")[0]
    )


def test_what_a_paragraph_is_follows_from_where_it_stands() -> None:
    over = '<p class="banner demo">a</p><figcaption class="caption">b</figcaption><p class="note">c</p>'
    looks = [
        block.look
        for block in blocks_of(f"{over}<blockquote><p>d</p></blockquote><p>e</p>")
        if isinstance(block, Paragraph)
    ]
    assert looks == [Look.BANNER, Look.CAPTION, Look.NOTE, Look.QUOTE, Look.BODY]


def test_a_name_and_its_value_are_one_paragraph() -> None:
    assert list(map(words_of, blocks_of("<dl><dt>Ansatte</dt><dd><span>14</span> svar</dd></dl>"))) == [
        "Ansatte: 14 svar"
    ]


def test_words_beside_blocks_are_not_lost() -> None:
    assert list(map(words_of, blocks_of("<div>før<p>midt</p>efter</div>"))) == ["før", "midt", "efter"]


def test_a_section_that_is_folded_away_has_its_heading_and_what_speaks_of_the_web_is_left_out() -> None:
    fold = '<details><summary><h2 id="{}">{}</h2></summary><p>{}</p></details>'
    foot = "".join(
        fold.format(*each) for each in (("om-tallene", "Om tallene", "n"), ("om-tilgaengelighed", "Om", "w"))
    )
    blocks = blocks_of(f"<details><summary>Vis</summary><p>a</p></details><footer>{foot}</footer>")
    assert list(map(words_of, blocks)) == ["a", "Om tallene", "n"]
