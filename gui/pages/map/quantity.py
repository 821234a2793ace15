"""What a map shows of each run, and in which colour."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import ceil, floor

import pyqtgraph as pg
from PySide6.QtGui import QColor

from model.base import number_format
from model.base.choices import Choice
from model.sweeps.sweep import Result

COLORS = "viridis"  # even steps look even, for whoever lacks red or green cones too
DEEPEST = -16  # decades: below, a gradient does nothing that float32 could tell from nothing


def accuracy(result: Result) -> float | None:
    """From 0 to 1."""
    return result.final_test_accuracy


def gradient(result: Result) -> float | None:
    """log10 of RMS(δ) at layer 1; where δ is exactly 0, that of the end of every scale."""
    if result.final_loss is None:
        return None
    return max(result.log_gradient, DEEPEST) if result.log_gradient is not None else DEEPEST


def write_gradient(value: float) -> str:
    """The gradient whose log10 this is."""
    return number_format.significant(10.0**value, 2) if value > DEEPEST else "0"


def whole(values: Iterable[float]) -> tuple[float, float]:
    """All shares."""
    return 0.0, 1.0


def decades(values: Iterable[float]) -> tuple[float, float]:
    """Whole decades around all values."""
    found = list(values) or [-1.0, 0.0]
    low = floor(min(found))
    return float(low), float(max(ceil(max(found)), low + 1))


@dataclass(frozen=True)
class Shown:
    """A quantity: what it is of a result (None where there is none), how it is written, which scale holds it."""

    label: str
    help: str
    title: str
    of: Callable[[Result], float | None]
    write: Callable[[float], str]
    scale: Callable[[Iterable[float]], tuple[float, float]]


class Quantity(Choice):
    """What the colours of a map can mean."""

    ACCURACY = Shown(
        "Test accuracy", "Whether the run has learned", "Test accuracy", accuracy, number_format.percent, whole
    )
    GRADIENT = Shown("Gradient at layer 1", "RMS(δ) at layer 1 at the run's end, on a logarithmic scale",
                     "RMS(δ), layer 1", gradient, write_gradient, decades)  # fmt: skip


def color_at(share: float) -> QColor:
    """The colour of a value between the scale's low end, 0, and its high end, 1."""
    found: QColor = pg.colormap.get(COLORS).map(min(max(share, 0.0), 1.0), mode="qcolor")
    return found
