"""All faults of the interviews at once."""

from __future__ import annotations

from typing import Any

from blupkit.interviews import (
    check_interviews,
)


def test_the_small_study_has_no_faults(make_study: Any) -> None:
    assert check_interviews(make_study()).empty
