"""Smoothing of noisy curves: a moving average over its band of extremes."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QPen

from gui.plots.pens_and_paths import band_path, cosmetic, line_path, translucent
from gui.plots.plot import Plot
from gui.style.theme import Theme
from model.base.arrays import Array
from model.history.history import ThinnedCurve

SMOOTHED_OVER = 40


@dataclass(frozen=True)
class Smoothed:
    """A moving average `line` between moving extremes `low` and `high`, all of shape (points,)."""

    x: Array
    line: Array
    low: Array
    high: Array


def smooth(curve: ThinnedCurve) -> Smoothed:
    """Moving mean, minimum and maximum over 1/SMOOTHED_OVER of the points.

    Windows shrink at the ends instead of padding, so that the line stays inside the band.
    """
    points = len(curve.x)
    half = points // (2 * SMOOTHED_OVER)
    if half == 0:
        return Smoothed(curve.x, curve.mean, curve.low, curve.high)
    padded = [
        np.concatenate((np.full(half, fill), values, np.full(half, fill)))
        for values, fill in ((curve.mean, 0.0), (curve.low, np.inf), (curve.high, -np.inf))
    ]
    mean, low, high = (np.lib.stride_tricks.sliding_window_view(values, 2 * half + 1) for values in padded)
    places = np.arange(points)
    inside = np.minimum(places, half) + np.minimum(points - 1 - places, half) + 1
    return Smoothed(curve.x, mean.sum(axis=1) / inside, low.min(axis=1), high.max(axis=1))


class NoisyCurve:
    """A curve of the training batch: smoothed line and band of extremes."""

    def __init__(self, plot: Plot) -> None:
        self.band, self.line = plot.path(1), plot.path(2)
        self.band.setPen(QPen(Qt.PenStyle.NoPen))

    def draw(self, curve: ThinnedCurve) -> None:
        """Smooth a curve and draw its line and band."""
        smoothed = smooth(curve)
        self.band.setPath(band_path(smoothed.x, smoothed.low, smoothed.high))
        self.line.setPath(line_path(smoothed.x, smoothed.line))

    def apply_theme(self, theme: Theme) -> None:
        self.band.setBrush(QBrush(translucent(theme.train, 0.18)))
        self.line.setPen(cosmetic(theme.train, 1.8))
