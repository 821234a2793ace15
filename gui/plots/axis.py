"""Plot axes with pyqtgraph's ticks and labels that Qt paints."""

from collections.abc import Callable, Sequence
from math import ceil, floor

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QGraphicsSimpleTextItem

from gui.plots.live_view import unpainted
from gui.plots.ticks import Tick, plain, thinned
from gui.style.theme import font
from model.base import number_format

LABEL_GAP = 5  # pixels between a tick label and the plot
NEAR_WHOLE = 1e-6  # rounding


class PlotAxis(pg.AxisItem):  # type: ignore[misc]  # pyqtgraph has no types
    """An axis with pyqtgraph's ticks and layout, but labels that Qt paints; ticks below `least` are left out.

    One that `counts`, such as iterations, has ticks at whole numbers only.
    """

    def __init__(self, orientation: str) -> None:
        super().__init__(orientation)
        self.least = -np.inf
        self.counts = False
        self.fixed: list[Tick] = []
        self.choose: Callable[[float, float, float], list[Tick]] | None = None
        self.overhang = np.inf  # pixels that labels may jut out
        self.labels: list[QGraphicsSimpleTextItem] = []
        self.color = QColor()
        self.setStyle(tickLength=0, tickTextOffset=LABEL_GAP)
        self.setTickFont(font(11))
        self.enableAutoSIPrefix(False)  # it sets a label, which is never shown, at each change of range
        self.setHeight(20) if orientation == "bottom" else self.setWidth(44)
        unpainted(self)

    def ticks(self) -> list[Tick]:
        """List ticks as (value, label): the `fixed` ones, or pyqtgraph's major ticks, thinned to fit.

        `choose`, if set, decides instead, from the lowest and highest value and the pixels per unit.
        """
        low, high = self.range
        if self.fixed:
            return [(value, text) for value, text in self.fixed if low <= value <= high]
        length = max(self.size().width() if self.orientation == "bottom" else self.size().height(), 1.0)
        if self.choose:
            return self.choose(max(low, self.least), high, length / (high - low))
        for step, steps in self.tickValues(low, high, length)[:1]:
            whole = self.counts and step < 1
            spacing, values = (1.0, range(ceil(low), floor(high) + 1)) if whole else (step, steps)
            kept = thinned([value for value in values if value >= self.least], length)
            return list(zip(kept, self.tickStrings(kept, 1.0, spacing), strict=True))
        return []

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        if self.logMode:
            return [_power(value) for value in values]
        return [plain(value, spacing) for value in values]

    def place_labels(self) -> None:
        """Update texts and positions of the tick labels, after a change of range or size."""
        ticks, (low, high) = self.ticks(), self.range
        while len(self.labels) < len(ticks):
            label = QGraphicsSimpleTextItem(self)
            label.setFont(font(11))
            label.setBrush(self.color)
            self.labels.append(label)
        for label in self.labels[len(ticks) :]:
            label.hide()
        for label, (value, text) in zip(self.labels, ticks, strict=False):
            label.setText(text)
            place, size = (value - low) / (high - low), label.boundingRect()
            if self.orientation == "bottom":
                left, most = place * self.size().width() - size.width() / 2, self.size().width() + self.overhang
                label.setPos(max(min(left, most - size.width()), -self.overhang), LABEL_GAP)
            else:
                across = self.size().width() - size.width() - LABEL_GAP
                label.setPos(across, (1 - place) * self.size().height() - size.height() / 2)
            label.show()

    def set_color(self, color: str) -> None:
        """Set the labels' colour, a name or #rrggbb."""
        self.color = QColor(color)
        for label in self.labels:
            label.setBrush(self.color)


def _power(exponent: float) -> str:
    """Label of a tick on an axis of log10."""
    whole = abs(exponent - round(exponent)) < NEAR_WHOLE
    return number_format.decade(round(exponent)) if whole else number_format.significant(10.0**exponent, 1)
