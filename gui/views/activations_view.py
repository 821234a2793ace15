"""Activations view: a histogram per layer, now as bars and at the start as an outline."""

from math import ceil

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QPainterPath, QPen

from gui.plots.pens_and_paths import NO_FILL, Bars, cosmetic, fill_pale, steps_path
from gui.plots.ticks import round_ticks
from gui.style.theme import Theme
from gui.views.layer_plot import LayerPlot
from gui.views.layers_view import LayersView
from gui.views.moment import RunContext
from gui.views.share_words import beyond_texts, exactly_zero, flat_text
from gui.views.spoken_layers import activations_said
from model.base import number_format
from model.base.arrays import Array
from model.base.language import message, tr
from model.config.views import ViewKind
from model.measurement.histograms import Histogram
from model.measurement.records import LayerRecord
from model.nn.activations import Activation

GAP_SHARE = 0.12  # of a bar's width, but a pixel at least: less would show between some bars only
ROOM_FOR_GAPS = 4  # pixels
HEADROOM = 1.08
NARROWEST_BAR = 2  # pixels
STEADY_SHARE = 0.6  # a tallest bar that stays above this share of the last one leaves the scale alone


def grouped(histogram: Histogram, pixels: float) -> tuple[Array, Array]:
    """Merge bins until each bar is at least NARROWEST_BAR pixels wide; `pixels` per unit of the axis.

    Returns edges (bars + 1,) and shares (bars,).
    """
    bins = len(histogram.shares)
    width = (histogram.high - histogram.low) / bins
    each = min(max(ceil(NARROWEST_BAR / (width * pixels)), 1), bins)
    if each == 1:
        return np.linspace(histogram.low, histogram.high, bins + 1), histogram.shares
    shares = np.add.reduceat(histogram.shares, np.arange(0, bins, each))
    wide = max(width * each, NARROWEST_BAR / pixels)  # all bins together may be too narrow
    low = histogram.low if each < bins else (histogram.low + histogram.high - wide) / 2
    return low + wide * np.arange(len(shares) + 1), shares


def gap(width: float) -> float:
    """Share of a bar's width that stays free; `width` in pixels."""
    return max(GAP_SHARE, 1 / width) if width >= ROOM_FOR_GAPS else 0.0


class HistogramPlot(LayerPlot):
    """One layer's histogram of a quantity: `name` is a field of Histograms, `counted` says of what a `{share}` is."""

    def __init__(self, name: str, counted: str) -> None:
        super().__init__()
        self.name, self.counted = name, counted
        self.plot.axes[0].choose = round_ticks
        self.bars, self.zero_bar, self.start = self.plot.path(1), self.plot.path(2), self.plot.path(3)
        self.bars.setPen(QPen(Qt.PenStyle.NoPen))
        self.zero_bar.setPen(QPen(Qt.PenStyle.NoPen))
        self.start.setBrush(QBrush(NO_FILL))
        self.forget()

    def forget(self) -> None:
        super().forget()
        for item in (self.bars, self.zero_bar, self.start):
            item.setPath(QPainterPath())
        self.outlined: tuple[LayerRecord, float, float, float] | None = None
        self.binning: tuple[float, float, int, float] | None = None
        self.zeros = (0.0, 0.0, 0.0)
        self.tallest = 0.0

    @property
    def histogram(self) -> Histogram | None:
        """The histogram drawn as bars; None before the first record."""
        return self.shown_of(self.now) if self.now else None

    def shown_of(self, layer: LayerRecord) -> Histogram | None:
        """A layer's histogram as it is drawn; None if it was not measured."""
        found: Histogram | None = getattr(layer.histograms, self.name)
        return found

    def extent(self, now: Histogram) -> tuple[float, float]:
        """Lowest and highest value of the axis."""
        return now.low, now.high

    def has_zeros(self, now: Histogram, first: Histogram) -> bool:
        """Whether the axis needs room for a bar of exact zeros."""
        return now.zeros > 0 or first.zeros > 0

    def outline(self, start: LayerRecord, first: Histogram) -> QPainterPath:
        """Path of the histogram at the start, scaled to height 1."""
        edges, shares = grouped(first, self.pixels())
        return steps_path(edges, shares / max(float(shares.max()), 1e-9))

    def draw(self, now: LayerRecord, start: LayerRecord) -> None:
        """Draw bars and outline, each scaled to its own height, because only the shapes are compared."""
        shown, first = self.shown_of(now), self.shown_of(start)
        if shown is None or first is None:
            return
        self.now = now
        low, high = self.extent(shown)
        # Room on the left for the bar of exact zeros, which has a scale of its own: full height is all of them.
        margin = 0.09 * (high - low) if self.has_zeros(shown, first) else 0.0
        self.plot.axes[0].least = low
        self.plot.set_automatic((low - margin, high), (0.0, HEADROOM))
        pixels = self.pixels()
        if self.outlined is None or self.outlined[0] is not start or self.outlined[1:] != (low, high, pixels):
            self.outlined = start, low, high, pixels
            self.start.setPath(self.outline(start, first))
        edges, shares = grouped(shown, pixels)
        tallest = max(float(shares.max()), 1e-9)
        if not STEADY_SHARE * self.tallest <= tallest <= self.tallest:
            self.tallest = tallest
        binning = (float(edges[0]), float(edges[-1]), len(shares), pixels)
        if binning != self.binning:
            self.binning, self.shape = binning, Bars(edges, gap(float(edges[1] - edges[0]) * pixels))
        self.bars.setPath(self.shape.path(shares / self.tallest))
        zeros = (margin, low, shown.zeros)
        if zeros != self.zeros:
            self.zeros = zeros
            path = QPainterPath()
            if shown.zeros:
                path.addRect(low - margin * 0.85, 0.0, margin * 0.6, HEADROOM * shown.zeros)
            self.zero_bar.setPath(path)

    def value_text(self, value: float) -> str:
        """Format a value of the axis for the readout."""
        return number_format.significant(value)

    def read(self, x: float, y: float) -> str:
        """Readout: the range and share of the bin under the cursor."""
        histogram = self.histogram
        if histogram is None:
            return ""
        if x < self.plot.axes[0].least:
            return exactly_zero(histogram.zeros) if histogram.zeros else ""
        width = (histogram.high - histogram.low) / len(histogram.shares)
        index = int(np.floor((x - histogram.low) / width))
        if not 0 <= index < len(histogram.shares):
            return ""
        low = histogram.low + index * width
        share = number_format.percent(float(histogram.shares[index]))
        between = tr("{low} to {high}", low=self.value_text(low), high=self.value_text(low + width))
        return f"{between}\n{tr(self.counted, share=share)}"

    def apply_look(self, theme: Theme, color: QColor) -> None:
        super().apply_look(theme, color)
        self.bars.setBrush(QBrush(color))
        fill_pale(self.zero_bar, color, 0.55)
        self.start.setPen(cosmetic(theme.muted, 1))


class ActivationsPlot(HistogramPlot):
    """One layer's activations, with mean, standard deviation and the shares of saturated (or off) and dead units."""

    def __init__(self) -> None:
        self.activation = Activation.RELU
        super().__init__("a", message("{share} of activations"))

    def said(self) -> str:
        return activations_said(self.now, self.activation) if self.now else ""

    def lines(self) -> list[str]:
        """Mean and standard deviation, then the shares; one per line in a narrow plot."""
        now, histogram = self.now, self.histogram
        if now is None or histogram is None:
            return []
        narrow = self.narrow
        percent = number_format.rounded_percent if narrow else number_format.percent
        beyond = histogram.above + histogram.below
        mean, std = (
            number_format.significant(x, 2 if narrow else 3) for x in (now.activation_mean, now.activation_std)
        )
        moments = [f"μ {mean}", f"σ {std}"] if narrow else [tr("mean {mean}", mean=mean), tr("sd {std}", std=std)]
        shares = [flat_text(self.activation.flat_word, percent(now.saturated), short=narrow)]
        shares += [tr("dead {share}", share=percent(now.dead))] if self.activation.exact_zeros else []
        shares += beyond_texts(beyond, short=narrow)
        return [*moments, *shares] if narrow else ["   ".join(moments), "   ".join(shares)]


class ActivationsView(LayersView[ActivationsPlot]):
    """All hidden layers' activations on a shared axis."""

    view = ViewKind.ACTIVATIONS
    wanted = frozenset({"a"})

    @property
    def histogram(self) -> tuple[str, str]:
        return "a", self.view.label

    def make_plot(self) -> ActivationsPlot:
        return ActivationsPlot()

    def show_run(self, run: RunContext) -> None:
        super().show_run(run)
        activation = run.config.activation
        said = [tr("bars: now, current batch  ·  outline: at the start, to its own height")]
        said += [tr("pale: exactly 0")] if activation.exact_zeros else []
        self.key.setText("  ·  ".join(said))

    def set_up(self, index: int) -> None:
        super().set_up(index)
        assert self.run
        self.layers[index].activation = self.run.config.activation
