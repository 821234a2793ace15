"""Colours of runs: told apart by everyone, on paper too, and seen on both cards."""

from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from gui.style.run_styles import DASHES, RunLook, look_of, looks, run_icon, run_pen
from gui.style.theme import THEMES, Theme

Colors = NDArray[np.float64]

# What is left of linear RGB without green or red cones: Machado, Oliveira & Fernandes 2009, severity 1.
SIGHTS: dict[str, list[list[float]]] = {
    "all cones": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881],
    ],
    "protanopia": [
        [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998],
    ],
}  # fmt: skip
TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
WHITE = np.array([0.95047, 1.0, 1.08883])
APART = 15.0  # of CIE 1976 Lab; 2.3 is just noticeable


def linear(names: tuple[str, ...]) -> Colors:
    """Linear RGB, (colours, 3)."""
    shares = np.array([[QColor(name).redF(), QColor(name).greenF(), QColor(name).blueF()] for name in names])
    found: Colors = np.where(shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4)
    return found


def lab(colors: Colors) -> Colors:
    """CIE 1976 L*a*b* of linear RGB."""
    x, y, z = (np.clip(colors, 0, 1) @ TO_XYZ.T / WHITE).T
    fx, fy, fz = (np.where(v > 0.008856, np.cbrt(v), 7.787 * v + 16 / 116) for v in (x, y, z))
    return np.stack((116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)), axis=1)


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_that_runs_differ_from_each_other_and_from_the_run_on_the_screen(theme: Theme, sight: str) -> None:
    names = (*theme.runs, theme.train, theme.test)
    seen = lab(linear(names) @ np.array(SIGHTS[sight]).T)
    least = 2 * APART if sight == "all cones" else APART
    for first, second in combinations(range(len(names)), 2):
        if first < len(theme.runs):
            assert np.linalg.norm(seen[first] - seen[second]) >= least, (names[first], names[second])


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_that_every_colour_is_seen_on_the_card(theme: Theme) -> None:
    card, *colors = linear((theme.card, *theme.runs)) @ TO_XYZ[1]
    for luminance in colors:
        low, high = sorted((card, luminance))
        assert (high + 0.05) / (low + 0.05) >= 3


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_that_neighbours_differ_in_dashes_and_all_looks_in_something(theme: Theme) -> None:
    every = [look_of(theme, number) for number in range(looks(theme))]
    assert len(set(every)) == len(every) == 40
    assert every[0] == look_of(theme, 40)
    for number, look in enumerate(every):
        following = look_of(theme, number + 1)
        assert look.dashes != following.dashes
        assert look.color != following.color
    assert {look.dashes for look in every[: len(theme.runs)]} == set(DASHES), "a grey print tells the first apart"


def test_that_a_menu_shows_a_piece_of_the_line(qapp: QApplication) -> None:
    look = RunLook("#123456", (3.0, 2.0))
    pen = run_pen(look, 2.0)
    assert (pen.color().name(), pen.dashPattern()) == ("#123456", [3.0, 2.0])
    picture = run_icon(look, 2.0).pixmap(56, 28).toImage()
    found = {picture.pixelColor(x, picture.height() // 2).alpha() for x in range(picture.width())}
    assert {0, 255} <= found, "dashes and gaps"
