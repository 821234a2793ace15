"""pyqtgraph's axes, zoom and layout around items that Qt paints itself.

Whoever paints in Python holds the interpreter lock and stops the trainer. So the view gives `paintEvent` back to Qt,
curves are plain QGraphicsPathItems, and pyqtgraph's containers, which paint nothing here, are told so.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QGraphicsPathItem, QGraphicsView, QLabel

from gui import numbers
from gui.theme import Theme, font
from model.arrays import Array

LABEL_OVERHANG = 40  # pixels by which a tick label may stick out of its axis
LABEL_ROOM = 34  # pixels along the axis that a tick label needs
NO_FILL = Qt.BrushStyle.NoBrush


class LiveView(pg.GraphicsLayoutWidget):
    """A pyqtgraph view that Qt paints without asking Python; `prepare` does what its own paintEvent did before."""

    paintEvent = QGraphicsView.paintEvent

    def __init__(self, right: int = 16) -> None:
        super().__init__()
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setFrameShape(QGraphicsView.Shape.NoFrame)
        self.ci.layout.setContentsMargins(6, 8, right, 0)  # room for the halves of the outermost tick labels
        self.ci.setFlag(QGraphicsItem.GraphicsItemFlag.ItemHasNoContents)

    def prepare(self) -> None:
        """Bring pyqtgraph's transforms up to date before Qt paints."""
        self.scene().prepareForPaint()


class Axis(pg.AxisItem):
    """An axis that writes numbers as the rest of the screen does and leaves out ticks below `least`."""

    least = -np.inf

    def tickValues(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, list[float]]]:
        levels = super().tickValues(minVal, maxVal, size)[:1]
        return [(spacing, self._sparse([v for v in values if v >= self.least], size)) for spacing, values in levels]

    def _sparse(self, values: list[float], size: float) -> list[float]:
        most = max(size / LABEL_ROOM, 2)
        while len(values) > most:
            values = values[::2]
        return values

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        if spacing >= 1 and not self.logMode:
            return [numbers.count(value) for value in values]
        strings: list[str] = super().tickStrings(values, scale, spacing)
        return strings


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
        self.box.setDefaultPadding(0)
        self.item.disableAutoRange()
        for empty in (self.item, self.box, self.box.childGroup):
            empty.setFlag(QGraphicsItem.GraphicsItemFlag.ItemHasNoContents)
        for axis in self.axes:
            axis.setStyle(tickLength=0, tickTextOffset=6, hideOverlappingLabels=LABEL_OVERHANG, maxTickLevel=0)
            axis.setTickFont(font(11))
        self.item.showAxis("left", left_axis)
        self.automatic = ((0.0, 1.0), (0.0, 1.0))
        self.at_automatic = True
        self.grid = self.path(0)
        self.grid.setZValue(-10)
        self.cursor = self.path(0)
        self.label = QLabel(view)
        self.label.setObjectName("readout")
        self.label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.label.hide()
        self.box.sigRangeChanged.connect(self._draw_grid)
        self.box.sigRangeChangedManually.connect(self._leave_automatic)
        view.scene().sigMouseMoved.connect(self._hover)
        view.scene().sigMouseClicked.connect(self._click)
        view.viewport().installEventFilter(self)

    def path(self, z: float = 0) -> QGraphicsPathItem:
        """A new item that Qt paints, in data coordinates, without a say in the ranges."""
        item = QGraphicsPathItem()
        item.setZValue(z)
        self.box.addItem(item, ignoreBounds=True)
        return item

    def set_automatic(self, x: tuple[float, float], y: tuple[float, float]) -> None:
        """The ranges to show unless the user has zoomed; double-click returns to them."""
        if (x, y) != self.automatic:
            self.automatic = (x, y)
            if self.at_automatic:
                self.show_automatic()

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
        for axis in self.axes:
            axis.setPen(QColor(theme.line))
            axis.setTextPen(QColor(theme.muted))
        self.grid.setPen(cosmetic(theme.line, 1))
        self.cursor.setPen(cosmetic(theme.muted, 1))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._hide_readout()
        return False

    def _leave_automatic(self, _: object) -> None:
        self.at_automatic = False

    def _draw_grid(self, *_: object) -> None:
        axis = self.axes[1]
        if not axis.isVisible():
            return
        (x0, x1), (y0, y1) = self.ranges()
        fixed = axis._tickLevels  # pyqtgraph has a setter for these but no getter
        levels = axis.tickValues(y0, y1, max(axis.size().height(), 1.0))
        ticks = [value for value, _ in fixed[0]] if fixed else levels[0][1] if levels else []
        path = QPainterPath()
        for y in ticks:
            path.moveTo(x0, float(y))
            path.lineTo(x1, float(y))
        self.grid.setPath(path)

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


def bars_path(edges: Array, heights: Array, gap: float) -> QPainterPath:
    """Bars of `heights` between `edges`, each narrowed by the share `gap` of its width; empty ones are left out."""
    tall = np.flatnonzero(heights)
    width = edges[1] - edges[0]
    x0, x1 = edges[tall] + width * gap / 2, edges[tall] + width * (1 - gap / 2)
    x = np.stack((x0, x0, x1, x1, x0), axis=1).reshape(-1)
    top, base = heights[tall], np.zeros(len(tall))
    y = np.stack((base, top, top, base, base), axis=1).reshape(-1)
    connect = np.tile(np.array([1, 1, 1, 1, 0], np.int32), len(tall))
    path: QPainterPath = pg.arrayToQPath(x, y, connect=connect, finiteCheck=False)
    return path


def steps_path(edges: Array, heights: Array) -> QPainterPath:
    """The outline of bars of `heights` between `edges`."""
    x = np.repeat(edges, 2)
    y = np.concatenate(((0.0,), np.repeat(heights, 2), (0.0,)))
    return line_path(x, y)
