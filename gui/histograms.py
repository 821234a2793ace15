"""Each hidden layer's activations as a histogram, now and at the start, with its figures under it."""

import numpy as np
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QPainterPath, QPen
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from gui import numbers
from gui.cards import Card, Figures, label
from gui.live_view import LiveView
from gui.plot import Plot
from gui.shapes import NO_FILL, Bars, cosmetic, steps_path, translucent
from gui.theme import Theme
from model.activations import Activation
from model.measure import Histogram, LayerRecord, Record

NARROWEST = 60
SHORT = {"saturated": "sat."}
NARROW = 150
CROWDED = 8
GAP = 0.12
HEADROOM = 1.08
STEADY = 0.6  # a tallest bar that stays above this share of the last one leaves the scale alone


def edges(histogram: Histogram) -> np.ndarray:
    """The bounds of its bins."""
    return np.linspace(histogram.low, histogram.high, len(histogram.shares) + 1)


class LayerPlot(QWidget):
    """One layer: title, histogram, figures."""

    menu_wanted = Signal(QPointF)

    def __init__(self) -> None:
        super().__init__()
        self.title, self.units = label("", "title"), label("", "muted")
        self.view = LiveView(antialiased=False, left=10, right=10)
        self.plot = Plot(self.view, self.read, left_axis=False)
        self.plot.menu_wanted.connect(self.menu_wanted)
        self.bars, self.zero_bar, self.start = self.plot.path(1), self.plot.path(2), self.plot.path(3)
        self.bars.setPen(QPen(Qt.PenStyle.NoPen))
        self.zero_bar.setPen(QPen(Qt.PenStyle.NoPen))
        self.start.setBrush(QBrush(NO_FILL))
        self.figures = Figures()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        heading = QHBoxLayout()
        heading.setContentsMargins(0, 0, 0, 0)
        heading.setSpacing(6)
        heading.addWidget(self.title)
        heading.addWidget(self.units)
        heading.addStretch()
        column.addLayout(heading)
        column.addWidget(self.view, 1)
        column.addWidget(self.figures)
        self.setMinimumWidth(NARROWEST)
        self.forget()

    def forget(self) -> None:
        """Show another run's layer from now on."""
        self.now: LayerRecord | None = None
        self.outlined: LayerRecord | None = None
        self.binning = self.zeros = (0.0, 0.0, 0.0)
        self.tallest = 0.0
        self.plot.show_automatic()

    def draw(self, now: LayerRecord, start: LayerRecord) -> None:
        """Draw the layer now as bars and at the start as an outline, each to its own height: the shapes count."""
        self.now = now
        histogram = now.histogram
        span = histogram.high - histogram.low
        if start is not self.outlined:
            self.outlined = start
            shares = start.histogram.shares
            self.start.setPath(steps_path(edges(start.histogram), shares / max(float(shares.max()), 1e-9)))
        tallest = max(float(histogram.shares.max()), 1e-9)
        if not STEADY * self.tallest <= tallest <= self.tallest:
            self.tallest = tallest
        # Room on the left for the bar of exact zeros, which has a scale of its own: full height is all of them.
        margin = 0.09 * span if histogram.zeros or start.histogram.zeros else 0.0
        self.plot.axes[0].least = histogram.low
        self.plot.set_automatic((histogram.low - margin, histogram.high), (0.0, HEADROOM))
        binning = (histogram.low, histogram.high, GAP if self.view.width() > NARROW else 0.0)
        if binning != self.binning:
            self.binning, self.shape = binning, Bars(edges(histogram), binning[2])
        self.bars.setPath(self.shape.path(histogram.shares / self.tallest))
        zeros = (margin, histogram.low, histogram.zeros)
        if zeros != self.zeros:
            self.zeros = zeros
            path = QPainterPath()
            if histogram.zeros:
                path.addRect(histogram.low - margin * 0.85, 0.0, margin * 0.6, HEADROOM * histogram.zeros)
            self.zero_bar.setPath(path)

    def figures_now(self, activation: Activation) -> list[str]:
        """The lines under the histogram: moments, then shares; one figure a line where there is little room."""
        if self.now is None:
            return []
        now = self.now
        beyond = now.histogram.above + now.histogram.below
        narrow = self.view.width() < NARROW
        mean, std = (numbers.significant(x, 2 if narrow else 3) for x in (now.activation_mean, now.activation_std))
        moments = [f"μ {mean}", f"σ {std}"] if narrow else [f"mean {mean}", f"sd {std}"]
        flat = SHORT.get(activation.flat_word, activation.flat_word) if narrow else activation.flat_word
        shares = [f"{flat} {numbers.percent(now.saturated)}"]
        shares += [f"dead {numbers.percent(now.dead)}"] if activation.exact_zeros else []
        shares += [f"{'out' if narrow else 'beyond'} {numbers.percent(beyond)}"] if beyond else []
        return [*moments, *shares] if narrow else ["   ".join(moments), "   ".join(shares)]

    def read(self, x: float, y: float) -> str:
        """The share of values in the bin under the cursor."""
        if self.now is None:
            return ""
        histogram = self.now.histogram
        if x < histogram.low:
            return f"exactly 0: {numbers.percent(histogram.zeros)}" if histogram.zeros else ""
        width = (histogram.high - histogram.low) / len(histogram.shares)
        index = int((x - histogram.low) / width)
        if not 0 <= index < len(histogram.shares):
            return ""
        low = histogram.low + index * width
        share = numbers.percent(float(histogram.shares[index]))
        return f"{numbers.significant(low)} to {numbers.significant(low + width)}\n{share} of activations"

    def apply_look(self, theme: Theme, color: QColor) -> None:
        self.plot.apply_theme(theme)
        self.bars.setBrush(QBrush(color))
        self.zero_bar.setBrush(QBrush(translucent(color, 0.55)))
        self.start.setPen(cosmetic(theme.muted, 1))


class ActivationsCard(Card):
    """All hidden layers side by side, input side left, on one shared axis of values."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("activations")
        self.key = label("", "muted")
        self.header.addWidget(self.key)
        self.theme = theme
        self.activation = Activation.RELU
        self.layers: list[LayerPlot] = []
        self.shown = 0
        self.strip = QWidget()
        self.strip.setObjectName("strip")
        self.row = QHBoxLayout(self.strip)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(8)
        area = QScrollArea()
        area.setWidget(self.strip)
        area.setWidgetResizable(True)
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.viewport().setAutoFillBackground(False)
        self.body.addWidget(area, 1)
        self.hint = label("There is no hidden layer: the images go straight to the output.", "muted")
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.row.addWidget(self.hint)

    def show_run(self, activation: Activation, hidden: tuple[int, ...]) -> None:
        """Make room for a run's hidden layers."""
        self.activation = activation
        layers = len(hidden)
        self.hint.setVisible(layers == 0)
        pale = "  ·  pale: exactly 0" if activation.exact_zeros else ""
        self.key.setVisible(layers > 0)
        self.key.setText(f"bars: now, current batch  ·  outline: at the start, to its own height{pale}")
        while len(self.layers) < layers:
            plot = LayerPlot()
            plot.menu_wanted.connect(self.menu_from_plot)
            self.layers.append(plot)
            self.row.addWidget(plot, 1)
        for index, plot in enumerate(self.layers):
            plot.setVisible(index < layers)
            if index < layers:
                plot.title.setText(f"Layer {index + 1}")
                plot.units.setText(f"{hidden[index]} units")
                plot.units.setVisible(layers < CROWDED)
            plot.forget()
        self.shown = layers
        self.apply_theme(self.theme)

    def draw(self, layer: int, now: Record, start: Record) -> None:
        """Draw one hidden layer of a record against the start."""
        if layer < min(len(now.layers), len(start.layers)):
            self.layers[layer].draw(now.layers[layer], start.layers[layer])

    def update_text(self) -> None:
        """Show the layers' figures."""
        plots = self.layers[: self.shown]
        figures = [plot.figures_now(self.activation) for plot in plots]
        lines = max(map(len, figures), default=0)
        for plot, own in zip(plots, figures, strict=True):
            plot.figures.set_lines(own + [""] * (lines - len(own)))  # one baseline for all layers

    def apply_theme(self, theme: Theme) -> None:
        self.theme = theme
        for plot, color in zip(self.layers, theme.layer_colors(self.shown), strict=False):
            plot.apply_look(theme, color)
