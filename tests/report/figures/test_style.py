"""How pages use the tokens: every one of them, and nothing past them."""

import re
from importlib.resources import files

from blupkit.display.tokens import LIGHT, SIZES
from blupkit.report.figures.style import page_style

CSS = (files("blupkit.report.pages") / "templates" / "page.css").read_text("utf-8")


def test_the_page_uses_every_token_and_only_tokens() -> None:
    named = set(re.findall(r"var\(--([a-z0-9-]+)\)", CSS))
    assert named == {*LIGHT, *SIZES, "fonts"}
    colours = set(re.findall(r"#[0-9A-Fa-f]{3,6}\b", CSS))
    assert colours == {"#fff", "#000"}  # a drawing's own paper, and a rule on paper
    sizes = re.findall(r"font-size: ([^;]+);", CSS)
    loose = [size for size in sizes if not size.startswith("var(")]
    assert loose == ["100%", "1rem", "13px", "10pt"]  # the root, a telephone's text, and paper


def test_the_tokens_come_first_so_that_paper_is_white_whatever_the_screen_was() -> None:
    style = page_style()
    assert style.index("prefers-color-scheme: dark") < style.index("@media print") < style.index("body {")
