"""How pages use the tokens: every one of them, and nothing past them."""

import re
from importlib.resources import files

from blupkit.display.tokens import LIGHT, SIZES
from blupkit.report.figures.style import figure_style, figure_style_alone, page_style

CSS = (files("blupkit.report.pages") / "templates" / "page.css").read_text("utf-8") + figure_style()


def test_the_page_uses_every_token_and_only_tokens() -> None:
    named = set(re.findall(r"var\(--([a-z0-9-]+)\)", CSS))
    assert named == {*LIGHT, *SIZES, "fonts", "hue"}  # and the one hue that each mark has
    colours = set(re.findall(r"#[0-9A-Fa-f]{3,6}\b", CSS))
    assert colours == {"#000"}  # a rule on paper
    sizes = re.findall(r"font-size: ([^;]+);", CSS)
    loose = [size for size in sizes if not size.startswith("var(")]
    # The root, a telephone's text, and paper; a drawing's small letters, which it is laid out for by the pixel.
    assert loose == ["100%", "1rem", "13px", "10pt", "12px"]


def test_a_drawing_outside_a_page_brings_every_colour_that_it_has() -> None:
    named = set(re.findall(r"var\(--([a-z0-9-]+)\)", figure_style()))
    declared = set(re.findall(r"--([a-z0-9-]+):", figure_style_alone()))
    assert named <= declared


def test_the_tokens_come_first_so_that_paper_is_white_whatever_the_screen_was() -> None:
    style = page_style()
    assert style.index("prefers-color-scheme: dark") < style.index("@media print") < style.index("body {")
