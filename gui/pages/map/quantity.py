"""Quantities that the map can show, with their text and colour scale."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import ceil, floor

import pyqtgraph as pg
from PySide6.QtGui import QColor

from gui.plots.shared_axis import decades_held
from model.base import number_format
from model.base.choices import Choice
from model.sweeps.sweep import Result

COLORS = "viridis"  # even steps look even, for whoever lacks red or green cones too
DEEPEST = -16  # decades: below, a gradient does nothing that float32 could tell from nothing


def accuracy(result: Result) -> float | None:
    """Final test accuracy, from 0 to 1; None if the run has none."""
    return result.final_test_accuracy


def gradient(result: Result) -> float | None:
    """log10 of RMS(δ) at layer 1, at least DEEPEST; None if the run has no final loss."""
    if result.final_loss is None:
        return None
    return max(result.log_gradient, DEEPEST) if result.log_gradient is not None else DEEPEST


def write_gradient(value: float) -> str:
    """Format RMS(δ) from its log10; DEEPEST is 0."""
    return number_format.significant(10.0**value, 2) if value > DEEPEST else "0"


def whole(values: Iterable[float]) -> tuple[float, float]:
    """Scale from 0 to 1, whatever the values."""
    return 0.0, 1.0


def decades(values: Iterable[float]) -> tuple[float, float]:
    """Scale of whole decades that holds all values, which are log10, but those that go far beyond the others."""
    found = list(values) or [-1.0, 0.0]
    low, high = decades_held(found, found)
    return float(floor(low)), float(max(ceil(high), floor(low) + 1))


@dataclass(frozen=True)
class Shown:
    """A quantity: `of` reads it from a result (None: absent), `write` formats it, `scale` gives low and high end."""

    label: str
    help: str
    title: str
    of: Callable[[Result], float | None]
    write: Callable[[float], str]
    scale: Callable[[Iterable[float]], tuple[float, float]]


class Quantity(Choice):
    """Quantities that the colours can show."""

    ACCURACY = Shown(
        "Test accuracy", "Whether the run has learned", "Test accuracy", accuracy, number_format.percent, whole
    )
    GRADIENT = Shown("Gradient at layer 1", "RMS(δ) at layer 1 at the run's end, on a logarithmic scale",
                     "RMS(δ), layer 1", gradient, write_gradient, decades)  # fmt: skip


def color_at(share: float) -> QColor:
    """Colour at a share of the scale, from 0 (low end) to 1; clipped."""
    found: QColor = pg.colormap.get(COLORS).map(min(max(share, 0.0), 1.0), mode="qcolor")
    return found
