"""Histograms of every layer, now as bars and at the start as an outline."""

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QPainterPath, QPen

from gui import numbers
from gui.layer_plot import LayerPlot
from gui.layers_view import LayersView
from gui.run import Run
from gui.shapes import NO_FILL, Bars, cosmetic, steps_path, translucent
from gui.theme import Theme
from model.activations import Activation
from model.histograms import Histogram
from model.records import LayerRecord
from model.request import View

GAP = 0.12
HEADROOM = 1.08
STEADY = 0.6  # a tallest bar that stays above this share of the last one leaves the scale alone
SHORT = {"saturated": "sat."}


def edges(histogram: Histogram) -> np.ndarray:
    """The bounds of its bins."""
    return np.linspace(histogram.low, histogram.high, len(histogram.shares) + 1)


class HistogramPlot(LayerPlot):
    """One layer's histogram of the quantity called `name`, a field of Histograms; `noun` is what it counts."""

    def __init__(self, name: str, noun: str) -> None:
        super().__init__()
        self.name, self.noun = name, noun
        self.bars, self.zero_bar, self.start = self.plot.path(1), self.plot.path(2), self.plot.path(3)
        self.bars.setPen(QPen(Qt.PenStyle.NoPen))
        self.zero_bar.setPen(QPen(Qt.PenStyle.NoPen))
        self.start.setBrush(QBrush(NO_FILL))
        self.forget()

    def forget(self) -> None:
        super().forget()
        self.outlined: Histogram | None = None
        self.binning = self.zeros = (0.0, 0.0, 0.0)
        self.tallest = 0.0

    @property
    def histogram(self) -> Histogram | None:
        """What the bars show."""
        found: Histogram | None = getattr(self.now.histograms, self.name) if self.now else None
        return found

    def extent(self, now: Histogram) -> tuple[float, float]:
        """The values that the axis spans."""
        return now.low, now.high

    def draw(self, now: LayerRecord, start: LayerRecord) -> None:
        """Each to its own height: the shapes count."""
        shown: Histogram | None = getattr(now.histograms, self.name)
        first: Histogram | None = getattr(start.histograms, self.name)
        if shown is None or first is None:
            return
        self.now = now
        if first is not self.outlined:
            self.outlined = first
            self.start.setPath(steps_path(edges(first), first.shares / max(float(first.shares.max()), 1e-9)))
        tallest = max(float(shown.shares.max()), 1e-9)
        if not STEADY * self.tallest <= tallest <= self.tallest:
            self.tallest = tallest
        low, high = self.extent(shown)
        # Room on the left for the bar of exact zeros, which has a scale of its own: full height is all of them.
        margin = 0.09 * (high - low) if shown.zeros or first.zeros else 0.0
        self.plot.axes[0].least = low
        self.plot.set_automatic((low - margin, high), (0.0, HEADROOM))
        binning = (shown.low, shown.high, 0.0 if self.narrow else GAP)
        if binning != self.binning:
            self.binning, self.shape = binning, Bars(edges(shown), binning[2])
        self.bars.setPath(self.shape.path(shown.shares / self.tallest))
        zeros = (margin, low, shown.zeros)
        if zeros != self.zeros:
            self.zeros = zeros
            path = QPainterPath()
            if shown.zeros:
                path.addRect(low - margin * 0.85, 0.0, margin * 0.6, HEADROOM * shown.zeros)
            self.zero_bar.setPath(path)

    def value_text(self, value: float) -> str:
        """A value on the axis in words."""
        return numbers.significant(value)

    def read(self, x: float, y: float) -> str:
        """The share of values in the bin under the cursor."""
        histogram = self.histogram
        if histogram is None:
            return ""
        if x < self.plot.axes[0].least:
            return f"exactly 0: {numbers.percent(histogram.zeros)}" if histogram.zeros else ""
        width = (histogram.high - histogram.low) / len(histogram.shares)
        index = int(np.floor((x - histogram.low) / width))
        if not 0 <= index < len(histogram.shares):
            return ""
        low = histogram.low + index * width
        share = numbers.percent(float(histogram.shares[index]))
        return f"{self.value_text(low)} to {self.value_text(low + width)}\n{share} of {self.noun}"

    def apply_look(self, theme: Theme, color: QColor) -> None:
        super().apply_look(theme, color)
        self.bars.setBrush(QBrush(color))
        self.zero_bar.setBrush(QBrush(translucent(color, 0.55)))
        self.start.setPen(cosmetic(theme.muted, 1))


class ActivationsPlot(HistogramPlot):
    """One layer's activations with their moments and the shares of flat and dead units."""

    def __init__(self) -> None:
        self.activation = Activation.RELU
        super().__init__("a", "activations")

    def lines(self) -> list[str]:
        """Moments, then shares; one figure a line where there is little room."""
        now, histogram = self.now, self.histogram
        if now is None or histogram is None:
            return []
        narrow = self.narrow
        beyond = histogram.above + histogram.below
        mean, std = (numbers.significant(x, 2 if narrow else 3) for x in (now.activation_mean, now.activation_std))
        moments = [f"μ {mean}", f"σ {std}"] if narrow else [f"mean {mean}", f"sd {std}"]
        flat = self.activation.flat_word
        shares = [f"{SHORT.get(flat, flat) if narrow else flat} {numbers.percent(now.saturated)}"]
        shares += [f"dead {numbers.percent(now.dead)}"] if self.activation.exact_zeros else []
        shares += [f"{'out' if narrow else 'beyond'} {numbers.percent(beyond)}"] if beyond else []
        return [*moments, *shares] if narrow else ["   ".join(moments), "   ".join(shares)]


class ActivationsView(LayersView[ActivationsPlot]):
    """All hidden layers' activations on one shared axis of values."""

    view = View.ACTIVATIONS
    wanted = frozenset({"a"})

    def make_plot(self) -> ActivationsPlot:
        return ActivationsPlot()

    def show_run(self, run: Run) -> None:
        super().show_run(run)
        activation = run.config.activation
        pale = "  ·  pale: exactly 0" if activation.exact_zeros else ""
        self.key.setText(f"bars: now, current batch  ·  outline: at the start, to its own height{pale}")
        for plot in self.layers:
            plot.activation = activation
