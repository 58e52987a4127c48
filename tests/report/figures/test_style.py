"""The tokens that page and figures share: every text can be read, and nothing goes past them."""

import re
from importlib.resources import files

import pytest
from support import contrast

from blupkit.display.tokens import DARK, GROUP_COLOURS, INK, LIGHT, LINK, MUTED, PAPER, PRINT, SIZES
from blupkit.report.figures.style import page_style

CSS = (files("blupkit.report.pages") / "templates" / "page.css").read_text("utf-8")


def test_contrast_is_counted_as_wcag_counts_it() -> None:
    # Black on white is 21:1; #767676, the lightest grey that passes, is 4.54:1 (WebAIM's contrast checker).
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.005)


@pytest.mark.parametrize("scheme", [LIGHT, DARK, PRINT], ids=["light", "dark", "print"])
def test_every_text_can_be_read_on_every_ground_it_stands_on(scheme: dict[str, str]) -> None:
    for text in ("ink", "muted", "accent", "warning"):
        for ground in ("paper", "shade"):
            assert contrast(scheme[text], scheme[ground]) >= 4.5, (text, ground)
    assert contrast(scheme["ink"], scheme["alert"]) >= 4.5
    assert contrast(scheme["on-accent"], scheme["accent"]) >= 4.5
    assert contrast(scheme["accent"], scheme["paper"]) >= 3  # the outline of what has the focus
    assert contrast(scheme["danger"], scheme["alert"]) >= 3
    assert scheme.keys() == LIGHT.keys()


def test_figures_stand_out_from_their_paper() -> None:
    assert all(contrast(colour, PAPER) >= 3 for colour in (*GROUP_COLOURS, LINK))
    assert all(contrast(colour, PAPER) >= 4.5 for colour in (INK, MUTED))


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
