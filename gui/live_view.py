"""pyqtgraph's ranges, ticks, zoom and layout around items that Qt paints itself.

Whoever paints in Python holds the interpreter lock and stops the trainer. So the view gives `paintEvent` back to Qt,
pyqtgraph's own items are told that they have nothing to paint, and curves, grid and tick labels are plain Qt items.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import (
    QGraphicsItem,
    QGraphicsPathItem,
    QGraphicsRectItem,
    QGraphicsScene,
    QGraphicsSimpleTextItem,
    QGraphicsView,
    QLabel,
)

from gui import numbers
from gui.theme import Theme, font
from model.arrays import Array

LABEL_ROOM = 34  # pixels along the axis that a tick label needs
LABEL_GAP = 5  # pixels between a tick label and the plot
NO_FILL = Qt.BrushStyle.NoBrush


class LiveView(pg.GraphicsLayoutWidget):  # type: ignore[misc]  # pyqtgraph has no types
    """A pyqtgraph view that Qt paints without asking Python; `prepare` does what its own paintEvent did before."""

    paintEvent = QGraphicsView.paintEvent  # noqa: N815  Qt's name
    left = Signal()

    def __init__(self, *, antialiased: bool, left: int, right: int) -> None:
        super().__init__()
        self.pixel_ratio = 1.0
        self.setRenderHint(QPainter.RenderHint.Antialiasing, antialiased)
        # A handful of items that change at every frame: an index of them costs more than it saves.
        self.scene().setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self.setCacheMode(QGraphicsView.CacheModeFlag.CacheNone)  # the background is one colour
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontSavePainterState)
        # The background fills it all, so that Qt need not paint the card below first.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFrameShape(QGraphicsView.Shape.NoFrame)
        self.setCacheMode(QGraphicsView.CacheModeFlag.CacheNone)  # a cached background is a bitmap in SVG and PDF
        self.ci.layout.setContentsMargins(left, 8, right, 0)  # room for the halves of the outermost tick labels
        unpainted(self.ci)

    def fit_pens(self, pixel_ratio: float) -> None:
        """Make lines as wide as they should be on a device of so many pixels a pixel, which cosmetic pens ignore."""
        for item in self.scene().items():
            if isinstance(item, QGraphicsPathItem) and item.pen().isCosmetic():
                pen = item.pen()
                pen.setWidthF(pen.widthF() * pixel_ratio / self.pixel_ratio)
                item.setPen(pen)
        self.pixel_ratio = pixel_ratio

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.left.emit()

    def prepare(self) -> None:
        """Bring pyqtgraph's transforms up to date, after a change of range or size."""
        self.scene().prepareForPaint()


def unpainted(item: QGraphicsItem) -> None:
    """Spare Qt the question what a Python item wants to paint."""
    item.setFlag(QGraphicsItem.GraphicsItemFlag.ItemHasNoContents)


class Axis(pg.AxisItem):  # type: ignore[misc]  # pyqtgraph has no types
    """pyqtgraph's ticks and layout with labels that Qt paints; leaves out ticks below `least`."""

    def __init__(self, orientation: str) -> None:
        super().__init__(orientation)
        self.least = -np.inf
        self.fixed: list[tuple[float, str]] = []
        self.labels: list[QGraphicsSimpleTextItem] = []
        self.color = QColor()
        self.setStyle(tickLength=0, tickTextOffset=LABEL_GAP)
        self.setTickFont(font(11))
        self.setHeight(20) if orientation == "bottom" else self.setWidth(44)
        unpainted(self)

    def ticks(self) -> list[tuple[float, str]]:
        """Where labels stand and what they say: the `fixed` ones, or pyqtgraph's major ticks, thinned to fit."""
        low, high = self.range
        if self.fixed:
            return [(value, text) for value, text in self.fixed if low <= value <= high]
        length = max(self.size().width() if self.orientation == "bottom" else self.size().height(), 1.0)
        levels = self.tickValues(low, high, length)[:1]
        for spacing, values in levels:
            kept = [value for value in values if value >= self.least]
            while len(kept) > max(length / LABEL_ROOM, 2):
                kept = kept[::2]
            return list(zip(kept, self.tickStrings(kept, 1.0, spacing), strict=True))
        return []

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        if not self.logMode and spacing >= 1:
            return [numbers.count(value) for value in values]
        strings: list[str] = super().tickStrings(values, scale, spacing)
        return strings

    def place_labels(self) -> None:
        """Write the ticks' labels where they belong now."""
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
                label.setPos(place * self.size().width() - size.width() / 2, LABEL_GAP)
            else:
                across = self.size().width() - size.width() - LABEL_GAP
                label.setPos(across, (1 - place) * self.size().height() - size.height() / 2)
            label.show()

    def set_color(self, color: str) -> None:
        """The labels' colour."""
        self.color = QColor(color)
        for label in self.labels:
            label.setBrush(self.color)


class Plot(QObject):
    """One pyqtgraph plot with fixed automatic ranges, our grid, a readout under the cursor and its own menu.

    `read` is asked for the readout's text at a point in data coordinates; '' hides it.
    """

    menu_wanted = Signal(QPointF)

    def __init__(self, view: LiveView, read: Callable[[float, float], str], *, left_axis: bool = True) -> None:
        super().__init__(view)
        self.view = view
        self.read = read
        self.axes = [Axis("bottom"), Axis("left")]
        self.item = view.addPlot(axisItems={axis.orientation: axis for axis in self.axes})
        self.box = self.item.getViewBox()
        self.item.hideButtons()
        self.item.setMenuEnabled(False)
        self.item.disableAutoRange()
        self.item.showAxis("left", left_axis)
        self.box.setDefaultPadding(0)
        # pyqtgraph clips in Python; a plain rectangle of the shown range does it here.
        self.box.setFlag(QGraphicsItem.GraphicsItemFlag.ItemClipsChildrenToShape, False)
        for item in (self.item, self.box, self.box.childGroup, self.box.background):
            unpainted(item)
        self.clip = QGraphicsRectItem()
        self.clip.setPen(QPen(Qt.PenStyle.NoPen))
        self.clip.setFlag(QGraphicsItem.GraphicsItemFlag.ItemClipsChildrenToShape)
        self.box.addItem(self.clip, ignoreBounds=True)
        self.automatic = ((0.0, 1.0), (0.0, 1.0))
        self.at_automatic = True
        self.grid, self.base, self.cursor, self.guide = self.path(-10), self.path(10), self.path(), self.path(-5)
        self.guide_at: float | None = None
        self.guide_text = QGraphicsSimpleTextItem(self.box)
        self.guide_text.setFont(font(11))
        self.label = QLabel(view)
        self.label.setObjectName("readout")
        self.label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.label.hide()
        self.box.sigRangeChanged.connect(self._range_changed)
        self.box.sigResized.connect(self._range_changed)
        self.box.sigRangeChangedManually.connect(self._leave_automatic)
        view.scene().sigMouseMoved.connect(self._hover)
        view.scene().sigMouseClicked.connect(self._click)
        view.left.connect(self._hide_readout)

    def path(self, z: float = 0) -> QGraphicsPathItem:
        """A new item that Qt paints, in data coordinates, without a say in the ranges."""
        item = QGraphicsPathItem(self.clip)
        item.setZValue(z)
        return item

    def set_automatic(self, x: tuple[float, float], y: tuple[float, float]) -> None:
        """The ranges to show unless the user has zoomed; double-click returns to them."""
        if (x, y) != self.automatic:
            self.automatic = (x, y)
            if self.at_automatic:
                self.show_automatic()

    def set_guide(self, y: float, text: str) -> None:
        """Draw a dotted line across at y, named at its right end."""
        self.guide_at = y
        self.guide_text.setText(text)
        self.refresh()

    def show_automatic(self) -> None:
        """Return to the automatic ranges."""
        self.at_automatic = True
        (x0, x1), y = self.automatic
        # A hair wider: rounding would otherwise lose the last tick.
        self.box.setRange(xRange=(x0, x1 + 1e-6 * (x1 - x0)), yRange=y, padding=0)

    def ranges(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """What is shown: x and y, each from low to high."""
        (x0, x1), (y0, y1) = self.box.viewRange()
        return (x0, x1), (y0, y1)

    def apply_theme(self, theme: Theme) -> None:
        self.view.setBackground(theme.card)
        self.view.pixel_ratio = 1.0  # all pens are about to be made anew
        for axis in self.axes:
            axis.set_color(theme.muted)
        self.grid.setPen(cosmetic(theme.line, 1))
        self.base.setPen(cosmetic(theme.line, 1.5))
        self.cursor.setPen(cosmetic(theme.muted, 1))
        self.guide.setPen(cosmetic(theme.muted, 1, (1.0, 3.0)))
        self.guide_text.setBrush(QColor(theme.muted))

    def _leave_automatic(self, _: object) -> None:
        self.at_automatic = False

    def refresh(self) -> None:
        """Bring clip, grid and labels in line with the ranges."""
        self.view.prepare()
        (x0, x1), (y0, y1) = self.ranges()
        self.clip.setRect(QRectF(x0, y0, x1 - x0, y1 - y0))
        base, grid = QPainterPath(QPointF(x0, y0)), QPainterPath()
        base.lineTo(x1, y0)
        for axis in self.axes:
            if axis.isVisible():
                axis.place_labels()
        if self.axes[1].isVisible():
            base.lineTo(x0, y0)
            base.lineTo(x0, y1)
            for y, _ in self.axes[1].ticks():
                grid.moveTo(x0, y)
                grid.lineTo(x1, y)
        self.base.setPath(base)
        self._place_guide()
        self.grid.setPath(grid)

    def _place_guide(self) -> None:
        (x0, x1), (y0, y1) = self.ranges()
        shown = self.guide_at is not None and y0 < self.guide_at < y1
        self.guide_text.setVisible(shown)
        line = QPainterPath()
        if self.guide_at is not None and shown:
            line.moveTo(x0, self.guide_at)
            line.lineTo(x1, self.guide_at)
            size, area = self.guide_text.boundingRect(), self.box.rect()
            top = (y1 - self.guide_at) / (y1 - y0) * area.height() - size.height() - 1
            self.guide_text.setPos(area.width() - size.width() - 2, max(top, 0.0))
        self.guide.setPath(line)

    def _range_changed(self, *_: object) -> None:
        self.refresh()

    def _hover(self, position: QPointF) -> None:
        if not self.box.sceneBoundingRect().contains(position):
            self._hide_readout()
            return
        point = self.box.mapSceneToView(position)
        text = self.read(point.x(), point.y())
        self.label.setText(text)
        self.label.setVisible(bool(text))
        if not text:
            self.cursor.setPath(QPainterPath())
            return
        _, (y0, y1) = self.ranges()
        line = QPainterPath(QPointF(point.x(), y0))
        line.lineTo(point.x(), y1)
        self.cursor.setPath(line)
        self.label.adjustSize()
        x = position.x() + 12
        if x + self.label.width() > self.view.width():
            x = max(position.x() - 12 - self.label.width(), 0)
        self.label.move(round(x), round(max(position.y() - self.label.height() - 8, 0)))

    def _hide_readout(self) -> None:
        if self.label.isVisible():
            self.label.hide()
            self.cursor.setPath(QPainterPath())

    def _click(self, event: Any) -> None:
        if event.double():
            self.show_automatic()
        elif event.button() == Qt.MouseButton.RightButton:
            self.menu_wanted.emit(event.screenPos())


def cosmetic(color: str | QColor, width: float, dashes: Sequence[float] = ()) -> QPen:
    """A pen whose width is in pixels at every zoom."""
    pen = QPen(QColor(color), width)
    pen.setCosmetic(True)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if dashes:
        pen.setDashPattern(list(dashes))
    return pen


def translucent(color: str | QColor, share: float) -> QColor:
    """`color` letting through what lies behind it."""
    made = QColor(color)
    made.setAlphaF(share)
    return made


def line_path(x: Array, y: Array) -> QPainterPath:
    """The polyline through the points (x, y)."""
    if len(x) == 1:  # a single record shall be seen too
        x, y = np.repeat(x, 2), np.repeat(y, 2)
    path: QPainterPath = pg.arrayToQPath(x.astype(float), y.astype(float), connect="all", finiteCheck=False)
    return path


def band_path(x: Array, low: Array, high: Array) -> QPainterPath:
    """The closed area between two curves over x."""
    return line_path(np.concatenate((x, x[::-1])), np.concatenate((low, high[::-1])))


class Bars:
    """Bars over equal bins, each narrowed by the share `gap` of its width; only their heights change."""

    def __init__(self, edges: Array, gap: float) -> None:
        width = edges[1] - edges[0]
        left, right = edges[:-1] + width * gap / 2, edges[1:] - width * gap / 2
        self._x = np.stack((left, left, right, right, left), axis=1).reshape(-1)
        self._y = np.zeros(len(self._x))
        self._connect = np.tile(np.array([1, 1, 1, 1, 0], np.int32), len(left))

    def path(self, heights: Array) -> QPainterPath:
        """The bars, as tall as `heights`."""
        self._y[1::5] = self._y[2::5] = heights
        path: QPainterPath = pg.arrayToQPath(self._x, self._y, connect=self._connect, finiteCheck=False)
        return path


def steps_path(edges: Array, heights: Array) -> QPainterPath:
    """The outline of bars of `heights` between `edges`."""
    x = np.repeat(edges, 2)
    y = np.concatenate(((0.0,), np.repeat(heights, 2), (0.0,)))
    return line_path(x, y)
