"""Saturation over every order of the interviews, counted by hand."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from interviews.interview_support import TURNS

from blupkit.interviews import (
    Codebook,
    Coded,
    saturation,
    text_saturation,
)
from blupkit.interviews.analysis.saturation import new_information


def used(**codes: str) -> Coded:
    rows = [(interview, code) for interview, found in codes.items() for code in found]
    codings = pd.DataFrame(rows, columns=["interview", "code"]).assign(source="kodet")
    return Coded(TURNS, Codebook(pd.DataFrame({"code": [f"{n}" for n in range(25)]})), codings)


def test_saturation_is_counted_over_every_order() -> None:
    codes = {"x": set("abc"), "y": set("ab"), "z": set("d")}
    table = saturation(used(x="abc", y="ab", z="d"))
    # By hand: the last interview brings x: 1 (c), y: 0, z: 1 (d).
    last = [len(codes[order[-1]] - (codes[order[0]] | codes[order[1]])) for order in permutations(codes)]
    assert table.iloc[-1][["fewest", "mean", "most", "reached", "orders"]].tolist() == [0, np.mean(last), 1, 1.0, 6]
    assert table.iloc[0][["fewest", "most"]].tolist() == [1, 3]


def test_the_run_after_the_base_is_measured_as_guest_and_others_do() -> None:
    # Bases xy, xz, yz hold 3, 4, 3 codes; the third interview brings 1 (d), 0 and 1 (c).
    low, high = new_information(used(x="abc", y="ab", z="d"))
    assert (low, high) == (0.0, pytest.approx(100 / 3))
    assert all(np.isnan(new_information(used(x="a", y="b"))))


def test_saturation_is_told_without_promising_that_all_is_said() -> None:
    assert text_saturation(used(x="ab", y="ab")).startswith(
        "2 af kodebogens 25 koder er brugt. Uanset i hvilken rækkefølge interviewene tælles, bragte det sidste ingen"
    )
    assert "kan ikke vise, at alt er sagt" in text_saturation(used(x="ab", y="ab"))
    assert text_saturation(used(x="ab")) == ""
    assert saturation(used()).empty


def test_more_than_seven_interviews_are_tried_in_drawn_orders_and_alike_each_time() -> None:
    many = used(**{f"i{n}": "ab"[: 1 + n % 2] + chr(99 + n) for n in range(9)})
    first, second = saturation(many), saturation(many)
    assert first.equals(second)
    assert first["orders"].iloc[0] == 2000
