"""The themes' colours, as eyes with and without all three kinds of cones see them."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import numpy.typing as npt
import pytest

from blupkit.display.tokens import DARK, LIGHT
from blupkit.interviews.desk.colours import COLOURS

Numbers = npt.NDArray[np.float64]
#: Machado, Oliveira and Fernandes (2009), severity 1.0, on linear RGB.
EYES = {
    "all cones": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
}
TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
WHITE = np.array([0.95047, 1.0, 1.08883])
#: A just noticeable difference is about 2.3; these are told apart at a glance.
APART = 20.0
GROUNDS = [(0, LIGHT["paper"]), (1, DARK["paper"])]


def linear(colour: str) -> Numbers:
    parts = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def lab(rgb: Numbers) -> Numbers:
    xyz = TO_XYZ @ np.clip(rgb, 0, 1) / WHITE
    root = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * root[1] - 16, 500 * (root[0] - root[1]), 200 * (root[1] - root[2])])


@pytest.mark.parametrize(("screen", "ground"), GROUNDS)
def test_a_line_in_a_themes_colour_stands_out_from_its_ground(screen: int, ground: str) -> None:
    def light(colour: str) -> float:
        return float(linear(colour) @ [0.2126, 0.7152, 0.0722]) + 0.05

    for pair in COLOURS:
        own, behind = light(pair[screen]), light(ground)
        assert max(own, behind) / min(own, behind) >= 3, pair


@pytest.mark.parametrize("eyes", EYES)
@pytest.mark.parametrize("screen", [0, 1])
def test_any_two_themes_are_told_apart_by_all_eyes(screen: int, eyes: str) -> None:
    seen = {pair[screen]: lab(EYES[eyes] @ linear(pair[screen])) for pair in COLOURS}
    near = {both: float(np.linalg.norm(seen[both[0]] - seen[both[1]])) for both in combinations(seen, 2)}
    assert min(near.values()) >= APART, min(near, key=lambda both: near[both])
