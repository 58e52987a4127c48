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
    printed = "".join(block for block in re.findall(r"@media print \{(.*?)\n\}", CSS, re.DOTALL))
    sizes = re.compile("font-size: ([^;]+);")
    loose = [size for size in sizes.findall(CSS) if not size.startswith("var(") and size not in sizes.findall(printed)]
    # The root, a telephone's text, and a drawing's small letters, laid out by the pixel.
    assert loose == ["100%", "1rem", "12px"]
    # Paper has sizes of its own, in points; its root is set so that the tokens come out right.
    on_paper = [size for size in sizes.findall(printed) if not size.startswith("var(")]
    assert on_paper.pop(0) == "13px"
    assert all(float(size.removesuffix("pt")) >= 7 for size in on_paper)


def test_a_drawing_outside_a_page_brings_every_colour_that_it_has() -> None:
    named = set(re.findall(r"var\(--([a-z0-9-]+)\)", figure_style()))
    declared = set(re.findall(r"--([a-z0-9-]+):", figure_style_alone()))
    assert named <= declared


def test_the_tokens_come_first_so_that_paper_is_white_whatever_the_screen_was() -> None:
    style = page_style()
    assert style.index("prefers-color-scheme: dark") < style.index("@media print") < style.index("body {")
