"""Small plots of the compare view and the lesson figure: path items in pixels, painted by Qt alone."""

from math import isnan

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsPathItem

from gui.pages.compare.run_moment import RunMoment
from gui.pages.compare.shared_scales import Values
from gui.plots.canvas import Canvas
from gui.plots.log_scale import LogScale
from gui.plots.pens_and_paths import Bars, band_path, fill_pale, line_path, steps_path, translucent
from gui.plots.smoothing import smooth
from gui.style.run_styles import RunLook
from gui.style.theme import Theme
from gui.views.activations_view import HEADROOM, gap, grouped
from model.base.arrays import Array
from model.measurement.histograms import Histogram
from model.measurement.records import LayerRecord

DOT = 2.6  # pixels, radius
MOST_DOTS = 3.5  # dots that lie closer than so many radii are left out
DOTS = (1.0, 2.5)
ARROW = 5.0  # pixels
ROUNDING = 0.5  # of a pixel


def pen(color: str | QColor, width: float, dashes: tuple[float, ...] = ()) -> QPen:
    """Pen with round joins; `width` in pixels, `dashes` in line widths."""
    made = QPen(QColor(color), width)
    made.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    made.setCapStyle(Qt.PenCapStyle.FlatCap)
    if dashes:
        made.setDashPattern(list(dashes))
    return made


class SmallPlot:
    """Path items in an area of the canvas; their origin is its lower left corner, and up is negative y."""

    def __init__(self, canvas: Canvas) -> None:
        self.rect, self.shown = QRectF(), True
        self.grid = canvas.path(-1)
        self.paths: list[QGraphicsPathItem] = []

    def items(self) -> list[QGraphicsPathItem]:
        """All path items, the grid first."""
        return [self.grid, *self.paths]

    def place(self, rect: QRectF) -> None:
        """Move the items to an area."""
        self.rect = rect
        for item in self.items():
            item.setPos(rect.bottomLeft())

    def setVisible(self, visible: bool) -> None:
        self.shown = visible
        for item in self.items():
            item.setVisible(visible and not item.path().isEmpty())

    def put(self, item: QGraphicsPathItem, path: QPainterPath) -> None:
        """Set an item's path; an empty one is hidden, because it would be invalid in SVG."""
        item.setPath(path)
        item.setVisible(self.shown and not path.isEmpty())

    def clear(self) -> None:
        """Clear everything but the grid."""
        for item in self.paths:
            self.put(item, QPainterPath())

    def rule(self, *shares: float) -> None:
        """Draw horizontal grid lines at these shares of the height."""
        path = QPainterPath()
        for share in shares:
            y = round(-share * self.rect.height()) - 0.5
            path.moveTo(0, y)
            path.lineTo(self.rect.width(), y)
        self.put(self.grid, path)


class SmallAccuracyPlot(SmallPlot):
    """Test accuracy in the run's colour, the training batch's pale behind it, and a dot at the moment shown."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self.band, self.train, self.test = (canvas.path(z) for z in (1, 2, 3))
        self.cursor, self.dot = canvas.path(), canvas.path(4)
        self.paths = [self.band, self.train, self.test, self.cursor, self.dot]

    def draw(self, seen: RunMoment, iterations: int, *, live: bool) -> None:
        """Draw the curves over `iterations`; unless it is `live`, a cursor marks the moment."""
        across, up = self.rect.width() / iterations, -self.rect.height()
        train = smooth(seen.train)
        x = train.x * across
        self.put(self.band, band_path(x, train.low * up, train.high * up))
        self.put(self.train, line_path(x, train.line * up))
        self.put(self.test, line_path(seen.test.x * across, seen.test.mean * up))
        cursor, dot = QPainterPath(), QPainterPath()
        place = seen.iteration * across
        if not live:
            cursor.moveTo(place, 0)
            cursor.lineTo(place, up)
        if not isnan(seen.accuracy):
            dot.addEllipse(QPointF(place, seen.accuracy * up), DOT, DOT)
        self.put(self.cursor, cursor)
        self.put(self.dot, dot)

    def apply_theme(self, theme: Theme, look: RunLook) -> None:
        """Set the run's colour."""
        self.grid.setPen(pen(theme.line, 1))
        self.band.setPen(QPen(Qt.PenStyle.NoPen))
        self.band.setBrush(translucent(look.color, 0.14))
        self.train.setPen(pen(theme.pale(look.color), 1))
        self.test.setPen(pen(look.color, 1.8))
        self.cursor.setPen(pen(theme.edge, 1))
        self.dot.setPen(pen(theme.card, 1))
        self.dot.setBrush(QColor(look.color))


class SmallHistogramPlot(SmallPlot):
    """One layer's activations now as bars, at the start as an outline, each scaled to its own height."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self.bars, self.zeros, self.outline, self.beyond = (canvas.path(z) for z in (1, 1, 2, 3))
        self.paths = [self.bars, self.zeros, self.outline, self.beyond]

    def place(self, rect: QRectF) -> None:
        super().place(rect)
        self.rule(0.0)

    def draw(self, now: LayerRecord, start: LayerRecord, axis: Values) -> None:
        """Draw the histograms on the axis; the bar of exact zeros has full height if all values are 0.

        What lies beyond the axis is left out, and an arrow shows on which side.
        """
        shown, first = now.histograms.a, start.histograms.a
        if shown is None or first is None:
            return
        margin = axis.margin(self.rect.width())
        self.put(self.bars, self._bars(shown, axis, margin))
        self.put(self.outline, self._steps(*self._within(*self._scaled(first, axis, margin))))
        self.put(self.beyond, self._arrows(shown, axis))
        path = QPainterPath()
        if shown.zeros:
            height = shown.zeros * self.rect.height()
            path.addRect(QRectF(0.1 * margin, -height, 0.65 * margin, height))
        self.put(self.zeros, path)

    def _scaled(self, histogram: Histogram, axis: Values, margin: float) -> tuple[Array, Array]:
        """Edges (bars + 1,) and heights (bars,) in pixels."""
        pixels = (self.rect.width() - margin) / axis.extent
        edges, shares = grouped(histogram, pixels)
        tallest = max(float(shares.max()), 1e-9)
        return margin + (edges - axis.low) * pixels, shares * (self.rect.height() / HEADROOM / tallest)

    def _bars(self, histogram: Histogram, axis: Values, margin: float) -> QPainterPath:
        edges, heights = self._scaled(histogram, axis, margin)
        space = gap(float(edges[1] - edges[0]))
        edges, heights = self._within(edges, heights)
        # One outline where there is no room for gaps: between bars that touch, antialiasing would leave seams.
        return Bars(edges, space).path(-heights) if space and heights.size else self._steps(edges, heights)

    def _within(self, edges: Array, heights: Array) -> tuple[Array, Array]:
        """Edges and heights of the bars that lie within the plot."""
        inside = np.flatnonzero((edges[:-1] >= -ROUNDING) & (edges[1:] <= self.rect.width() + ROUNDING))
        if not inside.size:
            return np.empty(1), np.empty(0)
        return edges[inside[0] : inside[-1] + 2], heights[inside]

    def _arrows(self, histogram: Histogram, axis: Values) -> QPainterPath:
        path, (left, right) = QPainterPath(), (0.0, self.rect.width())
        there = (histogram.low < axis.low, left, ARROW), (histogram.high > axis.high, right, -ARROW)
        for goes_beyond, tip, back in there:
            if goes_beyond:
                path.moveTo(tip, -self.rect.height() / 2)
                path.lineTo(tip + back, -self.rect.height() / 2 - ARROW)
                path.lineTo(tip + back, -self.rect.height() / 2 + ARROW)
                path.closeSubpath()
        return path

    @staticmethod
    def _steps(edges: Array, heights: Array) -> QPainterPath:
        inside = np.flatnonzero(heights)
        if not inside.size:
            return QPainterPath()
        first, last = inside[0], inside[-1] + 1  # the ground is no part of an outline
        return steps_path(edges[first : last + 1], -heights[first:last])

    def apply_theme(self, theme: Theme, color: QColor) -> None:
        """Set the layer's colour."""
        self.grid.setPen(pen(theme.line, 1))
        self.bars.setPen(QPen(Qt.PenStyle.NoPen))
        self.bars.setBrush(QColor(color))
        fill_pale(self.zeros, color, 0.55)
        self.outline.setPen(pen(theme.muted, 1))
        self.beyond.setPen(QPen(Qt.PenStyle.NoPen))
        self.beyond.setBrush(QColor(theme.warning))


class SmallGradientPlot(SmallPlot):
    """RMS of δ from the first layer to the output on a log scale, dotted at the start.

    A line that falls to the left is a vanishing gradient.
    """

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self.start, self.line, self.dots = (canvas.path(z) for z in (1, 2, 3))
        self.paths = [self.start, self.line, self.dots]

    def place_of(self, layer: int, slots: int) -> float:
        """x in pixels of a layer's dot; `slots` is the number of layers in the widest run, with the output."""
        return (layer + 0.5) * self.rect.width() / slots

    def draw(self, seen: RunMoment, scale: LogScale, slots: int) -> None:
        """Draw both lines; a layer whose δ is 0 lies at the bottom."""
        now, start = self._path(seen.deltas, scale, slots), [layer.delta_rms for layer in seen.start.all_layers]
        self.put(self.line, now)
        self.put(self.start, self._path(start, scale, slots))
        dots = QPainterPath()
        if self.rect.width() / slots > MOST_DOTS * DOT:
            for index in range(now.elementCount()):
                element = now.elementAt(index)
                dots.addEllipse(QPointF(element.x, element.y), DOT, DOT)
        self.put(self.dots, dots)

    def _path(self, deltas: list[float], scale: LogScale, slots: int) -> QPainterPath:
        shares = np.array([scale.share(delta) for delta in deltas])
        x = np.array([self.place_of(layer, slots) for layer in range(len(deltas))])
        there = ~np.isnan(shares)
        return line_path(x[there], -shares[there] * self.rect.height()) if there.any() else QPainterPath()

    def apply_theme(self, theme: Theme, look: RunLook) -> None:
        """Set the run's colour."""
        self.grid.setPen(pen(theme.line, 1))
        self.start.setPen(pen(theme.muted, 1.2, DOTS))
        self.line.setPen(pen(look.color, 1.8))
        self.dots.setPen(pen(theme.card, 1))
        self.dots.setBrush(QColor(look.color))
