"""Slope plot: one layer's z on f', the factor by which the activation multiplies the gradient."""

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QBrush, QColor, QPainterPath, QPen, QResizeEvent

from gui.plots.grounded_text import GroundedText
from gui.plots.pens_and_paths import NO_FILL, Bars, cosmetic, line_path, translucent
from gui.plots.ticks import round_ticks
from gui.style.text_size import scaled
from gui.style.theme import Theme
from gui.views.activations_view import STEADY_SHARE, gap, grouped
from gui.views.layer_plot import LayerPlot
from gui.views.share_words import beyond_texts, flat_text
from gui.views.slope_curve import SlopeCurve, peak
from gui.views.spoken_layers import slope_said
from model.base import number_format
from model.base.language import tr
from model.measurement.histograms import Histogram
from model.measurement.records import LayerRecord
from model.nn.activations import Activation

TALLEST_SHARE = 0.6  # of the plot's height
AXIS_ROOM = 200  # pixels of a plot that has room for a left axis
TEXT_ROOM = 60  # pixels of height that leave room for texts between the lines
MEAN_ROOM = 160  # and of width, for the mean slope's beside the curve
WORDS_ROOM = 240  # and for whole words beside lines
DOT_PIXELS = 3.5


class SlopePlot(LayerPlot):
    """f' thick, f thin, the layer's z as bars; the mean slope as a dashed line, the maximum as a dot."""

    def __init__(self) -> None:
        super().__init__(left_axis=True, antialiased=True)
        for axis in self.plot.axes:
            axis.choose = round_ticks
        self.flat, self.bars, self.value = self.plot.path(-6), self.plot.path(1), self.plot.path(2)
        self.slope, self.mean, self.dot = self.plot.path(3), self.plot.path(4), self.plot.path(5)
        for item in (self.flat, self.bars, self.dot):
            item.setPen(QPen(Qt.PenStyle.NoPen))
        for item in (self.slope, self.value):
            item.setBrush(QBrush(NO_FILL))
        self.mean_text, self.peak_text = (GroundedText(self.plot.box) for _ in range(2))
        self.plot.box.sigRangeChanged.connect(self.place)
        self.plot.box.sigResized.connect(self.place)
        self.forget()

    def forget(self) -> None:
        self.curve: SlopeCurve | None = None
        self.peak: tuple[float, float] | None = None
        self.tallest = self.mean_slope = 0.0
        self.grouping: tuple[float, float, int, float] | None = None
        for item in (self.flat, self.bars, self.value, self.slope, self.mean, self.dot):
            item.setPath(QPainterPath())
        for text in (self.mean_text, self.peak_text):
            text.write("")
        super().forget()

    @property
    def histogram(self) -> Histogram | None:
        """The histogram of z drawn as bars; None before the first record."""
        return self.now.histograms.z if self.now else None

    def show_curve(self, curve: SlopeCurve) -> None:
        """Draw the activation over another range of z."""
        if curve is self.curve:
            return
        self.curve, self.peak = curve, peak(curve.activation)
        self.slope.setPath(line_path(curve.z, curve.slope))
        self.value.setPath(line_path(curve.z, curve.value_heights))
        path = QPainterPath()
        for low, high in curve.flat:
            path.addRect(low, curve.bottom, high - low, curve.top - curve.bottom)
        self.flat.setPath(path)
        self.plot.set_automatic((curve.low, curve.high), (curve.bottom, curve.top))
        self.place()

    def draw(self, now: LayerRecord, start: LayerRecord) -> None:
        """Draw the bars, scaled to their own height: only their place counts."""
        self.now, histogram, curve = now, now.histograms.z, self.curve
        if histogram is None or curve is None:
            return
        pixels = self.pixels()
        edges, shares = grouped(histogram, pixels)
        tallest = max(float(shares.max()), 1e-9)
        if not STEADY_SHARE * self.tallest <= tallest <= self.tallest:
            self.tallest = tallest
        grouping = (float(edges[0]), float(edges[-1]), len(shares), pixels)
        if grouping != self.grouping:
            self.grouping, self.shape = grouping, Bars(edges, gap(float(edges[1] - edges[0]) * pixels), curve.bottom)
        height = TALLEST_SHARE * (curve.top - curve.bottom) / self.tallest
        self.bars.setPath(self.shape.path(curve.bottom + height * shares))
        self.mean_slope = now.mean_slope
        path = QPainterPath(QPointF(curve.low, now.mean_slope))
        path.lineTo(curve.high, now.mean_slope)
        self.mean.setPath(path)
        mean = number_format.significant(now.mean_slope)
        words = (
            tr("mean slope {mean}", mean=mean) if self.plot.box.width() >= WORDS_ROOM else tr("mean {mean}", mean=mean)
        )
        crowded = self.plot.box.width() < MEAN_ROOM or self.plot.box.height() < TEXT_ROOM
        self.mean_text.write("" if crowded else words)
        self._place_mean()

    def place(self, *_: object) -> None:
        """Place the maximum's dot and the texts, whose sizes are in pixels, after a change of range or size."""
        (x0, x1), (y0, y1) = self.plot.ranges()
        area = self.plot.box.rect()
        dot = QPainterPath()
        if self.peak and area.width() > 0 and area.height() > 0:
            z, height = self.peak
            dot.addEllipse(
                QPointF(z, height), DOT_PIXELS * (x1 - x0) / area.width(), DOT_PIXELS * (y1 - y0) / area.height()
            )
            figure = number_format.significant(height)
            at = number_format.significant(z)
            words = figure if self.narrow else tr("max {slope} at z = {z}", slope=figure, z=at)
            self.peak_text.write(words if area.height() >= TEXT_ROOM else "")
            size = self.peak_text.size()
            left = (z - x0) / (x1 - x0) * area.width() - size.width() / 2
            top = (y1 - height) / (y1 - y0) * area.height() - size.height() - DOT_PIXELS - 1
            self.peak_text.setPos(min(max(left, 0.0), max(area.width() - size.width(), 0.0)), max(top, 0.0))
        self.dot.setPath(dot)
        self._place_mean()

    def _place_mean(self) -> None:
        # Below the line in the upper half, where the maximum's label may stand above it.
        _, (y0, y1) = self.plot.ranges()
        down = (y1 - self.mean_slope) / (y1 - y0) * self.plot.box.height()
        height = self.mean_text.size().height()
        self.mean_text.setPos(3.0, down + 1 if self.mean_slope > (y0 + y1) / 2 else down - height - 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.plot.show_left_axis(self.width() >= scaled(AXIS_ROOM, self))

    @property
    def activation(self) -> Activation | None:
        """The activation function; None before the first curve."""
        return self.curve.activation if self.curve else None

    def said(self) -> str:
        return slope_said(self.now, self.activation) if self.now and self.activation else ""

    def lines(self) -> list[str]:
        """Mean slope, its share of the maximum, and the share of units with a slope near 0."""
        now, activation, histogram = self.now, self.activation, self.histogram
        if now is None or activation is None or histogram is None:
            return []
        narrow, share = self.narrow, now.mean_slope / activation.max_slope
        flat = flat_text(activation.flat_word, number_format.percent(now.saturated), short=narrow)
        rest = [flat, *beyond_texts(histogram.below + histogram.above, short=narrow)]
        if narrow:
            of_max = tr("{share} max", share=number_format.with_percent(f"{100 * share:.0f}"))
            return [f"f′ {number_format.significant(now.mean_slope, 2)}", of_max, *rest]
        most = number_format.significant(activation.max_slope)
        mean = [tr("mean slope {mean}", mean=number_format.significant(now.mean_slope)),
                tr("{share} of max {slope}", share=number_format.percent(share), slope=most)]  # fmt: skip
        roomy = self.view.room.width() >= WORDS_ROOM
        return ["   ".join(line) for line in ([mean, rest] if roomy else [*zip(mean), rest])]

    def read(self, x: float, y: float) -> str:
        """Readout: f and f' under the cursor, and the share of z in that bin."""
        activation, histogram = self.activation, self.histogram
        if activation is None or histogram is None:
            return ""
        value, slope = activation.value.evaluate(np.array([x]))
        lines = [f"z {number_format.significant(x)}", f"f′ {number_format.significant(float(slope[0]))}",
                 f"f {number_format.significant(float(value[0]))}"]  # fmt: skip
        place = (x - histogram.low) / (histogram.high - histogram.low) * len(histogram.shares)
        if 0 <= place < len(histogram.shares):
            near = number_format.percent(float(histogram.shares[int(place)]))
            lines.append(tr("{share} of units and images near it", share=near))
        return "\n".join(lines)

    def apply_look(self, theme: Theme, color: QColor) -> None:
        super().apply_look(theme, color)
        self.flat.setBrush(QBrush(translucent(theme.muted, 0.10)))
        self.bars.setBrush(QColor(theme.pale(color)))
        self.value.setPen(cosmetic(theme.muted, 1))
        self.slope.setPen(cosmetic(theme.text, 1.8))
        self.mean.setPen(cosmetic(theme.accent, 1.5, (4.0, 3.0)))
        self.dot.setBrush(QBrush(QColor(theme.text)))
        self.mean_text.apply_theme(theme, theme.accent)
        self.peak_text.apply_theme(theme, theme.text)
