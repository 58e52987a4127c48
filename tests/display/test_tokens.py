"""The tokens that pages, figures and tables share: every text can be read, and every mark stands out."""

import pytest
from support import contrast

from blupkit.display.tokens import DARK, GROUP_COLOURS, INK, LIGHT, LINK, MUTED, PAPER, PRINT


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


@pytest.mark.parametrize("scheme", [LIGHT, DARK, PRINT], ids=["light", "dark", "print"])
def test_every_mark_stands_out_from_the_paper_of_its_scheme(scheme: dict[str, str]) -> None:
    marks = ["link", *(f"group-{place}" for place in range(1, len(GROUP_COLOURS) + 1))]
    assert all(contrast(scheme[mark], scheme["paper"]) >= 3 for mark in marks)


def test_figures_stand_out_from_their_paper() -> None:
    assert all(contrast(colour, PAPER) >= 3 for colour in (*GROUP_COLOURS, LINK))
    assert all(contrast(colour, PAPER) >= 4.5 for colour in (INK, MUTED))
