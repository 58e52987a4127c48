"""Words of Danish texts, and how much more often one text uses a word than another."""

from __future__ import annotations

import pytest

from blupkit.core.language import log_likelihood


def test_g2_agrees_with_r_where_both_sides_use_the_word() -> None:
    # R: glm(c(45, 7) ~ 1 + offset(log(c(5781, 2568))), family = poisson)$deviance
    assert log_likelihood(45, 7, 5781, 2568) == pytest.approx(8.500079209, abs=1e-8)
